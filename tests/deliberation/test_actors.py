"""Who is around us: kinds of actors, never a person, and what a stance towards them stops."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from commons.quorum import Refused
from deliberation.actions import actors, circle
from deliberation.domain.actors import ActorCard, Category
from deliberation.domain.protocol import Contact
from deliberation.queries import actors as queries
from tests.deliberation.gathering import PROTOCOL, WALK, Gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
MINE = ActorCard({"en": "The company"}, Category.COMPANY, 5, -2)
TYPED = {"category": "company", "influence": "5", "attitude": "-2"}


def test_an_actor_is_written_changed_and_forgotten(app: Flask, river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    path = "/en/river/circle/actors"

    visitor.send(visitor.visit(path), TYPED | {"words-en": "The company"}, "actor")
    (kept,) = queries.actors(river.assembly)
    visitor.send(visitor.visit(f"{path}/{kept.code}"), {"attitude": "0"}, "actor")

    (changed,) = queries.actors(river.assembly)
    assert (changed.code, changed.card.attitude) == (kept.code, 0)
    page = Visitor(app).reads(river.assembly).visit("/en/river/actors")
    assert "undecided" in page.text
    assert "our protocol says nothing of it" in page.text
    visitor.send(visitor.visit(path), {}, "forget")
    assert queries.actors(river.assembly) == ()


def test_many_actors_stand_in_the_grid(app: Flask, river: Gathering) -> None:
    for number in range(3):
        actors.keep_actor(river.assembly, replace(MINE, words={"en": f"company {number}"}, influence=5 - number))

    page = Visitor(app).reads(river.assembly).visit("/en/river/actors")

    rows = [[cell.text or "".join(cell.itertext()) for cell in row.iter("td")] for row in page.all("tr")[1:4]]
    assert [row[0] for row in rows] == ["1", "2", "3"]


def test_a_persons_name_is_refused_beside_the_field_and_loses_nothing(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    typed = TYPED | {"words-en": "Don Pedro", "intention-en": "our land"}

    again = visitor.send(visitor.visit("/en/river/circle/actors"), typed, "actor")
    insisting = visitor.send(again, {"sure": "y"}, "actor")

    assert "This names a person." in again.text
    assert again.all("input", name="intention-en")[0].get("value") == "our land"
    assert not again.all("input", name="sure")
    assert "This names a person." in insisting.text
    assert queries.actors(river.assembly) == ()


def test_what_may_be_a_name_is_kept_once_somebody_says_it_is_none(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)

    again = visitor.send(visitor.visit("/en/river/circle/actors"), TYPED | {"words-en": "Nube Blanca"}, "actor")
    visitor.send(again, {"sure": "y"}, "actor")

    assert "This looks like somebody’s name." in again.text
    assert [one.card.words for one in queries.actors(river.assembly)] == [{"en": "Nube Blanca"}]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Write it in one language at least."),
        ({"words-en": "police"}, "Choose what kind it is."),
        ({"words-en": "police", "category": "boss"}, "Choose what kind it is."),
        ({"words-en": "police", "category": "forces", "influence": "9", "attitude": "0"}, "Choose one of the five."),
    ],
)
def test_what_an_actor_lacks_is_asked(river: Gathering, sits: Sits, fields: dict[str, str], sentence: str) -> None:
    visitor = sits(river)

    assert sentence in visitor.send(visitor.visit("/en/river/circle/actors"), fields, "actor").text


def test_what_cannot_be_kept_or_forgotten_is_refused(river: Gathering, sits: Sits) -> None:
    for number in range(actors.MOST):
        actors.keep_actor(river.assembly, replace(MINE, words={"en": f"company {number}"}))

    visitor = sits(river)
    full = visitor.send(visitor.visit("/en/river/circle/actors"), TYPED | {"words-en": "police"}, "Write down one more")

    assert "There are sixty already." in full.text
    with pytest.raises(Refused, match="no_words"):
        actors.keep_actor(river.assembly, replace(MINE, words={}))
    with pytest.raises(Refused, match="not_kept"):
        actors.forget_actor(river.assembly, "actor-99")


def test_while_the_circle_is_locked_nobody_alone_writes_or_forgets(river: Gathering) -> None:
    code = actors.keep_actor(river.assembly, MINE)
    circle.lock(river.assembly)

    with pytest.raises(Refused, match="locked"):
        actors.keep_actor(river.assembly, MINE)
    with pytest.raises(Refused, match="locked"):
        actors.forget_actor(river.assembly, code)


def test_meeting_a_company_under_no_dialogue_is_stopped_with_the_reason(river: Gathering, sits: Sits) -> None:
    actors.keep_actor(river.assembly, MINE)
    river.adopt(PROTOCOL)
    meeting = replace(
        WALK, text={"en": "Meet the company"}, contacts={"company": Contact.MEET}, serves=frozenset({"alone"})
    )

    slug = river.propose(meeting)

    page = sits(river).visit(f"/en/river/circle/proposals/{slug}")
    assert "The company: what is proposed is to meet them. Our protocol says: no dialogue." in page.text
    with pytest.raises(Refused, match="stopped_by_protocol"):
        river.round(slug)
    with pytest.raises(Refused, match="stopped_by_protocol"):
        river.aloud(slug)
    assert "no dialogue" in sits(river).visit("/en/river/actors").text


def test_a_new_protocol_begins_with_the_actors_it_says_nothing_of(river: Gathering, sits: Sits) -> None:
    actors.keep_actor(river.assembly, replace(MINE, words={"en": "The ministry"}))
    river.adopt(PROTOCOL)

    page = sits(river).visit("/en/river/circle/protocol")

    rows = [page.all("input", name=f"actor{at}-en")[0].get("value") for at in (1, 2)]
    assert rows == ["The company", "The ministry"]


@pytest.mark.parametrize(
    ("sheet", "field", "else_"),
    [
        (("protocol", "protocol"), "actor1", {"text-en": "A stance", "posture1": "no_dialogue"}),
        (("proposals/new", "writing"), "effort", {"text-en": "Walk in pairs"}),
        (("proposals/new", "writing"), "endangers", {"text-en": "Walk in pairs"}),
        (("demands", "demand"), "institution", {"duty-en": "protect", "made": "2026-03-01", "due": "2026-04-01"}),
    ],
)
def test_no_form_about_groups_keeps_a_persons_name(
    river: Gathering, sits: Sits, sheet: tuple[str, str], field: str, else_: dict[str, str]
) -> None:
    visitor, (path, form) = sits(river), sheet
    page = visitor.visit(f"/en/river/circle/{path}")

    named = visitor.send(page, else_ | {f"{field}-en": "Don Pedro"}, form)
    maybe = visitor.send(named, {f"{field}-en": "Nube Blanca"}, form)
    kept = visitor.send(maybe, {"sure": "y"}, form)

    assert "This names a person." in named.text
    assert not named.all("input", name="sure")
    assert "This looks like somebody’s name." in maybe.text
    assert maybe.all("input", name=f"{field}-en")[0].get("value") == "Nube Blanca"
    assert not kept.all("p", class_="oops")
    assert kept.path != f"/en/river/circle/{path}" or "Nube Blanca" in kept.text
