"""Foreign keys follow the arrows: a table points into its own room, or to the ground."""

import importlib
from collections.abc import Iterable

import pytest
from sqlalchemy import Column, ForeignKey, MetaData, Table

from commons.db import Base
from tests.house.tree import ROOT, files, name

ALLOWED = {
    "commons": {"commons"},
    "surveys": {"surveys", "commons"},
    "deliberation": {"deliberation", "commons"},
}


def rooms() -> dict[str, str]:
    """Return {table: room} for every table of the house."""
    for path in files(".py"):
        place = path.relative_to(ROOT).with_suffix("").parts
        if place[0] in ALLOWED and "domain" not in place:
            importlib.import_module(".".join(place).removesuffix(".__init__"))
    return {str(one.local_table): one.class_.__module__.partition(".")[0] for one in Base.registry.mappers}


def wrong(tables: Iterable[Table], room: dict[str, str]) -> list[str]:
    """Return the foreign keys that point where they may not."""
    keys = [(table.name, key.target_fullname.partition(".")[0]) for table in tables for key in table.foreign_keys]
    return sorted(f"{here} -> {there}" for here, there in keys if room[there] not in ALLOWED[room[here]])


def test_foreign_keys_follow_the_arrows() -> None:
    room = rooms()
    if not set(ALLOWED) <= set(room.values()):
        pytest.skip(f"tables stand only in {sorted(set(room.values()))} so far")

    assert wrong(Base.metadata.tables.values(), room) == []


def test_every_table_belongs_to_a_room() -> None:
    assert set(Base.metadata.tables) == set(rooms())


def test_a_wrong_key_is_seen() -> None:
    metadata = MetaData()
    ballot = Table("ballot", metadata, Column("id"), Column("whose", ForeignKey("facilitator.slot")))
    facilitator = Table("facilitator", metadata, Column("slot"))

    found = wrong([ballot, facilitator], {"ballot": "surveys", "facilitator": "deliberation"})

    assert found == ["ballot -> facilitator"]


def test_tables_stand_in_models_only() -> None:
    rooms()
    strays = {
        one.class_.__module__
        for one in Base.registry.mappers
        if one.class_.__module__.partition(".")[0] != "commons" and one.class_.__module__.split(".")[1] != "models"
    }

    assert strays == set(), [name(path) for path in files(".py") if "models" in name(path)]
