"""What a collective says of itself is signed by several, and sorts what is suggested to it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from commons import clock
from commons.quorum import Refused
from deliberation.actions import records
from deliberation.domain.collective import CollectiveKind, Profile, write_profile
from deliberation.queries import catalogue, settled
from tests.deliberation.gathering import PEOPLE, Gathering, gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
LAND = ("Eviction, land grabbing", "Damage to crops", "Boundary walks", "Sham consultation")


def become(place: Gathering, profile: Profile, time: clock.Clock) -> None:
    """Have the assembly say what it is."""
    wording = records.word(place.assembly, {**PEOPLE, "profile": write_profile(profile)})
    place.later("deliberation.voices", time, members=12, wording=wording)


def suggested(place: Gathering, sits: Sits) -> str:
    visitor = sits(place)
    return visitor.visit("/en/river/circle/threats").text + visitor.visit("/en/river/circle/measures").text


def test_two_profiles_are_suggested_different_things(app: Flask, time: clock.Clock, sits: Sits) -> None:
    place = gathering()
    place.settle()
    everything = suggested(place, sits)

    become(place, Profile(CollectiveKind.NETWORK), time)
    of_a_network = suggested(place, sits)
    become(place, Profile(CollectiveKind.TERRITORIAL), time)

    assert [words for words in LAND if words not in everything] == []
    assert [words for words in LAND if words in of_a_network] == []
    assert "Interception, spyware" in of_a_network
    assert suggested(place, sits) == everything


def test_what_is_kept_stays_when_the_profile_changes(river: Gathering, time: clock.Clock) -> None:
    before = settled.threats(river.assembly)

    become(river, Profile(CollectiveKind.NETWORK), time)

    assert "T12" in {one.code for one in before}
    assert settled.threats(river.assembly) == before


def test_the_form_says_who_we_are_and_members_read_it(river: Gathering, time: clock.Clock, sits: Sits) -> None:
    visitor = sits(river)
    said = {"kind": "urban", "mission-en": "Stay in our homes", "needs-en": "Light at night"}

    act = visitor.send(visitor.visit("/en/river/circle/people"), said, "people")

    assert "What we are here for Stay in our homes" in act.text
    become(river, Profile(CollectiveKind.URBAN, mission={"en": "Stay in our homes"}), time)
    page = visitor.reads(river.assembly).visit("/en/river/we")
    assert "a group in a town" in page.text
    assert "Stay in our homes" in page.text


def test_a_kind_nobody_knows_is_asked_again_and_refused(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)

    again = visitor.send(visitor.visit("/en/river/circle/people"), {"kind": "army"}, "people")

    assert "Choose one of these kinds, or none." in again.text
    wording = records.word(river.assembly, {**PEOPLE, "profile": {"kind": "army"}})
    with pytest.raises(Refused, match="no_such_collective"):
        river.act("deliberation.voices", members=12, wording=wording)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house whose catalogue somebody emptied of threats and measures."""
    kept = json.loads((catalogue.FOLDER / "rules.json").read_text("utf-8"))
    for name, rows in {"threats": [], "measures": [], "rules": kept}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    shelves = (catalogue.threats, catalogue.measures, catalogue.rules)
    for shelf in shelves:
        monkeypatch.setattr(catalogue, shelf.__name__, shelf.__wrapped__)


@pytest.mark.usefixtures("app", "bare")
def test_without_any_template_an_assembly_works_with_its_own_words(time: clock.Clock, sits: Sits) -> None:
    place = gathering()
    place.settle()
    visitor = sits(place)

    kept = visitor.send(visitor.visit("/en/river/circle/threats"), {"action": "keep", "words-en": "Loud nights"}, "own")
    visitor.send(visitor.visit("/en/river/circle/measures"), {"action": "keep", "words-en": "Quiet walks"}, "own")

    assert "Loud nights" in visitor.visit("/en/river/circle/threats").text
    assert kept.status in {200, 303}
    place.draw()
    place.open(place.baseline())
    assert visitor.visit("/en/river/board").status == 200
    assert visitor.visit("/en/river/plan").status == 200


def test_opening_a_round_is_refused_on_quiet_days_with_a_sentence(
    river: Gathering, time: clock.Clock, sits: Sits
) -> None:
    slug = river.propose()
    time.move(days=44)
    survey = river.round(slug)
    visitor = sits(river)

    shown = visitor.send(visitor.visit(f"/en/river/circle/surveys/{survey}"), {}, "open")

    assert "is a day you keep free" in shown.text
