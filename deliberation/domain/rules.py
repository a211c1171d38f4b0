"""How an assembly decides: stances, rules as data, and the verdict a rule gives on counted stances.

Only integers and exact fractions decide here. Nothing in this module knows a person, a clock or a language: a
verdict is an outcome and a reason from closed lists, and the words for both are found elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Count = TypeVar("Count", int, NDArray[np.int64])
"""One count, or the same count in many imagined assemblies at once: one logic serves both."""


class Stance(IntEnum):
    """The six steps of a round, from full support to block (Seeds for Change, Kaner)."""

    SUPPORT = 1
    RESERVATION = 2
    ASIDE = 3
    DISCUSS = 4
    DISAGREE = 5
    BLOCK = 6


class Outcome(StrEnum):
    """What a round gives; only the assembly's ratification makes anything of it."""

    ADOPTED = "adopted"
    WITH_RESERVATIONS = "adopted_with_reservations"
    NOT_ADOPTED = "not_adopted"
    RETURNED = "returned"
    NO_AGREEMENT = "no_agreement"


class Reason(StrEnum):
    """Why; the first five belong to the quorum, or to a limit of the rule."""

    TOO_FEW = "too_few"
    BLOCKED = "blocked"
    OPPOSED = "opposed"
    TOO_MANY_RESERVED = "too_many_reserved"
    TALK_MORE = "talk_more"
    REFUSED = "refused"
    TOO_LITTLE_AGREEMENT = "too_little_agreement"
    AGREED = "agreed"


class Base(StrEnum):
    """Out of whom a share is taken: who answered this question, every ballot, every declared member."""

    ANSWERED = "answered"
    HANDED_IN = "handed_in"
    DECLARED = "declared"


OPPOSING = frozenset({Stance.DISAGREE, Stance.BLOCK})
RESERVING = frozenset({Stance.RESERVATION, Stance.ASIDE})


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome and its reason: closed values, never a number."""

    outcome: Outcome
    reason: Reason

    @property
    def adopts(self) -> bool:
        """Whether the assembly may ratify it as a decision to do the thing."""
        return self.outcome in (Outcome.ADOPTED, Outcome.WITH_RESERVATIONS)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that must be reached, or passed when `more` is set."""

    part: Fraction
    more: bool = False

    def least(self, whole: Count) -> Count:
        """Return the smallest count that reaches this share of `whole`."""
        if self.more:
            return self.part.numerator * whole // self.part.denominator + 1
        return -(-self.part.numerator * whole // self.part.denominator)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most this part of the base may hold one of these stances; else the text is returned, with the reason."""

    stances: frozenset[Stance]
    most: Fraction
    reason: Reason

    def largest(self, whole: Count) -> Count:
        """Return the largest count still allowed out of `whole`."""
        return self.most.numerator * whole // self.most.denominator


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of deciding a round.

    `quorum` is a share of the declared members; every other share is taken out of `base`, less the stances in `beside`
    (only when the base is those who answered). Reservations and stand-asides are named in the verdict from `noted` on.
    """

    name: str
    quorum: Share
    base: Base
    agreeing: frozenset[Stance]
    agreement: Share
    noted: Share
    beside: frozenset[Stance] = frozenset()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many ballots were handed in, out of how many declared members; fewer answers than `floor` say nothing."""

    handed_in: int
    declared: int
    floor: int = 1


def decide(counts: Mapping[Stance, int], *, handed_in: int, declared: int, rule: Rule, floor: int = 1) -> Verdict:
    """Apply `rule` to counted stances, and say why.

    In this order: the quorum and the `floor` of answers, a refusal (those against reach the share asked of those for),
    each limit as written, the agreement. Nobody for it is never an agreement. Raises ValueError when more answered
    than handed in.
    """
    answered = sum(counts.values())
    if answered > handed_in or min(counts.values(), default=0) < 0:
        raise ValueError("counts do not fit the ballots handed in")
    turnout = Turnout(handed_in, declared, floor)

    def holding(stances: frozenset[Stance]) -> int:
        return sum(counts.get(stance, 0) for stance in stances)

    return next(verdict for met, verdict in steps(rule, turnout, answered, holding) if met)


def steps(
    rule: Rule, turnout: Turnout, answered: Count, holding: Callable[[frozenset[Stance]], Count]
) -> Iterator[tuple[bool | NDArray[np.bool_], Verdict]]:
    """Yield each test of the rule with the verdict given where it is the first one met; the last is always met."""
    base = base_of(rule, turnout, answered) - holding(rule.beside)
    absent = turnout.handed_in < rule.quorum.least(turnout.declared)
    yield (base <= 0) | (answered < turnout.floor) | absent, Verdict(Outcome.RETURNED, Reason.TOO_FEW)
    enough = rule.agreement.least(base)
    yield holding(OPPOSING) >= enough, Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)
    for limit in rule.limits:
        yield holding(limit.stances) > limit.largest(base), Verdict(Outcome.RETURNED, limit.reason)
    agreeing, reserving = holding(rule.agreeing), holding(RESERVING)
    yield (agreeing < enough) | (agreeing < 1), Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
    noted = (reserving >= rule.noted.least(base)) & (reserving > 0)
    yield noted, Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED)
    yield base > 0, Verdict(Outcome.ADOPTED, Reason.AGREED)


def base_of(rule: Rule, turnout: Turnout, answered: Count) -> Count:
    """Return the number the rule's shares are taken of, before some stand beside."""
    whole = {Base.HANDED_IN: turnout.handed_in, Base.DECLARED: turnout.declared}.get(rule.base)
    return answered if whole is None else answered * 0 + whole
