"""Rules as data: the presets an assembly chooses from, read strictly, and written back into a round's frozen terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deliberation.domain.rules import OPPOSING, Base, Limit, Reason, Rule, Share, Stance

LIMITING = (Reason.BLOCKED, Reason.OPPOSED, Reason.TOO_MANY_RESERVED, Reason.TALK_MORE)


class Malformed(ValueError):
    """A rule, read from data, does not say what it must; the message names the place."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A rule of practice in one or two stages; only the assembly itself goes on to the second."""

    name: str
    stages: tuple[Rule, ...]


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
