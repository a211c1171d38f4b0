"""The sheet of a rule where counts are gone: what a release tells instead of numbers, and which verdicts that allows.

A release gives the number of ballots, a band of one cut of the stances, perhaps the share of each stance, and whether
somebody blocks. How many answered is tried from the fewest there can have been up to all ballots, in blocks where they
are many (`spans`); each line of the sheet is then kept, not kept, or open.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from deliberation.domain.rules import OPPOSING, RESERVING, Outcome, Reason, Rule, Stance, Turnout, Verdict, base_of
from deliberation.domain.worksheet import Kind
from surveys.domain.disclosure import least
from surveys.domain.doubt import Cell, Shown
from surveys.domain.spans import Levels, Span, Ways, banded, blocks, together, ways

ADOPTING = frozenset({Verdict(Outcome.ADOPTED, Reason.AGREED), Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED)})


@dataclass(frozen=True, slots=True)
class Told:
    """What a release tells of one proposal: the band of those in `cut`, whether somebody blocks.

    `fewest` is how few can have answered, `infiltrators` every number of them that may have been assumed, and `harm`
    whether people were asked if it would harm somebody. `shares` are those published of each stance, in their order;
    none where a band is all there is.
    """

    band: Shown
    cut: frozenset[Stance]
    block: bool
    fewest: int
    infiltrators: range
    harm: bool = False
    shares: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answers:
    """So many answers as there may be: how many they are, how many of them within the cut, how the shares can lie."""

    answered: Span
    within: Span
    ways: Ways


@dataclass(frozen=True, slots=True)
class Hedged:
    """One line: between which numbers hold these stances, between which lies what it asks, and what may follow.

    `most` tells a largest number allowed from a least one needed. `goes_on` and `stops` are both true of an open line.
    """

    kind: Kind
    held: Span
    asked: Span
    most: bool
    goes_on: bool
    stops: bool
    otherwise: Verdict


@lru_cache(maxsize=256)
def redo(rule: Rule, turnout: Turnout, told: Told) -> tuple[tuple[Hedged, ...], frozenset[Verdict]]:
    """Return the lines of a rule as far as somebody can come, and every verdict that what is told leaves possible.

    The true verdict is among them, so that one alone is certain. Nothing where no count fits what is told. It takes a
    third of a second of 600 ballots and a second of a million; what was found is kept.
    """
    ways = [list(_walk(rule, turnout, told, one)) for one in _answers(turnout, told)]
    lines = tuple(_merged([line for line in reached if line]) for reached in zip_longest(*ways))
    ends = {line.otherwise for way in ways for line in way if line.stops}
    if any(way[-1].goes_on for way in ways):
        ends.add(Verdict(Outcome.WITH_RESERVATIONS, Reason.AGREED))
    return lines, frozenset(
        ends | ({Verdict(Outcome.RETURNED, Reason.HARMFUL)} if told.harm and ends & ADOPTING else set())
    )


def _answers(turnout: Turnout, told: Told) -> Iterator[_Answers]:
    """Yield all numbers of answers there can be, with how many of them are within the cut."""
    for answered in blocks(told.fewest, turnout.handed_in):
        for infiltrators in (one for one in told.infiltrators if answered[0] >= least(one)):
            within = banded(told.band, answered, infiltrators)
            cut = frozenset(one.value - 1 for one in told.cut)
            shares = ways(Levels(told.shares, cut, told.band), answered, infiltrators) if told.shares else ()
            if within and (shares or not told.shares):
                yield _Answers(answered, within, shares)


def _walk(rule: Rule, turnout: Turnout, told: Told, answers: _Answers) -> Iterator[Hedged]:
    """Yield the lines down to the first that cannot be kept."""
    for line in _lines(rule, turnout, answers.answered, _holding(told, answers)):
        yield line
        if not line.goes_on:
            return


def _holding(told: Told, answers: _Answers) -> Callable[[frozenset[Stance]], Span]:
    """Return how to find between which numbers some stances are held, given how many are within the cut."""
    (few, many), within = answers.answered, answers.within
    nobody = frozenset[Stance]() if told.block else frozenset({Stance.BLOCK})
    beyond = few - within[1], many - within[0]

    def holding(stances: frozenset[Stance]) -> Span:
        sides = ((told.cut - nobody, within), (frozenset(Stance) - told.cut - nobody, beyond))
        low = sum(span[0] for side, span in sides if side <= stances)
        high = sum(span[1] for side, span in sides if side & stances)
        whole = stances | nobody == frozenset(Stance)
        blocking = told.block and Stance.BLOCK in stances
        apart = told.block and Stance.BLOCK not in stances
        low, high = few if whole else max(low, int(blocking)), min(high, many - int(apart))
        if answers.ways:
            shared = together(answers.ways, {one.value - 1 for one in stances - nobody}, answers.answered)
            low, high = max(low, shared[0]), min(high, shared[1])
        return low, max(low, high)

    return holding


def _lines(
    rule: Rule, turnout: Turnout, answered: Span, holding: Callable[[frozenset[Stance]], Span]
) -> Iterator[Hedged]:
    """Yield every line of a rule, as `worksheet.sheet` reads them, with spans for numbers."""
    few = Verdict(Outcome.RETURNED, Reason.TOO_FEW)
    handed_in, quorum = turnout.handed_in, rule.fewest(turnout.declared, turnout.cards)
    yield _needing(Kind.PRESENT, (handed_in, handed_in), (quorum, quorum), few)
    beside = holding(rule.beside)
    asked = max(turnout.floor, beside[0] + 1), max(turnout.floor, beside[1] + 1)
    yield _needing(Kind.ANSWERED, answered, asked, few)
    if rule.voices:
        absent = Verdict(Outcome.RETURNED, Reason.VOICE_ABSENT)
        yield Hedged(
            Kind.VOICES, (0, handed_in), (0, handed_in), most=False, goes_on=True, stops=True, otherwise=absent
        )
    whole = [base_of(rule, turnout, one) for one in answered]
    base = max(1, whole[0] - beside[1]), whole[1] - beside[0]
    enough = rule.agreement.least(base[0]), rule.agreement.least(base[1])
    refused = Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)
    yield _allowing(Kind.AGAINST, holding(OPPOSING), (enough[0] - 1, enough[1] - 1), refused)
    for one in rule.limits:
        yield _allowing(Kind.LIMIT, holding(one.stances), (one.largest(base[0]), one.largest(base[1])), one.passed)
    little = Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
    yield _needing(Kind.AGREEING, holding(rule.agreeing), (max(1, enough[0]), max(1, enough[1])), little)
    noted = max(1, rule.noted.least(base[0])), max(1, rule.noted.least(base[1]))
    yield _needing(Kind.RESERVING, holding(RESERVING), noted, Verdict(Outcome.ADOPTED, Reason.AGREED))


def _needing(kind: Kind, held: Span, asked: Span, otherwise: Verdict) -> Hedged:
    goes_on, stops = held[1] >= asked[0], held[0] < asked[1]
    return Hedged(kind, held, asked, most=False, goes_on=goes_on, stops=stops, otherwise=otherwise)


def _allowing(kind: Kind, held: Span, asked: Span, otherwise: Verdict) -> Hedged:
    goes_on, stops = held[0] <= asked[1], held[1] > asked[0]
    return Hedged(kind, held, asked, most=True, goes_on=goes_on, stops=stops, otherwise=otherwise)


def _merged(reached: Sequence[Hedged]) -> Hedged:
    """Return one line for every number of answers with which it is reached."""
    first = reached[0]
    held = min(one.held[0] for one in reached), max(one.held[1] for one in reached)
    asked = min(one.asked[0] for one in reached), max(one.asked[1] for one in reached)
    goes_on, stops = any(one.goes_on for one in reached), any(one.stops for one in reached)
    return Hedged(first.kind, held, asked, first.most, goes_on, stops, first.otherwise)
