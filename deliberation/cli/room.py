"""Add the deliberation room's commands."""

from flask import Flask
from flask.cli import AppGroup

from deliberation.cli.demonstration import demo

deliberation = AppGroup("deliberation", help="Replay conversations and check logs.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(deliberation)
    app.cli.add_command(demo)
