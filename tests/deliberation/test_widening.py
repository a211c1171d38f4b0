"""Nothing is read without the reading word, but what several opened to allies, by a word of its own, and take back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from commons import access, allies, clock, log, quorum
from commons.assembly import load
from commons.quorum import Refused
from deliberation.actions import proposals, widening
from tests.deliberation.gathering import WALK, Gathering, changed, ready
from tests.deliberation.sitting import sits
from tests.visitor import Page, Visitor

__all__ = ["sits"]
PLAN = "/en/river/plan"


def counted(here: Gathering, time: clock.Clock) -> str:
    """A pulse counted with nine ballots."""
    slug = here.pulse()
    asked = here.open(slug)
    here.answer(slug, asked, [{}] * 9)
    here.count(slug, time)
    return slug


def word(here: Gathering, what: str) -> str:
    return allies.word(here.assembly, widening.widened(here.assembly)[what])


def ally(app: Flask, path: str, typed: str) -> Visitor:
    visitor = Visitor(app)
    visitor.client.post(path, data={access.TYPED: typed})
    return visitor


def strange(page: Page) -> bool:
    """Say whether a page is the one every stranger sees."""
    return bool(page.all("input", name=access.TYPED)) and "River" not in page.text


def test_nothing_is_open_to_allies_by_default(app: Flask, here: Gathering) -> None:
    assert widening.widened(here.assembly) == {}
    assert strange(Visitor(app).visit(PLAN))


def test_k_plus_one_open_one_thing_after_a_delay_members_are_told_of(
    app: Flask, here: Gathering, time: clock.Clock
) -> None:
    act = quorum.propose(here.assembly, widening.WIDEN, {"what": "plan"})
    for keys in here.keys[:3]:
        quorum.approve(here.assembly, act, keys)
    waiting = quorum.act(here.assembly, act)
    assert waiting is not None
    assert (waiting.needed, waiting.due) == (4, None)
    quorum.approve(here.assembly, act, here.keys[3])
    told = Visitor(app).reads(load(here.assembly.id)).visit("/en/river/")
    assert "Show to allies: Our plan" in told.text
    assert widening.widened(here.assembly) == {}

    time.move(days=3)
    quorum.carry_out_due(here.assembly)

    assert list(widening.widened(here.assembly)) == ["plan"]
    home = Visitor(app).reads(load(here.assembly.id)).visit("/en/river/")
    assert word(here, "plan") in home.text
    assert (
        "Opened to allies, by a word of its own: Our plan"
        in Visitor(app).reads(here.assembly).visit("/en/river/log").text
    )


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_word_opens_that_one_thing_and_nothing_else(
    app: Flask, here: Gathering, time: clock.Clock, tag: str
) -> None:
    slug = counted(here, time)
    here.later(widening.WIDEN, time, what=f"results:{slug}")
    visitor = ally(app, f"/{tag}/river/results/{slug}", word(here, f"results:{slug}"))

    page = visitor.visit(f"/{tag}/river/results/{slug}")

    assert "9" in page.text
    assert not page.all("ul", class_="witness")
    assert not page.all("ul", class_="nav")
    for path in ("", "plan", "log", "log.json", "board", "circle/", f"answer/{slug}", "results/nothing"):
        assert strange(visitor.visit(f"/{tag}/river/{path}")), path


def test_a_strangers_page_is_the_same_before_and_after(app: Flask, here: Gathering, time: clock.Clock) -> None:
    before = Visitor(app).client.get(PLAN).data
    here.later(widening.WIDEN, time, what="plan")

    assert Visitor(app).client.get(PLAN).data == before
    assert Visitor(app).client.get("/en/nowhere/plan").data == before
    refused = ally(app, PLAN, "kaka kaka kaka")
    assert strange(refused.visit(PLAN))
    refused.client.set_cookie("allies-river-0000000000000000", "forged")
    assert strange(refused.visit(PLAN))
    assert strange(refused.visit("/en/nowhere/plan"))


def test_the_cookie_is_the_same_for_all_who_have_the_word(app: Flask, here: Gathering, time: clock.Clock) -> None:
    here.later(widening.WIDEN, time, what="plan")

    given = {
        Visitor(app).client.post(PLAN, data={access.TYPED: word(here, "plan")}).headers["Set-Cookie"] for _ in range(3)
    }

    assert len(given) == 1


def test_members_read_the_same_page_as_before(app: Flask, here: Gathering, time: clock.Clock) -> None:
    here.later(widening.WIDEN, time, what="plan")
    member = Visitor(app).reads(load(here.assembly.id))
    member.client.post(PLAN, data={access.TYPED: word(here, "plan")})

    page = member.visit(PLAN)

    assert page.all("ul", class_="nav")
    assert Visitor(app).reads(load(here.assembly.id)).visit("/en/river/plan/sheet").text


def test_k_take_it_back_at_once_and_the_next_word_is_another(app: Flask, here: Gathering, time: clock.Clock) -> None:
    here.later(widening.WIDEN, time, what="plan")
    old = word(here, "plan")
    visitor = ally(app, PLAN, old)
    assert not strange(visitor.visit(PLAN))

    here.act(widening.NARROW, what="plan")

    assert strange(visitor.visit(PLAN))
    assert strange(ally(app, PLAN, old).visit(PLAN))
    here.later(widening.WIDEN, time, what="plan")
    assert word(here, "plan") != old
    assert strange(visitor.visit(PLAN))
    assert [line.kind for line in log.entries(here.assembly) if line.kind == widening.NARROW] == [widening.NARROW]


def test_what_is_not_there_or_open_already_is_refused(here: Gathering, time: clock.Clock) -> None:
    here.later(widening.WIDEN, time, what="plan")
    refused = {
        (widening.WIDEN, "plan"): "open_to_allies",
        (widening.WIDEN, "results:pulse-9"): "nothing_to_open",
        (widening.WIDEN, "log"): "nothing_to_open",
        (widening.NARROW, "log"): "not_open_to_allies",
    }
    for (kind, what), why in refused.items():
        with pytest.raises(Refused, match=why):
            quorum.propose(here.assembly, kind, {"what": what})


def test_a_withdrawn_result_is_not_opened(here: Gathering, time: clock.Clock) -> None:
    slug = counted(here, time)
    here.later("surveys.withdraw", time, survey=slug, reason="danger")

    assert widening.may_widen(here.assembly) == ("digest", "plan")


AMONG = replace(WALK, internal=True)


def held_among(here: Gathering, time: clock.Clock) -> tuple[str, str]:
    """Hold a sealed round on a text decided only among ourselves; return it and its survey."""
    slug = here.propose(AMONG)
    return slug, here.held(time, slug, [1] * 9)


def test_the_result_of_an_internal_round_is_never_shown_to_allies(
    app: Flask, here: Gathering, time: clock.Clock, sits: Callable[..., Visitor]
) -> None:
    _, survey = held_among(here, time)

    with pytest.raises(Refused, match="only_among_ourselves"):
        quorum.propose(here.assembly, widening.WIDEN, {"what": f"results:{survey}"})
    visitor = sits(here)
    page = visitor.submit(visitor.visit("/en/river/circle/allies"), "widen", what=f"results:{survey}")
    assert "nothing of that is shown to allies" in page.text


def test_what_another_assembly_keeps_among_itself_shuts_nothing_of_ours(here: Gathering, time: clock.Clock) -> None:
    slug = here.propose()
    survey = here.held(time, slug, [1] * 9)
    other = ready(slug="hill")
    assert other.propose(AMONG) == slug

    assert not widening.internal(here.assembly, f"results:{survey}")


def test_a_plan_that_holds_a_line_of_an_internal_round_is_refused(here: Gathering) -> None:
    here.adopt(AMONG)

    with pytest.raises(Refused, match="only_among_ourselves"):
        quorum.propose(here.assembly, widening.WIDEN, {"what": "plan"})


def test_a_plan_open_to_allies_shuts_once_it_holds_an_internal_line(
    app: Flask, here: Gathering, time: clock.Clock
) -> None:
    here.later(widening.WIDEN, time, what="plan")
    visitor = ally(app, PLAN, word(here, "plan"))
    assert not strange(visitor.visit(PLAN))

    here.adopt(AMONG)

    assert strange(visitor.visit(PLAN))
    here.act(widening.NARROW, what="plan")


def test_nobody_alone_takes_back_that_a_text_is_internal(here: Gathering) -> None:
    slug = here.propose(AMONG)

    proposals.amend(here.assembly, slug, changed(WALK, "Walk at dawn"))
    made = proposals.table(here.assembly, replace(WALK, made_from=frozenset({slug})))

    assert here.seen(slug).draft.internal
    assert here.seen(made).draft.internal


def test_a_draft_nobody_heard_may_be_ticked_by_mistake(here: Gathering) -> None:
    slug = proposals.table(here.assembly, AMONG)

    proposals.amend(here.assembly, slug, WALK)

    assert not here.seen(slug).draft.internal


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_its_page_says_that_it_stays_among_ourselves(app: Flask, here: Gathering, tag: str) -> None:
    slug = here.propose(AMONG)

    page = Visitor(app, tag).reads(load(here.assembly.id)).visit(f"/{tag}/river/proposals/{slug}")

    said = {"en": "Only among ourselves", "fr": "Seulement entre nous", "es": "Solo entre nosotras"}
    assert said[tag] in page.text
