"""What an assembly settled about itself, and what it watches and may put to work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from commons.assembly import Assembly
from commons.db import session
from commons.terms import Own
from deliberation.domain.collective import Path, Profile, read_path, read_profile
from deliberation.domain.presets import Preset, read_preset
from deliberation.domain.protocol import Protocol, read_protocol
from deliberation.models import CollectiveRow, MeasureRow, ProtocolRow, ThreatRow

Words = Mapping[str, str]
GREEN = 1


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the groups an assembly named itself; `members` is what it says it is, 0 where it does not say."""

    code: str
    words: Words
    members: int = 0


@dataclass(frozen=True, slots=True)
class Collective:
    """What an assembly agreed about itself. `rule` is None and `priority` empty until it chooses them."""

    rule: Preset | None = None
    priority: str = ""
    voices: tuple[Voice, ...] = ()
    members: int = 0
    quiet: tuple[tuple[date, date], ...] = ()
    alert: int = GREEN
    steps: Mapping[int, Words] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    path: Path = field(default_factory=Path)


@dataclass(frozen=True, slots=True)
class Threat:
    """A threat the assembly keeps."""

    code: str
    words: Words
    signs: Words
    domain: str
    watched: bool
    cause: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure the assembly keeps."""

    code: str
    words: Words
    content: Mapping[str, object]
    offered: bool

    @property
    def root_cause(self) -> bool:
        """Whether it treats a cause rather than a danger."""
        return "R" in self.acts_on

    @property
    def acts_on(self) -> tuple[str, ...]:
        """What it acts on, in letters; a card that only says it treats a cause acts on roots."""
        found = self.listed("acts_on")
        return (*found, "R") if self.content.get("root_cause") is True and "R" not in found else found

    @property
    def category(self) -> str:
        """The shelf it stands on; empty on none."""
        return str(self.content.get("category", ""))

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the codes its card lists: the threats it "answers", its "levels", what it "acts_on"."""
        found = self.content.get(name)
        return tuple(map(str, found)) if isinstance(found, list) else ()


@dataclass(frozen=True, slots=True)
class Version:
    """One adopted protocol and the day it was ratified."""

    protocol: Protocol
    day: date


def collective(assembly: Assembly) -> Collective:
    """Return what the assembly agreed about itself."""
    row = session.get(CollectiveRow, assembly.id)
    if row is None:
        return Collective()
    return Collective(
        rule=read_preset(row.rule) if row.rule is not None else None,
        priority=row.priority,
        voices=tuple(_voice(one) for one in row.voices),
        members=row.members,
        quiet=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.quiet),
        alert=row.alert,
        steps={int(level): words for level, words in row.steps.items()},
        profile=read_profile(row.profile),
        path=read_path(row.path),
    )


def terms(assembly: Assembly) -> Mapping[str, Mapping[str, str]]:
    """Return the assembly's own words in place of ours: {term: {tag: written}}."""
    row = session.get(CollectiveRow, assembly.id)
    return row.terms if row else {}


def own_words(assembly: Assembly) -> Mapping[str, Own]:
    """Return the same by language, for the pages."""
    found: dict[str, list[tuple[str, str]]] = {}
    for term, words in sorted(terms(assembly).items()):
        for tag, written in words.items():
            found.setdefault(tag, []).append((term, written))
    return {tag: tuple(own) for tag, own in found.items()}


def _voice(data: Mapping[str, object]) -> Voice:
    words = data.get("words")
    said = data.get("members", 0)
    members = said if isinstance(said, int) else 0
    return Voice(str(data["id"]), dict(words) if isinstance(words, Mapping) else {}, members)


def threats(assembly: Assembly) -> tuple[Threat, ...]:
    """Return every threat the assembly keeps, by code."""
    rows = session.scalars(select(ThreatRow).where(ThreatRow.assembly == assembly.id).order_by(ThreatRow.code))
    return tuple(_threat(row) for row in rows)


def _threat(row: ThreatRow) -> Threat:
    """Return a threat: the cause behind it apart from the signs it stands among."""
    signs = {tag: str(text) for tag, text in row.signs.items() if tag != "cause"}
    cause = row.signs.get("cause")
    return Threat(row.code, row.words, signs, row.domain, row.watched, cause if isinstance(cause, dict) else {})


def measures(assembly: Assembly) -> tuple[Measure, ...]:
    """Return every measure the assembly keeps, by code."""
    rows = session.scalars(select(MeasureRow).where(MeasureRow.assembly == assembly.id).order_by(MeasureRow.code))
    return tuple(Measure(row.code, row.words, row.content, row.offered) for row in rows)


def threat(assembly: Assembly, code: str) -> Threat | None:
    """Return one threat the assembly keeps, or None."""
    return next((one for one in threats(assembly) if one.code == code), None)


def measure(assembly: Assembly, code: str) -> Measure | None:
    """Return one measure the assembly keeps, or None."""
    return next((one for one in measures(assembly) if one.code == code), None)


def protocol(assembly: Assembly) -> Protocol:
    """Return the protocol in force; version 0 before the first."""
    versions = protocols(assembly)
    return versions[0].protocol if versions else Protocol()


def protocols(assembly: Assembly) -> tuple[Version, ...]:
    """Return every adopted protocol, the one in force first."""
    mine = select(ProtocolRow).where(ProtocolRow.assembly == assembly.id).order_by(ProtocolRow.version.desc())
    return tuple(Version(read_protocol(row.content, row.version), row.day) for row in session.scalars(mine))
