"""The one clock. Everything that needs a day asks here, so a test or a demonstration can live through months."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class InZone(Protocol):
    """Anything that lives in a time zone."""

    @property
    def timezone(self) -> str:
        """Name of the zone, as in the IANA database."""
        ...


class Clock:
    """A clock that can be stopped and moved by hand."""

    def __init__(self) -> None:
        """Start running with the machine's time."""
        self._stopped_at: datetime | None = None

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return self._stopped_at or datetime.now(UTC)

    def move(self, **amount: float) -> None:
        """Move a stopped clock by `timedelta(**amount)`."""
        self._stopped_at = self.now() + timedelta(**amount)

    @contextmanager
    def stopped(self, moment: datetime) -> Iterator["Clock"]:
        """Stop the clock at `moment` until the block ends. Not reentrant across threads."""
        before, self._stopped_at = self._stopped_at, moment
        try:
            yield self
        finally:
            self._stopped_at = before


_clock = Clock()
now = _clock.now
stopped = _clock.stopped


def today(place: InZone) -> date:
    """Return the day it is where the assembly lives."""
    return now().astimezone(ZoneInfo(place.timezone)).date()
