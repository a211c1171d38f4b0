"""The circle's pages: what one alone may write down, and what becomes an act that several sign."""

from collections.abc import Callable

import pytest
from flask import Flask

from commons import clock, log, quorum
from deliberation.actions import circle
from deliberation.actions.proposals import amend
from deliberation.domain.protocol import Relation
from deliberation.domain.rounds import Stage
from deliberation.queries import decided, proposals, settled
from tests.deliberation.gathering import WALK, Gathering, changed, gathering
from tests.deliberation.sitting import PASSPHRASE, river, signed, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
PAGES = (
    "", "surveys", "cards", "proposals", "proposals/new", "decisions", "protocol", "threats", "measures", "rule",
    "people", "alert", "members",
)  # fmt: skip


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_a_circle_that_has_just_begun(
    app: Flask, sits: Callable[..., Visitor], page: str, tag: str
) -> None:
    place = gathering()

    assert sits(place, tag=tag).visit(f"/{tag}/river/circle/{page}").text


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_a_circle_at_work(river: Gathering, sits: Callable[..., Visitor], page: str) -> None:
    river.propose()

    assert "Palabre" in sits(river).visit(f"/en/river/circle/{page}").text


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_circle_opens_without_a_place_in_it(river: Gathering, visitor: Visitor, page: str) -> None:
    shown = visitor.reads(river.assembly).visit(f"/en/river/circle/{page}")

    assert "Take your place in the circle" in shown.text


def test_a_wrong_passphrase_and_a_wrong_place_get_the_same_words(river: Gathering, visitor: Visitor) -> None:
    circle._tries._buckets.clear()
    page = visitor.reads(river.assembly).visit("/en/river/circle/sign-in")

    wrong = [visitor.submit(page, "sit", slot=slot, passphrase="no such words") for slot in ("1", "99")]

    assert all("That place and that passphrase do not go together." in one.text for one in wrong)


def test_a_facilitator_sits_down_and_leaves(river: Gathering, visitor: Visitor) -> None:
    circle._tries._buckets.clear()
    page = visitor.reads(river.assembly).visit("/en/river/circle/sign-in")

    seated = visitor.submit(page, "sit", slot="1", passphrase=PASSPHRASE.format("dafa"))
    visitor.submit(seated, "sign-out")

    assert "What waits for us" in seated.text
    assert "Take your place in the circle" in visitor.visit("/en/river/circle/").text


def test_a_form_without_the_sittings_token_does_nothing(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor = sits(river)

    assert visitor.client.post("/en/river/circle/lock", data={}).status_code == 400
    assert not circle.locked(river.assembly)


def test_an_act_says_what_it_does_and_how_many_signed_but_not_who(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    act = quorum.propose(river.assembly, "deliberation.threshold", {"k": 4, "t": 2})

    page = signed(app, river, f"/en/river/circle/acts/{act}", sits, 2)

    assert "Change how many are needed" in page.text
    assert "2 of 4 needed" in page.text
    assert "slot" not in page.text.lower()
    assert "Place 1" not in page.text


def test_a_wrong_passphrase_signs_nothing(river: Gathering, sits: Callable[..., Visitor]) -> None:
    act = quorum.propose(river.assembly, "deliberation.threshold", {"k": 4, "t": 2})
    visitor = sits(river)

    page = visitor.submit(visitor.visit(f"/en/river/circle/acts/{act}"), "sign", passphrase="quite other words")

    assert "That place and that passphrase do not go together." in page.text
    assert "0 of 4 needed" in page.text


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "The text has been changed since this was proposed"),
        ("fr", "Le texte a changé depuis que ceci a été proposé"),
        ("es", "El texto cambió desde que se propuso"),
    ],
)
def test_an_act_says_beside_the_button_that_its_text_has_changed(
    river: Gathering, sits: Callable[..., Visitor], tag: str, words: str
) -> None:
    slug, visitor = river.propose(), sits(river, tag=tag)
    act = quorum.propose(river.assembly, "deliberation.aloud", river.spoken(slug))
    before = visitor.visit(f"/{tag}/river/circle/acts/{act}").text

    amend(river.assembly, slug, changed(WALK, "Walk in threes"))
    after = visitor.visit(f"/{tag}/river/circle/acts/{act}")

    assert words not in before
    assert words in after.text
    assert [one.get("id") for one in after.tree.iter() if one.get("id") in {"hindered", "sign"}] == ["hindered", "sign"]


def test_a_rule_is_chosen_by_several_and_by_nobody_before(app: Flask, sits: Callable[..., Visitor]) -> None:
    place = gathering()
    visitor = sits(place)
    page = visitor.visit("/en/river/circle/rule")

    bare = visitor.submit(page, "choose")
    act = visitor.send(
        page,
        {"rule": "R3", "priority": "each_voice", "members": "12", "voice1-en": "River", "voice2-en": "Hill"},
        "choose",
    )
    signed(app, place, act.path, sits, 4)

    assert "Choose a rule. None is applied that you have not chosen." in bare.text
    assert "Our voices River and Hill" in act.text
    found = settled.collective(place.assembly)
    assert found.rule is not None
    assert (found.rule.name, found.members, len(found.voices)) == ("R3", 12, 2)


