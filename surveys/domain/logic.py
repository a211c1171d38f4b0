"""What one person answered: which answers count, and what is wrong with them. Nothing here says who or when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.domain.questionnaire import SETS, Choice, Item, Kind, Questionnaire, plain

DONT_KNOW = 255


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in words: the ready reasons that were ticked (positions from 1), and a text."""

    reasons: frozenset[int] = frozenset()
    text: str = ""


Answer = int | frozenset[int] | Written
"""A level or a choice by its position from 1 (or DONT_KNOW), a set of positions, or words."""
Answers = Mapping[str, Answer]
"""Answers by item key; a skipped item is absent."""


class Fault(StrEnum):
    """What can be wrong with one answer."""

    MISSING = "missing"
    NOT_OFFERED = "not_offered"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"


class Unfit(ValueError):
    """Some answers cannot enter the box; says which, and why. It never repeats an answer."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        """Keep the faults by item key."""
        super().__init__(", ".join(f"{key}: {fault}" for key, fault in faults.items()))
        self.faults = faults


def relevant(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """Return the answers that count, in the order of the items, texts made plain.

    An empty set or empty words are a skip. An answer whose condition is not met by the answers that count is dropped,
    and so are those that depend on it. Keys that the questionnaire does not have are kept for `faults` to name.
    """
    kept: dict[str, Answer] = {}
    for item in questionnaire.items:
        answer = _told(answers.get(item.key))
        if answer is not None and shown(questionnaire, item, kept):
            kept[item.key] = answer
    return kept | {key: answer for key, answer in answers.items() if key not in questionnaire.by_key}


def _told(answer: Answer | None) -> Answer | None:
    if isinstance(answer, Written):
        answer = Written(answer.reasons, plain(answer.text))
        return answer if answer.reasons or answer.text else None
    return None if answer == frozenset() else answer


def shown(questionnaire: Questionnaire, item: Item, answers: Answers) -> bool:
    """Tell whether an item is asked, given the answers that count before it."""
    condition = item.question.show_if
    if condition is None:
        return True
    asked = questionnaire.by_key[parent(questionnaire, item)]
    answer = answers.get(asked.key)
    chosen = answer if isinstance(answer, frozenset) else {answer}
    return any(choice.id in condition.any_of and place in chosen for place, choice in placed(asked))


def parent(questionnaire: Questionnaire, item: Item) -> str:
    """Return the key of the item that decides whether this one is asked: about the same subject if both repeat.

    Empty for an item that is always asked.
    """
    condition = item.question.show_if
    if condition is None:
        return ""
    same = f"{condition.question}.{item.subject.id}" if item.subject else condition.question
    return same if same in questionnaire.by_key else condition.question


def placed(item: Item) -> Iterator[tuple[int, Choice]]:
    """Yield an item's choices with their positions, from 1."""
    return enumerate(item.question.choices, start=1)


def accepted(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """Return the answers that count, all of which fit. Raises `Unfit` naming every item that does not."""
    kept = relevant(questionnaire, answers)
    if faults := dict(_faults(questionnaire, kept)):
        raise Unfit(faults)
    return kept


def _faults(questionnaire: Questionnaire, kept: Answers) -> Iterator[tuple[str, Fault]]:
    for item in questionnaire.items:
        if item.key in kept:
            yield from ((item.key, fault) for fault in _fault(item, kept[item.key]))
        elif item.question.required and shown(questionnaire, item, kept):
            yield item.key, Fault.MISSING
    yield from ((key, Fault.NOT_OFFERED) for key in kept if key not in questionnaire.by_key)


def _fault(item: Item, answer: Answer) -> Iterator[Fault]:
    question = item.question
    offered = range(1, len(question.choices) + 1)
    if isinstance(answer, Written):
        if question.kind is not Kind.TEXT or not answer.reasons.issubset(offered) or not _said(answer.text):
            yield Fault.NOT_OFFERED
        elif len(answer.text) > question.length:
            yield Fault.TOO_LONG
    elif isinstance(answer, frozenset):
        if question.kind not in SETS or not answer.issubset(offered):
            yield Fault.NOT_OFFERED
        elif question.maximum and len(answer) > question.maximum:
            yield Fault.TOO_MANY
    elif question.kind is Kind.TEXT or not (_level(item, answer) or (answer == DONT_KNOW and question.dont_know)):
        yield Fault.NOT_OFFERED


def _level(item: Item, answer: int) -> bool:
    return item.question.kind not in SETS and 1 <= answer <= len(item.question.choices)


def _said(text: str) -> bool:
    """Tell whether the text can be written down at all: half a surrogate pair cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
