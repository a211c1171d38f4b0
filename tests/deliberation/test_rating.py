"""Rounds that ask more than a stance: drafted by a tick, judged inside the opening, met before the next round."""

from collections.abc import Callable

import pytest

from commons import clock
from commons.quorum import Refused
from deliberation.actions import asking, proposals
from deliberation.domain.rules import Outcome, Reason, Verdict
from surveys import door
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import sits
from tests.visitor import Visitor

__all__ = ["sits"]
RATED = ("S4", "S5", "S6")


def rated(here: Gathering, *slugs: str) -> str:
    return asking.draft_round(here.assembly, door.shipped("round"), slugs, closes=here.closes(), rated=True)


def asked(here: Gathering, survey: str) -> set[str]:
    found = door.survey(here.assembly, survey)
    assert found is not None
    return {item.question.id for item in found.questionnaire.items}


def answered(here: Gathering, time: clock.Clock, slug: str, harm: int) -> str:
    """Hold a rated round that ten people support, so many of whom see harm."""
    survey = rated(here, slug)
    form = here.open(survey)
    given = [{"A2": 1, f"S1.{slug}": 1, f"S6.{slug}": 1 if at < harm else 2} for at in range(10)]
    here.answer(survey, form, given)
    here.count(survey, time)
    return survey


def test_a_round_asks_for_stances_alone_unless_it_is_ticked(here: Gathering) -> None:
    plain = here.round(here.propose())

    assert asked(here, plain) == {"S1", "S2", "S3"}
    assert asked(here, rated(here, here.propose())) == {"A2", "S1", "S2", "S3", *RATED}


def test_facilitators_tick_it_on_the_page_of_proposals(here: Gathering, sits: Callable[..., Visitor]) -> None:
    slug, visitor = here.propose(), sits(here)
    page = visitor.visit("/en/river/circle/proposals")

    draft = visitor.submit(page, "round", proposals=[slug], rated="yes")

    assert "would it harm some of us?" in draft.text
    act = visitor.submit(draft, "open")
    assert "It never says how many, nor which voice." in act.text


def test_harm_sends_a_supported_text_back_and_has_to_be_met(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    answered(here, time, slug, harm=3)

    assert here.seen(slug).way.verdict == Verdict(Outcome.RETURNED, Reason.HARMFUL)
    here.ratify(slug)
    assert here.seen(slug).unmet == ("harm",)
    proposals.reply(here.assembly, slug, "harm", proposals.How.MERGED, {"en": "Nobody walks alone."})
    assert here.seen(slug).unmet == ()


def test_two_who_see_harm_are_not_heeded_where_one_infiltrator_is_assumed(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    answered(here, time, slug, harm=2)

    assert here.seen(slug).way.verdict == Verdict(Outcome.ADOPTED, Reason.AGREED)


@pytest.mark.parametrize(
    ("tag", "said"),
    [("en", "say that it would harm some of us"), ("fr", "ferait du mal"), ("es", "haría daño")],
)
def test_members_read_why_it_came_back(
    here: Gathering, time: clock.Clock, sits: Callable[..., Visitor], tag: str, said: str
) -> None:
    survey = answered(here, time, here.propose(), harm=3)

    page = sits(here).visit(f"/{tag}/river/results/{survey}")

    assert said in page.text


def test_a_rated_round_is_not_opened_once_the_assembly_is_heard_otherwise(here: Gathering, time: clock.Clock) -> None:
    survey = rated(here, here.propose())
    found = door.survey(here.assembly, survey)
    assert found is not None

    with pytest.raises(Refused, match="settled_otherwise"):
        asking.ready_round(here.assembly, found.questionnaire, {**found.terms, "priority": "whole"})


def test_a_sitting_may_ask_it_of_each_item(here: Gathering) -> None:
    two = [here.propose(), here.propose()]

    boxes = asking.draft_rounds(here.assembly, door.shipped("round"), two, closes=here.closes(), rated=True)

    assert all(set(RATED) <= asked(here, one) for one in boxes)


def test_harm_may_be_said_aloud_too(here: Gathering) -> None:
    slug = here.propose()

    here.aloud(slug, "returned", "harmful", raised=["harm"])

    assert here.seen(slug).unmet == ("harm",)


def test_no_round_is_held_aloud_on_quiet_days(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    time.move(days=61)
    assert clock.today(here.assembly).isoformat() == "2026-05-01"

    with pytest.raises(Refused, match="quiet_days"):
        here.aloud(slug)
