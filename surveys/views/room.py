"""Open the surveys room: its acts, its upkeep and its pages."""

from flask import Flask

from commons import pages, upkeep
from surveys import queries
from surveys.actions import acts, closing, judges, wording
from surveys.phrases import circle
from surveys.phrases.acts import TELLERS
from surveys.views import (
    ahead,
    answering,
    boxes,
    cards,
    drafting,
    entering,
    paper,
    rehearsing,
    results,
    sheets,
    taking,
    texts,
)
from surveys.views.blueprint import blueprint

PAGES = (ahead, answering, boxes, cards, drafting, entering, paper, rehearsing, results, taking, texts)
SHOWERS = {"surveys.cards": sheets.printed, "surveys.count": boxes.counted}


def register(app: Flask) -> None:
    """Add the room to the application."""
    queries.tell_season()
    acts.declare_acts()
    judges.register("practice", judges.nothing)
    for name, tell in TELLERS.items():
        pages.register_act_page(name, tell, SHOWERS.get(name))
    pages.register_refusals(circle.refusals)
    for job in (closing.end_due, wording.erase_due, closing.forget):
        upkeep.register(job)
    app.register_blueprint(blueprint)
