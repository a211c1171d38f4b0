"""Threats as judges place them: when to treat each, in which order, how firm that is, what other tables would say.

A person is alarmed by a threat whose likelihood and gravity, taken together by the assembly's table, are high. For
everybody and for each voice the alarmed are counted as far as they may be heard beside the figures (`risk.bounded`).
What people say of capacity, and of those near to them, stands beside in the figures and changes nothing here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from deliberation.domain.hearing import SEQUENCE_FROM, Box, Group, Levels, Terms, Why, given, number, people, share
from deliberation.domain.risk import (
    HIGH,
    STARTING,
    Paired,
    Table,
    Tier,
    bounded,
    classes,
    dominates,
    firm,
    grid,
    paired,
    read_table,
    reserved,
    tails,
)

SIGNS, LIKELY, SEVERE, WORRY = "C1", "C2", "C3", "C4"
NOW, NEXT = Fraction(1, 2), Fraction(3, 10)
NOTICED = 2
"""The second of three steps of "were signs of this noticed around us": at least some were."""


class Doubt(StrEnum):
    """A question to ask about a threat whose signs and whose worry go apart."""

    UNRECOGNISED = "unrecognised"
    TO_CLARIFY = "to_clarify"


@dataclass(frozen=True, slots=True)
class _Threat:
    """What was answered about one threat."""

    likely: Levels
    grave: Levels

    @property
    def both(self) -> Group:
        """Who answered how likely and how grave it is."""
        return given(self.likely) & given(self.grave)

    def high(self, table: Table) -> Group:
        """Who puts it high."""
        return classes(table, self.likely, self.grave) >= HIGH

    def heard(self, table: Table, group: Group, infiltrators: int) -> int:
        """How many of a group put it high, as far as they may be heard beside the figures."""
        within = group & self.both
        return bounded(
            people(within & self.high(table)),
            likely=people(within & (self.likely >= HIGH)),
            grave=people(within & (self.grave >= HIGH)),
            answered=people(within),
            infiltrators=infiltrators,
        )


def judge(box: Box, named: Sequence[str], terms: Terms) -> dict[str, object]:
    """Judge threats: {"tier", "tier_reason": by id}; from 20 ballots on {"order", "order_by_voice": from the gravest,
    those one ballot could swap together; "above": those firmly above each, "above_any": whatever the table;
    "doubt": "unrecognised" or "to_clarify", where signs and worry go apart}.
    """
    asked = {one: _Threat(*_levels(box, one)) for one in named if f"{LIKELY}.{one}" in box.ballots.levels}
    table = read_table(terms["table"]) if terms.get("table") else STARTING
    placed = {one: _tier(box, threat) for one, threat in asked.items()}
    told: dict[str, object] = {
        "tier": {one: tier.value for one, (tier, _) in placed.items()},
        "tier_reason": {one: why.value for one, (_, why) in placed.items()},
    }
    if box.ballots.size < SEQUENCE_FROM:
        return told
    known = {one: asked[one] for one, (tier, _) in placed.items() if tier is not Tier.UNKNOWN}
    return {
        **told,
        **_ordered(box, known, table, number(terms, "declared", 0)),
        "doubt": {one: doubt for one in known if (doubt := _doubt(box, one))},
    }


def _levels(box: Box, threat: str) -> tuple[Levels, Levels]:
    return box.ballots.level(f"{LIKELY}.{threat}"), box.ballots.level(f"{SEVERE}.{threat}")


def _tier(box: Box, threat: _Threat) -> tuple[Tier, Why]:
    """Return the tier of a threat and why: h = (likely and severe + 1) / (answered both + 2), the maximum decides.

    It does not turn on the table: beside the figures of likely and of grave, a count of those who find it one or the
    other could close an answer, and a count of those who find it both cannot.
    """
    both = threat.both
    if people(both) < box.floor:
        return Tier.UNKNOWN, Why.TOO_FEW
    alarmed = both & (threat.likely >= HIGH) & (threat.grave >= HIGH)
    groups = _groups(box, threat)
    whole, *apart = (
        _concern(alarmed & one, one) if box.heeds(people(alarmed & one)) else Fraction(0) for one in groups
    )
    worst = max((whole, *apart))
    if worst >= NOW:
        return Tier.NOW, Why.GRAVE_FOR_MOST if whole >= NOW else Why.GRAVE_FOR_A_VOICE
    if worst >= NEXT:
        return Tier.NEXT, Why.GRAVE_FOR_MANY if whole >= NEXT else Why.GRAVE_FOR_MANY_OF_A_VOICE
    if share(both & (threat.grave >= HIGH), both) >= NOW:
        return Tier.WATCH, Why.GRAVE_NOT_LIKELY
    return Tier.WATCH, Why.LIKELY_NOT_GRAVE if share(both & (threat.likely >= HIGH), both) >= NOW else Why.CALM


def _concern(alarmed: Group, answered: Group) -> Fraction:
    """Return the share of those alarmed, drawn a little to the middle (Polis: (count + 1) / (n + 2))."""
    return Fraction(people(alarmed) + 1, people(answered) + 2)


def _groups(box: Box, threat: _Threat) -> list[Group]:
    """Return everybody, and each group of which at least K answered about the threat."""
    return [group & threat.both for group in box.groups if people(group & threat.both) >= box.floor]


def _ordered(box: Box, known: Mapping[str, _Threat], table: Table, members: int) -> dict[str, object]:
    """Return the order for all, the order by the gravest voice, and which threats stand firmly above which."""
    pairs = {(one, other): _pair(box, (known[one], known[other]), table) for one in known for other in known}
    kept = {one: {other for other in known if reserved(pairs[one, other])} for one in known}
    shares = {one: _heard_share(box, threat, table, threat.both) for one, threat in known.items()}
    above = {
        one: [other for other in known if firm(pairs[other, one], members=members, threats=len(known))]
        for one in sorted(known)
    }
    return {
        "order": _lines(sorted(known, key=lambda one: (-shares[one], one)), kept),
        "order_by_voice": _by_voice(box, known, table),
        "above": {one: sorted(those) for one, those in above.items()},
        "above_any": {
            one: sorted(o for o in those if _any_table(known[o], known[one])) for one, those in above.items()
        },
    }


def _pair(box: Box, two: tuple[_Threat, _Threat], table: Table) -> Paired:
    """Return the paired counts of two threats, the margin no larger than what may be heard.

    Of fewer than K both are heard as t + 1, so that their margin is 0 at most.
    """
    one, other = two
    both = one.both & other.both
    found = paired(one.high(table), other.high(table), both)
    heard = one.heard(table, both, box.infiltrators) - other.heard(table, both, box.infiltrators)
    return Paired(found.answered, found.apart, min(found.margin, heard))


def _any_table(one: _Threat, other: _Threat) -> bool:
    """Tell whether one stands above the other for every table, among those who answered about both."""
    both = one.both & other.both
    return dominates(*(grid(threat.likely[both], threat.grave[both]) for threat in (one, other)))


def _heard_share(box: Box, threat: _Threat, table: Table, group: Group) -> Fraction:
    return Fraction(threat.heard(table, group, box.infiltrators), people(group))


def _lines(ordered: Sequence[str], kept: Mapping[str, set[str]]) -> list[list[str]]:
    """Cut an order into lines, wherever everything before stands above everything after with a reserve."""
    found = list[list[str]]()
    for at, one in enumerate(ordered):
        after = set(ordered[at:])
        if found and not all(after <= kept[before] for before in ordered[:at]):
            found[-1].append(one)
        else:
            found.append([one])
    return [sorted(line) for line in found]


def _by_voice(box: Box, known: Mapping[str, _Threat], table: Table) -> list[list[str]]:
    """Return the order by the largest share in any voice; only shares no one ballot could swap are told apart.

    One ballot moves the share of a voice of n by 1 / (n - 1) at most, even when it goes over to another voice.
    """
    apart = {one: _groups(box, threat)[1:] or [threat.both] for one, threat in known.items()}
    worst = {one: max(_heard_share(box, known[one], table, group) for group in groups) for one, groups in apart.items()}
    least = {one: min(people(group) for group in groups) for one, groups in apart.items()}
    found = list[list[str]]()
    for one in sorted(known, key=lambda one: (-worst[one], one)):
        last = found[-1][-1] if found else ""
        if last and worst[last] - worst[one] <= Fraction(2, min(least[last], least[one]) - 1):
            found[-1].append(one)
        else:
            found.append([one])
    return [sorted(line) for line in found]


def _doubt(box: Box, threat: str) -> str:
    """Say what to ask about a threat whose signs and whose worry go apart, each by its own figure.

    Half noticed signs and fewer than three in ten worry: "unrecognised". The other way round: "to_clarify", a fear to
    be talked over. Both are questions, and no errors (Tactical Tech, Holistic Security).
    """
    if f"{WORRY}.{threat}" not in box.ballots.levels or f"{SIGNS}.{threat}" not in box.ballots.levels:
        return ""
    signs, worry = (_part(box, f"{key}.{threat}", least) for key, least in ((SIGNS, NOTICED), (WORRY, HIGH)))
    if signs >= NOW and worry < NEXT:
        return Doubt.UNRECOGNISED.value
    return Doubt.TO_CLARIFY.value if worry >= NOW and signs < NEXT else ""


def _part(box: Box, key: str, least: int) -> Fraction:
    """Return the share that answered at least this, its tails merged; two fifths, which says nothing, of too few."""
    levels = box.ballots.level(key)
    answered = people(given(levels))
    if answered < box.floor:
        return Fraction(2, 5)
    return Fraction(tails(people(given(levels) & (levels >= least)), answered, box.infiltrators), answered)
