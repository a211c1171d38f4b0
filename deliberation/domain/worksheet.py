"""A rule as a sheet of steps that people fill in by hand: what to count, what it takes, and where to stop.

It is another way to the verdict of `rules.decide`, one line after the other, with every fraction turned into a whole
number of people. The two are held against each other on counts at random.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from deliberation.domain.rules import (
    OPPOSING,
    RESERVING,
    Called,
    Outcome,
    Reason,
    Rule,
    Stance,
    Turnout,
    Verdict,
    base_of,
)


class Kind(StrEnum):
    """What a line asks to count."""

    PRESENT = "present"
    ANSWERED = "answered"
    VOICES = "voices"
    AGAINST = "against"
    LIMIT = "limit"
    AGREEING = "agreeing"
    RESERVING = "reserving"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: how many hold these stances (of all of `whole`), and how many it takes.

    `needs` is a least number; of a limit, and of those against, `most` is the largest allowed. Where the line is
    not kept, the sheet ends with `otherwise`; the last line ends it either way.
    """

    kind: Kind
    stances: frozenset[Stance]
    held: int
    whole: int
    needs: int = 0
    most: int | None = None
    otherwise: Verdict | None = None

    @property
    def kept(self) -> bool:
        """Whether the sheet goes on below this line."""
        return self.held >= self.needs and (self.most is None or self.held <= self.most)


def sheet(rule: Rule, counts: Mapping[Stance, int], turnout: Turnout) -> tuple[tuple[Line, ...], Verdict]:
    """Return the lines of a rule down to the one that ends it, and the verdict there."""
    lines = list[Line]()
    for line in _lines(rule, counts, turnout):
        lines.append(line)
        if not line.kept and line.otherwise:
            return tuple(lines), line.otherwise
    noted = lines[-1].kept
    return tuple(lines), Verdict(Outcome.WITH_RESERVATIONS if noted else Outcome.ADOPTED, Reason.AGREED)


def _lines(rule: Rule, counts: Mapping[Stance, int], turnout: Turnout) -> Iterator[Line]:
    """Yield every line of a rule, in the order in which it is read."""

    def holding(stances: frozenset[Stance]) -> int:
        return sum(counts.get(one, 0) for one in stances)

    few, everybody = Verdict(Outcome.RETURNED, Reason.TOO_FEW), frozenset(Stance)
    answered = holding(everybody)
    base = base_of(rule, turnout, answered) - holding(rule.beside)
    called = turnout.cards if rule.called is Called.CARDS else turnout.declared
    quorum = rule.fewest(turnout.declared, turnout.cards)
    yield Line(Kind.PRESENT, frozenset(), turnout.handed_in, called, needs=quorum, otherwise=few)
    asked = max(turnout.floor, holding(rule.beside) + 1)
    yield Line(Kind.ANSWERED, everybody, answered, turnout.handed_in, needs=asked, otherwise=few)
    yield from _voices(rule, turnout)
    enough = rule.agreement.least(base)
    refused = Verdict(Outcome.NOT_ADOPTED, Reason.REFUSED)
    yield Line(Kind.AGAINST, OPPOSING, holding(OPPOSING), base, most=enough - 1, otherwise=refused)
    for one in rule.limits:
        yield Line(Kind.LIMIT, one.stances, holding(one.stances), base, most=one.largest(base), otherwise=one.passed)
    little = Verdict(Outcome.NO_AGREEMENT, Reason.TOO_LITTLE_AGREEMENT)
    yield Line(Kind.AGREEING, rule.agreeing, holding(rule.agreeing), base, needs=max(1, enough), otherwise=little)
    noted = max(1, rule.noted.least(base))
    yield Line(Kind.RESERVING, RESERVING, holding(RESERVING), base, needs=noted)


def _voices(rule: Rule, turnout: Turnout) -> Iterator[Line]:
    """Yield a line for each voice, in the order of the turnout, where the rule asks enough of each."""
    absent = Verdict(Outcome.RETURNED, Reason.VOICE_ABSENT)
    if rule.voices is None:
        return
    for some, members in turnout.voices:
        yield Line(Kind.VOICES, frozenset(), some, members, needs=rule.voices.least(members), otherwise=absent)
