"""The board: what all boxes said, side by side. Facilitators have no other one."""

from collections.abc import Mapping

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import member
from commons.assembly import Assembly
from deliberation.phrases import board as phrases
from deliberation.phrases import telling
from deliberation.queries import decided, settled
from deliberation.views.blueprint import blueprint
from surveys import door
from surveys.domain.questionnaire import Words


@blueprint.get("/board")
@member
def board(assembly: Assembly) -> ResponseReturnValue:
    """Show concern by threat, priorities by tier, the spread of stances by round, and who took part."""
    boxes = phrases.boxes(door.surveys(assembly), door.releases(assembly))
    baseline = next((one for one in boxes if one.survey.kind == "baseline"), None)
    rounds = [one for one in boxes if one.survey.kind == "round"]
    drawn, found = "charts" in request.args, decided.priorities(assembly)
    concerns = phrases.concerns(baseline, found.tiers) if baseline else ()
    return pages.render(
        "deliberation/board.html",
        boxes=boxes,
        baseline=baseline,
        members=settled.collective(assembly).members,
        concerns=concerns,
        concern_sentences=phrases.concern_sentences(concerns),
        part_sentence=phrases.part_sentence(boxes),
        told=_told(baseline, found, {one.code: one.words for one in settled.threats(assembly)}),
        rounds=[(phrases.round_of(one), phrases.stance_chart(one) if drawn else ("", "")) for one in rounds],
        concern_chart=phrases.concern_chart(baseline) if baseline and drawn else ("", ""),
        drawn=drawn,
    )


def _told(box: phrases.Box | None, found: decided.Priorities, kept: Mapping[str, Words]) -> telling.Told:
    """Tell the priorities of a baseline, with what our circles said aloud since."""
    if box is None:
        return "", {}
    closed = {**box.release.closed, "tier": found.tiers, "tier_reason": found.reasons}
    template, told = telling.baseline(box.survey.questionnaire, box.survey.terms, closed)
    return template, {**told, "tiers": telling.tiers({**kept, **phrases.named(box)}, closed)}
