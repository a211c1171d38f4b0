"""Living a conversation again as proposals: tabled, put to sealed rounds, heard, ratified, and in force.

Which statements are tabled depends on how many people were shown them, never on how many agreed. Nothing has a way of
its own: every step is an act of several, a card and a sealed ballot, or a day that goes by.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from commons import clock, log, upkeep
from commons.assembly import Assembly
from deliberation.actions import asking, proposals, records, watching
from deliberation.actions.asking import MOST_IN_A_ROUND
from deliberation.actions.founding import Charter
from deliberation.cli.polis import Export, Voter
from deliberation.cli.replaying import CIRCLE, DAYS, KEYS, Settled, Tell, drawn
from deliberation.cli.staging import Company, company
from deliberation.cli.story import said
from deliberation.cli.telling import AS_A_STANCE
from deliberation.domain.hearing import EACH_VOICE
from deliberation.domain.presets import After, write_preset
from deliberation.domain.protocol import Draft, Effect, Relation
from deliberation.domain.rounds import STANCE, Stage
from deliberation.domain.rules import Outcome, Reason, Share
from deliberation.queries import proposals as queries
from surveys import door
from surveys.domain.cards import Code
from surveys.domain.disclosure import least
from surveys.domain.questionnaire import Questionnaire, Words

SHOWN = Fraction(1, 3)
HEARD_OF_A_VOICE = Share(Fraction(1, 3))
REVIEW_DAYS = 180
EFFORT = said("all of us", "nous tous", "todo el grupo")


@dataclass(frozen=True, slots=True)
class Tabled:
    """What became of a conversation: its proposals by the number of their statement, and the digest of each release."""

    assembly: Assembly
    proposals: Mapping[str, queries.Proposal]
    unseen: int
    releases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Hall:
    """An assembly taking its rounds: who is there, with which card, and which proposal says which statement."""

    company: Company
    time: clock.Clock
    export: Export
    voice: str
    groups: Sequence[str]
    codes: Sequence[Code]
    tell: Tell


def chosen(export: Export, part: Fraction) -> tuple[str, ...]:
    """Return the statements that at least this part of those who voted were shown, in the order of their numbers."""
    voted = [person for person in export.people if person.votes]
    shown = Counter(one for person in voted for one in person.votes)
    return tuple(one for one in export.statements if shown[one] >= part * len(voted))


def table(export: Export, settled: Settled, tell: Tell) -> Tabled:
    """Live it through in this instance, up to today, and return what became of it. Raises `Refused`."""
    stages = settled.card.rule.stages
    began = datetime.now(UTC) - timedelta(days=(DAYS + 1) * len(stages))
    with clock.stopped(began) as time:
        tell("Founding an assembly …")
        title = export.topic or "Replay"
        circle = company(Charter("replay", title, (export.tag,), KEYS, settled.infiltrators, "UTC"), CIRCLE)
        groups = export.groups(settled.column) if settled.column else ()
        _settle(circle, export, settled, groups)
        kept = chosen(export, settled.shown)
        texts = {one: _tabled(circle.assembly, export, title, one) for one in kept}
        hall = _Hall(circle, time, export, settled.column, groups, drawn(circle, len(export.people)), tell)
        _rounds(hall, settled, texts, title)
        _ratify(circle, texts.values(), tell)
    return _became(circle.assembly, texts, len(export.statements) - len(kept))


def _settle(circle: Company, export: Export, settled: Settled, groups: Sequence[str]) -> None:
    """Choose the rule; where every voice is large enough to be asked it, a third of each must take part."""
    sizes = Counter(person.columns.get(settled.column, "") for person in export.people if person.votes)
    voices = [
        {"id": f"V{at}", "words": export.words(f"Group {name}"), "members": sizes[name]}
        for at, name in enumerate(groups, start=1)
    ]
    wording = records.word(circle.assembly, {"voices": voices, "quiet": []})
    preset = settled.card.rule
    if voices and min(sizes[name] for name in groups) >= least(settled.infiltrators):
        preset = replace(preset, stages=tuple(replace(one, voices=HEARD_OF_A_VOICE) for one in preset.stages))
    members = {"members": len(export.people), "wording": wording}
    circle.act("deliberation.choose", {"preset": write_preset(preset), "priority": EACH_VOICE, **members})
    watching.keep_threat(circle.assembly, watching.ThreatCard(export.words(export.topic or "Replay")))


def _tabled(assembly: Assembly, export: Export, title: str, statement: str) -> str:
    """Write a statement down as a proposal about the topic, explain it, talk it over, and return its slug."""
    about = next(one.id for one in asking.watched(assembly) if title in one.text.values())
    draft = Draft(
        text=export.words(export.statements[statement]),
        threats=frozenset({about}),
        reach=dict.fromkeys(Relation, Effect.NEITHER),
        effort=EFFORT,
        review=clock.today(assembly) + timedelta(days=REVIEW_DAYS),
    )
    slug = proposals.table(assembly, draft)
    proposals.explain(assembly, slug)
    proposals.talk(assembly, slug, Stage.AMENDMENT)
    return slug


def _rounds(hall: _Hall, settled: Settled, texts: Mapping[str, str], title: str) -> None:
    """Take the rounds of a rule, one stage after the other, with what its stages let in."""
    left = dict(texts)
    for stage in range(len(settled.card.rule.stages)):
        if stage:
            left = _gone_on(hall.company, left, settled.card.rule.after[stage - 1], stage)
        boxes = _boxes(left)
        drafted = [
            (_open(hall, part, stage, f"{title} ({at}/{len(boxes)})" if len(boxes) > 1 else title), part)
            for at, part in enumerate(boxes, start=1)
        ]
        for slug, part in drafted:
            _hand_in(hall, slug, part)
        hall.time.move(days=DAYS + 1)
        upkeep.run()
        for slug, _ in drafted:
            hall.tell(f"Counting, with {KEYS} of {CIRCLE} keys …")
            hall.company.act("surveys.count", {"survey": slug})


def _boxes(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Share proposals out over as few boxes as can hold them, each about as full."""
    number = -(-len(texts) // MOST_IN_A_ROUND)
    every = list(texts.items())
    size = -(-len(every) // number) if number else 1
    return [dict(every[first : first + size]) for first in range(0, len(every), size)]


def _gone_on(circle: Company, texts: Mapping[str, str], after: After, stage: int) -> dict[str, str]:
    """Let the assembly go on to the next stage with what was not adopted; return these proposals."""
    left = {}
    for statement, slug in texts.items():
        verdict = _now(circle.assembly, slug).way.verdict
        absent = verdict is not None and verdict.reason in (Reason.TOO_FEW, Reason.VOICE_ABSENT)
        if verdict is None or verdict.adopts or verdict.outcome is Outcome.NOT_ADOPTED:
            continue
        if after is After.TOO_FEW and not absent:
            continue
        asked = {} if after is After.TOO_FEW else {"stage": stage, "heard": log.spoken_head(circle.assembly)}
        circle.act("deliberation.go_on", {"proposal": slug, **asked})
        left[statement] = slug
    return left


def _open(hall: _Hall, part: Mapping[str, str], stage: int, title: str) -> str:
    """Draft a round that asks for stances alone, as the conversation did, and open it together."""
    assembly, words = hall.company.assembly, hall.export.words(title)
    closes = clock.today(assembly) + timedelta(days=DAYS)
    slug = asking.draft_round(assembly, _stances(words), list(part.values()), closes=closes, stage=stage)
    hall.company.act("surveys.open", {"survey": slug})
    return slug


def _stances(title: Words) -> Questionnaire:
    shipped = door.shipped("round")
    kept = [replace(one, questions=tuple(q for q in one.questions if q.id == STANCE)) for one in shipped.sections]
    sections = tuple(one for one in kept if one.questions)
    return replace(shipped, title=dict(title), sections=sections)


def _hand_in(hall: _Hall, slug: str, part: Mapping[str, str]) -> None:
    """Let each person who voted hand in one ballot, whatever they were shown of this box; others keep their card."""
    survey = door.survey(hall.company.assembly, slug)
    if survey is None:
        raise LookupError(slug)
    asked = survey.questionnaire
    for at, (code, person) in enumerate(zip(hall.codes, hall.export.people, strict=True), start=1):
        if person.votes:
            answers = dict(_answers(hall, person, asked.voice, part))
            door.hand_in(survey.assembly, slug, asked, code, answers)
        if at % 100 == 0 or at == len(hall.codes):
            hall.tell(f"Handing in: {at} of {len(hall.codes)}")


def _answers(hall: _Hall, person: Voter, voice: str, part: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for statement, slug in part.items():
        if statement in person.votes:
            yield f"{STANCE}.{slug}", int(AS_A_STANCE[person.votes[statement]])
    group = person.columns.get(hall.voice, "")
    if voice and group in hall.groups:
        yield voice, hall.groups.index(group) + 1


def _ratify(circle: Company, slugs: Iterable[str], tell: Tell) -> None:
    """Record that the assembly heard each verdict and made it its own: the same votes again would move nothing."""
    tell("Ratifying what the rounds gave …")
    for slug in slugs:
        circle.act("deliberation.ratify", {"proposal": slug, "heard": log.spoken_head(circle.assembly)})


def _became(assembly: Assembly, texts: Mapping[str, str], unseen: int) -> Tabled:
    found = {statement: _now(assembly, slug) for statement, slug in texts.items()}
    digests = {one.survey: one.sha256 for one in door.releases(assembly)}
    return Tabled(assembly, found, unseen, dict(sorted(digests.items())))


def _now(assembly: Assembly, slug: str) -> queries.Proposal:
    found = queries.proposal(assembly, slug)
    if found is None:
        raise LookupError(slug)
    return found
