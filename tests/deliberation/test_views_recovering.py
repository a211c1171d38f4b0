"""The pages of a paper: a new passphrase for whoever has the recovery words; a second one, which nobody sees chosen."""

from collections.abc import Callable

import pytest
from flask import Flask

from commons import log
from deliberation.actions import circle, founding, places
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import LAST, PASSPHRASE, river, sits, time
from tests.deliberation.test_circle import charter
from tests.visitor import Page, Visitor, said

__all__ = ["river", "sits", "time"]

SECRETS = tuple(bytes([number]) * places.SECRET for number in range(1, 4))
SECOND = "lamo feru dina sobe tapi"


@pytest.fixture
def member(app: Flask) -> Visitor:
    circle._tries._buckets.clear()
    made = [places.place(PASSPHRASE.format(last), one) for last, one in zip(LAST, SECRETS, strict=False)]
    return Visitor(app).reads(founding.found(charter(k=2), made))


def recovered(member: Visitor, words: str) -> Page:
    door = member.visit("/en/river/circle/sign-in")
    assert "/en/river/circle/recover" in door.links()
    return member.submit(member.visit("/en/river/circle/recover"), "again", slot="1", words=words)


def test_whoever_has_the_recovery_words_takes_a_new_passphrase_and_sits_down(member: Visitor) -> None:
    page = recovered(member, places.recovery_words(SECRETS[0]))
    (passphrase,) = (said(one) for one in page.all("p", class_="digits"))
    seat = member.submit(member.visit("/en/river/circle/sign-in"), "sit", slot="1", passphrase=passphrase)

    assert seat.path == "/en/river/circle/"
    assert "left=1" in page.response.headers["Set-Cookie"]
    assert "A facilitator took a new passphrase" in member.visit("/en/river/log").text


def test_wrong_words_get_a_kind_sentence_and_lose_nothing(member: Visitor) -> None:
    words = places.recovery_words(SECRETS[1])

    page = recovered(member, words)
    *_, late = (recovered(member, "one two three") for _ in range(5))
    empty = member.submit(page, "again", slot="", words="")

    assert "Nothing was changed. Read each word again" in page.text
    assert words in page.text
    assert "Wait a minute" in late.text
    assert "Type the twenty recovery words" in empty.text


def test_a_second_passphrase_is_chosen_and_the_page_says_the_same_without_one(
    river: Gathering, sits: Callable[..., Visitor]
) -> None:
    visitor, first = sits(river), PASSPHRASE.format(LAST[0])
    asked = visitor.visit("/en/river/circle/members/second")
    before = log.head(river.assembly)

    chosen = visitor.submit(asked, "second", passphrase=first, second=SECOND)
    none = visitor.submit(asked, "second", passphrase=first, second="")

    assert chosen.response.data == none.response.data
    assert "It is done." in none.text
    assert log.head(river.assembly) == before


@pytest.mark.parametrize(
    ("typed", "second", "sentence"),
    [
        ("wrong words altogether here", SECOND, "do not go together"),
        (PASSPHRASE.format(LAST[0]), "short", "is too short"),
        (PASSPHRASE.format(LAST[0]), PASSPHRASE.format(LAST[0]), "is the same as the first"),
        ("", "", "Type your passphrase"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(
    river: Gathering, sits: Callable[..., Visitor], typed: str, second: str, sentence: str
) -> None:
    visitor = sits(river)

    page = visitor.submit(visitor.visit("/en/river/circle/members/second"), "second", passphrase=typed, second=second)

    assert sentence in page.text


def test_too_many_tries_are_told(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/members/second")

    for _ in range(6):
        page = visitor.submit(page, "second", passphrase="wrong words altogether here")

    assert "Wait a minute" in page.text


def test_the_second_passphrase_gets_the_reply_of_a_wrong_one_and_locks(
    app: Flask, river: Gathering, sits: Callable[..., Visitor]
) -> None:
    visitor = sits(river)
    visitor.submit(
        visitor.visit("/en/river/circle/members/second"), "second", passphrase=PASSPHRASE.format(LAST[0]), second=SECOND
    )
    door = Visitor(app).reads(river.assembly)
    page = door.visit("/en/river/circle/sign-in")

    wrong = door.submit(page, "sit", slot="1", passphrase="nothing of the kind at all")
    locking = door.submit(page, "sit", slot="1", passphrase=SECOND)

    assert (wrong.status, wrong.response.data) == (locking.status, locking.response.data)
    assert dict(wrong.response.headers) == dict(locking.response.headers)
    assert circle.locked(river.assembly)


def test_a_newcomers_paper_holds_words_to_recover_with(river: Gathering, sits: Callable[..., Visitor]) -> None:
    visitor = sits(river)

    page = visitor.submit(visitor.visit("/en/river/circle/members"), "stand")

    assert [len(said(one).split()) for one in page.all("p", class_="digits")] == [6, 20]
