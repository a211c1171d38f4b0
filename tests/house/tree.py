"""The tree as the house tests see it: which files are ours, and what they say."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = (".venv", ".oracles", "instance", "node_modules", "static/vendor", ".git", ".hypothesis")


@cache
def files(ending: str) -> tuple[Path, ...]:
    """Return our files with this ending, sorted: those git knows and those it would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607  # git, wherever it is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.splitlines()]
    else:
        found = [path for path in ROOT.rglob("*") if not path.is_dir()]
    return tuple(sorted(path for path in found if path.suffix == ending and path.exists() and ours(path)))


def ours(path: Path) -> bool:
    """Say whether a file was written here."""
    place = path.relative_to(ROOT).as_posix()
    return not any(place.startswith(f"{folder}/") for folder in NOT_OURS)


def name(path: Path) -> str:
    """Return a file's place in the tree, as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """Return a Python file, parsed."""
    return ast.parse(path.read_text(), filename=str(path))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
