"""Cutting an instrument to measure."""

from dataclasses import replace

import pytest

from surveys.domain.questionnaire import Choice, Condition
from surveys.domain.reading import Malformed
from surveys.interchange import shipped, tailored


def members(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, {"en": name, "fr": name, "es": name}) for name in names)


def test_lists_are_put_in_their_places() -> None:
    lists = {"threats": members("fire", "flood"), "measures": members("bell", "walk"), "voices": members("river")}

    made = tailored(shipped("short-baseline"), lists)

    assert made.blanks == ()
    assert [item.key for item in made.items][2:6] == ["C1.fire", "C2.fire", "C3.fire", "C7.fire"]
    assert made.voice == "A2"


def test_what_an_empty_list_would_leave_blank_is_not_asked() -> None:
    made = tailored(shipped("baseline"), {"threats": members("fire"), "measures": members("bell"), "actors": ()})

    assert (made.voice, made.blanks) == ("", ())
    keys = {item.key for item in made.items}
    assert not keys & {"A2", "F4.actor1"}
    assert {section.id for section in made.sections}.isdisjoint({"voice", "positions"})
    assert keys >= {"B1", "C1.fire", "H1", "H2"}


def test_an_instrument_without_lists_stays_as_it_is() -> None:
    assert tailored(shipped("pulse"), {}) == shipped("pulse")


def test_a_question_that_stays_cannot_depend_on_one_that_went() -> None:
    asked = shipped("short-baseline")
    first, *rest = asked.sections
    (question,) = rest[0].questions
    depends = replace(rest[0], questions=(replace(question, show_if=Condition("A2", ("river",))),))

    with pytest.raises(Malformed):
        tailored(replace(asked, sections=(first, depends)), {"voices": ()})
