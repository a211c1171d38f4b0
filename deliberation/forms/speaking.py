"""The languages an assembly writes in, ticked among those this house knows."""

from wtforms import SelectMultipleField

from commons.i18n import languages
from deliberation.forms.sheet import Sheet


class LanguagesForm(Sheet):
    """The languages; at least one."""

    languages = SelectMultipleField(choices=[(tag, tag) for tag in languages()], validate_choice=False)

    @property
    def tags(self) -> list[str]:
        """The languages ticked, in the order of the house."""
        return [tag for tag in languages() if tag in (self.languages.data or ())]
