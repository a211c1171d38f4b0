"""Commands of the ground: serve, upkeep, and the care of the catalogues."""

import fcntl
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]  # it ships no types
from waitress.server import BaseWSGIServer, create_server  # type: ignore[import-untyped]  # the same
from waitress.task import ErrorTask  # type: ignore[import-untyped]  # the same

from commons import assembly as assemblies
from commons import db, i18n, log, upkeep
from commons.assembly import Assembly
from commons.pages import HEADERS, NO_STORE
from commons.settings import DATABASE, HOUSE, here

HOST, PORT = "127.0.0.1", 8000
THREADS, CONNECTIONS = 8, 1000
LARGEST_BODY = 512 * 1024  # in memory; the application refuses an eighth of it with a page of its own
PATTERNS = [("**.py", "python"), ("**.html", "jinja2")]
HEADER = """# What the pages of {room} say. A message without its words is shown in another language.
msgid ""
msgstr ""
"Language: {tag}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
FOLDERS = {
    "commons": ("commons", "templates/commons", "templates/errors", "templates/partials"),
    "surveys": ("surveys", "templates/surveys"),
    "deliberation": ("deliberation", "templates/deliberation"),
}
translations = AppGroup("i18n", help="Care for the interface’s languages.")
_invitations: list[Callable[[], str]] = []


def register_invitation(say: Callable[[], str]) -> None:
    """Let the room that founds assemblies say on the console what its founders need."""
    _invitations[:] = [say]


class Refusal(ErrorTask):  # type: ignore[misc]  # it ships no types
    """What the server answers by itself to what the application never sees: with the headers of every page."""

    def execute(self) -> None:
        """Put the headers first."""
        self.response_headers += [*HEADERS.items(), ("Cache-Control", NO_STORE)]
        super().execute()


class Channel(HTTPChannel):  # type: ignore[misc]  # it ships no types
    """One line to a visitor."""

    error_task_class = Refusal


def server(app: Flask, port: int) -> BaseWSGIServer:
    """Return the server of this house, listening on this machine: `serve`, the demonstration, what is measured.

    No body it takes is ever so large that it would be kept on the disk.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is told by how long people wait
    made = create_server(
        app,
        listen=f"{HOST}:{port}",
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        channel_timeout=60,
        ident="",
        clear_untrusted_proxy_headers=True,
        inbuf_overflow=LARGEST_BODY,
        max_request_body_size=LARGEST_BODY,
    )
    made.channel_class = Channel
    return made


def serve_forever(port: int) -> None:
    """Serve until interrupted, with settings that slow phones cannot starve. Upkeep runs beside."""
    app, stop = current_app._get_current_object(), threading.Event()  # type: ignore[attr-defined]  # noqa: SLF001  # for threads
    served = server(app, port)
    upkeep.run()
    upkeep.keep(app, stop)
    try:
        with beside_others():
            served.run()
    finally:
        stop.set()
        served.close()


@contextmanager
def _held(how: int) -> Iterator[None]:
    """Hold this instance's folder, alone or beside others, until the block ends or the process dies."""
    folder = os.open(here().settings.instance, os.O_RDONLY)
    try:
        _hold(folder, how)
        yield
    finally:
        os.close(folder)


def _hold(folder: int, how: int) -> None:
    try:
        fcntl.flock(folder, how | fcntl.LOCK_NB)
    except BlockingIOError:
        message = "This instance is being served, or made, by another start. Stop that one first."
        raise click.ClickException(message) from None


def beside_others() -> AbstractContextManager[None]:
    """Hold the instance as one of several processes that serve it."""
    return _held(fcntl.LOCK_SH)


def alone() -> AbstractContextManager[None]:
    """Hold the instance so that nobody serves it meanwhile. Raises `click.ClickException` where somebody does."""
    return _held(fcntl.LOCK_EX)


def ready() -> None:
    """Bring the database to the present schema; one that may only be read has to stand there already."""
    if not here().settings.read_only:
        db.upgrade()
    elif not _present():
        message = "This database was made by another version. Start it once without PALABRE_READ_ONLY."
        raise click.ClickException(message)


def _present() -> bool:
    wanted = ScriptDirectory(str(HOUSE / "migrations")).get_heads()
    with db.db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads() == tuple(wanted)


def start_over() -> None:
    """Throw a demonstration's own database away and make a new one. Refuses to touch anything else."""
    refuse_real()
    db.session.remove()
    db.db.engine.dispose()
    for name in (DATABASE, f"{DATABASE}-journal"):  # a journal left behind would be played into the new one
        (here().settings.instance / name).unlink(missing_ok=True)
    ready()


