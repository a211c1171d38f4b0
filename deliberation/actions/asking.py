"""Putting questions before people: what baselines and pulses ask about, drafts of rounds, and what opening one takes.

What a judge will need is written into the terms, which several sign; at the opening everything is held against the
assembly as it is that day, so that no rule, voice or text can have changed in between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import select

from commons import clock
from commons.assembly import Assembly
from commons.db import session, transaction
from commons.quorum import Refused
from deliberation.actions import circle
from deliberation.actions.going_on import blocked_before, let_in
from deliberation.actions.proposals import free, unmet, unworded
from deliberation.actions.records import ROUND, collective, draft_of, proposal, protocol, refusing, text_digest, way
from deliberation.actions.tabling import table
from deliberation.domain import rounds
from deliberation.domain.effort import CARRY, EFFORT, read_effort
from deliberation.domain.hearing import EACH_VOICE
from deliberation.domain.measures import PLACES
from deliberation.domain.presets import Again, Preset, read_preset, write_rule
from deliberation.domain.protocol import conflicts, missing
from deliberation.domain.ratings import RATINGS
from deliberation.domain.rounds import Way
from deliberation.domain.rules import Called
from deliberation.models import CollectiveRow, MeasureRow, ProposalRow, ThreatRow
from surveys import door
from surveys.domain.questionnaire import Choice, Questionnaire
from surveys.domain.reading import Malformed, fill

MOST_IN_A_ROUND = 40
MOST_IN_A_SITTING = 12
DRAFTED = ("places", EFFORT, CARRY)
"""What is written in the draft of a baseline itself, and signed with it; everything else is as the assembly settled."""
VOICED = "short-baseline"
"""The shipped instrument whose question on voices is asked in rounds too, where the rule asks something of each."""


@transaction
def draft_round(
    assembly: Assembly,
    instrument: Questionnaire,
    slugs: Sequence[str],
    *,
    closes: date,
    stage: int = 0,
    rated: bool = False,
) -> str:
    """Draft a round on some proposals, under one stage of the assembly's rule, rated or not, and return its slug.

    Raises `Refused` with the reason when the assembly has chosen no rule, or when a proposal is not ready for a round.
    """
    circle.guard(assembly, "draft")
    rows = [free(assembly, slug)[0] for slug in slugs]
    if not 0 < len(rows) <= MOST_IN_A_ROUND or len(set(slugs)) < len(slugs):
        raise Refused("how_many_at_once")
    settled = collective(assembly)
    terms = round_terms(assembly, settled, stage) | frozen(assembly, settled, rows)
    if rated:
        terms |= rating_terms(settled)
    for row in rows:
        fit(assembly, row, way(assembly, row))
        let_in(assembly, row, preset(settled), stage)
    subjects = tuple(Choice(row.slug, draft_of(row).text) for row in rows)
    criteria = tuple(Choice(one.id, one.words) for one in protocol(assembly).criteria)
    lists = {"proposals": subjects} | ({"criteria": criteria} if criteria else {})
    instrument = about(instrument if rated else unrated(instrument), slugs)
    if "voices" in terms or (rated and settled.voices):
        instrument, lists = asking_voices(instrument), lists | {"voices": voices(assembly)}
    try:
        filled = fill(instrument, **lists)
    except Malformed:
        raise Refused("same_words") from None
    slug = door.draft(assembly, kind=ROUND, questionnaire=filled, terms=terms, closes=closes)
    for row in rows:
        row.survey = slug
    return slug


@transaction
def draft_rounds(
    assembly: Assembly,
    instrument: Questionnaire,
    slugs: Sequence[str],
    *,
    closes: date,
    stage: int = 0,
    rated: bool = False,
) -> tuple[str, ...]:
    """Draft a round on each of some proposals, for one sitting, and return their slugs. May raise `Refused`."""
    if not 0 < len(slugs) <= MOST_IN_A_SITTING:
        raise Refused("how_many_in_a_sitting")
    each = partial(draft_round, assembly, instrument, closes=closes, stage=stage, rated=rated)
    return tuple(each((slug,)) for slug in slugs)


def fit(assembly: Assembly, row: ProposalRow, where: Way) -> None:
    """Raise `Refused` unless a proposal that stands there may go to a round, or be decided aloud, now."""
    draft, now = draft_of(row), protocol(assembly)
    if conflicts(draft, now):
        raise Refused("stopped_by_protocol")
    if missing(draft, now):
        raise Refused("unfinished")
    if unworded(assembly, row):
        raise Refused("texts_wait")
    if unmet(assembly, row):
        raise Refused("objections_unmet")
    with refusing():
        rounds.begin_round(where)


def preset(settled: CollectiveRow) -> Preset:
    """Return the rule the assembly chose. Raises `Refused` while it has chosen none."""
    if settled.rule is None:
        raise Refused("no_rule")
    return read_preset(settled.rule)


def round_terms(assembly: Assembly, settled: CollectiveRow, stage: int) -> dict[str, object]:
    """Return what a round's judge will need. Raises `Refused` when there is no such rule or stage."""
    chosen = preset(settled)
    if not 0 <= stage < len(chosen.stages):
        raise Refused("no_such_stage")
    rule = chosen.stages[stage]
    terms: dict[str, object] = {
        "infiltrators": assembly.t,
        "declared": settled.members,
        "preset": chosen.name,
        "stage": stage,
        "rule": write_rule(rule),
    }
    if rule.called is Called.CARDS:
        terms["cards"] = next((one.size for one in door.card_sets(assembly) if one.current), 0)
    if rule.voices:
        terms["voices"] = {str(one["id"]): one["members"] for one in settled.voices}
    return terms


