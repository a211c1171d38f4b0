"""What two facilitators type of paper: who they are, one form after the other, or stones by the count.

Each typing can be compared with the other, field by field. Nothing typed here is written anywhere.
"""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from surveys.domain.logic import DONT_KNOW, Answer, Answers, Written
from surveys.domain.questionnaire import Item, Kind, Questionnaire
from surveys.forms.answering import Filled, kept
from surveys.forms.cards import Held, whole
from surveys.forms.sheet import Sheet, unbound
from surveys.phrases import entering as phrases

OWN, OTHER, THEIRS, FORMS = "passphrase", "other", "theirs", "forms"
STONES = "stones-"
BLANK = 0
MOST_FORMS = 2000
LEVELS = frozenset({Kind.SCALE, Kind.SINGLE})


class Exchanged(Held):
    """The cards that were given in for forms, and how many forms were counted by hand."""

    def __init__(self, sent: MultiDict[str, str]) -> None:
        """Read what was sent."""
        Sheet.__init__(self, unbound((FORMS, "codes")))
        self.process(sent)

    def fits(self) -> bool:
        """Check that there is one card for each form."""
        if not super().fits():
            return False
        if whole(self.sent(FORMS).said, MOST_FORMS) != len(self.codes):
            self.refuse(FORMS, phrases.not_as_many(len(self.codes)))
        return not self.problems


class Pair(Sheet):
    """The two who type: the passphrase of whoever sits here, the place beside it, and the passphrase of that one."""

    def __init__(self, sent: MultiDict[str, str]) -> None:
        """Read what was sent."""
        super().__init__(unbound((OWN, OTHER, THEIRS)))
        self.process(sent)

    def other(self, own: int) -> int:
        """Return the other place, or 0 with a sentence beside the field when it is none, or the same."""
        self.validate()
        place = whole(self.sent(OTHER).said, MOST_FORMS)
        if place < 1 or place == own:
            self.refuse(OTHER, phrases.another_place())
            return 0
        return place


class OnPaper(Filled):
    """One paper form as it was typed."""

    def fits(self) -> bool:
        """Check the answers: paper has no card, and consent was given by filling it."""
        return self.answered()

    @property
    def given(self) -> tuple[Answers, ...]:
        """The answers of this one form."""
        return (self.answers,)

    @property
    def said(self) -> Mapping[str, object]:
        """What was typed under each name, ready to be compared: how a text is spaced and capitalised is no matter."""
        return {item.key: _plain(self.answers.get(item.key)) for item in self.questionnaire.items}

    def told(self, name: str) -> str:
        """Say what was typed under a name."""
        return phrases.answer(self.questionnaire.by_key[name], self.answers)


def _plain(answer: Answer | None) -> object:
    if isinstance(answer, Written):
        return answer.reasons, " ".join(answer.text.casefold().split())
    return answer


class Stones(Sheet):
    """How many stones lay in each bowl of a one-question survey."""

    given: tuple[Answers, ...]

    def __init__(self, item: Item, left: int) -> None:
        """Begin with nothing counted; `left` stones are to be found."""
        self.item, self.left = item, left
        places = [place for place, _ in enumerate(item.question.choices, start=1)]
        last = [DONT_KNOW] if item.question.dont_know else []
        self.places = [*places, *last, *([] if item.question.required else [BLANK])]
        super().__init__(unbound(f"{STONES}{place}" for place in self.places))

    def fits(self) -> bool:
        """Check that each is a number and that together they are as many as the cards given in."""
        self.validate()
        counts = {place: whole(self.sent(f"{STONES}{place}").said or "0", MOST_FORMS) for place in self.places}
        for place in (place for place, count in counts.items() if count < 0):
            self.refuse(f"{STONES}{place}", phrases.no_number())
        if not self.problems and sum(counts.values()) != self.left:
            self.refuse(f"{STONES}{self.places[0]}", phrases.other_sum(self.left))
        one_by_one = [place for place, count in counts.items() for _ in range(count)]
        self.given = tuple({} if place == BLANK else {self.item.key: place} for place in one_by_one)
        return not self.problems

    @property
    def said(self) -> Mapping[str, object]:
        """How many were counted under each name."""
        return {name: self.told(name) for name in self._fields}

    def told(self, name: str) -> str:
        """Say how many were counted under a name."""
        return self.sent(name).said.strip() or "0"


Typed = OnPaper | Stones


def on_paper(definition: str, sent: MultiDict[str, str]) -> OnPaper:
    """Return one paper form with what was typed in it, not yet checked."""
    form = OnPaper(*kept(definition))
    form.process(sent)
    return form


def one_question(questionnaire: Questionnaire) -> Item | None:
    """Return the one question stones can answer, or None when there are more, or it takes no single answer."""
    first, *others = questionnaire.items
    return None if others or first.question.kind not in LEVELS else first


def stones(item: Item, left: int, sent: MultiDict[str, str]) -> Stones:
    """Return the stones as they were counted, not yet checked."""
    form = Stones(item, left)
    form.process(sent)
    return form


def differing(first: Typed, second: Typed) -> Mapping[str, str]:
    """Return, by name, a sentence for each thing the two typings say differently."""
    return {
        name: phrases.differs(first.told(name), second.told(name))
        for name, said in second.said.items()
        if first.said.get(name) != said
    }
