"""Open the deliberation room: its acts, its judges, its upkeep and its pages."""

from flask import Flask

from commons import access, pages, quorum
from deliberation.actions import circle
from deliberation.phrases.acts import TELLERS
from deliberation.views import acts, entering, founding, guarding, home, records
from deliberation.views.blueprint import blueprint, founding_blueprint

PAGES = (home, records, entering, acts, guarding, founding)


def register(app: Flask) -> None:
    """Add the room to the application."""
    quorum.register_circle(circle.slots, circle.guard)
    access.register_actor(circle.may_sit)
    for kind in circle.ACTS:
        quorum.declare(kind)
    for name, tell in TELLERS.items():
        pages.register_act_page(name, tell)
    app.jinja_env.globals["form_token"] = access.form_token
    app.register_blueprint(blueprint)
    app.register_blueprint(founding_blueprint)
