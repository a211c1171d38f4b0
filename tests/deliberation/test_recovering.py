"""What a paper is good for: its recovery words give a new passphrase, and its holder may choose one that locks."""

import pytest
from flask import Flask
from nacl import pwhash
from sqlalchemy import select

from commons import access, log, quorum
from commons.assembly import Assembly
from commons.db import Base, session
from commons.security import passphrase_matches
from deliberation.actions import circle, founding, places, recovering
from deliberation.models import Facilitator
from tests.deliberation.test_circle import PASSPHRASES, charter

SECRETS = tuple(bytes([number]) * places.SECRET for number in range(1, 4))
SECOND = "lamo feru dina sobe tapi"


@pytest.fixture
def place(either: Flask) -> Assembly:
    circle._tries._buckets.clear()
    pairs = zip(PASSPHRASES, SECRETS, strict=False)
    return founding.found(charter(k=2), [places.place(said, secret) for said, secret in pairs])


def row(place: Assembly, slot: int = 1) -> Facilitator:
    found = session.get(Facilitator, (place.id, slot), populate_existing=True)
    assert found is not None
    return found


def kept(place: Assembly) -> list[tuple[object, ...]]:
    """Everything the database holds of the circle, its sittings and its log."""
    tables = [Base.metadata.tables[name] for name in ("facilitator", "session", "log", "act", "approval")]
    rows = [(table.name, *found) for table in tables for found in session.execute(select(table))]
    return sorted(rows, key=repr)


def test_recovery_words_give_a_new_passphrase_and_the_same_keys(place: Assembly) -> None:
    before = circle.unlock(place, 1, PASSPHRASES[0])
    access.sit_down(place, 1)
    access.sit_down(place, 2)

    passphrase = recovering.recover(place, 1, places.recovery_words(SECRETS[0]))

    assert circle.unlock(place, 1, passphrase) == before
    with pytest.raises(circle.SignInRefused):
        circle.unlock(place, 1, PASSPHRASES[0])
    assert session.scalars(select(access.SessionRow.slot)).all() == [2]
    assert [(line.kind, line.payload) for line in log.entries(place)][1:] == [("recovered", {})]


def test_recovery_words_serve_again(place: Assembly) -> None:
    first, second = (recovering.recover(place, 1, places.recovery_words(SECRETS[0])) for _ in range(2))

    assert first != second
    assert circle.unlock(place, 1, second).slot == 1


def other_place(words: str) -> str:
    return places.recovery_words(SECRETS[1])


def swapped(words: str) -> str:
    first, second, *rest = words.split()
    return " ".join([second, first, *rest])


def one_changed(words: str) -> str:
    *rest, last = words.split()
    return " ".join([*rest, "academic" if last != "academic" else "acid"])


def one_missing(words: str) -> str:
    return " ".join(words.split()[1:])


def nothing(words: str) -> str:
    return ""


def another_length(words: str) -> str:
    return places.recovery_words(bytes(32))


@pytest.mark.parametrize("harm", [other_place, swapped, one_changed, one_missing, nothing, another_length])
def test_wrong_words_change_nothing(place: Assembly, harm: object) -> None:
    assert callable(harm)
    before = kept(place)

    with pytest.raises(recovering.WordsRefused):
        recovering.recover(place, 1, harm(places.recovery_words(SECRETS[0])))

    assert kept(place) == before
    assert circle.unlock(place, 1, PASSPHRASES[0]).slot == 1


def test_a_place_that_is_not_there_or_not_admitted_recovers_nothing(place: Assembly) -> None:
    slot = circle.stand(place, places.place(PASSPHRASES[4], bytes(16)))

    for number in (slot, 99):
        with pytest.raises(recovering.WordsRefused):
            recovering.recover(place, number, places.recovery_words(bytes(16)))


def test_tries_are_slowed_as_those_of_a_passphrase_are(place: Assembly) -> None:
    for _ in range(5):
        with pytest.raises(recovering.WordsRefused):
            recovering.recover(place, 1, "abandon " * 20)

    with pytest.raises(circle.TooManyTries):
        recovering.recover(place, 1, places.recovery_words(SECRETS[0]))
    with pytest.raises(circle.TooManyTries):
        circle.sign_in(place, 1, PASSPHRASES[0])


def test_words_are_read_as_people_write_them(place: Assembly) -> None:
    said = places.recovery_words(SECRETS[0])
    shortened = "  ".join(word[:4].upper() for word in said.split())

    assert places.secret_of(f" {shortened}\n") == SECRETS[0]


