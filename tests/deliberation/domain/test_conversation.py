"""What to take up first of many statements: a part for each group that holds together, nothing anybody refuses."""

from collections.abc import Mapping, Sequence

from deliberation.domain.priorities import judge_conversation
from surveys.domain.questionnaire import Kind, Question, Section
from tests.deliberation.domain.opened import Given, box, choices, questionnaire, scale

RULE = {
    "id": "vote",
    "quorum": {"at_least": "1/2"},
    "base": "answered",
    "agreeing": [1, 2],
    "agreement": {"more_than": "1/2"},
    "noted": {"more_than": "0"},
}
TERMS: Mapping[str, object] = {"infiltrators": 2, "places": 2, "declared": 30, "rule": RULE}
VOICE = Section("voice", {}, (Question("A2", Kind.SINGLE, {}, choices_from="voices"),))
STANCES = Section("proposals", {}, (scale("S1", 6),), repeat="proposals")
YES, RESERVED, DISCUSS, NO = 1, 2, 4, 5


def judged(people: Sequence[Given], **terms: object) -> Mapping[str, object]:
    lists = {"voices": choices("river", "hill"), "proposals": choices("a", "b", "c")}
    asked = questionnaire([VOICE, STANCES], "A2", **lists)
    return judge_conversation(asked, {**TERMS, **terms}, *box(asked, people))


def weighs(voice: int = 0, **stances: int) -> Given:
    return {"A2": voice} | {f"S1.{statement}": stance for statement, stance in stances.items()}


def reasons(told: Mapping[str, object]) -> object:
    return told["measure_reason"]


def test_a_minority_that_holds_together_gets_its_part() -> None:
    many = [weighs(a=YES, b=YES, c=DISCUSS)] * 12
    few = [weighs(a=DISCUSS, b=DISCUSS, c=RESERVED)] * 8

    told = judged([*many, *few])

    assert told["chosen"] == ["c"]
    assert told["tied"] == ["a", "b"]
    assert told["proportional"] is True
    assert reasons(told) == {"a": "tied", "b": "tied", "c": "part_of_a_minority"}
    assert told["outcome"] == {"a": "adopted", "b": "adopted", "c": "no_agreement"}


def test_statements_as_wanted_as_each_other_are_told_apart_by_how_much_they_are_wanted() -> None:
    many = [weighs(a=RESERVED, b=YES, c=DISCUSS)] * 12
    few = [weighs(a=DISCUSS, b=DISCUSS, c=RESERVED)] * 8

    told = judged([*many, *few])

    assert (told["chosen"], told["tied"]) == (["b", "c"], [])


def test_a_statement_that_one_voice_refuses_is_not_chosen() -> None:
    river = [weighs(1, a=YES, b=YES)] * 20
    hill = [weighs(2, a=NO, b=YES)] * 8

    apart, together = judged([*river, *hill]), judged([*river, *hill], priority="whole")

    assert (apart["chosen"], reasons(apart)) == (["b"], {"a": "harms_a_voice", "b": "wanted_by_many", "c": "too_few"})
    assert together["chosen"] == ["a", "b"]


def test_a_voice_of_fewer_than_k_refuses_nothing_alone() -> None:
    told = judged([*[weighs(1, a=YES)] * 20, *[weighs(2, a=NO)] * 6])

    assert told["chosen"] == ["a"]


def test_a_statement_that_everybody_refuses_says_so() -> None:
    told = judged([*[weighs(a=NO, b=YES)] * 9, weighs(a=YES)])

    assert told["chosen"] == ["b"]
    assert reasons(told) == {"a": "harms_many", "b": "wanted_by_many", "c": "too_few"}


def test_a_refusal_that_one_more_in_support_would_undo_bars_nothing() -> None:
    told = judged([weighs(a=NO, b=YES)] * 16 + [weighs(a=YES)] * 4)

    assert (told["chosen"], told["state"]) == (["a", "b"], {"a": "maybe_refused", "b": "agreed", "c": "few"})


def test_a_statement_that_fewer_than_k_weighed_is_not_chosen() -> None:
    told = judged([*[weighs(a=YES, c=YES)] * 6, *[weighs(a=YES)] * 6])

    assert told["chosen"] == ["a"]
    assert reasons(told) == {"a": "wanted_by_many", "b": "too_few", "c": "too_few"}


def test_nothing_is_chosen_when_fewer_than_k_support_anything() -> None:
    told = judged([*[weighs(a=YES, b=YES)] * 6, *[weighs(a=DISCUSS, b=DISCUSS)] * 9])

    assert (told["chosen"], told["tied"]) == ([], [])
    assert reasons(told) == {"a": "too_few", "b": "too_few", "c": "too_few"}


def test_seven_who_weighed_a_statement_are_enough() -> None:
    told = judged([weighs(a=YES)] * 7)

    assert told["chosen"] == ["a"]
    assert reasons(told) == {"a": "wanted_by_many", "b": "too_few", "c": "too_few"}


def test_a_statement_that_more_support_than_refuse_can_be_chosen() -> None:
    told = judged([weighs(a=YES)] * 6 + [weighs(a=RESERVED)] * 6 + [weighs(a=NO)] * 8)

    assert told["chosen"] == ["a"]
    assert told["state"] == {"a": "divided", "b": "few", "c": "few"}


def test_five_statements_are_chosen_where_nobody_said_how_many() -> None:
    lists = {"voices": choices("river", "hill"), "proposals": choices(*"abcdefg")}
    asked = questionnaire([VOICE, STANCES], "A2", **lists)
    people = [weighs(**dict.fromkeys("abcdefg"[:wanted], YES)) for wanted in range(1, 8) for _ in range(3)]

    told = judge_conversation(asked, {key: TERMS[key] for key in TERMS if key != "places"}, *box(asked, people))

    assert told["chosen"] == ["a", "b", "c", "d", "e"]
