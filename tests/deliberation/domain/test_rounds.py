"""A proposal only becomes a decision through a closed round and the assembly's ratification."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain import rounds
from deliberation.domain.rounds import DECIDED, LIVING, Impossible, Stage, Way, stable
from deliberation.domain.rules import Outcome, Reason, Verdict

ADOPTED = Verdict(Outcome.ADOPTED, Reason.AGREED)
RETURNED = Verdict(Outcome.RETURNED, Reason.BLOCKED)
ANY = [
    Verdict(Outcome.ADOPTED, Reason.AGREED),
    Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED),
    Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED),
    Verdict(Outcome.RETURNED, Reason.BLOCKED),
    Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT),
]


def in_round(times: int = 1, verdict: Verdict = RETURNED) -> Way:
    """A proposal in its `times`-th round."""
    way = rounds.talk(rounds.explain(Way()), Stage.AMENDMENT)
    for _ in range(times - 1):
        way = rounds.go_on(rounds.close_round(rounds.begin_round(way), verdict))
    return rounds.begin_round(way)


def test_a_proposal_is_explained_talked_over_decided_ratified_and_reviewed() -> None:
    way = rounds.explain(Way())
    way = rounds.talk(way, Stage.CAUCUS)
    way = rounds.talk(way, Stage.AMENDMENT)
    way = rounds.close_round(rounds.begin_round(way), ADOPTED)
    way = rounds.take_effect(rounds.ratify(way))
    way = rounds.review(rounds.fall_due(way), Stage.CONFIRMED)

    assert (way.stage, way.rounds, way.verdict) == (Stage.CONFIRMED, 1, ADOPTED)


@pytest.mark.parametrize("verdict", ANY)
def test_ratification_gives_what_the_verdict_says_and_nothing_else(verdict: Verdict) -> None:
    way = rounds.ratify(rounds.close_round(in_round(), verdict))

    assert way.stage.value == verdict.outcome.value


@pytest.mark.parametrize("stage", list(Stage))
def test_nothing_is_ratified_without_a_closed_round(stage: Stage) -> None:
    closed = Way(stage=Stage.RATIFICATION, rounds=1, verdict=ADOPTED)
    ways = [Way(stage, held, verdict) for held in (0, 1) for verdict in (None, ADOPTED)]

    for way in ways:
        if way != closed:
            with pytest.raises(Impossible, match="no_closed_round"):
                rounds.ratify(way)


def test_a_first_round_needs_amendments_unless_the_path_is_short() -> None:
    with pytest.raises(Impossible, match="not_amended_yet"):
        rounds.begin_round(rounds.explain(Way()))

    assert rounds.begin_round(rounds.explain(Way(), short=True)).stage is Stage.ROUND


def test_the_short_path_has_one_round_and_then_becomes_the_long_one() -> None:
    way = rounds.close_round(rounds.begin_round(rounds.explain(Way(), short=True)), RETURNED)

    again = rounds.begin_round(rounds.go_on(way))

    assert (again.stage, again.short, again.rounds) == (Stage.ROUND, False, 1)


def test_a_short_path_ratified_is_reviewed_within_thirty_days() -> None:
    ratified, asked = date(2026, 3, 1), date(2026, 9, 1)

    assert rounds.review_limit(Way(short=True), ratified, asked) == date(2026, 3, 31)
    assert rounds.review_limit(Way(), ratified, asked) == asked


def test_there_are_at_most_three_rounds() -> None:
    way = rounds.close_round(in_round(3), RETURNED)

    with pytest.raises(Impossible, match="no_round_left"):
        rounds.go_on(way)
    returned = rounds.talk(rounds.ratify(way), Stage.AMENDMENT)
    with pytest.raises(Impossible, match="no_round_left"):
        rounds.begin_round(returned)


def test_going_on_forgets_the_verdict_it_did_not_ratify() -> None:
    way = rounds.go_on(rounds.close_round(in_round(), ADOPTED))

    assert way.verdict is None


def test_only_a_closed_round_can_be_gone_on_from() -> None:
    with pytest.raises(Impossible, match="no_round_left"):
        rounds.go_on(rounds.explain(Way()))


def test_a_burnt_round_goes_back_and_does_not_count() -> None:
    way = rounds.close_round(in_round(), None)

    assert (way.stage, way.rounds) == (Stage.AMENDMENT, 0)


@pytest.mark.parametrize("stage", [Stage.ADOPTED, Stage.ROUND, Stage.IN_FORCE])
def test_talking_leads_to_no_decision(stage: Stage) -> None:
    with pytest.raises(Impossible, match="not_a_talk"):
        rounds.talk(rounds.explain(Way()), stage)


def test_a_closed_round_is_taken_up_again_by_going_on_only() -> None:
    with pytest.raises(Impossible, match="not_a_talk"):
        rounds.talk(rounds.close_round(in_round(), ADOPTED), Stage.AMENDMENT)


def test_nothing_is_reviewed_before_it_is_due() -> None:
    way = rounds.take_effect(rounds.ratify(rounds.close_round(in_round(), ADOPTED)))

    with pytest.raises(Impossible, match="not_due"):
        rounds.review(way, Stage.WITHDRAWN)


def test_what_is_in_force_is_withdrawn_by_a_review_only() -> None:
    way = rounds.take_effect(rounds.ratify(rounds.close_round(in_round(), ADOPTED)))

    with pytest.raises(Impossible, match="in_force"):
        rounds.withdraw(way)
    assert rounds.withdraw(Way()).stage is Stage.WITHDRAWN


MOVES = [
    rounds.explain,
    lambda way: rounds.explain(way, short=True),
    *(lambda way, stage=stage: rounds.talk(way, stage) for stage in Stage),
    rounds.begin_round,
    *(lambda way, verdict=verdict: rounds.close_round(way, verdict) for verdict in [*ANY, None]),
    rounds.go_on,
    rounds.ratify,
    rounds.take_effect,
    rounds.fall_due,
    *(lambda way, stage=stage: rounds.review(way, stage) for stage in Stage),
    rounds.withdraw,
]


@given(st.lists(st.integers(0, len(MOVES) - 1), max_size=60))
def test_no_path_leads_to_a_decision_without_a_closed_round_and_ratification(chosen: list[int]) -> None:
    way, names = Way(), list[str]()
    for number in chosen:
        try:
            way = MOVES[number](way)
        except Impossible:
            continue
        names.append(way.stage.value)

    decided = [at for at, name in enumerate(names) if name in {stage.value for stage in DECIDED}]
    assert all("ratification" in names[:at] and "round" in names[:at] for at in decided)
    assert way.stage not in LIVING or decided
    assert way.rounds <= rounds.MOST_ROUNDS


def test_a_round_is_stable_with_the_same_verdict_and_no_band_moved_by_two() -> None:
    before, after = {"S1.P1": "some", "S1.P2": "few"}, {"S1.P1": "most", "S1.P2": "few"}

    assert stable(before, after, verdicts=(ADOPTED, ADOPTED))
    assert not stable(before, after, verdicts=(RETURNED, ADOPTED))
    assert not stable(before, {"S1.P1": "some", "S1.P2": "most"}, verdicts=(ADOPTED, ADOPTED))
    assert not stable(before, {"S1.P1": "some"}, verdicts=(ADOPTED, ADOPTED))


def test_what_is_withheld_is_not_called_stable() -> None:
    withheld = {"S1.P1": "withheld"}

    assert not stable(withheld, withheld, verdicts=(ADOPTED, ADOPTED))


def test_a_round_begins_when_its_box_is_opened_and_ends_when_it_is_counted() -> None:
    way = rounds.talk(rounds.explain(Way()), Stage.AMENDMENT)

    assert rounds.follow(way, "", None) == rounds.follow(way, "draft", None) == way
    assert rounds.follow(way, "open", None).stage is Stage.ROUND
    assert rounds.follow(way, "counted", ADOPTED) == Way(Stage.RATIFICATION, 1, ADOPTED)
    assert rounds.follow(way, "burnt", None) == Way(Stage.AMENDMENT)


def test_what_waits_for_ratification_no_longer_follows_its_box() -> None:
    way = rounds.close_round(in_round(), ADOPTED)

    assert rounds.follow(way, "counted", RETURNED) == way


def test_a_short_path_has_no_second_round() -> None:
    with pytest.raises(Impossible, match="no_round_left"):
        rounds.begin_round(Way(stage=Stage.AMENDMENT, rounds=1, short=True))


def review(stage: Stage) -> Callable[[Way], Way]:
    return lambda way: rounds.review(way, stage)


REFUSED: dict[str, tuple[Callable[[Way], Way], Way]] = {
    "not_a_talk": (lambda way: rounds.talk(way, Stage.ADOPTED), Way()),
    "no_round_left": (rounds.begin_round, Way(Stage.AMENDMENT, 3)),
    "not_amended_yet": (rounds.begin_round, Way(Stage.UNDERSTANDING)),
    "no_closed_round": (rounds.ratify, Way()),
    "not_due": (review(Stage.CONFIRMED), Way()),
    "in_force": (rounds.withdraw, Way(Stage.IN_FORCE)),
    "no_such_move": (rounds.take_effect, Way()),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_impossible_says_why_by_its_code(code: str) -> None:
    move, way = REFUSED[code]

    with pytest.raises(Impossible) as refused:
        move(way)

    assert (refused.value.code, str(refused.value)) == (code, code)


def test_no_going_on_after_three_rounds_says_so() -> None:
    with pytest.raises(Impossible) as refused:
        rounds.go_on(Way(Stage.RATIFICATION, 3, ADOPTED))

    assert refused.value.code == "no_round_left"


@pytest.mark.parametrize("verdict", [None, *ANY])
def test_a_way_is_read_from_its_words(verdict: Verdict | None) -> None:
    words = ("", "") if verdict is None else (verdict.outcome.value, verdict.reason.value)

    assert rounds.read_way("ratification", 2, words, short=True) == Way(Stage.RATIFICATION, 2, verdict, short=True)


def test_of_a_release_each_proposal_has_its_own_verdict_and_what_was_raised() -> None:
    closed: Mapping[str, object] = {
        "outcome": {"P1": "returned", "P2": "adopted"},
        "reason": {"P1": "harmful", "P2": "agreed"},
        "block": {"P1": True, "P2": False},
        "reasons": {"P1": ["tired"]},
    }

    assert rounds.verdict_in(closed, "P2") == ADOPTED
    assert rounds.raised_in(closed, "P1") == ["tired", rounds.BLOCK, rounds.HARM]
    assert rounds.raised_in(closed, "P2") == []
    assert (rounds.verdict_in(closed, "P3"), rounds.raised_in(closed, "P3")) == (None, [])
    assert (rounds.verdict_in({}, "P1"), rounds.raised_in({}, "P1")) == (None, [])
    assert rounds.verdict_in({"outcome": {"P1": "adopted"}}, "P1") is None
