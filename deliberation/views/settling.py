"""What an assembly settles about itself: how it decides, who it is, what to do at each alert level. All by acts."""

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator
from commons.quorum import Refused
from deliberation.actions import records, settling
from deliberation.domain.hearing import EACH_VOICE
from deliberation.domain.presets import Preset, write_preset
from deliberation.domain.rules import Share
from deliberation.forms.ruling import part
from deliberation.forms.settling import PeopleForm, RuleForm, StepsForm, number, people
from deliberation.phrases import refusals, ruling
from deliberation.phrases import settling as words
from deliberation.queries import catalogue, settled
from deliberation.views.blueprint import blueprint
from deliberation.views.home import LEVELS
from deliberation.views.proposing import proposed, tongues

PRIORITIES = (EACH_VOICE, "whole")
GRADED = "R6"


@blueprint.route("/circle/rule", methods=["GET", "POST"])
@facilitator
def circle_rule(actor: Actor) -> ResponseReturnValue:
    """Choose how we decide and who we are, the first time; change the rule, afterwards."""
    found = settled.collective(actor.assembly)
    posted = request.form if request.method == "POST" else None
    now = {"rule": found.rule.name if found.rule else "", "priority": found.priority, "graded": _graded(found.rule)}
    rule, we = RuleForm(posted, data=now), PeopleForm(posted) if posted is not None else people(found)
    problem = ""
    if posted is not None and all([rule.validate(), found.rule is not None or we.validate()]):
        try:
            return _chosen(actor, rule, we, first=found.rule is None)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return pages.render(
        "deliberation/circle_rule.html",
        found=found,
        rules=catalogue.rules(),
        graded=GRADED,
        in_numbers={one.code: ruling.told(one.rule) for one in catalogue.rules()},
        priorities=[(one, words.priority(one)) for one in PRIORITIES],
        rule=rule,
        we=we,
        kinds=words.kinds(),
        problems={**rule.problems, **we.problems},
        problem=problem,
        tongues=tongues(actor.assembly),
    )


def _graded(rule: Preset | None) -> str:
    """Return the part of agreement of a graded rule: the one the assembly fixed, or the one of the catalogue."""
    shipped = next(one.rule for one in catalogue.rules() if one.code == GRADED)
    return str((rule if rule and rule.name == GRADED else shipped).stages[0].agreement.part)


def _chosen(actor: Actor, rule: RuleForm, we: PeopleForm, *, first: bool) -> ResponseReturnValue:
    preset = next((one.rule for one in catalogue.rules() if one.code == rule.rule.data), None)
    if preset is None:
        raise Refused("no_such_rule")
    agreement = part(rule.graded.data)
    if preset.name == GRADED and agreement:
        stage = replace(preset.stages[0], agreement=Share(agreement))
        preset = replace(preset, stages=(stage,))
    return put(actor, preset, str(rule.priority.data), we, first=first)


def put(actor: Actor, preset: Preset, priority: str, we: PeopleForm, *, first: bool) -> ResponseReturnValue:
    """Put a rule before the circle: with who we are, the first time."""
    params: dict[str, object] = {"preset": write_preset(preset), "priority": priority}
    if first:
        params |= {"members": number(we.members.data), "wording": records.word(actor.assembly, we.wording)}
    return proposed(actor, "deliberation.choose" if first else "deliberation.rule", params)


@blueprint.route("/circle/people", methods=["GET", "POST"])
@facilitator
def circle_people(actor: Actor) -> ResponseReturnValue:
    """Say anew who we are: how many, which voices, which days are kept free."""
    found = settled.collective(actor.assembly)
    form = PeopleForm(request.form) if request.method == "POST" else people(found)
    problem = ""
    if request.method == "POST" and form.validate():
        try:
            params = {"members": number(form.members.data), "wording": records.word(actor.assembly, form.wording)}
            return proposed(actor, "deliberation.voices", params)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return pages.render(
        "deliberation/circle_people.html",
        we=form,
        kinds=words.kinds(),
        problems=form.problems,
        problem=problem,
        tongues=tongues(actor.assembly),
    )


@blueprint.route("/circle/alert", methods=["GET", "POST"])
@facilitator
def circle_alert(actor: Actor) -> ResponseReturnValue:
    """Agree on what everybody does at each alert level."""
    found = settled.collective(actor.assembly)
    kept = {f"level{level}": said for level, said in found.steps.items()}
    form = StepsForm(request.form) if request.method == "POST" else StepsForm(data=kept)
    problem = ""
    if request.method == "POST" and form.validate():
        try:
            params = {"wording": records.word(actor.assembly, form.wording)}
            return proposed(actor, "deliberation.steps", params)
        except Refused as refused:
            problem = refusals.act(refused.code)
    return pages.render(
        "deliberation/circle_alert.html",
        levels=[(number, name, words.level(number)) for number, name in LEVELS.items()],
        found=found,
        form=form,
        problems=form.problems,
        problem=problem,
        tongues=tongues(actor.assembly),
    )


@blueprint.post("/circle/alert/hold")
@facilitator
def circle_hold(actor: Actor) -> ResponseReturnValue:
    """Hold another alert level at once: people on duty act, and the log says so."""
    try:
        settling.hold_alert(actor.assembly, number(request.form.get("level")))
    except Refused as refused:
        return pages.render("deliberation/refused.html", problem=refusals.act(refused.code))
    return redirect(url_for("deliberation.circle_alert"), 303)
