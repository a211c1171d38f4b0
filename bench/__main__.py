"""Measure a running house: each figure beside a hello-world route of the same application, in the same run.

    python3 run.py bench                  all figures
    python3 run.py bench --quick          fewer requests and ballots
    python3 run.py bench --mathematics    the mathematics alone
    python3 run.py bench --nightly        with the rows that take minutes

CPU is what the server's process used, read from the system; the machine may be busy with other things. The command
ends with 1 when a target is not reached. Rows of mathematics that need the libraries of `run.py test --oracles` say NOT
RUN where these are not here, and are not reached.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.arrivals import arrivals, one_card
from bench.client import HOUSE, Scene, running
from bench.counting import counted

PAGE_LIMIT, HAND_IN_LIMIT, BYTES_LIMIT = 3.0, 20.0, 12 * 1024
PAGE_STATEMENTS, HAND_IN_STATEMENTS = 2, 6
COUNTING_LIMIT, MEMORY_LIMIT, READING_LIMIT = 2.0, 256.0, 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: what it is, what was found, and what it should be at most."""

    name: str
    found: float
    most: float
    unit: str

    @property
    def reached(self) -> bool:
        """Whether the target is reached."""
        return self.found <= self.most


def measured(scene: Scene, times: int) -> Iterator[Figure]:
    """Yield the figures of one open survey: its page, its weight, its hand-in."""
    turns = [(scene.cpu(scene.hello, times), scene.cpu(scene.page, times)) for _ in range(5)]  # both meet the same load
    hello, page = map(min, zip(*turns, strict=True))
    print(f"  hello-world        {hello * 1000:7.3f} ms of CPU a request")
    print(f"  the survey's page  {page * 1000:7.3f} ms ({len(scene.items)} questions)")
    yield Figure("an open survey's page / hello-world", page / hello, PAGE_LIMIT, "times")
    yield Figure("SQL statements for the page", scene.statements(scene.page), PAGE_STATEMENTS, "statements")
    yield Figure("its weight, compressed, with the style", scene.weight(), BYTES_LIMIT, "bytes")
    hand_in = scene.cpu(scene.hand_in, times)
    print(f"  a hand-in          {hand_in * 1000:7.3f} ms")
    yield Figure("a hand-in / hello-world", hand_in / hello, HAND_IN_LIMIT, "times")
    yield Figure("SQL statements for a hand-in", scene.statements(scene.hand_in), HAND_IN_STATEMENTS, "statements")
    print("  40 hand-ins with one card at once …")
    yield Figure("ballots too many or too few of one card", abs(one_card(scene, 40) - 1), 0, "ballots")
    print("  300 members arrive within ten seconds …")
    lost, slowest = arrivals(scene, 300, seconds=10)
    print(f"  the slowest waited {slowest:.2f} s from the first byte asked to the last one read")
    yield Figure("ballots lost or doubled of 300 arrivals", lost, 0, "ballots")


def great(ballots: int) -> Iterator[Figure]:
    """Yield the figures of a great box, counted by the last signature of its act."""
    print(f"Sealing {ballots:,} ballots of forty items, then counting them …")
    with _folder() as folder:
        found = counted(folder, ballots, lambda line: print(f"  {line}", flush=True))
    print(f"  counting took {found.whole:.1f} s of CPU; libsodium alone opens the same in {found.alone:.1f} s")
    yield Figure(f"counting {ballots:,} ballots / libsodium alone", found.whole / found.alone, COUNTING_LIMIT, "times")
    yield Figure("memory added by counting", found.memory, MEMORY_LIMIT, "MiB")
    yield Figure(f"reading what {ballots:,} ballots left", found.reading, READING_LIMIT, "ms")


@contextmanager
def _folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="palabre-bench-") as folder:
        yield folder


def main() -> int:
    """Measure, print, and say whether every target is reached."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="fewer requests and ballots, rougher figures")
    parser.add_argument("--mathematics", action="store_true", help="the mathematics alone, without server and box")
    parser.add_argument("--nightly", action="store_true", help="with the mathematics that take a peer minutes")
    words = parser.parse_args()
    good = mathematics(nightly=words.nightly)
    if not words.mathematics:
        good &= house(*((60, 10_000) if words.quick else (300, 100_000)))
    return 0 if good else 1


def mathematics(*, nightly: bool) -> bool:
    """Measure the mathematics in a process of its own, on one thread; say whether every target is reached."""
    command = [sys.executable, "-m", "bench.mathematics", *(["--nightly"] if nightly else [])]
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(command, cwd=HOUSE, env=alone, check=False).returncode == 0  # noqa: S603 - our own words


def house(times: int, ballots: int) -> bool:
    """Measure pages over HTTP, then a great box; say whether every target is reached."""
    print("Making an assembly, its cards and an open survey …")
    with _folder() as folder, running(folder) as scene:
        figures = list(measured(scene, times))
    figures += great(ballots)
    for figure in figures:
        mark = "ok " if figure.reached else "NOT"
        print(f"{mark} {figure.name}: {round(figure.found, 2):g} {figure.unit} (at most {figure.most:g})")
    return all(figure.reached for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
