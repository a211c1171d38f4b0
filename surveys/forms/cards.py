"""What the circle says of cards: how many to print, with how many spares; the numbers of cards it holds in its hand."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from commons.security import numbers_of, word_of
from surveys.domain.cards import LONGEST_TYPED, Code, Mistyped, parse
from surveys.domain.spoken import coded, numbered
from surveys.forms.sheet import Sheet, unbound
from surveys.phrases import circle as phrases

SIZE, SPARES, SQUARE, SECOND, WORDS, CODES = "size", "spares", "square", "second", "words", "codes"
FEWEST_CARDS, MOST_CARDS = 3, 2000


def whole(typed: str, most: int) -> int:
    """Return the whole number typed, or -1 for anything else and anything above `most`."""
    plain = typed.strip()
    number = int(plain) if plain.isdecimal() and len(plain) <= len(str(most)) else -1
    return number if number <= most else -1


def code_of(typed: str) -> Code:
    """Return the code that was typed, in digits or in words. Raises `Mistyped`."""
    if not any(letter.isalpha() for letter in typed[:LONGEST_TYPED]):
        return parse(typed)
    try:
        return coded(numbers_of(typed[:LONGEST_TYPED]))
    except ValueError:
        raise Mistyped from None


def words_of(code: Code) -> str:
    """Return the eight words that say a code."""
    return " ".join(map(word_of, numbered(code)))


class Season(Sheet):
    """How many cards to print, how many of them are spares, what their square holds, and who prints second halves."""

    params: Mapping[str, object]

    def __init__(self, sent: MultiDict[str, str]) -> None:
        """Read what was sent."""
        super().__init__(unbound((SIZE, SPARES, SQUARE, SECOND, WORDS)))
        self.process(sent)

    def fits(self) -> bool:
        """Check the numbers. `params` are those of the act, once it has said yes."""
        self.validate()
        size = whole(self.sent(SIZE).said, MOST_CARDS)
        spares = whole(self.sent(SPARES).said or "0", MOST_CARDS)
        if size < FEWEST_CARDS:
            self.refuse(SIZE, phrases.choose_size(FEWEST_CARDS, MOST_CARDS))
        elif not 0 <= spares < size:
            self.refuse(SPARES, phrases.choose_spares())
        self.params = {"size": size, "spares": spares, "square": self.sent(SQUARE).said or "address"}
        second = self.sent(SECOND).said.strip()
        if second:
            self.params = {**self.params, SECOND: whole(second, MOST_CARDS)}
        if self.sent(WORDS).said:
            self.params = {**self.params, WORDS: True}
        return not self.problems


class Held(Sheet):
    """The numbers of cards the circle holds, one a line. `codes` are there once `fits` has said yes."""

    codes: tuple[Code, ...]

    def __init__(self, sent: MultiDict[str, str]) -> None:
        """Read what was sent."""
        super().__init__(unbound((CODES,)))
        self.process(sent)

    def fits(self) -> bool:
        """Check that every line is a card's number, and that there is one."""
        self.validate()
        lines = [line for line in self.sent(CODES).said.splitlines() if line.strip()]
        try:
            self.codes = tuple(dict.fromkeys(code_of(line) for line in lines))
        except Mistyped:
            self.refuse(CODES, phrases.mistyped())
        if not lines:
            self.refuse(CODES, phrases.mistyped())
        return not self.problems


class SecondHalves(Sheet):
    """The passphrase that opens the second halves, with the place they are sealed to, and themselves."""

    def __init__(self, sent: MultiDict[str, str]) -> None:
        """Read what was sent."""
        super().__init__(unbound(("passphrase", "place", "sealed")))
        self.process(sent)

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.sent("passphrase").said

    @property
    def place(self) -> int:
        """The place they are sealed to."""
        return whole(self.sent("place").said, MOST_CARDS)

    @property
    def sealed(self) -> str:
        """The second halves as the page carried them."""
        return self.sent("sealed").said
