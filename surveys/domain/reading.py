"""From plain data to a questionnaire and back, refusing at the first thing that is unknown, missing, or lost."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NoReturn, TypeVar

from surveys.domain.questionnaire import (
    CHOOSING,
    SETS,
    Choice,
    Condition,
    Kind,
    Question,
    Questionnaire,
    Section,
    Words,
    alike,
    plain,
)

T = TypeVar("T")
MOST_CHOICES = 200
MOST_LETTERS = 1000
KEPT = 128
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
TAG = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,34}")


class Malformed(ValueError):
    """The data is not a questionnaire; says where and why."""

    def __init__(self, path: str, reason: str) -> None:
        """Keep the place and the reason apart."""
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def fill(questionnaire: Questionnaire, **lists: tuple[Choice, ...]) -> Questionnaire:
    """Return the questionnaire with these lists in place of its own. Raises Malformed as `read` does."""
    return read(write(replace(questionnaire, lists={**questionnaire.lists, **lists})))


def write(questionnaire: Questionnaire) -> dict[str, object]:
    """Return the questionnaire as plain data that `read` gives back; what is not said is left out."""
    return {name: _plain(value) for name, value in _said(questionnaire)}


def _said(value: object) -> Iterator[tuple[str, object]]:
    for part in fields(value):  # type: ignore[arg-type]  # only dataclasses come here
        usual = part.default if part.default_factory is MISSING else part.default_factory()
        if part.init and (said := getattr(value, part.name)) != usual:
            yield part.name, said


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {name: _plain(part) for name, part in _said(value)}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, StrEnum) else value


@lru_cache(maxsize=KEPT)
def parsed(definition: str) -> Questionnaire:
    """Return the questionnaire of a frozen definition, as text. Read once: a definition never changes."""
    return read(json.loads(definition))


def read(data: object) -> Questionnaire:
    """Return the questionnaire that plain data describe, texts composed (NFC) and rid of invisible controls.

    Raises Malformed at the first thing that is unknown, missing, doubled, or points to nothing.
    """
    found = _made(Questionnaire)(_Node(data, "questionnaire"))
    for fault in _faults(found):
        raise fault
    return found


@dataclass(frozen=True, slots=True)
class _Node:
    """A piece of data that knows where it stands, so that a refusal can say so."""

    value: object
    path: str

    def refuse(self, reason: str) -> NoReturn:
        raise Malformed(self.path, reason)

    def named(self) -> "dict[str, _Node]":
        if not isinstance(self.value, Mapping):
            self.refuse("must be an object")
        return {str(name): _Node(value, f"{self.path}.{name}") for name, value in self.value.items()}

    def each(self) -> "Iterator[_Node]":
        if not isinstance(self.value, list | tuple):
            self.refuse("must be a list")
        return (_Node(value, f"{self.path}[{place}]") for place, value in enumerate(self.value))

    def match(self, pattern: re.Pattern[str]) -> str:
        if not isinstance(self.value, str) or not pattern.fullmatch(self.value):
            self.refuse("is not a name of the expected form")
        return self.value

    def number(self, low: int, high: int) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not low <= self.value <= high:
            self.refuse(f"must be a whole number from {low} to {high}")
        return self.value

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse("must be true or false")
        return self.value

    def text(self) -> str:
        said = plain(self.value) if isinstance(self.value, str) else ""
        if not said:
            self.refuse("must be a text")
        return said


def _made(make: Callable[..., T]) -> Callable[[_Node], T]:  # type: ignore[explicit-any]  # each thing has its own fields
    """Return the reader of one kind of thing: its fields are read by their names, unknown or missing ones refused."""

    def reader(node: _Node) -> T:
        known = {part.name: part for part in fields(make) if part.init}  # type: ignore[arg-type]  # all are dataclasses
        needed = {name for name, part in known.items() if part.default is part.default_factory is MISSING}
        found = node.named()
        for name in sorted(found.keys() - known.keys()):
            found[name].refuse("is not known")
        for name in sorted(needed - found.keys()):
            node.refuse(f"lacks {name}")
        return make(**{name: _READERS[name](part) for name, part in found.items()})

    return reader


def _every(reader: Callable[[_Node], T]) -> Callable[[_Node], tuple[T, ...]]:
    return lambda node: tuple(reader(one) for one in node.each())


def _name(node: _Node) -> str:
    return node.match(NAME)


def _tag(node: _Node) -> str:
    return node.match(TAG)


def _words(node: _Node) -> Words:
    return _aside(node) or node.refuse("must be said in one language at least")


def _aside(node: _Node) -> Words:
    """Return words that may be left unsaid."""
    return {_tag(_Node(tag, node.path)): one.text() for tag, one in node.named().items()}


def _kind(node: _Node) -> Kind:
    if not isinstance(node.value, str) or node.value not in set(Kind):
        node.refuse("is not a kind of question")
    return Kind(node.value)


def _cut(node: _Node) -> tuple[int, int]:
    levels = tuple(one.number(1, MOST_CHOICES) for one in node.each())
    if len(levels) != len(("low", "high")):
        node.refuse("must be a lowest and a highest level")
    return levels[0], levels[1]


_choices = _every(_made(Choice))
_READERS: Mapping[str, Callable[[_Node], object]] = {
    **dict.fromkeys(("id", "question", "repeat", "voice", "choices_from", "mark"), _name),
    **dict.fromkeys(("title", "text", "consent"), _words),
    **dict.fromkeys(("intro", "hint", "private_note"), _aside),
    **dict.fromkeys(("dont_know", "required", "reversed", "shuffled", "last"), _Node.truth),
    "kind": _kind,
    "version": lambda node: node.number(1, 10_000),
    "minutes": lambda node: node.number(1, 120),
    "maximum": lambda node: node.number(0, MOST_CHOICES),
    "length": lambda node: node.number(1, MOST_LETTERS),
    "languages": _every(_tag),
    "any_of": _every(_name),
    "cut": _cut,
    "show_if": _made(Condition),
    "choices": _choices,
    "questions": _every(_made(Question)),
    "sections": _every(_made(Section)),
    "lists": lambda node: {_name(_Node(name, node.path)): _choices(one) for name, one in node.named().items()},
}


def _faults(found: Questionnaire) -> Iterator[Malformed]:
    """Say what does not hold together, in the order of reading."""
    questions = [question for section in found.sections for question in section.questions]
    yield from _doubled("languages", found.languages)
    yield from _doubled("sections", (section.id for section in found.sections))
    yield from _doubled("questions", (question.id for question in questions))
    for name, members in found.lists.items():
        yield from _choices_faults(f"lists.{name}", members)
    seen: dict[str, tuple[Section, Question]] = {}
    for section in found.sections:
        if section.repeat and section.repeat not in found.lists:
            yield Malformed(section.id, f"repeats over {section.repeat}, which is no list")
        for question in section.questions:
            yield from _question_faults(found, question)
            yield from _condition_faults(found, section, question, seen)
            seen[question.id] = section, question
    voice = seen.get(found.voice)
    if found.voice and (voice is None or voice[0].repeat or voice[1].kind is not Kind.SINGLE):
        yield Malformed("voice", "must be a single-choice question asked once")


def _doubled(path: str, names: Iterable[str]) -> Iterator[Malformed]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Malformed(path, f"{name} appears twice")


def _choices_faults(path: str, choices: tuple[Choice, ...]) -> Iterator[Malformed]:
    yield from _doubled(path, (choice.id for choice in choices))
    said = ((tag, alike(text)) for one in choices for tag, text in one.text.items())
    yield from _doubled(path, (f"{tag}: {text}" for tag, text in said))
    if any(one.last and not after.last for one, after in pairwise(choices)):
        yield Malformed(path, "has a choice below one that stays last")
    if len(choices) > MOST_CHOICES:
        yield Malformed(path, f"has more than {MOST_CHOICES} choices")


def _question_faults(found: Questionnaire, question: Question) -> Iterator[Malformed]:
    path, choices = question.id, _offered(found, question)
    yield from _choices_faults(path, question.choices)
    if question.choices_from and question.choices_from not in found.lists:
        yield Malformed(path, f"takes its choices from {question.choices_from}, which is no list")
    if question.choices and question.choices_from:
        yield Malformed(path, "has both choices and a list of choices")
    if question.kind in CHOOSING and not question.choices and not question.choices_from:
        yield Malformed(path, "offers no choice")
    if question.kind is Kind.NOTE and (question.choices or question.choices_from or question.required):
        yield Malformed(path, "is a note, which asks nothing")
    if question.maximum and question.kind not in SETS:
        yield Malformed(path, "has a maximum but is not a set")
    yield from _order_faults(question, len(choices))


def _order_faults(question: Question, levels: int) -> Iterator[Malformed]:
    """Say where levels, a cut of them, and an order that changes do not go together."""
    path = question.id
    if question.cut and question.kind not in {Kind.SCALE, Kind.SINGLE}:
        yield Malformed(path, "has a cut but no levels")
    if question.shuffled and not question.nominal:
        yield Malformed(path, "has an order of its own, which is not shuffled")
    if question.yes and levels and not _cuts(*question.yes, levels):
        yield Malformed(path, f"needs a cut within its {levels} levels")


def _cuts(low: int, high: int, levels: int) -> bool:
    """Tell whether a cut has some levels within, and some without."""
    return 1 <= low <= high <= levels and high - low + 1 < levels


def _offered(found: Questionnaire, question: Question) -> tuple[Choice, ...]:
    return found.lists.get(question.choices_from, ()) if question.choices_from else question.choices


def _condition_faults(
    found: Questionnaire, section: Section, question: Question, seen: Mapping[str, tuple[Section, Question]]
) -> Iterator[Malformed]:
    if question.show_if is None:
        return
    where, asked = seen.get(question.show_if.question, (None, None))
    if where is None or asked is None or asked.kind not in CHOOSING:
        yield Malformed(question.id, "depends on no earlier question with choices")
    elif where.repeat and where is not section:
        yield Malformed(question.id, "depends on a question repeated in another section")
    elif not question.show_if.any_of:
        yield Malformed(question.id, "depends on no choice")
    elif (names := {choice.id for choice in _offered(found, asked)}) and not names.issuperset(question.show_if.any_of):
        yield Malformed(question.id, f"depends on a choice that {asked.id} does not offer")
