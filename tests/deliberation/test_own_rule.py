"""A rule the assembly wrote itself: chosen by an act, frozen with each round, gone on with by the assembly alone."""

from dataclasses import replace
from fractions import Fraction

import pytest
from flask import Flask

from commons import clock
from commons.quorum import Refused
from deliberation.actions import proposals, records
from deliberation.domain.presets import After, Again, Preset, write_preset
from deliberation.domain.rules import Called, Limit, Outcome, Reason, Share, Stance
from deliberation.phrases import telling
from deliberation.queries import catalogue
from surveys import door
from tests.deliberation.gathering import Gathering, gathering

THIRD = Share(Fraction(1, 3))
R3 = next(one.rule for one in catalogue.rules() if one.code == "R3").stages[0]
NO_BLOCK = Limit(frozenset({Stance.BLOCK}), Fraction(0), Reason.BLOCKED)


def counted(*members: int) -> dict[str, object]:
    named = [{"id": f"v{at}", "words": {"en": f"Voice {at}"}, "members": one} for at, one in enumerate(members, 1)]
    return {"voices": named, "quiet": []}


def chosen(app: Flask, preset: Preset, *members: int) -> Gathering:
    """An assembly of twelve that wrote its own rule, with voices of so many people."""
    here = gathering()
    wording = records.word(here.assembly, counted(*members))
    here.act("deliberation.choose", preset=write_preset(preset), priority="whole", wording=wording, members=12)
    here.watch()
    here.draw()
    return here


def own(again: Again = Again.AMEND, **changes: object) -> Preset:
    """One part, no block; then a second call, then a vote the assembly decides on."""
    first = replace(R3, name="talk", limits=(NO_BLOCK,), **changes)  # type: ignore[arg-type]  # what a test changes
    vote = replace(first, name="vote", limits=())
    return Preset(
        "own", (first, replace(first, name="second_call", quorum=THIRD), vote), (After.TOO_FEW, After.ASSEMBLY), again
    )


def heard_of(here: Gathering, slug: str) -> str:
    """Why the last round of a proposal gave what it gave."""
    verdict = here.seen(slug).way.verdict
    assert verdict is not None
    return verdict.reason


@pytest.mark.usefixtures("time")
def test_nobody_but_the_assembly_goes_on_to_a_vote(app: Flask) -> None:
    here = chosen(app, own())
    slug = here.propose()
    with pytest.raises(Refused, match="nobody_said_go_on"):
        here.round(slug, stage=2)
    here.aloud(slug, "no_agreement", "too_little_agreement")
    with pytest.raises(Refused, match="words_not_in_the_log"):
        here.act("deliberation.go_on", proposal=slug, stage=2, heard="nobody read them")

    here.act("deliberation.go_on", proposal=slug, stage=2, heard=here.heard())

    survey = door.survey(here.assembly, here.round(slug, stage=2))
    assert survey is not None
    assert survey.terms["stage"] == 2


@pytest.mark.usefixtures("time")
def test_a_second_call_follows_a_round_too_few_came_to_and_no_other(app: Flask) -> None:
    here = chosen(app, own())
    few, talked = here.propose(), here.propose()
    for slug in (few, talked):
        with pytest.raises(Refused, match="not_called_before"):
            here.round(slug, stage=1)
    here.aloud(few, "returned", "too_few", quorum=False)
    here.aloud(talked, "returned", "blocked", raised=["block"])
    with pytest.raises(Refused, match="not_called_before"):
        here.act("deliberation.go_on", proposal=few, stage=1, heard=here.heard())
    with pytest.raises(Refused, match="no_such_stage"):
        here.act("deliberation.go_on", proposal=few, stage=3, heard=here.heard())

    here.act("deliberation.go_on", proposal=few)
    here.act("deliberation.go_on", proposal=talked)

    assert here.round(few, stage=1) == "round-1"
    with pytest.raises(Refused, match=r"objections_unmet"):
        here.round(talked, stage=1)


