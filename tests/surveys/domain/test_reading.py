import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.questionnaire import Choice
from surveys.domain.reading import Malformed, fill, parsed, read, write
from tests.surveys.domain.asked import STEPS, asking, choices, everything, question

Data = dict[str, Any]


def data() -> Data:
    plain: Data = json.loads(json.dumps(write(everything())))
    return plain


def test_what_is_written_is_read_back_as_it_was() -> None:
    asked = everything()

    assert read(write(asked)) == asked
    assert parsed(json.dumps(write(asked))) == asked
    assert write(read(data())) == data()


def test_filling_a_list_replaces_it() -> None:
    filled = fill(everything(), threats=choices("flood"))

    assert [item.key for item in filled.items][-2:] == ["C1.flood", "C2.flood"]
    assert filled.lists["measures"] == everything().lists["measures"]


def test_filling_with_two_of_the_same_is_refused() -> None:
    with pytest.raises(Malformed, match="flood appears twice"):
        fill(everything(), threats=(Choice("flood", {"en": "a"}), Choice("flood", {"en": "b"})))


def change(*path: str | int) -> Callable[[Data, object], None]:
    def put(found: Data, value: object) -> None:
        place: Any = found
        for step in path[:-1]:
            place = place[step]
        if value is None:
            place.pop(path[-1], None)
        else:
            place[path[-1]] = value

    return put


A, B1, C2 = ("sections", 0, "questions"), ("sections", 0, "questions", 2), ("sections", 1, "questions", 1)
ONE = {"id": "a", "text": {"en": "A"}}
FAULTS: list[tuple[tuple[str | int, ...], object, str]] = [
    (("title",), None, "questionnaire: lacks title"),
    (("surprise",), 1, "surprise: is not known"),
    (("title",), {}, "title: must be said in one language at least"),
    (("title",), "words", "title: must be an object"),
    (("title", "en"), 3, "title.en: must be a text"),
    (("title", "en"), " \u202e ", "title.en: must be a text"),
    (("title", "e n"), "x", "is not a name of the expected form"),
    (("id",), "no spaces", "is not a name of the expected form"),
    (("version",), True, "must be a whole number from 1 to 10000"),
    (("minutes",), 0, "must be a whole number from 1 to 120"),
    (("languages",), "en", "languages: must be a list"),
    (("languages",), ["en", "en"], "languages: en appears twice"),
    (("sections", 1, "id"), "A", "sections: A appears twice"),
    (("sections", 1, "repeat"), "nothing", "repeats over nothing"),
    ((*B1, "id"), "A2", "questions: A2 appears twice"),
    ((*B1, "kind"), "essay", "is not a kind of question"),
    ((*B1, "kind"), ["scale"], "is not a kind of question"),
    ((*B1, "dont_know"), 1, "must be true or false"),
    ((*B1, "cut"), [4], "must be a lowest and a highest level"),
    ((*B1, "cut"), [4, 6], "needs a cut within its 5 levels"),
    ((*B1, "cut"), [1, 5], "needs a cut within its 5 levels"),
    ((*B1, "choices"), [ONE, {**ONE, "id": "b"}], "B1: en: a appears twice"),
    ((*B1, "choices"), None, "offers no choice"),
    ((*B1, "choices"), [ONE, {"id": "b", "text": {"en": "B"}}, {"id": "c", "text": {"en": "C"}}], "needs a cut"),
    ((*B1, "maximum"), 2, "has a maximum but is not a set"),
    ((*A, 3, "choices_from"), "nothing", "takes its choices from nothing"),
    ((*A, 3, "choices"), [ONE], "has both choices and a list of choices"),
    ((*A, 3, "cut"), [1, 2], "has a cut but no levels"),
    ((*A, 1, "choices"), [ONE], "is a note, which asks nothing"),
    ((*B1, "shuffled"), True, "B1: has an order of its own, which is not shuffled"),
    ((*A, 5, "shuffled"), 1, "must be true or false"),
    ((*A, 5, "choices"), [{**ONE, "last": True}, {"id": "b", "text": {"en": "B"}}], "H3: has a choice below one that"),
    (("lists", "threats"), [{**ONE, "last": True}, {"id": "b", "text": {"en": "B"}}], "lists.threats: has a choice"),
    ((*A, 4, "length"), 1001, "must be a whole number from 1 to 1000"),
    ((*C2, "show_if", "question"), "H2", "depends on no earlier question with choices"),
    ((*C2, "show_if", "question"), "Z", "depends on no earlier question with choices"),
    ((*C2, "show_if", "any_of"), [], "depends on no choice"),
    ((*C2, "show_if", "any_of"), ["7"], "depends on a choice that C1 does not offer"),
    (("lists", "threats"), [ONE, ONE], "lists.threats: a appears twice"),
    (("lists", "threats"), [{"id": f"t{n}", "text": {"en": f"t{n}"}} for n in range(201)], "more than 200 choices"),
    (("voice",), "B1", "must be a single-choice question asked once"),
    (("voice",), "C1", "must be a single-choice question asked once"),
    (("voice",), "Z", "must be a single-choice question asked once"),
]


@pytest.mark.parametrize(("path", "value", "said"), FAULTS)
def test_data_that_do_not_hold_together_are_refused_with_the_reason(
    path: tuple[str | int, ...], value: object, said: str
) -> None:
    broken = data()
    change(*path)(broken, value)

    with pytest.raises(Malformed) as refused:
        read(broken)

    assert said in str(refused.value)


def test_a_condition_may_not_reach_into_another_repeated_section() -> None:
    broken = data()
    later = {
        "id": "D1",
        "kind": "scale",
        "text": {"en": "d"},
        "choices": data()["sections"][0]["questions"][2]["choices"],
    }
    later["show_if"] = {"question": "C1", "any_of": ["4"]}
    broken["sections"].append({"id": "D", "title": {"en": "d"}, "questions": [later]})

    with pytest.raises(Malformed, match="repeated in another section"):
        read(broken)


def test_a_condition_on_a_list_not_filled_yet_waits_for_it() -> None:
    empty = data()
    empty["lists"]["measures"] = []
    empty["sections"][0]["questions"][4]["show_if"] = {"question": "H1", "any_of": ["bell"]}

    assert read(empty).blanks == ("measures",)


def test_whatever_is_not_an_object_is_refused() -> None:
    with pytest.raises(Malformed, match="questionnaire: must be an object"):
        read(["title"])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([path for path, _, _ in FAULTS]), json_values)
def test_any_data_are_read_or_refused_in_words(path: tuple[str | int, ...], value: object) -> None:
    strange = data()
    change(*path)(strange, value)

    with suppress(Malformed):
        assert read(write(read(strange))) == read(strange)


def test_a_scale_of_another_size_says_its_cut() -> None:
    asked = asking(question("S1", offered=STEPS[:3], cut=(1, 2)))

    assert read(write(asked)) == asked
