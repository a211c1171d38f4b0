"""Founding an assembly in one sitting: a charter, then each person alone with the machine and their own paper.

The machine keeps nothing until the last has typed their words: what was made so far goes along in the form, sealed.
"""

import hmac

from flask import make_response, request
from flask.typing import ResponseReturnValue

from commons import access, pages
from commons import assembly as assemblies
from commons.access import public
from commons.assembly import Assembly
from commons.i18n import languages
from commons.security import Limiter, spoken_as
from deliberation.actions import places
from deliberation.actions.founding import FoundingRefused, can_act, found, found_again, founding_word
from deliberation.forms.founding import Founding, Sitting
from deliberation.phrases import refusals
from deliberation.views.blueprint import founding_blueprint

PAPER, TYPED = "paper", "typed"
_guesses = Limiter(burst=60, per_second=0.2)


@founding_blueprint.route("/found", methods=["GET", "POST"])
@public
def charter() -> ResponseReturnValue:
    """Ask what the founders agree on; then one page for each person; found the assembly once all have their place."""
    form = Founding(request.form if request.method == "POST" else None)
    if request.method == "GET" or not _agreed(form):
        return _asked(form)
    step = request.form.get("step")
    try:
        sitting = Sitting(request.form)
        if step == PAPER:
            return _turn(form, sitting, places.new_paper())
        return _typed(form, sitting) if step == TYPED else _turn(form, sitting)
    except FoundingRefused as refused:
        form.refuse(refused.field if refused.field in form.data else "people", refusals.founding(refused.code))
        return _asked(form)


def _typed(form: Founding, sitting: Sitting) -> ResponseReturnValue:
    """Take the words of one paper; hand the machine on, or found the assembly when this was the last."""
    if not sitting.takes():
        return _turn(form, sitting)
    if len(sitting.made) < form.number:
        return pages.evict(make_response(_turn(form, sitting)))
    return pages.evict(make_response(_founded(_made(form, sitting))))


def _made(form: Founding, sitting: Sitting) -> Assembly:
    """Found a new assembly, or again one whose circle can no longer act: what was decided there stays."""
    there = assemblies.find(form.charter.slug)
    if there is None:
        return found(form.charter, sitting.made)
    return found_again(there, sitting.made, form.charter.k)


def _agreed(form: Founding) -> bool:
    """Check the charter, that its address is free, and the word of the console."""
    there = assemblies.find(form.charter.slug) if form.agrees() else None
    if there is not None and can_act(there):
        form.refuse("slug", refusals.founding("taken"))
    given = spoken_as(str(form.word.data or ""))
    if not _guesses.allows(b"founding word") or not hmac.compare_digest(given.encode(), founding_word().encode()):
        form.refuse("word", refusals.founding("word"))
    return not form.problems


def _asked(form: Founding) -> str:
    tongues = [(one.tag, one.name) for one in languages().values()]
    return pages.render("deliberation/founding.html", form=form, problems=form.problems, tongues=tongues)


def _turn(form: Founding, sitting: Sitting, paper: places.Paper | None = None) -> str:
    """Show whose turn it is, or this person's paper and the fields for its words."""
    sealed = paper.sealed.hex() if paper else sitting.sealed
    return pages.render("deliberation/papers.html", form=form, sitting=sitting, paper=paper, sealed=sealed)


def _founded(assembly: Assembly) -> str:
    word = access.reading_word(assembly)
    return pages.render("deliberation/founded.html", founded=assembly, word=word)
