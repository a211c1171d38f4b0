"""Paper typed in by two at one machine: cards given in for forms, then each form typed by one and again by the other.

Between the two typings a form stands nowhere but on the page itself, sealed for this sitting. Once both agree, it goes
into the box like any ballot, and can be read no more.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Self

from flask import Response, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from nacl.exceptions import CryptoError
from werkzeug.datastructures import MultiDict

from commons import pages, quorum
from commons.access import Actor, facilitator, form_token
from commons.quorum import NotUnlocked, Refused
from commons.security import unwrap, wrap
from surveys.actions import paper
from surveys.forms.entering import (
    OTHER,
    OWN,
    THEIRS,
    Exchanged,
    Pair,
    Typed,
    differing,
    on_paper,
    one_question,
    stones,
)
from surveys.forms.sheet import Sheet
from surveys.phrases import circle, entering
from surveys.phrases.answering import conditions
from surveys.queries import State, Survey
from surveys.views.blueprint import blueprint
from surveys.views.boxes import find

PURPOSE = "paper"
STONES = "stones"
Entries = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Turn:
    """Where two who type stand: in which survey and sitting, whose turn it is, and what the first of them typed.

    `under` are the nullifiers drawn for what is being typed, so that a page sent twice is put in the box once.
    """

    survey: str
    sitting: str
    other: int
    stones: bool
    under: list[str]
    first: Entries = field(default_factory=dict)
    agreed: Entries = field(default_factory=dict)
    second: bool = False

    def sealed(self) -> str:
        """Return it as the page carries it: sealed under this machine's key, bound to this sitting."""
        return wrap(PURPOSE, json.dumps(asdict(self)).encode()).hex()

    @classmethod
    def read(cls, sealed: str, survey: Survey) -> Self:
        """Return the turn a page carried, or end with "bad request" when it is another sitting's."""
        try:
            turn = cls(**json.loads(unwrap(PURPOSE, bytes.fromhex(sealed))))
        except (ValueError, CryptoError):
            abort(400)
        return turn if (turn.survey, turn.sitting) == (survey.slug, form_token()) else abort(400)


@blueprint.route("/circle/surveys/<survey>/forms", methods=["GET", "POST"])
@facilitator
def circle_forms(actor: Actor, survey: str) -> ResponseReturnValue:
    """Show how paper comes into this box, and propose to let forms in for the cards given in."""
    found = _takes_paper(actor, survey)
    if request.method != "POST":
        return _page(found)
    form = Exchanged(request.form)
    if form.fits():
        try:
            params = paper.exchanged(actor.assembly, found.slug, form.codes)
            act = quorum.propose(actor.assembly, paper.PAPER, params)
            return redirect(url_for("deliberation.act", act_id=act), 303)
        except Refused as refused:
            form.refuse("codes", circle.refusal(refused.code))
    return _page(found, form)


def _takes_paper(actor: Actor, slug: str) -> Survey:
    found = find(actor, slug)
    return found if found.state in {State.OPEN, State.ENDED} else abort(404)


def _page(survey: Survey, form: Sheet | None = None) -> str:
    left = len(paper.free(survey.assembly, survey.slug))
    return pages.render(
        "surveys/forms.html",
        survey=survey,
        left=left,
        told=entering.left(left),
        bowls=one_question(survey.questionnaire) is not None,
        entries=form.entries if form else {},
        problems=form.problems if form else {},
    )


@blueprint.post("/circle/surveys/<survey>/forms/begin")
@facilitator
def circle_pair(actor: Actor, survey: str) -> ResponseReturnValue:
    """Begin to type, once two places of the circle have shown that they are here."""
    found, form = _takes_paper(actor, survey), Pair(request.form)
    other = form.other(actor.slot)
    if other and _both(actor, form, other):
        heaped = request.form.get("kind") == STONES and one_question(found.questionnaire) is not None
        turn = Turn(found.slug, form_token(), other, heaped, [])
        return _next(found, turn)
    return _page(found, form)


