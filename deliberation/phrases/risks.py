"""The table of risk in words, and what it makes of threats: places, doubts, what another table would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commons.acts import Act
from commons.i18n import gettext, pick
from commons.pages import Told
from deliberation.domain.measures import Covered, coverage
from deliberation.domain.risk import HIGH, STEPS, places
from deliberation.domain.threats import LIKELY, SEVERE, Doubt
from deliberation.phrases.numbers import listed
from surveys import door
from surveys.domain.questionnaire import Words

Closed = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: how likely, and the class of each gravity, with whether it is high."""

    label: str
    cells: tuple[tuple[str, str, bool], ...]


def fault(code: str) -> str:
    """Say what is wrong with one cell."""
    words = {
        "no_class": gettext("Write a class from 1 to 5."),
        "falls": gettext(
            "It must not be lower than the cell above it or before it: this danger is likelier or graver."
        ),
        "jumps": gettext("It may be one higher than the cell above it and before it, not more."),
        "always_high": gettext("The least likely and least serious danger cannot be high: then everything would be."),
        "never_high": gettext("The likeliest and gravest danger must be 4 or 5: else nothing would ever be high."),
    }
    return words[code]


def labels(question: str) -> tuple[str, ...]:
    """Return the five steps of how likely, or how grave, as the shipped baseline words them."""
    sections = door.shipped("short-baseline").sections
    found = next(one for section in sections for one in section.questions if one.id == question)
    return tuple(pick(choice.text).text for choice in found.choices)


def rows(table: object) -> tuple[Row, ...]:
    """Return a table with its words, the least likely row first; nothing for what is no table."""
    square = table if isinstance(table, Sequence) and len(table) == STEPS else ()
    grave = labels(SEVERE)
    return tuple(
        Row(label, tuple((word, str(cell), cell >= HIGH) for word, cell in zip(grave, row, strict=True)))
        for label, row in zip(labels(LIKELY), square, strict=False)
    )


def table(act: Act) -> Told:
    """Say which table an act would put in force."""
    grave, written = labels(SEVERE), act.params.get("table")
    facts = tuple((row.label, listed(f"{word} {cell}" for word, cell, _ in row.cells)) for row in rows(written))
    lead = gettext("For each row, how likely a danger is: the class for %(steps)s.", steps=listed(grave))
    effect = gettext("Baselines drafted from then on are judged by this table. What is open keeps its own.")
    return Told(gettext("Change our table of risk"), ((gettext("Effect"), effect), *facts), (lead,))


def standings(named: Mapping[str, Words], closed: Closed) -> tuple[tuple[Words, tuple[str, ...]], ...]:
    """Return each threat with the places it may have, and what another table would change, the firmest first."""
    above, whatever = _sets(closed, "above"), _sets(closed, "above_any")
    held = places(above)
    order = sorted((one for one in above if one in named), key=lambda one: (held[one], pick(named[one]).text))
    return tuple((named[one], (place(*held[one]), *_by_tables(one, above, whatever))) for one in order)


def place(first: int, last: int) -> str:
    """Say which places something may have."""
    if first == last:
        return gettext("Place %(first)s.", first=first)
    return gettext("Somewhere from place %(first)s to place %(last)s.", first=first, last=last)


def _by_tables(
    one: str, above: Mapping[str, frozenset[str]], whatever: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Say whether what is firm about a threat hangs on our table; nothing when nothing is firm."""
    pairs = {(higher, lower) for lower, those in above.items() for higher in those if one in (higher, lower)}
    sure = all(higher in whatever.get(lower, frozenset()) for higher, lower in pairs)
    if not pairs:
        return ()
    return (gettext("No other table would turn that round.") if sure else gettext("Another table could change that."),)


def doubts(named: Mapping[str, Words], closed: Closed) -> tuple[tuple[Words, str], ...]:
    """Return the threats whose signs and whose worry go apart, each with a question, alphabetical."""
    words = {
        Doubt.UNRECOGNISED: gettext("Signs were noticed and few worry. Is this a danger we got used to?"),
        Doubt.TO_CLARIFY: gettext("Many worry and few noticed signs. What is it that we fear, and who knows more?"),
    }
    found = closed.get("doubt")
    said = found.items() if isinstance(found, Mapping) else ()
    told = ((named[key], words[Doubt(str(word))]) for key, word in said if key in named)
    return tuple(sorted(told, key=lambda one: pick(one[0]).text))


def covered(named: Mapping[str, Words], terms: Closed, closed: Closed) -> tuple[tuple[Words, str], ...]:
    """Say of each threat to treat now whether a measure to work on first acts on it, by the cards frozen then."""
    answers, tiers = terms.get("answers"), closed.get("tier")
    if not isinstance(answers, Mapping) or not isinstance(tiers, Mapping) or "chosen" not in closed:
        return ()
    words = {
        Covered.CHOSEN: gettext("A measure to work on first acts on it."),
        Covered.TIED: gettext("A measure that is as wanted as another acts on it: the assembly chooses."),
        Covered.NONE: gettext("No measure to work on first acts on it. What will we do about it?"),
    }
    chosen, tied = ([str(one) for one in _list(closed.get(kind))] for kind in ("chosen", "tied"))
    found = coverage(tiers, chosen, tied, answers)
    told = ((named[key], words[state]) for key, state in found.items() if key in named)
    return tuple(sorted(told, key=lambda one: pick(one[0]).text))


def _sets(closed: Closed, kind: str) -> Mapping[str, frozenset[str]]:
    found = closed.get(kind)
    return {key: frozenset(_list(those)) for key, those in found.items()} if isinstance(found, Mapping) else {}


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []
