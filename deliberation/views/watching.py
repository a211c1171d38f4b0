"""The threats an assembly watches and the measures it may put to work: from the catalogue, changed, or its own."""

from collections.abc import Callable, Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.actions import records, watching
from deliberation.actions.watching import MeasureCard, ThreatCard
from deliberation.domain.collective import suits
from deliberation.forms.proposing import Caucus
from deliberation.forms.watching import CardForm
from deliberation.phrases import catalogue as words
from deliberation.phrases import refusals
from deliberation.queries import catalogue, settled
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed, tongues


@blueprint.route("/circle/threats", methods=["GET", "POST"])
@facilitator
def circle_threats(actor: Actor) -> ResponseReturnValue:
    """Choose what is watched, and write down threats of our own."""
    form = CardForm(request.form if request.method == "POST" else None)
    problem = _done(form, _threat, actor.assembly) if request.method == "POST" else ""
    if problem is None:
        return _back("deliberation.circle_threats")
    kept = settled.threats(actor.assembly)
    codes, profile = {one.code for one in kept}, settled.collective(actor.assembly).profile
    others = [one for one in catalogue.threats() if suits(profile, one.kinds)]
    return pages.render(
        "deliberation/circle_threats.html",
        kept=[(one, words.domain(one.domain)) for one in kept if one.watched],
        stopped=[one for one in kept if not one.watched],
        others=[(one, words.domain(one.domain)) for one in others if one.code not in codes],
        form=form,
        problems=form.problems,
        problem=problem,
        tongues=tongues(actor.assembly),
        took="took" in request.args,
    )


def _threat(assembly: Assembly, form: CardForm) -> None:
    """Watch a threat, stop watching it, or keep one of our own. Raises `Refused`."""
    known: dict[str, catalogue.ThreatCard | settled.Threat] = {one.code: one for one in catalogue.threats()}
    known |= {one.code: one for one in settled.threats(assembly)}
    given = known.get(str(form.code.data))
    if form.action.data == "stop":
        watching.stop_watching(assembly, str(form.code.data))
    elif form.action.data == "take" and given:
        watching.keep_threat(assembly, ThreatCard(given.words, given.code, given.signs, given.domain))
    elif form.validate():
        watching.keep_threat(assembly, ThreatCard(form.words.data, signs=form.signs.data))


@blueprint.route("/circle/threats/<code>", methods=["GET", "POST"])
@facilitator
def circle_threat(actor: Actor, code: str) -> ResponseReturnValue:
    """Change the words of a threat we keep, or have heard what a small circle said of it."""
    one = settled.threat(actor.assembly, code) or abort(404)
    form = CardForm(request.form or None, data={"words": one.words, "signs": one.signs})
    if request.method == "POST" and form.validate():
        card = ThreatCard(form.words.data, code, form.signs.data, one.domain)
        try:
            watching.keep_threat(actor.assembly, card, watched=one.watched)
            return redirect(url_for("deliberation.circle_threats"), 303)
        except Refused as refused:
            return _threat_page(actor, one, form, refusals.act(refused.code))
    return _threat_page(actor, one, form)


@blueprint.post("/circle/threats/<code>/caucus")
@facilitator
def circle_threat_caucus(actor: Actor, code: str) -> ResponseReturnValue:
    """Propose to have heard what one of our circles said about a threat."""
    one, form = settled.threat(actor.assembly, code) or abort(404), Caucus(request.form)
    kept = CardForm(data={"words": one.words, "signs": one.signs})
    if not form.validate():
        return _threat_page(actor, one, kept, next(iter(form.problems.values())))
    wording = records.word(actor.assembly, {"words": dict(form.words.data)})
    try:
        return proposed(actor, "deliberation.caucus", {"about": code, "wording": wording})
    except Refused as refused:
        return _threat_page(actor, one, kept, refusals.act(refused.code))


