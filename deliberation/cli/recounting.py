"""What the rules for lists make of an open file, in sentences, and as data whose order never changes."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np

from deliberation.cli.telling import (
    Asked,
    Data,
    NotHere,
    Told,
    audit_data,
    audited,
    by_score,
    every_audit,
    figure,
    ids,
    left_without,
    listed,
    names,
    step_data,
    time_of,
    usual,
    whole,
)
from deliberation.cli.waiting import Waiting
from deliberation.domain import retrace
from deliberation.domain.retrace import Limit, Step
from deliberation.interchange.election import Conversation, Election
from surveys.domain import ranking
from surveys.domain.proportional import MANY, Prefix, audit, audits, growing, pack
from surveys.domain.shares import Bundle, Worth, equal_shares


def as_election(conversation: Conversation) -> Election:
    """Return the same people and statements, an agreement being an approval."""
    approvals = conversation.votes == 1
    scores = tuple(map(Fraction, approvals.sum(axis=0).tolist()))
    taken = "An agreement counts as approved; a pass, a disagreement and what was not seen do not."
    return Election(conversation.title, conversation.items, approvals, scores, taken, notes=conversation.notes)


def by_approval(election: Election, asked: Asked) -> Told:
    """Spend the budget in the order of votes, or give the places in that order, ties shown."""
    budget, places = asked.budget or election.budget, asked.places
    if budget is not None and places is None and election.costs:
        costs = [item.cost for item in election.items]
        spent = retrace.by_votes(election.scores, costs, [Limit(budget)])
        lines = [f"By the order of votes, the budget of {figure(budget)} buys {len(spent.chosen)} projects:"]
        lines += [f"  {line}" for line in listed(election, by_score(election, spent.chosen))]
        if spent.tied:
            lines.append(
                f"Equal votes, and not all fit: {names(election, spent.tied)}. The first in the file is taken."
            )
        lines += left_without(election, spent.chosen)
        data: Data = {"chosen": ids(election, spent.chosen - spent.tied), "tied": ids(election, spent.tied)}
        return Told(tuple(lines), data, spent.chosen)
    return _by_places(election, places or usual(election))


def _by_places(election: Election, places: int) -> Told:
    order = by_score(election, range(len(election.items)))
    edge = election.scores[order[min(places, len(order)) - 1]]
    sure = {item for item in order if election.scores[item] > edge}
    level = {item for item in order if election.scores[item] == edge}
    if len(sure) + len(level) <= places:
        sure, level = sure | level, set()
    lines = [f"By the number of votes, the first {places}:"]
    lines += [f"  {line}" for line in listed(election, by_score(election, sure | level))]
    if level:
        lines.append(f"Equal for the last {places - len(sure)} of the places: {names(election, level)}.")
    found = audit(pack(election.approvals), order[:places], ballots=election.ballots)
    lines += [*audited(election, found, places), *left_without(election, order[:places])]
    data: Data = {"chosen": ids(election, sure), "tied": ids(election, level), "audit": audit_data(election, found)}
    return Told(tuple(lines), data, frozenset(order[:places]))


def by_phragmen(election: Election, asked: Asked) -> Told:
    """Give the places by sequential Phragmén, with the time of each and the audit of each prefix."""
    planes, places = pack(election.approvals), asked.places or usual(election)
    prefixes = tuple(Waiting(places, "places").through(growing(planes, size=places)))
    steps = retrace.by_phragmen(planes, prefixes)
    order = [step.item for step in steps]
    audited_all = audits(planes, order, ballots=election.ballots)
    lines = ["Sequential Phragmén: everybody earns one coin per unit of time, and a place costs one coin.", ""]
    if election.costs:
        lines[1:1] = ["It looks at wishes and not at costs: equal-shares spends the budget."]
    for place, (step, prefix) in enumerate(zip(steps, prefixes, strict=False), start=1):
        lines.append(f"  {place:>3}  {election.items[step.item].words}")
        lines.append(f"       {time_of(step)}")
        if prefix.tied:
            lines.append(f"       Tied for the first {place}: {names(election, prefix.tied)}.")
    lines += ["", *_short(steps, prefixes, places), *every_audit(election, audited_all)]
    lines += left_without(election, [step.item for step in steps])
    data: Data = {
        "steps": [step_data(election, step, "time") for step in steps],
        "prefixes": [
            {"size": one.size, "chosen": ids(election, one.chosen), "tied": ids(election, one.tied)} for one in prefixes
        ],
        "audit": [audit_data(election, found) for found in audited_all],
        "chosen": ids(election, prefixes[-1].chosen if prefixes else ()),
        "tied": ids(election, prefixes[-1].tied if prefixes else ()),
    }
    return Told(tuple(lines), data, frozenset(step.item for step in steps))


def _short(steps: Sequence[Step], prefixes: Sequence[Prefix], places: int) -> Iterator[str]:
    if len(steps) < places and prefixes and len(prefixes[-1].lists) > MANY:
        yield f"More than {MANY} lists are equally right here: the other places are for people to settle."
    elif len(steps) < places:
        yield f"Only {len(steps)} places: nobody wishes for what is left."


def by_shares(election: Election, asked: Asked) -> Told:
    """Spend the budget by equal shares, with the price of each purchase; without costs, the places."""
    budget, costs = _budget(election, asked)
    planes, (amounts, total) = pack(election.approvals), whole(costs, budget)
    worth = Worth.COST if asked.per_cost else Worth.ONE
    waiting = Waiting(len(costs), "items bought")
    found = equal_shares(
        planes, amounts, total, ballots=election.ballots, worth=worth, complete=asked.complete, bought=waiting.at
    )
    waiting.clear()
    one = found.lists[0]
    money = budget / election.ballots
    steps = retrace.by_shares(planes, costs, money, found.order)
    lines = [
        f"Equal shares: each of {election.ballots} people holds {figure(money)} of the budget of {figure(budget)}.",
        "Those who wish for the same thing pay the same for it, or all that they have left.",
        "",
        *_bought(election, steps),
        "",
        f"Spent: {figure(sum((costs[item] for item in one), Fraction(0)))} of {figure(budget)}, on {len(one)} items.",
        *_equally_right(election, found),
        *left_without(election, one),
    ]
    data: Data = {
        "budget": str(budget),
        "worth": worth.value,
        "completed": asked.complete,
        "steps": [step_data(election, step, "price") for step in steps],
        "chosen": ids(election, found.chosen),
        "tied": ids(election, found.tied),
        "lists": [ids(election, each) for each in found.lists],
        "settled": found.settled,
    }
    if not election.costs:
        data["audit"] = audit_data(election, audit(planes, one, ballots=election.ballots))
        lines += audited(election, audit(planes, one, ballots=election.ballots), len(one))
    return Told(tuple(lines), data, one)


def _budget(election: Election, asked: Asked) -> tuple[Fraction, list[Fraction]]:
    """Return the budget and the costs: without costs, as many places at 1 each. Raises `NotHere`."""
    if not election.ballots:
        raise NotHere("There is not one ballot. Choose a file with ballots.")
    if not election.costs:
        return asked.budget or Fraction(asked.places or usual(election)), [Fraction(1)] * len(election.items)
    budget = asked.budget or election.budget
    if budget is None:
        raise NotHere("The file tells no budget. Say it with --budget.")
    return budget, [item.cost for item in election.items]


def _bought(election: Election, steps: Iterable[Step]) -> Iterator[str]:
    for place, step in enumerate(steps, start=1):
        cost = f" (cost {figure(election.items[step.item].cost)})" if election.costs else ""
        yield f"  {place:>3}  {election.items[step.item].words}{cost}"
        yield f"       {_price(step)}"


def _price(step: Step) -> str:
    if step.price is None:
        return f"bought from what was left, by time; {step.people} people wished for it, {step.waiting} had nothing yet"
    return f"{step.people} people paid at most {figure(step.price)} each; {step.waiting} of them had nothing yet"


def _equally_right(election: Election, found: Bundle) -> Iterator[str]:
    if found.tied:
        yield f"{len(found.lists)} choices are equally right; the first is told."
        yield f"In some of them only: {names(election, found.tied)}."
    if not found.settled:
        yield "There are too many equally right ways to follow all of them: the rest is for people to settle."


def by_points(election: Election, _asked: Asked) -> Told:
    """Order the items by the lower median of the points they were given, equal medians level, sums beside."""
    if election.points is None or not election.ballots:
        raise NotHere("This file holds no whole points. Choose phragmen, equal-shares or approval.")
    medians = [int(one or 0) for one in ranking.points_medians(election.points)]
    tiers = ranking.tiers(medians)
    lines = ["By the lower median of their points, the highest first; who gave none gave 0:"]
    for place, tier in enumerate(tiers, start=1):
        lines.append(f"  {place:>3}  median {medians[min(tier)]}")
        lines += [
            f"       {election.items[item].words} ({figure(election.scores[item])} in all)" for item in sorted(tier)
        ]
    data: Data = {
        "tiers": [ids(election, tier) for tier in tiers],
        "medians": {election.items[item].name: median for item, median in enumerate(medians)},
        "sums": {election.items[item].name: str(total) for item, total in enumerate(election.scores)},
    }
    return Told(tuple(lines), data, tiers[0] if tiers else frozenset())


def by_ranking(election: Election, rule: str) -> Told:
    """Order the items by one of the rules for rankings, items that stand level together, circles shown."""
    if election.ranks is None:
        raise NotHere("This file holds no rankings. Choose phragmen, equal-shares or approval.")
    top = election.ranks.max(initial=0) + 1
    levels = np.where(election.ranks > 0, top + 1 - election.ranks, (election.ranks > 0).any(axis=1, keepdims=True))
    margins = ranking.margins(levels.astype(np.int64))
    tiers, scores = _tiers(rule, margins)
    lines = [f"By {rule}, the highest first; what a ranking leaves out stands last, and level:"]
    for place, tier in enumerate(tiers, start=1):
        told = f"  ({scores[min(tier)]})" if scores else ""
        lines.append(f"  {place:>3}  {names(election, tier)}{told}")
    circles = [tier for tier in ranking.cycles(margins) if len(tier) > 1]
    lines += [f"A circle of majorities, or level: {names(election, tier)}." for tier in circles]
    data: Data = {
        "tiers": [ids(election, tier) for tier in tiers],
        "scores": {election.items[item].name: score for item, score in enumerate(scores)},
        "circles": [ids(election, tier) for tier in circles],
        "margins": margins.tolist(),
    }
    return Told(tuple(lines), data, tiers[0] if tiers else frozenset())


def _tiers(rule: str, margins: ranking.Margins) -> tuple[ranking.Tiers, Sequence[int]]:
    """Return the tiers by a rule, and its score for each item where it has one. Raises `NotHere`."""
    if rule == "schulze":
        return ranking.schulze(margins), ()
    if rule == "split-cycle":
        return ranking.split_cycle(margins), ()
    if rule == "ranked-pairs":
        found = ranking.ranked_pairs(margins)
        if found is None:
            raise NotHere("There are too many ways to settle equal majorities for ranked pairs. Choose schulze.")
        return found.tiers, ()
    scores = {"borda": ranking.borda, "copeland": ranking.copeland, "minimax": ranking.minimax}[rule](margins)
    return ranking.tiers(scores), scores
