"""What an instance is told at its start, and that what it keeps is its owner's alone."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app import create_app
from commons import db
from commons.settings import HOUSE, OPEN_ONCE, Settings, from_environment, own
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


def given(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return from_environment()


def test_the_address_that_members_reach_is_answered_to(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Settings().hosts

    named = given(monkeypatch, PALABRE_ADDRESS="https://palabre.example.org/")
    numbers = given(monkeypatch, PALABRE_ADDRESS="http://[fd00::1]:8000", PALABRE_HOSTS="a.example")
    none = given(monkeypatch, PALABRE_ADDRESS="", PALABRE_HOSTS="")

    assert (named.address, named.hosts) == ("https://palabre.example.org", (*usual, "palabre.example.org"))
    assert (numbers.address, numbers.hosts) == ("http://[fd00::1]:8000", ("a.example", "[fd00::1]"))
    assert (none.address, none.hosts) == ("", usual)


@pytest.mark.parametrize(
    "address", ["palabre.example.org", "ftp://a.example", "https://", "https://a.example/b", "https://u@a.example"]
)
def test_an_address_that_cannot_be_one_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    with pytest.raises(click.ClickException, match="PALABRE_ADDRESS must be like"):
        given(monkeypatch, PALABRE_ADDRESS=address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://palabre.localhost", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.20:8000", False),
        ("https://palabre.example.org", False),
        ("http://localhost.example.org", False),
    ],
)
def test_a_machines_own_address_is_known(address: str, *, expected: bool) -> None:
    assert own(address) is expected


def test_every_variable_there_is_is_told() -> None:
    read = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', (HOUSE / "commons" / "settings.py").read_text()))

    told = re.findall(r"^\| `([A-Z_]+)` \|", (HOUSE / "docs" / "serving.md").read_text(), re.MULTILINE)

    assert sorted(told) == sorted(read)
    assert len(read) >= 7
