"""Fields that are about groups and offices: what looks like a person's name gets a sentence beside it."""

from wtforms import BooleanField, Field, Form
from wtforms.validators import StopValidation

from deliberation.domain.actors import Doubt, doubted
from deliberation.forms.sheet import Sheet
from deliberation.phrases import refusals


class Nameless(Sheet):
    """A form with such fields. `sure` is ticked by whoever says that what may be a name is none."""

    sure = BooleanField()

    @property
    def doubtful(self) -> bool:
        """Whether something typed may be a name, and ticking `sure` would keep it."""
        return refusals.act("maybe_a_person") in self.problems.values()


def nobody(form: Form, field: Field) -> None:
    """Refuse a text in several languages that names a person, or may, unless somebody is `sure` it is none."""
    found = doubted(field.data)
    if found is Doubt.PERSON:
        raise StopValidation(refusals.act("a_person"))
    if found is Doubt.MAYBE and not form["sure"].data:
        raise StopValidation(refusals.act("maybe_a_person"))
