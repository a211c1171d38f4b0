"""What waits for the circle: every kind of act says what will happen, who is needed in numbers, and until when."""

import re
from collections.abc import Callable, Mapping

import pytest

from commons import clock, quorum
from tests.deliberation.everything import every_act, put_all
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Page, Visitor, said

__all__ = ["river", "sits", "time"]
TAGS = ("en", "fr", "es")
Sits = Callable[..., Visitor]


@pytest.fixture
def waiting(river: Gathering, time: clock.Clock) -> Mapping[str, str]:
    return put_all(river, every_act(river, time))


def told(page: Page) -> dict[str, str]:
    """What the page of what waits says of each act, by its address."""
    articles = page.all("article", class_="panel")
    return {next(one.iter("a")).get("href", "").rsplit("/", 1)[-1]: said(one) for one in articles}


def test_the_table_of_the_test_names_every_act(waiting: Mapping[str, str]) -> None:
    declared = {name for name in quorum.kinds() if name.startswith(("surveys.", "deliberation."))}

    assert set(waiting) == declared


def test_every_act_is_told_in_each_language(river: Gathering, waiting: Mapping[str, str], sits: Sits) -> None:
    pages = {tag: told(sits(river, tag=tag).visit(f"/{tag}/river/circle/")) for tag in TAGS}

    for kind, act_id in waiting.items():
        words = [pages[tag][act_id] for tag in TAGS]
        assert len(set(words)) == len(TAGS), kind
    assert "%(" not in str(pages)


def test_every_act_says_how_many_it_takes_and_what_happens(
    river: Gathering, waiting: Mapping[str, str], sits: Sits
) -> None:
    page = sits(river).visit("/en/river/circle/")

    for act_id, words in told(page).items():
        act = quorum.act(river.assembly, act_id)
        assert act is not None
        days = quorum.kinds()[act.kind].delay_days
        assert f"It takes {act.needed} of you" in words, act.kind
        assert bool(days) == ("Then members read it on their home page" in words), act.kind
        assert "until April 3, 2026" in words, act.kind
    assert all(article.findall(".//dd") for article in page.all("article", class_="panel"))


def test_no_page_says_who_signed(river: Gathering, waiting: Mapping[str, str], sits: Sits) -> None:
    act_id = waiting["deliberation.delete"]
    for keys in river.keys[1:3]:
        quorum.approve(river.assembly, act_id, keys)

    page = sits(river).visit("/en/river/circle/")
    whole = sits(river).visit(f"/en/river/circle/acts/{act_id}")

    assert "2 of 4 needed" in told(page)[act_id]
    for shown in (told(page)[act_id], whole.text):
        assert not re.search(r"\b(?:place|slot) [23]\b", shown)


def test_what_a_verdict_could_betray_is_told_where_it_waits(
    river: Gathering, waiting: Mapping[str, str], sits: Sits
) -> None:
    words = told(sits(river).visit("/en/river/circle/"))

    for kind in ("surveys.open", "surveys.sitting", "surveys.count"):
        assert re.search(r"Checked for every number of ballots from \d+ to \d+", words[waiting[kind]]), kind


def test_every_act_says_what_is_kept_of_it_and_who_reads_that(
    river: Gathering, waiting: Mapping[str, str], sits: Sits
) -> None:
    visitor = sits(river)

    for kind, act_id in waiting.items():
        page, declared = visitor.visit(f"/en/river/circle/acts/{act_id}"), quorum.kinds()[kind]
        (words,) = [said(one) for one in page.all("details", id="kept")]
        gone = kind == "deliberation.delete"
        assert ("Never which places." in words, "Nothing of this act" in words) == (not gone, gone), kind
        assert ("On the members’ home page" in words) == bool(declared.delay_days and not gone), kind


@pytest.mark.parametrize("tag", TAGS)
def test_every_act_has_its_page_in_each_language(
    river: Gathering, waiting: Mapping[str, str], sits: Sits, tag: str
) -> None:
    visitor = sits(river, tag=tag)

    for kind, act_id in waiting.items():
        page = visitor.visit(f"/{tag}/river/circle/acts/{act_id}")
        assert page.all("form", id="sign"), kind
        assert len(page.all("dd")) > 1, kind
