"""Each arrow of the house is proved by an import that breaks it: a contract that cannot fail proves nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name

ROOMS = ("commons", "surveys", "deliberation")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache', '--no-logo'])"

BREAKS = [
    ("1 No package imports app", "commons/clock.py", "import app"),
    ("1 No package imports app", "surveys/door.py", "from app import create_app"),
    ("2 Commons never imports a room", "commons/quorum.py", "from surveys import door"),
    ("2 Commons never imports a room", "commons/access.py", "import deliberation.domain.rules"),
    ("3 Surveys never imports deliberation", "surveys/queries.py", "from deliberation.domain import rules"),
    ("4 Deliberation enters surveys by its door", "deliberation/actions.py", "from surveys import models"),
    ("4 Deliberation enters surveys by its door", "deliberation/queries.py", "from surveys.queries import release"),
    ("4 Deliberation enters surveys by its door", "deliberation/views/room.py", "from surveys import phrases"),
    ("5 The domain is pure", "surveys/domain/tally.py", "import secrets"),
    ("5 The domain is pure", "surveys/domain/cards.py", "from datetime import datetime\nimport time"),
    ("5 The domain is pure", "deliberation/domain/rules.py", "from surveys.views import blueprint"),
    ("5 The domain is pure", "deliberation/domain/plan.py", "from commons.clock import now"),
    ("6a Models never import queries or actions", "surveys/models.py", "from surveys import queries"),
    ("6a Models never import queries or actions", "deliberation/models.py", "from deliberation import actions"),
    ("6b Queries never import actions", "deliberation/queries.py", "from deliberation import actions"),
    ("6c Actions never import queries", "surveys/actions.py", "from surveys import queries"),
    ("7 Models, queries, actions and door know no page and no language", "surveys/actions.py", "import flask"),
    (
        "7 Models, queries, actions and door know no page and no language",
        "surveys/door.py",
        "from surveys import forms",
    ),
    (
        "7 Models, queries, actions and door know no page and no language",
        "deliberation/models.py",
        "import flask_babel",
    ),
    (
        "7 Models, queries, actions and door know no page and no language",
        "deliberation/queries.py",
        "from commons import i18n",
    ),
    ("8 Views, forms and commands never touch tables", "surveys/views/room.py", "from surveys import models"),
    ("8 Views, forms and commands never touch tables", "deliberation/forms.py", "from sqlalchemy import select"),
    ("8 Views, forms and commands never touch tables", "deliberation/cli/room.py", "from commons import db"),
    ("9 No cycles", "commons/clock.py", "from commons import access"),
]


def lint(tree: Path) -> str:
    """Return what import-linter says of a tree."""
    run = subprocess.run([sys.executable, "-c", LINT], cwd=tree, capture_output=True, text=True, check=False)
    return run.stdout + run.stderr


def verdicts(said: str) -> dict[str, str]:
    """Return each contract with KEPT or BROKEN."""
    lines = (line.split(" (")[0].strip() for line in said.splitlines())
    ends = (line.rpartition(" ") for line in lines if line.endswith((" KEPT", " BROKEN")))
    return {contract: verdict for contract, _, verdict in ends}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the Python of the rooms, and of their contracts."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for path in files(".py"):
        if name(path).startswith(tuple(f"{room}/" for room in ROOMS)):
            (copy / name(path)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy / name(path))
    for room in ("surveys", "deliberation"):
        for module in ("models", "queries", "actions", "door", "forms", "views", "phrases", "cli"):
            existing(copy, f"{room}/{module}.py")
    return copy


def existing(house: Path, place: str) -> Path:
    """Return the module at `place`: the file, or the docstring of the package it became, or a new file."""
    package = house / place.removesuffix(".py") / "__init__.py"
    path = package if package.exists() else house / place
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text('"""Made for this test."""\n')
    return path


def test_the_house_keeps_every_contract(house: Path) -> None:
    found = verdicts(lint(house))

    assert set(found.values()) == {"KEPT"}
    assert set(found) == {contract for contract, _, _ in BREAKS}


@pytest.mark.parametrize(("contract", "place", "line"), BREAKS, ids=[f"{c[:2].strip()}-{p}" for c, p, _ in BREAKS])
def test_a_wrong_import_breaks_its_contract(house: Path, contract: str, place: str, line: str) -> None:
    path = existing(house, place)
    before = path.read_text()
    path.write_text(f"{before}\n{line}\n")

    said = lint(house)

    path.write_text(before)
    assert verdicts(said).get(contract) == "BROKEN", said
