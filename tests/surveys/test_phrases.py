"""The room's sentences: every act says what it will do, every state where the box stands, every condition when."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask, g

from commons.acts import Act, State
from commons.pages import Told
from surveys.phrases.acts import TELLERS
from surveys.phrases.answering import conditions
from surveys.phrases.standing import standing
from surveys.queries import State as Stands
from surveys.queries import Survey
from tests.surveys.hall import Hall, choices, shipped

SAID: Mapping[str, Mapping[str, object]] = {
    "surveys.cards": {"size": 16},
    "surveys.void": {"cards": ["aa", "bb"], "set": "cc"},
    "surveys.extend": {"closes": "2026-10-09"},
    "surveys.withdraw": {"reason": "danger"},
    "surveys.note": {"reason": "danger"},
    "surveys.paper": {"forms": 5, "cards": ["aa"], "set": "cc", "spoken": "ee"},
    "surveys.series": {"days": [["2026-10-02", "2026-10-04"], ["2026-10-09", "2026-10-11"]]},
    "surveys.sitting": {"surveys": ["baseline-1"]},
    "surveys.wording": {"question": "H2", "words": "dd"},
}
ABOUT_A_SURVEY = sorted(TELLERS.keys() - {"surveys.cards", "surveys.spare", "surveys.void"})


@pytest.fixture
def speaking(app: Flask) -> Iterator[Callable[[str], None]]:
    context = app.test_request_context("/en/casa/")
    context.push()

    def speak(tag: str) -> None:
        g.tag = tag

    yield speak
    context.pop()


def told(place: Hall, kind: str, survey: str) -> Told:
    params = {"survey": survey, **SAID.get(kind, {})}
    nobody: frozenset[int] = frozenset()
    return TELLERS[kind](
        Act(place.assembly, "00", kind, params, {}, date(2026, 10, 9), State.PROPOSED, 2, nobody, None)
    )


@pytest.fixture
def long(place: Hall) -> Survey:
    place.cards()
    lists = {name: choices("fire", "flood") for name in ("threats", "measures", "voices")}
    return place.open(shipped("baseline", **lists), "baseline")


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("kind", sorted(TELLERS))
def test_every_act_says_what_it_will_do(
    speaking: Callable[[str], None], place: Hall, long: Survey, kind: str, tag: str
) -> None:
    speaking(tag)

    words = told(place, kind, long.slug)

    assert words.title
    assert all(label and text for label, text in words.facts)
    assert words.facts


@pytest.mark.parametrize("kind", ABOUT_A_SURVEY)
def test_an_act_about_a_survey_that_is_gone_says_so(speaking: Callable[[str], None], place: Hall, kind: str) -> None:
    speaking("en")

    assert told(place, kind, "nothing").title == "An act about a survey that is gone"


def test_a_round_says_when_its_reasons_are_asked(speaking: Callable[[str], None]) -> None:
    speaking("en")
    asked = shipped("round", proposals=choices("bell"))

    assert conditions(asked) == dict.fromkeys(("S2.bell", "S3.bell"), "Skip this if you answered “Full support” above.")


def test_a_condition_on_few_answers_names_them(speaking: Callable[[str], None]) -> None:
    speaking("en")
    asked = shipped("round", proposals=choices("bell"))
    section, *_ = asked.sections
    stance, principles, _ = section.questions
    assert principles.show_if is not None
    rare = replace(principles, show_if=replace(principles.show_if, any_of=("disagree", "block")))
    asked = replace(asked, sections=(replace(section, questions=(stance, rare)),))

    assert conditions(asked) == {
        "S2.bell": "Only if you answered “I disagree, but will not stop it” or “I block it” above."
    }


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (Stands.ENDED, "This box takes no more answers."),
        (Stands.CLOSED, "This box is closed for good."),
        (Stands.COUNTED, "This box was opened and counted."),
        (Stands.BURNT, "This box was burnt without being read."),
    ],
)
def test_every_state_is_said(speaking: Callable[[str], None], long: Survey, state: Stands, sentence: str) -> None:
    speaking("en")

    assert standing(replace(long, state=state)).startswith(sentence)
