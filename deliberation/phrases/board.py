"""The board: released figures put side by side. Nothing is counted here; a figure only changes its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commons import charts
from commons.i18n import current, gettext, pick
from deliberation.domain.rules import Outcome
from deliberation.domain.threats import LIKELY, SEVERE
from deliberation.phrases import findings, plan, rounds, telling
from surveys import door
from surveys.domain.disclosure import Figure, Row
from surveys.domain.doubt import Cell, Shown
from surveys.domain.questionnaire import Choice, Item, Words
from surveys.domain.release import Release, read

STANCE = "S1"
TAIL = {Shown.LOW: 4, Shown.HIGH: 92}  # hatched: "few or none" is seen to be something, and nobody knows how much


@dataclass(frozen=True, slots=True)
class Box:
    """A counted survey and what came out of it."""

    survey: door.Survey
    release: Release

    @property
    def title(self) -> Words:
        """What the survey is called."""
        return self.survey.questionnaire.title


@dataclass(frozen=True, slots=True)
class Concern:
    """One threat: whether it is said to be likely, and grave, and when it is to be treated."""

    words: Words
    likely: str
    grave: str
    tier: str
    when: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The stances on one proposal in one round. `bars` tells percentages from one band."""

    heard: telling.Heard | None
    words: Words
    lines: tuple[charts.Line, ...]
    bars: bool
    agreeing: str

    @property
    def sentence(self) -> str:
        """What its table says."""
        return findings.of_stances(self.agreeing)


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of a round that came out the same."""

    name: str
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A counted round: the spread of each of its proposals."""

    box: Box
    spreads: tuple[Spread, ...]

    @property
    def by_outcome(self) -> tuple[Group, ...]:
        """The same spreads by what the round gave, in the order of outcomes; each keeps its place inside."""
        heard = {one: rounds.outcome(one) for one in Outcome}
        every = {one: tuple(s for s in self.spreads if s.heard and s.heard.outcome == heard[one]) for one in Outcome}
        return tuple(Group(rounds.outcome(one, len(found)), found) for one, found in every.items() if found)

    @property
    def sentence(self) -> str:
        """What the drawing of all its proposals says."""
        return findings.of_round([(one.words, one.agreeing) for one in self.spreads])


def boxes(surveys: tuple[door.Survey, ...], releases: tuple[door.Release, ...]) -> tuple[Box, ...]:
    """Return the counted surveys with what came out of them, the last first; withdrawn ones are left out."""
    known = {one.slug: one for one in surveys}
    return tuple(Box(known[one.survey], read(one.data)) for one in releases if not one.withdrawn)


def concerns(box: Box, tiers: Mapping[str, str]) -> tuple[Concern, ...]:
    """Return the concern of a baseline, the gravest of the `tiers` first, alphabetical inside a tier."""
    rows = [_concern(box.release, one.id, one.text, tiers.get(one.id, "")) for one in _threats(box)]
    order = ("now", "next", "watch", "unknown", "")
    return tuple(sorted(rows, key=lambda row: (order.index(row.tier), pick(row.words).text)))


def concern_sentences(rows: Sequence[Concern]) -> tuple[str, str]:
    """Return what the table of concern says, and what its drawing says, each in one sentence."""
    of_table = findings.of_concerns([(row.words, row.likely, row.grave) for row in rows])
    return of_table, findings.of_gravity([(row.words, row.grave) for row in rows])


def part_sentence(counted: Sequence[Box]) -> str:
    """Return what the table of who took part says."""
    return findings.of_boxes([one.release.ballots for one in counted])


def named(box: Box) -> dict[str, Words]:
    """Return what the threats of a baseline were called in it."""
    return {one.id: one.text for one in _threats(box)}


def _threats(box: Box) -> Iterator[Choice]:
    return iter(box.survey.questionnaire.lists.get("threats", ()))


def _concern(release: Release, threat: str, words: Words, tier: str) -> Concern:
    likely, grave = (_band(release.figure(f"{question}.{threat}")) for question in (LIKELY, SEVERE))
    return Concern(words, likely, grave, tier, plan.tier(tier))


def _band(figure: Figure) -> str:
    return figure.band.value if figure.band else ""


def round_of(box: Box) -> Round:
    """Return the spread of stances of a round, proposal by proposal."""
    heard = {one.slug: one for one in telling.heard(box.survey.questionnaire, box.release.closed)}
    items = [item for item in box.survey.questionnaire.items if item.question.id == STANCE and item.subject]
    return Round(box, tuple(_spread(box.release.figure(item.key), item, heard) for item in items))


def _spread(figure: Figure, item: Item, heard: Mapping[str, telling.Heard]) -> Spread:
    slug, words = (item.subject.id, item.subject.text) if item.subject else ("", item.text)
    bars = figure.row is Row.PERCENT
    lines = tuple(
        charts.Line(choice.text, cell.shown.value, cell.percent or 0, choice.mark)
        for choice in item.question.choices
        if (cell := figure.choices.get(choice.id)) is not None
    )
    return Spread(heard.get(slug), words, lines, bars, _band(figure))


def concern_chart(box: Box) -> tuple[str, str]:
    """Return the drawing of how grave each threat is said to be, and what it shows in one sentence; or nothing."""
    items = [item for item in box.survey.questionnaire.items if item.question.id == SEVERE]
    return _likert(box.release, items, gettext("How serious each threat would be, in per cent of those who answered."))


def stance_chart(box: Box) -> tuple[str, str]:
    """Return the drawing of the spread of stances of a round, and what it shows in one sentence; or nothing."""
    items = [item for item in box.survey.questionnaire.items if item.question.id == STANCE]
    return _likert(box.release, items, gettext("Stances on each proposal, in per cent of those who answered."))


def _likert(release: Release, items: list[Item], said: str) -> tuple[str, str]:
    shown = [item for item in items if release.figure(item.key).choices and item.subject]
    if not shown:
        return "", ""
    labels = [pick(item.subject.text).text for item in shown if item.subject]
    series = {
        pick(choice.text).text: [_part(release.figure(item.key).choices.get(choice.id)) for item in shown]
        for choice in shown[0].question.choices
    }
    return charts.stacked(labels, series, rtl=current().dir == "rtl"), said


def _part(cell: Cell | None) -> charts.Part:
    if cell is None:
        return charts.Part()
    return charts.Part(TAIL[cell.shown], hatched=True) if cell.shown in TAIL else charts.Part(cell.percent or 0)
