"""What came out of a box, for everybody who has the reading word."""

from flask import g, request
from flask.typing import ResponseReturnValue

from commons import log, pages
from commons.access import member, shared
from commons.assembly import Assembly
from commons.security import spoken
from surveys import queries
from surveys.actions import judges
from surveys.phrases import expert, figures, releases, witnesses
from surveys.queries import Release, Survey
from surveys.views import rehearsing
from surveys.views.answering import find
from surveys.views.blueprint import blueprint

SPOKEN_WORDS = 6
MANY = 6
"""So many tables, and no more, stand open one after the other; more are folded by what they are about."""


@blueprint.get("/results/<survey>")
@shared("results:{survey}")
def results(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Show a release, or say where the survey stands."""
    found = find(assembly, survey)
    release = queries.release(assembly, survey)
    if release is not None and release.data["ballots"] <= witnesses.LISTED:
        release = queries.release(assembly, survey, whole=True)
    if release is None:
        standing, following = releases.unread(found)
        return pages.render(
            "surveys/unread.html", survey=found, standing=standing, next=following, known=rehearsing.told(found)
        )
    return _released(found, release)


@blueprint.get("/numbers/<survey>")
@member
def numbers(assembly: Assembly, survey: str) -> ResponseReturnValue:
    """Show the numbers of a large box, a page at a time. Where there is no result, say what the results page says."""
    found = find(assembly, survey)
    release = queries.release(assembly, survey, whole=True)
    if release is None or release.withdrawn:
        return results(found.assembly.slug, survey=survey)
    shown = witnesses.numbers(release.data["witnesses"], request.args.get("start", ""))
    return pages.render("surveys/numbers.html", survey=found, numbers=shown)


def _released(survey: Survey, release: Release) -> str:
    if release.withdrawn:
        return pages.render(
            "surveys/unread.html", survey=survey, standing=releases.lead(release), next=releases.notes(release)
        )
    template, told = _told(survey, release)
    data = release.data
    parts = figures.parts(survey.questionnaire, figures.rows(data["figures"]))
    return pages.render(
        "surveys/results.html",
        survey=survey,
        known=rehearsing.told(survey),
        rehearsed=releases.rehearsed(survey, release),
        notes=releases.notes(release),
        lead=releases.lead(release),
        opened=_opened(survey),
        told_template=template,
        told=told,
        parts=parts,
        folded=sum(len(part.tables) for part in parts) > MANY,
        wordings=releases.wordings(survey.questionnaire, release),
        by_voice=any(figure.get("voices") for figure in data["figures"]),
        witnesses=data.get("witnesses", ()),
        apart=data["ballots"] > witnesses.LISTED,
        reading=releases.reading(release),
        study=expert.questions(survey.questionnaire, data),
        together=expert.together(survey.questionnaire, data),
        of_alpha=expert.of_alpha(),
        since=None if g.get("ally") else expert.since(survey.questionnaire, data, _before(survey)),
        study_means=expert.means(data["ballots"]),
        study_few=expert.too_few(data["ballots"]),
        spoken=spoken(bytes.fromhex(release.sha256), SPOKEN_WORDS),
    )


def _opened(survey: Survey) -> str:
    """Say how many opened the box, and when, as the log has it."""
    counts = log.entries(survey.assembly, kind="surveys.count")
    found = next((one for one in counts if one.payload["survey"] == survey.slug), None)
    return releases.opened(int(str(found.payload["signed"])), found.day) if found else ""


def _before(survey: Survey) -> tuple[expert.Before, ...]:
    """Return the results that stand of earlier surveys of its kind, the last to close first."""
    found = {one.slug: one for one in queries.surveys(survey.assembly, survey.kind) if one.closes < survey.closes}
    return tuple(
        expert.Before(mine.questionnaire, one.data, mine.questionnaire.known_by, mine.closes)
        for one in queries.releases(survey.assembly, survey.kind)
        if not one.withdrawn and (mine := found.get(one.survey))
    )


def _told(survey: Survey, release: Release) -> tuple[str, object]:
    """Return the template that tells the closed values of this kind of survey, and what it shows."""
    kind = judges.of(survey.kind)
    closed = release.data["closed"]
    if kind is None or kind.tell is None or not isinstance(closed, dict):
        return "", None
    return kind.tell(survey.questionnaire, survey.terms, closed)
