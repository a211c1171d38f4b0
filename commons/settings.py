"""What an instance is told at its start: where it keeps things, and which names it answers to."""

import os
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.helpers import get_debug_flag

HOUSE = Path(__file__).resolve().parent.parent
DATABASE = "palabre.sqlite"
OPEN_ONCE = (DATABASE, "writing.lock", "shown.json")
"""What earlier versions left for others on the machine to read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one process. `passphrase_memory` is Argon2id's memory in MiB; only tests may lower it.

    `address` is where members reach the house, as printed on cards (https://palabre.example.org); empty: not told.
    One that is `read_only` writes nothing into its database, whoever asks.
    """

    instance: Path = HOUSE / "instance"
    database: str = ""
    demonstration: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False
    onion: str = ""
    address: str = ""
    passphrase_memory: int = 64
    read_only: bool = False

    @property
    def database_url(self) -> str:
        """Where the database is: the given address, or one SQLite file in the instance folder."""
        return self.database or f"sqlite:///{self.instance / DATABASE}"


def from_environment() -> Settings:
    """Read the settings an operator may give by environment variables."""
    given = os.environ
    hosts = tuple(host for host in given.get("PALABRE_HOSTS", "").split(",") if host)
    address = _address(given.get("PALABRE_ADDRESS", "").strip().rstrip("/"))
    return Settings(
        instance=Path(given.get("PALABRE_INSTANCE", HOUSE / "instance")),
        database=given.get("DATABASE_URL", ""),
        demonstration=given.get("PALABRE_DEMO") == "1",
        hosts=(*(hosts or Settings().hosts), *([_host(address)] if address else [])),
        secure=given.get("PALABRE_SECURE") == "1",
        onion=given.get("PALABRE_ONION", ""),
        address=address,
        read_only=given.get("PALABRE_READ_ONLY") == "1",
    )


class ReadOnly(RuntimeError):
    """Something was to be written where this process may only be read."""


class UnsafeSettingsError(RuntimeError):
    """These settings would show to others what people type."""


def refuse_debug() -> None:
    """Refuse to start where faults would be shown with all they hold, and code could be typed into a page."""
    if get_debug_flag():
        raise UnsafeSettingsError("Palabre never runs in debug mode. Unset FLASK_DEBUG, and leave out --debug.")


def _address(given: str) -> str:
    """Return an address that paths can be put behind. Raises `click.ClickException` for anything else."""
    parts = urlsplit(given)
    plain = f"{parts.scheme}://{parts.netloc}"
    if given and (given != plain or parts.scheme not in {"http", "https"} or not parts.hostname or "@" in plain):
        raise click.ClickException(
            f"PALABRE_ADDRESS must be like https://palabre.example.org, and nothing more: {given}"
        )
    return given


def _host(address: str) -> str:
    """Return the host of an address, with the brackets that an address of numbers (IPv6) wears."""
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def own(address: str) -> bool:
    """Tell whether an address leads to the machine of whoever types it, so that no other can reach the house by it."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def shut(instance: Path) -> None:
    """Make the instance folder and let only its owner read what this process keeps, there or anywhere.

    The one place where this is said: SQLite, locks and logs make their files themselves and take no mode.
    """
    os.umask(0o077)
    instance.mkdir(parents=True, exist_ok=True)
    for path in (instance / name for name in OPEN_ONCE):
        if path.exists():
            path.chmod(0o600)


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


def refuse_writing() -> None:
    """Raise `ReadOnly` where nothing may be written: every transaction begins here."""
    if here().settings.read_only:
        raise ReadOnly
