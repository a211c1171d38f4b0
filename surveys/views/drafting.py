"""Where a facilitator drafts a survey from an instrument: what it asks about, and until when."""

from collections.abc import Mapping
from datetime import timedelta

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import clock, pages
from commons.access import Actor, facilitator
from surveys.actions.drafting import draft
from surveys.actions.offers import offered, terms_of
from surveys.domain.questionnaire import Choice, Questionnaire
from surveys.forms.drafting import CLOSES, OPTIONAL, Drafted, drafted
from surveys.interchange import shipped
from surveys.phrases import circle as phrases
from surveys.views.blueprint import blueprint

KINDS: Mapping[str, str] = {
    "short-baseline": "baseline",
    "baseline": "baseline",
    "pulse": "pulse",
    "call": "call",
    "order": "order",
    "practice": "practice",
}
USUAL = timedelta(days=7)
LEAD_TO: Mapping[str, str] = {
    "measures": "deliberation.circle_measures",
    "threats": "deliberation.circle_threats",
    "voices": "deliberation.circle_people",
}
"""Where the members of a list are chosen: the circle's pages of the other room, by their addresses."""


@blueprint.get("/circle/surveys/new")
@facilitator
def circle_new(actor: Actor) -> ResponseReturnValue:
    """Show the instruments a survey may be made from."""
    del actor
    return pages.render(
        "surveys/instruments.html",
        instruments={name: shipped(name) for name in KINDS},
        kinds={name: phrases.purpose(kind) for name, kind in KINDS.items()},
    )


@blueprint.route("/circle/surveys/new/<instrument>", methods=["GET", "POST"])
@facilitator
def circle_draft(actor: Actor, instrument: str) -> ResponseReturnValue:
    """Ask what the survey is about, and keep the draft."""
    if instrument not in KINDS:
        abort(404)
    asked, kind = shipped(instrument), KINDS[instrument]
    lists = _lists(actor, asked)
    form = drafted(lists, request.form)
    if request.method == "POST" and form.fits(asked, clock.today(actor.assembly)):
        terms = terms_of(actor.assembly, kind)
        slug = draft(actor.assembly, kind=kind, questionnaire=form.questionnaire, terms=terms, closes=form.closes)
        return redirect(url_for("surveys.circle_survey", survey=slug), 303)
    return _page(actor, asked, lists, form)


def _page(
    actor: Actor, asked: Questionnaire, lists: Mapping[str, tuple[Choice, ...]], form: Drafted
) -> ResponseReturnValue:
    usual = {name: [choice.id for choice in members] for name, members in lists.items() if name in OPTIONAL}
    usual[CLOSES] = [(clock.today(actor.assembly) + USUAL).isoformat()]
    return pages.render(
        "surveys/draft.html",
        asked=asked,
        lead_to=LEAD_TO,
        lists=[(name, phrases.heading(name), phrases.help_for(name), members) for name, members in lists.items()],
        entries=form.entries if request.method == "POST" else usual,
        problems=form.problems,
    )


def _lists(actor: Actor, asked: Questionnaire) -> Mapping[str, tuple[Choice, ...]]:
    """Return what may be chosen for each list of an instrument: what the assembly offers, else what is shipped."""
    return {name: offered(actor.assembly, name) or members for name, members in asked.lists.items()}
