from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, combinations_with_replacement, pairwise, product
from random import Random

import numpy as np
import pytest

from surveys.domain.doubt import (
    Asked,
    Cell,
    Range,
    Scale,
    Shown,
    Voice,
    bands,
    levels_open,
    opened,
    percents,
    place,
    sets_open,
)
from tests.surveys.domain.boxes import alike, betrayed, fits_everywhere, ways

SIZES = [(answers, t) for t in range(1, 5) for answers in range(2 * t + 3, 61)]


Told = tuple[Range, tuple[Range, ...]]


def told(scale: Scale, count: int) -> Range:
    return scale[place(scale, count)]


@pytest.mark.parametrize(("answers", "infiltrators"), SIZES)
@pytest.mark.parametrize("scale", [bands, percents])
def test_no_published_range_makes_anybodys_answer_certain(
    scale: Callable[[int, int], Scale], answers: int, infiltrators: int
) -> None:
    ranges = scale(answers, infiltrators)

    assert [one.low for one in ranges] == [0, *(one.high + 1 for one in ranges)][:-1]
    assert ranges[-1].high == answers
    for one in ranges:
        for yes in range(infiltrators + 1):
            others = range(max(0, one.low - yes), min(one.high - yes, answers - infiltrators) + 1)
            assert set(others) - {0}, "somebody else may have said yes"
            assert set(others) - {answers - infiltrators}, "somebody else may have said no"


def test_exact_counts_would_make_answers_certain() -> None:
    exact = [Range(Cell(Shown.SOME), count, count) for count in range(8)]

    assert betrayed(alike(ways(7, 2), lambda box: told(tuple(exact), box[0]))[0], list(ways(2, 2))) is not None


@pytest.mark.parametrize(
    ("answers", "infiltrators", "tops"),
    [
        (7, 2, (3, 3)),
        (9, 2, (3, 5)),
        (12, 2, (4, 7)),
        (19, 2, (6, 12)),
        (5, 1, (2, 2)),
        (11, 4, (5, 5)),
        (30, 2, (10, 19)),
    ],
)
def test_bands_are_thirds_with_merged_tails(answers: int, infiltrators: int, tops: tuple[int, int]) -> None:
    ranges = bands(answers, infiltrators)

    assert (ranges[0].high, ranges[-1].low - 1) == tops
    assert [one.cell.shown for one in ranges] == [
        shown for shown in (Shown.FEW, Shown.SOME, Shown.MOST) if shown is not Shown.SOME or tops[0] < tops[1]
    ]


def test_percentages_are_rounded_to_ten_with_merged_tails() -> None:
    shown = [(one.cell.shown, one.cell.percent, one.low, one.high) for one in percents(20, 2)]

    assert shown == [
        (Shown.LOW, None, 0, 3),
        (Shown.PERCENT, 20, 4, 4),
        (Shown.PERCENT, 30, 5, 6),
        (Shown.PERCENT, 40, 7, 8),
        (Shown.PERCENT, 50, 9, 10),
        (Shown.PERCENT, 60, 11, 12),
        (Shown.PERCENT, 70, 13, 14),
        (Shown.PERCENT, 80, 15, 16),
        (Shown.HIGH, None, 17, 20),
    ]


def test_in_a_large_box_nothing_rounds_to_none_or_all() -> None:
    ranges = percents(1000, 2)

    assert (ranges[0].high, ranges[-1].low, ranges[-1].cell) == (49, 950, Cell(Shown.HIGH))
    assert {one.cell.percent for one in ranges[1:-1]} == {10, 20, 30, 40, 50, 60, 70, 80, 90}


def levels_told(answers: int, infiltrators: int, cut: Sequence[int], *, gate: bool, box: tuple[int, ...]) -> Told:
    scale = percents(answers, infiltrators)
    yes = told(bands(answers, infiltrators), sum(box[level] for level in cut))
    asked = Asked(Voice(answers, yes), infiltrators, frozenset(cut))
    return yes, opened(box, [scale] * len(box), partial(levels_open, asked) if gate else lambda _: True)


@pytest.mark.parametrize(
    ("answers", "infiltrators", "levels", "cut"),
    [
        (20, 1, 3, (0,)),
        pytest.param(20, 2, 5, (3, 4), marks=pytest.mark.slow),
        (20, 4, 4, (1, 2)),
        (21, 3, 4, (0, 1)),
        (22, 2, 4, (3,)),
        (25, 2, 3, (0,)),
        pytest.param(25, 4, 4, (0, 1), marks=pytest.mark.slow),
        (31, 3, 3, (2,)),
        (40, 2, 3, (0,)),
    ],
)
def test_no_percentages_of_levels_make_anybodys_answer_certain(
    answers: int, infiltrators: int, levels: int, cut: tuple[int, ...]
) -> None:
    groups = alike(ways(answers, levels), lambda box: levels_told(answers, infiltrators, cut, gate=True, box=box))

    assert [betrayed(group, list(ways(infiltrators, levels))) for group in groups] == [None] * len(groups)


