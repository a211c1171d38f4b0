"""What the circle opens ahead or together: the dates of a series, the items of a sitting."""

from collections.abc import Mapping, Sequence
from datetime import date

from werkzeug.datastructures import MultiDict

from surveys.actions.sitting import AFTER, BEFORE, LONGEST, MINUTES
from surveys.domain.cards import SURVEYS
from surveys.forms.drafting import MOST_DAYS, day_of
from surveys.forms.sheet import Sheet, unbound
from surveys.phrases import ahead as phrases

FIRST, NUMBER, EVERY, LASTS = "first", "number", "every", "lasts"
BOX, TOGETHER = "box", "together"
ORDER, PLANNED = "order-", "minutes-"
USUAL_MINUTES, USUAL_AROUND = "15", "10"
LONGEST_STEP = 92
USUAL = {NUMBER: "6", EVERY: "14", LASTS: "3"}


class Dates(Sheet):
    """The dates of a series as they were typed. The values are there once `fits` has said yes."""

    first: date
    number: int
    every: int
    lasts: int

    def __init__(self, sent: MultiDict[str, str]) -> None:
        """Read what was sent."""
        super().__init__(unbound((FIRST, NUMBER, EVERY, LASTS)))
        self.process(sent)

    def fits(self, today: date) -> bool:
        """Check each number, and that a box ends before the next begins."""
        self.validate()
        day = day_of(self.sent(FIRST).said)
        if day is None or not 0 <= (day - today).days <= MOST_DAYS:
            self.refuse(FIRST, phrases.choose_first())
        else:
            self.first = day
        self.number = between(self, NUMBER, 2, SURVEYS)
        self.every = between(self, EVERY, 2, LONGEST_STEP)
        self.lasts = between(self, LASTS, 2, LONGEST_STEP)
        if not self.problems and self.lasts > self.every:
            self.refuse(LASTS, phrases.ends_first())
        return not self.problems


def between(form: Sheet, name: str, fewest: int, most: int) -> int:
    """Return a number that was typed, with a sentence beside it when it is none from `fewest` to `most`."""
    typed = form.sent(name).said.strip()
    number = int(typed) if typed.isdecimal() and len(typed) <= len(str(most)) else -1
    if not fewest <= number <= most:
        form.refuse(name, phrases.choose_between(fewest, most))
    return number


class Items(Sheet):
    """The drafts a sitting opens, their places and minutes, and whether their results are told together.

    `plan` is there once `fits` has said yes.
    """

    plan: Mapping[str, object]

    def __init__(self, drafts: Sequence[str], sent: MultiDict[str, str]) -> None:
        """Read what was sent about these drafts."""
        each = [f"{name}{slug}" for slug in drafts for name in (ORDER, PLANNED)]
        super().__init__(unbound((BOX, *each, BEFORE, AFTER, TOGETHER)))
        self.drafts = drafts
        self.process(sent)

    def fits(self) -> bool:
        """Check that one draft at least is chosen, and that each has a place and minutes."""
        self.validate()
        if not self.chosen:
            self.refuse(BOX, phrases.choose_boxes())
        for slug in self.chosen:
            between(self, f"{ORDER}{slug}", 1, len(self.drafts))
        minutes = [between(self, f"{PLANNED}{slug}", 1, LONGEST) for slug in self.boxes]
        around = {name: between(self, name, 0, LONGEST) for name in (BEFORE, AFTER)}
        self.plan = {MINUTES: minutes, **around}
        return not self.problems

    @property
    def chosen(self) -> list[str]:
        """The drafts chosen, in the order of the page."""
        said = self.sent(BOX).data or ()
        return [slug for slug in self.drafts if slug in said]

    @property
    def boxes(self) -> list[str]:
        """The drafts chosen, in the order of their places; those of one place as they stand on the page."""
        return sorted(self.chosen, key=self._place)

    def _place(self, slug: str) -> int:
        typed = self.sent(f"{ORDER}{slug}").said
        return int(typed) if typed.isdecimal() else 0

    @property
    def together(self) -> bool:
        """Whether no result is told before the last item."""
        return self.sent(TOGETHER).said != "each"
