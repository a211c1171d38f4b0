"""The porch says in a sentence what a person must do, and starts at once when nothing changed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import run
from bench import mathematics
from bench.__main__ import main as bench
from bench.racing import Target
from commons.cli import serve
from deliberation.cli.demonstration import demo
from tests.house.tree import ROOT


def porch(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(ROOT / "run.py"), *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("words", [(), ("--help",), ("help",)])
def test_the_porch_lists_its_commands(words: tuple[str, ...]) -> None:
    said = porch(*words)

    assert said.returncode == 0
    assert [name for name in run.COMMANDS if f"run.py {name} " not in said.stdout] == []


@pytest.mark.parametrize("name", run.COMMANDS)
def test_each_command_has_its_help(name: str) -> None:
    said = porch(name, "--help")

    assert said.returncode == 0
    assert said.stdout.startswith(f"usage: run.py {name}")


def listed(name: str) -> set[str]:
    """Return the options that the porch's help of a command lists."""
    return set(re.findall(r"--\w+", porch(name, "--help").stdout)) - {"--help"}


@pytest.mark.parametrize(("name", "command"), [("demo", demo), ("serve", serve)])
def test_a_commands_help_lists_the_options_it_takes(name: str, command: click.Command) -> None:
    taken = {option for one in command.params for option in one.opts}

    assert taken
    assert listed(name) == taken


def test_the_help_of_the_measurements_lists_the_options_they_take(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "--help"])
    with pytest.raises(SystemExit):
        bench()

    taken = set(re.findall(r"--\w+", capsys.readouterr().out)) - {"--help"}

    assert listed("bench") == taken == {"--mathematics", "--nightly", "--quick"}


def test_the_porch_needs_the_standard_library_only() -> None:
    checked = "import sys; import run; print(*{name.partition('.')[0] for name in sys.modules})"

    found = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {checked}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert set(found.stdout.split()) - sys.stdlib_module_names <= {"__main__", "run"}


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", run.WRONG_HASH),
        ("error: Hash mismatch for `flask==3.1.3`", run.WRONG_HASH),
        ("WARNING: Retrying after connection broken by 'NewConnectionError('", run.NO_NETWORK),
        ("error: Failed to fetch: `https://…`\n  Caused by: dns error", run.NO_NETWORK),
    ],
)
def test_a_failed_installation_is_explained(output: str, expected: str) -> None:
    assert run.reason(output) == expected


def test_an_unknown_failure_is_shown_by_its_last_lines() -> None:
    assert run.reason("\n".join(f"line {number}" for number in range(99))).endswith("line 97\nline 98")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the porch stand in an empty folder, on a machine without uv."""
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setenv("PATH", "/nowhere")
    return tmp_path


def test_a_python_without_venv_is_told_what_to_install(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)

    with pytest.raises(run.Stopped, match="apt install python3-venv"):
        run.make_environment()

    assert list(empty.iterdir()) == []


@pytest.mark.slow
def test_what_is_not_pinned_by_its_hash_is_never_installed(empty: Path) -> None:
    wheel = empty / "stranger-1-py3-none-any.whl"
    wheel.write_bytes(b"not what was pinned")
    (empty / "requirements.txt").write_text(f"stranger @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n")

    with pytest.raises(run.Stopped, match="not the one that was pinned"):
        run.prepare("requirements.txt")

    assert not list((empty / ".venv").glob("*.installed"))


def test_a_second_start_installs_nothing(empty: Path) -> None:
    (empty / "requirements.txt").write_text("flask==3.1.3\n")
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.symlink_to(sys.executable)
    stamp = run.VENV / "requirements.txt.installed"
    stamp.write_text(run.fingerprint(empty / "requirements.txt"))

    run.prepare("requirements.txt")

    assert sorted(path.name for path in run.VENV.iterdir()) == ["bin", stamp.name]


def test_a_changed_list_is_noticed(empty: Path) -> None:
    pins = empty / "requirements.txt"
    pins.write_text("flask==3.1.3\n")
    before = run.fingerprint(pins)

    pins.write_text("flask==3.1.4\n")

    assert run.fingerprint(pins) != before


def test_the_demonstration_never_meets_real_data(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[list[str]] = []
    monkeypatch.setattr(run, "prepare", lambda *_lists: None)
    monkeypatch.setattr(run, "hand_over", handed.append)
    for name, value in (("DATABASE_URL", "postgresql://real"), ("PALABRE_INSTANCE", "/real"), ("PALABRE_DEMO", "")):
        monkeypatch.setenv(name, value)

    run.COMMANDS["demo"](["--port", "8001"])

    assert handed == [["-m", "flask", "--app", str(ROOT / "app.py"), "demo", "--port", "8001"]]
    assert "DATABASE_URL" not in os.environ
    assert (os.environ["PALABRE_INSTANCE"], os.environ["PALABRE_DEMO"]) == (str(ROOT / "instance" / "demo"), "1")


def test_a_recount_starts_without_pages_and_database() -> None:
    """What it would load of them is named by what loads it: one careless import brings the whole house along."""
    ask = "import sys, deliberation.cli.recount; print(*{'flask', 'plotly', 'sqlalchemy', 'babel'} & {*sys.modules})"
    said = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)

    assert said.stdout.split() == []


def test_the_porch_hands_a_recount_over_from_any_folder(tmp_path: Path) -> None:
    words = [sys.executable, str(ROOT / "run.py"), "deliberation", "recount", "--help"]
    said = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)

    assert said.stdout.startswith("Usage: run.py deliberation recount [OPTIONS] FILE")


@pytest.mark.parametrize(("peer", "code", "said"), [("", 0, "ok "), ("a_library_nobody_has", 1, "NOT RUN a row")])
def test_a_row_whose_library_is_not_here_is_not_run_and_not_reached(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], peer: str, code: int, said: str
) -> None:
    monkeypatch.setattr(mathematics, "TARGETS", (Target("a row", lambda: 2.0, least=1, peer=peer),))

    assert mathematics.main() == code
    assert capsys.readouterr().out.startswith(said)
