"""Judges: what each kind of survey decides inside its opening. Without one, nothing opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from commons.assembly import Assembly
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.tally import Ballots, Tally

Terms = Mapping[str, object]
Judge = Callable[[Questionnaire, Terms, Tally, Ballots], Mapping[str, object]]
"""Turns an opened box into closed values: verdicts, tiers, chosen sets. Never a number."""
Ready = Callable[[Assembly, Questionnaire, Terms], None]
"""Raises `quorum.Refused` when the assembly is not ready to ask this."""
Tell = Callable[[Questionnaire, Terms, Mapping[str, object]], tuple[str, Mapping[str, object]]]
"""Turns the closed values of a release into the name of a template and what it shows; called inside a page."""

Warn = Callable[[Assembly, Questionnaire, Terms], tuple[str, ...]]
"""Says, inside a page and before anybody signs, what the closed values of such a survey could betray."""


def _always(_assembly: Assembly, _questionnaire: Questionnaire, _terms: Terms) -> None:
    """Ask nothing more of the assembly."""


def _no_warning(_assembly: Assembly, _questionnaire: Questionnaire, _terms: Terms) -> tuple[str, ...]:
    """Warn of nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Registered:
    """A kind of survey: its judge, what it takes to open one, how its closed values are told, what they betray."""

    judge: Judge
    ready: Ready = _always
    tell: Tell | None = None
    warn: Warn = _no_warning


_kinds: dict[str, Registered] = {}


def register(
    kind: str, judge: Judge, ready: Ready = _always, tell: Tell | None = None, warn: Warn = _no_warning
) -> None:
    """Make a kind of survey known. Registering the same kind again replaces it."""
    _kinds[kind] = Registered(judge, ready, tell, warn)


def say(kind: str, tell: Tell, warn: Warn = _no_warning) -> None:
    """Put the closed values of a registered kind into words, after the opening and before it."""
    _kinds[kind] = replace(_kinds[kind], tell=tell, warn=warn)


def of(kind: str) -> Registered | None:
    """Return what was registered for a kind, or None."""
    return _kinds.get(kind)


def nothing(_questionnaire: Questionnaire, _terms: Terms, _tally: Tally, _ballots: Ballots) -> Mapping[str, object]:
    """Judge nothing: the figures are all there is to say."""
    return {}
