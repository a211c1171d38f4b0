"""The questionnaire as data: what is asked, in every language, frozen with the survey. It never holds an answer.

Plain data become a questionnaire, and back, in `reading`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

Words = Mapping[str, str]

SUBJECT = "{subject}"
USUAL_CUT = (4, 5)
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return a text as it is kept: composed (NFC), without controls or bidi overrides, without spaces around."""
    return HIDDEN.sub("", unicodedata.normalize("NFC", text)).strip()


def read_words(data: object) -> dict[str, str]:
    """Return a text in several languages out of plain data; of anything else, no text."""
    return {str(tag): str(text) for tag, text in data.items()} if isinstance(data, Mapping) else {}


def read_rows(data: object) -> list[Mapping[str, object]]:
    """Return a list of records out of plain data; whatever is no record is left out."""
    return [one for one in data if isinstance(one, Mapping)] if isinstance(data, list) else []


def alike(text: str) -> str:
    """Return what texts that look the same share: letters in any width or case, single spaces (NFKC)."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Kind(StrEnum):
    """Kinds of question; a note asks nothing."""

    SCALE = "scale"
    SINGLE = "single"
    MULTIPLE = "multiple"
    APPROVAL = "approval"
    TEXT = "text"
    NOTE = "note"


CHOOSING = frozenset({Kind.SCALE, Kind.SINGLE, Kind.MULTIPLE, Kind.APPROVAL})
SETS = frozenset({Kind.MULTIPLE, Kind.APPROVAL})


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice, one step of a scale, or one member of a list. `mark` names a drawing shown beside it.

    One that is `last` ("none of these") stays below the others, whatever order these are shown in.
    """

    id: str
    text: Words
    mark: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Shown only if the answer to an earlier question is, or holds, one of these choices."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `cut` is the range of levels (from 1) counted as "yes"; `maximum` bounds a set (0: no bound).

    A text question's choices are ready reasons to tick, and `length` the letters it takes. What is `shuffled` shows its
    choices in another order at each reading, since the first ones are ticked more often (Krosnick & Alwin, 1987); a
    choice keeps its position, whatever place it is shown in.
    """

    id: str
    kind: Kind
    text: Words
    choices: tuple[Choice, ...] = ()
    choices_from: str = ""
    hint: Words = field(default_factory=dict)
    dont_know: bool = False
    required: bool = False
    maximum: int = 0
    cut: tuple[int, int] | None = None
    reversed: bool = False
    shuffled: bool = False
    length: int = 280
    show_if: Condition | None = None
    private_note: Words = field(default_factory=dict)

    @property
    def yes(self) -> tuple[int, int] | None:
        """The cut in force: the declared one, or the two highest steps of a scale; None when the question has none."""
        return USUAL_CUT if self.cut is None and self.kind is Kind.SCALE else self.cut

    @property
    def nominal(self) -> bool:
        """Whether its choices stand in no order of their own: no scale, and no levels of which some are a yes."""
        return self.kind not in {Kind.SCALE, Kind.NOTE} and self.cut is None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions asked together; with `repeat`, once for each member of that list."""

    id: str
    title: Words
    questions: tuple[Question, ...]
    intro: Words = field(default_factory=dict)
    repeat: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question as it is answered: its key ("B1", or "C2.T01" about a subject) and its choices, taken from lists."""

    key: str
    question: Question
    subject: Choice | None = None

    @property
    def text(self) -> Words:
        """The question's text with its subject named, in the languages both have (in the question's if none)."""
        if self.subject is None:
            return self.question.text
        named, asked = self.subject.text, self.question.text
        spare = next(iter(named.values()))
        tags = [tag for tag in asked if tag in named] or list(asked)
        return {tag: asked[tag].replace(SUBJECT, named.get(tag, spare)) for tag in tags}


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A whole questionnaire. `voice` is the question whose answer names the voice; `items` is what a ballot answers."""

    id: str
    version: int
    title: Words
    intro: Words
    consent: Words
    minutes: int
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    voice: str = ""
    items: tuple[Item, ...] = field(init=False, repr=False, compare=False)
    by_key: Mapping[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay out the items once: sections in order, each subject in turn, each question."""
        object.__setattr__(self, "items", tuple(self._laid_out()))
        object.__setattr__(self, "by_key", {item.key: item for item in self.items})

    def _laid_out(self) -> Iterator[Item]:
        for section in self.sections:
            asked = [self._resolved(question) for question in section.questions if question.kind is not Kind.NOTE]
            if not section.repeat:
                yield from (Item(question.id, question) for question in asked)
            for subject in self.lists.get(section.repeat, ()):
                yield from (Item(f"{question.id}.{subject.id}", question, subject) for question in asked)

    def _resolved(self, question: Question) -> Question:
        if not question.choices_from:
            return question
        return replace(question, choices=self.lists.get(question.choices_from, ()))

    @property
    def proposed(self) -> tuple[Words, ...]:
        """The texts of the proposals of a round, in their order; none in any other questionnaire."""
        return tuple(one.text for one in self.lists.get("proposals", ()))

    @property
    def known_by(self) -> Words:
        """What tells it from others in a list: the text of its only proposal, or its title."""
        return self.proposed[0] if len(self.proposed) == 1 else self.title

    @property
    def blanks(self) -> tuple[str, ...]:
        """Names of the lists in use that have no member yet: such a questionnaire cannot be opened."""
        used = {section.repeat for section in self.sections}
        used |= {question.choices_from for section in self.sections for question in section.questions}
        return tuple(sorted(name for name in used - {""} if not self.lists.get(name)))


def fingerprint(definition: str, terms: str) -> bytes:
    """Return the 32 bytes that bind a ballot to one survey: SHA-256 over its definition and its terms."""
    parts = (sha256(part.encode()).digest() for part in (definition, terms))
    return sha256(b"palabre survey 1\x00" + b"".join(parts)).digest()