def test_a_quorum_of_the_cards_is_frozen_with_the_round(app: Flask, time: clock.Clock) -> None:
    here = chosen(app, own(called=Called.CARDS))
    slug = here.propose()

    survey = here.held(time, slug, [1] * 14)

    found = door.survey(here.assembly, survey)
    assert found is not None
    assert found.terms["cards"] == 30
    assert heard_of(here, slug) == "too_few"


def test_cards_drawn_anew_take_a_drafted_round_out_of_date(app: Flask, time: clock.Clock) -> None:
    here = chosen(app, own(called=Called.CARDS))
    drafted = here.round(here.propose())
    here.draw(20)

    with pytest.raises(Refused):
        here.open(drafted)


@pytest.mark.parametrize(("of_the_second", "reason"), [(2, "agreed"), (1, "voice_absent")])
def test_a_round_asks_each_voice_where_the_rule_does(
    app: Flask, time: clock.Clock, of_the_second: int, reason: str
) -> None:
    here = chosen(app, own(voices=THIRD), 6, 6)
    slug = here.propose()
    survey = here.round(slug)
    asked = here.open(survey)
    page = door.survey(here.assembly, survey)
    assert page is not None

    people = [{"A2": 1}] * (8 - of_the_second) + [{"A2": 2}] * of_the_second
    here.answer(survey, asked, [one | {f"S1.{slug}": 1} for one in people])
    here.count(survey, time)

    assert heard_of(here, slug) == reason
    with app.test_request_context("/"):
        told = telling.round_warnings(here.assembly, page.questionnaire, page.terms)
    assert any("enough people of each voice" in one for one in told)


@pytest.mark.usefixtures("time")
def test_a_rule_of_each_voice_needs_voices_that_say_how_many_they_are(app: Flask) -> None:
    for members in ((), (6, 0), (6, 4)):
        with pytest.raises(Refused, match="voices_not_counted"):
            chosen_again(gathering(f"hill-{len(members)}-{sum(members)}"), own(voices=THIRD), *members)
    with pytest.raises(Refused, match="voices_above_members"):
        chosen_again(gathering("hill"), own(voices=THIRD), 8, 8)


def chosen_again(here: Gathering, preset: Preset, *members: int) -> None:
    wording = records.word(here.assembly, counted(*members))
    here.act("deliberation.choose", preset=write_preset(preset), priority="whole", wording=wording, members=12)


def test_voices_cannot_fall_below_what_the_rule_asks_of_them(app: Flask, time: clock.Clock) -> None:
    here = chosen(app, own(voices=THIRD), 6, 6)
    before = here.round(here.propose())

    with pytest.raises(Refused, match="voices_not_counted"):
        here.act("deliberation.voices", wording=records.word(here.assembly, {}), members=12)
    here.later("deliberation.voices", time, wording=records.word(here.assembly, counted(5, 7)), members=12)

    with pytest.raises(Refused, match="settled_otherwise"):
        here.open(before)


def test_a_second_block_ends_it_where_the_rule_says_so(app: Flask, time: clock.Clock) -> None:
    here = chosen(app, own(Again.END))
    slug = here.propose()
    with pytest.raises(Refused, match="no_such_verdict"):
        here.aloud(slug, "no_agreement", "blocked")
    here.held(time, slug, [1] * 7 + [6])
    here.act("deliberation.go_on", proposal=slug)
    for raised in here.seen(slug).unmet:
        met(here, slug, raised)
    with pytest.raises(Refused, match="blocked_again"):
        here.aloud(slug, "returned", "blocked")

    here.held(time, slug, [1] * 7 + [6])

    verdict = here.seen(slug).way.verdict
    assert verdict is not None
    assert (verdict.outcome, verdict.reason) == (Outcome.NO_AGREEMENT, Reason.BLOCKED)
    assert here.ratify(slug) is None


def met(here: Gathering, slug: str, raised: str) -> None:
    proposals.reply(here.assembly, slug, raised, proposals.How.RECORDED, {"en": "heard"})
