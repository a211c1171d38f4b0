"""What judges said of an opened box, told on the page of its results; and what it could betray, told beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commons.assembly import Assembly
from commons.i18n import gettext, pick
from deliberation.domain.betrayal import betrays
from deliberation.domain.hearing import EACH_VOICE, number
from deliberation.domain.measures import HARMFUL, PLACES
from deliberation.domain.presets import read_rule
from deliberation.domain.ratings import RATINGS
from deliberation.domain.risk import Tier
from deliberation.domain.rules import Outcome, Reason
from deliberation.phrases import effort, plan, risks, rounds
from deliberation.phrases.proposals import SAY
from surveys import door
from surveys.domain.questionnaire import Choice, Questionnaire, Words

Closed = Mapping[str, object]
Told = tuple[str, Mapping[str, object]]
LARGEST = 600
"""Ballots up to which it is worked out what a verdict makes certain; above, the page says that it was not."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A threat or a measure, and one sentence why it stands where it does."""

    words: Words
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things that stand together; `name` is "now", "next", "watch" or "unknown" for tiers."""

    name: str
    title: str
    things: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list of measures: its first place, the measures on it, and what ties leave open about them."""

    first: int
    things: tuple[Words, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What a round gave on one proposal: closed values in words, never a number."""

    slug: str
    words: Words
    outcome: str
    why: str
    adopted: bool
    blocked: bool
    reasons: tuple[str, ...]
    state: str


def baseline(questionnaire: Questionnaire, terms: Closed, closed: Closed) -> Told:
    """Tell the tiers of threats and their order, the measures to work on first, and how both were judged."""
    named = {choice.id: choice.text for members in questionnaire.lists.values() for choice in members}
    told = {
        "tiers": tiers(named, closed),
        "tiers_lead": _tiers_lead(terms),
        "order": order(named, closed, "order"),
        "by_voice": order(named, closed, "order_by_voice") if _heeds_voices(terms) else (),
        "standings": risks.standings(named, closed),
        "table": risks.rows(terms.get("table")) if "above" in closed else (),
        "doubts": risks.doubts(named, closed),
        "sequence": places(named, terms, closed),
        "sequence_lead": _sequence_lead(questionnaire, terms),
        "firm": firm(named, closed),
        "covered": risks.covered(named, terms, closed),
        "measures": measures(named, closed),
        "measures_lead": _measures_lead(questionnaire, terms, closed),
    }
    return "deliberation/told_baseline.html", told


def _heeds_voices(terms: Closed) -> bool:
    return terms.get("priority") == EACH_VOICE


def _tiers_lead(terms: Closed) -> str:
    """Say how the tiers were judged, by the frozen terms."""
    if _heeds_voices(terms):
        return gettext("A danger grave for one of our voices is everyone’s. Inside a group the order says nothing.")
    return gettext("Judged over all of us together. Inside a group the order says nothing.")


def _measures_lead(questionnaire: Questionnaire, terms: Closed, closed: Closed) -> tuple[str, ...]:
    """Say how the measures were chosen, by what was released, and what kept others from it, by the frozen terms."""
    parts = gettext("Chosen so that every group that holds together gets its part.")
    wanted = gettext("Chosen among the most wanted. Not every group that holds together could get its part.")
    weighed = effort.weighed(questionnaire, terms)
    how = effort.lead(weighed) if weighed else parts if closed.get("proportional") is True else wanted
    audited = (effort.fair(),) if weighed and closed.get("proportional") is True else ()
    chosen = (how, *audited) if _ids(closed, "chosen") else ()
    if not any(item.question.id == HARMFUL for item in questionnaire.items):
        return chosen
    voices = gettext("What one in five of us, or of one of our voices, say would harm somebody is to be amended first.")
    whole = gettext("What one in five of us say would harm somebody is to be amended first.")
    return (*chosen, voices if _heeds_voices(terms) else whole)


def order(named: Mapping[str, Words], closed: Closed, kind: str) -> tuple[tuple[Words, ...], ...]:
    """Return things in the order a judge said; those that stand together alphabetical. Nothing where it said none."""
    groups = closed.get(kind)
    ties = groups if isinstance(groups, list) else []
    told = (sorted((named[key] for key in tie if key in named), key=lambda one: pick(one).text) for tie in ties)
    return tuple(tuple(tie) for tie in told if tie)


def places(named: Mapping[str, Words], terms: Closed, closed: Closed) -> tuple[Line, ...]:
    """Return the lines of a list of measures, each with its first place and what ties leave open about its places."""
    found, first = list[Line](), 1
    for things in order(named, closed, "sequence"):
        most = number(terms, "places", PLACES)
        said = risks.place(first, min(most, first + len(things) - 1)) if len(things) > 1 else ""
        if first + len(things) - 1 > most:
            said = gettext("More of them than places left: the assembly chooses.")
        found.append(Line(first, things, said))
        first += len(things)
    return tuple(found)


def _sequence_lead(questionnaire: Questionnaire, terms: Closed) -> str:
    if effort.weighed(questionnaire, terms):
        return gettext("In the order in which they were taken up.")
    return gettext(
        "Wherever this list is cut, every group that holds together has its part of what is above, or the page says so."
    )


def firm(named: Mapping[str, Words], closed: Closed) -> str:
    """Say which of the chosen things stay whoever is left out; nothing where no judge said so or nothing is chosen."""
    chosen, stay = set(_ids(closed, "chosen")), _ids(closed, "firm")
    if "firm" not in closed or not chosen:
        return ""
    if chosen == set(stay):
        return gettext("All of these stay on the list, whichever one of us is left out.")
    if not stay:
        return gettext("Each of these could leave the list if one of us had not answered.")
    names = sorted(pick(named[key]).text for key in stay if key in named)
    return gettext(
        "These stay on the list, whichever one of us is left out: %(names)s.", names=gettext("; ").join(names)
    )


def tiers(named: Mapping[str, Words], closed: Closed) -> tuple[Group, ...]:
    """Return the threats by tier, alphabetical inside; a tier with nothing in it is left out, but the first is not."""
    found, why = _texts(closed, "tier"), _texts(closed, "tier_reason")
    groups = (
        Group(name, plan.tier(name), _placed(named, why, (key for key, tier in found.items() if tier == name)))
        for name in Tier
    )
    return tuple(group for group in groups if group.things or group.name == Tier.NOW)


def measures(named: Mapping[str, Words], closed: Closed) -> tuple[Group, ...]:
    """Return the measures chosen, those tied, and those to amend first."""
    why = _texts(closed, "measure_reason")
    stopped = [key for key, state in _texts(closed, "eligibility").items() if state == "to_amend"]
    tied = _ids(closed, "tied")
    chosen = [key for key in _ids(closed, "chosen") if key not in tied]
    groups = (
        Group("chosen", gettext("To work on first"), _placed(named, why, chosen)),
        Group("tied", gettext("As wanted as each other"), _placed(named, why, tied)),
        Group("amend", gettext("To amend first"), _placed(named, why, stopped)),
    )
    return tuple(group for group in groups if group.things)


def _placed(named: Mapping[str, Words], why: Mapping[str, str], keys: Iterable[str]) -> tuple[Placed, ...]:
    things = [Placed(named[key], plan.why(why.get(key, ""))) for key in keys if key in named]
    return tuple(sorted(things, key=lambda thing: pick(thing.words).text))


def pulse(_questionnaire: Questionnaire, _terms: Closed, closed: Closed) -> Told:
    """Tell what a pulse advises about the alert level."""
    return "deliberation/told_pulse.html", {"advice": plan.advice(str(closed.get("advice", "")))}


def round_told(questionnaire: Questionnaire, _terms: Closed, closed: Closed) -> Told:
    """Tell the verdict on each proposal, and which objections were raised."""
    given = heard(questionnaire, closed)
    grouped = {one: [told for told in given if told.outcome == rounds.outcome(one)] for one in Outcome}
    outcomes = [(rounds.outcome(one, len(found)), found) for one, found in grouped.items() if found]
    return "deliberation/told_round.html", {"heard": given, "outcomes": outcomes}


def heard(questionnaire: Questionnaire, closed: Closed) -> tuple[Heard, ...]:
    """Return what a round gave on each of its proposals, in the order they were asked."""
    outcome, reason = _texts(closed, "outcome"), _texts(closed, "reason")
    asked = [one for one in questionnaire.lists.get("proposals", ()) if one.id in outcome]
    blocks, raised, states = _mapping(closed, "block"), _mapping(closed, "reasons"), _texts(closed, "state")
    return tuple(
        Heard(
            slug=one.id,
            words=one.text,
            outcome=rounds.outcome(Outcome(outcome[one.id])),
            why=rounds.reason(Reason(reason[one.id])),
            adopted=Outcome(outcome[one.id]) in {Outcome.ADOPTED, Outcome.WITH_RESERVATIONS},
            blocked=blocks.get(one.id) is True,
            reasons=_raised(questionnaire, one, raised.get(one.id)),
            state=rounds.state(states[one.id]) if one.id in states else "",
        )
        for one in asked
    )


def _raised(questionnaire: Questionnaire, proposal: Choice, keys: object) -> tuple[str, ...]:
    """Say what was raised: which principle would suffer, what would help somebody agree."""
    about = [item for item in questionnaire.items if item.subject and item.subject.id == proposal.id]
    named = {
        choice.id: SAY[item.question.id](pick(choice.text).text)
        for item in about
        if item.question.id in SAY
        for choice in item.question.choices
    }
    return tuple(named[str(key)] for key in keys if str(key) in named) if isinstance(keys, list) else ()


def round_warnings(assembly: Assembly, questionnaire: Questionnaire, terms: Closed) -> tuple[str, ...]:
    """Say, before anybody signs, what the verdicts of a round could make certain, and what was not looked at."""
    rule, declared, infiltrators = terms.get("rule"), terms.get("declared"), terms.get("infiltrators")
    if not isinstance(rule, Mapping) or not isinstance(declared, int) or not isinstance(infiltrators, int):
        return (gettext("Not checked: what the verdicts of this round make certain."),)
    cards, asked, called = (
        max((one.size for one in door.card_sets(assembly)), default=0),
        read_rule(rule),
        terms.get("cards"),
    )
    floor, most = 2 * infiltrators + 3, max(declared, cards)
    found = betrays(
        asked,
        infiltrators=infiltrators,
        declared=declared,
        ballots=range(floor, min(most, LARGEST) + 1),
        floor=floor,
        cards=called if isinstance(called, int) else 0,
    )
    voices = (rounds.of_voices(),) if asked.voices else ()
    harms = (rounds.of_harm(),) if RATINGS in terms else ()
    several = len(questionnaire.lists.get("proposals", ())) > 1
    return (
        *rounds.betrayals(found),
        *voices,
        *harms,
        *rounds.exceptions(several=several),
        *rounds.unchecked(found, most),
    )


def _mapping(closed: Closed, kind: str) -> Mapping[str, object]:
    found = closed.get(kind)
    return found if isinstance(found, Mapping) else {}


def _texts(closed: Closed, kind: str) -> Mapping[str, str]:
    return {key: str(value) for key, value in _mapping(closed, kind).items()}


def _ids(closed: Closed, kind: str) -> tuple[str, ...]:
    found = closed.get(kind)
    return tuple(str(one) for one in found) if isinstance(found, list) else ()
