"""The guided path, a guide and not a norm, and the page to learn from. Both need no network."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from deliberation.actions.guiding import take_path
from deliberation.domain.collective import Path, Step
from deliberation.forms.settling import number
from deliberation.phrases import guiding as words
from deliberation.queries import path as queries
from deliberation.queries import settled
from deliberation.views.blueprint import blueprint

FOR_MEMBERS: Mapping[Step, str] = {
    Step.MEMBERS: "deliberation.we",
    Step.CONSULT: "deliberation.home",
    Step.THREATS: "deliberation.board",
    Step.NEEDS: "deliberation.proposals",
    Step.PLAN: "deliberation.plan",
    Step.REVIEW: "deliberation.decisions",
}
FOR_THE_CIRCLE: Mapping[Step, str] = {
    Step.MEMBERS: "deliberation.circle_people",
    Step.CONSULT: "surveys.circle_surveys",
    Step.THREATS: "deliberation.circle_threats",
    Step.NEEDS: "deliberation.circle_measures",
    Step.PLAN: "deliberation.circle_proposals",
    Step.REVIEW: "deliberation.circle_decisions",
}


@blueprint.get("/path")
@member
def path(assembly: Assembly) -> ResponseReturnValue:
    """Show where the assembly is on the path it takes."""
    return pages.render("deliberation/path.html", **_shown(assembly, FOR_MEMBERS))


def _shown(assembly: Assembly, places: Mapping[Step, str]) -> dict[str, object]:
    taken, done, named = settled.collective(assembly).path, queries.done(assembly), words.steps()
    return {
        "steps": [
            (step.value, *named[step], places[step], step in done, step in taken.skipped) for step in taken.order
        ],
        "now": taken.now(done),
    }


@blueprint.get("/learn")
@member
def learn(assembly: Assembly) -> ResponseReturnValue:
    """Show what collective protection is, where it was learnt, and words easily mixed up."""
    return pages.render(
        "deliberation/learn.html", assembly=assembly, steps=words.steps(), hints=words.hints(), sources=words.SOURCES
    )


@blueprint.route("/circle/path", methods=["GET", "POST"])
@facilitator
def circle_path(actor: Actor) -> ResponseReturnValue:
    """Show the path with the circle's pages, and let it be put in another order."""
    if request.method == "POST":
        take_path(actor.assembly, _typed())
        return redirect(url_for("deliberation.circle_path"), 303)
    return pages.render("deliberation/circle_path.html", **_shown(actor.assembly, FOR_THE_CIRCLE))


def _typed() -> Path:
    """Return the path as typed: by place, those with the same place in the order of the guide."""
    places = {step: number(request.form.get(f"place-{step.value}")) for step in Step}
    return Path(
        tuple(sorted(Step, key=lambda step: places[step])),
        frozenset(step for step in Step if request.form.get(f"skip-{step.value}")),
    )
