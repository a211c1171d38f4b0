"""The circle's pages, as its life goes on: what it watches, alerts, places, reviews."""

from collections.abc import Callable

import pytest
from flask import Flask

from commons import clock, log
from deliberation.actions import asking, circle
from deliberation.domain.rounds import Stage
from deliberation.queries import decided, settled
from tests.deliberation.gathering import WALK, Gathering, gathering
from tests.deliberation.sitting import river, signed, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]


def test_threats_and_measures_are_taken_from_the_catalogue_or_written(sits: Callable[..., Visitor], app: Flask) -> None:
    place = gathering()
    visitor = sits(place)
    page = visitor.visit("/en/river/circle/threats")
    page = visitor.submit(page, "Eviction", action="take")
    page = visitor.send(page, {"action": "keep", "words-en": "The dam", "signs-en": "surveyors"}, "own")
    more = visitor.send(
        visitor.visit("/en/river/circle/measures"), {"action": "keep", "words-en": "Watch the dam"}, "own"
    )

    assert {one.words["en"] for one in settled.threats(place.assembly)} == {"Eviction, land grabbing", "The dam"}
    assert "Early signs: surveyors." in page.text
    assert "Watch the dam" in more.text


def test_a_measure_of_our_own_says_what_it_acts_on_and_where(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor = sits(river)
    typed = {"action": "keep", "words-en": "Watch the dam", "answers": ["T12", "T99"], "levels": ["L", "X"]}
    typed |= {"category": "advocacy", "acts_on": ["R", "V", "Z"]}

    listed = visitor.send(visitor.visit("/en/river/circle/measures"), typed, "own")

    own = settled.measure(river.assembly, "own-measure-1")
    assert own is not None
    assert (own.listed("answers"), own.listed("levels"), own.listed("acts_on")) == (("T12",), ("L",), ("V", "R"))
    assert (own.category, own.root_cause) == ("advocacy", True)
    frozen = asking.baseline_terms(river.assembly)["answers"]
    assert isinstance(frozen, dict)
    assert frozen["own-measure-1"] == ["T12"]
    shown = "Where it acts Here What it does Leaves us less exposed, Goes to the root Against Eviction, land grabbing"
    assert shown in listed.text
    visitor.send(
        visitor.visit("/en/river/circle/measures/own-measure-1"),
        {"answers": ["T04"], "levels": ["N"], "acts_on": []},
        "card",
    )
    changed = settled.measure(river.assembly, "own-measure-1")
    assert changed is not None
    assert (changed.listed("answers"), changed.listed("levels")) == (("T04",), ("N",))
    assert (changed.category, changed.root_cause) == ("advocacy", False)


def test_measures_are_looked_through_by_shelf_and_by_what_they_do(
    river: Gathering, sits: Callable[..., Visitor]
) -> None:
    visitor = sits(river)

    roots = visitor.visit("/en/river/circle/measures?does=R")
    land = visitor.visit("/en/river/circle/measures?does=R&shelf=territory")
    after = visitor.submit(roots, "M39", action="take")
    none = visitor.visit("/en/river/circle/measures?shelf=nowhere")

    food = "Shared work and food reserve"
    assert (food in roots.text, food in land.text) == (True, False)
    assert "Sign and speak only as a collective" not in roots.text
    assert "Sign and speak only as a collective" not in after.text
    assert none.text.count("None of what you asked to see.") == 2


def test_a_threat_has_its_part_of_life_and_a_cause_behind_it(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor, land = sits(river), {"domain": "territorial", "cause-en": "The land law favours mines"}
    watched = settled.threat(river.assembly, "T12")
    assert watched is not None

    page = visitor.send(visitor.visit("/en/river/circle/threats/T12"), land, "card")
    for action in ("stop", "take"):
        visitor.send(page, {"action": action, "code": "T12"}, "own")
    visitor.send(page, {"action": "keep", "words-en": "The dam", "domain": "nowhere"}, "own")

    kept, own = settled.threat(river.assembly, "T12"), settled.threat(river.assembly, "own-threat-1")
    assert kept is not None
    assert own is not None
    assert (kept.domain, kept.cause, kept.signs) == ("territorial", {"en": "The land law favours mines"}, watched.signs)
    assert (own.domain, own.cause) == ("", {})
    plan, told = (
        visitor.reads(river.assembly).visit("/en/river/plan"),
        "What lies behind it: The land law favours mines",
    )
    assert [told in one.text for one in (page, plan)] == [True, True]


def test_a_card_keeps_the_threats_it_was_not_asked_about(river: Gathering, sits: Callable[..., Visitor]) -> None:
    before = settled.measure(river.assembly, "M17")
    assert before is not None
    unwatched = [one for one in before.listed("answers") if one not in {"T04", "T12"}]
    visitor = sits(river)

    visitor.send(visitor.visit("/en/river/circle/measures/M17"), {"words-en": "Lawyers of ours"}, "card")
    same = settled.measure(river.assembly, "M17")
    visitor.send(visitor.visit("/en/river/circle/measures/M17"), {"answers": []}, "card")

    bare = settled.measure(river.assembly, "M17")
    assert same is not None
    assert bare is not None
    assert unwatched
    assert same.listed("answers") == before.listed("answers")
    assert list(bare.listed("answers")) == unwatched


def test_alert_steps_are_agreed_by_several_and_a_level_is_held_by_one(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    visitor = sits(river)
    steps = {f"level{level}-en": f"Do {level}" for level in range(1, 5)}
    act = visitor.send(visitor.visit("/en/river/circle/alert"), steps, "steps")
    signed(app, river, act.path, sits, 3)

    page = visitor.submit(visitor.visit("/en/river/circle/alert"), "hold", level="3")

    assert "Orange" in page.text
    assert settled.collective(river.assembly).alert == 3
    home = visitor.visit("/en/river/")
    assert "Orange now Do 3" in home.text


def test_one_may_lock_the_circle_and_only_several_unlock_it(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    visitor = sits(river)
    visitor.submit(visitor.visit("/en/river/circle/members"), "circle/lock")
    again = sits(river)

    act = again.submit(again.visit("/en/river/circle/"), "unlock")
    locked = circle.locked(river.assembly)
    signed(app, river, act.path, sits, 3)

    assert locked
    assert not circle.locked(river.assembly)


def test_a_place_is_made_on_paper_and_admitted_by_several(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor = sits(river)

    paper = visitor.submit(visitor.visit("/en/river/circle/members"), "stand")
    act = visitor.submit(paper, "admit")

    assert "The paper of place 6" in paper.text
    assert "Admit place 6 to the circle" in act.text or "Raise the number needed first." in act.text


def test_a_decision_that_is_due_is_looked_at_again(
    app: Flask, river: Gathering, time: clock.Clock, sits: Callable[..., Visitor]
) -> None:
    slug = river.propose()
    river.held(time, slug, (1,) * 8)
    river.act("deliberation.ratify", proposal=slug, heard=river.heard())
    time.move(days=90)
    visitor = sits(river)

    page = visitor.visit("/en/river/circle/decisions")
    said = {"changed": "nothing", "fairer": "yes", "stronger": "unknown"}
    act = visitor.submit(page, "review", ending="confirmed", heard=log.spoken_head(river.assembly), **said)
    signed(app, river, act.path, sits, 3)

    assert "It stays in force." in act.text
    assert [one.stage for one in decided.decisions(river.assembly)] == [Stage.CONFIRMED]


def test_a_circle_too_small_for_a_box_is_heard_as_one_of_our_circles(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    slug, visitor = river.propose(WALK), sits(river)
    page = visitor.visit(f"/en/river/circle/proposals/{slug}")

    act = visitor.send(page, {"caucus-words-en": "We are afraid at night"}, "caucus")
    signed(app, river, act.path, sits, 3)

    assert "We are afraid at night" in visitor.visit(f"/en/river/proposals/{slug}").text


def test_a_circle_too_small_for_a_box_lifts_a_threat(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/threats/T04")

    silent = visitor.send(page, {}, "caucus")
    act = visitor.send(page, {"caucus-words-en": "We are watched at night"}, "caucus")
    signed(app, river, act.path, sits, 3)
    again = visitor.send(page, {"caucus-words-en": "Still"}, "caucus")

    assert "Write what was said, without any name." in silent.text
    assert "One of our talking circles said it aloud" in visitor.visit("/en/river/plan").text
    assert "One of our talking circles has spoken about this in the last three months." in again.text


@pytest.mark.parametrize(("page", "code"), [("threats", "T04"), ("measures", "M07")])
def test_the_words_of_a_card_are_changed_and_empty_ones_are_not_kept(
    river: Gathering, sits: Callable[..., Visitor], page: str, code: str
) -> None:
    visitor = sits(river)
    card = visitor.visit(f"/en/river/circle/{page}/{code}")

    empty = visitor.send(card, {"words-en": " ", "words-fr": "", "words-es": ""}, "card")
    listed = visitor.send(card, {"words-en": "Said our way"}, "card")

    assert empty.path == card.path
    assert empty.all("p", id="words-oops")
    assert listed.path == f"/en/river/circle/{page}"
    assert "Said our way" in listed.text
    assert visitor.visit(f"/en/river/circle/{page}/none", status=404).status == 404


def test_a_pasted_list_makes_several_or_none(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor, place = sits(river), river.assembly
    page, before = visitor.visit("/en/river/circle/threats"), settled.threats(place)

    bad = {
        "": "Write one on each line.",
        "dogs\n" + "d" * 121: "Line 2 is longer than 120 letters.",
        "dogs\n\nDogs ": "Line 3 is in the list already.",
        "\n".join(f"dog {at}" for at in range(31)): "That is more than 30 lines.",
        f"dogs\n{before[0].words['en']}": "is kept already. Leave that line out.",
        "dogs\nMaria Lopez": "This looks like somebody’s name.",
    }
    refused = {text: visitor.send(page, {"lines": text}, "several") for text in bad}
    assert [sentence in refused[text].text for text, sentence in bad.items()] == [True] * len(bad)
    assert "Maria Lopez" in refused["dogs\nMaria Lopez"].text
    assert settled.threats(place) == before

    visitor.send(page, {"lines": "dogs\n\nEl Rio Grande", "sure": "y"}, "several")
    visitor.send(visitor.visit("/en/river/circle/measures"), {"lines": "bells\nlamps"}, "several")
    own = [one.words for one in settled.threats(place) if one.code.startswith("own")]
    assert own == [{"en": "dogs"}, {"en": "El Rio Grande"}]
    assert [one.words for one in settled.measures(place) if one.code.startswith("own")] == [
        {"en": "bells"},
        {"en": "lamps"},
    ]
    again = visitor.send(visitor.visit("/en/river/circle/measures"), {"lines": "Bells"}, "several")
    assert "“Bells” is kept already." in again.text


def test_a_threat_that_may_name_somebody_is_asked_about(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor, typed = sits(river), {"action": "keep", "words-en": "the dam", "cause-en": "Señor Lopez"}

    asked = visitor.send(visitor.visit("/en/river/circle/threats"), typed, "own")
    none = settled.threat(river.assembly, "own-threat-1")
    visitor.send(asked, {"sure": "y", "action": "keep"}, "own")

    assert "This looks like somebody’s name." in asked.text
    assert none is None
    assert settled.threat(river.assembly, "own-threat-1") is not None


def test_prose_that_may_name_somebody_is_asked_about_and_not_lost(
    river: Gathering, sits: Callable[..., Visitor]
) -> None:
    slug, visitor = river.propose(WALK), sits(river)
    page = visitor.visit(f"/en/river/circle/proposals/{slug}")
    said = {"said-words-en": "Maria Lopez", "side": "for"}

    asked = visitor.send(page, said, "Keep the reason")
    caucus = visitor.send(page, {"caucus-words-en": "Ask Don Pedro"}, "caucus")
    threat = visitor.send(visitor.visit("/en/river/circle/threats/T04"), {"caucus-words-en": "Mme Diallo"}, "caucus")
    before = visitor.visit(page.path).text
    kept = visitor.submit(asked, "doubted", sure="y")

    titled = [one.text.count("Does this name somebody?") for one in (asked, caucus, threat)]
    assert min(titled) > 0
    assert "Ask Don Pedro" in "".join(str(one.get("value") or one.text) for one in caucus.all("textarea"))
    assert "Maria Lopez" not in before
    assert "What speaks for it Maria Lopez" in kept.text
