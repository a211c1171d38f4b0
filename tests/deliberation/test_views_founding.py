"""An assembly is founded in one sitting, by people who each type the words of their own paper."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock, log
from commons.assembly import find
from commons.quorum import slots
from deliberation.actions.founding import founding_word
from tests.visitor import Page, Visitor, said

CHARTER = {"title": "Friends of maize", "slug": "maize", "people": "3", "k": "2", "t": "2", "languages": ["en", "es"]}


def papers(visitor: Visitor, **other: object) -> Page:
    """Fill the charter and come to the papers."""
    page = visitor.visit("/en/found")
    return visitor.submit(page, "charter", **{**CHARTER, "word": founding_word(), **other})


def words(page: Page) -> list[str]:
    """Read the passphrases on the papers."""
    return [said(one) for one in page.all("p", class_="digits")]


def test_three_people_found_an_assembly_and_are_told_its_reading_word(visitor: Visitor) -> None:
    page = papers(visitor)
    phrases = {f"passphrase-{place}": phrase for place, phrase in enumerate(words(page), 1)}

    done = visitor.submit(page, "typing", **phrases)

    assert len(phrases) == 3
    assert "The assembly is founded" in done.text
    assembly = find("maize")
    assert assembly is not None
    assert (assembly.title, assembly.k, assembly.floor, assembly.languages) == ("Friends of maize", 2, 7, ("en", "es"))


def test_words_that_differ_from_the_paper_found_nothing(visitor: Visitor) -> None:
    page = papers(visitor)
    phrases = {f"passphrase-{place}": phrase for place, phrase in enumerate(words(page), 1)}

    again = visitor.submit(page, "typing", **{**phrases, "passphrase-2": "some other words entirely here now"})

    assert "The words typed differ from those on the paper." in again.text
    assert not words(again)
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
    page = papers(visitor, **{field: value})

    assert sentence in page.text
    assert not words(page)


def test_an_address_that_is_taken_is_refused_before_any_paper(app: Flask, visitor: Visitor) -> None:
    page = papers(visitor)
    visitor.submit(page, "typing", **{f"passphrase-{place}": one for place, one in enumerate(words(page), 1)})

    again = papers(visitor)

    assert "That address is taken here." in again.text


def test_a_circle_that_can_no_longer_act_is_founded_again_from_the_same_page(app: Flask, visitor: Visitor) -> None:
    with clock.stopped(datetime(2026, 3, 1, tzinfo=UTC)) as time:
        page = papers(visitor)
        visitor.submit(page, "typing", **{f"passphrase-{place}": one for place, one in enumerate(words(page), 1)})
        time.move(days=3650)

        page = papers(visitor, people="5", k="3")
        done = visitor.submit(
            page, "typing", **{f"passphrase-{place}": one for place, one in enumerate(words(page), 1)}
        )

        assembly = find("maize")
        assert "The assembly is founded" in done.text
        assert assembly is not None
        assert [line.kind for line in log.entries(assembly)] == ["founded", "founded_again"]
        assert sum(slot.active for slot in slots(assembly)) == 5


def test_the_founding_word_cannot_be_guessed_at_leisure(app: Flask, visitor: Visitor) -> None:
    for _ in range(30):
        papers(visitor, word="kamo tiru sena")

    page = papers(visitor)

    assert not words(page)
