#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The porch of Palabre: one file, standard library only, that makes everything else run.

It makes `.venv`, installs the pinned libraries when their list changed, and hands over to the command that was asked
for. Nothing of Palabre is decided here: what a command does lives in the rooms.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import inspect
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ORACLES = ROOT / ".oracles"
OLDEST = (3, 11)
VERSION = "{}.{}".format(*sys.version_info)

if sys.version_info[:2] < OLDEST:  # said before anything that an older Python could not read
    newer = next(filter(shutil.which, (f"python3.{minor}" for minor in range(20, 10, -1))), "")
    hint = f" Try: {newer} run.py" if newer else " Get one from https://www.python.org/."
    sys.exit(f"Palabre needs Python 3.11 or newer; this is {VERSION} ({sys.executable}).{hint}")

WELCOME = """\
Palabre: anonymous surveys and shared decisions for communities that protect each other.

  python3 run.py demo      a lived-in demonstration on http://127.0.0.1:8000 (nothing in it is secret)
  python3 run.py serve     the real thing, kept in instance/
  python3 run.py test      every check and every test; words after it go to pytest alone
  python3 run.py check     the fast part of it, under a minute
  python3 run.py bench     the measurements
  python3 run.py upkeep    what the calendar asks for now: end, expire, burn, tidy

Each has --help. Any other word goes to the application's own command line: `python3 run.py flask` lists it.
The first start needs the network once, and about 250 MB on the disk."""

NO_VENV = """\
This Python came without the modules that make a place for libraries (venv, ensurepip).
Debian, Ubuntu: sudo apt install python3-venv
Elsewhere: install uv (https://docs.astral.sh/uv/) or Python from https://www.python.org/. Then run this again."""

NO_NETWORK = """\
The libraries could not be fetched: no network, or something on the way refuses.
Nothing is broken. Connect (or set HTTPS_PROXY) and run the same command again: this is needed once."""

WRONG_HASH = """\
A library that arrived is not the one that was pinned: its fingerprint differs, and it was not installed.
Try from another network. If it happens again, do not go on: tell those who keep Palabre."""

NO_BROWSER = "no Chromium here (Debian, Ubuntu: sudo apt install chromium) and none could be downloaded"

FAST = "not browser and not postgres and not slow and not load"


class Stopped(Exception):  # not an error of ours: something a person does first
    """What a person must do before this can go on, in words."""


def say(line: str) -> None:
    """Print one line of progress at once."""
    print(line, file=sys.stderr, flush=True)


