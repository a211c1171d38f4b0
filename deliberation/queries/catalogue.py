"""The shipped catalogue: threats, measures and rules an assembly may start from, change, or leave aside."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from deliberation.domain.presets import Preset, read_preset, write_preset
from surveys.domain.questionnaire import read_words

FOLDER = Path(__file__).parent.parent / "catalogue"
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ThreatCard:
    """A threat of the catalogue, with its early signs. `kinds` of collectives it is made for: none is all of them."""

    code: str
    words: Words
    signs: Words
    domain: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A measure of the catalogue; `content` is the rest of its card, from its levels to the threats it answers."""

    code: str
    words: Words
    category: str
    content: Mapping[str, object]
    kinds: tuple[str, ...] = ()

    @property
    def acts_on(self) -> tuple[str, ...]:
        """What it acts on: T the threat, V how exposed people are, C what they can do, R the root."""
        found = self.content.get("acts_on")
        return tuple(map(str, found)) if isinstance(found, list) else ()


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule of practice with its words, its source, and its `preset` as an act takes it."""

    code: str
    words: Words
    explains: Words
    goes_on: Words
    source: str
    stages: tuple[Words, ...]
    rule: Preset

    @property
    def preset(self) -> dict[str, object]:
        """The rule as data: its numbers only, what an act signs."""
        return write_preset(self.rule)


@lru_cache(maxsize=1)
def threats() -> tuple[ThreatCard, ...]:
    """Return the threats of the catalogue."""
    return tuple(
        ThreatCard(
            str(one["id"]),
            read_words(one["words"]),
            read_words(one.get("signs")),
            str(one.get("domain", "")),
            _kinds(one),
        )
        for one in _read("threats")
    )


@lru_cache(maxsize=1)
def measures() -> tuple[MeasureCard, ...]:
    """Return the measures of the catalogue."""
    return tuple(
        MeasureCard(
            str(one["id"]),
            read_words(one["words"]),
            str(one.get("category", "")),
            {name: value for name, value in one.items() if name not in {"id", "words", "kinds"}},
            _kinds(one),
        )
        for one in _read("measures")
    )


@lru_cache(maxsize=1)
def rules() -> tuple[RuleCard, ...]:
    """Return the rules of practice an assembly may choose from."""
    return tuple(_rule(one) for one in _read("rules"))


def _rule(one: Mapping[str, object]) -> RuleCard:
    source, stages = one.get("source"), one.get("stages")
    said = source if isinstance(source, Mapping) else {}
    return RuleCard(
        code=str(one["id"]),
        words=read_words(one["words"]),
        explains=read_words(one.get("explains")),
        goes_on=read_words(one.get("goes_on")),
        source=f"{said.get('author', '')} ({said.get('year', '')})",
        stages=tuple(read_words(stage.get("words")) for stage in stages) if isinstance(stages, list) else (),
        rule=read_preset(one),
    )


def _read(name: str) -> list[Mapping[str, object]]:
    found = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return [one for one in found if isinstance(one, dict)]


def _kinds(one: Mapping[str, object]) -> tuple[str, ...]:
    found = one.get("kinds")
    return tuple(str(kind) for kind in found) if isinstance(found, list) else ()
