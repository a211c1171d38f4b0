"""What an assembly may ask about: its threats, its measures, its voices. The room that knows them offers them here.

That room also says which days the assembly keeps free.
"""

from collections.abc import Callable, Mapping
from datetime import date

from commons.assembly import Assembly
from surveys.domain.questionnaire import Choice

Offer = Callable[[Assembly], tuple[Choice, ...]]
"""Returns what may fill a list of an instrument."""
TermsOf = Callable[[Assembly], Mapping[str, object]]
"""Returns the terms to be frozen with a survey of one kind."""

Span = tuple[date, date]
"""A first and a last day."""
FreeOf = Callable[[Assembly], tuple[Span, ...]]
"""Returns the days on which nothing is opened."""

_lists: dict[str, Offer] = {}
_terms: dict[str, TermsOf] = {}
_free: list[FreeOf] = []


def offer(name: str, members: Offer) -> None:
    """Let a room offer the members of the lists of this name."""
    _lists[name] = members


def offered(assembly: Assembly, name: str) -> tuple[Choice, ...]:
    """Return what is offered for a list, or nothing."""
    return _lists[name](assembly) if name in _lists else ()


def set_terms(kind: str, terms: TermsOf) -> None:
    """Let a room say the terms of this kind of survey."""
    _terms[kind] = terms


def terms_of(assembly: Assembly, kind: str) -> Mapping[str, object]:
    """Return the terms of a new survey of this kind: none when no room said any."""
    return _terms[kind](assembly) if kind in _terms else {}


def keep_free(days: FreeOf) -> None:
    """Let a room say which days stay free."""
    _free[:] = [days]


def free_days(assembly: Assembly) -> tuple[Span, ...]:
    """Return the days the assembly keeps free: none when no room said any."""
    return _free[0](assembly) if _free else ()
