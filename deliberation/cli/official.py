"""The official outcome of a file beside ours: is it what the order of votes buys, and what would a rule change?"""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from deliberation.cli.telling import Data, Told, ids, names
from deliberation.domain import retrace
from deliberation.interchange.election import Election
from surveys.domain.proportional import pack


def compared(election: Election, chosen: Collection[int], rule: str) -> Told:
    """Say how the official outcome of the file, where it tells one, stands to the votes and to this rule's outcome."""
    official = {at for at, item in enumerate(election.items) if item.selected}
    if all(item.selected is None for item in election.items):
        return Told((), {})
    costs = [item.cost for item in election.items]
    budget = election.budget if election.budget is not None else sum((costs[one] for one in official), Fraction(0))
    greedy = retrace.by_votes(election.scores, costs, budget, prefer=official).chosen
    same = greedy == official
    lines = [
        "",
        f"Officially {len(official)} projects were selected"
        + (f" (rule: {election.official})." if election.official else "."),
    ]
    if same:
        lines.append("That is what the order of votes buys.")
    else:
        lines.append("That is not what the order of votes buys:")
        lines += [f"  + {election.items[one].words}" for one in sorted(official - greedy)]
        lines += [
            f"  - {election.items[one].words} (bought by votes, not selected)" for one in sorted(greedy - official)
        ]
    lines += _changes(election, official, set(chosen), rule)
    told = [at for at, item in enumerate(election.items) if item.told is not None]
    differ = [at for at in told if election.items[at].told != election.scores[at]]
    if told:
        lines.append(_own_counts(election, len(told), differ))
    data: Data = {
        "selected": ids(election, official),
        "by_votes": same,
        "added": ids(election, set(chosen) - official),
        "removed": ids(election, official - set(chosen)),
        "counts_differ": ids(election, differ),
    }
    return Told(tuple(lines), {"official": data})


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
