"""What an opened box says together: tiers of threats, measures or statements to take up first, advice on the alert.

These are judges: they look at exact counts and whole ballots inside the opening, and return closed values only, never
a number, never a voice's name, and nothing that turns on fewer than two people more than the infiltrators (as figures
merge their tails). For a threat the *maximum* over voices decides (a danger grave for one group is everyone's), for a
measure the *minimum* (a remedy is shared only if every group can bear it); the chosen set is proportional, so that a
minority that holds together gets its part. Ties stay ties.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from deliberation.domain import rounds, threats
from deliberation.domain.hearing import Box, Group, Terms, Why, given, hear, heard, number, people, share
from deliberation.domain.measures import FIRST, PLACES, choice, measures
from deliberation.domain.rules import OPPOSING, Stance
from surveys.domain.agreement import Consensus, consensus, lower_median
from surveys.domain.judgement import majority_ranks
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.tally import Ballots, Tally

ALERT = "P6"
ORANGE, GREEN = 3, 1
ALARM = Fraction(1, 3)
SUPPORTING = frozenset({Stance.SUPPORT, Stance.RESERVATION})


class Advice(StrEnum):
    """What a pulse advises about the alert level; two calmer pulses one after the other advise to lower it."""

    RAISE = "raise"
    HOLD = "hold"
    CALMER = "calmer"
    TOO_FEW = "too_few"


def judge_baseline(questionnaire: Questionnaire, terms: Terms, tally: Tally, ballots: Ballots) -> Mapping[str, object]:
    """Judge a baseline: what `threats.judge` says of its threats, and `measures.measures` of its measures.

    The terms hold `infiltrators`, and may hold `places` (how many measures to choose), or `effort` and `carry` (what
    each takes, what all may), `priority` ("each_voice"), `table` (classes of risk), `declared` (how many members).
    """
    box = hear(terms, tally, ballots)
    named = [choice.id for choice in questionnaire.lists.get("measures", ())]
    told = threats.judge(box, [one.id for one in questionnaire.lists.get("threats", ())], terms)
    return {**told, **(measures(box, named, terms) if FIRST in ballots.sets else {})}


def judge_pulse(_questionnaire: Questionnaire, terms: Terms, tally: Tally, ballots: Ballots) -> Mapping[str, object]:
    """Judge a pulse: {"advice": …} about the alert level, held against the present `level` of the terms (1 green).

    To raise it: the lower median stands above it, or a third of any voice (heeded) asks for orange or red above it.
    """
    box, level = hear(terms, tally, ballots), number(terms, "level", GREEN)
    if tally.answered.get(ALERT, 0) < box.floor:
        return {"advice": Advice.TOO_FEW.value}
    answers = ballots.level(ALERT)
    median = lower_median(tally.counts[ALERT]) or level
    asked = [(group & (answers >= ORANGE) & given(answers), group & given(answers)) for group in box.groups]
    alarm = any(box.heeds(people(alarmed)) and share(alarmed, answered) >= ALARM for alarmed, answered in asked)
    if median > level or (alarm and level < ORANGE):
        return {"advice": Advice.RAISE.value}
    return {"advice": Advice.CALMER.value if median < level and not alarm else Advice.HOLD.value}


def judge_conversation(
    questionnaire: Questionnaire, terms: Terms, tally: Tally, ballots: Ballots
) -> Mapping[str, object]:
    """Judge a conversation: what the judge of a round says of each statement, and which ones to take up first:
    {"chosen", "tied", "proportional", "measure_reason"}, as for measures, over the support each statement has.

    A statement that fewer than K people weighed is never chosen, nor one that everybody, or one voice of at least K
    who weighed it, refuses: then its reason is that of a harmful measure. Ties are told apart by majority judgement on
    the six stances. Terms: a round's, and those of a baseline.
    """
    box = hear(terms, tally, ballots)
    statements = [choice.id for choice in questionnaire.lists["proposals"]]
    stances = {one: ballots.level(f"{rounds.STANCE}.{one}") for one in statements}
    barred = {one: _refused(box, levels) for one, levels in stances.items()}
    support = np.array([_holding(levels, SUPPORTING) for levels in stances.values()])
    key = majority_ranks([tally.counts[f"{rounds.STANCE}.{one}"][::-1] for one in statements])
    told = rounds.judge(questionnaire, terms, tally, ballots)
    return {**told, **choice(box, support.T, barred, number(terms, "places", PLACES), key)}


def _refused(box: Box, levels: NDArray[np.uint8]) -> Why | None:
    """Say why a statement cannot be chosen: too few weighed it, or its automatic state in some group is "refused"."""
    weighed = given(levels)
    if people(weighed) < box.floor:
        return Why.TOO_FEW
    for group, why in heard(box):
        answered, for_it, against = (
            people(part & group) for part in (weighed, _holding(levels, SUPPORTING), _holding(levels, OPPOSING))
        )
        state = consensus(for_it, against, answered=answered, invited=answered, floor=box.floor)
        if state is Consensus.REFUSED:
            return why
    return None


def _holding(levels: NDArray[np.uint8], stances: frozenset[Stance]) -> Group:
    """Say which ballots hold one of these stances."""
    return np.isin(levels, sorted(stances))
