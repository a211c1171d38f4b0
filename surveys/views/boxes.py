"""Where facilitators look after surveys and cards. Everything sensitive becomes an act that several sign."""

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import access, pages, quorum
from commons.access import Actor, facilitator
from commons.assembly import load
from commons.quorum import Act, Refused
from surveys import queries
from surveys.actions.drafting import discard
from surveys.domain.cards import SURVEYS, Code, show, show_witness, witness
from surveys.forms.drafting import SIZE, Season
from surveys.phrases import circle as phrases
from surveys.phrases.answering import conditions
from surveys.phrases.releases import unread
from surveys.queries import State, Survey
from surveys.views.blueprint import blueprint


@blueprint.get("/circle/surveys")
@facilitator
def circle_surveys(actor: Actor) -> ResponseReturnValue:
    """List the surveys of the assembly, and where each stands."""
    listed = [(one, phrases.kind(one.kind), phrases.state(one)) for one in queries.surveys(actor.assembly)]
    return pages.render("surveys/surveys.html", surveys=listed)


@blueprint.get("/circle/surveys/<survey>")
@facilitator
def circle_survey(actor: Actor, survey: str) -> ResponseReturnValue:
    """Show one survey, and what the circle may propose about it now."""
    return _page(_found(actor, survey))


def _found(actor: Actor, slug: str) -> Survey:
    found = queries.survey(actor.assembly, slug)
    return found if found is not None else abort(404)


def _page(survey: Survey, problem: str = "") -> ResponseReturnValue:
    ended = survey.over or survey.state is State.CLOSED
    return pages.render(
        "surveys/survey.html",
        survey=survey,
        kind=phrases.kind(survey.kind),
        state=phrases.state(survey),
        asked=phrases.asked(survey),
        ended=ended,
        enough=ended and queries.enough(survey),
        deposited=queries.deposited(survey) if survey.state is State.CLOSED else 0,
        told=unread(survey) if survey.state is not State.DRAFT else ("", ()),
        conditions=conditions(survey.questionnaire),
        problem=problem,
    )


@blueprint.post("/circle/surveys/<survey>/open")
@facilitator
def circle_open(actor: Actor, survey: str) -> ResponseReturnValue:
    """Propose to open a draft."""
    return _proposed(actor, survey, "surveys.open")


@blueprint.post("/circle/surveys/<survey>/count")
@facilitator
def circle_count(actor: Actor, survey: str) -> ResponseReturnValue:
    """Propose to open a box and count it."""
    return _proposed(actor, survey, "surveys.count")


@blueprint.post("/circle/surveys/<survey>/burn")
@facilitator
def circle_burn(actor: Actor, survey: str) -> ResponseReturnValue:
    """Propose to burn a box unread."""
    return _proposed(actor, survey, "surveys.burn")


def _proposed(actor: Actor, slug: str, kind: str) -> ResponseReturnValue:
    found = _found(actor, slug)
    try:
        act = quorum.propose(actor.assembly, kind, {"survey": found.slug})
    except Refused as refused:
        return _page(found, phrases.refusal(refused.code))
    return redirect(url_for("deliberation.act", act_id=act), 303)


@blueprint.post("/circle/surveys/<survey>/discard")
@facilitator
def circle_discard(actor: Actor, survey: str) -> ResponseReturnValue:
    """Throw a draft away."""
    discard(actor.assembly, _found(actor, survey).slug)
    return redirect(url_for("surveys.circle_surveys"), 303)


@blueprint.route("/circle/cards", methods=["GET", "POST"])
@facilitator
def circle_cards(actor: Actor) -> ResponseReturnValue:
    """Show the card sets, and propose a new season's."""
    form, sets = Season(request.form), queries.card_sets(actor.assembly)
    if request.method == "POST" and form.fits():
        act = quorum.propose(actor.assembly, "surveys.cards", {"size": form.size})
        return redirect(url_for("deliberation.act", act_id=act), 303)
    size = str(next((one.size for one in sets if one.current), ""))
    entries = form.entries if request.method == "POST" else {SIZE: [size]}
    return pages.render("surveys/cards.html", sets=sets, entries=entries, problems=form.problems)


def printed(act: Act, result: object) -> ResponseReturnValue:
    """Show a new season's cards, once, to be printed and cut."""
    codes = result if isinstance(result, tuple) else ()
    place = load(act.assembly.id)
    return pages.render(
        "surveys/sheet.html",
        place=place,
        word=access.reading_word(place),
        address=url_for("deliberation.home", assembly=place.slug, _external=True),
        cards=[_card(code) for code in codes],
    )


def _card(code: Code) -> Mapping[str, object]:
    """Return what is printed on one card: its number, and its witness in each survey of the season."""
    return {"code": show(code), "witnesses": [show_witness(witness(code, n)) for n in range(1, SURVEYS + 1)]}


def counted(act: Act, result: object) -> ResponseReturnValue:
    """Go to the result of a box that was just counted."""
    del act
    return redirect(url_for("surveys.results", survey=str(result)), 303)
