"""Effort is written in a draft by one, frozen by the act that opens, shown to everybody, and weighed by the judge."""

from collections.abc import Callable, Mapping

import pytest
from flask import Flask, g

from commons import clock, quorum
from commons.quorum import Refused
from deliberation.actions import weighing
from deliberation.phrases import effort, telling
from surveys import door
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import river, sits, time
from tests.deliberation.test_told import CLOSED, asked
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
PATH = "/{}/river/circle/surveys/{}/effort"
WEIGHED: Mapping[str, object] = {"effort": {"bell": 3, "walks": 9}, "carry": 5}


def measures(place: Gathering, slug: str) -> list[str]:
    found = door.survey(place.assembly, slug)
    assert found is not None
    return [one.id for one in found.questionnaire.lists["measures"]]


def terms(place: Gathering, slug: str) -> Mapping[str, object]:
    found = door.survey(place.assembly, slug)
    assert found is not None
    return found.terms


def test_what_is_typed_is_kept_in_the_draft_and_opens_with_it(river: Gathering, sits: Sits) -> None:
    slug, visitor = river.baseline(), sits(river)
    named = measures(river, slug)
    page = visitor.visit(PATH.format("en", slug))

    visitor.submit(page, "effort", carry="7", **{f"effort-{one}": "3" for one in named})
    again = visitor.visit(PATH.format("en", slug))
    river.open(slug)

    assert (terms(river, slug)["carry"], terms(river, slug)["effort"]) == (7, dict.fromkeys(named, 3))
    assert again.all("input", name="carry")[0].get("value") == "7"


def test_leaving_it_empty_weighs_nothing(river: Gathering, sits: Sits) -> None:
    slug, visitor = river.baseline(), sits(river)
    weighing.weigh(river.assembly, slug, dict.fromkeys(measures(river, slug), 1), 9)
    page = visitor.visit(PATH.format("en", slug))

    visitor.submit(page, "effort", carry="", **{f"effort-{one}": "" for one in measures(river, slug)})

    assert {"carry", "effort"}.isdisjoint(terms(river, slug))


@pytest.mark.parametrize(
    ("first", "carry", "sentence"),
    [
        ("many", "7", "Write a whole number from 1 to 999."),
        ("0", "", "Write a whole number from 1 to 999."),
        ("", "7", "Write what this measure takes, or leave empty what we can carry in all."),
        ("3", "x", "Write a whole number from 1 to 99900, or leave it empty."),
        ("3", "1", "No measure fits in so little."),
    ],
)
def test_a_bad_number_gets_a_sentence_beside_it_and_nothing_typed_is_lost(
    river: Gathering, sits: Sits, first: str, carry: str, sentence: str
) -> None:
    slug, visitor = river.baseline(), sits(river)
    named = measures(river, slug)
    typed = dict.fromkeys((f"effort-{one}" for one in named), "2") | {f"effort-{named[0]}": first, "carry": carry}

    page = visitor.submit(visitor.visit(PATH.format("en", slug)), "effort", **typed)

    assert sentence in page.text
    assert {name: page.all("input", name=name)[0].get("value") for name in typed} == typed
    assert "carry" not in terms(river, slug)


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_members_see_what_is_weighed_where_they_redo_it_by_hand(river: Gathering, sits: Sits, tag: str) -> None:
    slug, visitor = river.baseline(), sits(river, tag=tag)
    before = visitor.visit(f"/{tag}/river/by-hand")
    weighing.weigh(river.assembly, slug, dict.fromkeys(measures(river, slug), 137), 4321)
    river.open(slug)

    after = visitor.visit(f"/{tag}/river/by-hand")

    assert "4321" not in before.text
    assert "4321" in after.text
    assert "137" in after.text


def test_what_is_opened_is_not_weighed_otherwise(river: Gathering, sits: Sits) -> None:
    slug = river.baseline()
    river.open(slug)

    with pytest.raises(Refused, match="frozen_by_now"):
        weighing.weigh(river.assembly, slug, {}, 3)
    sits(river).visit(PATH.format("en", slug), status=404)


