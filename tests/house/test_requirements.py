"""What is installed is pinned, hashed, the same everywhere, and says nothing of where it was fetched."""

import re
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

LISTS = ("requirements", "tests/requirements", "tests/oracles")
BLOCK = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)

each = pytest.mark.parametrize("name", LISTS)


def pins(name: str) -> dict[str, str]:
    """Return {library: version} of a resolved list."""
    return {library: version for library, version, _ in BLOCK.findall((ROOT / f"{name}.txt").read_text())}


def asked(name: str) -> dict[str, str]:
    """Return {library: version} of what was asked for."""
    text = (ROOT / f"{name}.in").read_text()
    return dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)$", text, re.MULTILINE))


def needs(library: str) -> list[str]:
    """Return what an installed library asks for; nothing of one that this machine does without."""
    try:
        return distribution(library).requires or []
    except PackageNotFoundError:
        return []


@each
def test_every_pin_has_hashes(name: str) -> None:
    blocks = BLOCK.findall((ROOT / f"{name}.txt").read_text())

    assert blocks
    assert [library for library, _, rest in blocks if len(re.findall(r"--hash=sha256:[0-9a-f]{64}", rest)) < 1] == []


@each
def test_the_resolved_list_follows_what_was_asked(name: str) -> None:
    assert asked(name).items() <= pins(name).items()


def test_what_is_needed_with_an_extra_is_pinned_with_it() -> None:
    """Old installers look past a pin without the extra, find whatever is newest, and stop for want of its hash."""
    texts = [(ROOT / f"{name}.txt").read_text() for name in LISTS]
    pinned = {one for text in texts for one in re.findall(r"^([\w.-]+\[[\w,-]+\])==", text, re.MULTILINE)}
    needed = {
        f"{canonicalize_name(need.name)}[{','.join(sorted(need.extras))}]"
        for need in map(
            Requirement,
            {line for library in pins("requirements") | pins("tests/requirements") for line in needs(library)},
        )
        if need.extras and (need.marker is None or need.marker.evaluate({"extra": ""}))
    }

    assert needed
    assert needed <= pinned


def test_the_tests_use_the_versions_people_use() -> None:
    shared = pins("requirements").keys() & pins("tests/requirements").keys()

    assert {one: pins("tests/requirements")[one] for one in shared} == {
        one: pins("requirements")[one] for one in shared
    }


def test_no_proprietary_solver_is_ever_fetched() -> None:
    """abcvoting and pabutools ask for one."""
    text = (ROOT / "tests" / "oracles.txt").read_text()
    without = (ROOT / "tests" / "oracles.without").read_text().splitlines()

    assert "gurobipy" in without
    assert pins("tests/oracles").keys() & {*without} == set()
    assert re.findall(r"gurobi", text) == []


@each
@pytest.mark.parametrize("ending", ["in", "txt"])
def test_no_address_stands_in_a_list(name: str, ending: str) -> None:
    text = (ROOT / f"{name}.{ending}").read_text()

    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links|@ |^/", text, re.MULTILINE) == []
