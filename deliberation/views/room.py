"""Open the deliberation room: its acts, its judges, its upkeep and its pages."""

from flask import Flask

from deliberation.views.blueprint import blueprint


def register(app: Flask) -> None:
    """Add the room to the application."""
    app.register_blueprint(blueprint)
