"""What came out of a replayed conversation, told to a tired person and written down for a machine."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commons.i18n import pick
from deliberation.cli.polis import Export
from deliberation.cli.replaying import Replayed, Settled, named
from deliberation.domain.hearing import Why
from deliberation.domain.rounds import STANCE, verdict_in
from deliberation.domain.rules import Outcome, Verdict
from deliberation.phrases import rounds
from surveys.domain.disclosure import Band, Figure, Row, least
from surveys.domain.doubt import Cell, Shown
from surveys.domain.questionnaire import Choice

FORMAT = 1
WIDTH = 100
LEVELS = {"support": "agree", "aside": "pass", "disagree": "disagree"}
"""The stances a vote can become, in the words of the conversation."""
BANDS = {Band.MOST: "most agree", Band.SOME: "some agree", Band.FEW: "few agree"}
WHY = {
    Why.WANTED_BY_MANY: "It is among the statements with the most support.",
    Why.PART_OF_A_MINORITY: "It is the part of people who hold together and had nothing yet.",
    Why.TIED: "It is as supported as another one: the assembly chooses between them.",
    Why.WANTED_LESS: "Others were supported more.",
    Why.HARMS_MANY: "Most people are against it: it must be amended first.",
    Why.HARMS_A_VOICE: "Most of one group are against it: it must be amended first.",
    Why.TOO_FEW: "Too few people weighed it to say.",
}
BARRED = (Why.HARMS_MANY, Why.HARMS_A_VOICE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with all that was let out of it. `why` says whether it comes first."""

    comment: str
    text: str
    figure: Figure
    verdict: Verdict
    why: Why
    chosen: bool
    tied: bool


def statements(export: Export, replayed: Replayed) -> tuple[Statement, ...]:
    """Return the statements in the order of their numbers."""
    return tuple(_statement(one, text, replayed) for one, text in export.statements.items())


def _statement(comment: str, text: str, replayed: Replayed) -> Statement:
    closed, name = replayed.release.closed, named(comment)
    verdict = verdict_in(closed, name)
    if verdict is None:
        raise LookupError(name)
    return Statement(
        comment=comment,
        text=text,
        figure=replayed.release.figure(f"{STANCE}.{name}"),
        verdict=verdict,
        why=Why(str(_mapping(closed["measure_reason"])[name])),
        chosen=name in _listed(closed["chosen"]),
        tied=name in _listed(closed["tied"]),
    )


def headed(export: Export, settled: Settled) -> dict[str, object]:
    """Return what every replay tells of itself as plain data."""
    return {
        "format": FORMAT,
        "topic": export.topic,
        "language": export.tag,
        "people": len(export.people),
        "rule": settled.card.code,
    }


def written(export: Export, settled: Settled, replayed: Replayed) -> dict[str, object]:
    """Return all that came out as plain data: the release itself, and each statement beside its text."""
    return {
        **headed(export, settled),
        "stage": settled.stage + 1,
        "infiltrators": settled.infiltrators,
        "places": settled.places,
        "voices": {choice.id: pick(choice.text).text for choice in _voices(replayed)},
        "statements": [_data(one) for one in statements(export, replayed)],
        "release": dict(replayed.data),
        "sha256": replayed.sha256,
    }


def _data(one: Statement) -> dict[str, object]:
    return {
        "comment": one.comment,
        "text": one.text,
        "shown": one.figure.row.value,
        "band": one.figure.band.value if one.figure.band else None,
        "levels": {key: _cell(cell) for key, cell in one.figure.choices.items()},
        "voices": {key: _cell(cell) for key, cell in one.figure.voices.items()},
        "outcome": one.verdict.outcome.value,
        "reason": one.verdict.reason.value,
        "chosen": one.chosen,
        "tied": one.tied,
        "measure_reason": one.why.value,
        "said": [_shown(one.figure), rounds.reason(one.verdict.reason), WHY[one.why]],
    }


