"""A gathering to test in: a founded assembly, its circle, its cards, and everything done by the real acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from flask import Flask

from commons import clock, db, log, quorum
from commons.assembly import Assembly, load
from commons.quorum import Keys
from commons.settings import here
from deliberation.actions import asking, circle, founding, proposals, records, watching
from deliberation.actions.founding import Charter
from deliberation.actions.watching import MeasureCard, ThreatCard
from deliberation.domain.protocol import Actor, Criterion, Draft, Effect, Posture, Protocol, Relation
from deliberation.domain.rounds import Stage
from deliberation.queries import catalogue
from deliberation.queries.proposals import Proposal, proposal
from surveys import door
from surveys.domain.cards import Code
from surveys.domain.logic import Answer
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.reading import fill

WALK = Draft(
    text={"en": "Walk the boundary together"},
    threats=frozenset({"T12"}),
    reach=dict.fromkeys(Relation, Effect.PROTECTS),
    protects={"en": "families near the river"},
    effort={"en": "everyone in turn"},
    review=date(2026, 6, 1),
)
COMPANY = Protocol(
    principles={"en": "We speak only as a collective."},
    criteria=(Criterion("alone", {"en": "Nobody is left alone"}),),
    actors=(Actor("company", {"en": "The company"}, Posture.NO_DIALOGUE),),
)
PROTOCOL = replace(WALK, text={"en": "Our protocol"}, protocol=COMPANY, threats=frozenset())
PEOPLE: Mapping[str, object] = {
    "voices": [{"id": "river", "words": {"en": "River"}}, {"id": "hill", "words": {"en": "Hill"}}],
    "quiet": [["2026-05-01", "2026-05-07"]],
}
DAYS = 7


@dataclass(slots=True)
class Gathering:
    """An assembly at work. `keys` are its facilitators' opened keys."""

    assembly: Assembly
    keys: tuple[Keys, ...]
    cards: tuple[Code, ...] = field(default=())

    def sign(self, kind: str, params: Mapping[str, object], signers: int) -> quorum.Carried | None:
        """Propose an act and have some facilitators sign it; then the assembly is read again."""
        act = quorum.propose(self.assembly, kind, params)
        done = None
        for keys in self.keys[:signers]:
            done = quorum.approve(self.assembly, act, keys)
        self.assembly = load(self.assembly.id)
        return done

    def act(self, kind: str, **params: object) -> quorum.Carried:
        """Take an act with as many as it needs."""
        proposed = quorum.act(self.assembly, quorum.propose(self.assembly, kind, params))
        assert proposed is not None
        done = self.sign(kind, params, proposed.needed)
        assert done is not None
        return done

    def later(self, kind: str, time: clock.Clock, **params: object) -> None:
        """Take an act that has a delay, if it has one, and let it pass."""
        proposed = quorum.act(self.assembly, quorum.propose(self.assembly, kind, params))
        assert proposed is not None
        assert self.sign(kind, params, proposed.needed) is None
        time.move(days=quorum.kinds()[kind].delay_days)
        quorum.carry_out_due(self.assembly)
        self.assembly = load(self.assembly.id)

    def heard(self) -> str:
        """The words of the log, as the assembly heard them."""
        return log.spoken_head(self.assembly)

    def settle(self, code: str = "R3", *, members: int = 12, priority: str = "each_voice") -> None:
        """Choose a rule of the catalogue, voices and members."""
        preset = next(rule.preset for rule in catalogue.rules() if rule.code == code)
        wording = records.word(self.assembly, PEOPLE)
        self.act("deliberation.choose", preset=preset, priority=priority, wording=wording, members=members)

    def watch(self, threats: Sequence[str] = ("T12", "T04"), measures: Sequence[str] = ("M07", "M17", "M42")) -> None:
        """Watch some threats and offer some measures of the catalogue."""
        for threat in (one for one in catalogue.threats() if one.code in threats):
            watching.keep_threat(self.assembly, ThreatCard(threat.words, threat.code, threat.signs, threat.domain))
        for measure in (one for one in catalogue.measures() if one.code in measures):
            watching.keep_measure(self.assembly, MeasureCard(measure.words, measure.code, measure.content))

    def draw(self, size: int = 30) -> None:
        """Draw a season's cards."""
        drawn = self.act("surveys.cards", size=size).result
        assert isinstance(drawn, tuple)
        self.cards = drawn

    def propose(self, draft: Draft = WALK, *, amended: bool = True) -> str:
        """Table a proposal, explain it, and bring it to its amendments."""
        slug = proposals.table(self.assembly, draft)
        proposals.explain(self.assembly, slug)
        if amended:
            proposals.talk(self.assembly, slug, Stage.AMENDMENT)
        return slug

    def closes(self) -> date:
        """The last day of a box opened now."""
        return clock.today(self.assembly) + timedelta(days=DAYS)

    def baseline(self) -> str:
        """Draft a short baseline about everything the assembly watches, and return its slug."""
        lists = {"threats": asking.watched, "measures": asking.offered, "voices": asking.voices}
        asked = fill(door.shipped("short-baseline"), **{name: of(self.assembly) for name, of in lists.items()})
        terms = asking.baseline_terms(self.assembly)
        return door.draft(self.assembly, kind="baseline", questionnaire=asked, terms=terms, closes=self.closes())

    def pulse(self) -> str:
        """Draft a pulse and return its slug."""
        asked, terms = door.shipped("pulse"), asking.pulse_terms(self.assembly)
        return door.draft(self.assembly, kind="pulse", questionnaire=asked, terms=terms, closes=self.closes())

    def round(self, *slugs: str, stage: int = 0) -> str:
        """Draft a round and return its slug."""
        return asking.draft_round(self.assembly, door.shipped("round"), slugs, closes=self.closes(), stage=stage)

    def open(self, slug: str) -> Questionnaire:
        """Open a box and return what it asks."""
        self.act("surveys.open", survey=slug)
        found = door.survey(self.assembly, slug)
        assert found is not None
        return found.questionnaire

    def answer(self, slug: str, asked: Questionnaire, answers: Sequence[Mapping[str, Answer]]) -> None:
        """Hand in one ballot a card, in order."""
        for code, given in zip(self.cards, answers, strict=False):
            door.hand_in(self.assembly, slug, asked, code, given)

    def count(self, slug: str, time: clock.Clock) -> None:
        """Let the box end, and open it together."""
        time.move(days=DAYS + 1)
        self.act("surveys.count", survey=slug)

    def held(self, time: clock.Clock, slug: str, stances: Sequence[int], **ticked: frozenset[int]) -> str:
        """Hold a sealed round on one proposal, from its draft to its release; return the survey's slug."""
        survey = self.round(slug)
        asked = self.open(survey)
        extra: dict[str, Answer] = {f"{key}.{slug}": those for key, those in ticked.items()}
        first, *rest = [{f"S1.{slug}": stance} for stance in stances]
        self.answer(survey, asked, [first | extra, *rest])
        self.count(survey, time)
        return survey

    def seen(self, slug: str) -> Proposal:
        """A proposal as pages see it."""
        found = proposal(self.assembly, slug)
        assert found is not None
        return found

    def spoken(self, slug: str) -> dict[str, object]:
        """The params of a decision taken aloud."""
        return {"proposal": slug, "outcome": "adopted", "reason": "agreed", "quorum": True, "heard": self.heard()}

    def aloud(self, slug: str, outcome: str = "adopted", reason: str = "agreed", **more: object) -> None:
        """Take a decision aloud."""
        self.act("deliberation.aloud", **(self.spoken(slug) | {"outcome": outcome, "reason": reason} | more))

    def ratify(self, slug: str) -> object:
        """Record that the assembly ratified; return the decision's slug, or None."""
        return self.act("deliberation.ratify", proposal=slug, heard=self.heard()).result

    def adopt(self, draft: Draft = WALK) -> str:
        """Adopt a proposal aloud, and return the slug of the decision."""
        slug = self.propose(draft)
        self.aloud(slug)
        return str(self.ratify(slug))


