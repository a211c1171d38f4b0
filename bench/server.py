"""The server that is measured: the demonstration's settings, one assembly, one open survey, and a hello-world route.

Started by the measurements in a process of its own; says on its first line what they need to know, as JSON.
"""

import json
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from app import create_app
from commons import access, clock, db
from commons.cli import server
from commons.settings import Settings
from deliberation.actions.founding import Charter
from deliberation.cli.staging import Company, company
from surveys import door
from surveys.domain.cards import show
from surveys.domain.questionnaire import Choice, Questionnaire
from surveys.domain.reading import fill

TAGS = ("en", "fr", "es")
PEOPLE = 1200
THREATS = 6
CONTROL = ("BEGIN", "PRAGMA", "SAVEPOINT")


def main(folder: str) -> None:
    """Make the scene, say where it is, serve until ended."""
    app = create_app(Settings(instance=Path(folder), passphrase_memory=8))
    app.add_url_rule("/hello", "hello", hello)
    with app.app_context():
        db.upgrade()
        told = scene(app)
        count_statements(app)
    served = server(app, 0)
    sys.stdout.write(json.dumps({**told, "port": served.effective_port}) + "\n")
    sys.stdout.flush()
    served.run()


@access.public
def hello() -> str:
    """Say hello, with the headers of every page."""
    return "Hello, world!"


def count_statements(app: Flask) -> None:
    """Count the SQL statements that every thread sends from now on, transaction control apart, and tell at an address.

    Asking for the number sends none itself.
    """
    sent: list[None] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(CONTROL):
            sent.append(None)

    @access.public
    def told() -> str:
        return str(len(sent))

    event.listen(db.db.engine, "before_cursor_execute", note)
    app.add_url_rule("/statements", "statements", told)


def scene(app: Flask) -> dict[str, object]:
    """Open the full baseline with six threats to twelve hundred cards."""
    founders = company(Charter("bench", "Bench", TAGS, 3, 2, "UTC"), 5)
    drawn = founders.act("surveys.cards", {"size": PEOPLE})
    codes = drawn.result if drawn else ()
    slug = opened(founders, filled(door.shipped("baseline")))
    place = founders.assembly
    survey = door.survey(place, slug)
    keys = [item.key for item in survey.questionnaire.items] if survey else []
    with app.test_request_context("/"):
        name, value = f"{access.READING}-{place.slug}", access._reading_cookie(place)  # noqa: SLF001 - a reader's cookie
    return {
        "path": f"/en/{place.slug}/answer/{slug}",
        "cookie": f"{name}={value}",
        "codes": [show(code) for code in codes],  # type: ignore[attr-defined]  # the cards drawn
        "items": keys,
    }


def filled(questionnaire: Questionnaire) -> Questionnaire:
    """Return an instrument whose empty lists have members."""
    sizes = {"threats": THREATS, "measures": 9, "voices": 3}
    lists = {
        name: tuple(_choice(name, number) for number in range(1, sizes.get(name, 3) + 1))
        for name in questionnaire.blanks
    }
    return fill(questionnaire, **lists)


def _choice(name: str, number: int) -> Choice:
    words = {
        "en": f"One of the {name}, number {number}",
        "fr": f"{name} numéro {number}",
        "es": f"{name} número {number}",
    }
    return Choice(f"{name[0].upper()}{number:02}", words)


def opened(founders: Company, questionnaire: Questionnaire) -> str:
    """Draft and open a survey that closes in a week; return its slug."""
    closes = clock.today(founders.assembly) + timedelta(days=7)
    door.register("bench", door.nothing)
    slug = door.draft(founders.assembly, kind="bench", questionnaire=questionnaire, terms={}, closes=closes)
    founders.act("surveys.open", {"survey": slug})
    return slug


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(folder)
