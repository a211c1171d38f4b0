"""A newcomer finds a thing in a minute because it can only be in one place."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, functions, name, parsed

FILE_WALL, FUNCTION_WALL = 300, 40

LAYOUT = {
    "commons": "assembly clock settings db security access quorum log i18n pages charts exports upkeep errors cli",
    "surveys": "domain models queries actions door forms views phrases cli interchange",
    "deliberation": "domain models queries actions forms views phrases cli",
    "surveys/domain": "questionnaire logic cards sealing tally agreement proportional disclosure",
    "deliberation/domain": "rules rounds priorities plan protocol",
}
ADDED = {  # a name beyond the list, and the decision that explains it
    "commons/acts": "0003",
    "commons/allies": "0045",
    "deliberation/domain/ahead": "0078",
    "deliberation/domain/around": "0076",
    "commons/grammar": "0098",
    "commons/terms": "0073",
    "deliberation/domain/actors": "0074",
    "deliberation/domain/betrayal": "0040",
    "deliberation/domain/collective": "0072",
    "deliberation/domain/difference": "0075",
    "deliberation/domain/federation": "0080",
    "deliberation/domain/hearing": "0064",
    "deliberation/domain/leeway": "0092",
    "deliberation/domain/links": "0078",
    "deliberation/domain/lived": "0078",
    "deliberation/domain/lots": "0043",
    "deliberation/domain/measures": "0064",
    "deliberation/domain/effort": "0088",
    "deliberation/domain/presets": "0040",
    "deliberation/domain/ratings": "0084",
    "deliberation/domain/risk": "0064",
    "deliberation/domain/talk": "0075",
    "deliberation/domain/terms": "0070",
    "deliberation/domain/threats": "0064",
    "deliberation/domain/worksheet": "0065",
    "deliberation/domain/redone": "0106",
    "deliberation/domain/retrace": "0067",
    "deliberation/domain/towns": "0113",
    "deliberation/interchange": "0067",
    "surveys/domain/about": "0091",
    "surveys/domain/closed": "0021",
    "surveys/domain/comparison": "0062",
    "surveys/domain/concordance": "0061",
    "surveys/domain/dispersion": "0061",
    "surveys/domain/doubt": "0021",
    "surveys/domain/firm": "0062",
    "surveys/domain/judgement": "0061",
    "surveys/domain/planes": "0060",
    "surveys/domain/purses": "0062",
    "surveys/domain/ranking": "0062",
    "surveys/domain/groups": "0068",
    "surveys/domain/names": "0102",
    "surveys/domain/reading": "0020",
    "surveys/domain/release": "0021",
    "surveys/domain/season": "0026",
    "surveys/domain/shares": "0063",
    "surveys/domain/spans": "0106",
    "surveys/domain/spoken": "0027",
    "surveys/domain/stability": "0061",
}
HANDED_OUT = {"static/verify_log.py", "static/verify_lot.py"}  # members run them on their own machine
FOLDERS = {"bench", "commons", "deliberation", "migrations", "surveys", "tests"}
TESTS = {"attacks", "commons", "deliberation", "house", "journeys", "oracles", "surveys"}
DRAWS_ITS_OWN = {"surveys/domain/sealing.py"}  # its library draws randomness itself
IMPURE_CALLS = {"open", "print", "input", "eval", "exec", "__import__", "breakpoint"}
IMPURE_METHODS = {"now", "today", "utcnow", "fromtimestamp", "read_text", "write_text", "default_rng"}

written = tuple(path for path in files(".py") if path.parent.name != "versions")  # a migration records a schema whole
python = pytest.mark.parametrize("path", written, ids=name)


def test_no_module_outside_the_list() -> None:
    known = {f"{room}/{module}" for room, modules in LAYOUT.items() for module in modules.split()} | set(ADDED)
    present = {
        "/".join(path.relative_to(ROOT).with_suffix("").parts[: room.count("/") + 2])
        for room in LAYOUT
        for path in files(".py")
        if name(path).startswith(f"{room}/") and path.relative_to(ROOT / room).name != "__init__.py"
    }

    assert sorted(present - known) == []


@pytest.mark.parametrize(("module", "decision"), ADDED.items())
def test_an_added_module_has_its_decision(module: str, decision: str) -> None:
    pages = list((ROOT / "docs" / "adr").glob(f"{decision}-*.md"))

    assert len(pages) == 1
    assert f"{module}.py" in pages[0].read_text()


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")]

    assert len(numbers) == len(set(numbers))


def test_only_known_folders_hold_python() -> None:
    places = [path.relative_to(ROOT).parts for path in files(".py") if name(path) not in HANDED_OUT]

    assert {parts[0] for parts in places if len(parts) == 1} == {"app.py", "run.py"}
    assert {parts[0] for parts in places if len(parts) > 1} <= FOLDERS
    assert {parts[1] for parts in places if parts[0] == "tests" and len(parts) > 2} <= TESTS


@pytest.mark.parametrize("path", [p for p in files(".py") if p.name == "__init__.py"], ids=name)
def test_an_init_holds_its_docstring_only(path: Path) -> None:
    tree = parsed(path)

    assert ast.get_docstring(tree)
    assert len(tree.body) == 1


@pytest.mark.parametrize("path", written + files(".html") + files(".js"), ids=name)
def test_a_file_stays_below_its_wall(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= FILE_WALL


@python
def test_a_function_stays_below_its_wall(path: Path) -> None:
    long = {one.name: length(one) for one in functions(parsed(path)) if length(one) > FUNCTION_WALL}

    assert long == {}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function takes, its docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize(
    "path", [p for p in files(".py") if "/domain/" in name(p) and "tests/" not in name(p)], ids=name
)
def test_the_domain_reads_no_clock_no_file_no_dice(path: Path) -> None:
    called = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    names = {one.id for one in called if isinstance(one, ast.Name)} & IMPURE_CALLS
    methods = {one.attr for one in called if isinstance(one, ast.Attribute)} & IMPURE_METHODS

    assert (names, methods) == (set(), set()) or name(path) in DRAWS_ITS_OWN
