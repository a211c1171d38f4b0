"""An assembly with something behind every address: what can be asked of the house, and everything it holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from commons import access, db, quorum
from commons.db import Base
from commons.settings import here
from tests.deliberation.gathering import Gathering, gathering, resumed
from tests.visitor import Visitor

VERBS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
SLIDES = {"session": ("idle",)}
"""Columns that move when somebody merely looks."""

Rows = Mapping[str, list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The assembly, another one that must stay apart, and what stands in each place of an address."""

    app: Flask
    river: Gathering
    other: Gathering
    named: Mapping[str, str]
    decision: str

    def address(self, rule: Rule) -> str:
        """Return an address of this rule where there is something."""
        slug = self.decision if "/decisions/" in rule.rule else self.named["slug"]
        named = {**self.named, "slug": slug, "code": "M07" if "/measures/" in rule.rule else "T12"}
        return str(rule.build({name: named[name] for name in rule.arguments}, append_unknown=False)[1])  # type: ignore[index]  # every name is given

    def addresses(self) -> Iterator[tuple[Rule, str]]:
        """Yield every rule of the house with such an address, in order."""
        for rule in sorted(self.app.url_map.iter_rules(), key=str):
            yield rule, self.address(rule)

    def stranger(self) -> Visitor:
        """Return somebody who knows nothing."""
        return Visitor(self.app)

    def member(self) -> Visitor:
        """Return somebody with the reading word."""
        return Visitor(self.app).reads(self.river.assembly)

    def facilitator(self, place: Gathering | None = None, slot: int = 1) -> Visitor:
        """Return somebody who sits in the circle of the assembly, or of the other one."""
        visitor = Visitor(self.app)
        visitor.client.set_cookie(access.SITTING, access.sit_down((place or self.river).assembly, slot))
        return visitor


def standing(app: Flask) -> Standing:
    """Return the assembly with an open box, an adopted decision, a proposal on its way and an act that waits."""
    river = resumed(app)
    box = river.pulse()
    river.open(box)
    decision, slug = river.adopt(), river.propose()
    act = quorum.propose(river.assembly, "surveys.close", {"survey": box})
    other = gathering("hill", n=3, k=2)
    named = {
        "tag": "en",
        "assembly": "river",
        "survey": box,
        "slug": slug,
        "act": "close",
        "act_id": act,
        "instrument": "pulse",
        "filename": "palabre.css",
    }
    return Standing(app, river, other, named, decision)


def held() -> Rows:
    """Return every row of every table, but what moves when somebody merely looks."""
    db.session.rollback()
    found = {}
    for name, table in sorted(Base.metadata.tables.items()):
        columns = [column for column in table.c if column.name not in SLIDES.get(name, ())]
        found[name] = sorted((tuple(row) for row in db.session.execute(select(*columns))), key=repr)
    db.session.rollback()
    return found


def token(visitor: Visitor) -> str:
    """Return the token the forms of this sitting carry."""
    page = visitor.visit("/en/river/circle/")
    return page.all("input", name="form_token")[0].get("value", "")


@dataclass(frozen=True, slots=True)
class Kept:
    """The database as it stood, to be put back as often as one likes."""

    file: Path
    rows: bytes

    def back(self) -> None:
        """Put it back."""
        db.session.remove()
        db.db.engine.dispose()
        self.file.write_bytes(self.rows)


def kept() -> Kept:
    """Return the database as it stands now."""
    db.session.remove()
    file = here().settings.instance / "palabre.sqlite"
    return Kept(file, file.read_bytes())