def refuse_real() -> None:
    """Stop a demonstration that stands on a database that is not its own, or beside an assembly that is real."""
    elsewhere, places = here().settings.database, assemblies.listed()
    if elsewhere or not (here().settings.demonstration and all(map(_invented, places))):
        message = "This database is not a demonstration’s: nothing in it was lost. Start one with: python3 run.py demo"
        raise click.ClickException(message)


def refuse_taken(port: int) -> None:
    """Say what to do when the port is in use, before anything else is done."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            message = f"Port {port} is already in use. Stop what uses it, or choose another: --port {port + 1}"
            raise click.ClickException(message) from None


def is_demonstration() -> bool:
    """Tell whether this database was founded as a demonstration."""
    return any(map(_invented, assemblies.listed()))


def _invented(place: Assembly) -> bool:
    return any(line.payload.get("demonstration") for line in log.entries(place, kind="founded"))


@click.command("serve")
@click.option("--port", default=PORT, show_default=True, help="The port to listen on, on this machine only.")
@with_appcontext
def serve(port: int) -> None:
    """Serve the assemblies of this instance on this machine."""
    refuse_taken(port)
    ready()
    if is_demonstration() and not here().settings.demonstration:
        message = "This database is a demonstration: nothing in it is secret. Use another instance folder."
        raise click.ClickException(message)
    for line in greeting(port):
        click.echo(line)
    serve_forever(port)


def greeting(port: int) -> Iterator[str]:
    """Yield what the console says before serving: how to found an assembly while there is none, and the address."""
    if not assemblies.listed():
        yield f"No assembly lives here yet. Found one at http://{HOST}:{port}/en/found"
        yield from (say() for say in _invitations)
    yield f"Serving on http://{HOST}:{port} (stop with Ctrl+C)"


@click.command("upkeep")
@with_appcontext
def keep_up() -> None:
    """Do once what time asks: end boxes and terms, burn what must be burnt."""
    ready()
    upkeep.run()
    click.echo("Upkeep is done.")


def extracted(room: str) -> Catalog:
    """Return the messages a room's code and pages speak today."""
    found = Catalog(project="Palabre", charset="utf-8")
    for folder in (HOUSE / place for place in FOLDERS[room]):
        for name, line, message, comments, context in extract_from_dir(folder, PATTERNS, keywords=KEYWORDS):
            where = (str((folder / name).relative_to(HOUSE)), line)
            found.add(message, locations=[where], auto_comments=comments, context=context)
    return found


@cache
def spoken(room: str) -> tuple[object, ...]:
    """Return what names each message of `extracted`, read once: a text, or its texts in one and in many."""
    return tuple(message.id for message in extracted(room) if message.id)


def missing(tag: str, room: str) -> list[str]:
    """Return the messages of a room that a language lacks, has in doubt, or says unsafely."""
    sound = {m.id for m in i18n.catalogue(tag, room) if i18n.translated(m) and not i18n.fault(m)}
    return [str(one) for one in spoken(room) if one not in sound]


def stale(tag: str, room: str) -> list[str]:
    """Return the messages of a catalogue that no page speaks any more."""
    wanted = {*spoken(room)}
    return [str(m.id) for m in i18n.catalogue(tag, room) if m.id and m.id not in wanted]


def catalogues() -> Iterator[tuple[str, str]]:
    """Yield (tag, room) for each catalogue a complete language must have."""
    tags = (language.tag for language in i18n.offered() if language.tag != i18n.SOURCE)
    return ((tag, room) for tag in tags for room in i18n.ROOMS)


@translations.command("update")
@with_appcontext
def update() -> None:
    """Bring every catalogue up to date with what the pages say; new messages wait for their words."""
    for tag, room in catalogues():
        path = i18n.FOLDER / tag / f"{room}.po"
        path.parent.mkdir(exist_ok=True)
        known = i18n.catalogue(tag, room) if path.exists() else Catalog(locale=i18n.languages()[tag].formats)
        known.update(extracted(room), no_fuzzy_matching=True)
        known.obsolete.clear()
        with path.open("wb") as file:
            file.write(HEADER.format(room=room, tag=tag, plural=known.plural_forms).encode())
            write_po(file, known, sort_output=True, no_location=True, omit_header=True, width=120)
        click.echo(f"{tag}/{room}: {len(missing(tag, room))} to translate")


@translations.command("check")
@with_appcontext
def check() -> None:
    """Say what is missing, unsafe or stale in each complete language; fail when anything is."""
    faults = 0
    for tag, room in catalogues():
        for name, messages in (("missing", missing(tag, room)), ("stale", stale(tag, room))):
            faults += len(messages)
            for message in messages:
                click.echo(f"{tag}/{room} {name}: {message}")
    sys.exit(1 if faults else 0)


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(serve)
    app.cli.add_command(keep_up)
    app.cli.add_command(translations)
