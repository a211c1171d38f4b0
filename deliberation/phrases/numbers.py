"""Days and numbers in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from babel.lists import format_list
from babel.numbers import format_decimal

from commons.i18n import current, dated, gettext


def day(when: date) -> str:
    """Return a day, written out."""
    return dated(when)


def decimal(number: float, digits: int) -> str:
    """Return a number as people write it, with so many decimals: 2.1 or 2,1."""
    return format_decimal(number, f"0.{'0' * digits}", locale=current().formats)


def listed(words: Iterable[str]) -> str:
    """Return several things as one enumeration."""
    return format_list(list(words), locale=current().formats)


def spans(numbers: Sequence[int]) -> str:
    """Return whole numbers in order, neighbours taken together: "7 to 9, 12"."""
    breaks = [at + 1 for at, (one, two) in enumerate(pairwise(numbers)) if two != one + 1]
    runs = [numbers[start:end] for start, end in pairwise([0, *breaks, len(numbers)])]
    return listed(
        str(run[0]) if len(run) == 1 else gettext("%(first)s to %(last)s", first=run[0], last=run[-1]) for run in runs
    )
