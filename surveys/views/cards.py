"""Cards: a new season's, its spares, and those that nobody drew, which everybody may compare with the results."""

from collections.abc import Callable, Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages, quorum
from commons.access import Actor, facilitator, member, reading_word
from commons.assembly import Assembly
from commons.quorum import Refused
from commons.settings import own
from surveys import queries
from surveys.actions.cards import recognised
from surveys.forms.cards import SECOND, SIZE, Held, Season
from surveys.forms.sheet import Sheet
from surveys.phrases import cards as told
from surveys.phrases import circle as phrases
from surveys.views.blueprint import blueprint
from surveys.views.sheets import address

OF_HALVES = frozenset({"no_such_place", "square_of_halves", "words_of_halves"})


@blueprint.route("/circle/cards", methods=["GET", "POST"])
@facilitator
def circle_cards(actor: Actor) -> ResponseReturnValue:
    """Show the card sets, and propose a new season's."""
    if request.method != "POST":
        return _page(actor)
    form = Season(request.form)
    return _proposed(actor, form, SIZE, "surveys.cards", lambda: form.params)


@blueprint.post("/circle/cards/spare")
@facilitator
def circle_spare(actor: Actor) -> ResponseReturnValue:
    """Propose to give out one spare card."""
    (current, *_) = [one.id.hex() for one in queries.card_sets(actor.assembly)] or [""]
    try:
        act = quorum.propose(actor.assembly, "surveys.spare", {"set": current})
    except Refused as refused:
        return _page(actor, problem=phrases.refusal(refused.code))
    return redirect(url_for("deliberation.act", act_id=act), 303)


@blueprint.post("/circle/cards/void")
@facilitator
def circle_void(actor: Actor) -> ResponseReturnValue:
    """Propose to show and void cards that nobody drew."""
    form = Held(request.form)
    return _proposed(actor, form, "codes", "surveys.void", lambda: recognised(actor.assembly, form.codes))


def _proposed(
    actor: Actor, form: Season | Held, field: str, kind: str, params: Callable[[], Mapping[str, object]]
) -> ResponseReturnValue:
    """Put an act before the circle, or show the page again with a sentence beside the field."""
    if form.fits():
        try:
            return redirect(url_for("deliberation.act", act_id=quorum.propose(actor.assembly, kind, params())), 303)
        except Refused as refused:
            form.refuse(SECOND if refused.code in OF_HALVES else field, phrases.refusal(refused.code))
    return _page(actor, form)


def _page(actor: Actor, form: Sheet | None = None, problem: str = "") -> ResponseReturnValue:
    sets = queries.card_sets(actor.assembly)
    return pages.render(
        "surveys/cards.html",
        address=address(actor.assembly),
        word=reading_word(actor.assembly),
        own=own(address(actor.assembly)),
        sets=[(one, told.season(one)) for one in sets],
        current=next((one for one in sets if one.current), None),
        squares=told.squares(),
        entries=form.entries if form else {},
        problems=form.problems if form else {},
        problem=problem,
    )


@blueprint.get("/cards")
@member
def left_over(assembly: Assembly) -> ResponseReturnValue:
    """Say of each season how many cards were printed, given and left over, and whether a left-over one was counted."""
    seasons = [
        (told.season(one), told.left_over(one), [_told(two) for two in queries.checked(assembly, one)])
        for one in queries.card_sets(assembly)
    ]
    return pages.render("surveys/seasons.html", seasons=seasons)


def _told(checked: queries.Checked) -> tuple[queries.Survey, str, str]:
    return checked.survey, told.compared(checked), told.on_paper(checked)