def gathering(slug: str = "river", *, n: int = 5, k: int = 3, t: int = 1) -> Gathering:
    """Found an assembly whose circle has just sat down."""
    passphrases = [
        f"kamo tiru sena lobe {word}" for word in ("dafa", "defe", "difi", "dofo", "dufu", "kaka", "keke")[:n]
    ]
    charter = Charter(slug, "River", ("en", "fr", "es"), k, t, "America/Guatemala")
    assembly = founding.found(charter, passphrases)
    circle._tries._buckets.clear()
    keys = tuple(circle.unlock(assembly, slot, one) for slot, one in enumerate(passphrases, start=1))
    return Gathering(assembly, keys)


def ready(code: str = "R3", *, members: int = 12, slug: str = "river") -> Gathering:
    """A gathering that chose its rule, watches threats and has cards."""
    found = gathering(slug)
    found.settle(code, members=members)
    found.watch()
    found.draw()
    return found


_kept: dict[datetime, tuple[bytes, bytes, Gathering]] = {}


def resumed(app: Flask) -> Gathering:
    """The gathering of `ready`, lived once for each hour it begins at: its database and its key are put back."""
    file, hour = here().settings.instance / "palabre.sqlite", clock.now()
    if hour not in _kept:
        found = ready()
        db.session.remove()
        _kept[hour] = file.read_bytes(), here().key, found
    rows, key, found = _kept[hour]
    db.db.engine.dispose()
    file.write_bytes(rows)
    app.extensions["palabre"] = replace(here(), key=key)
    circle._tries._buckets.clear()
    return replace(found)


def changed(draft: Draft, text: str) -> Draft:
    """The same proposal in other words."""
    return replace(draft, text={"en": text})