def _threat_page(actor: Actor, one: settled.Threat, form: CardForm, problem: str = "") -> str:
    return pages.render(
        "deliberation/circle_threat.html",
        one=one,
        form=form,
        problems=form.problems,
        problem=problem,
        tongues=tongues(actor.assembly),
    )


@blueprint.route("/circle/measures/<code>", methods=["GET", "POST"])
@facilitator
def circle_measure(actor: Actor, code: str) -> ResponseReturnValue:
    """Change the words of a measure we may put to work."""
    one = settled.measure(actor.assembly, code) or abort(404)
    answers, levels = one.listed("answers"), one.listed("levels")
    now = {"words": one.words, "root_cause": one.root_cause, "answers": answers, "levels": levels}
    form = CardForm(request.form or None, data=now)
    problem = ""
    if request.method == "POST" and form.validate():
        content = form.content(one.content, _watched(actor.assembly))
        try:
            watching.keep_measure(actor.assembly, MeasureCard(form.words.data, code, content), offered=one.offered)
            return redirect(url_for("deliberation.circle_measures"), 303)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return pages.render(
        "deliberation/circle_measure.html",
        one=one,
        threats=_watched(actor.assembly),
        levels=words.levels(),
        form=form,
        problems=form.problems,
        problem=problem,
        tongues=tongues(actor.assembly),
    )


@blueprint.route("/circle/measures", methods=["GET", "POST"])
@facilitator
def circle_measures(actor: Actor) -> ResponseReturnValue:
    """Choose what may be put to work, and write down measures of our own."""
    form = CardForm(request.form if request.method == "POST" else None)
    problem = _done(form, _measure, actor.assembly) if request.method == "POST" else ""
    if problem is None:
        return _back("deliberation.circle_measures")
    kept = settled.measures(actor.assembly)
    codes, profile = {one.code for one in kept}, settled.collective(actor.assembly).profile
    others = [one for one in catalogue.measures() if suits(profile, one.kinds)]
    return pages.render(
        "deliberation/circle_measures.html",
        threats=_watched(actor.assembly),
        levels=words.levels(),
        acts_on=words.acts_on(),
        kept=[(one, words.category(str(one.content.get("category", "")))) for one in kept if one.offered],
        stopped=[one for one in kept if not one.offered],
        others=[(one, words.category(one.category)) for one in others if one.code not in codes],
        form=form,
        problems=form.problems,
        problem=problem,
        tongues=tongues(actor.assembly),
        took="took" in request.args,
    )


def _measure(assembly: Assembly, form: CardForm) -> None:
    """Offer a measure, stop offering it, or keep one of our own. Raises `Refused`."""
    known: dict[str, catalogue.MeasureCard | settled.Measure] = {one.code: one for one in catalogue.measures()}
    known |= {one.code: one for one in settled.measures(assembly)}
    given = known.get(str(form.code.data))
    if form.action.data == "stop":
        watching.stop_offering(assembly, str(form.code.data))
    elif form.action.data == "take" and given:
        watching.keep_measure(assembly, MeasureCard(given.words, given.code, given.content))
    elif form.validate():
        watching.keep_measure(assembly, MeasureCard(form.words.data, content=form.content({}, _watched(assembly))))


def _watched(assembly: Assembly) -> Mapping[str, Mapping[str, str]]:
    """Return the threats a measure may be said to act on."""
    return {one.code: one.words for one in settled.threats(assembly) if one.watched}


def _back(page: str) -> ResponseReturnValue:
    """Go back to a list where it was left: beside the next of the catalogue, or at the one just touched."""
    following, touched = request.form.get("next", ""), request.form.get("code", "")
    if following:
        return redirect(url_for(page, took="", _anchor=following), 303)
    return redirect(url_for(page, _anchor=touched or None), 303)


def _done(form: CardForm, act: Callable[[Assembly, CardForm], None], assembly: Assembly) -> str | None:
    """Do what was asked; return a sentence when it cannot be done, an empty one when the form lacks something."""
    try:
        act(assembly, form)
    except Refused as refused:
        return refusals.act(refused.code)
    return "" if form.problems else None
