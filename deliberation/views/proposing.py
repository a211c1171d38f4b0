"""Putting an act before the circle, the same way for every kind, and what its forms need."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages, quorum
from commons.access import Actor
from commons.assembly import Assembly
from commons.i18n import languages
from deliberation.forms.proposing import Caucus, ReplyForm, Said


def proposed(actor: Actor, kind: str, params: Mapping[str, object]) -> ResponseReturnValue:
    """Propose an act and go to its page. Raises `Refused` when the moment is wrong."""
    return redirect(url_for("deliberation.act", act_id=quorum.propose(actor.assembly, kind, params)), 303)


def doubted(actor: Actor, form: Said | Caucus | ReplyForm) -> ResponseReturnValue:
    """Ask again about words that may name somebody, with all else that was sent."""
    mine = ("form_token", "sure")
    return pages.render(
        "deliberation/doubted.html",
        form=form,
        rest=[
            one
            for one in request.form.items(multi=True)
            if one[0] not in mine and not one[0].startswith(form.words.name)
        ],
        problem=next(iter(form.problems.values())),
        tongues=tongues(actor.assembly),
    )


def tongues(assembly: Assembly) -> list[tuple[str, str, str]]:
    """Return the assembly's languages as (tag, own name, direction)."""
    known = languages()
    return [(tag, known[tag].name, known[tag].dir) for tag in assembly.languages if tag in known]
