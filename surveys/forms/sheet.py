"""The paper every form of the room is written on: what was sent, and one sentence beside what does not fit."""

from collections.abc import Iterable, Mapping, Sequence

from wtforms import Field
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from surveys.domain.questionnaire import plain

Unbound = tuple[tuple[str, "UnboundField[Sent]"], ...]


class Sent(Field):
    """Everything sent under one name."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep what was sent: composed (NFC), nothing hidden in it, empty values left out."""
        self.data = tuple(dict.fromkeys(said for value in valuelist if (said := plain(value))))

    @property
    def said(self) -> str:
        """The one text sent, or nothing."""
        return self.data[0] if self.data else ""


def unbound(names: Iterable[str]) -> Unbound:
    """Return the fields of these names, to be made once and kept."""
    return tuple((name, UnboundField(Sent, "", name=name)) for name in names)


class Sheet(BaseForm):
    """A form of `Sent` fields."""

    def sent(self, name: str) -> Sent:
        """Return what was sent under a name."""
        field = self._fields[name]
        assert isinstance(field, Sent)  # noqa: S101 - every field is made by `unbound`
        return field

    def refuse(self, name: str, sentence: str) -> None:
        """Put a sentence beside a field."""
        self.sent(name).errors = (sentence,)

    @property
    def problems(self) -> Mapping[str, str]:
        """One sentence for each field that needs another look, in the order of the page."""
        return {name: str(field.errors[0]) for name, field in self._fields.items() if field.errors}

    @property
    def entries(self) -> Mapping[str, Sequence[str]]:
        """What was sent, to fill the page again."""
        return {name: list(field.data) for name, field in self._fields.items() if field.data}