def test_plain_rounding_of_levels_would_make_answers_certain() -> None:
    groups = alike(ways(20, 3), lambda box: levels_told(20, 2, (0,), gate=False, box=box))

    assert any(betrayed(group, list(ways(2, 3))) for group in groups)


@pytest.mark.slow
def test_every_box_of_levels_is_told_near_its_own_percentages() -> None:
    scale = percents(20, 4)
    for box in ways(20, 5):
        _, ranges = levels_told(20, 4, (3, 4), gate=True, box=box)
        assert sum(abs(scale.index(one) - place(scale, count)) for one, count in zip(ranges, box, strict=True)) <= 3


def by_voice(sizes: Sequence[int], levels: int, infiltrators: int, *, gate: bool, box: tuple[int, ...]) -> object:
    """What is told of voices and levels, the first level being the cut."""
    rows = [box[at : at + levels] for at in range(0, len(box), levels)]
    answers, whole = sum(sizes), tuple(map(sum, zip(*rows, strict=True)))
    yes, shown = levels_told(answers, infiltrators, (0,), gate=True, box=whole)
    scales = [(percents if size >= 20 else bands)(size, infiltrators) for size in sizes]
    asked = Asked(Voice(answers, yes), infiltrators, frozenset({0}))

    def leaves_open(ranges: Sequence[Range]) -> bool:
        return not gate or levels_open(asked, shown, [Voice(*one) for one in zip(sizes, ranges, strict=True)])

    return yes, shown, opened([row[0] for row in rows], scales, leaves_open)


@pytest.mark.parametrize(
    ("sizes", "levels", "infiltrators"),
    [((10, 10), 2, 2), ((10, 11), 3, 1), ((10, 20), 2, 3), ((10, 10, 10), 2, 2), ((21, 22), 2, 2), ((11, 11), 2, 4)],
)
def test_no_breakdown_by_voice_makes_anybodys_answer_certain(
    sizes: tuple[int, ...], levels: int, infiltrators: int
) -> None:
    boxes = (sum(rows, ()) for rows in product(*(list(ways(size, levels)) for size in sizes)))
    groups = alike(boxes, lambda box: by_voice(sizes, levels, infiltrators, gate=True, box=box))

    stands = list(ways(infiltrators, levels * len(sizes)))
    assert [betrayed(group, stands, len(sizes)) for group in groups] == [None] * len(groups)


def test_a_plain_breakdown_by_voice_would_make_answers_certain() -> None:
    boxes = (sum(rows, ()) for rows in product(*(list(ways(size, 2)) for size in (10, 20))))
    groups = alike(boxes, lambda box: by_voice((10, 20), 2, 3, gate=False, box=box))

    assert any(betrayed(group, list(ways(3, 4)), 2) for group in groups)


def sets_told(answers: int, infiltrators: int, maximum: int, *, gate: bool, box: tuple[int, ...]) -> object:
    scale = (bands if answers < 20 else percents)(answers, infiltrators)
    rule = partial(sets_open, answers=answers, infiltrators=infiltrators, maximum=maximum)
    return opened(box, [scale] * len(box), rule if gate else lambda _: True)


def sets_betrayed(answers: int, infiltrators: int, choices: int, maximum: int, *, gate: bool) -> bool:
    """Tell whether some release of a set makes somebody's tick certain: everybody ticks one to `maximum` choices."""
    boxes = (box for box in product(range(answers + 1), repeat=choices) if answers <= sum(box) <= maximum * answers)
    stands = [
        stand
        for stand in product(range(infiltrators + 1), repeat=choices)
        if infiltrators <= sum(stand) <= maximum * infiltrators
    ]
    left = answers - infiltrators
    for group in alike(boxes, lambda box: sets_told(answers, infiltrators, maximum, gate=gate, box=box)):
        for stand in stands:
            others = group - stand
            fit = (others >= 0).all(1) & (others <= left).all(1)
            others = others[fit & (others.sum(1) >= left) & (others.sum(1) <= maximum * left)]
            if len(others) and ((others.max(0) == 0) | (others.min(0) == left)).any():
                return True
    return False


@pytest.mark.parametrize(
    ("answers", "infiltrators", "choices", "maximum"),
    [(5, 1, 4, 2), (7, 2, 2, 1), (7, 2, 4, 2), (9, 2, 4, 2), (12, 2, 3, 1), (10, 3, 4, 2), (7, 2, 3, 3), (21, 2, 3, 2)],
)  # fmt: skip
def test_no_release_of_a_set_makes_a_tick_certain(answers: int, infiltrators: int, choices: int, maximum: int) -> None:
    assert not sets_betrayed(answers, infiltrators, choices, maximum, gate=True)


