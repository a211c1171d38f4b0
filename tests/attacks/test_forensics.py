"""A seized machine: after a whole journey, nothing anybody typed can be found in any of its files, nor in its log.

Each search is proved by a twin that keeps what it should not, and is caught.
"""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from commons import clock, db
from commons.settings import here
from deliberation.actions.founding import Charter
from deliberation.cli.staging import Company, company
from surveys import door
from surveys.domain.cards import Code, show
from surveys.domain.logic import Answer, Written
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section

PEOPLE = 9
CANARY = "canary-{}-sings-at-dawn"
START = datetime(2026, 5, 1, 12, tzinfo=UTC)


def asked() -> Questionnaire:
    """One text question: what people write is what must never be found."""
    words = {"en": "What is missing?"}
    question = Question("H2", Kind.TEXT, words)
    return Questionnaire("canary", 1, words, {}, words, 1, ("en",), (Section("one", words, (question,)),))


def journey(kept: list[str]) -> tuple[Company, str, list[str]]:
    """Live one survey from its founding to its release; return what was typed on the way."""
    with clock.stopped(START) as time:
        place = company(Charter("river", "River", ("en",), 3, 2, "UTC"), 5)
        drawn = place.act("surveys.cards", {"size": PEOPLE})
        codes: tuple[Code, ...] = drawn.result if drawn and isinstance(drawn.result, tuple) else ()
        door.register("canary", door.nothing)
        closes = clock.today(place.assembly) + timedelta(days=3)
        slug = door.draft(place.assembly, kind="canary", questionnaire=asked(), terms={}, closes=closes)
        place.act("surveys.open", {"survey": slug})
        survey = door.survey(place.assembly, slug)
        assert survey is not None
        for number, code in enumerate(codes):
            answers: dict[str, Answer] = {"H2": Written(text=CANARY.format(number))}
            door.hand_in(place.assembly, slug, survey.questionnaire, code, answers)
            kept += [CANARY.format(number), str(code), show(code)]
        kept += place.passphrases.values()
        time.move(days=5)
        place.act("surveys.count", {"survey": slug})
    return place, slug, kept


def files(folder: Path) -> Iterator[bytes]:
    """Everything on the disk of the instance."""
    return (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def found(typed: list[str], held: Iterator[bytes]) -> set[str]:
    """What was typed and can be read in some file: as text, in hexadecimal, or hashed."""
    whole = b"\n".join(held)
    return {one for one in typed if any(form in whole for form in forms(one))}


def forms(typed: str) -> Iterator[bytes]:
    plain = typed.encode()
    yield from (plain, plain.hex().encode(), sha256(plain).digest(), sha256(plain).hexdigest().encode())
    yield "".join(re.findall(r"\w", typed)).encode()


def test_nothing_typed_is_found_on_the_disk_or_in_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    _, _, typed = journey([])

    db.session.remove()
    assert found(typed, files(here().settings.instance)) == set()
    assert [one for one in typed if one in caplog.text] == []


def test_the_search_finds_what_a_careless_house_would_keep(app: Flask) -> None:
    _, _, typed = journey([])
    (here().settings.instance / "careless.log").write_text(f"POST {typed[0]} {sha256(typed[1].encode()).hexdigest()}")

    assert found(typed, files(here().settings.instance)) == {typed[0], typed[1]}


def test_while_a_box_is_open_its_file_holds_no_answer_and_no_code(app: Flask) -> None:
    with clock.stopped(START):
        place = company(Charter("river", "River", ("en",), 3, 2, "UTC"), 5)
        drawn = place.act("surveys.cards", {"size": PEOPLE})
        codes: tuple[Code, ...] = drawn.result if drawn and isinstance(drawn.result, tuple) else ()
        door.register("canary", door.nothing)
        closes = clock.today(place.assembly) + timedelta(days=3)
        slug = door.draft(place.assembly, kind="canary", questionnaire=asked(), terms={}, closes=closes)
        place.act("surveys.open", {"survey": slug})
        survey = door.survey(place.assembly, slug)
        assert survey is not None
        door.hand_in(place.assembly, slug, survey.questionnaire, codes[0], {"H2": Written(text=CANARY)})

        db.session.remove()
        assert found([CANARY, str(codes[0]), show(codes[0])], files(here().settings.instance)) == set()
