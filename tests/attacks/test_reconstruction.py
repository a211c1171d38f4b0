"""Whoever collects every published cell and solves for the others: what was kept back stays as open as it must.

The cells are read from the pages, in every language. Those of one question are a table of voices by levels of which
some sums are published as ranges; the least and the most of every other cell are found exactly, in whole people.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from xml.etree.ElementTree import Element

import pytest

from tests.attacks.careless import Careless, read
from tests.attacks.circle import choose, watch
from tests.attacks.stage import TAGS, Answers, Stage, crawl
from tests.visitor import parsed

pytestmark = pytest.mark.slow

T, K = 2, 7
CUT = frozenset({3, 4})
LEVELS = 5
SCALES = ("B1", "D1", "D2", "E1", "E4", "G1", "G4", "C2.T12", "C3.T12", "C7.T12")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Published:
    """What is published of one question: each level of everybody, each voice's part within the cut; sizes are known.

    Sizes are not published. To take them as known, and everybody as having answered, is to help the attacker.
    """

    sizes: Mapping[str, int]
    levels: Sequence[Range]
    within: Mapping[str, Range]
    cut: frozenset[int] = CUT


def bounds(told: Published, voice: str, level: int) -> Range:
    """The attack: the fewest and the most people of a voice that can have answered a level.

    People of one side of the cut can be spread over its levels and over the voices in any way that keeps both sums
    (a transportation table), so it is enough to try every sum.
    """
    side = level in told.cut
    parts = {one: _side(told.within[one], size, side=side) for one, size in told.sizes.items()}
    mine, others = parts.pop(voice), _total(parts.values())
    along = [one for at, one in enumerate(told.levels) if (at in told.cut) is side and at != level]
    across = [one for at, one in enumerate(told.levels) if (at in told.cut) is not side]
    rest, beyond, people = _total(along), _total(across), sum(told.sizes.values())
    found = [
        (max(0, own + here - whole), min(own, here))
        for whole in range(people + 1)
        if beyond[0] <= people - whole <= beyond[1]
        for own in range(mine[0], mine[1] + 1)
        if others[0] <= whole - own <= others[1]
        for here in range(told.levels[level][0], told.levels[level][1] + 1)
        if rest[0] <= whole - here <= rest[1]
    ]
    return min(low for low, _ in found), max(high for _, high in found)


def _side(within: Range, size: int, *, side: bool) -> Range:
    return within if side else (size - within[1], size - within[0])


def _total(ranges: Iterable[Range]) -> Range:
    every = list(ranges)
    return sum(low for low, _ in every), sum(high for _, high in every)


# What is on the pages


def tables(page: str) -> list[list[str]]:
    """Every table of a page as its cells: "w30" for 30 per cent, "low" and "high" for the tails, or a band."""
    return [[cell for row in one.iter("tr") for cell in _cells(row)] for one in parsed("", page).iter("table")]


def _cells(row: Element) -> Iterator[str]:
    for span in row.iter("span"):
        kind, _, shown = span.get("class", "").partition(" ")
        if kind in {"bar", "band"}:
            yield shown


def questions(page: str, voices: int) -> list[tuple[list[str], list[str]]]:
    """The cells of each question answered by levels, with the cells by voice that follow it, if any do."""
    found = tables(page)
    following = [*found[1:], []]
    return [
        (cells, after if len(after) == voices else [])
        for cells, after in zip(found, following, strict=True)
        if len(cells) == LEVELS
    ]


def counts(cell: str, answers: int) -> Range:
    """Every count that is published as this cell, by the rules anybody can read in `docs/disclosure.md`."""
    every = [count for count in range(answers + 1) if _shown(count, answers) == cell]
    return min(every), max(every)


def _shown(count: int, answers: int) -> str:
    rounded = (20 * count + answers) // (2 * answers) * 10
    low, high = count <= T + 1 or not rounded, count >= answers - T - 1 or rounded == 100
    return "low" if low else "high" if high else f"w{rounded}"


# The attack


def people(river: int, hill: int) -> list[Answers]:
    """People of two voices who see things differently, and all of whom answer everything."""
    lots = Random(7)  # noqa: S311 - the same people each time
    leanings = {"1": (1, 2, 4, 6, 6), "2": (7, 5, 3, 1, 1)}
    return [
        {"A2": voice, **{key: str(lots.choices(range(1, 6), leanings[voice])[0]) for key in SCALES}}
        for voice, size in (("1", river), ("2", hill))
        for _ in range(size)
    ]


def held(stage: Stage, river: int, hill: int) -> str:
    """Hold a baseline of two voices, and return its survey."""
    choose(stage, ("River", "Hill"), members=river + hill)
    watch(stage, ["T12"], ["M07", "M17"])
    survey = stage.open("short-baseline", threats=["T12"], measures=["M07", "M17"], voices=["voice-1", "voice-2"])
    stage.answer(survey, people(river, hill), hurried=True)
    stage.count(survey)
    return survey


def everywhere(stage: Stage, survey: str, voices: int) -> list[tuple[list[str], list[str]]]:
    """The published cells: the same in every language, and no cell of another kind on any other page or export."""
    pages = crawl(stage.phone, stage.path())
    results = {tag: questions(pages[stage.path(f"results/{survey}", tag)].text, voices) for tag in TAGS}
    assert all(one == results["en"] for one in results.values())
    known = {cell for pair in results["en"] for part in pair for cell in part}
    for address, page in pages.items():
        if page.mimetype == "text/html" and "/results/" not in address:
            assert {cell for cells in tables(page.text) for cell in cells} <= known | {"few", "some", "most"}, address
    return results["en"]


def test_published_voices_leave_every_cell_between_them_open(stage: Stage) -> None:
    survey = held(stage, 24, 22)
    sizes, answered = {"river": 24, "hill": 22}, 46
    shown = everywhere(stage, survey, 2)
    assert sum(bool(voices) for _, voices in shown) >= 8

    for levels, voices in shown:
        within = {name: counts(cell, sizes[name]) for name, cell in zip(sizes, voices, strict=False)}
        whole = {name: (0, size) for name, size in sizes.items()}
        told = Published(sizes, [counts(cell, answered) for cell in levels], within or whole)
        for name, level in product(sizes, range(LEVELS)):
            low, high = bounds(told, name, level)
            assert high >= T + 1, "t people who chose it may not be all"
            assert low <= sizes[name] - T - 1, "t people who did not may not be all"
            assert high - low >= T + 1


def test_a_voice_that_is_too_small_is_as_open_as_if_nothing_were_published(stage: Stage) -> None:
    """Complementary suppression: with the small voice kept back, the large one is too."""
    survey = held(stage, 30, 9)
    sizes, answered = {"river": 30, "hill": 9}, 39

    shown = everywhere(stage, survey, 2)

    assert [voices for _, voices in shown if voices] == []
    for levels, _ in shown:
        told = Published(sizes, [counts(cell, answered) for cell in levels], {"river": (0, 30), "hill": (0, 9)})
        for level in range(LEVELS):
            low, high = bounds(told, "hill", level)
            assert high - low >= min(K, told.levels[level][1])


def test_a_house_that_hides_only_the_small_voice_gives_it_away(tmp_path: Path) -> None:
    given = [(one["A2"], one["B1"]) for one in people(30, 9)]
    twin = Careless(tmp_path, [str(n) for n in range(len(given))])
    for n, (voice, level) in enumerate(given):
        twin.client.post("/answer", data={"card": str(n), "voice": str(voice), "answer": str(level)})
    whole, large = (read(line) for line in twin.client.get("/results").text.splitlines())

    for level in range(LEVELS):
        name = str(level + 1)
        exact = [(int(whole.get(str(at), 0)),) * 2 for at in range(1, LEVELS + 1)]
        within = {"river": (int(large.get(name, 0)),) * 2, "hill": (0, 9)}
        told = Published({"river": 30, "hill": 9}, exact, within, frozenset({level}))
        truth = sum(pair == ("2", name) for pair in given)
        assert bounds(told, "hill", level) == (truth, truth)
