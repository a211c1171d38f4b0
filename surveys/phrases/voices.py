"""Where voices meet and where they stand apart, read from what a release tells of each: nothing is counted here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from commons.charts import Line
from commons.i18n import gettext, ngettext, pick
from surveys.domain.disclosure import Figure
from surveys.domain.doubt import Cell, Shown
from surveys.domain.questionnaire import Choice, Item, Questionnaire
from surveys.domain.release import Release
from surveys.phrases import findings
from surveys.phrases.answering import any_of
from surveys.phrases.figures import Table

FEWEST = 2
HIGH, LOW = 80, 20
"""Shares, in per cent, from which a voice says yes or no by about two thirds: each may stand a step off."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What chosen voices said: where all of them say yes, where all say no, where they stand apart, and how many more.

    `met` and `refused` name a question with the answers that count as a yes; `apart` holds a table for each.
    """

    met: tuple[str, ...]
    refused: tuple[str, ...]
    apart: tuple[Table, ...]
    unclear: str


def told(questionnaire: Questionnaire, release: Release) -> tuple[Choice, ...]:
    """Return the voices of which some figure of a release tells, in the order they are asked in."""
    named = {key for figure in release.figures for key in figure.voices}
    asked = questionnaire.by_key[questionnaire.voice].question.choices if questionnaire.voice else ()
    return tuple(choice for choice in asked if choice.id in named)


def compared(questionnaire: Questionnaire, release: Release, chosen: Sequence[Choice]) -> Compared:
    """Return how the chosen voices stand to each other, question by question, in the order of the questionnaire."""
    met, refused, apart, unclear = list[str](), list[str](), list[Table](), 0
    for item in questionnaire.items:
        figure = release.figure(item.key)
        cells = [figure.voices[one.id] for one in chosen if one.id in figure.voices]
        if len(cells) < len(chosen):
            continue
        if all(map(_yes, cells)):
            met.append(_named(item, figure))
        elif all(map(_no, cells)):
            refused.append(_named(item, figure))
        elif findings.stand_apart(lines := _lines(chosen, figure)):
            apart.append(_table(item, figure, lines))
        else:
            unclear += 1
    return Compared(tuple(met), tuple(refused), tuple(apart), _unclear(unclear))


def _unclear(many: int) -> str:
    if not many:
        return ""
    return ngettext(
        "Of one more question the figures tell neither.", "Of %(num)s more questions the figures tell neither.", many
    )


def _yes(cell: Cell) -> bool:
    return cell.shown in {Shown.MOST, Shown.HIGH} or (cell.percent or 0) >= HIGH


def _no(cell: Cell) -> bool:
    return cell.shown in {Shown.FEW, Shown.LOW} or (cell.percent is not None and cell.percent <= LOW)


def _named(item: Item, figure: Figure) -> str:
    low, high = figure.cut or (1, 0)
    answers = any_of(item.question.choices[low - 1 : high])
    return gettext("%(question)s %(answers)s", question=pick(item.text).text, answers=answers)


def _lines(chosen: Collection[Choice], figure: Figure) -> tuple[Line, ...]:
    held = ((choice, figure.voices[choice.id]) for choice in chosen)
    return tuple(Line(choice.text, str(cell.shown), cell.percent or 0, choice.mark) for choice, cell in held)


def _table(item: Item, figure: Figure, lines: tuple[Line, ...]) -> Table:
    bars = any(line.shown not in findings.BANDS for line in lines)
    return Table(_named(item, figure), lines, bars, (findings.of_voices(lines),))