def frozen(assembly: Assembly, settled: CollectiveRow, rows: Sequence[ProposalRow]) -> dict[str, object]:
    """Return what is frozen of each text: its digest; under a rule where a second block ends it, whether one would."""
    texts: dict[str, object] = {"texts": {row.slug: text_digest(row) for row in rows}}
    if preset(settled).again is not Again.END:
        return texts
    return texts | {"blocked": sorted(row.slug for row in rows if blocked_before(assembly, row))}


def rating_terms(settled: CollectiveRow) -> dict[str, object]:
    """Return what the judge of a rated round needs too: whether each voice is heard apart, as the assembly chose."""
    return {RATINGS: True, "priority": settled.priority or EACH_VOICE}


def unrated(instrument: Questionnaire) -> Questionnaire:
    """Return a round that asks for stances and reasons alone."""
    return replace(instrument, sections=tuple(one for one in instrument.sections if one.id != RATINGS))


def about(instrument: Questionnaire, slugs: Sequence[str]) -> Questionnaire:
    """Return a round without what the round before gave of other proposals than these."""
    here = {f"{rounds.BEFORE}{slug}" for slug in slugs}
    kept = (one for one in instrument.sections if one.id in here or not one.id.startswith(rounds.BEFORE))
    return replace(instrument, sections=tuple(kept))


def asking_voices(instrument: Questionnaire) -> Questionnaire:
    """Return an instrument that asks first with which voice one answers."""
    asked = door.shipped(VOICED)
    named = (replace(one, questions=tuple(q for q in one.questions if q.id == asked.voice)) for one in asked.sections)
    section = next(one for one in named if one.questions)
    return replace(instrument, sections=(section, *instrument.sections), voice=asked.voice)


def ready_round(assembly: Assembly, questionnaire: Questionnaire, terms: Mapping[str, object]) -> None:
    """Raise `Refused` unless a round may be opened today as it was drafted."""
    settled = collective(assembly)
    stage = _int(terms.get("stage"))
    rows = [proposal(assembly, subject.id) for subject in questionnaire.lists.get("proposals", ())]
    now = round_terms(assembly, settled, stage) | frozen(assembly, settled, rows)
    if RATINGS in terms:
        now |= rating_terms(settled)
    if {**terms, "texts": None} != {**now, "texts": None}:
        raise Refused("settled_otherwise")
    if ("voices" in terms or RATINGS in terms) and questionnaire.lists.get("voices", ()) != voices(assembly):
        raise Refused("settled_otherwise")
    if terms.get("texts") != now["texts"]:
        raise Refused("text_changed")
    for row in rows:
        fit(assembly, row, way(assembly, row))
        let_in(assembly, row, preset(settled), stage)
    not_quiet(assembly, settled)


