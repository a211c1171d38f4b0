"""Anybody who reads can redo a verdict by hand: the page prints a sheet, fills it in with counts, and keeps nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask

from commons import clock
from commons.db import Base, session
from deliberation.actions import records
from deliberation.actions.records import collective
from deliberation.domain.leeway import Told, redo
from deliberation.domain.presets import Again, Preset, read_preset, write_preset
from deliberation.domain.retrace import Limit, by_phragmen, by_votes
from deliberation.domain.rules import Called, Outcome, Reason, Rule, Share, Stance, Turnout, Verdict
from deliberation.phrases import worksheet as words
from deliberation.views.worksheet import AT_ONCE
from surveys.domain.doubt import Shown
from surveys.domain.proportional import phragmen
from tests.deliberation.gathering import WALK, Gathering, gathering
from tests.deliberation.sitting import river, sits, time
from tests.surveys.domain.approvals import packed
from tests.visitor import Visitor, said

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
PATH = "/{}/river/by-hand"
ADOPTED = Verdict(Outcome.ADOPTED, Reason.AGREED)
LITTLE = Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)


def river_rule() -> Rule:
    """Return a shipped rule."""
    return read_preset(json.loads(Path("deliberation/catalogue/rules.json").read_text(encoding="utf-8"))[0]).stages[0]


def counted(present: str, *stances: str, declared: str = "40", **more: str) -> str:
    held = "".join(f"&stance{at}={number}" for at, number in enumerate(stances, start=1))
    return f"?declared={declared}&present={present}{held}" + "".join(f"&{key}={value}" for key, value in more.items())


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_sheet_prints_empty_in_every_language(river: Gathering, sits: Sits, tag: str) -> None:
    page = sits(river, tag=tag).visit(PATH.format(tag))

    assert page.all("input", name="stance6")
    assert not page.all("section", id="sheet")


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_dangers_and_measures_are_redone_by_steps_with_blanks(river: Gathering, sits: Sits, tag: str) -> None:
    page = sits(river, tag=tag).visit(PATH.format(tag))

    assert {one.get("id") for one in page.all("section")} >= {"dangers", "places", "bands"}
    assert "17/72" in page.text


@pytest.mark.parametrize(("tag", "block"), [("en", "I block"), ("fr", "Je bloque"), ("es", "Bloqueo")])
def test_a_colour_card_is_told_by_its_hand_its_pattern_and_its_word_too(
    river: Gathering, sits: Sits, tag: str, block: str
) -> None:
    page = sits(river, tag=tag).visit(f"{PATH.format(tag)}/cards")

    cards = [one for one in page.all("div") if "stance" in (one.get("class") or "")]
    faces, hands = ([one.findall(path)[0].get("src") for one in cards] for path in ("img", "p/img"))
    assert len(set(faces)) == len(set(hands)) == len({said(one) for one in cards}) == len(Stance)
    assert block in said(cards[-1])
    drawn = [Path(f"static/signs/card-{one}.svg").read_text("utf-8") for one in range(1, 7)]
    assert len({one.partition("<pattern")[2] for one in drawn if "<pattern" in one}) == 4
    assert ["#fff" in one for one in drawn if "<pattern" not in one] == [False, True], "one is filled, one is white"


def test_the_example_on_the_page_is_what_the_rule_gives() -> None:
    wishes = [{0}] + [{0, 1}] + [{0, 1, 2}] * 7 + [{3}] * 5
    planes = packed(wishes)

    steps = by_phragmen(planes, phragmen(planes, size=3))

    assert [(step.item, step.price) for step in steps] == [
        (0, Fraction(1, 9)),
        (3, Fraction(1, 5)),
        (1, Fraction(17, 72)),
    ]
    assert by_votes([*map(Fraction, (9, 8, 7, 5))], [Fraction(1)] * 4, [Limit(Fraction(3))]).chosen == {0, 1, 2}


def test_before_a_rule_is_chosen_there_is_no_sheet(app: Flask, sits: Sits) -> None:
    page = sits(gathering()).visit(PATH.format("en") + counted("9", "9", "0", "0", "0", "0", "0"))

    assert "Not chosen yet." in page.text


def test_counts_said_aloud_become_lines_and_a_verdict(river: Gathering, sits: Sits) -> None:
    page = sits(river).visit(PATH.format("en") + counted("40", "30", "4", "0", "6", "0", "0", stage="0"))

    assert page.all("section", id="sheet")
    assert "of 40" in page.text
    assert "They need not be named." in page.text or "They are named in the decision." in page.text


def test_a_line_that_is_not_kept_says_to_stop(river: Gathering, sits: Sits) -> None:
    page = sits(river).visit(PATH.format("en") + counted("3", "3", "0", "0", "0", "0", "0"))

    assert "Stop here." in page.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (counted("40", "x", "0", "0", "0", "0", "0"), "Write a whole number; 0 where there is none."),
        (counted("40"), "Write a whole number; 0 where there is none."),
        (counted("8", "9", "0", "0", "0", "0", "0"), "More people took a stance than are here."),
    ],
)
def test_counts_that_do_not_fit_get_a_sentence_and_stay_typed(
    river: Gathering, sits: Sits, query: str, sentence: str
) -> None:
    page = sits(river).visit(PATH.format("en") + query)

    assert sentence in page.text
    assert page.all("input", name="declared")[0].get("value") == "40"
    assert not page.all("section", id="sheet")


@pytest.fixture
def called(app: Flask) -> Gathering:
    """An assembly whose rule asks half of the cards, and a third of each of two voices."""
    rule = replace(river_rule(), quorum=Share(Fraction(1, 2)), called=Called.CARDS, voices=Share(Fraction(1, 3)))
    named = [{"id": f"v{at}", "words": {"en": f"Voice {at}"}, "members": size} for at, size in enumerate((9, 7), 1)]
    here = gathering()
    wording = records.word(here.assembly, {"voices": named, "quiet": []})
    preset = write_preset(Preset("own", (rule,), (), Again.AMEND))
    here.act("deliberation.choose", preset=preset, priority="whole", wording=wording, members=90)
    return here


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ({"cards": "24", "voice1": "3", "voice2": "3"}, ("at least 12 of 24", "Of the voice “Voice 2”", "of 7")),
        ({"cards": "24", "voice1": "3", "voice2": "2"}, ("Stop here.", "Of the voice “Voice 2”")),
        ({"cards": "24", "voice1": "9", "voice2": "4"}, ("More people were counted with their voices than are here.",)),
        ({"cards": "", "voice1": "3", "voice2": "3"}, ("Write a whole number; 0 where there is none.",)),
        ({"cards": "24", "voice1": "x", "voice2": "3"}, ("Write a whole number; 0 where there is none.",)),
    ],
)
def test_the_sheet_asks_cards_and_voices_where_our_rule_does(
    called: Gathering, sits: Sits, typed: dict[str, str], sentences: tuple[str, ...]
) -> None:
    page = sits(called).visit(PATH.format("en") + counted("12", "12", "0", "0", "0", "0", "0", declared="90", **typed))

    assert [one for one in sentences if one not in page.text] == []
    assert [page.all("input", name=name)[0].get("value") for name in typed] == list(typed.values())


@pytest.mark.parametrize("asks", ["cards", "voice1"])
def test_the_sheet_asks_no_card_nor_voice_where_our_rule_does_not(river: Gathering, sits: Sits, asks: str) -> None:
    assert not sits(river).visit(PATH.format("en")).all("input", name=asks)


def test_nothing_that_is_typed_is_kept(river: Gathering, sits: Sits) -> None:
    def rows() -> dict[str, int]:
        return {table.name: session.query(table).count() for table in Base.metadata.sorted_tables}

    before, settled = rows(), collective(river.assembly).members

    sits(river).visit(PATH.format("en") + counted("40", "30", "4", "0", "6", "0", "0", declared="77"))

    kept = {name: number for name, number in rows().items() if name != "session"}
    assert kept == {name: number for name, number in before.items() if name != "session"}
    assert collective(river.assembly).members == settled


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("stances", [[1] * 8, [1] * 4 + [5] * 4, [3] * 4 + [6] * 4])
def test_the_sheet_is_filled_in_from_what_was_published_of_a_round(
    river: Gathering, sits: Sits, time: clock.Clock, tag: str, stances: list[int]
) -> None:
    slug = river.propose()
    box = river.held(time, slug, stances)

    page = sits(river, tag=tag).visit(f"{PATH.format(tag)}?round={box}")

    told = page.all("section", id="sheet1")[0]
    assert len(list(told.iter("tr"))) > 2
    assert "Bring it before the assembly" not in page.text
    if tag == "en":
        assert "These figures allow" in page.text
        assert "Announced:" in page.text


def test_a_long_round_is_filled_in_five_proposals_at_a_time(river: Gathering, sits: Sits, time: clock.Clock) -> None:
    slugs = [river.propose(replace(WALK, text={"en": f"Walk {way} together"})) for way in "abcdef"]
    box = river.round(*slugs)
    asked = river.open(box)
    river.answer(box, asked, [{f"S1.{slug}": 1 for slug in slugs}] * 8)
    river.count(box, time)
    path = f"{PATH.format('en')}?round={box}"

    first, second = sits(river).visit(path), sits(river).visit(f"{path}&part=2")

    assert len(first.all("section", id=f"sheet{AT_ONCE}")) == 1
    assert not first.all("section", id=f"sheet{AT_ONCE + 1}")
    assert f"/en/river/by-hand?round={box}&part=2" in first.links()
    assert second.all("section", id="sheet1")
    assert not second.all("section", id="sheet2")
    assert [one.text for one in sits(river).visit(f"{path}&part=9").all("b", **{"aria-current": "page"})] == ["6"]


def test_a_withdrawn_round_fills_in_nothing(river: Gathering, sits: Sits, time: clock.Clock) -> None:
    box = river.held(time, river.propose(), [1] * 8)
    river.later("surveys.withdraw", time, survey=box, reason="danger")

    page = sits(river).visit(f"{PATH.format('en')}?round={box}")

    assert not page.all("section", id="sheet1")
    assert f"/en/river/by-hand?round={box}" not in page.links()


def test_a_round_nobody_knows_fills_in_nothing(river: Gathering, sits: Sits) -> None:
    page = sits(river).visit(f"{PATH.format('en')}?round=elsewhere")

    assert not page.all("section", id="sheet1")


@pytest.mark.parametrize(
    ("possible", "begins"),
    [
        ({ADOPTED}, "These figures allow one"),
        ({ADOPTED, LITTLE}, "These figures allow several"),
        ({LITTLE}, "These figures do not"),
    ],
)
def test_the_page_says_whether_what_was_announced_is_possible(app: Flask, possible: set[Verdict], begins: str) -> None:
    with app.test_request_context("/en/river/"):
        assert words.allowed(possible, ADOPTED).startswith(begins)


def test_every_open_line_is_said_as_open(app: Flask) -> None:
    rule = replace(river_rule(), voices=river_rule().quorum)
    cut = frozenset({Stance.SUPPORT, Stance.RESERVATION})
    told = Told(Shown.MOST, cut, block=False, fewest=5, infiltrators=range(1, 2))

    with app.test_request_context("/en/river/"):
        lines = words.hedged(redo(rule, Turnout(12, 12, 5), told)[0], rule)

    assert ("Enough of each voice", "not published", "as our rule says") in {line[:3] for line in lines}
    assert any(line[3] == "Go on, or stop here: the figures do not say which." for line in lines)
    assert lines[0][1] == "12"
