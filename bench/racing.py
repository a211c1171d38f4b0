"""Hold two ways of the same work against each other: in one process, on the same data, turn by turn.

A row of the table is a `Target`. Its function prepares the data, checks that both ways give the same, and returns them
as a `Race`; or it returns one figure. A race is told as a ratio of medians. Whoever adds rows writes them in a tuple
`TARGETS` of a module of its own, and names it in `bench/mathematics.py`.
"""

import importlib
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import ModuleType

ORACLES = Path(__file__).resolve().parent.parent / ".oracles"
TURNS, SHORTEST = 7, 0.03
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Race:
    """Two ways of the same work, already found to give the same."""

    ours: Work
    theirs: Work
    turns: int = TURNS


@dataclass(frozen=True, slots=True)
class Target:
    """One row: how many times faster than `theirs` ours is at least, or how many times slower at most.

    `peer` names the library that `theirs` needs; without one the row is always run. A `slow` one takes minutes and some
    gigabytes, and is run on request only.
    """

    name: str
    prepare: Callable[[], Race | float]
    least: float | None = None
    most: float | None = None
    peer: str = ""
    unit: str = "times"
    slow: bool = False

    def found(self) -> float:
        """Run the row; return its figure."""
        made = self.prepare()
        if not isinstance(made, Race):
            return made
        ours, theirs = seconds(made)
        return theirs / ours if self.most is None else ours / theirs

    def reached(self, found: float) -> bool:
        """Whether a figure is good enough."""
        return (self.least is None or found >= self.least) and (self.most is None or found <= self.most)

    def wanted(self) -> str:
        """Say what the figure should be."""
        return f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"


def peer(name: str) -> ModuleType:
    """Return a library of the field, from where `run.py test --oracles` puts it. Raises ImportError where it is not."""
    if not ORACLES.is_dir():
        raise ImportError(name)
    if str(ORACLES) not in sys.path:
        sys.path.append(str(ORACLES))
    from tests.oracles.peers import stand_in  # noqa: PLC0415 - it needs the libraries of the tests

    stand_in()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # how they are written is their affair
        return importlib.import_module(name)


def here(name: str) -> bool:
    """Say whether a library of the field is here."""
    try:
        peer(name)
    except ImportError:
        return False
    return True


def seconds(race: Race) -> tuple[float, float]:
    """Return the median seconds of both, turn by turn, so that both meet the same load of the machine."""
    times = [(_often(race.ours), _often(race.theirs)) for _ in range(race.turns)]
    ours, theirs = zip(*times, strict=True)
    return median(ours), median(theirs)


def _often(work: Work) -> float:
    """Return the seconds of one run, out of as many as the clock can tell."""
    runs, before = 0, time.perf_counter()
    while (took := time.perf_counter() - before) < SHORTEST or not runs:
        work()
        runs += 1
    return took / runs
