"""Fields that are about groups and offices: what looks like a person's name gets a sentence beside it."""

from wtforms import BooleanField, Field, Form
from wtforms.validators import StopValidation

from deliberation.forms.sheet import Sheet
from deliberation.phrases import refusals
from surveys.domain.names import Doubt, doubted


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


def unnamed(form: Form, field: Field) -> None:
    """Ask about free prose that may name somebody: a river is no person, so whoever is `sure` goes on."""
    if doubted(field.data) is not Doubt.NONE and not form["sure"].data:
        raise StopValidation(refusals.act("maybe_a_person"))
