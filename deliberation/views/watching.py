"""The threats an assembly watches and the measures it may put to work: from the catalogue, changed, or its own."""

from collections.abc import Callable, Iterable, Mapping

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
from deliberation.forms.watching import CardForm, one_of
from deliberation.phrases import asking, refusals
from deliberation.phrases import catalogue as words
from deliberation.queries import catalogue, settled
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import doubted, proposed, tongues
from surveys.domain.questionnaire import alike


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
        domains=words.domains(),
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
        cause = given.cause if isinstance(given, settled.Threat) else {}
        watching.keep_threat(assembly, ThreatCard(given.words, given.code, given.signs, given.domain, cause))
    elif form.action.data == "several":
        if listed := _listed(form, assembly, settled.threats(assembly)):
            watching.keep_several(assembly, [ThreatCard(one) for one in listed])
    elif form.validate():
        watching.keep_threat(assembly, _typed(form))


def _typed(form: CardForm, code: str = "") -> ThreatCard:
    """Return the threat that was typed."""
    domain = one_of(words.domains(), form.domain.data)
    return ThreatCard(form.words.data, code, form.signs.data, domain, form.cause.data)


def _as_kept(one: settled.Threat) -> Mapping[str, object]:
    """Return a threat as its form begins."""
    return {"words": one.words, "signs": one.signs, "cause": one.cause, "domain": one.domain}


@blueprint.route("/circle/threats/<code>", methods=["GET", "POST"])
@facilitator
def circle_threat(actor: Actor, code: str) -> ResponseReturnValue:
    """Change the words of a threat we keep, or have heard what a small circle said of it."""
    one = settled.threat(actor.assembly, code) or abort(404)
    form = CardForm(request.form or None, data=_as_kept(one))
    if request.method == "POST" and form.validate():
        try:
            watching.keep_threat(actor.assembly, _typed(form, code), watched=one.watched)
            return redirect(url_for("deliberation.circle_threats"), 303)
        except Refused as refused:
            return _threat_page(actor, one, form, refusals.act(refused.code))
    return _threat_page(actor, one, form)


@blueprint.post("/circle/threats/<code>/caucus")
@facilitator
def circle_threat_caucus(actor: Actor, code: str) -> ResponseReturnValue:
    """Propose to have heard what one of our talking circles said about a threat."""
    one, form = settled.threat(actor.assembly, code) or abort(404), Caucus(request.form)
    kept = CardForm(data=_as_kept(one))
    if not form.validate():
        if form.doubtful:
            return doubted(actor, form)
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
        domains=words.domains(),
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
    listed = {"answers": one.listed("answers"), "levels": one.listed("levels"), "acts_on": one.acts_on}
    form = CardForm(request.form or None, data={"words": one.words, "category": one.category, **listed})
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
        **_shelves(),
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
    sieve = _sieve()
    return pages.render(
        "deliberation/circle_measures.html",
        threats=_watched(actor.assembly),
        **_shelves(),
        filter=sieve,
        kept=[(one, words.category(one.category)) for one in kept if one.offered and _passes(one, sieve)],
        stopped=[one for one in kept if not one.offered],
        others=[(one, words.category(one.category)) for one in others if one.code not in codes and _passes(one, sieve)],
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
    elif form.action.data == "several":
        if listed := _listed(form, assembly, settled.measures(assembly)):
            watching.keep_several(assembly, [MeasureCard(one) for one in listed])
    elif form.validate():
        watching.keep_measure(assembly, MeasureCard(form.words.data, content=form.content({}, _watched(assembly))))


def _shelves() -> Mapping[str, Mapping[str, str]]:
    """Return in words what is chosen of a measure: its shelf, where it acts, on what."""
    return {"levels": words.levels(), "acts_on": words.acts_on(), "categories": words.categories()}


def _sieve() -> Mapping[str, str]:
    """Return what the lists are held to: one `shelf`, one thing they do; nothing where all is shown."""
    return {name: found for name in ("shelf", "does") if (found := request.args.get(name, ""))}


def _passes(one: catalogue.MeasureCard | settled.Measure, sieve: Mapping[str, str]) -> bool:
    """Tell whether a measure is on the shelf and does the thing that were asked for."""
    return sieve.get("shelf") in {None, one.category} and ("does" not in sieve or sieve["does"] in one.acts_on)


def _listed(
    form: CardForm, assembly: Assembly, kept: Iterable[settled.Threat | settled.Measure]
) -> list[Mapping[str, str]]:
    """Return the words of each line pasted; none where a line has to be changed, which the form then says."""
    tongue = one_of(assembly.languages, form.tongue.data) or assembly.languages[0]
    there = {alike(one.words.get(tongue, "")) for one in kept}
    if not form.fits:
        return []
    if again := next((name for name in form.named if alike(name) in there), ""):
        form.refuse("lines", asking.line_kept(again))
        return []
    return [{tongue: name} for name in form.named]


def _watched(assembly: Assembly) -> Mapping[str, Mapping[str, str]]:
    """Return the threats a measure may be said to act on."""
    return {one.code: one.words for one in settled.threats(assembly) if one.watched}


def _back(page: str) -> ResponseReturnValue:
    """Go back to a list where it was left, sieved as it was: by the next of the catalogue, or by the one touched."""
    following, touched = request.form.get("next", ""), request.form.get("code", "")
    shelf, does = request.args.get("shelf"), request.args.get("does")
    took, anchor = ("", following) if following else (None, touched or None)
    return redirect(url_for(page, took=took, shelf=shelf, does=does, _anchor=anchor), 303)


def _done(form: CardForm, act: Callable[[Assembly, CardForm], None], assembly: Assembly) -> str | None:
    """Do what was asked; return a sentence when it cannot be done, an empty one when the form lacks something."""
    try:
        act(assembly, form)
    except Refused as refused:
        return refusals.act(refused.code)
    return "" if form.problems else None