def test_the_second_passphrase_locks_and_is_refused_like_a_wrong_one(place: Assembly) -> None:
    recovering.choose_second(place, 1, PASSPHRASES[0], SECOND)
    access.sit_down(place, 2)

    with pytest.raises(circle.SignInRefused) as refused:
        circle.sign_in(place, 1, SECOND)
    with pytest.raises(circle.SignInRefused) as wrong:
        circle.sign_in(place, 1, "nothing of the kind at all")

    assert (type(refused.value), refused.value.args) == (type(wrong.value), wrong.value.args)
    assert circle.locked(place)
    assert session.scalars(select(access.SessionRow)).all() == []
    assert log.entries(place)[-1].payload == {}
    circle._tries._buckets.clear()
    act, keys = quorum.propose(place, "deliberation.end", {"slot": 3}), circle.unlock(place, 1, PASSPHRASES[0])
    with pytest.raises(quorum.Refused, match="locked"):
        quorum.approve(place, act, keys)


def test_the_second_passphrase_also_locks_where_one_signs_or_chooses_another(place: Assembly) -> None:
    recovering.choose_second(place, 1, PASSPHRASES[0], SECOND)

    with pytest.raises(circle.SignInRefused):
        recovering.choose_second(place, 1, SECOND, "")

    assert circle.locked(place)
    assert circle.unlock(place, 1, PASSPHRASES[0]).slot == 1


def test_nothing_kept_tells_whether_a_second_passphrase_was_chosen(place: Assembly) -> None:
    before = kept(place)
    recovering.choose_second(place, 1, PASSPHRASES[0], SECOND)
    recovering.choose_second(place, 2, PASSPHRASES[1], "")
    chosen, nobodys, never = (row(place, slot) for slot in (1, 2, 3))

    form = [(len(one.second), one.second.split(b"$")[:4]) for one in (chosen, nobodys, never)]
    assert form[0] == form[1] == form[2]
    assert [passphrase_matches(one.second, SECOND) for one in (chosen, nobodys, never)] == [True, False, False]
    changed = set(kept(place)) - set(before)
    assert sorted(str(one[2]) for one in changed) == [
        "1",
        "2",
    ]  # those who passed through the page, whatever they chose


def test_a_second_passphrase_chosen_at_the_founding_is_kept_alike(place: Assembly) -> None:
    paper = places.new_paper()

    with_one, without = (places.accept(paper.sealed, paper.passphrase, second) for second in (SECOND, ""))

    assert with_one.public_key == without.public_key
    assert {name: len(getattr(with_one, name)) for name in ("passphrase", "second", "seed")} == {
        name: len(getattr(without, name)) for name in ("passphrase", "second", "seed")
    }
    assert len(places.packed(with_one)) == len(places.packed(without))
    assert places.unpacked(places.packed(with_one)) == with_one


def test_a_second_passphrase_survives_a_recovery(place: Assembly) -> None:
    recovering.choose_second(place, 1, PASSPHRASES[0], SECOND)
    before = row(place).second

    recovering.recover(place, 1, places.recovery_words(SECRETS[0]))

    assert row(place).second == before


@pytest.mark.parametrize(("second", "code"), [("too short", "second_too_short"), (PASSPHRASES[0], "second_the_same")])
def test_a_second_passphrase_must_be_as_long_and_another(place: Assembly, second: str, code: str) -> None:
    before = kept(place)

    with pytest.raises(places.PlaceRefused, match=code):
        recovering.choose_second(place, 1, PASSPHRASES[0], second)

    assert kept(place) == before


def test_both_hashes_are_tried_whichever_is_right(place: Assembly, monkeypatch: pytest.MonkeyPatch) -> None:
    recovering.choose_second(place, 1, PASSPHRASES[0], SECOND)
    tried: list[bytes] = []
    real = pwhash.argon2id.verify

    def verify(held: bytes, said: bytes) -> bool:
        tried.append(said)
        return real(held, said)

    monkeypatch.setattr(pwhash.argon2id, "verify", verify)
    assert circle.known(place, 1, PASSPHRASES[0], circle.SIGNING) is not None
    for said in (SECOND, "nothing of the kind at all"):
        assert circle.known(place, 1, said, circle.SIGNING) is None

    assert tried == [said.encode() for said in (PASSPHRASES[0], SECOND, "nothing of the kind at all") for _ in range(2)]
