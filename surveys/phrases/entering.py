"""Sentences of the pages where paper is typed in by two."""

from commons.i18n import gettext, ngettext, pick
from surveys.domain.logic import Answers
from surveys.domain.questionnaire import Item
from surveys.phrases.answering import told, written


def not_as_many(cards: int) -> str:
    """Say that forms and cards are not as many."""
    return ngettext(
        "One card is typed here. Count the forms again: each needs one card, and each card one form.",
        "%(num)s cards are typed here. Count the forms again: each needs one card, and each card one form.",
        cards,
    )


def another_place() -> str:
    """Ask for the place of somebody else."""
    return gettext("Type the number of another place of the circle: two different people type each form.")


def no_number() -> str:
    """Ask for a number of stones."""
    return gettext("Type a whole number.")


def other_sum(left: int) -> str:
    """Say how many stones there must be."""
    return ngettext(
        "Together there must be one stone, for the one card given in. Count again.",
        "Together there must be %(num)s stones, one for each card given in. Count again.",
        left,
    )


def differs(first: str, second: str) -> str:
    """Say that two typings differ."""
    return gettext(
        "You typed two different things here: “%(first)s”, then “%(second)s”. Look at the paper together, and both "
        "type it again.",
        first=first,
        second=second,
    )


def answer(item: Item, answers: Answers) -> str:
    """Say what was typed of one question."""
    chosen = [pick(choice.text).text for choice in told(item, answers)]
    text = written(item, answers)
    if item.key in answers and not chosen and not text:
        return gettext("I don’t know")
    return ", ".join([*chosen, text] if text else chosen) or gettext("nothing")


def left(forms: int) -> str:
    """Say how many forms are still to be typed in."""
    if not forms:
        return gettext("Every form is in the box. Burn the paper together, today.")
    return ngettext("One form is still to be typed in.", "%(num)s forms are still to be typed in.", forms)
