from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.logic import DONT_KNOW, Answers, Written, accepted
from surveys.domain.questionnaire import Kind
from surveys.domain.sealing import Plain, encode, width
from surveys.domain.tally import ballots, copies, count, joined, merge, merged, texts
from tests.surveys.domain.asked import answers, asking, everything, question

ASKED = everything()


def opened(given_: Sequence[Answers], first: int | None = 0) -> Plain:
    """The rows of a box: as `open_all` returns them."""
    rows = [
        encode(ASKED, bytes(32), None if first is None else first + place, accepted(ASKED, one))
        for place, one in enumerate(given_)
    ]
    return np.frombuffer(b"".join(rows), np.uint8).reshape(len(rows), width(ASKED))


SOME: list[Answers] = [
    {
        "A2": 1,
        "B1": 5,
        "H1": frozenset({1, 9}),
        "H2": Written(frozenset({2}), "over there"),
        "C1.fire": 4,
        "C2.fire": 1,
    },
    {"A2": 1, "B1": DONT_KNOW, "H1": frozenset({9}), "H3": DONT_KNOW},
    {"A2": DONT_KNOW, "B1": 5, "H2": Written(frozenset(), "again")},
    {"A2": 3, "H2": Written(frozenset({1, 2})), "H3": frozenset({2})},
]


def test_a_tally_counts_each_answer_apart_from_dont_know() -> None:
    told = count(ASKED, opened(SOME, 7))

    assert told.ballots == 4
    assert told.witnesses == (7, 8, 9, 10)
    assert told.counts["B1"] == (0, 0, 0, 0, 2)
    assert told.counts["A2"] == (2, 0, 1)
    assert told.counts["C2.fire"] == (1, 0, 0, 0, 0)
    assert told.chosen["H1"] == (1, 0, 0, 0, 0, 0, 0, 0, 2)
    assert told.chosen["H2"] == (1, 2)
    assert told.chosen["H3"] == (0, 1)
    assert told.answered == {
        "A2": 3, "B1": 2, "H1": 2, "H2": 3, "H3": 1, "C1.fire": 1, "C2.fire": 1, "C1.arrest": 0, "C2.arrest": 0,
    }  # fmt: skip
    assert told.dont_know == dict.fromkeys(told.answered, 0) | {"A2": 1, "B1": 1, "H3": 1}
    assert told.within("B1", 4, 5) == 2
    assert told.within("B1", 1, 4) == 0
    assert told.within("A2", 2, 3) == 1
    assert told.within("A2", 3, 3) == 1


def test_a_tally_by_voice_is_the_tally_of_those_who_named_it() -> None:
    told = count(ASKED, opened(SOME))

    assert sorted(told.by_voice) == [0, 1, 2, 3]
    assert [told.by_voice[voice].ballots for voice in range(4)] == [1, 2, 0, 1]
    assert told.by_voice[1].counts["B1"] == (0, 0, 0, 0, 1)
    assert told.by_voice[0].counts["B1"] == (0, 0, 0, 0, 1)
    assert told.by_voice[1].witnesses == ()


def test_without_a_voice_question_nothing_is_told_by_voice() -> None:
    asked = asking(question("B1"))
    plain = np.zeros((3, width(asked)), np.uint8)

    assert count(asked, plain).by_voice == {}
    assert ballots(asked, plain).voice().tolist() == [0, 0, 0]


def test_parts_of_two_different_boxes_never_add_up() -> None:
    told = count(ASKED, opened(SOME))

    with pytest.raises(ValueError, match="argument 2 is shorter"):
        merge(told, replace(told, counts={key: times[:-1] for key, times in told.counts.items()}))


def test_paper_ballots_have_no_witness() -> None:
    assert count(ASKED, opened(SOME, None)).witnesses == ()


def test_copies_are_counted_by_their_witness() -> None:
    twice = np.concatenate([opened(SOME), opened(SOME[:1])])

    assert copies(count(ASKED, opened(SOME))) == 0
    assert copies(count(ASKED, twice)) == 1


def test_columns_show_judges_each_ballot() -> None:
    seen = ballots(ASKED, opened(SOME))

    assert seen.size == 4
    assert seen.level("B1").tolist() == [5, DONT_KNOW, 5, 0]
    assert seen.voice().tolist() == [1, 1, 0, 3]
    assert seen.voice().dtype == seen.level("A2").dtype == np.uint8
    assert seen.picked("H1")[0].tolist() == [True, *[False] * 7, True]
    assert seen.picked("H3").tolist() == [[False] * 2] * 3 + [[False, True]]
    assert seen.picked("H2").shape == (4, 2)


def test_texts_are_detached_and_sorted() -> None:
    assert texts(ASKED, opened(SOME)) == (("H2", "again"), ("H2", "over there"))
    assert texts(ASKED, opened(SOME[::-1])) == texts(ASKED, opened(SOME))


def test_what_is_written_last_is_read_to_its_end_and_no_further() -> None:
    asked = asking(*(question(f"B{place}") for place in range(60)), question("H2", Kind.TEXT, (), length=5))
    said = accepted(asked, {"H2": Written(frozenset(), "again")})
    plain = np.frombuffer(encode(asked, bytes(32), None, said), np.uint8)[np.newaxis]

    assert texts(asked, plain) == (("H2", "again"),)


def test_an_empty_box_tells_zeros() -> None:
    told = count(ASKED, opened([]))

    assert told.ballots == 0
    assert set(told.answered.values()) == {0}
    assert merge(told, count(ASKED, opened(SOME))) == count(ASKED, opened(SOME))
    with pytest.raises(TypeError):
        merged([])


@settings(max_examples=15)
@given(st.lists(answers(ASKED), max_size=20), st.randoms(use_true_random=False))
def test_sixty_four_shards_of_a_box_give_the_same_bytes_in_any_order(given_: list[Answers], random: Random) -> None:
    whole = opened(given_)
    tallies = [count(ASKED, whole[shard::64]) for shard in range(64)]
    random.shuffle(tallies)

    assert repr(merged(tallies)) == repr(count(ASKED, whole))


@given(st.lists(answers(ASKED), max_size=12), st.randoms(use_true_random=False), st.integers(1, 5))
def test_parts_of_a_box_add_up_in_any_order(given_: list[Answers], random: Random, parts: int) -> None:
    whole = opened(given_)
    places = list(range(len(given_)))
    random.shuffle(places)
    chunks = [whole[places[part::parts]] for part in range(parts)]
    tallies = [count(ASKED, chunk) for chunk in chunks]

    assert merged(tallies) == count(ASKED, whole)
    assert reduce(lambda one, other: merge(other, one), reversed(tallies)) == count(ASKED, whole)
    together = joined(ballots(ASKED, chunk) for chunk in chunks)
    assert together.size == len(given_)
    for item, column in ballots(ASKED, whole).levels.items():
        assert sorted(together.level(item).tolist()) == sorted(column.tolist())
    assert together.picked("H1").sum(axis=0).tolist() == list(count(ASKED, whole).chosen["H1"])
    assert sorted(together.voice().tolist()) == sorted(ballots(ASKED, whole).voice().tolist())
