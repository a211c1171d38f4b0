"""Proposals as members read them: the text, where it stands, what was raised and how it was met. Never an author."""

from collections.abc import Mapping

from flask import abort
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import member
from commons.assembly import Assembly
from deliberation.domain.protocol import Posture
from deliberation.domain.rounds import Stage
from deliberation.phrases import protocol as phrases
from deliberation.phrases import rounds, talk
from deliberation.phrases.proposals import met, named, path, standing
from deliberation.queries import proposals as queries
from deliberation.queries import settled
from deliberation.queries.proposals import Proposal
from deliberation.views.blueprint import blueprint


@blueprint.get("/proposals")
@member
def proposals(assembly: Assembly) -> ResponseReturnValue:
    """Show what is proposed, and where each text stands."""
    heard = [one for one in queries.proposals(assembly) if one.way.stage is not Stage.DRAFT]
    groups: dict[str, list[Proposal]] = {}
    for one in sorted(heard, key=_at):
        groups.setdefault(standing(one), []).append(one)
    named = [(standing(found[0], len(found)), found) for found in groups.values()]
    return pages.render("deliberation/proposals.html", groups=named)


def _at(found: Proposal) -> int:
    """Return where a proposal stands on its way: what is talked over first, then what was decided, then what ended."""
    return list(Stage).index(found.way.stage)


@blueprint.get("/proposals/<slug>")
@member
def proposal(assembly: Assembly, slug: str) -> ResponseReturnValue:
    """Show one proposal, whole."""
    found = queries.proposal(assembly, slug)
    if found is None or found.way.stage is Stage.DRAFT:
        abort(404)
    return pages.render("deliberation/proposal.html", **seen(assembly, found))


def seen(assembly: Assembly, found: Proposal) -> Mapping[str, object]:
    """Return what every page on a proposal shows of it."""
    protocol = settled.protocol(assembly)
    return {
        "proposal": found,
        "stage": standing(found),
        "path": path(found.way),
        "threats": {one.code: one.words for one in settled.threats(assembly)},
        "measures": {one.code: one.words for one in settled.measures(assembly)},
        "criteria": {one.id: one.words for one in protocol.criteria},
        "contacts": phrases.contacts(found.draft, protocol),
        "conflicts": [phrases.conflict(one, protocol) for one in found.conflicts],
        "raised": named(assembly, found, protocol),
        "verdicts": {one.number: rounds.said(one.verdict) for one in found.rounds},
        "met": met,
        "postures": {one.value: phrases.posture(one) for one in Posture},
        "reach": phrases.reach(found.draft),
        "sides": talk.sides(found.draft.talk),
        "changes": talk.changes(queries.texts(assembly, found.slug), found.draft),
        "sources": queries.sources(assembly, found.draft.made_from),
        "became": queries.became(assembly, found.slug),
    }
