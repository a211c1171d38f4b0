"""What a review said, what was won for now, and what changed lately."""

from datetime import date, timedelta

import pytest

from deliberation.domain.lived import LATELY, Change, Outcome, Turn, Won, answered, lately, reopened

TODAY = date(2026, 5, 1)
DAY = timedelta(days=1)


def test_a_review_says_only_what_it_was_asked() -> None:
    assert answered({"ending": "confirmed", "fairer": "yes", "stronger": "", "changed": "both"}) == {
        "changed": "both",
        "fairer": "yes",
    }


def test_a_review_answers_in_closed_words() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        answered({"fairer": "perhaps"})


@pytest.mark.parametrize(("again", "due"), [(TODAY + DAY, False), (TODAY, True), (TODAY - DAY, True), (None, False)])
def test_what_was_won_is_checked_again_on_its_day(again: date | None, *, due: bool) -> None:
    assert Outcome(Won.DELAYED, TODAY - LATELY, again).due(TODAY) is due


def test_changes_of_three_months_come_the_newest_first_and_rises_before_answers() -> None:
    adopted = Change(TODAY, Turn.ADOPTED, "decision-2")
    rose = Change(TODAY, Turn.ROSE, "T12")
    first = Change(TODAY - LATELY, Turn.ADOPTED, "decision-1")
    older, ahead = Change(TODAY - LATELY - DAY, Turn.WON, "decision-1"), Change(TODAY + DAY, Turn.WON, "decision-1")

    assert lately([first, older, adopted, ahead, rose], TODAY) == (rose, adopted, first)


@pytest.mark.parametrize(("seen", "expected"), [(TODAY - DAY, True), (TODAY, False), (TODAY + DAY, False)])
def test_what_rose_since_we_last_looked_opens_it_again(seen: date, *, expected: bool) -> None:
    assert reopened({"T12", "T04"}, seen, {"T12": TODAY}) is expected
    assert not reopened({"T04"}, seen, {"T12": TODAY})
