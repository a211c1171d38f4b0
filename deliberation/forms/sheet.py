"""The paper every form of the room is written on: fields that say in words what they lack."""

from collections.abc import Callable, Mapping

from wtforms import Field, Form
from wtforms.validators import StopValidation


class Sheet(Form):
    """A form whose faults are one sentence a field, in the order of the page."""

    @property
    def problems(self) -> Mapping[str, str]:
        """The sentence beside each field that needs another look."""
        return {name: str(field.errors[0]) for name, field in self._fields.items() if field.errors}

    def refuse(self, name: str, sentence: str) -> None:
        """Put a sentence beside a field."""
        self._fields[name].errors = (sentence,)


class Needed:
    """Refuse an empty field with a sentence, said in the language of the page."""

    def __init__(self, say: Callable[[], str]) -> None:
        """Keep what to say."""
        self.say = say

    def __call__(self, _form: Form, field: Field) -> None:
        """Check the field."""
        if not field.data or not str(field.data).strip():
            raise StopValidation(self.say())


class Fits:
    """Refuse a field whose text does not satisfy `test`; an empty one passes."""

    def __init__(self, test: Callable[[str], bool], say: Callable[[], str]) -> None:
        """Keep the test and what to say when it fails."""
        self.test, self.say = test, say

    def __call__(self, _form: Form, field: Field) -> None:
        """Check the field."""
        if field.data and not self.test(str(field.data)):
            raise StopValidation(self.say())
