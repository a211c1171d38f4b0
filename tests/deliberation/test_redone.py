"""The page to redo things by hand goes through a baseline and a pulse with what was published of them."""

from collections.abc import Callable

import pytest

from commons import clock
from surveys.domain.logic import Answer
from surveys.domain.questionnaire import Questionnaire
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Page, Visitor, said

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
PATH = "/{}/river/by-hand"
RED = 4


def concerned(asked: Questionnaire, likely: int, grave: int) -> dict[str, Answer]:
    """What somebody answers who finds every danger so likely and so grave, and wishes for the first measure."""
    levels = {"C2": likely, "C3": grave}
    answers: dict[str, Answer] = {
        item.key: levels[item.question.id] for item in asked.items if item.question.id in levels
    }
    return {**answers, "H1": frozenset({1})}


def baseline(here: Gathering, time: clock.Clock, people: int) -> str:
    """Ask a baseline that everybody answers alike; return its slug."""
    here.draw(people)
    slug = here.baseline()
    asked = here.open(slug)
    here.answer(slug, asked, [concerned(asked, 5, 5)] * people)
    here.count(slug, time)
    return slug


def pulse(here: Gathering, time: clock.Clock, levels: list[int]) -> str:
    here.draw(len(levels))
    slug = here.pulse()
    asked = here.open(slug)
    here.answer(slug, asked, [{"P6": level} if level else {"P1": 3} for level in levels])
    here.count(slug, time)
    return slug


def redone(river: Gathering, sits: Sits, slug: str, tag: str = "en") -> tuple[Page, str]:
    """The page, and what its sheet says; "" where there is none."""
    page = sits(river, tag=tag).visit(f"{PATH.format(tag)}?survey={slug}")
    found = page.all("section", id="redone")
    return page, said(found[0]) if found else ""


@pytest.mark.parametrize(
    ("tag", "announced"), [("en", "Treat now"), ("fr", "À traiter maintenant"), ("es", "Atender ahora")]
)
def test_a_baseline_is_gone_through_with_its_shares(
    river: Gathering, sits: Sits, time: clock.Clock, tag: str, announced: str
) -> None:
    slug = baseline(river, time, 24)

    page, told = redone(river, sits, slug, tag)

    assert announced in told
    assert len(page.all("section", id="redone")[0].findall(".//table")) == 2
    assert "Bring it before the assembly" not in told


def test_a_small_baseline_is_gone_through_with_bands_and_without_places(
    river: Gathering, sits: Sits, time: clock.Clock
) -> None:
    page, told = redone(river, sits, baseline(river, time, 9))

    assert "Of 9 ballots" in told
    assert "Which measures can be chosen" in told
    assert len(page.all("section", id="redone")[0].findall(".//table")) == 1


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ([RED] * 9, "These figures allow"),
        ([1] * 9, "The one that was announced is among them"),
        ([0] * 9, "Too little was published"),
    ],
)
def test_the_advice_of_a_pulse_is_gone_through(
    river: Gathering, sits: Sits, time: clock.Clock, levels: list[int], sentence: str
) -> None:
    _, told = redone(river, sits, pulse(river, time, levels))

    assert sentence in told


def test_counted_surveys_stand_in_the_list_and_a_round_is_no_survey(
    river: Gathering, sits: Sits, time: clock.Clock
) -> None:
    slug = pulse(river, time, [1] * 7)

    page, told = redone(river, sits, "elsewhere")

    assert told == ""
    assert f"/en/river/by-hand?survey={slug}" in page.links()


def test_a_withdrawn_pulse_is_gone_through_by_nobody(river: Gathering, sits: Sits, time: clock.Clock) -> None:
    slug = pulse(river, time, [RED] * 9)
    river.later("surveys.withdraw", time, survey=slug, reason="danger")

    page, told = redone(river, sits, slug)

    assert told == ""
    assert f"/en/river/by-hand?survey={slug}" not in page.links()
