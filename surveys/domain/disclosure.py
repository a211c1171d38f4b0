"""The gate: the only way out of an opened box. Exact counts come in; nothing finer than what is written here leaves.

With t infiltrators assumed and r answers to a question, read from the top:
r < K = 2t + 3: nothing. K ≤ r < 20: one band, of the one cut declared before opening (each choice of a set is its own).
r ≥ 20: percentages rounded to ten with merged tails, the median they imply, and one breakdown of the cut by voice.
A question is never shown by a higher row than the whole survey, r itself never. Of two surveys of a kind that end
within 90 days of each other, the one counted later has no percentages unless both had 40 ballots. How several figures
of one question keep every answer open together is `doubt`; the values of judges pass through `closed`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from surveys.domain.doubt import (
    Asked,
    Cell,
    Range,
    Scale,
    Shown,
    Voice,
    bands,
    levels_open,
    opened,
    percents,
    place,
    sets_open,
)
from surveys.domain.logic import parent, placed
from surveys.domain.questionnaire import SETS, Item, Kind, Questionnaire
from surveys.domain.tally import NO_VOICE, Tally

PERCENT_FROM = 20
VOICE_FROM = 10
WAVES_FROM = 40
WAVES_APART = timedelta(days=90)


class Row(StrEnum):
    """How much of a count may be shown, from nothing up."""

    WITHHELD = "withheld"
    BANDS = "bands"
    PERCENT = "percent"


ROWS = tuple(Row)


class Band(StrEnum):
    """Which part of those who answered said yes."""

    FEW = "few"
    SOME = "some"
    MOST = "most"


class TooFew(ValueError):
    """Below 2t + 3 answers no bands exist that keep every answer open."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is published of one item.

    `band` is that of the declared `cut`. `choices` holds, in the order of the choices, the band of each one of a set,
    or the percentage of each choice or level. `median` holds the lowest and the highest level the median can be, given
    the percentages. `voices` holds the cut's cell for each voice, by its choice id.
    """

    item: str
    row: Row
    cut: tuple[int, int] | None = None
    band: Band | None = None
    choices: Mapping[str, Cell] = field(default_factory=dict)
    median: tuple[int, int] | None = None
    voices: Mapping[str, Cell] = field(default_factory=dict)


def least(infiltrators: int) -> int:
    """Return K: the fewest answers of which anything is shown."""
    return 2 * infiltrators + 3


def row(answered: int, infiltrators: int, ballots: int, highest: Row = Row.PERCENT) -> Row:
    """Return the row of a question that `answered` people answered in a survey of `ballots`; never above `highest`."""
    return min(_row(answered, infiltrators), _row(ballots, infiltrators), highest, key=ROWS.index)


def near(closes: date, other: date) -> bool:
    """Tell whether two surveys of a kind end so close to each other that they are waves of the same question."""
    return abs(closes - other) <= WAVES_APART


def highest(ballots: int, earlier: Iterable[int]) -> Row:
    """Return the highest row of a survey, given how many ballots each wave had that was released before it.

    Percentages of two waves could be held against each other to find what a few newcomers or leavers said.
    """
    waves = tuple(earlier)
    return Row.BANDS if waves and min(ballots, *waves) < WAVES_FROM else Row.PERCENT


def _row(answers: int, infiltrators: int) -> Row:
    if answers < least(infiltrators):
        return Row.WITHHELD
    return Row.PERCENT if answers >= PERCENT_FROM else Row.BANDS


def band(count: int, *, ballots: int, infiltrators: int) -> Band:
    """Return the band of a yes/no count out of `ballots` that answered. Raises `TooFew` below 2t + 3."""
    if ballots < least(infiltrators):
        raise TooFew
    return Band(_range(count, bands(ballots, infiltrators)).cell.shown)


def _range(count: int, scale: Scale) -> Range:
    return scale[place(scale, count)]


Known = tuple[tuple[frozenset[int], int], ...]
"""What a figure tells: sets of positions, and how many people at least are published to be in each."""


def disclose(
    questionnaire: Questionnaire, tally: Tally, infiltrators: int, highest: Row = Row.PERCENT
) -> tuple[Figure, ...]:
    """Return what may be published of every item, in the order of the items, by no higher row than `highest`.

    A question that only some were asked is shown by no higher row than what is published of its condition already
    implies of how many were: else its row would tell more of the condition than its own figure does.
    """
    known: dict[str, Known] = {}
    figures = []
    for item in questionnaire.items:
        asked = _asked(questionnaire, item, known, tally.ballots)
        one, known[item.key] = _figure(questionnaire, item, tally, _Size(asked, tally.ballots, infiltrators, highest))
        figures.append(one)
    return tuple(figures)


def _asked(questionnaire: Questionnaire, item: Item, known: Mapping[str, Known], everybody: int) -> int:
    """Return how many people, at least, the published figures say were asked this item."""
    condition = item.question.show_if
    if condition is None:
        return everybody
    decides = questionnaire.by_key[parent(questionnaire, item)]
    wanted = {at for at, choice in placed(decides) if choice.id in condition.any_of}
    lows = [low for places, low in known[decides.key] if places <= wanted]
    return max(lows, default=0) if decides.question.kind in SETS else sum(lows)


@dataclass(frozen=True, slots=True)
class _Size:
    """How many were asked, as far as is published, how many voted at all, how many may infiltrate, the highest row."""

    asked: int
    ballots: int
    infiltrators: int
    highest: Row

    def row(self, answered: int) -> Row:
        return row(answered, self.infiltrators, min(self.ballots, self.asked), self.highest)

    def scale(self, answered: int, shown: Row) -> Scale:
        return (percents if shown is Row.PERCENT else bands)(answered, self.infiltrators)


def _figure(questionnaire: Questionnaire, item: Item, tally: Tally, size: _Size) -> tuple[Figure, Known]:
    if item.question.kind in SETS or item.question.kind is Kind.TEXT:
        return _set(item, tally, size)
    shown = size.row(tally.answered[item.key])
    if shown is Row.PERCENT:
        return _levels(questionnaire, item, tally, size)
    if shown is Row.BANDS and item.question.yes is not None:
        return _cut(item, tally, size)
    return Figure(item.key, Row.WITHHELD), ()


def _set(item: Item, tally: Tally, size: _Size) -> tuple[Figure, Known]:
    """Each choice of a set is a yes/no of its own. A ready reason is one of everybody: not to tick it is a no."""
    choices, free = item.question.choices, item.question.kind is Kind.TEXT
    answers = tally.ballots if free else tally.answered[item.key]
    shown = row(answers, size.infiltrators, size.ballots, size.highest) if free else size.row(answers)
    if shown is Row.WITHHELD or len(choices) < (1 if free else 2):
        return Figure(item.key, Row.WITHHELD), ()
    room = item.question.maximum or len(choices)
    rule = partial(sets_open, answers=answers, infiltrators=size.infiltrators, maximum=room)
    scales = [size.scale(answers, shown)] * len(choices)
    ranges = opened(tally.chosen[item.key], scales, (lambda _: True) if free else rule)
    cells = {choice.id: one.cell for choice, one in zip(choices, ranges, strict=False)}
    return Figure(item.key, shown if cells else Row.WITHHELD, choices=cells), _known(ranges)


def _known(ranges: Sequence[Range]) -> Known:
    return tuple((frozenset({at}), one.low) for at, one in enumerate(ranges, start=1))


def _cut(item: Item, tally: Tally, size: _Size) -> tuple[Figure, Known]:
    within = _within(item, tally, size)
    known = (_levels_within(item), within.low)
    return Figure(item.key, Row.BANDS, cut=item.question.yes, band=Band(within.cell.shown)), (known,)


def _levels_within(item: Item) -> frozenset[int]:
    cut = item.question.yes
    return frozenset(range(cut[0], cut[1] + 1)) if cut else frozenset()


def _within(item: Item, tally: Tally, size: _Size) -> Range:
    """Return the band of those within the cut, out of those of the tally who answered."""
    yes = sum(tally.counts[item.key][level - 1] for level in _levels_within(item))
    return _range(yes, bands(tally.answered[item.key], size.infiltrators))


def _levels(questionnaire: Questionnaire, item: Item, tally: Tally, size: _Size) -> tuple[Figure, Known]:
    key, answers = item.key, tally.answered[item.key]
    cut = frozenset(level - 1 for level in _levels_within(item))
    yes = _within(item, tally, size)
    asked = Asked(Voice(answers, yes), size.infiltrators, cut)
    scales = [size.scale(answers, Row.PERCENT)] * len(item.question.choices)
    ranges = opened(tally.counts[key], scales, partial(levels_open, asked))
    one = Figure(
        key,
        Row.PERCENT,
        cut=item.question.yes,
        band=Band(yes.cell.shown) if cut else None,
        choices={choice.id: held.cell for (_, choice), held in zip(placed(item), ranges, strict=False)},
        median=_median(answers, ranges) if item.question.kind is Kind.SCALE else None,
        voices=_voices(questionnaire, item, tally, (asked, ranges)) if cut else {},
    )
    return (one if ranges else Figure(key, Row.WITHHELD)), _known(ranges)


def _median(answers: int, ranges: Sequence[Range]) -> tuple[int, int]:
    """Return the lowest and highest level where half of the answers may be reached, given the published ranges.

    The lower median is the first level that at least half of the answers do not pass. It is never computed from the
    counts, so it tells nothing that the percentages do not.
    """
    low = high = 0
    for level in range(1, len(ranges) + 1):
        below, above = ranges[:level], ranges[level:]
        most = min(sum(one.high for one in below), answers - sum(one.low for one in above))
        fewest = max(sum(one.low for one in below), answers - sum(one.high for one in above))
        low = low or (level if 2 * most >= answers else 0)
        high = high or (level if 2 * fewest >= answers else 0)
    return low, high


def _voices(
    questionnaire: Questionnaire, item: Item, tally: Tally, published: tuple[Asked, Sequence[Range]]
) -> Mapping[str, Cell]:
    """Return the cut's cell for each voice: only if every voice, and all the others beside it, are ten or more.

    Those who named no voice are either nobody, or as many too; they are not shown. Each voice is shown by the row of
    its own size. Together with the levels of everybody, the cells leave every answer of every voice open.
    """
    asked, levels = published
    voices = {} if item.key == questionnaire.voice else dict(sorted(tally.by_voice.items()))
    sizes = {at: one.answered[item.key] for at, one in voices.items() if at != NO_VOICE or one.answered[item.key]}
    fewest = max(VOICE_FROM, least(asked.infiltrators))
    if not sizes or not all(fewest <= size <= asked.everyone.answers - VOICE_FROM for size in sizes.values()):
        return {}

    def leaves_open(ranges: Sequence[Range]) -> bool:
        return levels_open(asked, levels, tuple(map(Voice, sizes.values(), ranges)))

    scales = [_voice_scale(at, size, asked.infiltrators) for at, size in sizes.items()]
    counts = [sum(voices[at].counts[item.key][level] for level in asked.cut) for at in sizes]
    ranges = opened(counts, scales, leaves_open)
    names = {at: choice.id for at, choice in placed(questionnaire.by_key[questionnaire.voice])}
    return {names[at]: one.cell for at, one in zip(sizes, ranges, strict=False) if at != NO_VOICE}


def _voice_scale(at: int, size: int, infiltrators: int) -> Scale:
    if at == NO_VOICE:
        return (Range(Cell(Shown.SOME), 0, size),)
    return (percents if _row(size, infiltrators) is Row.PERCENT else bands)(size, infiltrators)
