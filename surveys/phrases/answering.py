"""Sentences of the page where somebody answers."""

from collections.abc import Mapping, Sequence

from commons.i18n import gettext, ngettext, pick
from surveys.domain.logic import Answer, Answers, Fault, Written, parent, placed, shown
from surveys.domain.questionnaire import Choice, Item, Kind, Questionnaire


def fault(found: Fault, item: Item) -> str:
    """Say what is wrong with one answer, and what to do."""
    if found is Fault.MISSING:
        return gettext("This question needs an answer.")
    if found is Fault.TOO_MANY:
        return ngettext("One choice at most.", "%(num)s choices at most.", item.question.maximum)
    if found is Fault.TOO_LONG:
        return gettext("Write %(letters)s letters at most.", letters=item.question.length)
    return gettext("That answer is not offered here. Choose again.")


def consent_missing() -> str:
    """Say that nothing can be sent without the consent."""
    return gettext("Tick this box if you agree, so that your answers can be sent.")


def card_missing() -> str:
    """Say that no number of a card was typed: that tells nothing of any card."""
    return gettext("Type the 25 digits of your card.")


def card_refused() -> str:
    """Say that the card cannot be used: the same words whatever is wrong with it."""
    return gettext(
        "This card cannot be used here. Read its digits again, group by group; check that it is this season’s card and "
        "this place’s. Your answers are still on this page. If it goes on, ask a facilitator."
    )


def already_answered() -> str:
    """Say that the card has spoken, so that a stolen or copied card is noticed."""
    return gettext(
        "Answers were already handed in with this card. If they were yours, all is well: you are done. If they were "
        "not, somebody else has used your card: tell two facilitators. Nothing was changed."
    )


def conditions(questionnaire: Questionnaire) -> Mapping[str, str]:
    """Return, by item key, the sentence that says when the item is to be answered."""
    return {item.key: _condition(questionnaire, item) for item in questionnaire.items if item.question.show_if}


def _condition(questionnaire: Questionnaire, item: Item) -> str:
    asked = questionnaire.by_key[parent(questionnaire, item)].question
    wanted = item.question.show_if.any_of if item.question.show_if else ()
    for_it = [choice for choice in asked.choices if choice.id in wanted]
    against = [choice for choice in asked.choices if choice.id not in wanted]
    if len(against) < len(for_it):
        return gettext("Skip this if you answered %(answers)s above.", answers=any_of(against))
    return gettext("Only if you answered %(answers)s above.", answers=any_of(for_it))


def any_of(choices: Sequence[Choice]) -> str:
    """Name some choices, any of which is meant."""
    *first, last = [gettext("“%(words)s”", words=pick(choice.text).text) for choice in choices] or [""]
    return gettext("%(several)s or %(last)s", several=", ".join(first), last=last) if first else last


def told(item: Item, answers: Answers) -> tuple[Choice, ...]:
    """Return the choices made of one item, in their order."""
    answer = answers.get(item.key)
    return tuple(choice for place, choice in placed(item) if place in _places(answer))


def _places(answer: Answer | None) -> frozenset[int]:
    if isinstance(answer, Written):
        return answer.reasons
    return answer if isinstance(answer, frozenset) else frozenset({answer or 0})


def written(item: Item, answers: Answers) -> str:
    """Return what was written, or nothing."""
    answer = answers.get(item.key)
    return answer.text if item.question.kind is Kind.TEXT and isinstance(answer, Written) else ""


def skipped(questionnaire: Questionnaire, answers: Answers) -> int:
    """Return how many items that were asked have no answer."""
    return sum(item.key not in answers and shown(questionnaire, item, answers) for item in questionnaire.items)
