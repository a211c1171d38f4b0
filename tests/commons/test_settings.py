"""What an instance is told at its start, and that what it keeps is its owner's alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from commons import db
from commons.settings import OPEN_ONCE, Settings
from deliberation.actions.founding import Charter
from deliberation.cli import demonstration
from deliberation.cli.staging import company


@pytest.fixture
def careless() -> Iterator[None]:
    """Start as most machines do: what a process writes, everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    every = (folder, *folder.rglob("*"))
    return sorted(path.name for path in every if stat.S_IMODE(path.stat().st_mode) & 0o077)


def test_everything_an_instance_keeps_is_readable_by_its_owner_only(tmp_path: Path, careless: None) -> None:
    (tmp_path / "twin").write_text("what could be read")
    folder = tmp_path / "instance" / "demo"

    app = create_app(Settings(instance=folder, demonstration=True, passphrase_memory=1))
    with app.app_context():
        db.upgrade()
        company(Charter("casa", "Casa", ("en",), 2, 2, "UTC"), 3)
        demonstration.keep(())
        db.session.remove()
        db.db.engine.dispose()

    assert open_to_others(tmp_path / "twin") == ["twin"]
    assert sorted(path.name for path in folder.iterdir()) == ["key", *sorted(OPEN_ONCE)]
    assert open_to_others(tmp_path / "instance") == []


def test_what_an_earlier_start_left_open_is_shut(tmp_path: Path, careless: None) -> None:
    for name in OPEN_ONCE:
        (tmp_path / name).touch()
    assert open_to_others(tmp_path) == sorted(OPEN_ONCE)

    create_app(Settings(instance=tmp_path))

    assert open_to_others(tmp_path) == []
