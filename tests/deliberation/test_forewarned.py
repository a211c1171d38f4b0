"""What the page says before a round is opened: what its verdicts make certain, and what nobody looked at."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from flask import Flask, g

from deliberation.actions import asking
from deliberation.domain.presets import read_preset, write_rule
from deliberation.phrases import telling
from deliberation.queries import catalogue
from surveys import door
from surveys.domain.questionnaire import Choice, Questionnaire
from tests.deliberation.gathering import Gathering

CHECKED = "Checked for every number of ballots from"
FIGURES = "Not checked: what the figures and the reasons shown beside a verdict add to it."
NOTHING = "The verdict alone makes nothing certain about anybody."


@pytest.fixture
def page(app: Flask, here: Gathering) -> Iterator[Gathering]:
    with app.test_request_context("/en/river/"):
        g.tag = "en"
        yield here


def terms(code: str, members: int, *, stage: int = 0, infiltrators: int = 2) -> Mapping[str, object]:
    preset = read_preset(next(rule.preset for rule in catalogue.rules() if rule.code == code))
    return {"rule": write_rule(preset.stages[stage]), "declared": members, "infiltrators": infiltrators}


def asked(*proposals: str) -> Questionnaire:
    listed = tuple(Choice(one, {"en": one}) for one in proposals)
    return replace(door.shipped("round"), lists={"proposals": listed})


def warned(place: Gathering, code: str, members: int, **more: int) -> str:
    return "\n".join(telling.round_warnings(place.assembly, asked("one"), terms(code, members, **more)))


@pytest.mark.parametrize(("members", "least", "most"), [(8, 7, 30), (16, 8, 30), (40, 20, 40), (300, 150, 300)])
def test_every_number_of_ballots_is_looked_at_up_to_the_members_or_the_cards(
    page: Gathering, members: int, least: int, most: int
) -> None:
    said = warned(page, "R3", members)

    assert f"{CHECKED} {least} to {most}." in said
    assert (
        f"to {most} ballots in the box, the verdict “adopted” could tell 2 people acting together that nobody" in said
    )
    assert NOTHING not in said
    assert FIGURES in said


def test_the_worst_is_said_in_words(page: Gathering) -> None:
    few, many = warned(page, "R1", 12, stage=1), warned(page, "R1", 300, stage=1)

    assert "At the worst, with 7 to 11 ballots, 2 people acting together could know on which side each" in few
    assert "with 30 ballots, 2 people acting together could know that at least 8 in ten of the others" in few
    assert "At the worst, with 150 to 300 ballots, 2 people acting together could know that at least 7 in ten" in many


def test_what_is_published_of_one_person_is_said(page: Gathering) -> None:
    said = telling.round_warnings(page.assembly, asked("one", "two"), terms("R3", 12))

    assert any("whether at least one person blocks, and which reasons somebody ticked" in one for one in said)
    assert any("Each proposal is judged apart" in one for one in said)
    assert not any("Each proposal is judged apart" in one for one in warned(page, "R3", 12).split("\n"))


def test_what_was_not_looked_at_is_never_said_to_be_nothing(page: Gathering) -> None:
    quorum_too_high = warned(page, "R3", 100)
    beyond = warned(page, "R2", 2000, stage=1)
    unreadable = telling.round_warnings(page.assembly, asked("one"), {"declared": 8})

    assert quorum_too_high.startswith("With 50 to 100 ballots")
    assert "Not checked: what a verdict alone makes certain" in beyond
    assert "Not checked: more than 600 ballots." in warned(page, "R2", 1000, stage=1)
    assert unreadable == ("Not checked: what the verdicts of this round make certain.",)
    assert NOTHING not in "\n".join((quorum_too_high, beyond, *unreadable))


def test_a_drafted_round_is_told_with_its_own_terms(page: Gathering) -> None:
    found = door.survey(page.assembly, page.round(page.propose()))

    assert found is not None
    assert found.terms["infiltrators"] == asking.baseline_terms(page.assembly)["infiltrators"] == 1
    said = telling.round_warnings(page.assembly, found.questionnaire, found.terms)
    assert any("could tell one person that" in one for one in said)