def test_plain_bands_of_a_set_would_make_a_tick_certain() -> None:
    assert sets_betrayed(12, 2, 3, 1, gate=False)


@pytest.mark.parametrize(("answers", "infiltrators", "choices"), [(5, 1, 4), (7, 2, 3), (9, 3, 3), (20, 2, 2)])
def test_a_set_is_open_just_where_ticks_fit_and_none_is_certain(answers: int, infiltrators: int, choices: int) -> None:
    left = answers - infiltrators
    for maximum in range(1, choices + 1):
        theirs, others = (
            np.array([box for box in product(range(those + 1), repeat=choices) if those <= sum(box) <= maximum * those])
            for those in (infiltrators, left)
        )
        for ranges in combinations_with_replacement(
            (bands if answers < 20 else percents)(answers, infiltrators), choices
        ):
            low, high = np.array([(one.low, one.high) for one in ranges]).T
            fitting = [others[((others + own >= low) & (others + own <= high)).all(axis=1)] for own in theirs]
            fitting = [fit for fit in fitting if len(fit)]
            doubtful = all((fit.max(axis=0) > 0).all() and (fit.min(axis=0) < left).all() for fit in fitting)
            found = sets_open(ranges, answers=answers, infiltrators=infiltrators, maximum=maximum)
            assert found == bool(fitting and doubtful)


def some_range(random: Random, most: int) -> Range:
    low, high = sorted((random.randint(0, most), random.randint(0, most)))
    return (
        Range(Cell(Shown.SOME), low, high)
        if random.random() < 0.35
        else Range(Cell(Shown.SOME), high > most // 2, most)
    )


def test_levels_are_open_just_where_one_person_more_fits_everywhere() -> None:
    random = Random(1)  # noqa: S311 - test data, no secret
    for _ in range(600):
        sizes = [random.randint(1, 3) for _ in range(random.randint(1, 2))]
        levels = [some_range(random, sum(sizes)) for _ in range(random.randint(2, 3))]
        cut = frozenset(place for place in range(len(levels)) if random.random() < 0.5)
        everyone = Voice(sum(sizes), some_range(random, sum(sizes)))
        asked, voices = (
            Asked(everyone, random.randint(0, 2), cut),
            [Voice(one, some_range(random, one)) for one in sizes],
        )
        groups = voices if len(voices) > 1 else [everyone]

        assert levels_open(asked, levels, groups if len(voices) > 1 else ()) == fits_everywhere(asked, levels, groups)


def tried(counts: Sequence[int], *lows: int) -> list[tuple[int, ...]]:
    """Return, in turn, the positions of all ranges that are looked at when none of them leaves all open."""
    scale = [Range(Cell(Shown.SOME), low, after - 1) for low, after in pairwise(lows)]
    seen: list[tuple[int, ...]] = []

    def refused(own: Sequence[Range]) -> bool:
        seen.append(tuple(map(scale.index, own)))
        return False

    assert opened(counts, [tuple(scale)] * 2, refused) == ()
    return seen


def test_ranges_are_tried_from_the_nearest_and_lower_and_lower_in_the_end() -> None:
    by_steps = [(2, 1)], [(2, 0), (1, 1), (2, 2)], [(1, 0), (0, 1), (1, 2)], [(0, 0), (0, 2)]
    assert tried([4, 1], 0, 1, 3, 6) == [*chain(*by_steps), (2, 0), (1, 0), (0, 0)]
    assert tried([11, 7], 0, 3, 4, 8, 9, 12)[-5:] == [(3, 2), (2, 1), (2, 0), (1, 0), (0, 0)]


def test_a_level_that_nobody_else_can_be_on_is_closed() -> None:
    asked = Asked(Voice(7, Range(Cell(Shown.MOST), 4, 7)), 2, frozenset({0}))
    wide, narrow = Range(Cell(Shown.MOST), 0, 7), Range(Cell(Shown.FEW), 0, 2)

    assert levels_open(asked, [wide, wide])
    assert not levels_open(asked, [narrow, wide])
    assert not levels_open(asked, [wide, wide], [Voice(4, Range(Cell(Shown.FEW), 0, 2)), Voice(3, wide)])
    assert not levels_open(asked, [wide, wide], [Voice(4, Range(Cell(Shown.MOST), 2, 4)), Voice(3, wide)])


def test_a_saturated_set_goes_down_until_it_leaves_all_open() -> None:
    rule = partial(sets_open, answers=20, infiltrators=4, maximum=6)

    ranges = opened([15] * 8 + [0], [percents(20, 4)] * 9, rule)

    assert [(one.cell.shown, one.cell.percent) for one in ranges] == [(Shown.PERCENT, 60)] * 8 + [(Shown.LOW, None)]
