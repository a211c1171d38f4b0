"""What anybody with the reading word may check: the log of acts, and what this machine may know."""

from collections import Counter
from collections.abc import Mapping

from flask import Response
from flask.typing import ResponseReturnValue

from commons import log, pages
from commons.access import member
from commons.assembly import Assembly
from commons.i18n import pick
from deliberation.phrases import log as phrases
from deliberation.queries import decided, lived, proposals, settled
from deliberation.views.blueprint import blueprint
from surveys import door


@blueprint.get("/log", endpoint="log")
@member
def log_page(assembly: Assembly) -> ResponseReturnValue:
    """Show what was done together, the last first, and the head as words, as it was after each decision."""
    named = titles(assembly)
    lines = [
        (line, phrases.line(line, named), log.spoken_at([line]) if line.kind in lived.BEHIND else "")
        for line in reversed(log.entries(assembly))
    ]
    return pages.render("deliberation/log.html", lines=lines, head=log.spoken_head(assembly))


def titles(assembly: Assembly) -> Mapping[str, str]:
    """Name surveys, proposals, decisions and threats by what they say, and each text a proposal had by its hash."""
    texts = {one.slug: one.draft.text for one in proposals.proposals(assembly)}
    made = {one.slug: one.draft.text for one in decided.decisions(assembly)}
    feared = {one.code: one.words for one in settled.threats(assembly)}
    then = proposals.said(assembly)
    named = {name: pick(words).text for name, words in ({**texts, **made, **feared, **then}).items()}
    return {**_boxes(assembly), **named}


def _boxes(assembly: Assembly) -> Mapping[str, str]:
    """Name every box by what it proposes or asks; those that are called the same, by their last day too."""
    boxes = [(one, pick(one.questionnaire.known_by).text.rstrip(". ")) for one in door.surveys(assembly)]
    alike = Counter(title for _, title in boxes)
    return {one.slug: phrases.until(title, one.closes) if alike[title] > 1 else title for one, title in boxes}


@blueprint.get("/log.json")
@member
def log_file(assembly: Assembly) -> ResponseReturnValue:
    """Give the whole log, for the stand-alone verifier."""
    return Response(log.exported(assembly), mimetype="application/json")


@blueprint.get("/results.json")
@member
def releases_file(assembly: Assembly) -> ResponseReturnValue:
    """Give every release as it was let out, with what was said of it since, to be kept elsewhere."""
    kept = [
        {"survey": one.survey, "release": one.data, "sha256": one.sha256, "notes": [dict(note) for note in one.notes]}
        for one in door.releases(assembly, whole=True)
    ]
    return Response(log.canonical(kept), mimetype="application/json")


@blueprint.get("/limits")
@member
def limits(assembly: Assembly) -> ResponseReturnValue:
    """Say what this machine may know, and what it cannot hide."""
    return pages.render("deliberation/limits.html", assembly=assembly)