def not_quiet(assembly: Assembly, settled: CollectiveRow) -> None:
    """Raise `Refused` on days the assembly keeps free, on which nothing opens: planting, harvest, feasts."""
    today = clock.today(assembly).isoformat()
    if any(first <= today <= last for first, last in settled.quiet):
        raise Refused("quiet_days")


def quiet_days(assembly: Assembly) -> tuple[tuple[date, date], ...]:
    """Return the days the assembly keeps free: nothing opens on them, and no pulse begins that was opened ahead."""
    spans = collective(assembly).quiet
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans)


def ready_baseline(assembly: Assembly, questionnaire: Questionnaire, terms: Mapping[str, object]) -> None:
    """Raise `Refused` unless the assembly chose how priorities are judged, and names its voices as the draft does."""
    settled = collective(assembly)
    if not settled.priority:
        raise Refused("no_priority")
    if {**terms, **dict.fromkeys(DRAFTED)} != {**baseline_terms(assembly), **dict.fromkeys(DRAFTED)}:
        raise Refused("settled_otherwise")
    if CARRY in terms and read_effort(terms, [one.id for one in questionnaire.lists.get("measures", ())]) is None:
        raise Refused("settled_otherwise")
    if questionnaire.voice and questionnaire.lists.get("voices", ()) != voices(assembly):
        raise Refused("settled_otherwise")
    not_quiet(assembly, settled)


def ready_pulse(assembly: Assembly, _questionnaire: Questionnaire, terms: Mapping[str, object]) -> None:
    """Raise `Refused` unless the pulse is held against the alert level of today."""
    settled = collective(assembly)
    if terms.get("level") != settled.alert or terms.get("infiltrators") != assembly.t:
        raise Refused("settled_otherwise")
    not_quiet(assembly, settled)


def ready_other(assembly: Assembly, _questionnaire: Questionnaire, _terms: Mapping[str, object]) -> None:
    """Raise `Refused` on days kept free: a call or a practice needs nothing else."""
    not_quiet(assembly, collective(assembly))


def watched(assembly: Assembly) -> tuple[Choice, ...]:
    """Return the threats the assembly watches, for a questionnaire."""
    mine = select(ThreatRow).where(ThreatRow.assembly == assembly.id, ThreatRow.watched).order_by(ThreatRow.code)
    return tuple(Choice(row.code, row.words) for row in session.scalars(mine))


def offered(assembly: Assembly) -> tuple[Choice, ...]:
    """Return the measures the assembly may put to work, for a questionnaire."""
    mine = select(MeasureRow).where(MeasureRow.assembly == assembly.id, MeasureRow.offered).order_by(MeasureRow.code)
    return tuple(Choice(row.code, row.words) for row in session.scalars(mine))


def voices(assembly: Assembly) -> tuple[Choice, ...]:
    """Return the voices the assembly named, for a questionnaire."""
    named = ((str(one["id"]), one["words"]) for one in collective(assembly).voices)
    return tuple(Choice(key, dict(words)) for key, words in named if isinstance(words, Mapping))


def baseline_terms(assembly: Assembly) -> Mapping[str, object]:
    """Return what a baseline's judge will need."""
    settled = collective(assembly)
    return {
        "infiltrators": assembly.t,
        "priority": settled.priority,
        "places": PLACES,
        "table": [list(row) for row in table(assembly)],
        "declared": settled.members,
        "answers": _answers(assembly),
    }


def _answers(assembly: Assembly) -> dict[str, list[str]]:
    """Return which threats each measure offered acts on, by its card."""
    mine = select(MeasureRow).where(MeasureRow.assembly == assembly.id, MeasureRow.offered).order_by(MeasureRow.code)
    found = ((row.code, row.content.get("answers")) for row in session.scalars(mine))
    return {code: sorted(map(str, said)) if isinstance(said, list) else [] for code, said in found}


def pulse_terms(assembly: Assembly) -> Mapping[str, object]:
    """Return what a pulse's judge will need."""
    return {"infiltrators": assembly.t, "level": collective(assembly).alert}


def _int(value: object) -> int:
    return value if isinstance(value, int) else -1
