"""Numbers that were counted: all are there, once, and no page is so small that its address tells whose it was."""

import pytest

from surveys.phrases.witnesses import CROWD, numbers


def drawn(many: int) -> list[str]:
    """Return numbers spread evenly, as those of cards are."""
    return [f"{one * 1_000_000 // many:06}" for one in range(many)]


@pytest.mark.parametrize(("many", "pages"), [(601, 1), (9_999, 1), (10_000, 10), (99_999, 10), (100_000, 100)])
def test_every_number_stands_on_one_page_and_each_page_holds_a_crowd(many: int, pages: int) -> None:
    every = drawn(many)

    shown = [numbers(every, start) for start in numbers(every, "").starts or ("",)]

    assert len(shown) == pages
    held = [(begin, one) for page in shown for begin, lists in page.groups for part in lists for one in part]
    assert [one for _, one in held] == every
    assert all(one.startswith(begin) for begin, one in held)
    assert min(sum(len(part) for _, lists in page.groups for part in lists) for page in shown) > CROWD * 0.6 - 100


@pytest.mark.parametrize(("many", "lists"), [(204, 1), (600, 1), (601, 10), (5_000, 10), (100_000, 10)])
def test_a_page_leads_to_ten_groups_each_in_lists_that_can_be_looked_through(many: int, lists: int) -> None:
    groups = numbers(drawn(many), "").groups

    assert len(groups) == 10
    assert len(groups[0][1]) == lists


@pytest.mark.parametrize("asked", ["", "x", "123456", "-1"])
def test_a_page_that_is_none_is_the_first(asked: str) -> None:
    assert numbers(drawn(10_000), asked).start == "0"


def test_a_whole_number_in_the_address_finds_nothing() -> None:
    every = drawn(10_000)

    assert numbers(every, every[5_000]) == numbers(every, "0")
