"""Add the deliberation room's commands."""

from flask import Flask
from flask.cli import AppGroup

from commons.cli import register_invitation
from deliberation.cli import founding, reading
from deliberation.cli.demonstration import demo
from deliberation.cli.recount import recount
from deliberation.cli.replay import replay

deliberation = AppGroup("deliberation", help="What an assembly needs from the console.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    deliberation.add_command(founding.tell)
    deliberation.add_command(reading.tell)
    deliberation.add_command(replay)
    deliberation.add_command(recount)
    register_invitation(founding.invitation)
    app.cli.add_command(deliberation)
    app.cli.add_command(demo)
