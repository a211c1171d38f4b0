"""Actors are kinds. What looks like somebody's name is doubted, and the grid only sorts."""

import pytest

from deliberation.domain.actors import ActorCard, Category, grid, read_actor, write_actor
from surveys.domain.names import Doubt, doubt, doubted

MINE = ActorCard({"en": "The mine"}, Category.COMPANY, 5, -2, {"en": "gold"}, {"en": "guards"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mining company", Doubt.NONE),
        ("Ministry of Mines", Doubt.NONE),
        ("Banco Mundial", Doubt.NONE),
        ("Minera Esperanza SA", Doubt.NONE),
        ("police", Doubt.NONE),
        ("警察", Doubt.NONE),
        ("Maria Lopez", Doubt.MAYBE),
        ("Ana María Chub Caal", Doubt.MAYBE),
        ("Don Pedro", Doubt.PERSON),
        ("the brother of Sr. Chub", Doubt.PERSON),
        ("Mme Diallo", Doubt.PERSON),
        ("le don des ancêtres", Doubt.NONE),
        ("Don River", Doubt.NONE),
        ("The Don River is low.", Doubt.NONE),
        ("Don Pedro Reservoir", Doubt.NONE),
        ("Río Don Diego", Doubt.NONE),
        ("la Rivière Don Carlos déborde", Doubt.NONE),
        ("Don Bosco", Doubt.NONE),
        ("el Colegio Don Bosco", Doubt.NONE),
        ("Escuela Padre Miguel", Doubt.NONE),
        ("Río Grande", Doubt.NONE),
        ("Rivière Noire", Doubt.NONE),
        ("Blue Creek", Doubt.NONE),
        ("the land of Don Pedro", Doubt.PERSON),
        ("en el río Don Pedro nos vio", Doubt.PERSON),
        ("Don Pedro, Río Grande", Doubt.PERSON),
        ("Don Pedro at Don River", Doubt.PERSON),
        ("Río Don Pedro Chub", Doubt.PERSON),
        ("Don River Lopez", Doubt.PERSON),
        ("Don Bosco Lopez", Doubt.PERSON),
        ("Don Pedro of the River", Doubt.PERSON),
        ("Au Centre Mme Diallo a parlé", Doubt.PERSON),
        ("En la Plaza señor Chub vende leña", Doubt.PERSON),
        ("Pastor Valley", Doubt.PERSON),
        ("Maria Rivers", Doubt.MAYBE),
        ("Pedro Valle", Doubt.MAYBE),
    ],
)
def test_what_looks_like_a_name_is_doubted(text: str, found: Doubt) -> None:
    assert doubt(text) is found


def test_the_strongest_doubt_counts() -> None:
    assert doubted({}, {"en": "Maria Lopez", "fr": "Mme Diallo"}) is Doubt.PERSON
    assert doubted({"en": "Maria Lopez"}, {"en": "police"}) is Doubt.MAYBE
    assert doubted({"en": "police"}) is Doubt.NONE


def test_an_actor_is_read_as_it_was_written() -> None:
    assert read_actor(MINE.words, write_actor(MINE)) == MINE
    assert read_actor({}, {"category": "media", "influence": 1, "attitude": 0}).intention == {}


@pytest.mark.parametrize(("influence", "attitude"), [(6, 0), (0, 0), (3, 3), (3, "much")])
def test_what_is_outside_the_grid_is_refused(influence: object, attitude: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_actor({}, {"category": "media", "influence": influence, "attitude": attitude})


def test_the_grid_holds_each_card_once_at_its_place() -> None:
    friend = ActorCard({"en": "The neighbours"}, Category.COMMUNITY, 2, 2)

    found = dict(grid([MINE, friend, MINE]))

    assert list(found) == [5, 4, 3, 2, 1]
    assert found[5] == ((1, 3), (), (), (), ())
    assert found[2] == ((), (), (), (), (2,))
