"""Minutes, to print, read aloud and sign as a collective: of what was done between two days, and of one decision."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

from flask import abort, request
from flask.typing import ResponseReturnValue

from commons import clock, log, pages
from commons.access import member
from commons.assembly import Assembly
from commons.log import Line
from deliberation.domain.rounds import RESULT, Stage
from deliberation.forms.minutes import Days
from deliberation.phrases import log as phrases
from deliberation.phrases import rounds
from deliberation.queries import decided
from deliberation.queries.proposals import proposal
from deliberation.views.blueprint import blueprint
from deliberation.views.proposals import seen
from deliberation.views.records import titles

USUAL = timedelta(days=30)
RECORDED = "recorded"
RATIFY = "deliberation.ratify"
MANY = 5
"""So many ratifications one after the other, and no more, are told one by one."""


@blueprint.get("/log/minutes")
@member
def minutes(assembly: Assembly) -> ResponseReturnValue:
    """Show the log between two days, the first entry first, with the words of its head on the last."""
    today = clock.today(assembly)
    usual = {"since": today - USUAL, "until": today}
    form = Days(request.args) if "since" in request.args or "until" in request.args else Days(data=usual)
    shown: dict[str, object] = {"days": []}
    if (span := form.span()) is not None:
        since, until = span
        before = [line for line in log.entries(assembly) if line.day <= until]
        lines = [line for line in before if line.day >= since]
        shown = {"since": since, "until": until, "head": log.spoken_at(before)}
        shown |= {"days": _days(assembly, lines), "ratified": _ratified(assembly, lines)}
    return pages.render("deliberation/minutes.html", entries=form.typed, problems=form.problems, **shown)


@blueprint.get("/proposals/<slug>/minutes")
@member
def minutes_of(assembly: Assembly, slug: str) -> ResponseReturnValue:
    """Show how one text was decided: its words, its way, what was raised and how it was met, with the log's words."""
    found = proposal(assembly, slug)
    if found is None or found.way.stage is Stage.DRAFT:
        abort(404)
    every = log.entries(assembly)
    lines = [line for line in every if line.payload.get("proposal") == slug]
    return pages.render(
        "deliberation/minutes_of.html",
        decisions=[(one, rounds.stage(one.stage)) for one in decided.decisions(assembly) if one.proposal == slug],
        dissent=[(raised, met) for (_, raised), met in found.replies.items() if met.how == RECORDED],
        days=_days(assembly, lines),
        head=log.spoken_at(every),
        today=clock.today(assembly),
        **seen(assembly, found),
    )


def _days(assembly: Assembly, lines: list[Line]) -> list[tuple[date, list[tuple[int | str, str]]]]:
    """Return the entries in words, day by day, each with its numbers from 1; many ratifications in a row are one."""
    named = titles(assembly)
    return [(day, _entries(list(of_the_day), named)) for day, of_the_day in groupby(lines, key=lambda line: line.day)]


def _entries(lines: list[Line], named: Mapping[str, str]) -> list[tuple[int | str, str]]:
    told: list[tuple[int | str, str]] = []
    for kind, run in groupby(lines, key=lambda line: line.kind):
        alike = list(run)
        if kind == RATIFY and len(alike) > MANY:
            told.append((f"{alike[0].seq + 1}–{alike[-1].seq + 1}", phrases.many(alike)))
        else:
            told += [(line.seq + 1, phrases.line(line, named)) for line in alike]
    return told


def _ratified(assembly: Assembly, lines: list[Line]) -> list[tuple[str, list[str]]]:
    """Return the texts the assembly ratified, by outcome, those adopted first; each with its number in the log."""
    named, ratified = titles(assembly), [line for line in lines if line.kind == RATIFY]
    grouped = {one: [line for line in ratified if line.payload.get("outcome") == one] for one in RESULT.values()}
    return [
        (rounds.stage(one, len(found)), [phrases.text_of(line, named) for line in found])
        for one, found in grouped.items()
        if found
    ]
