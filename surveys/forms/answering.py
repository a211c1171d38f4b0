"""A filled questionnaire as it was sent: read into answers a box can take, with a sentence for whatever does not fit.

The fields of a questionnaire are made once and kept. Nothing sent is written anywhere from here.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from surveys.domain.cards import Code, Mistyped, parse
from surveys.domain.logic import Answer, Answers, Fault, Unfit, Written, accepted
from surveys.domain.questionnaire import SETS, Item, Kind, Questionnaire
from surveys.domain.reading import parsed
from surveys.phrases import answering as phrases

Unbound = tuple[tuple[str, "UnboundField[Sent]"], ...]
CARD, CONSENT, TEXT = "card", "consent", "-text"
NEVER_OFFERED = 0
LONGEST_NUMBER = 3


class Sent(Field):
    """Everything sent under one name."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep what was sent, skips left out."""
        self.data = tuple(dict.fromkeys(value for value in valuelist if value))

    @property
    def said(self) -> str:
        """The one text sent, or nothing."""
        return self.data[0] if self.data else ""

    @property
    def places(self) -> frozenset[int]:
        """The positions ticked; what is no position becomes one that is never offered."""
        return frozenset(_place(value) for value in self.data)


def _place(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) <= LONGEST_NUMBER else NEVER_OFFERED


class Filled(BaseForm):
    """One questionnaire, filled. `code` and `answers` are there once `fits` has said yes."""

    code: Code
    answers: Answers

    def __init__(self, questionnaire: Questionnaire, fields: Unbound) -> None:
        """Begin with nothing filled."""
        super().__init__(fields)
        self.questionnaire = questionnaire

    def fits(self) -> bool:
        """Check the answers, the consent and the shape of the card's number."""
        self.validate()
        try:
            self.answers = accepted(self.questionnaire, dict(self._given()))
        except Unfit as unfit:
            for key, fault in unfit.faults.items():
                name = key + TEXT if fault is Fault.TOO_LONG else key
                self.refuse(name, phrases.fault(fault, self.questionnaire.by_key[key]))
        if not self._sent(CONSENT).said:
            self.refuse(CONSENT, phrases.consent_missing())
        self._check_card()
        return not self.problems

    def refuse(self, name: str, sentence: str) -> None:
        """Put a sentence beside a field."""
        self._sent(name).errors = (sentence,)

    @property
    def problems(self) -> Mapping[str, str]:
        """One sentence for each field that needs another look, in the order of the page."""
        return {name: str(field.errors[0]) for name, field in self._fields.items() if field.errors}

    @property
    def entries(self) -> Mapping[str, Sequence[str]]:
        """What was sent, to fill the page again."""
        return {name: list(field.data) for name, field in self._fields.items() if field.data}

    def _sent(self, name: str) -> Sent:
        field = self._fields[name]
        assert isinstance(field, Sent)  # noqa: S101 - every field here is made below
        return field

    def _check_card(self) -> None:
        try:
            self.code = parse(self._sent(CARD).said)
        except Mistyped:
            self.refuse(CARD, phrases.card_refused())

    def _given(self) -> Iterator[tuple[str, Answer]]:
        for item in self.questionnaire.items:
            places = self._sent(item.key).places
            if item.question.kind is Kind.TEXT:
                yield item.key, Written(places, self._sent(item.key + TEXT).said.replace("\r\n", "\n"))
            elif item.question.kind in SETS:
                yield item.key, places
            elif places:
                yield item.key, min(places) if len(places) == 1 else NEVER_OFFERED


@lru_cache(maxsize=64)
def _kept(definition: str) -> tuple[Questionnaire, Unbound]:
    """Return a questionnaire with its fields, in the order of the page, made once."""
    questionnaire = parsed(definition)
    names = [name for item in questionnaire.items for name in _names(item)]
    return questionnaire, tuple((name, UnboundField(Sent, "", name=name)) for name in (*names, CONSENT, CARD))


def _names(item: Item) -> tuple[str, ...]:
    return (item.key, item.key + TEXT) if item.question.kind is Kind.TEXT else (item.key,)


def filled(definition: str, sent: MultiDict[str, str]) -> Filled:
    """Return the form of a questionnaire with what was sent in it, not yet checked."""
    form = Filled(*_kept(definition))
    form.process(sent)
    return form
