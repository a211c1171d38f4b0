from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.logic import DONT_KNOW, Answer, Answers, Fault, Unfit, Written, accepted, parent, relevant
from surveys.domain.questionnaire import Condition, Kind
from tests.surveys.domain.asked import answers, asking, choices, everything, question

ASKED = everything()
FEW = frozenset({1, 2})


def test_an_answer_whose_condition_is_not_met_is_dropped() -> None:
    given_ = {"C1.fire": 3, "C2.fire": 5, "C1.arrest": 4, "C2.arrest": 2}

    assert relevant(ASKED, given_) == {"C1.fire": 3, "C1.arrest": 4, "C2.arrest": 2}


def test_a_skipped_condition_hides_what_depends_on_it() -> None:
    assert relevant(ASKED, {"C2.fire": 5}) == {}


def test_conditions_fall_one_after_the_other() -> None:
    chain = asking(
        question("A", Kind.SINGLE, choices("yes", "no")),
        question("B", Kind.MULTIPLE, choices("x", "y"), show_if=Condition("A", ("yes",))),
        question("C", show_if=Condition("B", ("y",))),
    )

    assert relevant(chain, {"A": 1, "B": frozenset({1, 2}), "C": 3}) == {"A": 1, "B": frozenset({1, 2}), "C": 3}
    assert relevant(chain, {"A": 1, "B": frozenset({1}), "C": 3}) == {"A": 1, "B": frozenset({1})}
    assert relevant(chain, {"A": 2, "B": frozenset({1, 2}), "C": 3}) == {"A": 2}
    assert relevant(chain, {"A": DONT_KNOW, "B": frozenset({1, 2}), "C": 3}) == {"A": DONT_KNOW}


def test_a_repeated_question_may_depend_on_one_asked_once() -> None:
    first, second = ASKED.sections
    depends = question("C3", show_if=Condition("B1", ("1",)))
    both = replace(ASKED, sections=(first, replace(second, questions=(*second.questions, depends))))

    assert relevant(both, {"B1": 1, "C3.fire": 2}) == {"B1": 1, "C3.fire": 2}
    assert relevant(both, {"B1": 2, "C3.fire": 2}) == {"B1": 2}


def test_the_item_that_decides_is_about_the_same_subject() -> None:
    assert parent(ASKED, ASKED.by_key["C2.fire"]) == "C1.fire"
    assert parent(ASKED, ASKED.by_key["B1"]) == ""


def test_empty_sets_and_empty_words_are_skips() -> None:
    assert relevant(ASKED, {"H1": frozenset(), "H2": Written(frozenset(), " \u202e\n")}) == {}
    assert relevant(ASKED, {"H2": Written(frozenset({1}), " ")}) == {"H2": Written(frozenset({1}), "")}


@pytest.mark.parametrize(
    ("key", "answer", "fault"),
    [
        ("B1", 6, Fault.NOT_OFFERED),
        ("B1", 0, Fault.NOT_OFFERED),
        ("B1", -1, Fault.NOT_OFFERED),
        ("B1", FEW, Fault.NOT_OFFERED),
        ("B1", Written(frozenset(), "x"), Fault.NOT_OFFERED),
        ("C1.fire", DONT_KNOW, Fault.NOT_OFFERED),
        ("H1", 2, Fault.NOT_OFFERED),
        ("H1", DONT_KNOW, Fault.NOT_OFFERED),
        ("H1", frozenset({10}), Fault.NOT_OFFERED),
        ("H1", frozenset({0}), Fault.NOT_OFFERED),
        ("H1", frozenset({1, 2, 3, 4}), Fault.TOO_MANY),
        ("H2", 1, Fault.NOT_OFFERED),
        ("H2", DONT_KNOW, Fault.NOT_OFFERED),
        ("H2", FEW, Fault.NOT_OFFERED),
        ("H2", Written(frozenset({3})), Fault.NOT_OFFERED),
        ("H2", Written(frozenset(), "\ud800"), Fault.NOT_OFFERED),
        ("H2", Written(frozenset(), "x" * 21), Fault.TOO_LONG),
        ("Z9", 1, Fault.NOT_OFFERED),
        ("N", 1, Fault.NOT_OFFERED),
    ],
)
def test_what_does_not_fit_is_named(key: str, answer: Answer, fault: Fault) -> None:
    with pytest.raises(Unfit) as refused:
        accepted(ASKED, {"B1": 1, key: answer})

    assert refused.value.faults == {key: fault}


def test_a_refusal_never_repeats_an_answer() -> None:
    with pytest.raises(Unfit) as refused:
        accepted(ASKED, {"H2": Written(frozenset(), "my name is Ana, I live there")})

    assert str(refused.value) == "H2: too_long"


def test_dont_know_fits_where_it_is_offered() -> None:
    unsure = {"A2": DONT_KNOW, "B1": DONT_KNOW, "H3": DONT_KNOW}

    assert accepted(ASKED, unsure) == unsure


def test_a_required_question_is_missed_only_when_it_is_asked() -> None:
    asked = asking(question("A", required=True), question("B", required=True, show_if=Condition("A", ("5",))))

    with pytest.raises(Unfit) as refused:
        accepted(asked, {})

    assert refused.value.faults == {"A": Fault.MISSING}
    assert accepted(asked, {"A": 1}) == {"A": 1}
    with pytest.raises(Unfit, match="B: missing"):
        accepted(asked, {"A": 5})


@given(answers(ASKED))
def test_what_counts_is_always_accepted_and_stays_as_it_is(given_: Answers) -> None:
    kept = accepted(ASKED, given_)

    assert accepted(ASKED, kept) == kept
    assert kept.keys() <= given_.keys()


@given(
    st.dictionaries(st.sampled_from(["B1", "H1", "H2", "C2.fire", "x"]), st.integers() | st.frozensets(st.integers()))
)
def test_any_answers_are_accepted_or_refused_in_words(strange: dict[str, Answer]) -> None:
    with suppress(Unfit):
        assert accepted(ASKED, strange).keys() <= strange.keys()
