"""A real conversation, replayed through cards, box and keys, comes out as a plain count of its votes says it must."""

import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from commons import assembly as assemblies
from commons.settings import HOUSE
from tests.deliberation.exported import export

YOUTH = HOUSE.parent / "shared" / "data" / "polis" / "london.youth.policing"
T, FLOOR, PERCENT_FROM = 2, 7, 20
real = pytest.mark.skipif(not YOUTH.is_dir(), reason="the export of a real conversation is not here")


def replay(app: Flask, *words: str | Path | int) -> Result:
    return app.test_cli_runner().invoke(args=["deliberation", "replay", *map(str, words)])


def talk(app: Flask, folder: Path, *words: str | Path | int) -> Result:
    return replay(app, folder, "--here", "--as", "conversation", *words)


# What must come out, from votes.csv alone: nothing of the house is used below.


@dataclass(frozen=True)
class Counted:
    agree: int
    passed: int
    disagree: int

    @property
    def answers(self) -> int:
        return self.agree + self.passed + self.disagree

    @property
    def shown(self) -> str:
        if self.answers < FLOOR:
            return "withheld"
        return "percent" if self.answers >= PERCENT_FROM else "bands"

    @property
    def band(self) -> str | None:
        """Top: from min(⌈2r/3⌉, r - t - 1) up; bottom: up to max(⌊r/3⌋, t + 1)."""
        if self.answers < FLOOR:
            return None
        if self.agree >= min(-(-2 * self.answers // 3), self.answers - T - 1):
            return "most"
        return "few" if self.agree <= max(self.answers // 3, T + 1) else "some"

    def level(self, count: int) -> str | int:
        """Its own percentage, rounded to ten (halves up); both tails of t + 1 people, and 0 and 100, merged."""
        rounded = int(Fraction(10 * count, self.answers) + Fraction(1, 2)) * 10
        if count <= T + 1 or rounded == 0:
            return "low"
        return "high" if count >= self.answers - T - 1 or rounded == 100 else rounded

    @property
    def counts(self) -> tuple[int, ...]:
        """In the order of the six stances; nobody holds one that no vote becomes."""
        return self.agree, 0, self.passed, 0, self.disagree, 0

    @property
    def own(self) -> tuple[str | int, ...]:
        """The percentage of each stance by itself, as if no other were published."""
        return tuple(self.level(count) for count in self.counts)

    @property
    def levels(self) -> tuple[str | int, ...]:
        """What is published: each stance's own cell, unless together they give somebody away.

        They do when some stance cannot be held by t + 1 people, in any way of sharing the answers out that fits every
        cell and the band of those who agree: then t people would be certain that nobody else holds it. One cell is
        then moved to the next percentage: the one farthest from being wrong, the first of the stances, down before up.
        """
        ranges = self._ranges()
        at = [next(n for n, (_, low, high) in enumerate(ranges) if low <= count <= high) for count in self.counts]
        moves = [(0, at)]
        for stance in range(6):
            for step in (-1, 1):
                moved = [place + step * (n == stance) for n, place in enumerate(at)]
                if 0 <= moved[stance] < len(ranges):
                    _, low, high = ranges[moved[stance]]
                    moves.append((1 + max(low - self.counts[stance], self.counts[stance] - high), moved))
        possible = (moved for _, moved in sorted(moves, key=lambda move: move[0]))
        found = next(moved for moved in possible if self._open([ranges[place][1:] for place in moved]))
        return tuple(ranges[place][0] for place in found)

    def _ranges(self) -> list[tuple[str | int, int, int]]:
        """Every published cell with the counts it stands for, in order."""
        cells = [self.level(count) for count in range(self.answers + 1)]
        return [(one, cells.index(one), self.answers - cells[::-1].index(one)) for one in dict.fromkeys(cells)]

    def _open(self, ranges: Sequence[tuple[int, int]]) -> bool:
        """Whether t + 1 people may hold any stance, given the ranges of all six and the band of the first two."""
        same_band = [n for n in range(self.answers + 1) if Counted(n, 0, self.answers - n).band == self.band]
        for stance in range(6):
            if ranges[stance][1] <= T:
                return False
            lows = [max(low, (T + 1) * (n == stance)) for n, (low, _) in enumerate(ranges)]
            highs = [high for _, high in ranges]
            agreeing = range(sum(lows[:2]), sum(highs[:2]) + 1)
            others = range(sum(lows[2:]), sum(highs[2:]) + 1)
            if not any(n in same_band and self.answers - n in others for n in agreeing):
                return False
        return True

    def majority(self, ballots: int) -> tuple[str, str]:
        """R2, its vote: more than half of all who handed in agree; as many against refuse it."""
        enough = ballots // 2 + 1
        if self.answers < FLOOR:
            return "returned", "too_few"
        if self.disagree >= enough:
            return "not_adopted", "refused"
        return self.agreed if self.agree >= enough else ("no_agreement", "too_little_agreement")

    @property
    def agreed(self) -> tuple[str, str]:
        """Whoever passed stands aside, and is named beside what is adopted."""
        return ("adopted_with_reservations" if self.passed else "adopted"), "agreed"

    def three_quarters(self, _ballots: int) -> tuple[str, str]:
        """R3: of those who answered, at most a fifth stand aside, and three quarters agree."""
        if self.answers < FLOOR:
            return "returned", "too_few"
        if 4 * self.disagree >= 3 * self.answers:
            return "not_adopted", "refused"
        if 5 * self.passed > self.answers:
            return "returned", "too_many_reserved"
        enough = 4 * self.agree >= 3 * self.answers
        return self.agreed if enough else ("no_agreement", "too_little_agreement")


def counted(folder: Path) -> Mapping[str, Counted]:
    """Count the last vote of each person on each statement."""
    last: dict[tuple[str, str], str] = {}
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as lines:
        for row in sorted(csv.DictReader(lines), key=lambda row: int(row["timestamp"])):
            last[row["comment-id"], row["voter-id"]] = row["vote"]
    statements = {statement for statement, _ in last}
    return {
        one: Counted(
            *(sum(vote == wanted for (on, _), vote in last.items() if on == one) for wanted in ("1", "0", "-1"))
        )
        for one in statements
    }


# The real conversation.

Verdict = Callable[[Counted, int], tuple[str, str]]


@real
@pytest.mark.slow
@pytest.mark.parametrize(("rule", "verdict"), [("R2", Counted.majority), ("R3", Counted.three_quarters)])
def test_a_real_conversation_comes_out_as_its_votes_say(
    empty: Flask, tmp_path: Path, rule: str, verdict: Verdict
) -> None:
    expected = counted(YOUTH)

    done = replay(empty, YOUTH, "--here", "--as", "conversation", "--rule", rule, "--json", tmp_path / "out.json")

    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "out.json").read_text("utf-8"))
    found = {one["comment"]: one for one in told["statements"]}
    assert (told["people"], told["release"]["ballots"], len(found)) == (26, 26, 36)
    assert found.keys() == expected.keys()
    assert {key: one["shown"] for key, one in found.items()} == {key: one.shown for key, one in expected.items()}
    assert {key: one["band"] for key, one in found.items()} == {key: one.band for key, one in expected.items()}
    verdicts = {key: (one["outcome"], one["reason"]) for key, one in found.items()}
    assert verdicts == {key: verdict(one, 26) for key, one in expected.items()}
    assert sum(one.shown == "withheld" for one in expected.values()) == 6
    percents = {key: tuple(one["levels"].values()) for key, one in found.items() if one["shown"] == "percent"}
    assert percents == {key: one.levels for key, one in expected.items() if one.shown == "percent"}
    moved = [key for key, cells in percents.items() if cells != expected[key].own]
    assert len(percents) == 22
    assert sorted(moved, key=int) == ["1", "5", "8", "9", "22", "24"], "these would give somebody away"


# A small one, made here.

MAIZE, BEANS = ("1", "-1", "0", "1", "-1"), ("-1", "1", "0", "", "-1")


@pytest.mark.slow
def test_a_conversation_of_two_groups_is_told_with_both(empty: Flask, tmp_path: Path) -> None:
    people = [("0", MAIZE)] * 12 + [("1", BEANS)] * 10 + [("", ("", "", "", "", ""))]
    folder = export(tmp_path / "small", people)

    done = talk(empty, folder, "--voices", "group-id", "--places", 2, "--json", tmp_path / "out.json")

    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "out.json").read_text("utf-8"))
    maize, beans, _, rent, sell = told["statements"]
    assert (told["topic"], told["people"], told["release"]["ballots"]) == ("What do we plant?", 23, 22)
    assert told["voices"] == {"V1": "Group 0", "V2": "Group 1"}
    assert maize["voices"] == {"V1": "most", "V2": "few"}
    assert (maize["outcome"], beans["outcome"]) == ("adopted", "not_adopted")
    assert [one["measure_reason"] for one in told["statements"]] == [
        "harms_a_voice", "harms_a_voice", "wanted_less", "wanted_by_many", "harms_many",
    ]  # fmt: skip
    assert (rent["chosen"], rent["shown"], rent["band"]) == (True, "bands", "most")
    assert (sell["outcome"], sell["reason"]) == ("not_adopted", "refused")
    assert "Most of one group are against it" in done.output
    assert "Group 0: most, Group 1: few." in done.output
    assert told["sha256"] in done.output