def prepare(*lists: str, place: Path | None = None) -> None:
    """Make `.venv`, or the folder `place`, hold what the `lists` pin. Does nothing, quickly, when it already does."""
    with one_at_a_time():
        for name in lists:
            stamp = (place or VENV) / f"{name.replace('/', '-')}.installed"
            wanted = fingerprint(ROOT / name)
            if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
                continue
            if not usable():
                make_environment()
            install(name, place)
            stamp.write_text(wanted)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second start wait while the first one builds."""
    with Path(__file__).open() as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def fingerprint(requirements: Path) -> str:
    """Return what must stay the same for an installation to be good: this Python, this folder, the list."""
    return hashlib.sha256(f"{VERSION}\n{VENV}\n".encode() + requirements.read_bytes()).hexdigest()


def usable() -> bool:
    """Say whether `.venv` exists, was made by this version of Python, and can be installed into."""
    packages = VENV / "lib" / f"python{VERSION}" / "site-packages"
    return PYTHON.exists() and packages.is_dir() and (shutil.which("uv") is not None or (packages / "pip").is_dir())


def make_environment() -> None:
    """Make an empty `.venv`, in place of a broken one if there is one."""
    say(f"Making .venv with Python {sys.version.split()[0]}")
    python = getattr(sys, "_base_executable", sys.executable)
    uv = shutil.which("uv")
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", python, str(VENV)]
    elif importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        command = [python, "-m", "venv", "--clear", str(VENV)]
    else:
        raise Stopped(NO_VENV)
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if made.returncode:
        raise Stopped(NO_VENV if "ensurepip" in made.stdout else f"Could not make .venv:\n{made.stdout}")


def install(name: str, place: Path | None = None) -> None:
    """Install one pinned list, whole as it is: nothing without its hash, nothing that would run code to be built."""
    pins = len(re.findall(r"^[\w.\[\]-]+==", (ROOT / name).read_text(), re.MULTILINE))
    say(f"Installing {pins} libraries of {name}")
    uv, python = shutil.which("uv"), str(PYTHON)
    tool = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install", "--no-compile"]
    if place:
        shutil.rmtree(place, ignore_errors=True)
    tool += ["--target", str(place)] if place else []
    command = [*tool, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / name)]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as work:
        for line in work.stdout or ():
            lines.append(line)
            arrived = re.match(r"(?:Collecting|Processing|Downloading) (?:\S*/)?(\w+(?:-[a-z]\w*)*)", line)
            if arrived:
                say(f"  {arrived[1]}")
            elif line.startswith("Installing collected"):
                say("  all here, putting them in place")
    if work.returncode:
        raise Stopped(reason("".join(lines)))
    compiled = ["-m", "compileall", "-qq", "-j", "0", "-x", "/plotly/", str(VENV / "lib")]  # plotly: large, little used
    subprocess.run([python, *compiled], check=False)


def reason(output: str) -> str:
    """Say why an installation failed, from what the installer printed."""
    if re.search(r"DO NOT MATCH THE HASHES|[Hh]ash mismatch", output):
        return WRONG_HASH
    if re.search(r"connection broken|NewConnectionError|name resolution|dns error|ailed to fetch|timed out", output):
        return NO_NETWORK
    if "No space left" in output:
        return "The disk is full: about 250 MB are needed. Make room, then run the same command again."
    return "The libraries could not be installed:\n" + "".join(output.splitlines(keepends=True)[-12:])


def demo(words: list[str]) -> NoReturn:
    """Make the demonstration where there is none or an old one, and serve it. Kept apart, in instance/demo/.
    --port N    the port on 127.0.0.1 (8000)
    --again     start over: throw away what visitors did, and live it again up to today
    --prepare   make it and stop, without serving it.
    """
    if os.environ.pop("DATABASE_URL", None):
        say("DATABASE_URL is left aside: the demonstration has its own database.")
    os.environ.update(PALABRE_INSTANCE=str(ROOT / "instance" / "demo"), PALABRE_DEMO="1")
    flask(["demo", *words])


def serve(words: list[str]) -> NoReturn:
    """Serve the assemblies kept in instance/ (or PALABRE_INSTANCE, or DATABASE_URL: docs/serving.md tells them all).
    --port N    the port on 127.0.0.1 (8000). Cards carry PALABRE_ADDRESS, by which members reach it.
    """
    flask(["serve", *words])


def upkeep(words: list[str]) -> NoReturn:
    """Do once what the calendar asks for: end surveys, expire acts, burn and tidy. For cron; `serve` does it itself."""
    flask(["upkeep", *words])


def bench(words: list[str]) -> NoReturn:
    """Measure mathematics (--mathematics: only that), pages and a box. --quick: rougher; --nightly: what takes long."""
    prepare("requirements.txt")
    os.chdir(ROOT)
    hand_over(["-m", "bench", *words])


def flask(words: list[str]) -> NoReturn:
    """Run a command of the application. A recount needs neither pages nor database: it starts without them."""
    prepare("requirements.txt")
    usual = {"PALABRE_INSTANCE": str(ROOT / "instance"), "OPENBLAS_NUM_THREADS": "1"} | os.environ
    os.environ.update(usual, PYTHONPATH=str(ROOT))
    alone = ["-P", "-m", "deliberation.cli.recount", *words[2:]] if words[:2] == ["deliberation", "recount"] else []
    hand_over(alone or ["-m", "flask", "--app", str(ROOT / "app.py"), *words])


def hand_over(words: list[str]) -> NoReturn:
    """Become the environment's Python: signals and the exit code are then its own."""
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *words])  # noqa: S606  # the words are the person's own


