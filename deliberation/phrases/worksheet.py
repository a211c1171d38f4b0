"""The sheet to redo a verdict by hand, in words: what each line counts, what it takes, what it gives."""

from dataclasses import dataclass

from commons.i18n import gettext
from deliberation.domain.rules import Rule, Stance, Verdict
from deliberation.domain.worksheet import Kind, Line
from deliberation.phrases import rounds, ruling


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what is counted, how many that are, how many it takes, and what follows."""

    counts: str
    held: int
    needs: str
    then: str
    kept: bool


def whole() -> str:
    """Ask for a whole number."""
    return gettext("Write a whole number; 0 where there is none.")


def more_than_present() -> str:
    """Say that the stances do not fit the people."""
    return gettext("More people took a stance than are here. Count once more.")


def stances() -> tuple[tuple[str, str], ...]:
    """Name the six stances, each with its field."""
    words = {
        Stance.SUPPORT: gettext("Full support"),
        Stance.RESERVATION: gettext("Support with a reservation"),
        Stance.ASIDE: gettext("Stand aside"),
        Stance.DISCUSS: gettext("More discussion"),
        Stance.DISAGREE: gettext("Disagree, without stopping it"),
        Stance.BLOCK: gettext("Block"),
    }
    return tuple((f"stance{stance.value}", words[stance]) for stance in Stance)


def lines(found: tuple[Line, ...], rule: Rule) -> tuple[Told, ...]:
    """Tell the lines of a sheet down to the one that ends it."""
    named = {
        Kind.PRESENT: gettext("Here, or handed in"),
        Kind.ANSWERED: gettext("Took a stance"),
        Kind.AGAINST: gettext("Against it: disagreeing and blocking together"),
        Kind.AGREEING: ruling.agreeing(rule),
        Kind.RESERVING: gettext("Reservations and stand-asides"),
    }
    limits = iter(ruling.limited(one) for one in rule.limits)
    return tuple(
        Told(next(limits) if one.kind is Kind.LIMIT else named[one.kind], one.held, _needs(one), _then(one), one.kept)
        for one in found
    )


def _needs(line: Line) -> str:
    if line.most is not None:
        return gettext("at most %(most)s of %(whole)s", most=max(0, line.most), whole=line.whole)
    return gettext("at least %(needs)s of %(whole)s", needs=line.needs, whole=line.whole)


def _then(line: Line) -> str:
    if line.kind is Kind.RESERVING:
        return gettext("They are named in the decision.") if line.kept else gettext("They need not be named.")
    return gettext("Go on.") if line.kept or line.otherwise is None else gettext("Stop here.")


def gives(verdict: Verdict) -> tuple[str, str]:
    """Say what the sheet gives, and why."""
    return rounds.outcome(verdict.outcome), rounds.reason(verdict.reason)
