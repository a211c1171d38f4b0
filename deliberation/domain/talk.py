"""What is said about a proposal before its round: questions with their answers, reasons for and against.

Nobody's name stands beside them, and neither does their order of arrival, nor any count: a reason said by twenty reads
like a reason said by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from surveys.domain.questionnaire import read_rows, read_words

Words = Mapping[str, str]
MOST = 60


class Side(StrEnum):
    """What a reason speaks for."""

    FOR = "for"
    AGAINST = "against"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Question:
    """Something people wanted to know; `answer` is empty until somebody knew."""

    words: Words
    answer: Words

    @property
    def id(self) -> str:
        """Return the short name of the question, from its words alone."""
        return _name(self.words)


@dataclass(frozen=True, slots=True)
class Argument:
    """One reason, and what it speaks for."""

    side: Side
    words: Words

    @property
    def id(self) -> str:
        """Return the short name of the reason, from its words alone."""
        return _name(self.words)


@dataclass(frozen=True, slots=True)
class Talk:
    """All that was said about one proposal, each thing once, in an order that only the words themselves make."""

    questions: tuple[Question, ...] = ()
    arguments: tuple[Argument, ...] = ()

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions nobody has answered yet."""
        return tuple(one for one in self.questions if not one.answer)

    def on(self, side: Side) -> tuple[Argument, ...]:
        """Return the reasons of one side."""
        return tuple(one for one in self.arguments if one.side is side)


Said = TypeVar("Said", Question, Argument)


class Full(ValueError):
    """So much was said already that nobody could read it: merge reasons first."""


def ask(talk: Talk, words: Words) -> Talk:
    """Add a question. The same words again change nothing. Raises `Full`."""
    asked = Question(words, {})
    if asked.id in {one.id for one in talk.questions}:
        return talk
    return replace(talk, questions=_shuffled([*talk.questions, asked]))


def answer(talk: Talk, question: str, words: Words) -> Talk:
    """Answer a question, or answer it better; no words take the answer away. Raises KeyError when nobody asked it."""
    if question not in {one.id for one in talk.questions}:
        raise KeyError(question)
    answered = (replace(one, answer=words) if one.id == question else one for one in talk.questions)
    return replace(talk, questions=tuple(answered))


def argue(talk: Talk, side: Side, words: Words) -> Talk:
    """Add a reason, or put it on another side. Raises `Full`."""
    argued = Argument(side, words)
    others = [one for one in talk.arguments if one.id != argued.id]
    return replace(talk, arguments=_shuffled([*others, argued]))


def unsay(talk: Talk, name: str) -> Talk:
    """Take a question or a reason away: said twice, or naming somebody."""
    return Talk(
        tuple(one for one in talk.questions if one.id != name), tuple(one for one in talk.arguments if one.id != name)
    )


def reworded(notes: Iterable[Mapping[str, object]], box: str, question: str) -> Mapping[str, Words]:
    """Return what people wrote to a question, in its common words, out of the notes of a release.

    Each has a code, the address of its box and a number from 1: it is met before the next round like a ready reason.
    So is that something was left out because it names somebody: number 0, and no words.
    """
    mine = [note for note in notes if note.get("note") == "wording" and note.get("question") == question]
    said = [read_words(one) for note in mine for one in read_rows(note.get("said"))]
    told = {f"{box}.{at}": words for at, words in enumerate(said, start=1)}
    return told | ({f"{box}.0": {}} if any(note.get("left_out") is True for note in mine) else {})


def read_talk(data: object) -> Talk:
    """Read what `write_talk` left; nothing of anything else. Raises ValueError on a side that does not exist."""
    found = data if isinstance(data, Mapping) else {}
    return Talk(
        tuple(
            Question(read_words(one.get("words")), read_words(one.get("answer")))
            for one in read_rows(found.get("questions"))
        ),
        tuple(
            Argument(Side(str(one.get("side"))), read_words(one.get("words")))
            for one in read_rows(found.get("arguments"))
        ),
    )


def write_talk(talk: Talk) -> dict[str, object]:
    """Return what was said as plain data."""
    return {
        "questions": [{"words": dict(one.words), "answer": dict(one.answer)} for one in talk.questions],
        "arguments": [{"side": one.side.value, "words": dict(one.words)} for one in talk.arguments],
    }


def _shuffled(things: Sequence[Said]) -> tuple[Said, ...]:
    """Order things by the hash of their words: nobody's turn and no popularity is in it. Raises `Full`."""
    if len(things) > MOST:
        raise Full(len(things))
    return tuple(sorted(things, key=lambda one: one.id))


def _name(words: Words) -> str:
    said = "\x00".join(f"{tag}\x00{text}" for tag, text in sorted(words.items()))
    return sha256(said.encode()).hexdigest()[:16]
