"""What the circle prepares: a survey's lists and its last day."""

from collections.abc import Mapping
from datetime import date

from werkzeug.datastructures import MultiDict

from surveys.domain.questionnaire import Choice, Questionnaire
from surveys.domain.reading import Malformed
from surveys.forms.sheet import Sheet, unbound
from surveys.interchange import tailored
from surveys.phrases import circle as phrases

CLOSES = "closes"
OPTIONAL = frozenset({"voices", "actors"})
MOST_DAYS = 366

Offered = Mapping[str, tuple[Choice, ...]]


class Drafted(Sheet):
    """A draft as it was sent. `closes` and `questionnaire` are there once `fits` has said yes."""

    closes: date
    questionnaire: Questionnaire

    def __init__(self, offered: Offered) -> None:
        """Begin with nothing chosen."""
        super().__init__(unbound((*offered, CLOSES)))
        self.offered = offered

    def fits(self, instrument: Questionnaire, today: date) -> bool:
        """Check that every list that must be has a member, and that the last day lies ahead."""
        self.validate()
        for name in self.offered:
            if name not in OPTIONAL and not self._chosen(name):
                self.refuse(name, phrases.choose_one())
        self._check_day(today)
        if not self.problems:
            self._tailor(instrument)
        return not self.problems

    def _tailor(self, instrument: Questionnaire) -> None:
        """Put the lists into the instrument, or say beside a list that two of it are called the same."""
        lists = {name: self._chosen(name) for name in self.offered}
        try:
            self.questionnaire = tailored(instrument, lists)
        except Malformed as fault:
            listed = fault.path.removeprefix("lists.")
            self.refuse(listed if listed in lists else CLOSES, phrases.same_name())

    def _chosen(self, name: str) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.offered[name] if choice.id in self.sent(name).data)

    def _check_day(self, today: date) -> None:
        day = day_of(self.sent(CLOSES).said)
        if day is None or not 0 <= (day - today).days <= MOST_DAYS:
            self.refuse(CLOSES, phrases.choose_day())
        else:
            self.closes = day


def day_of(typed: str) -> date | None:
    """Return the day typed, or None."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def drafted(offered: Offered, sent: MultiDict[str, str]) -> Drafted:
    """Return a draft with what was sent in it, not yet checked."""
    form = Drafted(offered)
    form.process(sent)
    return form
