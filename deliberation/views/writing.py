"""Writing down what people propose, and following it to its round. One alone may do all of this: it decides nothing."""

from dataclasses import replace
from datetime import date, timedelta

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import clock, pages
from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import asking, proposals
from deliberation.domain.presets import Again
from deliberation.domain.protocol import Contact, Draft, Effect, Relation, out_of
from deliberation.domain.rounds import MOST_ROUNDS, Stage
from deliberation.domain.rules import Reason
from deliberation.forms.proposing import ProposalForm, RoundForm, filled
from deliberation.phrases import before, catalogue, refusals, rounds, ruling, talk
from deliberation.phrases import protocol as words
from deliberation.phrases.proposals import OVER, standing
from deliberation.queries import decided, settled
from deliberation.queries import proposals as queries
from deliberation.queries.proposals import Proposal
from deliberation.views.blueprint import blueprint
from deliberation.views.proposals import seen
from deliberation.views.proposing import tongues
from surveys import door

CALL = "call"
OFTEN = timedelta(days=7)
BOXED = frozenset({"draft", "open", "ended", "closed"})
READY = frozenset({Stage.AMENDMENT, Stage.UNDERSTANDING})


@blueprint.route("/circle/proposals", methods=["GET", "POST"])
@facilitator
def circle_proposals(actor: Actor) -> ResponseReturnValue:
    """List every proposal, and put some of them to a round."""
    form = RoundForm(request.form if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.validate() and form.closes.data:
        try:
            return redirect(_drafted(actor, form, form.closes.data), 303)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return _listed(actor, form, problem)


def _drafted(actor: Actor, form: RoundForm, closes: date) -> str:
    """Draft one round on everything chosen, or one on each for today's assembly; return where to go on."""
    instrument = before.after(door.shipped("round"), actor.assembly, form.proposals.data)
    asked = actor.assembly, instrument, form.proposals.data
    rated = bool(form.rated.data)
    if form.way.data == "each":
        boxes = asking.draft_rounds(*asked, closes=closes, stage=form.step, rated=rated)
        return url_for("surveys.circle_sitting", box=boxes)
    box = asking.draft_round(*asked, closes=closes, stage=form.step, rated=rated)
    return url_for("surveys.circle_survey", survey=box)


def _listed(actor: Actor, form: RoundForm, problem: str) -> str:
    found = queries.proposals(actor.assembly)
    rule = settled.collective(actor.assembly).rule
    return pages.render(
        "deliberation/circle_proposals.html",
        proposals=[(one, standing(one)) for one in found],
        ready=[one for one in found if _ready(one)],
        stages=rounds.stages(rule),
        usual=clock.today(actor.assembly) + OFTEN,
        calls=[one for one in door.releases(actor.assembly, CALL) if not one.withdrawn],
        movable=[one for one in found if one.way.stage in proposals.WRITABLE and one.box not in BOXED],
        form=form,
        problems=form.problems,
        problem=problem,
    )


def _ready(one: Proposal) -> bool:
    at = one.way.stage in READY and (one.way.short or one.way.stage is Stage.AMENDMENT)
    return at and one.box not in BOXED and not (one.missing or one.conflicts or one.unmet or one.unworded)


@blueprint.route("/circle/proposals/new", methods=["GET", "POST"])
@facilitator
def circle_write(actor: Actor) -> ResponseReturnValue:
    """Write down what somebody proposed, or a text made out of others."""
    begun = _begun(actor)
    form = ProposalForm(request.form) if request.method == "POST" else filled(begun)
    problem = talk.made_from_nothing() if "made" in request.args and not begun.made_from else ""
    if request.method == "POST" and form.validate():
        try:
            slug = proposals.table(actor.assembly, form.draft(Draft()))
            return redirect(url_for("deliberation.circle_proposal", slug=slug), 303)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return _form(actor, form, None, problem)


def _begun(actor: Actor) -> Draft:
    """Return the text to begin with: empty, or made out of those that were chosen."""
    chosen = queries.sources(actor.assembly, request.args.getlist("from"))
    merged = out_of({one.slug: one.draft for one in chosen if one.draft})
    return replace(merged, made_from=frozenset(one.slug for one in chosen))


@blueprint.route("/circle/proposals/<slug>/text", methods=["GET", "POST"])
@facilitator
def circle_amend(actor: Actor, slug: str) -> ResponseReturnValue:
    """Put another text in the place of the present one, which is kept."""
    found = find(actor, slug)
    form = ProposalForm(request.form) if request.method == "POST" else filled(found.draft)
    problem = ""
    if request.method == "POST" and form.validate():
        try:
            proposals.amend(actor.assembly, slug, form.draft(found.draft))
            return redirect(url_for("deliberation.circle_proposal", slug=slug), 303)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return _form(actor, form, found, problem)


def _form(actor: Actor, form: ProposalForm, found: Proposal | None, problem: str = "") -> str:
    protocol = settled.protocol(actor.assembly)
    return pages.render(
        "deliberation/circle_write.html",
        proposal=found,
        form=form,
        problems=form.problems,
        problem=problem,
        tongues=tongues(actor.assembly),
        threats=[one for one in settled.threats(actor.assembly) if one.watched],
        measures=[one for one in settled.measures(actor.assembly) if one.offered],
        categories=catalogue.categories(),
        protocol=protocol,
        contacts=[(one.value, words.contact(one)) for one in Contact],
        relations=[(one.value, words.relation(one)) for one in Relation],
        effects=[(one.value, words.effect(one)) for one in Effect],
        sources=queries.sources(actor.assembly, form.made_from.data),
        decisions=[one for one in decided.decisions(actor.assembly) if one.lives and one.until is None],
    )


def find(actor: Actor, slug: str) -> Proposal:
    """Return a proposal, or end with "not found"."""
    return queries.proposal(actor.assembly, slug) or abort(404)


@blueprint.get("/circle/proposals/<slug>")
@facilitator
def circle_proposal(actor: Actor, slug: str) -> ResponseReturnValue:
    """Show one proposal, what it lacks, and where it may go from here."""
    return shown(actor, find(actor, slug))


def shown(actor: Actor, found: Proposal, problem: str = "") -> str:
    """Return the circle's page of a proposal, with what went wrong."""
    protocol, rule = settled.protocol(actor.assembly), settled.collective(actor.assembly).rule
    return pages.render(
        "deliberation/circle_proposal.html",
        onward=ruling.onward(rule),
        by_lot=rule is not None and rule.again is Again.GROUP and _blocked(found) > 1,
        problem=problem,
        missing=[words.missing(one) for one in found.missing],
        speakable=rounds.speakable(),
        protocol=protocol,
        tongues=tongues(actor.assembly),
        unworded=refusals.act("texts_wait") if found.unworded else "",
        ready=_ready(found),
        boxed=found.box in BOXED,
        most_rounds=MOST_ROUNDS,
        adopts=found.way.verdict is None or found.way.verdict.adopts,
        over=found.way.stage in OVER,
        talkable=found.way.stage in proposals.WRITABLE and found.box not in BOXED,
        **seen(actor.assembly, found),
    )


def _blocked(found: Proposal) -> int:
    """Return how many closed rounds gave that it was blocked."""
    return sum(one.verdict is not None and one.verdict.reason is Reason.BLOCKED for one in found.rounds)
