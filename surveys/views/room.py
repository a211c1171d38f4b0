"""Open the surveys room: its acts, its upkeep and its pages."""

from flask import Flask

from surveys import queries
from surveys.actions import acts, judges
from surveys.views import answering
from surveys.views.blueprint import blueprint

PAGES = (answering,)


def register(app: Flask) -> None:
    """Add the room to the application."""
    queries.tell_season()
    acts.declare_acts()
    judges.register("practice", judges.nothing)
    app.register_blueprint(blueprint)
