"""Open the surveys room: its acts, its upkeep and its pages."""

from flask import Flask

from surveys.views.blueprint import blueprint


def register(app: Flask) -> None:
    """Add the room to the application."""
    app.register_blueprint(blueprint)