def test(words: list[str]) -> int:
    """Check style, types, arrows and templates, then run every test with coverage. WORDS go to pytest alone.
    --oracles   compare our mathematics with the libraries of its field (tests/oracles; 410 MB more, once).
    """
    prepare("requirements.txt", "tests/requirements.txt")
    if words[:1] == ["--oracles"]:
        prepare("tests/oracles.txt", place=ORACLES)
        os.environ["PYTHONPATH"] = str(ORACLES)
        words = words[1:] or ["tests/oracles"]
    if words:
        return pytest(words)
    good = looks()
    browser = chromium()
    marks = "not load" if browser else "not load and not browser"
    good &= pytest(["-n", "auto", "-m", marks, "--cov", "--cov-report="]) == 0
    good &= step("domain", ["-m", "coverage", "report", "--include=*/domain/*", "--fail-under=100"])
    good &= step("coverage", ["-m", "coverage", "report", "--omit=*/domain/*", "--fail-under=95"])
    print("skipped    load: these measure, see `bench`; oracles: other libraries, see `test --help`")
    if not browser:
        good &= "CI" not in os.environ
        print(f"{'SKIPPED' if good else 'FAILED':<10} browser: {NO_BROWSER}")
    print("everything holds" if good else "something does not hold: see above")
    return 0 if good else 1


def check(words: list[str]) -> int:
    """Run the fast part of `test`: style, types, arrows, templates, and tests without browser or PostgreSQL."""
    prepare("requirements.txt", "tests/requirements.txt")
    good = looks()
    return 0 if pytest(["-q", "-n", "auto", "-m", FAST, *words]) == 0 and good else 1


def looks() -> bool:
    """Run the checks that only read the code, side by side; say whether all hold."""
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        steps = (
            readers.submit(step, "style", ["-m", "ruff", "check", "--quiet", "--output-format=concise", "."]),
            readers.submit(step, "format", ["-m", "ruff", "format", "--quiet", "--diff", "."]),
            readers.submit(step, "types", ["-m", "mypy"]),
            readers.submit(step, "arrows", ["-c", "from importlinter.cli import lint_imports_command as l; l()"]),
            readers.submit(step, "catalogues", ["-m", "flask", "--app", "app", "i18n", "check"]),
            readers.submit(step, "templates", ["-m", "djlint", "--lint", "--quiet", "templates"]),
        )
    return all(one.result() for one in steps)


def step(name: str, words: list[str]) -> bool:
    """Run one check away from any real instance, print how it went and, if it failed, why; say whether it holds."""
    begun, around = time.monotonic(), {**os.environ, "PALABRE_INSTANCE": str(VENV / "instance")}
    run = subprocess.run([str(PYTHON), *words], cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    said = f"\n{run.stdout}{run.stderr}".rstrip() if run.returncode else ""
    print(f"{name:<10} {'FAILED' if run.returncode else 'ok':<7} {time.monotonic() - begun:.1f} s{said}", flush=True)
    return run.returncode == 0


def pytest(words: list[str]) -> int:
    """Run pytest, which shows what it does, and return its exit code."""
    return subprocess.run([str(PYTHON), "-m", "pytest", *words], cwd=ROOT, check=False).returncode


def chromium() -> bool:
    """Say whether browser tests can run: with the system's Chromium, or with one that Playwright downloads."""
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return True
    return step("chromium", ["-m", "playwright", "install", "chromium"])


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo, "serve": serve, "test": test, "check": check, "bench": bench, "upkeep": upkeep,
}  # fmt: skip


def main(words: list[str]) -> int:
    """Find the command that was asked for, and do it."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(WELCOME)
        return 0
    name, *rest = words
    if name not in COMMANDS:
        flask((rest or ["--help"]) if name == "flask" else words)
    if {"-h", "--help"} & {*rest}:
        print(f"usage: run.py {name} [words]\n\n{inspect.getdoc(COMMANDS[name])}")
        return 0
    return COMMANDS[name](rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stopped as stopped:
        sys.exit(f"\n{stopped}")
    except KeyboardInterrupt:
        sys.exit(130)