def _both(actor: Actor, form: Pair, other: int) -> bool:
    """Tell whether both passphrases open their places, with a sentence beside what is wrong."""
    if other not in {slot.slot for slot in quorum.slots(actor.assembly) if slot.active}:
        form.refuse(OTHER, entering.another_place())
        return False
    for name, place in ((OWN, actor.slot), (THEIRS, other)):
        try:
            quorum.unlock(actor.assembly, place, form.sent(name).said)
        except NotUnlocked:
            form.refuse(name, circle.not_unlocked())
    return not form.problems


@blueprint.post("/circle/surveys/<survey>/forms/type")
@facilitator
def circle_type(actor: Actor, survey: str) -> ResponseReturnValue:
    """Take one typing: the first is carried to the second person, the second is compared with it."""
    found = _takes_paper(actor, survey)
    turn = Turn.read(request.form.get("turn", ""), found)
    form = _form(found, turn, request.form)
    if not form.fits():
        return _typing(found, turn, form.entries, form.problems)
    if not turn.second:
        return _typing(found, _passed(turn, form.entries), turn.agreed, {})
    first = _form(found, turn, _sent(turn.first))
    first.fits()
    differs = differing(first, form)
    if differs:
        agreed = {name: list(said) for name, said in form.entries.items() if name.removesuffix("-text") not in differs}
        return _typing(found, _again(turn, agreed), agreed, differs)
    return _kept(found, turn, form)


def _kept(survey: Survey, turn: Turn, form: Typed) -> ResponseReturnValue:
    """Put what both typed in the box, and go on to the next."""
    try:
        paper.take(survey.assembly, survey.slug, form.given, [bytes.fromhex(one) for one in turn.under])
    except Refused as refused:
        return _next(survey, turn, circle.refusal(refused.code))
    return _next(survey, turn)


def _next(survey: Survey, turn: Turn, problem: str = "") -> ResponseReturnValue:
    """Show an empty form to type, or go back when every form is in the box."""
    left = paper.free(survey.assembly, survey.slug)
    if not left:
        return pages.evict(make_response(redirect(url_for("surveys.circle_forms", survey=survey.slug), 303)))
    under = left if turn.stones else (paper.one_of(survey.assembly, survey.slug),)
    new = Turn(survey.slug, turn.sitting, turn.other, turn.stones, [one.hex() for one in under])
    return _typing(survey, new, {}, {}, problem)


def _passed(turn: Turn, typed: Entries) -> Turn:
    return Turn(turn.survey, turn.sitting, turn.other, turn.stones, turn.under, typed, turn.agreed, second=True)


def _again(turn: Turn, agreed: Entries) -> Turn:
    return Turn(turn.survey, turn.sitting, turn.other, turn.stones, turn.under, agreed=agreed)


def _sent(entries: Entries) -> MultiDict[str, str]:
    return MultiDict([(name, value) for name, values in entries.items() for value in values])


def _form(survey: Survey, turn: Turn, sent: MultiDict[str, str]) -> Typed:
    item = one_question(survey.questionnaire)
    if turn.stones and item:
        return stones(item, len(turn.under), sent)
    return on_paper(survey.definition, sent)


def _typing(survey: Survey, turn: Turn, entries: Entries, problems: Mapping[str, str], problem: str = "") -> Response:
    """Show what is to be typed by whoever's turn it is. The browser is told to forget the page it comes from."""
    item = one_question(survey.questionnaire)
    page = pages.render(
        "surveys/typing.html",
        survey=survey,
        turn=turn,
        item=item if turn.stones else None,
        told=entering.left(len(paper.free(survey.assembly, survey.slug))),
        entries=entries,
        problems=problems,
        problem=problem,
        conditions=conditions(survey.questionnaire),
    )
    return pages.evict(make_response(page))
