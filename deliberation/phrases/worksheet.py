"""The sheet to redo a verdict by hand, in words: what each line counts, what it takes, what it gives."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from commons.i18n import gettext, pick
from deliberation.domain.leeway import Hedged
from deliberation.domain.rules import Rule, Stance, Verdict
from deliberation.domain.worksheet import Kind, Line
from deliberation.phrases import rounds, ruling
from surveys.domain.questionnaire import Words
from surveys.domain.spans import Span


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


def more_voices_than_present() -> str:
    """Say that the voices do not fit the people."""
    return gettext("More people were counted with their voices than are here. Count once more.")


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


def lines(found: tuple[Line, ...], rule: Rule, voices: Sequence[Words] = ()) -> tuple[Told, ...]:
    """Tell the lines of a sheet down to the one that ends it; `voices` are those its lines count, in their order."""
    names = _names([one.kind for one in found], rule, voices)
    return tuple(
        Told(name, one.held, _needs(one), _then(one), one.kept) for name, one in zip(names, found, strict=True)
    )


def _names(kinds: Sequence[Kind], rule: Rule, voices: Sequence[Words] = ()) -> list[str]:
    """Name what each line counts; all voices together where none is named."""
    named = {
        Kind.PRESENT: gettext("Here, or handed in"),
        Kind.ANSWERED: gettext("Took a stance"),
        Kind.VOICES: gettext("Enough of each voice"),
        Kind.AGAINST: gettext("Against it: disagreeing and blocking together"),
        Kind.AGREEING: ruling.agreeing(rule),
        Kind.RESERVING: gettext("Reservations and stand-asides"),
    }
    apart = {
        Kind.LIMIT: iter([ruling.limited(one) for one in rule.limits]),
        Kind.VOICES: iter([gettext("Of the voice “%(voice)s”", voice=pick(one).text) for one in voices]),
    }
    return [next(apart.get(kind, iter(())), named.get(kind, "")) for kind in kinds]


def hedged(found: Sequence[Hedged], rule: Rule) -> tuple[tuple[str, str, str, str], ...]:
    """Tell the lines that a release leaves: what is counted, how many there can be, how many it takes, what follows."""
    names = _names([one.kind for one in found], rule)
    return tuple((name, *_spans(one), _next(one)) for name, one in zip(names, found, strict=True))


def _spans(line: Hedged) -> tuple[str, str]:
    if line.kind is Kind.VOICES:
        return gettext("not published"), gettext("as our rule says")
    low, high = (max(0, end) for end in line.asked)
    if line.most:
        asked = gettext("at most %(most)s", most=span((low, high)))
    else:
        asked = gettext("at least %(needs)s", needs=span((low, high)))
    return span(line.held), asked


def span(found: Span) -> str:
    """Say between which numbers something lies."""
    low, high = found
    return str(low) if low == high else gettext("%(low)s to %(high)s", low=low, high=high)


def _next(line: Hedged) -> str:
    if line.kind is Kind.RESERVING:
        named, unnamed = gettext("They are named in the decision."), gettext("They need not be named.")
        both = gettext("The figures do not say whether they are named.")
        return both if line.goes_on and line.stops else named if line.goes_on else unnamed
    if line.goes_on and line.stops:
        return gettext("Go on, or stop here: the figures do not say which.")
    return gettext("Go on.") if line.goes_on else gettext("Stop here.")


def allowed(possible: Collection[Verdict], said: Verdict) -> str:
    """Say which verdicts the published figures allow, and whether the one that was announced is among them."""
    if said not in possible:
        return gettext("These figures do not allow what was announced. Bring it before the assembly.")
    if len(possible) == 1:
        return gettext("These figures allow one result only, and it is the one that was announced.")
    return gettext("These figures allow several results. The one that was announced is among them:")


def each(possible: Iterable[Verdict]) -> tuple[str, ...]:
    """Say each verdict with its reason."""
    return tuple(sorted(" ".join((f"{outcome}.", why)) for outcome, why in map(gives, possible)))


def _needs(line: Line) -> str:
    if line.most is not None:
        return gettext("at most %(most)s of %(whole)s", most=max(0, line.most), whole=line.whole)
    return gettext("at least %(needs)s of %(whole)s", needs=line.needs, whole=line.whole)


def _then(line: Line) -> str:
    if line.kind is Kind.RESERVING:
        return gettext("They are named in the decision.") if line.kept else gettext("They need not be named.")
    return gettext("Go on.") if line.kept or line.otherwise is None else gettext("Stop here.")


def dangers() -> tuple[str, ...]:
    """Tell how an order of dangers is made again by hand, step by step."""
    return (
        gettext("Each person says of each danger how likely it is and how serious it would be."),
        gettext("Look both up in our table of risk. Count those for whom it gives 4 or 5, and those who said both."),
        gettext(
            "When to treat it turns on those who said likely or very likely and also serious or very serious. Add one "
            "to them and two to all who said both. Half or more: now. Three in ten or more: next. Do the same for each "
            "voice that is large enough; where voices count, the highest decides."
        ),
        gettext(
            "To compare two dangers, multiply crosswise: those who put the first one high by those who answered about "
            "the second, and the other way round. The larger product stands above."
        ),
        gettext(
            "Where the two are equal, or one person’s answer could turn them round, both stand on one line. A danger "
            "that too few people put high, the infiltrators we assume and one more, counts as put high by nobody."
        ),
    )


def places() -> tuple[str, ...]:
    """Tell how a list of measures is made again by hand (sequential Phragmén), step by step."""
    return (
        gettext("Everybody who wished for something gets an empty purse. One coin falls into each purse in a day."),
        gettext("A measure costs one coin. Those who wish for it buy it as soon as they hold one coin together."),
        gettext(
            "At first that is day 1 divided by how many wish for it. Take the measure that is bought first. The purses "
            "of those who wished for it are empty again from that day on."
        ),
        gettext(
            "For each measure left: add up, over those who wish for it, the days on which their purses were last "
            "emptied, add 1, and divide by how many they are. The smallest number is bought next."
        ),
        gettext(
            "Go on until all places are filled. Equal numbers are a tie: both ways are gone, and people settle it."
        ),
    )


def example() -> str:
    """Tell a list made by hand, small enough to be checked in the head."""
    return gettext(
        "An example: nine people wish for a bell, eight of them for radios too, seven of those for a map too, and five "
        "others for a shelter. Three places. The bell is bought on day 1/9. Radios then have to wait: eight purses "
        "were emptied on day 1/9, so (8/9 + 1) / 8 gives day 17/72. The shelter comes before them, on day 1/5, and "
        "radios come third. By votes alone the five would have nothing."
    )


def gives(verdict: Verdict) -> tuple[str, str]:
    """Say what the sheet gives, and why."""
    return rounds.outcome(verdict.outcome), rounds.reason(verdict.reason)
