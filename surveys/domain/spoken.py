"""A card's number as words, for whoever keeps words better than digits: seven numbers of words, and one that checks.

The words themselves are the ground's two-syllable ones, which read aloud alike in many languages. They are told apart
here by their number alone, so any list of as many words would serve.
"""

from collections.abc import Sequence
from itertools import cycle

from surveys.domain.cards import RANDOM_DIGITS, Code, Mistyped, with_check

WORDS = 55**2
SAID = 7
WEIGHTS = (2, 1)


def numbered(code: Code) -> tuple[int, ...]:
    """Return the numbers of the eight words that say a code; the last one checks the others."""
    rest, numbers = int(code[:RANDOM_DIGITS]), []
    for _ in range(SAID):
        rest, number = divmod(rest, WORDS)
        numbers.append(number)
    return (*numbers, _check(numbers))


def _check(numbers: Sequence[int]) -> int:
    """Return the number of the word that checks: any one wrong word, and any swap of two neighbours, is caught.

    The weights of neighbours differ by one, and each has no divisor in common with the number of words.
    """
    return -sum(number * weight for number, weight in zip(numbers, cycle(WEIGHTS), strict=False)) % WORDS


def coded(numbers: Sequence[int]) -> Code:
    """Return the code that words of these numbers say. Raises `Mistyped`, without repeating it, when they say none."""
    *said, last = numbers or (-1,)
    whole = sum(number * WORDS**place for place, number in enumerate(said))
    if len(said) != SAID or _check(said) != last or whole >= 10**RANDOM_DIGITS:
        raise Mistyped
    return with_check(f"{whole:0{RANDOM_DIGITS}d}")
