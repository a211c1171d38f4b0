"""No float decides anything: where the domain divides or holds a float, it is named here, and why it may."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT

INEXACT = frozenset(
    {"float", "float16", "float32", "float64", "NormalDist", "erfc", "exp", "log", "log2", "mean", "sqrt"}
)

PICTURE = "the map of groups is a picture, on a grid of whole numbers, and nothing is decided from it"
SHOWN = {
    "surveys/domain/about.py": dict.fromkeys(
        ("alpha", "indices", "within"), "what figures already published come to, about"
    ),
    "surveys/domain/agreement.py": {"wilson": "an interval shown beside a share"},
    "surveys/domain/dispersion.py": {"tastle_wierman": "a logarithm, in the view for experts only"},
    "surveys/domain/ranking.py": dict.fromkeys(("", "bradley_terry"), "a fit that is held against its library only"),
    "surveys/domain/stability.py": dict.fromkeys(
        ("chi_squared_tail", "signed_ranks"), "the tail of a distribution, in the view for experts only"
    ),
    "surveys/domain/groups.py": dict.fromkeys(
        (
            "",  # the type of its points
            "_around_centres",
            "_covariances",
            "_far_apart",
            "_places",
            "_settled",
            "_silhouette",
            "_silhouettes",
            "_slices",
        ),
        PICTURE,
    ),
}
"""Functions that hold a float: none of them decides."""
FRACTIONS = {
    "surveys/domain/concordance.py": {"fleiss", "krippendorff"},
    "surveys/domain/dispersion.py": {"blair_lacy", "ipras", "leik"},
    "surveys/domain/groups.py": {"alike"},
    "surveys/domain/judgement.py": {"usual"},
    "surveys/domain/stability.py": {"_solve"},
    "deliberation/domain/retrace.py": {"_price", "_time"},
}
"""Functions that divide fractions, which stays exact."""


def marks(node: ast.AST) -> Iterator[str]:
    """Yield what may make a float in one node: a literal, a division, a function or a type that is inexact."""
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield "literal"
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
        yield "division"
    if isinstance(node, ast.Name) and node.id in INEXACT:
        yield node.id
    if isinstance(node, ast.Attribute) and node.attr in INEXACT:
        yield node.attr


def found(source: str) -> dict[str, set[str]]:
    """Return the marks in each function of a module, by its name; "" for what stands outside of all of them."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    nodes = {function.name: set(ast.walk(function)) for function in functions}
    nodes[""] = set(ast.walk(tree)).difference(*nodes.values())
    inside = {name: {mark for node in those for mark in marks(node)} for name, those in nodes.items()}
    return {name: those for name, those in inside.items() if those}


MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for room in ("surveys", "deliberation")
    for path in (ROOT / room / "domain").glob("*.py")
)


@pytest.mark.parametrize("module", MODULES)
def test_only_what_is_named_here_divides_or_holds_a_float(module: str) -> None:
    named = set(SHOWN.get(module, ())) | FRACTIONS.get(module, set())

    assert set(found((ROOT / module).read_text("utf-8"))) == named


@pytest.mark.parametrize("module", sorted(FRACTIONS))
def test_what_divides_fractions_holds_no_float(module: str) -> None:
    inside = found((ROOT / module).read_text("utf-8"))

    assert all(inside[name] == {"division"} for name in FRACTIONS[module])


@pytest.mark.parametrize(
    "wrong", ["x = 0.5", "def f(): return 1 / 2", "def f(x): x /= 2", "def f(x): return float(x)", "y = np.float64"]
)
def test_a_float_that_is_not_named_is_noticed(wrong: str) -> None:
    assert found("def g(x: int) -> int:\n    return x // 2\n") == {}
    assert found(wrong) != {}
