"""What the circle opens ahead or together: the dates of a series, the items of a sitting."""

from datetime import date

from werkzeug.datastructures import MultiDict

from surveys.domain.cards import SURVEYS
from surveys.forms.drafting import MOST_DAYS, day_of
from surveys.forms.sheet import Sheet, unbound
from surveys.phrases import ahead as phrases

FIRST, NUMBER, EVERY, LASTS = "first", "number", "every", "lasts"
BOX, TOGETHER = "box", "together"
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
        self.number = self._between(NUMBER, 2, SURVEYS)
        self.every = self._between(EVERY, 2, LONGEST_STEP)
        self.lasts = self._between(LASTS, 2, LONGEST_STEP)
        if not self.problems and self.lasts > self.every:
            self.refuse(LASTS, phrases.ends_first())
        return not self.problems

    def _between(self, name: str, fewest: int, most: int) -> int:
        typed = self.sent(name).said.strip()
        number = int(typed) if typed.isdecimal() and len(typed) <= len(str(most)) else 0
        if not fewest <= number <= most:
            self.refuse(name, phrases.choose_between(fewest, most))
        return number


class Items(Sheet):
    """The drafts a sitting opens, and whether their results are told together."""

    def __init__(self, sent: MultiDict[str, str]) -> None:
        """Read what was sent."""
        super().__init__(unbound((BOX, TOGETHER)))
        self.process(sent)

    def fits(self) -> bool:
        """Check that one draft at least is chosen."""
        self.validate()
        if not self.boxes:
            self.refuse(BOX, phrases.choose_boxes())
        return not self.problems

    @property
    def boxes(self) -> list[str]:
        """The drafts chosen, in their order."""
        return list(self.sent(BOX).data or ())

    @property
    def together(self) -> bool:
        """Whether no result is told before the last item."""
        return self.sent(TOGETHER).said != "each"
