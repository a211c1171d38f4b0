"""An assembly ends when k + 1 say so and nobody stops it: nothing of it is left, and others are not touched."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from commons import assembly as assemblies
from commons import clock, db, log, quorum, upkeep
from commons.db import Base, session
from commons.quorum import Refused, State
from commons.settings import here as house
from deliberation.actions import leaving
from tests.deliberation.gathering import Gathering, gathering, ready
from tests.deliberation.sitting import river, sits
from tests.visitor import Visitor

__all__ = ["river", "sits"]


@pytest.fixture
def place(either: Flask, time: clock.Clock) -> Gathering:
    """A gathering with a box open, a decision, and a log."""
    found = ready()
    slug = found.pulse()
    found.answer(slug, found.open(slug), [{}] * 6)
    found.adopt()
    return found


def rows(place: Gathering) -> dict[str, int]:
    """How many rows of an assembly each table holds, those without any left out."""
    held = {}
    for name, table in Base.metadata.tables.items():
        mine = table.c["assembly" if "assembly" in table.c else "id"] == place.assembly.id
        held[name] = session.scalar(select(func.count()).select_from(table).where(mine)) or 0
    return {name: number for name, number in held.items() if number}


def agreed(place: Gathering) -> str:
    act = quorum.propose(place.assembly, leaving.DELETE, {})
    for keys in place.keys[:4]:
        quorum.approve(place.assembly, act, keys)
    return act


def test_nothing_happens_before_k_plus_one_signed_and_seven_days_passed(place: Gathering, time: clock.Clock) -> None:
    act = quorum.propose(place.assembly, leaving.DELETE, {})
    for keys in place.keys[:3]:
        quorum.approve(place.assembly, act, keys)
    time.move(days=7)
    upkeep.run()
    assert rows(place)["ballot"] == 6

    quorum.approve(place.assembly, act, place.keys[3])
    time.move(days=6)
    upkeep.run()

    found = quorum.act(place.assembly, act)
    assert found is not None
    assert (found.needed, found.state) == (4, State.AGREED)
    assert rows(place)["ballot"] == 6


def test_after_its_delay_no_row_of_the_assembly_is_left_and_others_stay(place: Gathering, time: clock.Clock) -> None:
    other = gathering("hill")
    before, kept = rows(place), rows(other)
    assert {"ballot", "key_share", "survey", "log", "decision", "credential", "facilitator", "act"} <= before.keys()
    agreed(place)

    time.move(days=7)
    upkeep.run()

    assert rows(place) == {}
    assert rows(other) == kept
    assert assemblies.find("river") is None
    assert log.entries(other.assembly)


def test_what_is_frozen_stays_frozen_for_those_who_stay(place: Gathering, time: clock.Clock) -> None:
    gathering("hill")
    agreed(place)
    time.move(days=7)
    upkeep.run()

    for statement in ("DELETE FROM log", "UPDATE log SET kind = 'x'"):
        with pytest.raises(Exception, match="frozen"), db.db.engine.begin() as connection:
            connection.execute(text(statement))


def test_the_files_keep_nothing_of_it(place: Gathering, time: clock.Clock) -> None:
    marks = [b"Walk the boundary together", log.head(place.assembly).encode(), place.assembly.id]
    assert held(place, marks) == [True, False, True]  # the search finds what is there; a head is kept as bytes
    agreed(place)

    time.move(days=7)
    upkeep.run()

    assert held(place, marks) == [False, False, False]


def held(place: Gathering, marks: list[bytes]) -> list[bool]:
    """Say for each mark whether the files of the database still hold it."""
    session.rollback()
    file = house().settings.instance / "palabre.sqlite"
    if db.db.engine.dialect.name == "sqlite":
        whole = file.read_bytes()
    else:
        with db.db.engine.connect() as connection:
            names = connection.scalars(
                text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname !~ '^(pg|sql)_'")
            )
            pages = [_pages(str(name)) for name in names]
        whole = b"".join(pages)
    return [mark in whole for mark in marks]


def _pages(name: str) -> bytes:
    with db.db.engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        path = connection.scalar(text("SELECT pg_relation_filepath(:name)"), {"name": name})
        folder = connection.scalar(text("SHOW data_directory"))
    file = Path(str(folder)) / str(path)
    return file.read_bytes() if file.exists() else b""


def test_several_can_stop_it_until_its_day(place: Gathering, time: clock.Clock) -> None:
    act = agreed(place)
    time.move(days=6)

    place.act(leaving.STOP, act=act)

    time.move(days=2)
    upkeep.run()
    assert rows(place)["ballot"] == 6
    found = quorum.act(place.assembly, act)
    assert found is not None
    assert found.state is State.DROPPED
    assert [line.kind for line in log.entries(place.assembly)][-2:] == ["act.dropped", leaving.STOP]


def test_only_what_waits_for_its_day_is_stopped(place: Gathering) -> None:
    waiting = quorum.propose(place.assembly, leaving.DELETE, {})

    for act in (waiting, "00" * 32, "nothing"):
        with pytest.raises(Refused, match="not_agreed"):
            quorum.propose(place.assembly, leaving.STOP, {"act": act})


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_circle_saves_first_and_members_are_told(
    river: Gathering, sits: Callable[..., Visitor], app: Flask, tag: str
) -> None:
    visitor = sits(river, tag=tag)
    page = visitor.visit(f"/{tag}/river/circle/delete")
    saved = [one for one in page.links() if one.endswith(".json")]
    assert [json.loads(visitor.client.get(one).data)[:0] for one in saved] == [[], []]

    act = visitor.submit(page, "delete")
    agreed(river)
    told = visitor.visit(f"/{tag}/river/")

    assert "/circle/acts/" in act.path
    assert len(told.all("section", id="next")) == 1
    assert len([one for one in told.all("div", class_="note") if one.find("h3") is not None]) == 1


def test_an_agreed_act_can_be_stopped_from_its_page(river: Gathering, sits: Callable[..., Visitor]) -> None:
    act = agreed(river)
    visitor = sits(river)
    page = visitor.visit(f"/en/river/circle/acts/{act}")

    stop = visitor.submit(page, "stop")
    assert "Stop what was agreed: Delete everything of this assembly" in stop.text
    river.act(leaving.STOP, act=act)

    assert "Only what was agreed and waits for its day can be stopped." in visitor.submit(page, "stop").text
