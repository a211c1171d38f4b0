"""What members take away of a result: files to count on with, a sheet to fill in by hand, voices held side by side.

All of it is read from a release, for whoever has the reading word; nothing is asked, and nothing is kept.
"""

import json

from flask import Response, request
from flask.typing import ResponseReturnValue

from commons import log, pages
from commons.access import member
from commons.assembly import Assembly
from surveys import queries
from surveys.domain.release import Release, read
from surveys.phrases import figures, files, releases, voices
from surveys.queries import Survey
from surveys.views.answering import find
from surveys.views.blueprint import blueprint
from surveys.views.results import results

CSV, JSON = "text/csv", "application/json"


def _released(survey: Survey) -> Release | None:
    """Return what was let out of a survey; nothing while nothing was, or when it was withdrawn."""
    found = queries.release(survey.assembly, survey.slug)
    return None if found is None or found.withdrawn else read(found.data)


def _table(written: str) -> Response:
    """Return a table that spreadsheets read in any alphabet: without the mark before it, some spoil every accent."""
    return Response(written.encode("utf-8-sig"), mimetype=CSV)


@blueprint.get("/figures/<survey>.csv")
@member
def figures_file(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Give the released figures as a table, one row for each cell; its header alone while there are none."""
    found = find(assembly, survey)
    return _table(files.figures(found.questionnaire, _released(found)))


@blueprint.get("/codebook/<survey>.csv")
@member
def codebook_file(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Give every question and answer of a survey with its code."""
    return _table(files.codebook(find(assembly, survey).questionnaire))


@blueprint.get("/figures/<survey>.json")
@member
def figures_data(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Give the released figures with their questions in every language and what each code means."""
    found = find(assembly, survey)
    told = files.whole(json.loads(found.definition), _released(found))
    return Response(log.canonical(told), mimetype=JSON)


@blueprint.get("/beside/<survey>")
@member
def beside(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Show a sheet to fill in by hand: what I answered, beside what all of us did. It asks for nothing."""
    found = find(assembly, survey)
    release = queries.release(assembly, survey)
    if release is None or release.withdrawn:
        return results(assembly.slug, survey=survey)
    rows = figures.beside(found.questionnaire, figures.rows(release.data["figures"]))
    return pages.render("surveys/beside.html", survey=found, sections=rows, lead=releases.lead(release))


@blueprint.get("/voices/<survey>")
@member
def voices_page(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Hold voices side by side, all of them or those chosen in the address: where they meet, where they stand apart."""
    found = find(assembly, survey)
    release = _released(found)
    if release is None:
        return results(assembly.slug, survey=survey)
    known = voices.told(found.questionnaire, release)
    wanted = set(request.args.getlist("voice"))
    chosen = [one for one in known if one.id in wanted] if wanted else list(known)
    enough = len(chosen) >= voices.FEWEST
    return pages.render(
        "surveys/voices.html",
        survey=found,
        known=known,
        chosen={one.id for one in chosen},
        compared=voices.compared(found.questionnaire, release, chosen) if enough else None,
    )
