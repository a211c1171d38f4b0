"""A baseline and a pulse gone through by hand: what judges said is always among what the figures allow."""

from dataclasses import replace
from random import Random

import pytest

from deliberation.domain.priorities import Advice, judge_baseline, judge_pulse
from deliberation.domain.redone import Counted, Figured, Threat, advices, placed
from deliberation.domain.risk import MILDER, STARTING, STRICTER, Tier, classes, read_table
from surveys.domain.disclosure import Figure, Row, disclose
from surveys.domain.doubt import Cell, Shown
from surveys.domain.questionnaire import Kind, Question, Section
from surveys.domain.spans import Levels
from surveys.domain.tally import Ballots
from tests.deliberation.domain.opened import Given, box, choices, questionnaire, scale

VOICE = Section("voice", {}, (Question("A2", Kind.SINGLE, {}, choices_from="voices"),))
DANGERS = Section("dangers", {}, (scale("C2"), scale("C3")), repeat="threats")
NAMES = ("flood", "fire", "raid")
TABLES = (STARTING, MILDER, STRICTER, read_table([[1, 1, 2, 3, 4]] * 5))


def people(dice: Random, size: int, skipping: float, voices: int) -> list[Given]:
    """People whose answers lean one way for each danger, and of whom some skip."""
    leans = {f"{key}.{name}": dice.randint(1, 5) for key in ("C2", "C3") for name in NAMES}
    found = list[Given]()
    for _ in range(size):
        levels = {
            key: max(1, min(5, lean + dice.choice((-1, 0, 0, 0, 1))))
            for key, lean in leans.items()
            if dice.random() >= skipping
        }
        found.append({**levels, **({"A2": dice.randint(1, voices)} if voices else {})})
    return found


def counted(size: int, infiltrators: int, *, voices: bool = False) -> Counted:
    return Counted(size, 2 * infiltrators + 3, infiltrators, range(infiltrators, 5), voices)


def skipped(ballots: Ballots, name: str) -> int:
    both = (ballots.level(f"C2.{name}") > 0) & (ballots.level(f"C3.{name}") > 0)
    return ballots.size - int(both.sum())


def threats(
    given: list[Given], infiltrators: int, voices: int = 0, table: object = None
) -> tuple[dict[str, Threat], dict[str, object], Ballots]:
    """The dangers as their release tells of them, what judges said, and the ballots."""
    sections = [VOICE, DANGERS] if voices else [DANGERS]
    lists = {"voices": choices("river", "hill", "town")} if voices else {}
    asked = questionnaire(sections, "A2" if voices else "", threats=choices(*NAMES), **lists)
    terms = {"infiltrators": infiltrators, "priority": "each_voice" if voices else "whole", "table": table}
    tally, ballots = box(asked, given)
    shown = {one.item: one for one in disclose(asked, replace(tally, by_voice={}), infiltrators)}
    here = counted(len(given), infiltrators, voices=bool(voices))
    found = {}
    for name in NAMES:
        likely, grave = (Figured.of(shown[f"{key}.{name}"], here.floor) for key in ("C2", "C3"))
        if likely and grave:
            found[name] = Threat(here, likely, grave)
    return found, dict(judge_baseline(asked, terms, tally, ballots)), ballots


@pytest.mark.parametrize("infiltrators", [1, 2, 4])
@pytest.mark.parametrize("voices", [0, 3])
@pytest.mark.parametrize("skipping", [0, 0.05, 0.5])
def test_the_tier_is_among_those_the_figures_allow_whoever_skipped(
    infiltrators: int, voices: int, skipping: float
) -> None:
    dice = Random(f"tiers {infiltrators} {voices} {skipping}")  # noqa: S311 - boxes at random, no secret
    for _ in range(12):
        given = people(dice, dice.choice((13, 19, 20, 27, 44, 130)), skipping, voices)
        found, said, ballots = threats(given, infiltrators, voices)
        tiers = said["tier"]
        assert isinstance(tiers, dict)
        for name, threat in found.items():
            few = skipped(ballots, name)
            assert tiers[name] in threat.anyhow, name
            assert tiers[name] in threat.tiers(few) | ({Tier.UNKNOWN} if few > 5 else set()), name
            if few <= threat.bearing:
                assert tiers[name] in threat.alone, name


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("infiltrators", [1, 4])
def test_a_danger_stands_within_its_places_and_its_count_within_its_span(
    table: tuple[tuple[int, ...], ...], infiltrators: int
) -> None:
    dice = Random(f"places {table} {infiltrators}")  # noqa: S311 - boxes at random, no secret
    for _ in range(15):
        found, said, ballots = threats(people(dice, dice.randint(20, 90), 0, 0), infiltrators, table=table)
        spans = {name: span for name, threat in found.items() if (span := threat.high(table))}
        assert spans.keys() == found.keys()
        for name, threat in found.items():
            likely, grave = (ballots.level(f"{key}.{name}") for key in ("C2", "C3"))
            exact = int((classes(table, likely, grave) >= 4).sum())
            alarmed = int(((likely >= 4) & (grave >= 4)).sum())
            low, high = threat.alarmed() or (1, 0)
            assert low <= alarmed <= high
            assert spans[name][0] <= max(infiltrators + 1, min(ballots.size - infiltrators - 1, exact))
        lines = said["order"]
        assert isinstance(lines, list)
        taken = 0
        for line in lines:
            for name in line:
                first, last = placed(spans)[name]
                assert first <= taken + len(line)
                assert taken + 1 <= last
            taken += len(line)


