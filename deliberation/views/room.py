"""Open the deliberation room: its acts, its judges, its upkeep and its pages."""

from flask import Flask

from commons import access, allies, i18n, pages, quorum, upkeep
from deliberation.actions import acts as actions
from deliberation.actions import circle
from deliberation.actions import leaving as ending
from deliberation.actions import living as lives
from deliberation.actions import records as rows
from deliberation.actions import widening as widen
from deliberation.phrases import effort, refusals, telling
from deliberation.phrases.acts import TELLERS
from deliberation.queries import settled
from deliberation.views import (
    actors,
    acts,
    ahead,
    around,
    board,
    collective,
    deciding,
    entering,
    federating,
    founding,
    guiding,
    hall,
    home,
    leaving,
    living,
    members,
    minutes,
    moving,
    naming,
    plan,
    principles,
    proposals,
    records,
    ruling,
    settling,
    speaking,
    tabling,
    talking,
    turns,
    walk,
    watching,
    weighing,
    widening,
    worksheet,
    writing,
)
from deliberation.views.blueprint import blueprint, founding_blueprint, walk_blueprint
from surveys import door

MEMBERS = (
    walk, home, collective, guiding, board, plan, ahead, proposals, records, minutes, around, ruling, worksheet,
    federating, founding,
)  # fmt: skip
CIRCLE = (
    entering, acts, members, turns, hall, settling, tabling, naming, speaking, actors, principles, watching, weighing,
    writing, moving, talking, deciding, living, widening, leaving,
)  # fmt: skip


def register(app: Flask) -> None:
    """Add the room to the application."""
    quorum.register_circle(circle.slots, circle.guard)
    quorum.register_unlock(circle.unlock)
    access.register_actor(circle.may_sit)
    allies.register(widen.widened)
    i18n.register_own(settled.own_words)
    actions.declare_acts()
    actions.offer_all()
    actions.register_judges()
    door.say("baseline", telling.baseline, effort.warnings)
    door.say("pulse", telling.pulse)
    door.say("round", telling.round_told, telling.round_warnings)
    upkeep.register(circle.forget_candidates)
    upkeep.register(rows.forget_words)
    upkeep.register(lives.end_emergencies)
    upkeep.register(ending.erase_due)
    pages.register_refusals(refusals.acts)
    for name, tell in TELLERS.items():
        pages.register_act_page(name, tell)
    app.jinja_env.globals["form_token"] = access.form_token
    app.register_blueprint(blueprint)
    app.register_blueprint(founding_blueprint)
    app.register_blueprint(walk_blueprint)
