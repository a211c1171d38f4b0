"""An assembly is founded in one sitting, by people who each type the words of their own paper."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock, log
from commons.assembly import find
from commons.quorum import slots
from deliberation.actions import circle
from deliberation.actions.founding import founding_word
from tests.visitor import Page, Visitor, said

CHARTER = {"title": "Friends of maize", "slug": "maize", "people": "3", "k": "2", "t": "2", "languages": ["en", "es"]}


def agreed(visitor: Visitor, **other: object) -> Page:
    """Fill the charter and come to the first person's turn."""
    page = visitor.visit("/en/found")
    return visitor.submit(page, "charter", **{**CHARTER, "word": founding_word(), **other})


def words(page: Page) -> list[str]:
    """Read a paper: its passphrase, then its recovery words."""
    return [said(one) for one in page.all("p", class_="digits")]


def turns(visitor: Visitor, page: Page, number: int = 3) -> tuple[Page, list[list[str]]]:
    """Let each person have their turn; return the last page and all the papers."""
    papers = []
    for _ in range(number):
        shown = visitor.submit(page, "turn")
        papers.append(words(shown))
        page = visitor.submit(shown, "turn", passphrase=papers[-1][0])
    return page, papers


def test_three_people_found_an_assembly_and_are_told_its_reading_word(visitor: Visitor) -> None:
    done, papers = turns(visitor, agreed(visitor))

    assert [len(said.split()) for paper in papers for said in paper] == [6, 20] * 3
    assert "The assembly is founded" in done.text
    assembly = find("maize")
    assert assembly is not None
    assert (assembly.title, assembly.k, assembly.floor, assembly.languages) == ("Friends of maize", 2, 7, ("en", "es"))
    assert [circle.unlock(assembly, place, paper[0]).slot for place, paper in enumerate(papers, 1)] == [1, 2, 3]


def test_nobody_sees_the_words_of_another(visitor: Visitor) -> None:
    page, seen = agreed(visitor), []
    for _ in range(2):
        shown = visitor.submit(page, "turn")
        page = visitor.submit(shown, "turn", passphrase=words(shown)[0])
        seen += words(shown)
        assert not words(page)
        told = page.response.get_data(as_text=True)
        assert not [one for one in seen if one in told]

    assert len(set(seen)) == 4
    assert "left=1" in page.response.headers["Set-Cookie"]


def test_a_paper_asked_for_again_holds_other_words(visitor: Visitor) -> None:
    page = agreed(visitor)

    first, again = (words(visitor.submit(page, "turn")) for _ in range(2))

    assert not set(first) & set(again)


def test_words_that_differ_from_the_paper_make_no_place(visitor: Visitor) -> None:
    shown = visitor.submit(agreed(visitor), "turn")

    again = visitor.submit(shown, "turn", passphrase="some other words entirely here now")
    went_on = visitor.submit(again, "turn", passphrase=words(shown)[0])

    assert "The words typed differ from those on the paper." in again.text
    assert not words(again)
    assert "A paper for each person: 2 of 3" in went_on.text
    assert find("maize") is None


@pytest.mark.parametrize(
    ("second", "sentence"), [("too short", "too short"), (None, "is the same as the first")], ids=["short", "same"]
)
def test_a_second_passphrase_is_as_long_and_another(visitor: Visitor, second: str | None, sentence: str) -> None:
    shown = visitor.submit(agreed(visitor), "turn")
    first = words(shown)[0]

    again = visitor.submit(shown, "turn", passphrase=first, second=second or first)

    assert sentence in again.text


def test_what_was_made_cannot_be_changed_on_the_way(visitor: Visitor) -> None:
    shown = visitor.submit(agreed(visitor), "turn")
    page = visitor.submit(shown, "turn", passphrase=words(shown)[0])

    again = visitor.submit(page, "turn", made="00" * 200)

    assert "was lost on the way" in again.text
    assert find("maize") is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("word", "kamo tiru sena", "That is not the word printed where this machine was started."),
        ("slug", "Big Maize", "Use small letters, digits and hyphens only."),
        ("title", " ", "It should say nothing to a stranger."),
        ("people", "2", "Three facilitators at least"),
        ("k", "1", "More than half of the facilitators must be needed"),
        ("k", "4", "More than half of the facilitators must be needed"),
        ("timezone", "Nowhere/Here", "That time zone is not known here."),
        ("languages", [], "Choose one language at least."),
    ],
)
def test_a_charter_that_does_not_hold_gets_a_sentence(
    visitor: Visitor, field: str, value: object, sentence: str
) -> None:
    page = agreed(visitor, **{field: value})

    assert sentence in page.text
    assert "show my paper" not in page.text


def test_an_address_that_is_taken_is_refused_before_any_paper(app: Flask, visitor: Visitor) -> None:
    turns(visitor, agreed(visitor))

    again = agreed(visitor)

    assert "That address is taken here." in again.text


def test_a_circle_that_can_no_longer_act_is_founded_again_from_the_same_page(app: Flask, visitor: Visitor) -> None:
    with clock.stopped(datetime(2026, 3, 1, tzinfo=UTC)) as time:
        turns(visitor, agreed(visitor))
        time.move(days=3650)

        done, _ = turns(visitor, agreed(visitor, people="5", k="3"), 5)

        assembly = find("maize")
        assert "The assembly is founded" in done.text
        assert assembly is not None
        assert [line.kind for line in log.entries(assembly)] == ["founded", "founded_again"]
        assert sum(slot.active for slot in slots(assembly)) == 5


def test_the_founding_word_cannot_be_guessed_at_leisure(app: Flask, visitor: Visitor) -> None:
    for _ in range(60):
        agreed(visitor, word="kamo tiru sena")

    page = agreed(visitor)

    assert "That is not the word printed where this machine was started." in page.text
