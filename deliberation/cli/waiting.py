"""What is said on stderr while something is counted that takes a moment: how far it is."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO, TypeVar

Step = TypeVar("Step")
OFTEN, SELDOM = 0.1, 4.0
"""Seconds between two looks on a screen, and between two lines of a file that keeps what is said."""


@dataclass(slots=True)
class Waiting:
    """Tells how many of `total` are done: in one line of a screen, or else in a line every few seconds."""

    total: int
    what: str
    out: TextIO = field(default_factory=lambda: sys.stderr)
    now: Callable[[], float] = time.monotonic
    _told: float = field(init=False)
    _shown: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        """Begin to wait: what is done at once is never told."""
        self._told = self.now()

    def at(self, done: int) -> None:
        """Tell that so many are done, unless something was told a moment ago."""
        moment, screen = self.now(), self.out.isatty()
        if moment - self._told < (OFTEN if screen else SELDOM):
            return
        self._told, self._shown = moment, screen
        said = f"{done} of {self.total} {self.what}"
        self.out.write(f"\r{said}" if screen else f"{said}\n")
        self.out.flush()

    def through(self, steps: Iterable[Step]) -> Iterator[Step]:
        """Yield the steps as they come, each told; at the end the line of the screen is empty again."""
        for done, step in enumerate(steps, start=1):
            self.at(done)
            yield step
        self.clear()

    def clear(self) -> None:
        """Empty the line of the screen."""
        if self._shown:
            self.out.write("\r\033[K")
            self.out.flush()
