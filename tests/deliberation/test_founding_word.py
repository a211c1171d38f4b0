"""Who founds an assembly stands at the machine: its console, and nothing else, says the founding word."""

from flask import Flask

from commons.cli import greeting
from deliberation.actions.founding import Charter, founding_word
from deliberation.cli.staging import company

RIVER = Charter("river", "River", ("en",), 3, 2, "UTC")


def told(app: Flask) -> str:
    """Return what the command prints."""
    answer = app.test_cli_runner().invoke(args=["deliberation", "founding-word"])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_the_command_prints_the_word_that_founding_asks_for(app: Flask) -> None:
    assert told(app) == f"{founding_word()}\n"


def test_the_word_has_served_once_an_assembly_is_founded(app: Flask) -> None:
    before = told(app)

    company(RIVER, 5)

    assert told(app) != before


def test_while_no_assembly_lives_here_the_console_says_where_and_with_which_word(app: Flask) -> None:
    said = list(greeting(8000))

    assert said == [
        "No assembly lives here yet. Found one at http://127.0.0.1:8000/en/found",
        f"The founding word, asked for there: {founding_word()}",
        "Serving on http://127.0.0.1:8000 (stop with Ctrl+C)",
    ]


def test_once_one_does_the_console_says_no_word(app: Flask) -> None:
    company(RIVER, 5)

    assert list(greeting(8000)) == ["Serving on http://127.0.0.1:8000 (stop with Ctrl+C)"]
