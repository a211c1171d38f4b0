"""What judges may say of an opened box: words from closed lists about named things, never a number.

A judge sees exact counts and whole ballots, so what it returns passes here, by the side of `disclosure`: each kind of
value says its form and the lowest row of the whole survey from which it may leave. Three of them are declared
exceptions that can tell more than the figures: a verdict, "at least one block", and the presence of a reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from surveys.domain.disclosure import ROWS, Row
from surveys.domain.questionnaire import Questionnaire

OUTCOMES = frozenset({"adopted", "adopted_with_reservations", "not_adopted", "returned", "no_agreement"})
REASONS = frozenset(
    {
        "too_few", "blocked", "opposed", "too_many_reserved", "talk_more", "refused", "too_little_agreement", "agreed",
    }
)  # fmt: skip
TIERS = frozenset({"now", "next", "watch"})
ELIGIBILITY = frozenset({"eligible", "objections"})
STATES = frozenset({"few", "agreed", "refused", "divided", "open"})
WHY = frozenset(
    {"most", "one_voice", "likely", "little_capacity", "unrecognised", "fear_to_clarify", "share", "support"}
)
ADVICE = frozenset({"nothing", "look_again", "reopen"})


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


def _with(**parts: Fits) -> Fits:
    return lambda value, names: (
        isinstance(value, Mapping)
        and value.keys() == parts.keys()
        and all(fits(value[name], names) for name, fits in parts.items())
    )


def _sequence(value: object, names: frozenset[str]) -> bool:
    """Things in an order that tells something, each once."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        return False
    return names.issuperset(value) and len(set(value)) == len(value)


def _set(value: object, names: frozenset[str]) -> bool:
    """Things in alphabetical order, which tells nothing."""
    return isinstance(value, list | tuple) and _sequence(value, names) and list(value) == sorted(value)


def _words(words: frozenset[str]) -> Fits:
    return lambda value, _: _set(value, words)


def _sets(value: object, names: frozenset[str]) -> bool:
    if not isinstance(value, list | tuple) or not all(_set(one, names) for one in value):
        return False
    return [list(one) for one in value] == sorted(list(one) for one in value)


FORMS: Mapping[str, _Form] = {
    "verdicts": _Form(_of_things(_with(outcome=_word(OUTCOMES), reason=_word(REASONS)))),
    "blocks": _Form(_of_things(_truth)),
    "reasons": _Form(_of_things(_truth)),
    "states": _Form(_of_things(_word(STATES))),
    "firm": _Form(_of_things(_truth)),
    "tiers": _Form(_of_things(_with(tier=_word(TIERS), protected=_truth))),
    "why": _Form(_of_things(_words(WHY))),
    "eligibility": _Form(_of_things(_word(ELIGIBILITY))),
    "chosen": _Form(_set),
    "ties": _Form(_sets),
    "advice": _Form(_word(ADVICE)),
    "sequence": _Form(_sequence, row=Row.PERCENT),
}


def things(questionnaire: Questionnaire) -> frozenset[str]:
    """Return the names a judge of this questionnaire may speak of: its items, their subjects, their choices."""
    subjects = {item.subject.id for item in questionnaire.items if item.subject}
    choices = {choice.id for item in questionnaire.items for choice in item.question.choices}
    return frozenset(questionnaire.by_key) | subjects | choices


def closed(values: Mapping[str, object], row: Row, names: frozenset[str]) -> dict[str, object]:
    """Return the values of a judge, all of which may leave an opening whose whole survey is shown by `row`.

    Raises `NotClosed` at the first kind that is unknown, above its row, not of its form, or that speaks of a thing not
    in `names`. No number ever passes, nor an order where a set is meant.
    """
    for kind, value in values.items():
        form = FORMS.get(kind)
        if form is None or ROWS.index(row) < ROWS.index(form.row) or not form.fits(value, names):
            raise NotClosed(kind)
    return dict(values)
