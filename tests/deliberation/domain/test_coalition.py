"""Everything released of a box at once (several cuts, sets, voices, closed values) and what a coalition learns of it.

Every box of so many people is tried, and every place the infiltrators can take in it. The twin of each attack opens
the same boxes for an assembly that assumes no infiltrators at all, and must be broken.
"""

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pytest

from deliberation.domain import rounds
from deliberation.domain.hearing import EACH_VOICE
from deliberation.domain.presets import read_preset, write_rule
from deliberation.domain.priorities import judge_baseline, judge_pulse
from surveys.domain import closed, disclosure
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import fill
from surveys.domain.release import Release, write
from surveys.domain.tally import Ballots, Tally
from surveys.interchange import shipped
from tests.deliberation.domain.coalition import Kind, learned
from tests.surveys.hall import choices

Judge = Callable[[Questionnaire, Mapping[str, object], Tally, Ballots], Mapping[str, object]]
BASELINE = fill(
    shipped("short-baseline"),
    threats=choices("fire"),
    measures=choices("bell", "walks", "radio"),
    voices=choices("hill", "river"),
)
ROUND = fill(shipped("round"), proposals=choices("one"), criteria=choices("alone", "fair"))
BOTH = replace(BASELINE, sections=(*BASELINE.sections, *ROUND.sections), lists={**BASELINE.lists, **ROUND.lists})
PULSE = shipped("pulse")
CATALOGUE = json.loads(Path("deliberation/catalogue/rules.json").read_text(encoding="utf-8"))
STAGES = [write_rule(stage) for preset in CATALOGUE for stage in read_preset(preset).stages]
CALM, GRAVE, RESERVED = 1, 5, 2
THREAT = [
    Kind({"C2.fire": likely, "C3.fire": severe}, {"both": likely == severe == GRAVE})
    for likely, severe in product((CALM, GRAVE), repeat=2)
]
VOICES = [Kind({"A2": voice, **one.answers}, {"both": one.more["both"]}) for voice in (1, 2) for one in THREAT]
ONE_CUT = [Kind({"A2": voice, "C2.fire": likely, "C3.fire": GRAVE}) for voice, likely in product((1, 2), (CALM, GRAVE))]
SETS = [frozenset({at for at in (1, 2, 3) if ticks >> (at - 1) & 1}) for ticks in range(1, 8)]
WISHES, HARMS = [Kind({"H1": one}) for one in SETS], [Kind({"H1": SETS[0], "H3": one}) for one in SETS]
SINGLY = [Kind({"H1": one}) for one in (SETS[0], SETS[1], SETS[3], SETS[2])]
TELLS_HARM = [Kind({"H1": SETS[at], "H3": SETS[harm]}) for at, harm in ((0, 0), (0, 1), (1, 0), (1, 1))]
ALERT = [Kind({"P6": level}) for level in (1, 2, 3, 4)]
STANCE_AND_CUT = [
    Kind({"S1.one": stance, "C2.fire": likely}) for stance, likely in product((1, RESERVED, 6), (CALM, GRAVE))
]
WITH_VOICE = [Kind({"A2": voice, **one.answers}) for voice in (1, 2) for one in STANCE_AND_CUT]


RATED = [Kind({"S1.one": stance, "S6.one": harm}) for stance, harm in product((1, 6), (1, 2))]


def judge_both(
    asked: Questionnaire, terms: Mapping[str, object], tally: Tally, ballots: Ballots
) -> Mapping[str, object]:
    """Judge threats, measures and a proposal of one box."""
    return {**judge_baseline(asked, terms, tally, ballots), **rounds.judge(asked, terms, tally, ballots)}


@dataclass(frozen=True, slots=True)
class Attack:
    """A kind of survey, how people may answer it, and how many there are."""

    asked: Questionnaire
    judge: Judge
    kinds: list[Kind]
    people: int
    infiltrators: int

    def learn(self, assumed: int, terms: Mapping[str, object] | None = None, *, judged: bool = True) -> set[str]:
        """Return the questions of which something becomes certain, when so many infiltrators are assumed."""
        said = {"infiltrators": assumed, "priority": EACH_VOICE, "level": 1, **(terms or {})}

        def told(tally: Tally, ballots: Ballots) -> Hashable:
            row = disclosure.row(tally.ballots, assumed, tally.ballots)
            figures = disclosure.disclose(self.asked, tally, assumed)
            values = self.judge(self.asked, said, tally, ballots) if judged else {}
            passed = closed.closed(values, row, closed.things(self.asked))
            return repr(write(Release("s", "k", "00", tally.ballots, row, (), figures, passed)))

        found = learned(self.asked, self.kinds, self.people, self.infiltrators, told)
        return {key for key, _ in found}


QUICK = {
    "threat": Attack(BASELINE, judge_baseline, THREAT, 7, 2),
    "threat of fewer": Attack(BASELINE, judge_baseline, THREAT, 5, 1),
    "alert": Attack(PULSE, judge_pulse, ALERT, 7, 2),
}
SLOW = {
    "voices": Attack(BASELINE, judge_baseline, VOICES, 5, 1),
    "voices of more": Attack(BASELINE, judge_baseline, VOICES, 7, 2),
    "wishes": Attack(BASELINE, judge_baseline, WISHES, 5, 1),
    "harms": Attack(BASELINE, judge_baseline, HARMS, 5, 1),
    "threat in per cent": Attack(BASELINE, judge_baseline, THREAT, 20, 2),
    "voices in per cent": Attack(BASELINE, judge_baseline, ONE_CUT, 20, 2),
}


