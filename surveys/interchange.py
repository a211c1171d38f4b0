"""Questionnaires that come from files: the instruments shipped with the house, and cutting one to measure."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from surveys.domain.questionnaire import Choice, Question, Questionnaire, Section
from surveys.domain.reading import fill, read

FOLDER = Path(__file__).parent / "questionnaires"
SHIPPED = ("short-baseline", "baseline", "pulse", "practice", "round", "call", "order")


@lru_cache(maxsize=len(SHIPPED))
def shipped(name: str) -> Questionnaire:
    """Return a shipped instrument. Raises KeyError for a name that is not in `SHIPPED`."""
    if name not in SHIPPED:
        raise KeyError(name)
    return read(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


def tailored(instrument: Questionnaire, lists: Mapping[str, tuple[Choice, ...]]) -> Questionnaire:
    """Return the instrument with these lists. Questions about, or answered from, an empty list are left out.

    Raises Malformed as `fill` does, also when a question that stays depends on one that went.
    """
    every = {**instrument.lists, **lists}
    kept = (_kept(section, every) for section in instrument.sections if every.get(section.repeat, True))
    sections = tuple(section for section in kept if section.questions)
    asked = {question.id for section in sections for question in section.questions}
    voice = instrument.voice if instrument.voice in asked else ""
    used = {name: members for name, members in every.items() if members}
    return fill(replace(instrument, sections=sections, voice=voice, lists=used))


def _kept(section: Section, lists: Mapping[str, tuple[Choice, ...]]) -> Section:
    return replace(section, questions=tuple(one for one in section.questions if _answerable(one, lists)))


def _answerable(question: Question, lists: Mapping[str, tuple[Choice, ...]]) -> bool:
    return bool(lists.get(question.choices_from, not question.choices_from))
