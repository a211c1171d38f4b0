"""How we decide: writing a rule of our own, and trying every rule on numbers. Trying one keeps nothing."""

from collections.abc import Iterator, Mapping

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import Actor, facilitator, member
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.domain.presets import Preset
from deliberation.domain.rules import Called, Rule, Turnout, verdict
from deliberation.forms.ruling import SAID_ALOUD, Counts, own_rule
from deliberation.forms.ruling import OwnRule as Form
from deliberation.forms.settling import PeopleForm, RuleForm, people
from deliberation.phrases import refusals, rounds, ruling
from deliberation.phrases import settling as words
from deliberation.queries import catalogue, settled
from deliberation.queries.settled import Collective
from deliberation.views.blueprint import blueprint
from deliberation.views.proposing import tongues
from deliberation.views.settling import PRIORITIES, put
from surveys import door

Line = tuple[str, str, str, str]
STEP, TRY = "step", "try"


@blueprint.route("/circle/rule/own", methods=["GET", "POST"])
@facilitator
def circle_rule_own(actor: Actor) -> ResponseReturnValue:
    """Write a rule of our own, try it on numbers somebody types, and put it before the circle like any other."""
    found = settled.collective(actor.assembly)
    posted, first = request.form if request.method == "POST" else None, found.rule is None
    own, we = Form(posted) if posted is not None else own_rule(found.rule), people(found)
    rule = RuleForm(posted, data={"rule": "own", "priority": found.priority})
    numbers = Counts(posted) if posted is not None else Counts(data=_usual(found, _cards(actor.assembly)))
    problem, tried = "", list[Line]()
    if posted is not None:
        we = PeopleForm(posted) if first else we
        if posted.get(STEP) == TRY:
            good = all([own.checked(), numbers.checked()])
            tried = list(_tried(own.preset(), numbers, _turnout(numbers, found))) if good else []
        elif all([own.checked(), _prioritised(rule), not first or we.validate()]):
            try:
                return put(actor, own.preset(), str(rule.priority.data), we, first=first)
            except Refused as refused:
                problem = refusals.act(refused.code)
    return pages.render(
        "deliberation/circle_rule_own.html",
        found=found,
        own=own,
        rule=rule,
        we=we,
        words=ruling.choices(),
        after=[(one.value, ruling.after(one)) for one in SAID_ALOUD],
        priorities=[(one, words.priority(one)) for one in PRIORITIES],
        problems={**own.problems, **rule.problems, **we.problems, **numbers.problems},
        problem=problem,
        tongues=tongues(actor.assembly),
        kinds=words.kinds(),
        **_trial(numbers, found),
        tried=tried,
        unheard=bool(own.voices.data) and not (found.voices and all(one.members for one in found.voices)),
    )


def _trial(numbers: Counts, found: Collective) -> Mapping[str, object]:
    """Return what the fields to try a rule show: the six stances, and each voice that says how many it is."""
    voices = [(at, one) for at, one in enumerate(found.voices, 1) if one.members]
    return {"numbers": numbers, "stances": ruling.stances(), "voices": voices}


def _cards(assembly: Assembly) -> int:
    return next((one.size for one in door.card_sets(assembly) if one.current), 0)


def _prioritised(rule: RuleForm) -> bool:
    """Tell whether it is said how priorities are judged; the rule itself is written on the same page."""
    rule.rule.data = "own"
    return rule.validate()


@blueprint.get("/rule")
@member
def rule(assembly: Assembly) -> ResponseReturnValue:
    """Try our rule, and beside it every other, on numbers somebody types: what would come out, and why."""
    found = settled.collective(assembly)
    form = Counts(request.args) if request.args else Counts(data=_usual(found, _cards(assembly)))
    tried = bool(request.args) and form.checked()
    turnout = _turnout(form, found)
    return pages.render(
        "deliberation/rule.html",
        problems=form.problems,
        **_trial(form, found),
        ours=list(_tried(found.rule, form, turnout)) if tried else [],
        others=[line for one in catalogue.rules() for line in _tried(one.rule, form, turnout)] if tried else [],
        tried=tried,
        floor=assembly.floor,
        has_rule=found.rule is not None,
    )


def _usual(found: Collective, cards: int) -> dict[str, str]:
    return {"declared": str(found.members or ""), "cards": str(cards or "")}


def _turnout(form: Counts, found: Collective) -> Turnout:
    """Return how many took part, out of how many, as typed; a voice nobody typed a number for has nobody."""
    handed_in = sum(form.stances.values()) + form.number("skipped")
    voiced = [(form.number(f"voice{at}"), one.members) for at, one in enumerate(found.voices, 1) if one.members]
    return Turnout(handed_in, form.number("declared"), cards=form.number("cards"), voices=tuple(voiced))


def _tried(preset: Preset | None, form: Counts, turnout: Turnout) -> Iterator[Line]:
    """Yield, for each part of a rule: the rule, the part, what would come out, and why."""
    if preset is None:
        return
    titles = rounds.stages(preset) or ("",) * len(preset.stages)
    for title, stage in zip(titles, preset.stages, strict=True):
        given = (
            ("", ruling.no_cards())
            if _needs_cards(stage, turnout)
            else rounds.said(verdict(form.stances, turnout, stage))
        )
        yield words.rule_name(preset.name), title, *given


def _needs_cards(stage: Rule, turnout: Turnout) -> bool:
    return stage.called is Called.CARDS and not turnout.cards
