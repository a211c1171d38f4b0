"""Upkeep: what must happen with time (a box ends, a term ends, a text is burnt). Each job may run twice unharmed."""

import logging
import threading
from collections.abc import Callable

from flask import Flask

from commons import access, quorum
from commons import assembly as assemblies
from commons.assembly import Assembly
from commons.db import session
from commons.settings import here

EVERY = 60.0
_log = logging.getLogger("palabre")
_jobs: list[Callable[[Assembly], None]] = []


def register(job: Callable[[Assembly], None]) -> None:
    """Add a room's job; it is called once for each assembly."""
    if job not in _jobs:
        _jobs.append(job)


def run() -> None:
    """Run every job for every assembly, then end the read that began it. Where nothing may be written, all waits."""
    if here().settings.read_only:
        return
    access.sweep()
    for assembly in assemblies.listed():
        quorum.carry_out_due(assembly)
        for job in _jobs:
            job(assembly)
    session.remove()


def keep(app: Flask, stop: threading.Event) -> threading.Thread:
    """Start the one thread that runs upkeep every minute until `stop` is set."""

    def loop() -> None:
        while not stop.wait(EVERY):
            with app.app_context():
                try:
                    run()
                except Exception as error:  # noqa: BLE001 - the next minute tries again
                    _log.error("upkeep: %s", type(error).__name__)

    thread = threading.Thread(target=loop, name="upkeep", daemon=True)
    thread.start()
    return thread
