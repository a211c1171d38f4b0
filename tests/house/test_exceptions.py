"""An exception to a rule carries its reason on its own line."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name

SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no\s*(?:cover|branch)|nosec|ruff:)\b")
MARK = r"#\s*(?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|type: ignore\[[\w, -]+\]|pragma: no (?:cover|branch))"
REASONED = re.compile(rf"(?:{MARK}\s*)+(?:#|-|:)\s*(?!noqa|type:|pragma)\w.{{6,}}")


@pytest.mark.parametrize("path", files(".py"), ids=name)
def test_a_silenced_tool_is_given_a_reason(path: Path) -> None:
    if path == Path(__file__):
        pytest.skip("this file writes the patterns it looks for")

    lines = enumerate(path.read_text().splitlines(), start=1)
    bare = [
        f"{number}: {line.strip()}" for number, line in lines if SILENCED.search(line) and not REASONED.search(line)
    ]

    assert bare == [], "\n".join(bare)


def test_a_rule_left_out_has_its_reason() -> None:
    """Every line of pyproject that lets something pass says why."""
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:ignore|\"[\w*/.]+\") = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in lists for line in block.splitlines()]

    assert len(lists) >= 4
    assert [line for line in lines if not re.search(r'#\s["\w].{10,}', line)] == []


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ("x = 1  # noqa: E501", False),
        ("x = 1  # noqa: E501  # a table reads better whole", True),
        ("x = 1  # type: ignore[arg-type]", False),
        ("x = 1  # type: ignore[arg-type]  # the stub forgets None", True),
        ("x = 1  # type: ignore[arg-type]  # noqa: SLF001", False),
        ("x = 1  # type: ignore[arg-type]  # noqa: SLF001  # flask hides it", True),
        ("import y  # noqa: PLC0415 - only tests that need it pay for it", True),
    ],
)
def test_the_pattern_itself(line: str, fine: bool) -> None:  # noqa: FBT001  # a table of cases
    assert bool(REASONED.search(line)) is fine
