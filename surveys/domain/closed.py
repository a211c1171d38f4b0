"""What judges may say of an opened box: words from closed lists about named things, never a number.

A judge sees exact counts and whole ballots, so what it returns passes here, by the side of `disclosure`: each kind of
value says its form and the lowest row of the whole survey from which it may leave. Three of them are declared
exceptions that can tell more than the figures: a verdict, "at least one block", and the presence of a reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from surveys.domain.agreement import Consensus
from surveys.domain.disclosure import ROWS, Row
from surveys.domain.questionnaire import Questionnaire

OUTCOMES = frozenset({"adopted", "adopted_with_reservations", "not_adopted", "returned", "no_agreement"})
REASONS = frozenset(
    {
        "too_few", "voice_absent", "blocked", "opposed", "too_many_reserved", "talk_more", "harmful",
        "refused", "too_little_agreement", "agreed",
    }
)  # fmt: skip
TIERS = frozenset({"now", "next", "watch", "unknown"})
TIER_REASONS = frozenset(
    {
        "grave_for_most", "grave_for_a_voice", "grave_for_many", "grave_for_many_of_a_voice", "grave_not_likely",
        "likely_not_grave", "calm", "too_few",
    }
)  # fmt: skip
ELIGIBILITY = frozenset({"eligible", "to_amend"})
MEASURE_REASONS = frozenset(
    {
        "wanted_by_many", "part_of_a_minority", "tied", "wanted_less", "carried", "beyond", "harms_many",
        "harms_a_voice", "too_few",
    }
)  # fmt: skip
STATES = frozenset(Consensus)
DOUBTS = frozenset({"unrecognised", "to_clarify"})
ADVICE = frozenset({"raise", "hold", "calmer", "too_few"})


class NotClosed(ValueError):
    """A judge returned something that may not leave the opening. `kind` names it; the value is never repeated."""

    def __init__(self, kind: str) -> None:
        """Keep the name of the kind."""
        super().__init__(f"{kind} may not leave the opening")
        self.kind = kind


Fits = Callable[[object, frozenset[str]], bool]
"""Whether a value has a form, given the names of the things it may speak of."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The form of one kind of value, and the lowest row from which it may leave."""

    fits: Fits
    row: Row = Row.BANDS


def _word(words: frozenset[str]) -> Fits:
    return lambda value, _: isinstance(value, str) and value in words


def _truth(value: object, _: frozenset[str]) -> bool:
    return isinstance(value, bool)


def _of_things(fits: Fits) -> Fits:
    return lambda value, names: (
        isinstance(value, Mapping) and names.issuperset(value) and all(fits(one, names) for one in value.values())
    )


def _set(value: object, names: frozenset[str]) -> bool:
    """Things, each once; their order is taken away."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        return False
    return names.issuperset(value) and len(set(value)) == len(value)


def _tied_sequence(value: object, names: frozenset[str]) -> bool:
    """Things in an order that tells something, those that are tied together, each once."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, list | tuple) and one for one in value):
        return False
    return _set([thing for group in value for thing in group], names)


FORMS: Mapping[str, _Form] = {
    "outcome": _Form(_of_things(_word(OUTCOMES))),
    "reason": _Form(_of_things(_word(REASONS))),
    "block": _Form(_of_things(_truth)),
    "reasons": _Form(_of_things(_set)),
    "state": _Form(_of_things(_word(STATES)), row=Row.PERCENT),
    "tier": _Form(_of_things(_word(TIERS))),
    "tier_reason": _Form(_of_things(_word(TIER_REASONS))),
    "order": _Form(_tied_sequence, row=Row.PERCENT),
    "order_by_voice": _Form(_tied_sequence, row=Row.PERCENT),
    "above": _Form(_of_things(_set), row=Row.PERCENT),
    "above_any": _Form(_of_things(_set), row=Row.PERCENT),
    "doubt": _Form(_of_things(_word(DOUBTS)), row=Row.PERCENT),
    "eligibility": _Form(_of_things(_word(ELIGIBILITY))),
    "measure_reason": _Form(_of_things(_word(MEASURE_REASONS))),
    "chosen": _Form(_set),
    "tied": _Form(_set),
    "sequence": _Form(_tied_sequence, row=Row.PERCENT),
    "firm": _Form(_set, row=Row.PERCENT),
    "proportional": _Form(_truth),
    "advice": _Form(_word(ADVICE)),
}


def things(questionnaire: Questionnaire) -> frozenset[str]:
    """Return the names a judge of this questionnaire may speak of: its items, their subjects, their choices."""
    subjects = {item.subject.id for item in questionnaire.items if item.subject}
    choices = {choice.id for item in questionnaire.items for choice in item.question.choices}
    return frozenset(questionnaire.by_key) | subjects | choices


def closed(values: Mapping[str, object], row: Row, names: frozenset[str]) -> dict[str, object]:
    """Return the values of a judge, all of which may leave an opening whose whole survey is shown by `row`.

    Sets come out in alphabetical order. Raises `NotClosed` at the first kind that is unknown, above its row, not of
    its form, or that speaks of a thing not in `names`: no number ever passes.
    """
    for kind, value in values.items():
        form = FORMS.get(kind)
        if form is None or ROWS.index(row) < ROWS.index(form.row) or not form.fits(value, names):
            raise NotClosed(kind)
    return {kind: _without_order(value) for kind, value in values.items()}


def within(values: Mapping[str, object], highest: Row) -> dict[str, object]:
    """Leave out the values that need a higher row than this one."""
    return {kind: value for kind, value in values.items() if ROWS.index(FORMS[kind].row) <= ROWS.index(highest)}


def _without_order(value: object) -> object:
    """Take away every order but that of groups."""
    if isinstance(value, Mapping):
        return {name: _without_order(one) for name, one in value.items()}
    if not isinstance(value, list | tuple):
        return value
    return [sorted(one) if isinstance(one, list | tuple) else one for one in sorted(value, key=_alphabetical)]


def _alphabetical(thing: object) -> str:
    """Sort things by name, and leave groups where they are."""
    return thing if isinstance(thing, str) else ""
