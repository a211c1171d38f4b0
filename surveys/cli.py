"""Commands of the surveys room."""

from flask import Flask
from flask.cli import AppGroup

surveys = AppGroup("surveys", help="Look after questionnaires and boxes.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(surveys)
