"""Redo it by hand: the rule as a sheet to print, filled in with counts said aloud. Nothing typed here is kept."""

from collections.abc import Mapping, Sequence

from flask import request
from flask.typing import ResponseReturnValue

from commons import pages
from commons.access import member
from commons.assembly import Assembly
from deliberation.domain import leeway, worksheet
from deliberation.domain import rounds as rounds_of
from deliberation.domain.leeway import Told
from deliberation.domain.ratings import HARMS
from deliberation.domain.rules import Called, Rule, Stance, Turnout, Verdict
from deliberation.domain.terms import published
from deliberation.forms.counting import CountsForm
from deliberation.forms.settling import number
from deliberation.phrases import effort, rounds, ruling, settling
from deliberation.phrases import worksheet as words
from deliberation.queries import settled
from deliberation.views import redone
from deliberation.views.blueprint import blueprint
from surveys import door
from surveys.domain.disclosure import PERCENT_FROM, Row
from surveys.domain.doubt import Shown
from surveys.domain.questionnaire import Choice
from surveys.domain.release import Release, read

AT_ONCE = 5
"""Proposals of a round on one page: what a million ballots may have been takes seconds for each."""


@blueprint.get("/by-hand")
@member
def by_hand(assembly: Assembly) -> ResponseReturnValue:
    """Show what our rule takes, as lines to fill in, and what counts said aloud would give."""
    found = settled.collective(assembly)
    stages = found.rule.stages if found.rule else ()
    at = min(number(request.args.get("stage")), max(0, len(stages) - 1))
    asked = "present" in request.args
    form = CountsForm(request.args) if asked else CountsForm(data=_usual(assembly, found))
    members = [one.members for one in found.voices]
    filled = _filled(form, stages[at], members) if asked and stages and form.fits(stages[at], members) else None
    voices = [(at, one) for at, one in enumerate(found.voices, 1) if one.members]
    return pages.render(
        "deliberation/by_hand.html",
        rule=settling.rule_name(found.rule.name) if found.rule else "",
        titles=rounds.stages(found.rule),
        stage=at,
        facts=ruling.facts(stages[at]) if stages else (),
        stances=words.stances(),
        form=form,
        problems=form.problems if asked else {},
        by_cards=any(one.called is Called.CARDS for one in stages),
        voices=voices if any(one.voices for one in stages) else (),
        lines=words.lines(filled[0], stages[at], [one.words for _, one in voices]) if filled else (),
        dangers=words.dangers(),
        places=words.places(),
        scales=_scales(assembly),
        within=effort.by_hand(),
        example=words.example(),
        gives=words.gives(filled[1]) if filled else ("", ""),
        **_sheets(assembly, request.args.get("round", ""), number(request.args.get("part"))),
        redone=redone.sheet(assembly, request.args.get("survey", "")),
        counted=tuple((one.slug, one.questionnaire.title, one.closes) for one in redone.listed(assembly)),
        rounds=tuple((one.slug, one.questionnaire.known_by, one.closes) for one in _rounds(assembly)),
    )


@blueprint.get("/by-hand/cards")
@member
def colour_cards(assembly: Assembly) -> ResponseReturnValue:
    """Show the six stances as cards to print, lift and count aloud."""
    return pages.render(
        "deliberation/colour_cards.html",
        cards=_stances(),
        floor=assembly.floor,
    )


def _stances() -> tuple[Choice, ...]:
    """Return the stances in the words of a round, with the hand that stands for each."""
    asked = (one for section in door.shipped("round").sections for one in section.questions)
    return next(one.choices for one in asked if one.id == rounds_of.STANCE)


def _rounds(assembly: Assembly) -> tuple[door.Survey, ...]:
    """Return the rounds whose results stand."""
    stand = {one.survey for one in door.releases(assembly, "round") if not one.withdrawn}
    return tuple(one for one in door.surveys(assembly, "round") if one.slug in stand)


def _sheets(assembly: Assembly, slug: str, part: int) -> Mapping[str, object]:
    """Return the sheets of a part of a round's proposals, filled in with what was published, and how many parts are."""
    survey = next((one for one in _rounds(assembly) if one.slug == slug), None)
    found = door.release(assembly, slug) if survey else None
    if survey is None or found is None:
        return {"sheets": (), "parts": ()}
    release = read(found.data)
    frozen, turnout = published(survey.terms, release.ballots)
    held = [
        (one.text, frozen.rule_of(one.id), told, said)
        for one in survey.questionnaire.lists.get("proposals", ())
        if (said := rounds_of.verdict_in(release.closed, one.id))
        and (told := _told(survey, release, one.id, turnout.floor))
    ]
    parts = range(0, len(held), AT_ONCE)
    at = min(max(part, 1), max(len(parts), 1)) - 1
    return {
        "sheets": tuple(
            {"words": text, **_sheet(rule, turnout, told, said)}
            for text, rule, told, said in held[at * AT_ONCE :][:AT_ONCE]
        ),
        "parts": tuple((first + 1, min(first + AT_ONCE, len(held))) for first in parts),
        "part": at + 1,
        "of": slug,
    }


def _told(survey: door.Survey, release: Release, proposal: str, floor: int) -> Told | None:
    """Return what was published of a proposal; None where its question is withheld."""
    figure = release.figure(f"{rounds_of.STANCE}.{proposal}")
    if figure.band is None or figure.cut is None:
        return None
    assumed = (floor - 3) // 2
    return Told(
        Shown(figure.band.value),
        frozenset(map(Stance, range(figure.cut[0], figure.cut[1] + 1))),
        rounds_of.BLOCK in rounds_of.raised_in(release.closed, proposal),
        max(floor, PERCENT_FROM) if figure.row is Row.PERCENT else floor,
        range(assumed, max(assumed, survey.assembly.t) + 1),
        f"{HARMS}.{proposal}" in survey.questionnaire.by_key,
        tuple(figure.choices.values()) if figure.row is Row.PERCENT else (),
    )


def _sheet(rule: Rule, turnout: Turnout, told: Told, said: Verdict) -> Mapping[str, object]:
    lines, possible = leeway.redo(rule, turnout, told)
    return {
        "band": told.band.value,
        "lines": words.hedged(lines, rule),
        "allowed": words.allowed(possible, said),
        "each": words.each(possible),
        "said": words.gives(said),
    }


def _scales(assembly: Assembly) -> effort.Scales | None:
    """Return what the latest survey that was opened weighs, if it weighs anything."""
    mine = [one for one in door.surveys(assembly) if one.kind == "baseline" and one.fingerprint]
    latest = max(mine, key=lambda one: (one.opens, one.slug), default=None)
    return effort.scales(latest.slug, latest.questionnaire, latest.terms) if latest else None


def _usual(assembly: Assembly, found: settled.Collective) -> Mapping[str, str]:
    """Return what nobody has to type: how many we say we are, and how many cards are drawn."""
    cards = next((one.size for one in door.card_sets(assembly) if one.current), 0)
    return {"declared": str(found.members or ""), "cards": str(cards or "")}


def _filled(form: CountsForm, rule: Rule, members: Sequence[int]) -> tuple[tuple[worksheet.Line, ...], Verdict]:
    """Return the sheet filled in with what was typed."""
    return worksheet.sheet(rule, form.counts, form.turnout(members))
