"""Two copies of a database, every value in it, every transaction: nothing joins a person, or a card, with a ballot."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from commons import db
from tests.attacks.careless import Careless
from tests.attacks.stage import Stage

VOTERS, SHORTEST = 60, 6
FORMS = (8, 12)
"""How long six bytes are in base 64, and in hexadecimal."""
BOX = {"ballot"}
SHARED = {"assembly", "survey"}
"""Columns that are the same in every row of a box: they say which box it is, and nothing of whose a row is."""

Rows = Mapping[str, list[tuple[object, ...]]]


def rows(stage: Stage, tables: Iterable[str] = ()) -> Rows:
    """Every row of every table (or of these), as the database holds them; what names a box is left out of it."""
    with stage.app.app_context():
        wanted = tables or set(db.Base.metadata.tables)
        columns = {one: [c.name for c in db.Base.metadata.tables[one].c] for one in wanted}
        found = {
            one: [tuple(row) for row in db.session.execute(text(f"SELECT {', '.join(names)} FROM {one}"))]  # noqa: S608 - our own names
            for one, names in columns.items()
        }
        db.session.remove()
    return found


def values(held: Rows) -> Iterator[bytes]:
    """Every value of the rows as bytes: numbers, days and lists are too short or too common to join anything."""
    for table in held.values():
        for row in table:
            yield from (bytes(one) for one in row if isinstance(one, bytes | memoryview))
            yield from (one.encode() for text in row if isinstance(text, str) for one in _parts(text))


def _parts(said: str) -> Iterator[str]:
    """A text, or every text inside a JSON document."""
    try:
        found = json.loads(said)
    except ValueError:
        yield said
        return
    yield from _texts(found)


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    for one in inside:
        yield from _texts(one)


def marks(value: bytes) -> Iterator[bytes]:
    """The first six bytes of a value in every form it may be written in: plain, hashed, hexadecimal, base 64."""
    yield from (value[:size] for size in FORMS if len(value) >= size)
    for plain in (value, sha256(value).digest()):
        start = plain[:SHORTEST]
        yield from (start, start.hex().encode(), b64encode(start), urlsafe_b64encode(start))


def joined(box: Iterable[bytes], rest: Iterable[bytes]) -> set[bytes]:
    """The attack: whatever a value of the box shares with a value outside it, six bytes of it or more."""
    here, there = ({mark for value in side if len(value) >= SHORTEST for mark in marks(value)} for side in (box, rest))
    return here & there


def test_no_value_of_a_ballot_is_found_anywhere_else(both: Stage) -> None:
    survey = both.open()
    both.facilitator()
    both.answer(survey, [{"X1": str(n % 3 + 1), "X2": str(n % 5 + 1)} for n in range(VOTERS)], hurried=True)
    held = rows(both)

    box = [bytes(one) for row in rows(both, BOX)["ballot"] for one in row[2:] if isinstance(one, bytes | memoryview)]
    rest = list(values({table: found for table, found in held.items() if table not in BOX}))
    codes = [form.encode() for card in both.cards for form in (card.code, card.code.replace(" ", ""), *card.witnesses)]

    assert len(box) == 3 * VOTERS
    assert len(held["credential"]) == VOTERS
    assert held["session"]
    assert joined(box, rest) == set()
    assert joined([*box, *rest], codes) == set()


def test_a_house_with_receipts_is_joined_row_by_row(tmp_path: Path) -> None:
    twin = Careless(tmp_path, [str(n) for n in range(VOTERS)])
    for n in range(VOTERS):
        twin.client.post("/answer", data={"card": str(n), "answer": "yes"})

    box = [bytes(one) for (one,) in twin.database.execute("SELECT receipt FROM ballot")]
    roster = [one.encode() for (one,) in twin.database.execute("SELECT receipt FROM roster")]

    assert len(joined(box, roster)) >= VOTERS


def test_two_copies_differ_by_ballots_and_tell_only_how_many(both: Stage) -> None:
    survey = both.open()
    both.answer(survey, [{"X2": "1"}] * 3, hurried=True)
    before = rows(both)

    both.answer(survey, [{"X2": "5", "X3": ["1", "2"]}, {}, {"X1": "3"}, {"X3": "5"}], first=3, hurried=True)
    after = rows(both)

    gone = {table: set(map(repr, before[table])) - set(map(repr, after[table])) for table in before}
    come = {table: set(map(repr, after[table])) - set(map(repr, before[table])) for table in after}
    assert {table for table in gone if gone[table]} == set()
    assert {table: len(found) for table, found in come.items() if found} == {"ballot": 4}
    sizes = {tuple(len(part) for part in row if isinstance(part, bytes | memoryview)) for row in after["ballot"]}
    assert len(sizes) == 1


def test_two_copies_of_a_house_with_a_roster_tell_who_came_between(tmp_path: Path) -> None:
    twin = Careless(tmp_path, [str(n) for n in range(9)])
    seen = "SELECT card FROM roster WHERE answered"
    before = set(twin.database.execute(seen))
    twin.client.post("/answer", data={"card": "4", "answer": "no"})

    assert set(twin.database.execute(seen)) - before == {("4",)}
    assert twin.counts() == {"no": 1}


@pytest.mark.postgres
def test_no_transaction_wrote_a_ballot_and_anything_else(both: Stage) -> None:
    if not both.house.settings.database:
        pytest.skip("SQLite numbers no transaction")
    survey = both.open()
    both.answer(survey, [{"X2": "3"}] * 40, hurried=True)

    assert len(stamps(both, "ballot")) == 40
    for table in set(db.Base.metadata.tables) - BOX:
        assert stamps(both, "ballot") & stamps(both, table) == set(), table

    with both.app.app_context():  # the twin: a receipt written beside each ballot, as a roster would be
        db.session.execute(text("CREATE TABLE receipt (card TEXT)"))
        db.session.execute(text("INSERT INTO receipt VALUES ('mine')"))
        both_stamped = text(
            "UPDATE ballot SET nullifier = nullifier WHERE id = (SELECT min(id::text)::bytea FROM ballot)"
        )
        db.session.execute(both_stamped)
        db.session.commit()
    assert stamps(both, "ballot") & stamps(both, "receipt")


def stamps(stage: Stage, table: str) -> set[str]:
    """The transactions that wrote the rows of a table."""
    with stage.app.app_context():
        found = set(db.session.scalars(text(f"SELECT xmin::text FROM {table}")))  # noqa: S608 - our own names
        db.session.remove()
    return found