def test_equal_statements_are_told_as_tied(empty: Flask, tmp_path: Path) -> None:
    folder = export(tmp_path / "small", [("", ("1", "1", "0", "-1", ""))] * 8)

    done = talk(empty, folder, "--rule", "R3", "--places", 1)

    assert done.exit_code == 0, done.output
    assert done.output.count("the assembly chooses between them") == 2
    assert "Not shown: too few answers." in done.output


@pytest.mark.slow
def test_a_conversation_without_agreement_gives_nothing_to_take_up(empty: Flask, tmp_path: Path) -> None:
    folder = export(tmp_path / "small", [("", ("0", "0", "0", "-1", "-1"))] * 8)

    done = talk(empty, folder, "--rule", "R1", "--stage", 1)

    assert "Nothing: too few people agree" in done.output


@pytest.mark.slow
def test_a_replay_lives_apart_and_leaves_nothing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    apart = tmp_path / "apart"
    apart.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(apart))
    folder = export(tmp_path / "small", [("", MAIZE)] * 8)

    done = replay(app, folder, "--json", tmp_path / "out.json")

    said = capfd.readouterr()
    assert (done.exit_code, said.err.count("Counting, with 3 of 5 keys")) == (0, 1)
    assert "What do we plant?" in said.out
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["people"] == 8
    assert assemblies.listed() == ()
    assert list(apart.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_replay_that_is_stopped_leaves_nothing(tmp_path: Path, ending: signal.Signals) -> None:
    apart = tmp_path / "apart"
    apart.mkdir()
    words = [sys.executable, "-m", "flask", "--app", str(HOUSE / "app.py"), "deliberation", "replay"]
    around = os.environ | {"TMPDIR": str(apart), "PALABRE_INSTANCE": str(tmp_path / "instance")}
    folder = export(tmp_path / "small", [("", MAIZE)] * 8)
    with subprocess.Popen([*words, folder], env=around, stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        assert running.stderr.readline()
        lives = [*apart.glob("palabre-replay-*")]
        running.send_signal(ending)
        assert (running.wait(30), len(lives)) == (128 + ending, 1)

    assert list(apart.glob("palabre-replay-*")) == []


def test_a_replay_never_enters_an_instance_that_people_use(app: Flask, tmp_path: Path) -> None:
    folder = export(tmp_path / "small", [("", MAIZE)] * 8)

    done = replay(app, folder, "--here")

    assert done.exit_code == 1
    assert "A replay needs a place of its own" in done.output
    assert assemblies.listed() == ()
