"""The beginning of a release, without the list that grows with the box."""

import json
from dataclasses import replace

from commons.log import canonical
from surveys.domain.disclosure import Band, Figure, Row
from surveys.domain.release import Release, beginning, read, write

WITNESSES = tuple(f"{number:06}" for number in range(500))
FIGURES = (Figure("B1", Row.BANDS, (4, 5), Band.MOST),)
SAID = {"reasons": {"witnesses": ["a"], "survey": ["walk", "witnesses"]}, "outcome": {"survey": "walk"}}
WHOLE = Release("walk", "practice", "ab", 500, Row.BANDS, WITNESSES, FIGURES, SAID)


def test_the_beginning_of_a_release_is_all_of_it_but_the_witnesses() -> None:
    text = canonical(write(WHOLE))
    cut = text[: text.index('"000001"')]

    found = [beginning(one, "walk") for one in (text, cut)]

    assert [read(one) for one in found if one] == [replace(WHOLE, witnesses=())] * 2


def test_a_release_cut_before_its_witnesses_is_not_read() -> None:
    text = canonical(write(WHOLE))
    cut = text[: text.rindex('"witnesses"')]

    assert beginning(cut, "walk") is None
    assert json.loads(text)["survey"] == "walk"
