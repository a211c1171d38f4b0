"""The board: what all boxes said, side by side. Facilitators have no other one."""

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import member
from commons.assembly import Assembly
from deliberation.phrases import board as phrases
from deliberation.phrases import telling
from deliberation.views.blueprint import blueprint
from surveys import door


@blueprint.get("/board")
@member
def board(assembly: Assembly) -> ResponseReturnValue:
    """Show concern by threat, priorities by tier, the spread of stances by round, and who took part."""
    boxes = phrases.boxes(door.surveys(assembly), door.releases(assembly))
    baseline = next((one for one in boxes if one.survey.kind == "baseline"), None)
    rounds = [one for one in boxes if one.survey.kind == "round"]
    drawn = "charts" in request.args
    return pages.render(
        "deliberation/board.html",
        boxes=boxes,
        baseline=baseline,
        concerns=phrases.concerns(baseline) if baseline else (),
        told=_told(baseline),
        rounds=[(phrases.round_of(one), phrases.stance_chart(one) if drawn else ("", "")) for one in rounds],
        concern_chart=phrases.concern_chart(baseline) if baseline and drawn else ("", ""),
        drawn=drawn,
    )


def _told(box: phrases.Box | None) -> telling.Told:
    if box is None:
        return "", {}
    return telling.baseline(box.survey.questionnaire, box.survey.terms, box.release.closed)
