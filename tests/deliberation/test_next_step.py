"""After each step a page says what came of it, who is next, and leads there."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from commons import access, clock, quorum
from deliberation.actions import proposals, recovering
from tests.deliberation.gathering import WALK, Gathering, gathering
from tests.deliberation.sitting import LAST, PASSPHRASE, river, signed, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]


def test_whoever_signed_sees_how_many_more_must_and_no_form(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    act = quorum.propose(river.assembly, "deliberation.threshold", {"k": 4, "t": 2})

    mine = signed(app, river, f"/en/river/circle/acts/{act}", sits, 2)
    other = sits(river, 3).visit(f"/en/river/circle/acts/{act}")

    assert "You have signed 2 more of you must sign, each from their own place" in mine.text
    assert mine.all("div", id="told")[0].get("tabindex") == "-1"
    assert not mine.all("form", id="sign")
    assert other.all("form", id="sign")
    assert not other.all("div", id="told")


def test_one_missing_signature_is_said_as_one(app: Flask, river: Gathering, sits: Callable[..., Visitor]) -> None:
    act = quorum.propose(river.assembly, "deliberation.threshold", {"k": 4, "t": 2})

    mine = signed(app, river, f"/en/river/circle/acts/{act}", sits, 3)

    assert "One more of you must sign, each from their own place" in mine.text


def test_an_act_that_is_done_leads_to_what_it_touched(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    survey = river.round(river.propose())
    act = quorum.propose(river.assembly, "surveys.open", {"survey": survey})

    done = signed(app, river, f"/en/river/circle/acts/{act}", sits, 3)

    assert "It is done Enough of you signed, and it is written in the log." in done.text
    links = {one.get("href") for one in done.all("a")}
    assert {f"/en/river/circle/surveys/{survey}", "/en/river/log"} <= links


def test_a_result_says_how_many_opened_its_box_together(
    river: Gathering, time: clock.Clock, sits: Callable[..., Visitor]
) -> None:
    box = river.held(time, river.propose(), (1, 1, 1, 1, 1, 1, 1, 1))

    page = sits(river).visit(f"/en/river/results/{box}")

    assert "by 3 of the circle, together." in page.text
    assert page.all("p", id="opened")


def test_locking_says_so_at_the_door(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor = sits(river).reads(river.assembly)

    door = visitor.submit(visitor.visit("/en/river/circle/members"), "circle/lock")

    assert "You locked the circle" in door.text
    assert "Take your place in the circle" in door.text


def test_the_door_tells_nobody_that_a_second_passphrase_locked_it(
    river: Gathering, sits: Callable[..., Visitor], visitor: Visitor
) -> None:
    recovering.choose_second(river.assembly, 1, PASSPHRASE.format(LAST[0]), "bili bolo bulu bala bele bobo")
    door = visitor.reads(river.assembly).visit("/en/river/circle/sign-in")

    forced = visitor.submit(door, "sit", slot="1", passphrase="bili bolo bulu bala bele bobo")

    assert "lock" not in forced.text.lower()
    assert visitor.visit("/en/river/circle/sign-in").text == door.text


@pytest.mark.parametrize("page", ["threats", "measures"])
def test_a_list_is_left_and_found_again_at_the_same_place(app: Flask, sits: Callable[..., Visitor], page: str) -> None:
    visitor = sits(gathering())
    listed = visitor.visit(f"/en/river/circle/{page}")
    first, second = [one.get("value", "") for one in listed.all("input", name="code")][:2]
    sent = {"form_token": listed.all("input", name="form_token")[0].get("value", ""), "code": first}

    taken = visitor.client.post(listed.path, data={**sent, "action": "take", "next": second})
    stopped = visitor.client.post(listed.path, data={**sent, "action": "stop"})

    assert taken.headers["Location"] == f"/en/river/circle/{page}?took=#{second}"
    assert visitor.visit(f"/en/river/circle/{page}?took=").all("details", id="others")[0].get("open") is not None
    assert stopped.headers["Location"] == f"/en/river/circle/{page}#{first}"
    assert visitor.visit(f"/en/river/circle/{page}").all("form", id=first)


def test_a_text_is_quoted_in_the_log_as_it_was(
    river: Gathering, time: clock.Clock, sits: Callable[..., Visitor]
) -> None:
    slug = river.propose()
    river.held(time, slug, (1, 1, 1, 1, 1, 1, 1, 6))
    river.act("deliberation.go_on", proposal=slug)
    before = WALK.text["en"]

    proposals.amend(river.assembly, slug, replace(WALK, text={"en": "Sing on the way home"}))
    page = sits(river).visit("/en/river/log")

    assert f"The assembly chose to go on talking about “{before}”." in page.text
    assert "Sing on the way home" not in page.text


def test_the_circle_and_the_console_can_say_the_reading_word(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    word = access.reading_word(river.assembly)
    console = app.test_cli_runner()

    page = sits(river).visit("/en/river/circle/cards")
    told = console.invoke(args=["deliberation", "reading-word", "river"])
    nowhere = console.invoke(args=["deliberation", "reading-word", "hill"])

    assert word in page.text
    assert told.output == f"{word}\n"
    assert (nowhere.exit_code, "No assembly lives at that address." in nowhere.output) == (2, True)