def wall(attack: Attack) -> None:
    assert attack.learn(attack.infiltrators) == set()
    assert attack.learn(0) != set(), "the vulnerable twin must be broken"


@pytest.mark.parametrize("attack", QUICK.values(), ids=QUICK)
def test_a_coalition_learns_nothing_of_all_that_is_released_together(attack: Attack) -> None:
    wall(attack)


@pytest.mark.slow
@pytest.mark.parametrize("attack", SLOW.values(), ids=SLOW)
def test_a_coalition_learns_nothing_of_larger_boxes_and_of_voices(attack: Attack) -> None:
    wall(attack)


@pytest.mark.parametrize("rule", STAGES, ids=lambda rule: rule["id"])
def test_the_figures_of_a_round_tell_nothing_and_its_verdict_only_of_its_stances(rule: Mapping[str, object]) -> None:
    terms = {"declared": 5, "rule": rule}
    attack = Attack(BOTH, judge_both, [one for one in STANCE_AND_CUT if one.answers["S1.one"] != RESERVED], 5, 1)

    assert attack.learn(1, terms, judged=False) == set()
    assert attack.learn(1, terms) == {"S1.one"}


@pytest.mark.parametrize("rule", STAGES, ids=lambda rule: rule["id"])
def test_harm_said_in_a_round_makes_nobodys_answer_about_it_certain(rule: Mapping[str, object]) -> None:
    attack = Attack(ROUND, rounds.judge, RATED, 7, 2)

    assert attack.learn(2, {"declared": 7, "rule": rule}) <= {"S1.one"}
    assert "S6.one" in attack.learn(0, {"declared": 7, "rule": rule}), "the vulnerable twin must be broken"


@pytest.mark.slow
def test_with_voices_a_verdict_tells_only_of_its_stances() -> None:
    assert Attack(BOTH, judge_both, WITH_VOICE, 5, 1).learn(1, {"declared": 5, "rule": STAGES[4]}) == {"S1.one"}


@pytest.mark.slow
def test_the_one_known_box_in_which_advice_and_moved_percentages_close_an_answer() -> None:
    attack = Attack(PULSE, judge_pulse, ALERT, 20, 2)

    assert attack.learn(2, judged=False) == set()
    assert attack.learn(2) == {"P6"}


@pytest.mark.slow
def test_a_choice_among_more_measures_than_places_compares_exact_counts() -> None:
    attack = Attack(BASELINE, judge_baseline, WISHES, 7, 2)

    assert attack.learn(2, {"places": 3}) == set()
    assert attack.learn(2, {"places": 1}) != set()


def without(*kinds: str) -> Judge:
    """The judge of a baseline that keeps some of its values to itself."""

    def judge(
        asked: Questionnaire, terms: Mapping[str, object], tally: Tally, ballots: Ballots
    ) -> Mapping[str, object]:
        told = judge_baseline(asked, terms, tally, ballots)
        return {kind: value for kind, value in told.items() if kind not in kinds}

    return judge


@pytest.mark.slow
@pytest.mark.parametrize("places", [2, 5])
def test_what_stays_whoever_is_left_out_makes_no_wish_certain_where_places_are_enough(places: int) -> None:
    attack = Attack(BASELINE, without("sequence"), SINGLY, 20, 2)

    assert attack.learn(2, {"places": places}) == set()
    assert attack.learn(0, {"places": places}) != set(), "the vulnerable twin must be broken"


@pytest.mark.slow
def test_what_stays_whoever_is_left_out_tells_of_no_wish_that_the_choice_did_not_tell_of() -> None:
    said = {"places": 1}

    chosen = Attack(BASELINE, without("sequence", "firm"), SINGLY, 20, 2).learn(2, said)

    assert Attack(BASELINE, without("sequence"), SINGLY, 20, 2).learn(2, said) == chosen != set()


@pytest.mark.slow
def test_the_order_of_places_compares_exact_counts() -> None:
    assert Attack(BASELINE, judge_baseline, SINGLY, 20, 2).learn(2) != set()


@pytest.mark.slow
@pytest.mark.parametrize("people", [20, 21, 22])
def test_harm_that_tells_ties_apart_is_certain_of_nobody(people: int) -> None:
    attack = Attack(BASELINE, judge_baseline, TELLS_HARM, people, 2)

    assert {key for key in attack.learn(2, {"places": 1}) if key.startswith("H3")} == set()
    assert {key for key in attack.learn(0, {"places": 1}) if key.startswith("H3")} != set()


@pytest.mark.slow
def test_a_choice_by_effort_compares_exact_counts_unless_all_can_be_carried() -> None:
    attack = Attack(BASELINE, judge_baseline, WISHES, 7, 2)
    effort = {"bell": 1, "walks": 3, "radio": 9}

    assert attack.learn(2, {"effort": effort, "carry": 13}) == set()
    assert attack.learn(2, {"effort": effort, "carry": 9}) != set()
