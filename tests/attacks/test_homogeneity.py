"""All alike, one dissenter, two: judged releases too may differ in the declared exceptions only."""

import re
from collections.abc import Mapping, Sequence

import pytest

from tests.attacks.circle import choose, round_on, watch
from tests.attacks.stage import TAGS, Answers, Stage

pytestmark = pytest.mark.slow

PEOPLE, T = 12, 2
DECLARED = re.compile(r'<section id="verdicts">.*?</section>', re.DOTALL)
JUDGED = re.compile(r'<section id="(?:priorities|measures)">.*?</section>', re.DOTALL)
SPOKEN = re.compile(r"<b>[^<]*</b></p></div>")
THREATS, MEASURES = ["T04", "T12"], ["M07", "M17"]


def counted(stage: Stage, survey: str, given: Sequence[Answers]) -> Mapping[str, str]:
    """Let people answer with the same cards each time, count, and read the results in every language."""
    stage.answer(survey, given, hurried=True)
    stage.count(survey)
    pages = {tag: stage.phone.get(stage.path(f"results/{survey}", tag)) for tag in TAGS}
    assert {page.status_code for page in pages.values()} == {200}
    return {tag: page.text for tag, page in pages.items()}


def test_a_round_tells_a_dissenter_from_none_in_its_verdict_only(stage: Stage) -> None:
    survey, slug = round_on(stage)
    kept, told = stage.keep(), []
    for dissenters in range(T + 2):
        stage.again(kept)
        given = [{f"S1.{slug}": "6"}] * dissenters + [{f"S1.{slug}": "1"}] * (PEOPLE - dissenters)
        told.append(counted(stage, survey, given))

    for tag in TAGS:
        figures = {SPOKEN.sub("", DECLARED.sub("", one[tag])) for one in told}
        assert len(figures) == 1
        assert all(DECLARED.search(one[tag]) for one in told)
    assert told[0] != told[1], "one block is a declared exception"
    assert told[1] == told[2] == told[3], "how many blocked is not"


def test_a_baseline_shows_the_same_figures_of_a_dissenter_and_of_none(stage: Stage) -> None:
    """What judges say of threats and measures stands in two sections of its own; every figure must be the same."""
    choose(stage)
    watch(stage, THREATS, MEASURES)
    survey = stage.open("short-baseline", threats=THREATS, measures=MEASURES)
    kept, told = stage.keep(), []
    for dissenters in range(T + 2):
        stage.again(kept)
        given = [baseline("1", ["1"])] * dissenters + [baseline("5", ["2"])] * (PEOPLE - dissenters)
        told.append(counted(stage, survey, given))

    for tag in TAGS:
        assert len({SPOKEN.sub("", JUDGED.sub("", one[tag])) for one in told}) == 1
        assert len(JUDGED.findall(told[0][tag])) == 2


def baseline(level: str, chosen: list[str]) -> Answers:
    """One filled baseline: the same step everywhere it can be."""
    scales = ["B1", "D1", "D2", "E1", "E4", "G1", "G4"]
    scales += [f"{one}.{threat}" for one in ("C2", "C3", "C7") for threat in THREATS]
    signs = {f"C1.{threat}": "3" if level == "5" else "1" for threat in THREATS}
    return {**dict.fromkeys(scales, level), **signs, "H1": chosen, "H3": chosen}
