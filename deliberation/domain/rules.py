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
    """Why; the first six belong to the quorum or a limit of the rule, `HARMFUL` to the guard, four to a federation."""

    TOO_FEW = "too_few"
    VOICE_ABSENT = "voice_absent"
    BLOCKED = "blocked"
    OPPOSED = "opposed"
    TOO_MANY_RESERVED = "too_many_reserved"
    TALK_MORE = "talk_more"
    HARMFUL = "harmful"
    REFUSED = "refused"
    TOO_LITTLE_AGREEMENT = "too_little_agreement"
    AGREED = "agreed"
    PARTS_MISSING = "parts_missing"
    PART_REFUSED = "part_refused"
    TOO_FEW_PARTS = "too_few_parts"
    ENOUGH_PARTS = "enough_parts"


OF_PARTS = frozenset({Reason.PARTS_MISSING, Reason.PART_REFUSED, Reason.TOO_FEW_PARTS, Reason.ENOUGH_PARTS})
"""Reasons of assemblies combined: no judge says them, because no box holds what parts decided apart."""


class Base(StrEnum):
    """Out of whom a share is taken: who answered this question, every ballot, every declared member."""

    ANSWERED = "answered"
    HANDED_IN = "handed_in"
    DECLARED = "declared"


class Called(StrEnum):
    """Out of whom the quorum is taken: the members the assembly declares, or the cards drawn for the season."""

    DECLARED = "declared"
    CARDS = "cards"


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
    """At most this part of the base, or this `number` of people, may hold one of these stances.

    Else the text is returned, with the reason; or, where the limit `ends` the matter, there is no agreement.
    """

    stances: frozenset[Stance]
    most: Fraction
    reason: Reason
    number: int | None = None
    ends: bool = False

    def largest(self, whole: Count) -> Count:
        """Return the largest count still allowed out of `whole`."""
        if self.number is not None:
            return whole * 0 + self.number
        return self.most.numerator * whole // self.most.denominator

    @property
    def passed(self) -> Verdict:
        """The verdict where more hold these stances than it allows."""
        return Verdict(Outcome.NO_AGREEMENT if self.ends else Outcome.RETURNED, self.reason)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of deciding a round.

    `quorum` is a share of the members or the cards that `called` says; where `voices` is set, so large a share of each
    voice's declared members must have handed in too. Every other share is taken out of `base`, less the stances in
    `beside` (only when the base is those who answered). Reservations and stand-asides are named from `noted` on.
    """

    name: str
    quorum: Share
    base: Base
    agreeing: frozenset[Stance]
    agreement: Share
    noted: Share
    beside: frozenset[Stance] = frozenset()
    limits: tuple[Limit, ...] = ()
    called: Called = Called.DECLARED
    voices: Share | None = None

    def fewest(self, declared: int, cards: int) -> int:
        """Return how many ballots its quorum asks of so many declared members, or of so many cards."""
        return self.quorum.least(cards if self.called is Called.CARDS else declared)


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many ballots were handed in, out of how many declared members; fewer answers than `floor` say nothing.

    `cards` is how many were drawn; `voices` pairs the ballots of each voice with its declared members.
    """

    handed_in: int
    declared: int
    floor: int = 1
    cards: int = 0
    voices: tuple[tuple[int, int], ...] = ()


def decide(counts: Mapping[Stance, int], *, handed_in: int, declared: int, rule: Rule, floor: int = 1) -> Verdict:
    """Apply `rule` to counted stances, and say why; as `verdict` does where neither cards nor voices matter."""
    return verdict(counts, Turnout(handed_in, declared, floor), rule)


def verdict(counts: Mapping[Stance, int], turnout: Turnout, rule: Rule) -> Verdict:
    """Apply `rule` to counted stances, and say why.

    In this order: the quorum and the `floor` of answers, the quorum of each voice, a refusal (those against reach the
    share asked of those for), each limit as written, the agreement. Nobody for it is never an agreement. Raises
    ValueError when more answered than handed in.
    """
    answered = sum(counts.values())
    if answered > turnout.handed_in or min(counts.values(), default=0) < 0:
        raise ValueError("counts do not fit the ballots handed in")

    def holding(stances: frozenset[Stance]) -> int:
        return sum(counts.get(stance, 0) for stance in stances)

    return next(given for met, given in steps(rule, turnout, answered, holding) if met)


def steps(
    rule: Rule, turnout: Turnout, answered: Count, holding: Callable[[frozenset[Stance]], Count]
) -> Iterator[tuple[bool | NDArray[np.bool_], Verdict]]:
    """Yield each test of the rule with the verdict given where it is the first one met; the last is always met."""
    base = base_of(rule, turnout, answered) - holding(rule.beside)
    absent = turnout.handed_in < rule.fewest(turnout.declared, turnout.cards)
    yield (base <= 0) | (answered < turnout.floor) | absent, Verdict(Outcome.RETURNED, Reason.TOO_FEW)
    if rule.voices is not None:
        unheard = any(some < rule.voices.least(members) for some, members in turnout.voices)
        yield unheard, Verdict(Outcome.RETURNED, Reason.VOICE_ABSENT)
    enough = rule.agreement.least(base)
    yield holding(OPPOSING) >= enough, Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)
    for limit in rule.limits:
        yield holding(limit.stances) > limit.largest(base), limit.passed
    agreeing, reserving = holding(rule.agreeing), holding(RESERVING)
    yield (agreeing < enough) | (agreeing < 1), Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
    noted = (reserving >= rule.noted.least(base)) & (reserving > 0)
    yield noted, Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED)
    yield base > 0, Verdict(Outcome.ADOPTED, Reason.AGREED)


def base_of(rule: Rule, turnout: Turnout, answered: Count) -> Count:
    """Return the number the rule's shares are taken of, before some stand beside."""
    whole = {Base.HANDED_IN: turnout.handed_in, Base.DECLARED: turnout.declared}.get(rule.base)
    return answered if whole is None else answered * 0 + whole
