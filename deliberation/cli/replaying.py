"""Living a conversation again: founding, cards, one ballot a person, several keys. Nothing has a way of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from commons import clock, upkeep
from commons.assembly import Assembly
from deliberation.actions import conversing, records
from deliberation.actions.founding import Charter
from deliberation.cli.polis import Export, Voter
from deliberation.cli.staging import Company, company
from deliberation.cli.telling import AS_A_STANCE
from deliberation.domain.hearing import EACH_VOICE
from deliberation.domain.rounds import STANCE
from deliberation.queries.catalogue import RuleCard
from surveys import door
from surveys.domain.cards import Code
from surveys.domain.logic import Answers
from surveys.domain.questionnaire import Choice
from surveys.domain.release import Release, read

CIRCLE, KEYS = 5, 3
DAYS = 1
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settled:
    """What an assembly would have settled beforehand: its rule and stage (from 0), t, the places, and its voices.

    `column` is the column of the export that names each person's voice, empty for none; `shown` is what part of those
    who voted a statement must have been shown to, to be tabled as a proposal.
    """

    card: RuleCard
    stage: int
    infiltrators: int
    places: int
    column: str = ""
    shown: Fraction = Fraction(1, 3)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came out: the survey as it was frozen, its release, and the digest of that."""

    survey: door.Survey
    release: Release
    data: Mapping[str, object]
    sha256: str


def replay(export: Export, settled: Settled, tell: Tell) -> Replayed:
    """Live the conversation through in this instance and return what several keys let out.

    Raises `Refused` where the house refuses, for instance to open a box with fewer than K ballots.
    """
    with clock.stopped(datetime.now(UTC)) as time:
        tell("Founding an assembly …")
        charter = Charter("replay", "Replay", (export.tag,), KEYS, settled.infiltrators, "UTC")
        circle = company(charter, CIRCLE)
        voices = export.groups(settled.column) if settled.column else ()
        _settle(circle, export, settled, voices)
        tell(f"Drawing {len(export.people)} cards and opening the box …")
        codes = drawn(circle, len(export.people))
        survey = _opened(circle, export, settled)
        _hand_in(survey, export, codes, (settled.column, voices), tell)
        time.move(days=DAYS + 1)
        upkeep.run()
        tell(f"Counting, with {KEYS} of {CIRCLE} keys …")
        circle.act("surveys.count", {"survey": survey.slug})
        return _released(circle.assembly, survey.slug)


def _settle(circle: Company, export: Export, settled: Settled, voices: Sequence[str]) -> None:
    named = [{"id": f"V{at}", "words": export.words(f"Group {name}")} for at, name in enumerate(voices, start=1)]
    wording = records.word(circle.assembly, {"voices": named, "quiet": []})
    members = {"members": len(export.people), "wording": wording}
    circle.act("deliberation.choose", {"preset": settled.card.preset, "priority": EACH_VOICE, **members})


def drawn(circle: Company, size: int) -> tuple[Code, ...]:
    """Draw a season's cards and return them."""
    done = circle.act("surveys.cards", {"size": size})
    return done.result if done and isinstance(done.result, tuple) else ()


def _opened(circle: Company, export: Export, settled: Settled) -> door.Survey:
    statements = tuple(Choice(named(one), export.words(text)) for one, text in export.statements.items())
    closes = clock.today(circle.assembly) + timedelta(days=DAYS)
    how = {"stage": settled.stage, "places": settled.places}
    slug = conversing.draft(circle.assembly, statements, closes=closes, **how)
    circle.act("surveys.open", {"survey": slug})
    return _found(door.survey(circle.assembly, slug))


def named(statement: str) -> str:
    """Return the name under which a statement of the export stands in the survey."""
    return f"s{statement}"


def _hand_in(
    survey: door.Survey, export: Export, codes: Sequence[Code], voiced: tuple[str, Sequence[str]], tell: Tell
) -> None:
    """Let each person who voted hand in one ballot; the others keep their card."""
    for at, (code, person) in enumerate(zip(codes, export.people, strict=True), start=1):
        if person.votes:
            answers = _answers(person, survey.questionnaire.voice, voiced)
            door.hand_in(survey.assembly, survey.slug, survey.questionnaire, code, answers)
        if at % 100 == 0 or at == len(codes):
            tell(f"Handing in: {at} of {len(codes)}")


def _answers(person: Voter, voice: str, voiced: tuple[str, Sequence[str]]) -> Answers:
    """Return a person's votes as the answers of a ballot, with their voice where the export names one."""
    answers = {f"{STANCE}.{named(one)}": int(AS_A_STANCE[vote]) for one, vote in person.votes.items()}
    column, groups = voiced
    group = person.columns.get(column, "")
    return answers | ({voice: groups.index(group) + 1} if group in groups else {})


def _released(assembly: Assembly, slug: str) -> Replayed:
    survey, let_out = _found(door.survey(assembly, slug)), door.release(assembly, slug, whole=True)
    if let_out is None:
        raise LookupError(slug)
    return Replayed(survey, read(let_out.data), let_out.data, let_out.sha256)


def _found(survey: door.Survey | None) -> door.Survey:
    if survey is None:
        raise LookupError("survey")
    return survey
