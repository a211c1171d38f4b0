"""How an assembly decides: stances, rules as data, and the verdict a rule gives on counted stances.

Only integers and exact fractions decide here. Nothing in this module knows a person, a clock or a language: a
verdict is an outcome and a reason from closed lists, and the words for both are found elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction


class Malformed(ValueError):
    """A rule, read from data, does not say what it must; the message names the place."""


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
    """Why; the first five belong to a limit of the rule, or to its quorum."""

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


LIMITING = (Reason.BLOCKED, Reason.OPPOSED, Reason.TOO_MANY_RESERVED, Reason.TALK_MORE)
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

    def least(self, whole: int) -> int:
        """Return the smallest count that reaches this share of `whole`."""
        count, rest = divmod(self.part.numerator * whole, self.part.denominator)
        return count + 1 if rest or self.more else count


@dataclass(frozen=True, slots=True)
class Limit:
    """At most this part of the base may hold one of these stances; else the text is returned, with the reason."""

    stances: frozenset[Stance]
    most: Fraction
    reason: Reason

    def passed(self, count: int, whole: int) -> bool:
        """Tell whether `count` of `whole` is more than allowed."""
        return count > self.most.numerator * whole // self.most.denominator


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
class Preset:
    """A rule of practice in one or two stages; only the assembly itself goes on to the second."""

    name: str
    stages: tuple[Rule, ...]


def decide(counts: Mapping[Stance, int], *, handed_in: int, declared: int, rule: Rule) -> Verdict:
    """Apply `rule` to counted stances, and say why.

    In this order: the quorum, a refusal (those against reach the share asked of those for), each limit as written,
    the agreement. Nobody for it is never an agreement. Raises ValueError when more answered than handed in.
    """
    answered = sum(counts.values())
    if answered > handed_in or min(counts.values(), default=0) < 0:
        raise ValueError("counts do not fit the ballots handed in")
    base = {Base.ANSWERED: answered, Base.HANDED_IN: handed_in, Base.DECLARED: declared}[rule.base]
    base -= _holding(counts, rule.beside)
    if base <= 0 or handed_in < rule.quorum.least(declared):
        return Verdict(Outcome.RETURNED, Reason.TOO_FEW)
    if _holding(counts, OPPOSING) >= rule.agreement.least(base):
        return Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)
    for limit in rule.limits:
        if limit.passed(_holding(counts, limit.stances), base):
            return Verdict(Outcome.RETURNED, limit.reason)
    if _holding(counts, rule.agreeing) < max(1, rule.agreement.least(base)):
        return Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
    if _holding(counts, RESERVING) >= max(1, rule.noted.least(base)):
        return Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED)
    return Verdict(Outcome.ADOPTED, Reason.AGREED)


def read_preset(data: Mapping[str, object]) -> Preset:
    """Read one preset: {"id": "R1", "stages": [rule, …], …words}. Raises `Malformed`."""
    name, stages = data.get("id"), data.get("stages")
    if not isinstance(name, str) or not isinstance(stages, list) or not stages:
        raise Malformed("a preset has an id and at least one stage")
    return Preset(name, tuple(read_rule(stage) for stage in stages))


def read_rule(data: Mapping[str, object]) -> Rule:
    """Read a rule; other keys (words, sources) are left alone. Raises `Malformed`.

    {"id": "vote", "quorum": {"at_least": "3/4"}, "base": "answered", "agreeing": [1, 2],
    "agreement": {"more_than": "1/2"}, "noted": {"more_than": "0"}, "beside": [3],
    "limits": [{"stances": [6], "at_most": "0", "reason": "blocked"}]}: fractions are text; `beside` and `limits`
    may be left out; an agreement asks for half at least; the reason of a limit is one of `LIMITING`.
    """
    name, limits = data.get("id"), data.get("limits", [])
    if not isinstance(name, str) or not isinstance(limits, list):
        raise Malformed("a rule has an id, and its limits are a list")
    rule = Rule(
        name=name,
        quorum=_share(data, "quorum"),
        base=_base(data),
        agreeing=_stances(data, "agreeing"),
        agreement=_share(data, "agreement"),
        noted=_share(data, "noted"),
        beside=_stances(data, "beside") if "beside" in data else frozenset(),
        limits=tuple(_limit(limit) for limit in limits),
    )
    _check(rule)
    return rule


def write_rule(rule: Rule) -> dict[str, object]:
    """Return the data that `read_rule` reads back as the same rule."""
    return {
        "id": rule.name,
        "quorum": _written(rule.quorum),
        "base": rule.base.value,
        "agreeing": sorted(map(int, rule.agreeing)),
        "agreement": _written(rule.agreement),
        "noted": _written(rule.noted),
        "beside": sorted(map(int, rule.beside)),
        "limits": [
            {"stances": sorted(map(int, limit.stances)), "at_most": str(limit.most), "reason": limit.reason.value}
            for limit in rule.limits
        ],
    }


def _holding(counts: Mapping[Stance, int], stances: frozenset[Stance]) -> int:
    """How many hold one of these stances."""
    return sum(counts.get(stance, 0) for stance in stances)


def _check(rule: Rule) -> None:
    """Refuse a rule that could adopt against its own words."""
    if rule.agreement.part < Fraction(1, 2):
        raise Malformed("agreement: less than half never decides")
    if not rule.agreeing or rule.agreeing & OPPOSING:
        raise Malformed("agreeing: some stances, and none of them against")
    if rule.beside and (rule.base is not Base.ANSWERED or rule.beside & (rule.agreeing | OPPOSING)):
        raise Malformed("beside: only out of those who answered, and neither for nor against")


def _written(share: Share) -> dict[str, str]:
    """Write a share as data."""
    return {"more_than" if share.more else "at_least": str(share.part)}


def _share(data: Mapping[str, object], key: str) -> Share:
    """Read {"at_least": "3/4"} or {"more_than": "1/2"}."""
    match data.get(key):
        case {"at_least": str(text)}:
            return Share(_fraction(text, key))
        case {"more_than": str(text)}:
            return Share(_fraction(text, key), more=True)
        case _:
            raise Malformed(f"{key}: at_least or more_than, a fraction as text")


def _fraction(text: str, key: str) -> Fraction:
    """Read a fraction between nothing and all, written with digits and one stroke."""
    try:
        part = Fraction(text)
    except (ValueError, ZeroDivisionError):
        part = Fraction(-1)
    if not 0 <= part <= 1:
        raise Malformed(f"{key}: {text!r} is no fraction between 0 and 1")
    return part


def _base(data: Mapping[str, object]) -> Base:
    """Read out of whom shares are taken; it must be said."""
    try:
        return Base(str(data.get("base")))
    except ValueError:
        raise Malformed("base: answered, handed_in or declared") from None


def _stances(data: Mapping[str, object], key: str) -> frozenset[Stance]:
    """Read a list of stances by their numbers."""
    numbers = data.get(key)
    try:
        return frozenset(Stance(number) for number in numbers) if isinstance(numbers, list) else frozenset()
    except ValueError:
        raise Malformed(f"{key}: stances are the numbers 1 to 6") from None


def _limit(data: object) -> Limit:
    """Read {"stances": [6], "at_most": "0", "reason": "blocked"}."""
    match data:
        case {"stances": list(numbers), "at_most": str(text), "reason": str(reason)} if reason in LIMITING:
            return Limit(_stances({"stances": numbers}, "stances"), _fraction(text, "at_most"), Reason(reason))
        case _:
            raise Malformed("limits: stances, at_most and a reason a limit may have")
