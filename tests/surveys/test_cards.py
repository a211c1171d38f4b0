"""A season's cards among several: spares fixed beforehand, and cards nobody drew, which must not have spoken."""

import json

import pytest
from flask import Flask

from commons import clock, log
from commons.quorum import Refused
from surveys.actions import answering
from surveys.actions.cards import recognised
from surveys.actions.refusals import CardRefused
from tests.surveys.boxes import START, asked
from tests.surveys.hall import hall, shipped


def test_spares_are_given_up_to_the_number_fixed_and_each_is_logged(either: Flask) -> None:
    place = hall()
    place.act("surveys.cards", size=12, spares=2)
    card_set = log.entries(place.assembly, kind="surveys.cards")[-1].payload["set"]

    for _ in range(2):
        place.act("surveys.spare", set=card_set)

    with pytest.raises(Refused, match="no_spares"):
        place.act("surveys.spare", set=card_set)
    given = [line.payload for line in log.entries(place.assembly, kind="surveys.spare")]
    assert [(one["given"], one["spares"]) for one in given] == [(1, 2), (2, 2)]
    assert all(set(one) == {"act", "given", "set", "signed", "spares"} for one in given)


def test_a_new_season_begins_with_its_own_spares(either: Flask) -> None:
    place = hall()
    place.act("surveys.cards", size=12, spares=1)
    before = log.entries(place.assembly, kind="surveys.cards")[-1].payload["set"]
    place.act("surveys.spare", set=before)
    place.act("surveys.cards", size=12, spares=1)
    card_set = log.entries(place.assembly, kind="surveys.cards")[-1].payload["set"]

    with pytest.raises(Refused, match="another_season"):
        place.act("surveys.spare", set=before)
    assert place.act("surveys.spare", set=card_set).facts["given"] == 1


def test_without_cards_there_is_no_spare(app: Flask) -> None:
    with pytest.raises(Refused, match="no_cards"):
        hall().act("surveys.spare", set="")


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"size": 12, "spares": 12}, "too_many_spares"),
        ({"size": 12, "spares": -1}, "too_many_spares"),
        ({"size": 12, "spares": "two"}, "too_many_spares"),
        ({"size": 12, "square": "name"}, "no_such_square"),
    ],
)
def test_a_season_that_cannot_be_is_refused(app: Flask, params: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        hall().act("surveys.cards", **params)


def test_left_over_cards_of_a_retired_season_are_shown_voided_and_compared(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        codes = place.cards()
        survey = place.open(shipped("practice"))
        for code in codes[:6]:
            answering.hand_in(place.assembly, survey.slug, survey.questionnaire, code, {"X1": 1})
        time.move(days=8)
        place.count(survey.slug)
        place.cards()

        sound = place.act("surveys.void", **recognised(place.assembly, codes[8:])).facts
        stolen = place.act("surveys.void", **recognised(place.assembly, codes[5:7])).facts

    assert (sound["voided"], sound["among"]) == (4, 0)
    assert (stolen["voided"], stolen["among"]) == (2, 1)


def test_a_card_that_is_shown_while_a_box_is_open_speaks_no_more(either: Flask) -> None:
    place = hall()
    codes = place.cards()
    survey = place.open(asked())
    place.cards()
    params = recognised(place.assembly, codes[:2])

    place.act("surveys.void", **params)

    with pytest.raises(CardRefused):
        answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[0], {"B1": 3})
    assert not any(code in json.dumps(dict(params)) for code in codes)
    assert not any(code in log.exported(place.assembly) for code in codes)


def test_cards_of_two_seasons_are_not_shown_together(either: Flask) -> None:
    place = hall()
    first, second = place.cards(), place.cards()

    with pytest.raises(Refused, match="no_such_card"):
        recognised(place.assembly, [first[0], second[0]])


def test_a_card_is_shown_once(either: Flask) -> None:
    place = hall()
    codes = place.cards()
    params = recognised(place.assembly, codes[:1])
    place.act("surveys.void", **params)

    with pytest.raises(Refused, match="no_such_card"):
        place.act("surveys.void", **params)
