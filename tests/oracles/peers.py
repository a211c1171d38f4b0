"""The libraries of the field that ours is compared with; tests that ask for one are skipped where it is absent.

`python3 run.py test --oracles` brings them. What they import without needing it here (solvers, a compiler) is left
out of `tests/oracles.txt`; empty modules of those names let them start.
"""

import sys
import warnings
from collections.abc import Callable
from types import ModuleType

import pytest

ABSENT = ("gurobipy", "nashpy", "numba", "ortools", "ortools.linear_solver", "seaborn")


def as_it_is(*words: object, **_options: object) -> object:
    """Stand for a compiler's decorator, with or without options: the function stays as it is written."""
    return words[0] if words and callable(words[0]) else lambda function: function


def stand_in() -> None:
    """Put an empty module in place of each that is left out."""
    for name in ABSENT:
        module = sys.modules.setdefault(name, ModuleType(name))
        for word, value in (("jit", as_it_is), ("float32", float), ("pywraplp", None)):
            if not hasattr(module, word):
                setattr(module, word, value)


def peer(name: str) -> ModuleType:
    """Return a library by its name, or skip the module that asks for it."""
    stand_in()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # how they are written is their affair
        found: ModuleType = pytest.importorskip(name, exc_type=ImportError)
    return found


def quietly(function: Callable[..., object]) -> Callable[..., object]:
    """Return the function of a library without its warnings, which would be errors here."""

    def called(*words: object, **options: object) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*words, **options)

    return called
