"""Rules as data: the presets an assembly chooses from or writes itself, read strictly, and written back.

A preset has one stage or several. Nobody but the assembly goes on to the next: `After` says how it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from deliberation.domain.rules import OPPOSING, Base, Called, Limit, Reason, Rule, Share, Stance

LIMITING = (Reason.BLOCKED, Reason.OPPOSED, Reason.TOO_MANY_RESERVED, Reason.TALK_MORE)


class Malformed(ValueError):
    """A rule, read from data, does not say what it must; the message names the place."""


class After(StrEnum):
    """What lets an assembly go on to a stage: it says so aloud, in one of three ways, or too few came before."""

    ASSEMBLY = "assembly"
    MAJORITY = "majority"
    VOICES = "voices"
    TOO_FEW = "too_few"


class Again(StrEnum):
    """What a second block on the same proposal does.

    The text is amended as after the first; a small mixed group drawn by lot amends it; or there is no agreement.
    """

    AMEND = "amend"
    GROUP = "group"
    END = "end"


@dataclass(frozen=True, slots=True)
class Preset:
    """A rule in one stage or several. `after` says, for each stage from the second on, what lets the assembly in."""

    name: str
    stages: tuple[Rule, ...]
    after: tuple[After, ...] = ()
    again: Again = Again.AMEND


def read_preset(data: Mapping[str, object]) -> Preset:
    """Read one preset: {"id": "R1", "stages": [rule, …], "again": "amend", …words}. Raises `Malformed`.

    Each stage from the second on may say {"after": "assembly"}, which is taken where it is left out.
    """
    name, stages = data.get("id"), data.get("stages")
    if not isinstance(name, str) or not isinstance(stages, list) or not stages:
        raise Malformed("a preset has an id and at least one stage")
    try:
        after = tuple(After(stage.get("after", After.ASSEMBLY)) for stage in stages[1:] if isinstance(stage, Mapping))
        again = Again(str(data.get("again", Again.AMEND)))
    except ValueError:
        raise Malformed("after and again are words of their lists") from None
    return Preset(name, tuple(read_rule(stage) for stage in stages), after, again)


def write_preset(preset: Preset) -> dict[str, object]:
    """Return the data that `read_preset` reads back as the same preset."""
    entered = [{}, *({"after": one.value} for one in preset.after)]
    stages = [write_rule(stage) | before for stage, before in zip(preset.stages, entered, strict=True)]
    return {"id": preset.name, "stages": stages, "again": preset.again.value}


def ending(rule: Rule) -> Rule:
    """Return the rule for a text that was blocked before, where a second block means that there is no agreement."""
    limits = (replace(one, ends=one.ends or one.reason is Reason.BLOCKED) for one in rule.limits)
    return replace(rule, limits=tuple(limits))


def read_rule(data: Mapping[str, object]) -> Rule:
    """Read a rule; other keys (words, sources) are left alone. Raises `Malformed`.

    {"id": "vote", "quorum": {"at_least": "3/4"}, "called": "declared", "voices": {"at_least": "1/3"},
    "base": "answered", "agreeing": [1, 2], "agreement": {"more_than": "1/2"}, "noted": {"more_than": "0"},
    "beside": [3], "limits": [{"stances": [6], "at_most": "0", "reason": "blocked"}]}: fractions are text, a whole
    number in "at_most" is one of people; `called`, `voices`, `beside` and `limits` may be left out; an agreement asks
    for half at least; the reason of a limit is one of `LIMITING`.
    """
    name, limits = data.get("id"), data.get("limits", [])
    if not isinstance(name, str) or not isinstance(limits, list):
        raise Malformed("a rule has an id, and its limits are a list")
    if data.get("called", Called.DECLARED) not in set(Called):
        raise Malformed("called: declared or cards")
    rule = Rule(
        name=name,
        quorum=_share(data, "quorum"),
        base=_base(data),
        agreeing=_stances(data, "agreeing"),
        agreement=_share(data, "agreement"),
        noted=_share(data, "noted"),
        beside=_stances(data, "beside") if "beside" in data else frozenset(),
        limits=tuple(_limit(limit) for limit in limits),
        called=Called(str(data.get("called", Called.DECLARED))),
        voices=_share(data, "voices") if "voices" in data else None,
    )
    _check(rule)
    return rule


def write_rule(rule: Rule) -> dict[str, object]:
    """Return the data that `read_rule` reads back as the same rule; what is usual is left out."""
    usual: dict[str, object] = {} if rule.called is Called.DECLARED else {"called": rule.called.value}
    if rule.voices is not None:
        usual["voices"] = _written(rule.voices)
    return usual | {
        "id": rule.name,
        "quorum": _written(rule.quorum),
        "base": rule.base.value,
        "agreeing": sorted(map(int, rule.agreeing)),
        "agreement": _written(rule.agreement),
        "noted": _written(rule.noted),
        "beside": sorted(map(int, rule.beside)),
        "limits": [_written_limit(limit) for limit in rule.limits],
    }


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


def _written_limit(limit: Limit) -> dict[str, object]:
    """Write a limit as data: a part as text, a number of people as a whole number."""
    most = str(limit.most) if limit.number is None else limit.number
    return {"stances": sorted(map(int, limit.stances)), "at_most": most, "reason": limit.reason.value}


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
    """Read {"stances": [6], "at_most": "0", "reason": "blocked"}; a whole number in its place is one of people."""
    match data:
        case {"stances": list(numbers), "at_most": str() | int() as most, "reason": str(reason)} if reason in LIMITING:
            people = most if isinstance(most, int) else None
            if people is not None and (people < 0 or isinstance(people, bool)):
                raise Malformed("limits: a number of people is nothing or more")
            part = _fraction(str(most), "at_most") if people is None else Fraction(0)
            return Limit(_stances({"stances": numbers}, "stances"), part, Reason(reason), people)
        case _:
            raise Malformed("limits: stances, at_most and a reason a limit may have")
