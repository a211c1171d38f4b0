"""Released figures as tables and sentences. Nothing is computed here: a table only arranges what was let out."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from commons.charts import Line
from commons.i18n import gettext, pick
from surveys.domain.questionnaire import SUBJECT, Choice, Item, Kind, Questionnaire, Section, Words
from surveys.phrases import findings
from surveys.phrases.answering import any_of
from surveys.phrases.findings import BANDS

LONG = 12
"""A table of more lines than this is folded."""
ORDER = ("most", "some", "few", "high", "percent", "low", "")
LEADING = re.compile(r"[“«]?\s*\{subject\}\s*[”»]?\s*:\s*")

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and the sentences under it, at least one. `bars` tells percentages from bands.

    A `folded` one says the same again, cut another way, or is long: whoever wants it opens it.
    """

    caption: str
    lines: tuple[Line, ...]
    bars: bool
    sentences: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown of one section: tables, tables for whoever wants more, and what too few answered."""

    section: Section
    tables: tuple[Table, ...]
    more: tuple[Table, ...] = ()
    withheld: tuple[Words, ...] = field(default=())


def parts(questionnaire: Questionnaire, figures: Sequence[Data]) -> tuple[Part, ...]:
    """Return the parts of a release, in the order of the questionnaire."""
    known = {str(figure["item"]): figure for figure in figures}
    return tuple(_part(questionnaire, section, known) for section in questionnaire.sections)


def _part(questionnaire: Questionnaire, section: Section, known: Mapping[str, Data]) -> Part:
    mine = {question.id for question in section.questions}
    asked = [(item, known[item.key]) for item in questionnaire.items if item.question.id in mine and item.key in known]
    shown = [(item, figure) for item, figure in asked if figure["shown"] != "withheld"]
    overview = tuple(_cuts(section, shown))
    whole = tuple(table for item, figure in shown for table in _whole(questionnaire, item, figure))
    withheld = tuple(item.text for item, figure in asked if figure["shown"] == "withheld")
    main, more = (overview, whole) if section.repeat else ((*overview, *whole), ())
    return Part(section, main or more, more if main else (), withheld)


@dataclass(frozen=True, slots=True)
class Beside:
    """A question with what everybody together said, to fill in by hand what oneself said: nothing of that is kept."""

    question: Words
    everybody: tuple[str, ...]


def beside(questionnaire: Questionnaire, figures: Sequence[Data]) -> tuple[tuple[Section, tuple[Beside, ...]], ...]:
    """Return, section by section, each question that was shown, with the sentences that tell its figure."""
    known = {str(figure["item"]): figure for figure in figures if figure["shown"] != "withheld"}
    return tuple(
        (section, rows)
        for section in questionnaire.sections
        if (rows := tuple(_beside(item, known[item.key]) for item in _of(questionnaire, section) if item.key in known))
    )


def _of(questionnaire: Questionnaire, section: Section) -> Iterator[Item]:
    mine = {question.id for question in section.questions}
    return (item for item in questionnaire.items if item.question.id in mine)


def _beside(item: Item, figure: Data) -> Beside:
    if lines := list(_lines(item.question.choices, figure.get("choices"))):
        return Beside(item.text, (_finding(item, lines), *_middle(item, figure)))
    band = gettext("Answers that count here: %(answers)s.", answers=_cut_words(item, figure))
    return Beside(item.text, (band, findings.of_bands([Line(item.text, str(figure["band"]))])))


def _cuts(section: Section, shown: Sequence[tuple[Item, Data]]) -> Iterator[Table]:
    """Yield a table for each cut: how many said yes, item by item. Where there are percentages they say it better."""
    groups: dict[str, list[Line]] = {}
    for item, figure in shown:
        if "band" in figure and (section.repeat or figure["shown"] == "bands"):
            label = item.subject.text if item.subject else item.text
            groups.setdefault(_cut_caption(item, figure), []).append(Line(label, str(figure["band"])))
    for caption, lines in groups.items():
        sentences = (findings.of_bands(lines),)
        yield Table(caption, ordered(lines), bars=False, sentences=sentences, folded=len(lines) > LONG)


def _cut_caption(item: Item, figure: Data) -> str:
    answers = _cut_words(item, figure)
    if item.subject is None:
        return gettext("How many answered %(answers)s", answers=answers)
    question = without_subject(pick(item.question.text).text)
    return gettext("%(question)s How many answered %(answers)s:", question=question, answers=answers)


def without_subject(text: str) -> str:
    """Return a question about no subject in particular: a subject that leads it is left out, another is an ellipsis."""
    if not LEADING.match(text):
        return text.replace(SUBJECT, "…")
    rest = LEADING.sub("", text)
    first = next((place for place, sign in enumerate(rest) if sign.isalpha()), 0)
    return rest[:first] + rest[first : first + 1].upper() + rest[first + 1 :]


def _cut_words(item: Item, figure: Data) -> str:
    low, high = _pair(figure["cut"])
    return any_of(item.question.choices[low - 1 : high])


def _whole(questionnaire: Questionnaire, item: Item, figure: Data) -> Iterator[Table]:
    """Yield the table of every choice of an item, and that of its voices."""
    lines = list(_lines(item.question.choices, figure.get("choices")))
    bars = any(line.shown not in BANDS for line in lines)
    if lines:
        steps = item.question.kind is Kind.SCALE
        yield Table(
            pick(item.text).text,
            tuple(lines) if steps else ordered(lines),
            bars,
            (_finding(item, lines), *_middle(item, figure)),
        )
    voices = questionnaire.by_key[questionnaire.voice].question.choices if questionnaire.voice else ()
    if by_voice := tuple(_lines(voices, figure.get("voices"))):
        caption = gettext("The same by voice: how many answered %(answers)s", answers=_cut_words(item, figure))
        percent = any(line.shown not in BANDS for line in by_voice)
        yield Table(caption, by_voice, percent, (findings.of_voices(by_voice),), folded=True)


def _lines(choices: Sequence[Choice], cells: object) -> Iterator[Line]:
    named = {choice.id: choice for choice in choices}
    for cell in rows(cells):
        choice = named[str(cell["id"])]
        yield Line(choice.text, str(cell["shown"]), int(str(cell.get("percent", 0))), choice.mark)


def _finding(item: Item, lines: Sequence[Line]) -> str:
    if item.question.kind is Kind.TEXT:
        return findings.of_reasons(lines)
    return findings.of_bands(lines) if all(line.shown in BANDS for line in lines) else findings.of_choices(lines)


def _middle(item: Item, figure: Data) -> tuple[str, ...]:
    if "median" not in figure:
        return ()
    first, last = (item.question.choices[level - 1].text for level in _pair(figure["median"]))
    return (findings.middle(first, last),)


def ordered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines from most to fewest, alphabetical where nothing else is known."""
    return tuple(
        sorted(lines, key=lambda line: (ORDER.index(line.shown), -line.percent, _plain(pick(line.label).text)))
    )


def _plain(text: str) -> str:
    """Return a text to sort by: accents and capitals apart."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()


def _pair(value: object) -> tuple[int, int]:
    low, high = value if isinstance(value, list) else (1, 1)
    return int(low), int(high)


def rows(value: object) -> Sequence[Data]:
    """Return a list of data as such."""
    return value if isinstance(value, list) else ()
