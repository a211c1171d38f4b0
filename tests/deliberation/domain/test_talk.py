"""What is said about a proposal carries no name, no turn and no number."""

from itertools import permutations

import pytest

from deliberation.domain.protocol import Contact, Draft, Effect, Relation, out_of
from deliberation.domain.talk import MOST, Full, Side, Talk, answer, argue, ask, read_talk, reworded, unsay, write_talk

SAFER = {"en": "It is safer", "es": "Es más seguro"}
TIRING = {"en": "It is tiring"}
NIGHT = {"en": "At night too?"}


def said() -> Talk:
    return argue(argue(ask(Talk(), NIGHT), Side.FOR, SAFER), Side.AGAINST, TIRING)


def test_the_order_in_which_things_were_said_leaves_no_trace() -> None:
    talks = set()
    for order in permutations([(Side.FOR, SAFER), (Side.AGAINST, TIRING), (Side.DEPENDS, NIGHT)]):
        talk = Talk()
        for side, words in order:
            talk = argue(talk, side, words)
        talks.add(str(write_talk(talk)))

    assert len(talks) == 1


def test_the_same_reason_from_many_is_one_reason() -> None:
    assert argue(said(), Side.FOR, SAFER) == said()
    assert ask(said(), NIGHT) == said()


def test_a_reason_may_change_sides() -> None:
    moved = argue(said(), Side.DEPENDS, SAFER)

    assert [one.words for one in moved.on(Side.DEPENDS)] == [SAFER]
    assert moved.on(Side.FOR) == ()


def test_a_question_waits_for_its_answer() -> None:
    question = said().questions[0]
    answered = answer(said(), question.id, {"en": "In pairs"})

    assert said().open == (question,)
    assert answered.open == ()
    assert answered.questions[0].answer == {"en": "In pairs"}
    with pytest.raises(KeyError):
        answer(said(), "nobody asked", SAFER)


def test_what_names_somebody_can_be_taken_away() -> None:
    bare = said()
    for name in (said().questions[0].id, *(one.id for one in said().arguments)):
        bare = unsay(bare, name)

    assert bare == Talk()


def test_it_comes_back_from_data_as_it_was() -> None:
    answered = answer(said(), said().questions[0].id, {"en": "In pairs"})

    assert read_talk(write_talk(answered)) == answered
    assert read_talk(None) == Talk()
    assert read_talk({"questions": "none"}) == Talk()


def test_nobody_has_to_read_more_than_sixty_reasons() -> None:
    talk = Talk()
    for number in range(MOST):
        talk = argue(talk, Side.FOR, {"en": str(number)})

    with pytest.raises(Full):
        argue(talk, Side.FOR, {"en": "one more"})


def test_one_text_is_split_and_several_are_merged() -> None:
    one = Draft(
        text={"en": "Walk"},
        threats=frozenset({"T01"}),
        reach={Relation.FRIENDS: Effect.PROTECTS, Relation.HOUSEHOLD: Effect.BOTH},
        contacts={"company": Contact.WATCH},
        talk=said(),
    )
    other = Draft(text={"en": "Ring"}, threats=frozenset({"T02"}), reach={Relation.FRIENDS: Effect.ENDANGERS})

    split, merged = out_of({"proposal-1": one}), out_of({"proposal-1": one, "proposal-2": other})

    assert (split.text, split.talk, set(split.made_from)) == (one.text, Talk(), {"proposal-1"})
    assert (dict(merged.text), set(merged.threats)) == ({}, {"T01", "T02"})
    assert set(merged.made_from) == {"proposal-1", "proposal-2"}
    assert merged.reach == {Relation.HOUSEHOLD: Effect.BOTH}
    assert merged.contacts == {"company": Contact.WATCH}
    assert out_of({}) == Draft()


def test_what_was_written_has_a_code_for_each_thing_said() -> None:
    notes: list[dict[str, object]] = [
        {"note": "wording", "question": "S3.other", "said": [{"en": "of another text"}]},
        {"note": "spoiled", "reason": "danger"},
        {"note": "wording", "question": "S3.walk", "said": [{"en": "Not at night."}, {"en": "With the children?"}]},
    ]

    found = reworded(notes, "round-1", "S3.walk")

    assert found == {"round-1.1": {"en": "Not at night."}, "round-1.2": {"en": "With the children?"}}
    assert reworded(notes, "round-1", "S3.none") == {}
