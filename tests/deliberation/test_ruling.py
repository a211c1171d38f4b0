"""What people read of a rule: every number of it, of each stage, in each language."""

from fractions import Fraction

import pytest
from flask import Flask

from commons import clock
from deliberation.domain.presets import Preset
from deliberation.domain.rules import Base, Limit, Reason, Rule, Share, Stance
from deliberation.phrases import ruling
from deliberation.queries import catalogue
from tests.deliberation.gathering import WALK, Gathering
from tests.visitor import Visitor


def preset(code: str) -> Preset:
    return next(one.rule for one in catalogue.rules() if one.code == code)


def test_a_rule_says_all_it_asks(app: Flask) -> None:
    with app.test_request_context("/"):
        (told,) = ruling.told(preset("R3"))

    assert told == (
        "",
        (
            ("How many must take part", "at least half of us"),
            ("Support, with or without a reservation", "at least three quarters of those who answer the question"),
            ("Allowed: blocks", "none"),
            ("Allowed: reservations and stand-asides", "at most one in five"),
            ("Allowed: wanting more discussion", "at most one in five"),
        ),
    )


def test_each_stage_of_a_rule_has_its_title_and_says_who_is_left_out(app: Flask) -> None:
    with app.test_request_context("/"):
        first, second = ruling.told(preset("R2"))

    assert first[0].startswith("Talk until nobody is against")
    assert ("Those who stand aside", "are left out of the count") in first[1]
    assert ("Support, with or without a reservation", "more than half of those who hand in") in second[1]


def test_a_rule_of_unusual_numbers_is_said_too(app: Flask) -> None:
    rule = Rule(
        "own",
        Share(Fraction(3, 7)),
        Base.DECLARED,
        frozenset({Stance.SUPPORT, Stance.RESERVATION, Stance.ASIDE}),
        Share(Fraction(1)),
        Share(Fraction(0), more=True),
        limits=(Limit(frozenset({Stance.BLOCK}), Fraction(2, 9), Reason.BLOCKED),),
    )

    with app.test_request_context("/"):
        told = ruling.facts(rule)

    assert told == (
        ("How many must take part", "at least 3 in 7 of us"),
        ("Support, reservations and stand-asides together", "all of us, present or not"),
        ("Allowed: blocks", "at most 2 in 9"),
    )


def test_before_a_rule_is_chosen_nothing_is_said(app: Flask) -> None:
    assert ruling.told(None) == ()


@pytest.mark.parametrize(("outcome", "reason"), [("no_agreement", "too_little_agreement"), ("not_adopted", "refused")])
def test_what_was_not_adopted_is_heard_and_never_looks_adopted(
    app: Flask, here: Gathering, time: clock.Clock, outcome: str, reason: str
) -> None:
    slug = here.propose(WALK)
    here.aloud(slug, outcome, reason)
    member = Visitor(app).reads(here.assembly)

    waiting = member.visit(f"/en/river/proposals/{slug}")
    here.ratify(slug)
    ended = member.visit(f"/en/river/proposals/{slug}")

    words = outcome.replace("_", " ")
    assert f"{words}: to be heard by the assembly" in waiting.text
    assert "Ratified by the assembly" not in waiting.text
    assert "In force" not in ended.text
    assert ended.all("li", class_="done")[-1].findtext("b") == words
    assert "/en/river/#rule" in ended.links()
    assert "How many must take part at least half of us" in member.visit("/en/river/").text
