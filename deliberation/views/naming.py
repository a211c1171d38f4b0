"""The circle's page for words of our own."""

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.i18n import languages
from commons.quorum import Refused
from commons.terms import OURS
from deliberation.actions import naming, records
from deliberation.forms.naming import TermsForm, begun
from deliberation.phrases import refusals
from deliberation.queries import settled
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import proposed


@blueprint.route("/circle/words", methods=["GET", "POST"])
@facilitator
def circle_terms(actor: Actor) -> ResponseReturnValue:
    """Propose words of our own in place of the page's."""
    form = TermsForm(request.form) if request.method == "POST" else begun(settled.terms(actor.assembly))
    problem = ""
    if request.method == "POST" and form.validate():
        try:
            params = {"wording": records.word(actor.assembly, {"terms": form.terms})}
            return proposed(actor, naming.TERMS, params)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return pages.render(
        "deliberation/circle_terms.html", form=form, problems=form.problems, problem=problem, terms=_lines(actor)
    )


def _lines(actor: Actor) -> list[tuple[str, dict[str, object]]]:
    """Return each term with its word in every language the assembly speaks, or has a word of its own in."""
    named = {tag for words in settled.terms(actor.assembly).values() for tag in words}
    spoken = [tag for tag in languages() if tag in {*actor.assembly.languages, *named}]
    return [
        (term, {"ours": words, "each": [(tag, languages()[tag].name, words[tag]) for tag in spoken if tag in words]})
        for term, words in OURS.items()
    ]
