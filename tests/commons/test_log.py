"""The log: changing, dropping or moving one entry is noticed, by us and by a program that shares no code with us."""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from commons import db, log
from commons.assembly import Assembly
from commons.settings import HOUSE
from tests.commons.test_quorum import founded

VERIFIER = HOUSE / "static" / "verify_log.py"


@pytest.fixture
def written(either: Flask) -> Assembly:
    assembly = founded("log")
    for number in range(4):
        log.append(assembly, "tested", {"é": number, "words": {"fr": "où", "en": "where"}})
    return assembly


def verify(*files: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", VERIFIER, *files], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def saved(folder: Path, name: str, data: object) -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return path


def test_the_stand_alone_verifier_agrees_with_us(written: Assembly, tmp_path: Path) -> None:
    code, said = verify(saved(tmp_path, "log.json", log.exported(written)))

    assert code == 0
    assert log.spoken_head(written) in said


def test_a_second_implementation_finds_the_same_head(written: Assembly) -> None:
    digest = b"\0" * 32
    for line in log.entries(written):
        payload = json.dumps(line.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        told = f'"day":"{line.day}","kind":"{line.kind}","payload":{payload},"seq":{line.seq}'
        body = f'{{"assembly":"{written.id.hex()}",{told}}}'
        digest = sha256(b"\x01" + digest + body.encode()).digest()

    assert digest.hex() == log.head(written)


def changed(lines: list[dict[str, object]]) -> None:
    lines[1]["payload"] = {"é": 9}


def dropped(lines: list[dict[str, object]]) -> None:
    del lines[2]


def swapped(lines: list[dict[str, object]]) -> None:
    lines[1], lines[2] = lines[2], lines[1]


def doubled(lines: list[dict[str, object]]) -> None:
    lines.insert(1, lines[1])


def dated(lines: list[dict[str, object]]) -> None:
    lines[3]["day"] = "2020-01-01"


@pytest.mark.parametrize("harm", [changed, dropped, swapped, doubled, dated])
def test_any_harm_is_noticed(app: Flask, tmp_path: Path, harm: Callable[[list[dict[str, object]]], None]) -> None:
    assembly = founded("harm")
    for number in range(4):
        log.append(assembly, "tested", {"number": number})
    lines = json.loads(log.exported(assembly))
    harm(lines)

    code, said = verify(saved(tmp_path, "log.json", lines))

    assert code == 1
    assert "NOT WHOLE" in said


def test_a_longer_log_continues_and_a_rewritten_one_does_not(app: Flask, tmp_path: Path) -> None:
    assembly, other = founded("old"), founded("new")
    for place in (assembly, other):
        log.append(place, "tested", {"number": 1})
    old = saved(tmp_path, "old.json", log.exported(assembly))
    log.append(assembly, "tested", {"number": 2})
    new = saved(tmp_path, "new.json", log.exported(assembly))
    cut = saved(tmp_path, "cut.json", log.exported(other))

    assert verify(old, new)[0] == 0
    assert verify(new, old)[0] == 1
    assert verify(old, cut)[0] == 1


@pytest.mark.parametrize("statement", ["UPDATE log SET kind = 'x'", "DELETE FROM log"])
def test_the_database_itself_refuses_to_change_the_log(written: Assembly, statement: str) -> None:
    with pytest.raises(DatabaseError, match="frozen"), db.db.engine.begin() as connection:
        connection.execute(text(statement))


def test_the_same_log_in_other_characters_is_continued(app: Flask, tmp_path: Path) -> None:
    assembly = founded("letters")
    log.append(assembly, "tested", {"said": "où"})
    old = saved(tmp_path, "old.json", unicodedata.normalize("NFD", log.exported(assembly)))
    log.append(assembly, "tested", {"said": "là"})
    new = saved(tmp_path, "new.json", log.exported(assembly))

    assert verify(old, new)[0] == 0
    assert verify(new, old)[0] == 1


def test_keys_that_compose_are_hashed_as_they_are_kept(app: Flask, tmp_path: Path) -> None:
    assembly = founded("keys")
    log.append(assembly, "tested", {"e\u0301": 1, "f": 2})

    assert verify(saved(tmp_path, "log.json", log.exported(assembly)))[0] == 0
