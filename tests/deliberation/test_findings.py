"""What each figure of the board says in one sentence: what most say, and never more than its bands hold."""

from collections.abc import Iterator

import pytest
from flask import Flask, g

from deliberation.phrases import findings

NONE = "Not enough answers to show anything."
Bands = tuple[str, ...]


@pytest.fixture(autouse=True)
def _page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/river/"):
        g.tag = "en"
        yield


def named(*bands: str) -> list[tuple[dict[str, str], str]]:
    return [({"en": f"Thing {at}."}, band) for at, band in enumerate(bands, start=1)]


@pytest.mark.parametrize(
    ("likely", "grave", "said"),
    [
        (("most", "some"), ("most", "most"), "and serious by most: “Thing 1”."),
        (("most", "most"), ("most", "most"), "and serious by most: “Thing 1” and “Thing 2”."),
        (("most",) * 4, ("most",) * 4, "and serious by most: 4 of these."),
        (("most", "few"), ("few", "most"), "None of these is found likely by most of those who answered"),
        (("", "some"), ("most", ""), NONE),
    ],
)
def test_a_danger_stands_out_where_most_find_it_likely_and_most_find_it_serious(
    likely: Bands, grave: Bands, said: str
) -> None:
    bands = [(words, one, other) for (words, one), other in zip(named(*likely), grave, strict=True)]

    assert said in findings.of_concerns(bands)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (("most", "some", ""), ": “Thing 1”."),
        (("most",) * 4, ": 4 of these."),
        (("some", "few"), "None of these is"),
        (("", ""), NONE),
    ],
)
def test_a_drawing_says_what_most_find_serious_and_what_most_support(bands: Bands, said: str) -> None:
    assert said in findings.of_gravity(named(*bands))
    assert said in findings.of_round(named(*bands))


@pytest.mark.parametrize(
    ("band", "said"), [("most", "Most of those"), ("some", "Some of those"), ("few", "Few of those"), ("", NONE)]
)
def test_the_stances_on_a_proposal_are_said_by_their_band(band: str, said: str) -> None:
    assert findings.of_stances(band).startswith(said)


@pytest.mark.parametrize(
    ("ballots", "said"),
    [
        ((9,), "9 cards were handed in each time."),
        ((1, 1), "One card was handed in each time."),
        ((9, 12, 7), "Between 7 and 12 cards were handed in each time."),
    ],
)
def test_who_took_part_is_said_from_the_fewest_to_the_most(ballots: tuple[int, ...], said: str) -> None:
    assert findings.of_boxes(ballots) == said
