"""Cards: a new season's, printed once, and the voiding of those that nobody holds."""

from collections.abc import Mapping, Sequence

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import access, pages, quorum
from commons.access import Actor, facilitator
from commons.assembly import Assembly, load
from commons.quorum import Act, Refused
from commons.settings import here, own
from surveys import queries
from surveys.actions.cards import recognised
from surveys.domain.cards import SURVEYS, Code, show, show_witness, witness
from surveys.forms.drafting import SIZE, Season, Voided
from surveys.phrases import circle as phrases
from surveys.views.blueprint import blueprint


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
    return _page(actor.assembly, entries, form.problems)


@blueprint.post("/circle/cards/void")
@facilitator
def circle_void(actor: Actor) -> ResponseReturnValue:
    """Propose to void cards of the season: left over, or given in unread for a paper form."""
    form = Voided(request.form)
    if form.fits():
        try:
            act = quorum.propose(actor.assembly, "surveys.void", recognised(actor.assembly, form.codes))
            return redirect(url_for("deliberation.act", act_id=act), 303)
        except Refused as refused:
            form.refuse("codes", phrases.refusal(refused.code))
    return _page(actor.assembly, form.entries, form.problems)


def _page(assembly: Assembly, entries: Mapping[str, Sequence[str]], problems: Mapping[str, str]) -> str:
    address, sets = _address(assembly), queries.card_sets(assembly)
    return pages.render(
        "surveys/cards.html", sets=sets, entries=entries, problems=problems, address=address, own=own(address)
    )


def printed(act: Act, result: object) -> ResponseReturnValue:
    """Show a new season's cards, once, to be printed and cut."""
    codes = result if isinstance(result, tuple) else ()
    place = load(act.assembly.id)
    address = _address(place)
    return pages.render(
        "surveys/sheet.html",
        place=place,
        word=access.reading_word(place),
        address=address,
        own=own(address),
        cards=[_card(code) for code in codes],
    )


def _address(place: Assembly) -> str:
    """Return the address printed on cards: where this house was told that members reach it, else as seen from here."""
    outside = here().settings.address or request.host_url.rstrip("/")
    return f"{outside}{url_for('deliberation.home', assembly=place.slug)}"


def _card(code: Code) -> Mapping[str, object]:
    """Return what is printed on one card: its number, and its witness in each survey of the season."""
    return {"code": show(code), "witnesses": [show_witness(witness(code, n)) for n in range(1, SURVEYS + 1)]}
