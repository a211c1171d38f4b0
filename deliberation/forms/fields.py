"""Fields the room needs: a text in several languages, several things ticked, a day, one choice for each of several."""

from collections.abc import Mapping
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.utils import unset_value

from commons.i18n import languages
from surveys.domain.questionnaire import plain

LONGEST = 1000
MOST = 100


class _Read(Field):
    """A field that reads the whole form, because it owns several names."""

    def process(self, formdata: object, data: object = unset_value, extra_filters: object = None) -> None:
        """Read what was sent under the field's names, or begin with `data`."""
        del extra_filters
        self.process_errors = []
        sent = formdata if isinstance(formdata, MultiDict) else MultiDict[str, str]()
        self.data = data if formdata is None and data is not unset_value else self._read(sent)

    def _read(self, sent: MultiDict[str, str]) -> object:
        raise AssertionError(sent)


class WordsField(_Read):
    """A text in several languages: one box for each, named `field-tag`. Composed (NFC), and nothing in it is hidden."""

    data: Mapping[str, str]

    def _read(self, sent: MultiDict[str, str]) -> Mapping[str, str]:
        given = {tag: plain(sent.get(f"{self.name}-{tag}", "").replace("\r\n", "\n")) for tag in languages()}
        return {tag: text[:LONGEST] for tag, text in given.items() if text}


class Several(_Read):
    """Several things ticked under one name, each once."""

    data: tuple[str, ...]

    def _read(self, sent: MultiDict[str, str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sent.getlist(self.name)))[:MOST]


class Each(_Read):
    """One choice for each of several things: named `field-thing`; those without a choice are left out."""

    data: Mapping[str, str]

    def _read(self, sent: MultiDict[str, str]) -> Mapping[str, str]:
        mine = f"{self.name}-"
        return {name.removeprefix(mine): value for name, value in sent.items() if name.startswith(mine) and value}


class Day(_Read):
    """A day, as a browser sends it; None when there is none or it is no day."""

    data: date | None

    def _read(self, sent: MultiDict[str, str]) -> date | None:
        try:
            return date.fromisoformat(sent.get(self.name, ""))
        except ValueError:
            return None


class Spans(_Read):
    """Pairs of a first and a last day, all sent under one name; empty ones are left out."""

    data: tuple[str, ...]

    def _read(self, sent: MultiDict[str, str]) -> tuple[str, ...]:
        days = sent.getlist(self.name)
        pairs = zip(days[::2], days[1::2], strict=False)
        return tuple(day for pair in pairs if any(pair) for day in pair)[:MOST]
