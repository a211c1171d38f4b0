"""What an opened box says together: tiers of threats, measures or statements to take up first, advice on the alert.

These are judges: they look at exact counts and whole ballots inside the opening, and return closed values only, never
a number, never a voice's name, and nothing that turns on fewer than two people more than the infiltrators (as figures
merge their tails). For a threat the *maximum* over voices decides (a danger grave for one group is everyone's), for a
measure the *minimum* (a remedy is shared only if every group can bear it); the chosen set is proportional, so that a
minority that holds together gets its part. Ties stay ties.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from deliberation.domain import rounds
from deliberation.domain.rules import OPPOSING, Stance
from surveys.domain.agreement import Consensus, consensus, lower_median
from surveys.domain.proportional import Prefix, audit, pack, phragmen
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.tally import NO_VOICE, Ballots, Picked, Tally

LIKELY, SEVERE, FIRST, HARMFUL, ALERT = "C2", "C3", "H1", "H3", "P6"
HIGH, ORANGE, GREEN = 4, 3, 1
NOW, NEXT, ALARM, HARM = Fraction(1, 2), Fraction(3, 10), Fraction(1, 3), Fraction(1, 5)
PLACES, SEQUENCE_FROM = 5, 20
SUPPORTING = frozenset({Stance.SUPPORT, Stance.RESERVATION})
EACH_VOICE = "each_voice"
"""The priority rule that heeds each voice apart; an assembly may choose `whole` instead, and must choose one."""

Group = NDArray[np.bool_]
Terms = Mapping[str, object]


class Tier(StrEnum):
    """When a threat is to be treated; unknown when fewer than K people answered about it."""

    NOW = "now"
    NEXT = "next"
    WATCH = "watch"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """One reason an item stands where it does; each becomes one plain sentence."""

    GRAVE_FOR_MOST = "grave_for_most"
    GRAVE_FOR_A_VOICE = "grave_for_a_voice"
    GRAVE_FOR_MANY = "grave_for_many"
    GRAVE_FOR_MANY_OF_A_VOICE = "grave_for_many_of_a_voice"
    GRAVE_NOT_LIKELY = "grave_not_likely"
    LIKELY_NOT_GRAVE = "likely_not_grave"
    CALM = "calm"
    TOO_FEW = "too_few"
    SAID_BY_A_CIRCLE = "said_by_a_circle"
    WANTED_BY_MANY = "wanted_by_many"
    PART_OF_A_MINORITY = "part_of_a_minority"
    TIED = "tied"
    WANTED_LESS = "wanted_less"
    HARMS_MANY = "harms_many"
    HARMS_A_VOICE = "harms_a_voice"


class Eligible(StrEnum):
    """Whether a measure may be chosen as it is, or must be talked over and amended first."""

    YES = "eligible"
    NO = "to_amend"


class Advice(StrEnum):
    """What a pulse advises about the alert level; two calmer pulses one after the other advise to lower it."""

    RAISE = "raise"
    HOLD = "hold"
    CALMER = "calmer"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class _Box:
    """An opened box with what was frozen about how to read it: its groups, everyone first."""

    ballots: Ballots
    groups: tuple[Group, ...]
    floor: int
    infiltrators: int

    def heeds(self, part: Group) -> bool:
        """Whether so many agree that neither the infiltrators nor one person with them decide alone."""
        return int(part.sum()) > self.infiltrators + 1


def judge_baseline(questionnaire: Questionnaire, terms: Terms, tally: Tally, ballots: Ballots) -> Mapping[str, object]:
    """Judge a baseline: {"tier", "tier_reason", "eligibility", "measure_reason": by id; "chosen", "tied": ids sorted;
    "proportional": whether the set passes EJR+; "order": from 20 ballots on, threats from the gravest, ties together}.

    The terms hold `infiltrators`, and may hold `places` (how many measures to choose) and `priority` ("each_voice").
    """
    box = _box(terms, tally, ballots)
    threats = [choice.id for choice in questionnaire.lists.get("threats", ())]
    measures = [choice.id for choice in questionnaire.lists.get("measures", ())]
    judged = {threat: _threat(box, threat) for threat in threats if f"{LIKELY}.{threat}" in ballots.levels}
    told: dict[str, object] = {
        "tier": {threat: tier.value for threat, (tier, _) in judged.items()},
        "tier_reason": {threat: why.value for threat, (_, why) in judged.items()},
    }
    if tally.ballots >= SEQUENCE_FROM:
        told["order"] = _order(box, [threat for threat, (tier, _) in judged.items() if tier is not Tier.UNKNOWN])
    return told | _measures(box, measures, _number(terms, "places", PLACES)) if FIRST in ballots.sets else told


def judge_pulse(_questionnaire: Questionnaire, terms: Terms, tally: Tally, ballots: Ballots) -> Mapping[str, object]:
    """Judge a pulse: {"advice": …} about the alert level, held against the present `level` of the terms (1 green).

    To raise it: the lower median stands above it, or a third of any voice (heeded) asks for orange or red above it.
    """
    box, level = _box(terms, tally, ballots), _number(terms, "level", GREEN)
    if tally.answered.get(ALERT, 0) < box.floor:
        return {"advice": Advice.TOO_FEW.value}
    answers = ballots.level(ALERT)
    median = lower_median(tally.counts[ALERT]) or level
    heard = [(group & (answers >= ORANGE) & _given(answers), group & _given(answers)) for group in box.groups]
    alarm = any(box.heeds(alarmed) and _share(alarmed, answered) >= ALARM for alarmed, answered in heard)
    if median > level or (alarm and level < ORANGE):
        return {"advice": Advice.RAISE.value}
    return {"advice": Advice.CALMER.value if median < level and not alarm else Advice.HOLD.value}


def _box(terms: Terms, tally: Tally, ballots: Ballots) -> _Box:
    """Put the box beside its groups: everyone, each voice of at least K, and the smaller ones taken together.

    Small voices are merged all at once, so that no name or order decides which; a union still under K is left out.
    """
    infiltrators = _number(terms, "infiltrators", 2)
    floor = 2 * infiltrators + 3
    everyone = np.ones(ballots.size, dtype=np.bool_)
    if terms.get("priority", EACH_VOICE) != EACH_VOICE:
        return _Box(ballots, (everyone,), floor, infiltrators)
    voices = [ballots.voice() == voice for voice in sorted(tally.by_voice) if voice != NO_VOICE]
    small = [voice for voice in voices if voice.sum() < floor]
    merged = [np.logical_or.reduce(small)] if small else []
    kept = [group for group in (*voices, *merged) if group.sum() >= floor]
    return _Box(ballots, (everyone, *kept), floor, infiltrators)


def _threat(box: _Box, threat: str) -> tuple[Tier, Why]:
    """Return the tier of a threat and why: h = (likely and severe + 1) / (answered both + 2), the maximum decides."""
    likely, severe = box.ballots.level(f"{LIKELY}.{threat}"), box.ballots.level(f"{SEVERE}.{threat}")
    both = _given(likely) & _given(severe)
    if both.sum() < box.floor:
        return Tier.UNKNOWN, Why.TOO_FEW
    grave = both & (likely >= HIGH) & (severe >= HIGH)
    heard = [(group & grave, group & both) for group in box.groups if (group & both).sum() >= box.floor]
    whole, *apart = (_concern(*one) if box.heeds(one[0]) else Fraction(0) for one in heard)
    worst = max((whole, *apart))
    if worst >= NOW:
        return Tier.NOW, Why.GRAVE_FOR_MOST if whole >= NOW else Why.GRAVE_FOR_A_VOICE
    if worst >= NEXT:
        return Tier.NEXT, Why.GRAVE_FOR_MANY if whole >= NEXT else Why.GRAVE_FOR_MANY_OF_A_VOICE
    if _share(both & (severe >= HIGH), both) >= NOW:
        return Tier.WATCH, Why.GRAVE_NOT_LIKELY
    return Tier.WATCH, Why.LIKELY_NOT_GRAVE if _share(both & (likely >= HIGH), both) >= NOW else Why.CALM


def _order(box: _Box, threats: Sequence[str]) -> list[list[str]]:
    """Return threats from the gravest for all, those that one changed ballot could swap together, by id inside."""
    concern = {}
    for threat in threats:
        likely, severe = box.ballots.level(f"{LIKELY}.{threat}"), box.ballots.level(f"{SEVERE}.{threat}")
        both = _given(likely) & _given(severe)
        concern[threat] = _concern(both & (likely >= HIGH) & (severe >= HIGH), both), int(both.sum())
    ordered = sorted(concern, key=lambda threat: (-concern[threat][0], threat))
    ties = [[threat] for threat in ordered[:1]]
    for above, below in pairwise(ordered):
        gap = concern[above][0] - concern[below][0]
        if gap > Fraction(2, min(concern[above][1], concern[below][1]) + 2):
            ties.append([])
        ties[-1].append(below)
    return [sorted(tie) for tie in ties]


def judge_conversation(
    questionnaire: Questionnaire, terms: Terms, tally: Tally, ballots: Ballots
) -> Mapping[str, object]:
    """Judge a conversation: what the judge of a round says of each statement, and which ones to take up first:
    {"chosen", "tied", "proportional", "measure_reason"}, as for measures, over the support each statement has.

    A statement that fewer than K people weighed is never chosen, nor one that everybody, or one voice of at least K
    who weighed it, refuses: then its reason is that of a harmful measure. Terms: a round's, and those of a baseline.
    """
    box = _box(terms, tally, ballots)
    statements = [choice.id for choice in questionnaire.lists.get("proposals", ())]
    stances = {one: ballots.level(f"{rounds.STANCE}.{one}") for one in statements}
    barred = {one: _refused(box, levels) for one, levels in stances.items()}
    support = np.array([_holding(levels, SUPPORTING) for levels in stances.values()], dtype=np.bool_)
    told = rounds.judge(questionnaire, terms, tally, ballots)
    return {**told, **_choice(box, support.T, barred, _number(terms, "places", PLACES))}


def _refused(box: _Box, levels: NDArray[np.uint8]) -> Why | None:
    """Say why a statement cannot be chosen: too few weighed it, or its automatic state in some group is "refused"."""
    given = _given(levels)
    if given.sum() < box.floor:
        return Why.TOO_FEW
    for group, why in _heard(box):
        answered, for_it, against = (
            int((part & group).sum()) for part in (given, _holding(levels, SUPPORTING), _holding(levels, OPPOSING))
        )
        state = consensus(for_it, against, answered=answered, invited=answered, floor=box.floor)
        if state is Consensus.REFUSED:
            return why
    return None


def _holding(levels: NDArray[np.uint8], stances: frozenset[Stance]) -> Group:
    """Say which ballots hold one of these stances."""
    return np.isin(levels, sorted(stances))


def _measures(box: _Box, measures: Sequence[str], places: int) -> dict[str, object]:
    """Choose among the measures every group can bear; say of each why it is chosen or not."""
    harmed = {measure: _harm(box, at) for at, measure in enumerate(measures)}
    eligibility = {one: (Eligible.NO if harm else Eligible.YES).value for one, harm in harmed.items()}
    return {"eligibility": eligibility, **_choice(box, box.ballots.picked(FIRST), harmed, places)}


def _choice(box: _Box, wishes: Picked, barred: Mapping[str, Why | None], places: int) -> dict[str, object]:
    """Choose proportionally among the things wished for, in the order of `barred`, which says why some cannot be."""
    things, voted = list(barred), int(wishes.any(axis=1).sum())
    heeded = [why is None and box.heeds(wishes[:, at]) for at, why in enumerate(barred.values())]
    wishes = wishes & np.array(heeded, dtype=np.bool_)
    planes = pack(wishes)
    lists = phragmen(planes, size=places) if voted >= box.floor else ()
    last = lists[-1] if lists else Prefix(0, frozenset(), frozenset(), ())
    reasons = {one: _why(at, wishes, last, why) for at, (one, why) in enumerate(barred.items())}
    if voted < box.floor:
        reasons = {one: why or Why.TOO_FEW for one, why in barred.items()}
    return {
        "measure_reason": {one: why.value for one, why in reasons.items()},
        "chosen": sorted(things[at] for at in last.chosen),
        "tied": sorted(things[at] for at in last.tied),
        "proportional": all(not audit(planes, one, ballots=voted) for one in last.lists),
    }


def _heard(box: _Box) -> Iterator[tuple[Group, Why]]:
    """Yield each group with the reason that its refusal gives, everyone first."""
    everyone, *voices = box.groups
    yield everyone, Why.HARMS_MANY
    yield from ((voice, Why.HARMS_A_VOICE) for voice in voices)


def _harm(box: _Box, measure: int) -> Why | None:
    """Say why a measure must be amended first: one in five of everyone, or of one voice (heeded), find it harmful."""
    if HARMFUL not in box.ballots.sets:
        return None
    objected = box.ballots.picked(HARMFUL)[:, measure]
    for group, why in _heard(box):
        objecting = objected & group
        if box.heeds(objecting) and _share(objecting, group) >= HARM:
            return why
    return None


def _why(measure: int, wishes: Picked, last: Prefix, harm: Why | None) -> Why:
    """Say why a measure is chosen or not."""
    if harm:
        return harm
    if measure in last.tied:
        return Why.TIED
    if measure not in last.chosen:
        return Why.WANTED_LESS
    totals = wishes.sum(axis=0)
    more_wanted = int((totals > totals[measure]).sum())
    return Why.WANTED_BY_MANY if more_wanted < last.size else Why.PART_OF_A_MINORITY


def _given(levels: NDArray[np.uint8]) -> Group:
    """Say which ballots gave a level: neither skipped nor "don't know"."""
    return np.asarray((levels > 0) & (levels < np.iinfo(np.uint8).max))


def _concern(alarmed: Group, answered: Group) -> Fraction:
    """Return the share of those alarmed, drawn a little to the middle (Polis: (count + 1) / (n + 2))."""
    return Fraction(int(alarmed.sum()) + 1, int(answered.sum()) + 2)


def _share(part: Group, whole: Group) -> Fraction:
    """Return a part of a group; nothing of nobody."""
    return Fraction(int(part.sum()), max(1, int(whole.sum())))


def _number(terms: Terms, key: str, usual: int) -> int:
    """Return a whole number of the terms."""
    value = terms.get(key, usual)
    return value if isinstance(value, int) else usual
