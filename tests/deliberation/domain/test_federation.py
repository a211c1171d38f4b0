"""Assemblies combined: each counts once, silence is no agreement, and no part decides for the whole."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain import federation
from deliberation.domain.federation import (
    ADOPTING,
    SHARES,
    Answer,
    Federation,
    Malformed,
    Part,
    combine,
    read_answer,
    read_federation,
    said,
    same_text,
    signed_over,
    write_answer,
    write_federation,
)
from deliberation.domain.rules import Outcome, Reason, Verdict

YES, MAYBE, NO, NONE = Outcome.ADOPTED, Outcome.WITH_RESERVATIONS, Outcome.NOT_ADOPTED, Outcome.NO_AGREEMENT
THREE = Federation(("a", "b", "c"), Fraction(2, 3), 2)
GIVEN = Answer("River", {"en": "ab" * 32}, YES, Reason.AGREED, "most", date(2026, 3, 1), "cd" * 32, "", "ef" * 32, "00")


@st.composite
def federations(draw: st.DrawFn) -> Federation:
    parts = tuple(f"p{at}" for at in range(draw(st.integers(2, 9))))
    floor = draw(st.integers(2, len(parts)))
    return Federation(parts, draw(st.sampled_from(SHARES)), floor, draw(st.booleans()))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Federation, dict[str, Outcome]]:
    agreed = draw(federations())
    return agreed, draw(
        st.dictionaries(st.sampled_from((*agreed.parts, "stranger")), st.sampled_from((YES, MAYBE, NO, NONE)))
    )


@pytest.mark.parametrize(
    ("agreed", "answers", "outcome", "reason"),
    [
        (THREE, {}, Outcome.RETURNED, Reason.PARTS_MISSING),
        (THREE, {"a": YES}, Outcome.RETURNED, Reason.PARTS_MISSING),
        (THREE, {"a": YES, "stranger": YES}, Outcome.RETURNED, Reason.PARTS_MISSING),
        (THREE, {"a": YES, "b": YES}, YES, Reason.ENOUGH_PARTS),
        (THREE, {"a": YES, "b": MAYBE}, MAYBE, Reason.ENOUGH_PARTS),
        (THREE, {"a": YES, "b": NO}, NONE, Reason.TOO_FEW_PARTS),
        (THREE, {"a": YES, "b": YES, "c": NONE}, YES, Reason.ENOUGH_PARTS),
        (replace(THREE, unanimous=True), {"a": YES, "b": YES, "c": NONE}, NONE, Reason.PART_REFUSED),
        (replace(THREE, unanimous=True), {"a": YES, "b": YES}, YES, Reason.ENOUGH_PARTS),
        (replace(THREE, parts=("a", "b"), share=Fraction(1, 2)), {"a": YES, "b": NO}, NONE, Reason.TOO_FEW_PARTS),
        (replace(THREE, share=Fraction(1)), {"a": YES, "b": YES}, NONE, Reason.TOO_FEW_PARTS),
    ],
)
def test_what_the_parts_give_together(
    agreed: Federation, answers: dict[str, Outcome], outcome: Outcome, reason: Reason
) -> None:
    assert combine(agreed, answers) == Verdict(outcome, reason)


@given(federations(), st.data())
def test_no_part_alone_ever_adopts(agreed: Federation, data: st.DataObject) -> None:
    alone = {data.draw(st.sampled_from(agreed.parts)): YES}

    assert not combine(agreed, alone).adopts


@given(answered())
def test_nothing_is_adopted_below_the_floor_or_the_share(case: tuple[Federation, dict[str, Outcome]]) -> None:
    agreed, answers = case
    mine = [one for part, one in answers.items() if part in agreed.parts]
    adopted = sum(one in ADOPTING for one in mine)

    if combine(agreed, answers).adopts:
        assert len(mine) >= agreed.floor
        assert Fraction(adopted, len(agreed.parts)) >= agreed.share
        assert 2 * adopted > len(agreed.parts)
        assert not agreed.unanimous or adopted == len(mine)


@given(answered(), st.randoms())
def test_the_order_and_the_names_of_the_parts_are_irrelevant(
    case: tuple[Federation, dict[str, Outcome]], dice: st.DataObject
) -> None:
    agreed, answers = case
    parts, sent = list(agreed.parts), list(answers.items())
    dice.shuffle(parts)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    dice.shuffle(sent)  # type: ignore[attr-defined]  # the same
    renamed = {part: f"other {part}" for part in parts}
    others = replace(agreed, parts=tuple(renamed[one] for one in parts))

    assert combine(others, {renamed.get(part, part): one for part, one in sent}) == combine(agreed, answers)


@given(answered())
def test_one_refusal_more_never_helps(case: tuple[Federation, dict[str, Outcome]]) -> None:
    agreed, answers = case
    for part in agreed.parts:
        if answers.get(part) in ADOPTING:
            assert not (combine(agreed, answers | {part: NO}).adopts and not combine(agreed, answers).adopts)


@given(federations())
def test_what_was_agreed_is_read_as_it_was_written(agreed: Federation) -> None:
    assert read_federation(write_federation(agreed)) == agreed


def test_up_to_sixty_assemblies_can_be_parts() -> None:
    many = replace(THREE, parts=tuple(f"part{at}" for at in range(60)))

    assert read_federation(write_federation(many)) == many
    with pytest.raises(Malformed):
        read_federation(write_federation(many) | {"parts": [*many.parts, "one more"]})


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts": "a"},
        {"parts": ["a"]},
        {"parts": ["a", "a"]},
        {"parts": [str(one) for one in range(61)]},
        {"share": "1/3"},
        {"floor": 1},
        {"floor": 4},
        {"floor": "2"},
        {"unanimous": 1},
        {"parts": "abc"},
    ],
)
def test_no_agreement_lets_a_part_decide_for_the_whole(wrong: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        read_federation(write_federation(THREE) | wrong)


def test_an_answer_is_read_as_it_was_written() -> None:
    assert read_answer(write_answer(GIVEN)) == GIVEN
    assert read_answer(write_answer(replace(GIVEN, release="12" * 32))).release == "12" * 32
    assert read_answer(write_answer(replace(GIVEN, head="0123456789abcdef" * 4))).head == "0123456789abcdef" * 4
    assert set(write_answer(GIVEN)) - set(signed_over(GIVEN)) == {"signature"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": "12"},
        {"title": 12},
        {"about": {}},
        {"about": "ab" * 32},
        {"about": {"en": "12"}},
        {"band": "80 %"},
        {"band": 12},
        {"outcome": "returned"},
        {"outcome": "won"},
        {"day": "yesterday"},
        {"head": "12"},
        {"release": "nothing"},
        {"key": "Z" * 64},
        {"key": "X" * 64},
    ],
)
def test_an_answer_that_says_more_or_less_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        read_answer(write_answer(GIVEN) | wrong)


def test_a_text_is_the_same_in_every_language_both_have() -> None:
    assert same_text({"en": "1", "fr": "2"}, {"en": "1", "qu": "3"})
    assert not same_text({"en": "1", "fr": "2"}, {"en": "1", "fr": "3"})
    assert not same_text({"en": "1"}, {"qu": "1"})


def test_what_an_assembly_said_so_far() -> None:
    assert [said(None), said(GIVEN), said(replace(GIVEN, outcome=NO))] == [Part.MISSING, Part.ADOPTED, Part.REFUSED]
    assert federation.MOST == 60
