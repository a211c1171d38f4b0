"""Founding an assembly in one sitting: a charter, a paper for each person, and every passphrase typed once."""

import hmac
from collections.abc import Mapping, Sequence

from flask import request
from flask.typing import ResponseReturnValue

from commons import access, pages
from commons import assembly as assemblies
from commons.access import public
from commons.assembly import Assembly
from commons.i18n import languages
from commons.security import Limiter, expand, new_passphrase, spoken_as, subkey
from deliberation.actions.founding import FoundingRefused, can_act, found, found_again, founding_word
from deliberation.forms.founding import Founding, typed
from deliberation.phrases import refusals
from deliberation.views.blueprint import founding_blueprint

TYPED = "typed"
_guesses = Limiter(burst=30, per_second=0.2)


@founding_blueprint.route("/found", methods=["GET", "POST"])
@public
def charter() -> ResponseReturnValue:
    """Ask what the founders agree on; give out the papers; found the assembly once everybody has typed theirs."""
    form = Founding(request.form if request.method == "POST" else None)
    if request.method == "GET" or not _agreed(form):
        return _asked(form)
    if request.form.get("step") != TYPED:
        return _papers(form, [new_passphrase() for _ in range(form.number)])
    passphrases = typed(request.form, form.number)
    seals = [request.form.get(f"seal-{place}", "") for place in range(1, form.number + 1)]
    wrong = _misread(passphrases, seals)
    if wrong:
        return _typing(form, seals, wrong)
    try:
        return _founded(_made(form, passphrases))
    except FoundingRefused as refused:
        form.refuse(refused.field if refused.field in form.data else "people", refusals.founding(refused.code))
        return _asked(form)


def _made(form: Founding, passphrases: Sequence[str]) -> Assembly:
    """Found a new assembly, or again one whose circle can no longer act: what was decided there stays."""
    there = assemblies.find(form.charter.slug)
    return found(form.charter, passphrases) if there is None else found_again(there, passphrases, form.charter.k)


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


def _papers(form: Founding, passphrases: Sequence[str]) -> str:
    """Show one paper a person, to print and cut, and the page where each types theirs."""
    seals = [_seal(passphrase) for passphrase in passphrases]
    return _typing(form, seals, {}, list(enumerate(passphrases, 1)))


def _typing(
    form: Founding, seals: Sequence[str], problems: Mapping[str, str], papers: Sequence[tuple[int, str]] = ()
) -> str:
    places = list(enumerate(seals, 1))
    return pages.render("deliberation/papers.html", form=form, places=places, papers=papers, problems=problems)


def _seal(passphrase: str) -> str:
    """Return what recognises a paper's words without holding them."""
    return expand(subkey("founding paper"), spoken_as(passphrase)).hex()


def _misread(passphrases: Sequence[str], seals: Sequence[str]) -> Mapping[str, str]:
    """Return a sentence beside each place whose words differ from its paper's."""
    pairs = enumerate(zip(passphrases, seals, strict=True), 1)
    wrong = [place for place, (said, seal) in pairs if not hmac.compare_digest(_seal(said).encode(), seal.encode())]
    return {f"passphrase-{place}": refusals.founding("typed") for place in wrong}


def _founded(assembly: Assembly) -> str:
    word = access.reading_word(assembly)
    return pages.render("deliberation/founded.html", founded=assembly, word=word)
