"""What an instance is told at its start: where it keeps things, and which names it answers to."""

import os
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from flask.helpers import get_debug_flag

HOUSE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one process. `passphrase_memory` is Argon2id's memory in MiB; only tests may lower it."""

    instance: Path = HOUSE / "instance"
    database: str = ""
    demonstration: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False
    onion: str = ""
    passphrase_memory: int = 64

    @property
    def database_url(self) -> str:
        """Where the database is: the given address, or one SQLite file in the instance folder."""
        return self.database or f"sqlite:///{self.instance / 'palabre.sqlite'}"


def from_environment() -> Settings:
    """Read the settings an operator may give by environment variables."""
    given = os.environ
    hosts = tuple(host for host in given.get("PALABRE_HOSTS", "").split(",") if host)
    return Settings(
        instance=Path(given.get("PALABRE_INSTANCE", HOUSE / "instance")),
        database=given.get("DATABASE_URL", ""),
        demonstration=given.get("PALABRE_DEMO") == "1",
        hosts=hosts or Settings().hosts,
        secure=given.get("PALABRE_SECURE") == "1",
        onion=given.get("PALABRE_ONION", ""),
    )


class UnsafeSettingsError(RuntimeError):
    """These settings would show to others what people type."""


def refuse_debug() -> None:
    """Refuse to start where faults would be shown with all they hold, and code could be typed into a page."""
    if get_debug_flag():
        raise UnsafeSettingsError("Palabre never runs in debug mode. Unset FLASK_DEBUG, and leave out --debug.")


@dataclass(frozen=True, slots=True)
class Instance:
    """One process at work: what it was told, and the key that never leaves it."""

    settings: Settings
    key: bytes


def here() -> Instance:
    """Return the instance this request is served by."""
    found = current_app.extensions["palabre"]
    assert isinstance(found, Instance)  # noqa: S101 - create_app puts nothing else there
    return found
