"""The official outcome of a file beside ours: is it what the order of votes buys, and what would a rule change?"""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from deliberation.cli.telling import Data, Told, ids, names, whole
from deliberation.cli.waiting import Waiting
from deliberation.domain import retrace, towns
from deliberation.domain.retrace import Limit
from deliberation.interchange.election import WITHDRAWN, Election
from surveys.domain.proportional import pack

GREEDY = ("greedy", "greedy-no-skip", "greedy-threshold")
"""The rules of Pabulib that go by the order of votes alone."""
SHARES = ("equalshares", "equalshares-comparison", "equalshares/add1", "equalshares/add1-comparison")
"""Its rules of equal shares: with what is left over or not, beside the order of votes or not."""
ADDED, BESIDE = "/add1", "-comparison"
ALONE = "That rule cannot be applied from the file alone."
UNTOLD = {"greedy-exclusive": "That rule leaves out projects that exclude one another; the file does not tell which."}
NEXT = "Here is how the order of votes differs."
LONG = "Adding up what is left takes too many steps here to compare."


def compared(election: Election, chosen: Collection[int], rule: str) -> Told:
    """Say how the official outcome of the file, where it tells one, stands to the votes and to this rule's outcome."""
    official = {at for at, item in enumerate(election.items) if item.selected}
    told = [at for at, item in enumerate(election.items) if item.told is not None]
    differ = [at for at in told if election.items[at].told != election.scores[at]]
    counts = [_own_counts(election, len(told), differ)] if told else []
    if all(item.selected is None for item in election.items):
        return Told(("", *counts) if counts else (), {})
    apart = {at for at, item in enumerate(election.items) if item.apart}
    greedy, (own, note) = _greedy(election, "greedy"), _own(election)
    found = greedy if own is None else own
    lines = [
        "",
        f"Officially {len(official)} projects were selected"
        + (f" (rule: {election.official})." if election.official else "."),
        *note,
    ]
    if apart:
        lines.append(f"By a decision beside the vote: {names(election, apart)}.")
    by_votes = own is None or (own == greedy and election.official.lower() not in SHARES)
    lines += _beside(election, official - apart, found - apart, by_votes=by_votes)
    lines += [*_changes(election, official, set(chosen), rule), *counts]
    data: Data = {
        "selected": ids(election, official),
        "by_votes": greedy == official,
        "own_rule": None if own is None else own - apart == official - apart,
        "apart": ids(election, apart),
        "added": ids(election, set(chosen) - official),
        "removed": ids(election, official - set(chosen)),
        "counts_differ": ids(election, differ),
    }
    return Told(tuple(lines), {"official": data})


def _beside(election: Election, official: set[int], found: frozenset[int], *, by_votes: bool) -> Iterator[str]:
    """Say whether what was selected is what was found, by votes or else by the file’s own rule, and what differs."""
    means, who = ("the order of votes buys", "votes") if by_votes else ("that rule gives here", "that rule")
    if found == official:
        yield f"That is what {means}."
        return
    yield f"That is not what {means}:"
    yield from (f"  + {election.items[one].words}" for one in sorted(official - found))
    yield from (f"  - {election.items[one].words} (bought by {who}, not selected)" for one in sorted(found - official))


def _budget(election: Election) -> Fraction:
    """Return what could be spent at the vote; where no budget is told, what was spent."""
    if election.budget is not None:
        return election.budget
    return sum((item.cost for item in election.items if item.selected), Fraction(0))


def _greedy(election: Election, rule: str) -> frozenset[int]:
    """Return what the order of votes buys: passing over what does not fit, or stopping there; from a score on.

    It keeps within the budgets of the parts that the file tells.
    """
    budget = _budget(election)
    official = {at for at, item in enumerate(election.items) if item.selected}
    limit = election.threshold if rule != "greedy" else Fraction(0)
    costs = [item.cost for item in election.items]
    free = {at for at, score in enumerate(election.scores) if score >= limit and costs[at] != WITHDRAWN}
    limits, passing = [Limit(budget), *election.parts], rule != "greedy-no-skip"
    return retrace.by_votes(election.scores, costs, limits, among=free, prefer=official, passing=passing).chosen


def _own(election: Election) -> tuple[frozenset[int] | None, list[str]]:
    """Return what the file's own rule gives, None where it cannot be applied; and what is to be said of it."""
    rule = election.official.lower()
    if rule in GREEDY or not rule:
        return _greedy(election, f"{rule}-threshold" if rule == "greedy" and election.threshold else rule), []
    if rule not in SHARES or _budget(election) <= 0 or not election.ballots:
        return None, [f"{UNTOLD.get(rule, ALONE)} {NEXT}"]
    found = _shares(election, rule)
    return found, [f"{LONG} {NEXT}"] if found is None else []


def _shares(election: Election, rule: str) -> frozenset[int] | None:
    """Return what a rule of equal shares gives, None when that takes too many steps."""
    budget, planes = _budget(election), pack(election.approvals)
    amounts, total = whole([item.cost for item in election.items], budget)
    found: frozenset[int] | None
    if ADDED in rule:
        waiting = Waiting(towns.STEPS, "additions at most")
        unit = int(total / budget)
        found = towns.added(planes, amounts, total, ballots=election.ballots, unit=unit, told=waiting.at)
        waiting.clear()
    else:
        found = towns.bought(planes, amounts, total, ballots=election.ballots)
    if found is None or not rule.endswith(BESIDE):
        return found
    costs = [item.cost for item in election.items]
    votes = retrace.by_votes(election.scores, costs, [Limit(budget)]).chosen
    return votes if towns.preferred(election.approvals, votes, found) else found


def _changes(election: Election, official: set[int], chosen: set[int], rule: str) -> Iterator[str]:
    planes = pack(election.approvals)
    if chosen == official:
        yield f"The rule “{rule}” selects the same."
        return
    yield f"The rule “{rule}” would change this:"
    yield from (f"  + {election.items[one].words}" for one in sorted(chosen - official))
    yield from (f"  - {election.items[one].words}" for one in sorted(official - chosen))
    before, after = retrace.without(planes, official), retrace.without(planes, chosen)
    yield f"People with nothing they wished for: {before} of {election.ballots} officially, {after} by this rule."


def _own_counts(election: Election, told: int, differ: Sequence[int]) -> str:
    if not differ:
        return f"The file’s own counts of votes are ours, for all {told} projects."
    return f"The file’s own counts differ from its ballots for {len(differ)} of {told}: {names(election, differ)}."
