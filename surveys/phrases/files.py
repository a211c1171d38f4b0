"""Released figures as files: one row for each thing that was let out, and a codebook that says what each row is about.

They hold what the page of a result shows, the list of numbers apart. Words are in the language of the page.
"""

from collections.abc import Iterator, Mapping

from commons.exports import csv_text
from commons.i18n import gettext, pick
from surveys.domain.disclosure import Figure, Row
from surveys.domain.doubt import Cell
from surveys.domain.questionnaire import Choice, Item, Questionnaire
from surveys.domain.release import Release, write
from surveys.phrases.answering import any_of
from surveys.phrases.figures import without_subject

FIGURES = ("item", "question", "about", "measure", "code", "answer", "shown", "percent")
CODEBOOK = ("item", "question", "about", "kind", "position", "code", "answer", "counts_as_yes")
Line = tuple[object, ...]


def figures(questionnaire: Questionnaire, release: Release | None) -> str:
    """Return every released cell as CSV, in the order of the questionnaire; the header alone while nothing was."""
    found = [line for item in questionnaire.items for line in _figure(questionnaire, item, release)] if release else []
    return csv_text(FIGURES, found)


def _figure(questionnaire: Questionnaire, item: Item, release: Release | None) -> Iterator[Line]:
    one = release.figure(item.key) if release else Figure(item.key, Row.WITHHELD)
    about = (
        item.key,
        without_subject(pick(item.question.text).text),
        pick(item.subject.text).text if item.subject else "",
    )
    if one.row is Row.WITHHELD:
        yield *about, "withheld", "", "", "", ""
    if one.band is not None and one.cut is not None:
        low, high = one.cut
        yield *about, "band", f"{low}-{high}", any_of(item.question.choices[low - 1 : high]), str(one.band), ""
    if one.median is not None:
        low, high = one.median
        yield *about, "median", f"{low}-{high}", any_of(item.question.choices[low - 1 : high]), "", ""
    yield from ((*about, "answers", *_cell(item.question.choices, *cell)) for cell in one.choices.items())
    voices = questionnaire.by_key[questionnaire.voice].question.choices if one.voices else ()
    yield from ((*about, "voices", *_cell(voices, *cell)) for cell in one.voices.items())


def _cell(named: tuple[Choice, ...], code: str, cell: Cell) -> Line:
    words = {choice.id: choice.text for choice in named}
    return code, pick(words[code]).text, str(cell.shown), "" if cell.percent is None else cell.percent


def codebook(questionnaire: Questionnaire) -> str:
    """Return every answer to every question as CSV: its code, its position from 1, whether it counts as a yes."""
    return csv_text(CODEBOOK, [line for item in questionnaire.items for line in _asked(item)])


def _asked(item: Item) -> Iterator[Line]:
    question, about = item.question, pick(item.subject.text).text if item.subject else ""
    first = item.key, without_subject(pick(question.text).text), about, str(question.kind)
    low, high = question.yes or (0, 0)
    for at, choice in enumerate(question.choices, start=1):
        yield *first, at, choice.id, pick(choice.text).text, "yes" if low <= at <= high else ""
    if not question.choices:
        yield *first, "", "", "", ""


def whole(questionnaire: Mapping[str, object], release: Release | None) -> Mapping[str, object]:
    """Return a release with its questions as plain data, in every language, and what each code means."""
    data = {name: value for name, value in write(release).items() if name != "witnesses"} if release else None
    return {"release": data, "questionnaire": questionnaire, "codes": codes()}


def codes() -> Mapping[str, str]:
    """Say what each code of a file means."""
    return {
        "withheld": gettext("Too few answered, or all answers together would have told what one person said."),
        "few": gettext("About a third or fewer of those who answered."),
        "some": gettext("Between about a third and about two thirds of those who answered."),
        "most": gettext("About two thirds or more of those who answered."),
        "low": gettext("Few or none: several counts, that are not told apart."),
        "high": gettext("Nearly all: several counts, that are not told apart."),
        "percent": gettext("A share of those who answered, rounded to ten; it may stand a step beside its rounding."),
    }
