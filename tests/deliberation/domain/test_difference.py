"""Two texts read side by side lose no word of either."""

from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.difference import Change, Run, difference

words = st.lists(st.sampled_from(["we", "walk", "together", "at", "night", "never", "alone"]), max_size=20).map(
    " ".join
)


def test_what_was_taken_out_stands_before_what_was_put_in() -> None:
    assert difference("we walk at night", "we walk together at night, never alone") == (
        Run(Change.SAME, "we walk"),
        Run(Change.PUT_IN, "together"),
        Run(Change.SAME, "at"),
        Run(Change.TAKEN_OUT, "night"),
        Run(Change.PUT_IN, "night, never alone"),
    )


@given(before=words, after=words)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    runs = difference(before, after)

    assert " ".join(run.text for run in runs if run.change is not Change.PUT_IN) == before
    assert " ".join(run.text for run in runs if run.change is not Change.TAKEN_OUT) == after
    assert all(run.change is Change.SAME for run in runs) == (before == after)