def test_whoever_signed_did_not_sign_another_effort(river: Gathering) -> None:
    slug = river.baseline()
    named = measures(river, slug)
    weighing.weigh(river.assembly, slug, dict.fromkeys(named, 3), 9)
    act = quorum.propose(river.assembly, "surveys.open", {"survey": slug})
    *others, last = river.keys[: river.assembly.k]
    assert [quorum.approve(river.assembly, act, keys) for keys in others] == [None] * len(others)

    weighing.weigh(river.assembly, slug, dict.fromkeys(named, 3), 90)

    with pytest.raises(Refused, match="changed_since"):
        quorum.approve(river.assembly, act, last)
    found = door.survey(river.assembly, slug)
    assert found is not None
    assert found.state is door.State.DRAFT


def test_a_draft_that_cannot_be_weighed_is_not_opened(river: Gathering) -> None:
    slug = river.baseline()
    weighing.weigh(river.assembly, slug, {}, 3)

    with pytest.raises(Refused, match="settled_otherwise"):
        river.open(slug)


def test_a_counted_box_chooses_within_what_can_be_carried(river: Gathering, time: clock.Clock) -> None:
    slug = river.baseline()
    named = measures(river, slug)
    weighing.weigh(river.assembly, slug, dict(zip(named, range(1, len(named) + 1), strict=True)), 1)
    questionnaire = river.open(slug)
    river.answer(slug, questionnaire, [{"H1": frozenset({1})}] * 9)
    river.count(slug, time)

    found = door.release(river.assembly, slug)

    assert found is not None
    closed = found.data["closed"]
    assert closed["chosen"] == [named[0]]
    assert closed["measure_reason"] == {one: "carried" if one == named[0] else "beyond" for one in named}
    assert closed["proportional"] is True


def test_before_signing_what_is_weighed_and_what_it_can_betray_are_said(app: Flask, river: Gathering) -> None:
    with app.test_request_context("/en/river/"):
        g.tag = "en"
        some = effort.warnings(river.assembly, asked(), WEIGHED)
        every = effort.warnings(river.assembly, asked(), {**WEIGHED, "carry": 12})
        none = effort.warnings(river.assembly, asked(), {})

    assert some[0] == "Effort is weighed. We can carry 5 in all: Bell 3; Walks 9."
    assert some[1].startswith("Not everything fits.")
    assert every == (some[0].replace("5", "12"),)
    assert none == ()


def test_a_choice_within_what_can_be_carried_is_called_checked_where_it_was_found_fair(app: Flask) -> None:
    with app.test_request_context("/en/river/"):
        g.tag = "en"
        told = [
            str(
                telling.baseline(asked(), terms, {**CLOSED, "chosen": ["bell"], "proportional": fair})[1][
                    "measures_lead"
                ]
            )
            for terms in (WEIGHED, {})
            for fair in (True, False)
        ]

    assert ["Checked: wherever people share a wish" in one for one in told] == [True, False, False, False]


def test_the_results_say_how_measures_were_chosen_and_which_places_ties_leave_open(app: Flask) -> None:
    tied = {**CLOSED, "chosen": [], "tied": ["bell", "walks"], "sequence": [["bell", "walks"]]}
    with app.test_request_context("/en/river/"):
        g.tag = "en"
        weighed = telling.baseline(asked(), WEIGHED, {**CLOSED, "sequence": [["bell"], ["walks"]]})[1]
        level = telling.baseline(asked(), {}, {**tied, "chosen": ["bell", "walks"], "tied": []})[1]
        over = telling.baseline(asked(), {"places": 1}, tied)[1]

    assert str(weighed["measures_lead"]).startswith("('Chosen within what we can carry, 5 in all.")
    assert weighed["sequence_lead"] == "In the order in which they were taken up."
    assert [(one.first, one.said) for one in lines(weighed)] == [(1, ""), (2, "")]
    assert [one.said for one in lines(level)] == ["Somewhere from place 1 to place 2."]
    assert [one.said for one in lines(over)] == ["More of them than places left: the assembly chooses."]


def lines(told: Mapping[str, object]) -> tuple[telling.Line, ...]:
    found = told["sequence"]
    assert isinstance(found, tuple)
    return found
