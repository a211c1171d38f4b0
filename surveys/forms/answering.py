"""A filled questionnaire as it was sent: read into answers a box can take, with a sentence for whatever does not fit.

The fields of a questionnaire are made once and kept. Nothing sent is written anywhere from here.
"""

from collections.abc import Iterator
from functools import lru_cache

from werkzeug.datastructures import MultiDict

from surveys.domain.cards import Code, Mistyped
from surveys.domain.logic import Answer, Answers, Fault, Unfit, Written, accepted
from surveys.domain.questionnaire import SETS, Item, Kind, Questionnaire
from surveys.domain.reading import parsed
from surveys.forms.cards import code_of
from surveys.forms.sheet import Sheet, Unbound, unbound
from surveys.phrases import answering as phrases

CARD, CONSENT, TEXT = "card", "consent", "-text"
NEVER_OFFERED = 0
LONGEST_NUMBER = 3


class Filled(Sheet):
    """One questionnaire, filled. `code` and `answers` are there once `fits` has said yes."""

    code: Code
    answers: Answers

    def __init__(self, questionnaire: Questionnaire, fields: Unbound) -> None:
        """Begin with nothing filled."""
        super().__init__(fields)
        self.questionnaire = questionnaire

    def answered(self) -> bool:
        """Check the answers alone."""
        self.validate()
        try:
            self.answers = accepted(self.questionnaire, dict(self._given()))
        except Unfit as unfit:
            for key, fault in unfit.faults.items():
                name = key + TEXT if fault is Fault.TOO_LONG else key
                self.refuse(name, phrases.fault(fault, self.questionnaire.by_key[key]))
        return not self.problems

    def fits(self) -> bool:
        """Check the answers, the consent and the shape of the card's number."""
        self.answered()
        if not self.sent(CONSENT).said:
            self.refuse(CONSENT, phrases.consent_missing())
        try:
            self.code = code_of(self.sent(CARD).said)
        except Mistyped:
            self.refuse(CARD, phrases.card_refused() if self.sent(CARD).said.strip() else phrases.card_missing())
        return not self.problems

    def _given(self) -> Iterator[tuple[str, Answer]]:
        for item in self.questionnaire.items:
            places = frozenset(_place(value) for value in self.sent(item.key).data)
            if item.question.kind is Kind.TEXT:
                yield item.key, Written(places, self.sent(item.key + TEXT).said)
            elif item.question.kind in SETS:
                yield item.key, places
            elif places:
                yield item.key, min(places) if len(places) == 1 else NEVER_OFFERED


def _place(value: str) -> int:
    """Return a position; what is no position becomes one that is never offered."""
    return int(value) if value.isdecimal() and len(value) <= LONGEST_NUMBER else NEVER_OFFERED


@lru_cache(maxsize=64)
def kept(definition: str) -> tuple[Questionnaire, Unbound]:
    """Return a questionnaire with its fields, in the order of the page, made once."""
    questionnaire = parsed(definition)
    names = [name for item in questionnaire.items for name in _names(item)]
    return questionnaire, unbound((*names, CONSENT, CARD))


def _names(item: Item) -> tuple[str, ...]:
    return (item.key, item.key + TEXT) if item.question.kind is Kind.TEXT else (item.key,)


def filled(definition: str, sent: MultiDict[str, str]) -> Filled:
    """Return the form of a questionnaire with what was sent in it, not yet checked."""
    form = Filled(*kept(definition))
    form.process(sent)
    return form