def test_a_proposal_is_written_without_an_author_and_says_what_it_lacks(
    river: Gathering, sits: Callable[..., Visitor]
) -> None:
    visitor = sits(river)

    page = visitor.send(visitor.visit("/en/river/circle/proposals/new"), {"text-en": "Meet twice a week"}, "writing")

    assert "Meet twice a week" in page.text
    assert "Say which group carries the effort." in page.text
    assert [one.draft.text for one in proposals.proposals(river.assembly)] == [{"en": "Meet twice a week"}]


def test_a_proposal_walks_to_its_round_page_by_page(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor, slug = sits(river), river.propose(amended=False)
    page = visitor.visit(f"/en/river/circle/proposals/{slug}")

    page = visitor.submit(page, "On to amendments")
    listed = visitor.visit("/en/river/circle/proposals")
    drafted = visitor.submit(listed, "round", proposals=slug)

    assert "Where do we stand?" in drafted.text
    found = proposals.proposal(river.assembly, slug)
    assert found is not None
    assert found.box == "draft"


def test_opening_a_round_says_what_its_verdict_could_betray(river: Gathering, sits: Callable[..., Visitor]) -> None:
    survey = river.round(river.propose())
    act = quorum.propose(river.assembly, "surveys.open", {"survey": survey})

    page = sits(river).visit(f"/en/river/circle/acts/{act}")

    assert "Before you sign, know this" in page.text
    assert "could tell one person that" in page.text


def test_a_reservation_is_answered_before_the_next_round(
    river: Gathering, time: clock.Clock, sits: Callable[..., Visitor]
) -> None:
    slug = river.propose()
    river.held(time, slug, (1, 1, 1, 1, 1, 1, 1, 6))
    river.act("deliberation.ratify", proposal=slug, heard=river.heard())
    visitor = sits(river)

    page = visitor.visit(f"/en/river/circle/proposals/{slug}")
    page = visitor.send(page, {"how": "answered", "words-en": "Two people will always go together"}, "reply-block")

    assert "Two people will always go together" in page.text
    found = proposals.proposal(river.assembly, slug)
    assert found is not None
    assert found.unmet == ()


def test_a_ratification_needs_the_words_of_the_log_and_several_signatures(
    app: Flask, river: Gathering, time: clock.Clock, sits: Callable[..., Visitor]
) -> None:
    slug = river.propose()
    river.held(time, slug, (1,) * 8)
    visitor = sits(river)
    page = visitor.visit(f"/en/river/circle/proposals/{slug}")

    wrong = visitor.submit(page, "ratify", heard="kamo tiru sena")
    act = visitor.submit(page, "ratify", heard=log.spoken_head(river.assembly))
    signed(app, river, act.path, sits, 3)

    assert "Those words are not in the log." in wrong.text
    assert "Record that the assembly ratified" in act.text
    assert [one.stage for one in decided.decisions(river.assembly)] == [Stage.IN_FORCE]


def test_a_round_held_aloud_is_recorded_without_a_count(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    slug, visitor = river.propose(), sits(river)
    page = visitor.visit(f"/en/river/circle/proposals/{slug}")

    act = visitor.submit(page, "aloud", verdict="adopted agreed", quorum="yes", heard=log.spoken_head(river.assembly))
    signed(app, river, act.path, sits, 3)

    assert "Write down no count and no name." in act.text
    found = proposals.proposal(river.assembly, slug)
    assert found is not None
    assert found.way.stage is Stage.RATIFICATION


def test_meeting_the_company_is_stopped_by_the_protocol_with_its_reason(
    river: Gathering, time: clock.Clock, sits: Callable[..., Visitor]
) -> None:
    visitor = sits(river)
    fields = {
        "text-en": "No talks",
        "criterion1-en": "Nobody is left alone",
        "actor1-en": "the company",
        "posture1": "no_dialogue",
    }
    page = visitor.send(visitor.visit("/en/river/circle/protocol"), fields, "protocol")
    reach = {f"reach-{whom.value}": "protects" for whom in Relation}
    told = {"threats": "T12", "effort-en": "all", "review": "2026-09-01", **reach}
    page = visitor.send(page, told, "writing")
    slug = proposals.proposals(river.assembly)[0].slug
    page = visitor.submit(visitor.submit(page, "Explain it"), "On to amendments")
    spoken = {"proposal": slug, "outcome": "adopted", "reason": "agreed", "quorum": True}
    river.act("deliberation.aloud", **spoken, heard=river.heard())
    river.act("deliberation.ratify", proposal=slug, heard=river.heard())

    meet = {"text-en": "Meet the company", "contact-a1": "meet"}
    page = visitor.send(visitor.visit("/en/river/circle/proposals/new"), meet, "writing")

    assert "Stopped by our protocol" in page.text
    assert "the company: what is proposed is to meet them. Our protocol says: no dialogue." in page.text