def _cell(cell: Cell) -> str | int:
    return cell.shown.value if cell.percent is None else cell.percent


def told(export: Export, settled: Settled, replayed: Replayed) -> Iterator[str]:
    """Yield the lines to print: the sizes and the rule, what comes first, then every statement by its verdict."""
    every = statements(export, replayed)
    yield from ("", export.topic or "(no topic)", "=" * min(WIDTH, max(1, len(export.topic))))
    yield from _sizes(export, settled, replayed)
    yield from _first(every, replayed)
    for outcome in Outcome:
        yield from _group(outcome, [one for one in every if one.verdict.outcome is outcome], replayed)
    yield from ("", f"Digest of the release: {replayed.sha256}")


def _sizes(export: Export, settled: Settled, replayed: Replayed) -> Iterator[str]:
    release, floor = replayed.release, least(settled.infiltrators)
    stage = pick(settled.card.stages[settled.stage], "en").text
    yield f"{len(export.people)} people, {release.ballots} ballots, {len(export.statements)} statements."
    yield f"Rule {settled.card.code}, {pick(settled.card.words, 'en').text}: {stage}"
    yield f"A statement that fewer than {floor} people weighed is not shown; percentages are rounded to ten."


def _first(every: Sequence[Statement], replayed: Replayed) -> Iterator[str]:
    """Yield what to take up first; the order inside tells nothing."""
    yield from _heading("To take up first")
    placed = [one for one in every if one.chosen or one.tied]
    for one in placed:
        yield from _said(one, WHY[one.why])
    if not placed:
        yield "Nothing: too few people agree with anything that may be shown."
    elif replayed.release.closed["proportional"] is True:
        yield "Every group of people who hold together has its part in it."
    else:
        yield "Some people who hold together have less than their part in it."


def _group(outcome: Outcome, found: Sequence[Statement], replayed: Replayed) -> Iterator[str]:
    if found:
        yield from _heading(f"{rounds.outcome(outcome).capitalize()}: {len(found)}")
    for one in found:
        voices = [f"{pick(each.text).text}: {_of_a_voice(one, each.id)}" for each in _voices(replayed)]
        split = [", ".join(voices) + "."] if one.figure.voices else []
        barred = [WHY[one.why]] if one.why in BARRED else []
        yield from _said(one, f"{_shown(one.figure)} {rounds.reason(one.verdict.reason)}", *split, *barred)


def _of_a_voice(one: Statement, voice: str) -> str:
    cell = one.figure.voices.get(voice)
    return _measured(cell) if cell else "not shown"


def _heading(title: str) -> tuple[str, str, str]:
    return "", title, "-" * len(title)


def _said(one: Statement, *lines: str) -> Iterator[str]:
    """Yield a statement under its number, and what is said of it below."""
    number = f"{one.comment:>4}  "
    yield textwrap.fill(one.text, WIDTH, initial_indent=number, subsequent_indent=" " * len(number))
    for line in lines:
        yield textwrap.fill(line, WIDTH, initial_indent="      → ", subsequent_indent="        ")


def _shown(figure: Figure) -> str:
    """Say what is shown of a statement."""
    if figure.row is Row.WITHHELD or figure.band is None:
        return "Not shown: too few answers."
    band = BANDS[figure.band].capitalize()
    parts = [f"{word} {_measured(cell)}" for key, word in LEVELS.items() if (cell := figure.choices.get(key))]
    return f"{band}: {', '.join(parts)}." if parts else f"{band}."


def _measured(cell: Cell) -> str:
    words = {
        Shown.LOW: "hardly any",
        Shown.HIGH: "nearly all",
        Shown.FEW: "few",
        Shown.SOME: "some",
        Shown.MOST: "most",
        Shown.PERCENT: f"about {cell.percent} %",
    }
    return words[cell.shown]


def _voices(replayed: Replayed) -> tuple[Choice, ...]:
    return replayed.survey.questionnaire.lists.get("voices", ())


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
