"""A pulse advises about the alert level; people change it."""

import pytest

from deliberation.domain.priorities import judge_pulse
from surveys.domain.questionnaire import Kind, Question, Section
from tests.deliberation.domain.opened import Given, box, choices, questionnaire, scale

THREE = choices("river", "hill", "town")
VOICE = Section("voice", {}, (Question("A2", Kind.SINGLE, {}, choices_from="voices"),))
PULSE = questionnaire([Section("now", {}, (scale("P6", 4),))])


def test_a_pulse_that_asks_for_no_level_gives_no_advice() -> None:
    asked = questionnaire([Section("now", {}, (scale("B1"),))])

    assert judge_pulse(asked, {"infiltrators": 2}, *box(asked, [{"B1": 2}] * 8)) == {"advice": "too_few"}


@pytest.mark.parametrize(
    ("levels", "level", "advice"),
    [
        ([3, 3, 3, 3, 3, 3, 3, 1], 2, "raise"),
        ([1, 1, 1, 1, 1, 3, 3, 4, 4], 2, "raise"),
        ([1, 1, 1, 1, 1, 3, 3, 4, 4], 3, "hold"),
        ([2, 2, 2, 2, 2, 1, 1, 3], 2, "hold"),
        ([1, 1, 1, 1, 1, 1, 2, 2], 2, "calmer"),
        ([3, 3, 3, 3, 3, 3], 1, "too_few"),
        ([3, 3, 3, 3, 3, 3, 3], 1, "raise"),
        ([1, 1, 1, 1, 1, 1, 4, 4, 4], 1, "hold"),
    ],
)
def test_a_pulse_advises_about_the_alert_level(levels: list[int], level: int, advice: str) -> None:
    people: list[Given] = [{"P6": one} for one in levels]

    assert judge_pulse(PULSE, {"infiltrators": 2, "level": level}, *box(PULSE, people)) == {"advice": advice}


def test_a_third_of_one_voice_is_enough_to_advise_more_care() -> None:
    asked = questionnaire([VOICE, Section("now", {}, (scale("P6", 4),))], "A2", voices=THREE)
    people: list[Given] = [*[{"A2": 1, "P6": 4}] * 4, *[{"A2": 1, "P6": 1}] * 8, *[{"A2": 2, "P6": 1}] * 20]

    assert judge_pulse(asked, {"infiltrators": 2}, *box(asked, people)) == {"advice": "raise"}
