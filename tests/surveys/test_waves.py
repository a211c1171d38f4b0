"""Two surveys of a kind within three months: the one counted later has no percentages unless both had forty ballots."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask, g

from commons import clock, quorum
from commons.quorum import Refused
from surveys.actions import answering, counting, judges
from surveys.domain.cards import Code
from surveys.domain.disclosure import Row
from surveys.domain.logic import Answers
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.release import Release, read
from surveys.domain.tally import Ballots, Tally
from surveys.models import Ballot
from surveys.phrases import acts, releases
from surveys.queries import Survey, release, survey, waves
from tests.surveys.boxes import START, asked, rows, state
from tests.surveys.hall import Hall, hall

MANY, FEW = 44, 24
AGREED: tuple[Answers, Answers] = ({"B1": 5}, {"B1": 4})


@pytest.fixture
def crowd(either: Flask) -> tuple[Hall, tuple[Code, ...]]:
    place = hall()
    return place, place.cards(MANY)


@pytest.fixture
def time() -> Iterator[clock.Clock]:
    with clock.stopped(START) as stopped:
        yield stopped


def asks(place: Hall, codes: tuple[Code, ...], people: int, kind: str = "pulse") -> Survey:
    box = place.open(asked(), kind)
    for at, code in enumerate(codes[:people]):
        answering.hand_in(place.assembly, box.slug, box.questionnaire, code, AGREED[at % len(AGREED)])
    return box


def counted(place: Hall, time: clock.Clock, box: Survey) -> Release:
    time.move(days=8)
    place.count(box.slug)
    found = release(place.assembly, box.slug)
    assert found is not None
    return read(found.data)


@pytest.mark.parametrize(
    ("people", "days", "row"),
    [
        ((FEW, FEW), 20, Row.BANDS),
        ((MANY, FEW), 20, Row.BANDS),
        ((FEW, MANY), 20, Row.BANDS),
        ((MANY, MANY), 20, Row.PERCENT),
        ((FEW, FEW), 82, Row.BANDS),
        ((FEW, FEW), 83, Row.PERCENT),
    ],
)
def test_the_wave_counted_later_is_the_coarser_one(
    time: clock.Clock, crowd: tuple[Hall, tuple[Code, ...]], people: tuple[int, int], days: int, row: Row
) -> None:
    place, codes = crowd
    first = counted(place, time, asks(place, codes, people[0]))
    time.move(days=days)
    second = counted(place, time, asks(place, codes, people[1]))

    assert (first.row, first.figure("B1").row) == (Row.PERCENT, Row.PERCENT)
    assert (second.row, second.figure("B1").row) == (row, row)
    assert bool(second.figure("B1").choices) is (row is Row.PERCENT)
    assert second.figure("B1").median is None or row is Row.PERCENT


def test_another_kind_is_no_wave(time: clock.Clock, crowd: tuple[Hall, tuple[Code, ...]]) -> None:
    place, codes = crowd
    counted(place, time, asks(place, codes, FEW))

    assert counted(place, time, asks(place, codes, FEW, "baseline")).row is Row.PERCENT


def test_what_judges_may_say_from_twenty_on_is_left_out_of_a_coarser_wave(
    time: clock.Clock, crowd: tuple[Hall, tuple[Code, ...]]
) -> None:
    def says(_q: Questionnaire, _terms: Mapping[str, object], _t: Tally, _b: Ballots) -> Mapping[str, object]:
        return {"advice": "hold", "order": [["B1"]]}

    place, codes = crowd
    judges.register("pulse", says)

    assert counted(place, time, asks(place, codes, FEW)).closed == {"advice": "hold", "order": [["B1"]]}
    assert counted(place, time, asks(place, codes, FEW)).closed == {"advice": "hold"}


def test_of_two_waves_opened_at_once_the_second_starts_over(
    time: clock.Clock, crowd: tuple[Hall, tuple[Code, ...]]
) -> None:
    place, codes = crowd
    first, second = asks(place, codes, FEW), asks(place, codes, FEW)
    time.move(days=8)
    act = quorum.propose(place.assembly, "surveys.count", {"survey": second.slug})
    quorum.approve(place.assembly, act, place.keys[0])
    held = quorum.act(place.assembly, act)
    assert held is not None
    prepared = counting.prepare(held, place.keys[1])
    place.count(first.slug)

    with pytest.raises(Refused, match="changed_since"):
        counting.carry_out(held, prepared)
    assert (state(second), rows(Ballot, second)) == ("closed", FEW)
    quorum.approve(place.assembly, act, place.keys[1])
    found = release(place.assembly, second.slug)
    assert found is not None
    assert read(found.data).row is Row.BANDS


def before(app: Flask, box: Survey) -> str:
    act = quorum.act(box.assembly, quorum.propose(box.assembly, "surveys.open", {"survey": box.slug}))
    assert act is not None
    with app.test_request_context("/en/casa/"):
        g.tag = "en"
        return "\n".join(acts.opening(act).warnings)


def drafted(place: Hall) -> Survey:
    found = survey(place.assembly, place.draft(asked(), "pulse"))
    assert found is not None
    return found


def test_the_page_of_an_opening_says_that_a_wave_will_be_coarser(
    either: Flask, time: clock.Clock, crowd: tuple[Hall, tuple[Code, ...]]
) -> None:
    place, codes = crowd
    assert before(either, drafted(place)) == ""
    first = asks(place, codes, FEW)
    assert "the one counted later will say most, some or few" in before(either, drafted(place))
    counted(place, time, first)

    assert waves(drafted(place)) == (FEW,)
    assert "So this result will say most, some or few, and no percentages." in before(either, drafted(place))
    time.move(days=83)
    assert before(either, drafted(place)) == ""


def test_a_coarser_wave_says_why_it_has_no_percentages(
    either: Flask, time: clock.Clock, crowd: tuple[Hall, tuple[Code, ...]]
) -> None:
    place, codes = crowd
    counted(place, time, asks(place, codes, FEW))
    later = asks(place, codes, FEW)
    counted(place, time, later)
    found = release(place.assembly, later.slug)
    assert found is not None

    with either.test_request_context("/en/casa/"):
        g.tag = "en"
        said = "\n".join(releases.reading(found))

    assert "asked of few people within three months" in said
    assert "fewer than twenty" not in said
