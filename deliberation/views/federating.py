"""Deciding with other assemblies: what each of them said, and where the circle hands over, receives and combines."""

import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from commons import pages
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.actions import federating as actions
from deliberation.actions import records
from deliberation.domain import federation
from deliberation.domain.federation import Answer
from deliberation.domain.rounds import DECIDED, LIVING, Stage
from deliberation.forms.federating import FederationForm, ReceivedForm
from deliberation.forms.sheet import Sheet
from deliberation.phrases import federating as phrases
from deliberation.phrases import refusals, rounds
from deliberation.queries import proposals
from deliberation.queries.proposals import Proposal
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed

RATIFIED = DECIDED | LIVING | {Stage.NOT_ADOPTED, Stage.NO_AGREEMENT}
CLOSED = RATIFIED | {Stage.RATIFICATION, Stage.WITHDRAWN, Stage.AMENDED}


LONGEST_DOCUMENT = 8000


class Line(NamedTuple):
    """What one assembly said about a proposal, in words."""

    title: str
    said: str
    look: str
    why: str
    band: str
    answer: Answer | None


class Ours(NamedTuple):
    """What we handed over: the document, its words, and what it says in plain words."""

    document: str
    words: str
    outcome: str
    why: str
    band: str
    day: date


@blueprint.get("/together")
@member
def together(assembly: Assembly) -> ResponseReturnValue:
    """Show members which assembly decided what, who is missing, and what it gives."""
    return pages.render("deliberation/together.html", **_seen(assembly))


def _seen(assembly: Assembly) -> Mapping[str, object]:
    agreed = actions.agreed(assembly)
    found = proposals.proposals(assembly)
    asked = [
        (one, _lines(assembly, one), _given(assembly, one)) for one in found if actions.answers(assembly, one.slug)
    ]
    return {
        "agreed": phrases.rules(agreed[0]) if agreed else (),
        "titles": actions.titles(assembly),
        "asked": asked if agreed else [],
    }


def _lines(assembly: Assembly, one: Proposal) -> list[Line]:
    received = actions.answers(assembly, one.slug)
    return [_line(title, received[part][0] if part in received else None) for part, title in _parts(assembly)]


def _parts(assembly: Assembly) -> list[tuple[str, str]]:
    return sorted(actions.titles(assembly).items(), key=lambda one: (one[1].casefold(), one[0]))


def _line(title: str, answer: Answer | None) -> Line:
    said, look = phrases.part(federation.said(answer))
    why, band = (rounds.reason(answer.reason), phrases.band(answer.band)) if answer else ("", "")
    return Line(title, said, look, why, band, answer)


def _given(assembly: Assembly, one: Proposal) -> tuple[str, str]:
    return rounds.said(actions.verdict(assembly, one.slug))


@blueprint.route("/circle/federation", methods=["GET", "POST"])
@facilitator
def circle_federation(actor: Actor) -> ResponseReturnValue:
    """Agree with other assemblies, hand over what we decided, receive what they did, and put it together."""
    if request.method != "POST":
        return _page(actor.assembly, FederationForm())
    action, slug = request.form.get("action", ""), request.form.get("proposal", "")
    form: Sheet = {"agree": FederationForm, "receive": ReceivedForm}.get(action, Sheet)(_typed())
    if not form.validate():
        return _page(actor.assembly, form)
    try:
        if isinstance(form, FederationForm):
            wording = records.word(actor.assembly, {"names": form.titles})
            return proposed(actor, actions.FEDERATE, {"wording": wording, **form.terms})
        if isinstance(form, ReceivedForm):
            return proposed(actor, actions.RECEIVE, _received(actor.assembly, form))
        kind = actions.COMBINE if action == "combine" else actions.HAND_OVER
        return proposed(actor, kind, {"proposal": slug})
    except Refused as refused:
        return _page(actor.assembly, form, refusals.act(refused.code))


def _typed() -> MultiDict[str, str]:
    """Return what was typed; a file that was brought along stands in the place of a pasted document, without NUL."""
    typed, brought = MultiDict(request.form), request.files.get("file")
    document = brought.read(LONGEST_DOCUMENT).decode("utf-8-sig", "replace") if brought else ""
    if document.strip():
        typed["document"] = document.replace("\x00", "\ufffd")
    return typed


@blueprint.get("/circle/federation/<slug>.json")
@facilitator
def handed_over(actor: Actor, slug: str) -> ResponseReturnValue:
    """Give what was handed over about a proposal as a file, to be carried to the federation."""
    answer = actions.handed_over(actor.assembly, slug) or abort(404)
    return Response(_document(answer), mimetype="application/json")


def _received(assembly: Assembly, form: ReceivedForm) -> Mapping[str, object]:
    wording = records.word(assembly, {"document": str(form.document.data).strip()})
    typed = {name: str(form[name].data) for name in ("proposal", "part", "heard")}
    return {**typed, "wording": wording}


def _page(assembly: Assembly, form: Sheet, problem: str = "") -> str:
    found = proposals.proposals(assembly)
    ours = [(one, actions.handed_over(assembly, one.slug)) for one in found if one.way.stage in RATIFIED]
    return pages.render(
        "deliberation/circle_federation.html",
        problem=problem,
        problems=form.problems,
        form=form if isinstance(form, FederationForm) else FederationForm(),
        sent=form if isinstance(form, ReceivedForm) else ReceivedForm(),
        shares=phrases.shares(),
        parts=_parts(assembly),
        at_work=[one for one in found if one.way.stage not in CLOSED],
        ours=[(one, _ours(answer)) for one, answer in ours],
        **_seen(assembly),
    )


def _ours(answer: Answer | None) -> Ours | None:
    """Return what we handed over, as its page shows it; None before we did."""
    if answer is None:
        return None
    outcome, why = rounds.outcome(answer.outcome), rounds.reason(answer.reason)
    return Ours(_document(answer), actions.words_of(answer), outcome, why, phrases.band(answer.band), answer.day)


def _document(answer: Answer) -> str:
    """Return a document as it travels."""
    return json.dumps(federation.write_answer(answer), ensure_ascii=False, indent=1, sort_keys=True)