@pytest.mark.parametrize("infiltrators", [1, 2, 4])
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_advice_of_a_pulse_is_among_those_its_figure_allows(infiltrators: int, level: int) -> None:
    dice = Random(f"advice {infiltrators} {level}")  # noqa: S311 - boxes at random, no secret
    asked = questionnaire(
        [Section("now", {}, (Question("P6", Kind.SCALE, {}, choices("g", "y", "o", "r"), cut=(3, 4)),))]
    )
    for _ in range(30):
        size, lean = dice.choice((11, 15, 20, 33, 90)), dice.randint(1, 4)
        given: list[Given] = [
            {} if dice.random() < 0.1 else {"P6": max(1, min(4, lean + dice.choice((-1, 0, 0, 1))))}
            for _ in range(size)
        ]
        tally, ballots = box(asked, given)
        said = judge_pulse(asked, {"infiltrators": infiltrators, "level": level}, tally, ballots)["advice"]
        figure = Figured.of(disclose(asked, tally, infiltrators)[0], 2 * infiltrators + 3)
        if figure:
            assert said in advices(counted(size, infiltrators), figure, level)


def test_nine_of_ten_calm_leave_one_advice() -> None:
    asked = questionnaire(
        [Section("now", {}, (Question("P6", Kind.SCALE, {}, choices("g", "y", "o", "r"), cut=(3, 4)),))]
    )
    tally, _ = box(asked, [{"P6": 1}] * 60)
    figure = Figured.of(disclose(asked, tally, 1)[0], 5)

    assert figure is not None
    assert advices(counted(60, 1), figure, 1) == {Advice.HOLD}


def test_what_nearly_all_find_likely_and_grave_is_treated_now_while_few_skipped() -> None:
    found, _, _ = threats([{f"{key}.{name}": 5 for key in ("C2", "C3") for name in NAMES}] * 60, 1)

    threat = found["flood"]

    assert threat.alone == {Tier.NOW}
    assert threat.bearing > 5
    assert threat.anyhow == {Tier.UNKNOWN, Tier.WATCH, Tier.NEXT, Tier.NOW}
    assert threat.high(STARTING) == (50, 58)


def test_a_voice_may_lift_a_danger_but_never_one_that_hardly_anybody_fears() -> None:
    calm: Given = {f"{key}.{name}": 1 for key in ("C2", "C3") for name in NAMES}
    mixed: Given = {f"{key}.{name}": 5 for key in ("C2", "C3") for name in NAMES}
    given: list[Given] = [*[{**calm, "A2": 1}] * 40, *[{**mixed, "A2": 2}] * 8]
    alone, apart = (threats(given, 1, voices)[0] for voices in (0, 3))

    assert Tier.NOW not in alone["fire"].alone
    assert Tier.NOW in apart["fire"].alone
    assert threats([{**calm, "A2": 1}] * 12, 1, 3)[0]["fire"].alone >= {Tier.WATCH}


def test_a_figure_that_is_withheld_is_none() -> None:
    assert Figured.of(Figure("C2.flood", Row.WITHHELD), 5) is None


def test_places_are_certain_where_spans_lie_apart() -> None:
    spans = {"flood": (8, 9), "fire": (1, 8), "raid": (0, 0)}

    assert placed(spans) == {"flood": (1, 2), "fire": (1, 2), "raid": (3, 3)}


def test_figures_that_no_counts_give_allow_no_tier_and_no_advice() -> None:
    odd = Figured(Levels((Cell(Shown.PERCENT, 90),) * 5, frozenset({3, 4}), Shown.MOST), 20)
    few = Figured(Levels((), frozenset({2, 3}), Shown.SOME), 5)

    threat = Threat(counted(40, 1), odd, odd)

    assert threat.alone == frozenset()
    assert threat.alarmed() is None
    assert threat.high(STARTING) is None
    assert advices(counted(40, 1), odd, 1) == frozenset()
    assert advices(Counted(5, 5, 1, range(1, 2), voices=False), few, 1) == frozenset()
