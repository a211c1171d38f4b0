"""Common words for what people wrote, and the passphrase that opens the texts."""

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict

from surveys.domain.names import Doubt, doubt
from surveys.forms.sheet import Sheet, unbound

PASSPHRASE, QUESTION, SURE, LEFT_OUT = "passphrase", "question", "sure", "left_out"


class Reworded(Sheet):
    """A passphrase; and, when words are proposed for a question, that question and one line for each thing said."""

    def __init__(self, keys: Sequence[str], sent: MultiDict[str, str]) -> None:
        """Read what was sent about the questions of these keys."""
        super().__init__(unbound((PASSPHRASE, QUESTION, SURE, LEFT_OUT, *keys)))
        self._keys = keys
        self.process(sent)

    @property
    def question(self) -> str:
        """The question words are proposed for, or nothing."""
        named = self.sent(QUESTION).said
        return named if named in self._keys else ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The words proposed, one line each."""
        said = self.sent(self.question).said if self.question else ""
        lines = (" ".join(line.split()) for line in said.splitlines())
        return tuple(line for line in lines if line)

    @property
    def left_out(self) -> bool:
        """Whether something written to that question is left out, because it names somebody."""
        return self.question in (self.sent(LEFT_OUT).data or ())

    @property
    def doubtful(self) -> bool:
        """Whether a line may name somebody, and nobody said that they are `sure` it does not."""
        return not self.sent(SURE).said and any(doubt(line) is not Doubt.NONE for line in self.lines)
