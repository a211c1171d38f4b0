from dataclasses import replace

from surveys.domain.questionnaire import Choice, Kind, Question, fingerprint, plain
from tests.surveys.domain.asked import STEPS, asking, everything, question, words


def test_items_follow_the_sections_and_repeat_for_each_subject() -> None:
    assert [item.key for item in everything().items] == [
        "A2", "B1", "H1", "H2", "H3", "C1.fire", "C2.fire", "C1.arrest", "C2.arrest",
    ]  # fmt: skip


def test_choices_come_from_the_list_a_question_names() -> None:
    asked = everything()

    assert asked.by_key["H1"].question.choices == asked.lists["measures"]
    assert asked.by_key["B1"].question.choices == STEPS


def test_a_subject_is_named_in_the_languages_both_have() -> None:
    asked = everything()
    item = replace(
        asked.by_key["C1.fire"], question=Question("C1", Kind.SCALE, {"en": "{subject}?", "fr": "« {subject} » ?"})
    )

    assert item.text == {"en": "fire?"}
    assert replace(item, subject=None).text == {"en": "{subject}?", "fr": "« {subject} » ?"}


def test_a_subject_in_no_common_language_is_named_as_it_is() -> None:
    asked = everything()
    item = replace(asked.by_key["C1.fire"], question=Question("C1", Kind.SCALE, {"qu": "{subject}?"}))

    assert item.text == {"qu": "fire?"}


def test_an_unfilled_list_is_a_blank() -> None:
    asked = everything()

    assert asked.blanks == ()
    assert replace(asked, lists={}).blanks == ("measures", "threats")


def test_the_usual_cut_is_the_two_highest_steps_of_a_scale() -> None:
    assert question("B1").yes == (4, 5)
    assert question("S1", cut=(1, 2)).yes == (1, 2)
    assert question("A2", Kind.SINGLE).yes is None


def test_a_fingerprint_binds_definition_and_terms_apart() -> None:
    prints = {fingerprint("a", "b"), fingerprint("ab", ""), fingerprint("b", "a"), fingerprint("", "ab")}

    assert {len(one) for one in prints} == {32}
    assert len(prints) == 4


def test_plain_text_is_composed_and_without_hidden_characters() -> None:
    assert plain(" e\u0301\u202e\x00 a\nb\u2066 ") == "\u00e9 a\nb"


def test_a_questionnaire_compares_by_what_it_says() -> None:
    assert asking(question("B1")) == asking(question("B1"))
    assert asking(question("B1")) != asking(question("B2"))
    assert words("a") == {"en": "a"}


def test_a_round_is_known_by_its_only_proposal_and_else_by_its_title() -> None:
    one, other = Choice("p1", words("Ring the bell")), Choice("p2", words("Walk in pairs"))
    asked = everything()
    alone, both = (replace(asked, lists={**asked.lists, "proposals": those}) for those in ((one,), (one, other)))

    assert (asked.proposed, asked.known_by) == ((), asked.title)
    assert (alone.proposed, alone.known_by) == ((one.text,), one.text)
    assert (both.proposed, both.known_by) == ((one.text, other.text), asked.title)
