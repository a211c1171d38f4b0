"""Small assemblies, whole: every count of a yes-or-no question is answered, counted and read over the pages.

What people see for each count is the black box that these attacks work on, exactly and without a sample.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb
from pathlib import Path

import pytest

from tests.attacks.careless import Careless
from tests.attacks.stage import TAGS, Answers, Kept, Stage, at_start, closed, drawn
from tests.conftest import made

pytestmark = pytest.mark.slow

T = 2
YES, NO = {"X2": "5"}, {"X2": "1"}
SIZES = (7, 8, 12)
SECRET = re.compile(r'<section id="witnesses">.*?</section>|<b>[^<]*</b></p></div>', re.DOTALL)

Shown = Mapping[int, str]
"""What is published for each count of yes among the people of one assembly."""


@dataclass(slots=True)
class Practised:
    """An assembly with an open practice box, to go back to."""

    stage: Stage
    survey: str
    kept: Kept

    def counted(self, given: Sequence[Answers]) -> dict[str, bytes]:
        """Let people answer in the box as it was at first, count it, and read its results in every language."""
        self.stage.again(self.kept)
        self.stage.answer(self.survey, given, hurried=True)
        self.stage.count(self.survey)
        pages = {tag: self.stage.phone.get(self.stage.path(f"results/{self.survey}", tag)) for tag in TAGS}
        assert {page.status_code for page in pages.values()} == {200}
        return {tag: page.data for tag, page in pages.items()}


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practised]:
    app = made(tmp_path_factory.mktemp("practised"))
    with at_start() as time:
        stage = drawn(app, time, 12)
        survey = stage.open()
        yield Practised(stage, survey, stage.keep())
    closed(app)


@pytest.fixture(scope="module")
def shown(practised: Practised) -> Mapping[int, Shown]:
    """Return what is published for every count in assemblies of several sizes, apart from the list of witnesses."""
    return {
        size: {
            yes: SECRET.sub("", practised.counted([YES] * yes + [NO] * (size - yes))["en"].decode())
            for yes in range(size + 1)
        }
        for size in SIZES
    }


@pytest.fixture(scope="module")
def careless(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Shown]:
    """Return what the careless house publishes of the same people."""
    return {
        size: {yes: _careless(tmp_path_factory.mktemp("twin"), yes, size) for yes in range(size + 1)} for size in SIZES
    }


def _careless(folder: Path, yes: int, size: int) -> str:
    twin = Careless(folder, [str(n) for n in range(size)])
    for n in range(size):
        twin.client.post("/answer", data={"card": str(n), "answer": "yes" if n < yes else "no"})
    return twin.client.get("/results").text


# Homogeneity: everybody alike, one dissenter, two


def test_unanimity_one_dissenter_and_two_are_published_in_the_same_bytes(practised: Practised) -> None:
    """The same cards hand in each time, so that the witnesses are the same too: nothing at all may differ."""
    for all_of_them, dissenter in ((YES, NO), (NO, YES)):
        releases = [practised.counted([dissenter] * other + [all_of_them] * (12 - other)) for other in range(T + 2)]

        assert releases == [releases[0]] * (T + 2)


def test_a_house_that_shows_counts_tells_a_lone_dissenter_from_none(careless: Mapping[int, Shown]) -> None:
    assert len({careless[12][12 - dissenters] for dissenters in range(T + 2)}) == T + 2


# Coalition: t people who know their own answers


def certain(pages: Shown, coalition: int) -> list[tuple[int, int]]:
    """The attack: for each count and each way the coalition itself answered, what remains possible of the others.

    Returns (count, their own yes) wherever somebody outside is known to have said yes, or no.
    """
    size = max(pages)
    found = []
    for count, mine in product(pages, range(coalition + 1)):
        if 0 <= count - mine <= size - coalition:
            left = {other - mine for other in pages if pages[other] == pages[count]}
            possible = {others for others in left if 0 <= others <= size - coalition}
            if possible in ({0}, {size - coalition}):
                found.append((count, mine))
    return found


def doubt(pages: Shown, coalition: int) -> Fraction:
    """The most a coalition can believe of one person outside, who was as likely to say yes as no beforehand."""
    size, worst = max(pages), Fraction(0)
    outside = size - coalition
    for count, mine in product(pages, range(coalition + 1)):
        left = {other - mine for other in pages if pages[other] == pages[count]}
        possible = [others for others in left if 0 <= others <= outside]
        whole = sum(comb(outside, others) for others in possible)
        if whole:
            yes = Fraction(sum(comb(outside - 1, others - 1) for others in possible if others), whole)
            worst = max(worst, yes, 1 - yes)
    return worst


@pytest.mark.parametrize("size", SIZES)
def test_t_people_together_are_never_certain_of_anybody_else(shown: Mapping[int, Shown], size: int) -> None:
    for coalition in range(T + 1):
        assert certain(shown[size], coalition) == []
        assert doubt(shown[size], coalition) < 1


@pytest.mark.parametrize("size", SIZES)
def test_t_people_are_certain_in_a_house_that_shows_counts(careless: Mapping[int, Shown], size: int) -> None:
    assert certain(careless[size], T)
    assert doubt(careless[size], T) == 1


# Rounds: one person leaves between two boxes


def success(first: Shown, second: Shown, agree: Fraction, stay: Fraction) -> tuple[Fraction, Fraction]:
    """The attack: guess what the one who left had said, as likely as can be, from one release and from both.

    Everybody says yes with probability `agree`; those who remain repeat it with probability `stay`, else think anew.
    Returns how often the guess is right, with the first release alone and with both: exactly.
    """
    size = max(first)
    joint: dict[tuple[str, str, int], Fraction] = {}
    for said, others in product((0, 1), range(size)):
        before = comb(size - 1, others) * agree ** (others + said) * (1 - agree) ** (size - others - said)
        for now, chance in enumerate(_later(others, size - 1, agree, stay)):
            page = first[others + said], second[now], said
            joint[page] = joint.get(page, Fraction(0)) + before * chance
    return _guessed(joint, 1), _guessed(joint, 2)


def _later(yes: int, people: int, agree: Fraction, stay: Fraction) -> list[Fraction]:
    """How likely each count of yes is now, among people of whom `yes` said so before."""
    keep, join = stay + (1 - stay) * agree, (1 - stay) * agree
    chances = [Fraction(0)] * (people + 1)
    for kept, joined in product(range(yes + 1), range(people - yes + 1)):
        chances[kept + joined] += (
            comb(yes, kept) * keep**kept * (1 - keep) ** (yes - kept)
            * comb(people - yes, joined) * join**joined * (1 - join) ** (people - yes - joined)
        )  # fmt: skip
    return chances


def _guessed(joint: Mapping[tuple[str, str, int], Fraction], releases: int) -> Fraction:
    best: dict[tuple[str, ...], dict[int, Fraction]] = {}
    for (*pages, said), chance in joint.items():
        seen = best.setdefault(tuple(str(page) for page in pages[:releases]), {0: Fraction(0), 1: Fraction(0)})
        seen[int(said)] += chance
    return sum((max(one.values()) for one in best.values()), Fraction(0))


LIKELY = [Fraction(1, 2), Fraction(13, 20), Fraction(4, 5), Fraction(19, 20)]
FAITHFUL = [Fraction(1), Fraction(19, 20), Fraction(4, 5)]


def test_a_second_round_tells_of_the_one_who_left_what_is_declared_and_no_more(shown: Mapping[int, Shown]) -> None:
    """Two releases of the same people are not safe together: `docs/disclosure.md` says how much they can tell."""
    gains = {}
    for agree, stay in product(LIKELY, FAITHFUL):
        alone, both = success(shown[8], shown[7], agree, stay)
        gains[agree, stay] = both - alone

    assert max(gains, key=lambda one: gains[one]) == (Fraction(1, 2), Fraction(1))
    alone, both = success(shown[8], shown[7], Fraction(1, 2), Fraction(1))
    assert (round(100 * alone), round(100 * both)) == (64, 77)
    assert max(gain for (agree, _), gain in gains.items() if agree >= Fraction(4, 5)) < Fraction(1, 20)


def test_two_exact_rounds_give_the_one_who_left_away(careless: Mapping[int, Shown]) -> None:
    for agree in LIKELY[:3]:
        alone, both = success(careless[8], careless[7], agree, Fraction(1))

        assert both == 1
        assert both - alone > Fraction(1, 20)
