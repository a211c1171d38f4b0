"""What assemblies agree on, and what one of them handed over: as typed by one of the circle."""

from wtforms import BooleanField, StringField

from commons.i18n import gettext
from deliberation.domain.federation import HALF
from deliberation.forms.settling import number
from deliberation.forms.sheet import Needed, Sheet
from surveys.domain.questionnaire import plain

LONGEST_NAME = 80


class FederationForm(Sheet):
    """Which assemblies, one a line, and when what they decide makes a whole."""

    names = StringField(validators=[Needed(lambda: gettext("Name the assemblies, one on each line."))])
    share = StringField(default=str(HALF))
    floor = StringField(validators=[Needed(lambda: gettext("Say how many assemblies must have answered."))])
    unanimous = BooleanField()

    @property
    def titles(self) -> list[str]:
        """The assemblies as they were typed, empty lines left out."""
        lines = (" ".join(plain(line).split())[:LONGEST_NAME] for line in str(self.names.data or "").splitlines())
        return [line for line in lines if line]

    @property
    def terms(self) -> dict[str, object]:
        """What an act is asked to agree on, beside the names."""
        return {
            "share": str(self.share.data),
            "floor": number(self.floor.data),
            "unanimous": bool(self.unanimous.data),
        }


class ReceivedForm(Sheet):
    """A decision handed over, about which proposal, by whom, and the words they read out."""

    proposal = StringField(validators=[Needed(lambda: gettext("Choose the proposal they decided on."))])
    part = StringField(validators=[Needed(lambda: gettext("Choose the assembly it comes from."))])
    document = StringField(validators=[Needed(lambda: gettext("Choose the file they handed over, or paste its text."))])
    heard = StringField(validators=[Needed(lambda: gettext("Type the words they read out to you."))])
