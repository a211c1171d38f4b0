"""Living the demonstration's past: every step is an act of several, a hand-in by a card, or a day that goes by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import cycle
from random import Random

from commons import clock, log, upkeep
from commons.assembly import Assembly
from deliberation.actions import asking, proposals, records, watching, weighing
from deliberation.actions.founding import Charter
from deliberation.cli import crowd, story
from deliberation.cli.crowd import Leanings, Person
from deliberation.cli.staging import Company, company
from deliberation.cli.story import Place, Words
from deliberation.domain.effort import SCALE
from deliberation.domain.hearing import EACH_VOICE
from deliberation.domain.protocol import Draft
from deliberation.domain.rounds import Stage
from deliberation.queries import catalogue
from surveys import door
from surveys.domain.cards import Code
from surveys.domain.logic import Answers
from surveys.domain.questionnaire import Questionnaire
from surveys.door import tailored

WEEK = 7
INFILTRATORS = 2
RULE = "R3"
MOST = 5


@dataclass(slots=True)
class Life:
    """One assembly living through its months. `people` hold a card each; `spare` are cards nobody drew."""

    place: Place
    time: clock.Clock
    random: Random
    company: Company
    people: tuple[Person, ...] = ()
    spare: tuple[Code, ...] = ()
    beside: dict[str, list[float]] = field(default_factory=dict)

    @property
    def assembly(self) -> Assembly:
        """The assembly as it is today."""
        return self.company.assembly

    def day(self, after: int) -> date:
        """Return the day so many days from today."""
        return clock.today(self.assembly) + timedelta(days=after)

    def wait(self, days: int) -> None:
        """Let days go by, with their upkeep."""
        self.time.move(days=days)
        upkeep.run()

    def draw_cards(self) -> None:
        """Draw a season's cards; each member takes one, the others are spares."""
        drawn = self.company.act(
            "surveys.cards", {"size": self.place.members + self.place.spares, "spares": self.place.spares}
        )
        codes = drawn.result if drawn and isinstance(drawn.result, tuple) else ()
        self.people = crowd.people(codes, [size for _, size in self.place.voices])
        self.spare = tuple(codes[len(self.people) :])

    def settle(self) -> None:
        """Choose a rule, name the voices, say what to do at each alert level, and what is watched."""
        voices = [{"id": f"V{at}", "words": words} for at, (words, _) in enumerate(self.place.voices, start=1)]
        named = voices if len(voices) > 1 else []
        wording = records.word(self.assembly, {"voices": named, "quiet": [], "profile": dict(self.place.profile)})
        rule = next(one for one in catalogue.rules() if one.code == RULE)
        members = self.place.members
        chosen = {"preset": rule.preset, "priority": EACH_VOICE, "members": members, "wording": wording}
        self.company.act("deliberation.choose", chosen)
        steps = records.word(self.assembly, {"steps": story.STEPS})
        self.company.act("deliberation.steps", {"wording": steps})
        self._watch()

    def _watch(self) -> None:
        """Take the place's threats and measures from the catalogue."""
        for threat in catalogue.threats():
            if threat.code in self.place.threats:
                card = watching.ThreatCard(threat.words, threat.code, threat.signs, threat.domain)
                watching.keep_threat(self.assembly, card)
        for measure in catalogue.measures():
            if measure.code in self.place.measures:
                card_of = watching.MeasureCard(measure.words, measure.code, measure.content)
                watching.keep_measure(self.assembly, card_of)

    def ask(self, kind: str, instrument: str, *, days: int = WEEK, carry: int = 0) -> str:
        """Draft a survey from a shipped instrument and open it together, effort weighed where something is carried."""
        terms: Mapping[str, object] = {}
        if kind == "baseline":
            terms = asking.baseline_terms(self.assembly)
        elif kind == "pulse":
            terms = asking.pulse_terms(self.assembly)
        drafted = self._filled(door.shipped(instrument))
        slug = door.draft(self.assembly, kind=kind, questionnaire=drafted, terms=terms, closes=self.day(days))
        if carry:
            efforts = dict(zip((one.id for one in drafted.lists["measures"]), cycle(SCALE), strict=False))
            weighing.weigh(self.assembly, slug, efforts, carry)
        self.company.act("surveys.open", {"survey": slug})
        return slug

    def _filled(self, instrument: Questionnaire) -> Questionnaire:
        lists = {
            "threats": asking.watched(self.assembly),
            "measures": asking.offered(self.assembly),
            "voices": asking.voices(self.assembly),
        }
        return tailored(instrument, {name: lists[name] for name in instrument.blanks if name in lists})

    def answer(self, slug: str, leanings: Leanings, *, people: int | None = None) -> tuple[Answers, ...]:
        """Let people (all of them by default) hand in their answers, and return them."""
        return crowd.hand_in(self.assembly, slug, self.people[:people], leanings, self.random)

    def compare(self, answers: Sequence[Answers]) -> None:
        """Work out, from the published seed, what an average and a live poll would have shown of each threat.

        Kept for the walk only: [mean of likelihood and severity over everybody, mean likelihood after 7 people, after
        8, what the eighth person therefore answered].
        """
        for threat in self.place.threats:
            likely = [one for given in answers if isinstance(one := given.get(f"C2.{threat}"), int) and one <= MOST]
            severe = [one for given in answers if isinstance(one := given.get(f"C3.{threat}"), int) and one <= MOST]
            seven, eight = sum(likely[:7]) / 7, sum(likely[:8]) / 8
            mean = (sum(likely) + sum(severe)) / (len(likely) + len(severe))
            self.beside[threat] = [round(mean, 1), round(seven, 2), round(eight, 2), likely[7]]

    def count(self, slug: str) -> None:
        """Open an ended box together."""
        self.company.act("surveys.count", {"survey": slug})

    def table(self, text: Words, threats: Sequence[str], *, serves: Sequence[str] = (), **more: object) -> str:
        """Write a proposal down and bring it before people."""
        draft = Draft(
            text=text,
            threats=frozenset(threats),
            serves=frozenset(serves),
            reach=story.REACH,
            protects=story.PROTECTS,
            endangers=story.ENDANGERS,
            effort=story.EFFORT,
            review=self.day(200),
        )
        slug = proposals.table(self.assembly, replace(draft, **more))  # type: ignore[arg-type] # fields of a draft
        proposals.explain(self.assembly, slug)
        return slug

    def amend(self, slug: str, text: Words | None = None) -> None:
        """Talk a proposal over, and change its words if there are new ones."""
        if text is not None:
            row = records.draft_of(records.proposal(self.assembly, slug))
            proposals.amend(self.assembly, slug, replace(row, text=text))
            return
        proposals.talk(self.assembly, slug, Stage.AMENDMENT)

    def round(self, slug: str, leanings: Leanings, *, days: int = 4) -> str:
        """Put a proposal to a sealed round and let everybody take a stance."""
        box = asking.draft_round(self.assembly, door.shipped("round"), [slug], closes=self.day(days))
        self.company.act("surveys.open", {"survey": box})
        self.answer(box, leanings)
        return box

    def raised(self, slug: str) -> tuple[str, ...]:
        """Return the objections that wait for a reply."""
        return proposals.unmet(self.assembly, records.proposal(self.assembly, slug))

    def heard(self) -> str:
        """Return the words of the log that are read aloud in the assembly."""
        return log.spoken_head(self.assembly)

    def decide_aloud(self, slug: str) -> str:
        """Record what the hall decided aloud, and its ratification; return the decision."""
        spoken = {"proposal": slug, "outcome": "adopted", "reason": "agreed", "quorum": True, "heard": self.heard()}
        self.company.act("deliberation.aloud", spoken)
        return self.ratify(slug)

    def ratify(self, slug: str) -> str:
        """Record that the assembly made the verdict its own; return the decision."""
        done = self.company.act("deliberation.ratify", {"proposal": slug, "heard": self.heard()})
        return str(done.result) if done else ""


def born(place: Place, time: clock.Clock, random: Random) -> Life:
    """Found one of the demonstration's assemblies and draw its cards."""
    charter = Charter(place.slug, place.title, story.TAGS, place.k, INFILTRATORS, story.ZONE)
    life = Life(place, time, random, company(charter, place.circle))
    life.draw_cards()
    return life
