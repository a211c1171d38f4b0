"""Groups of opinion that were published beside ours: is the consensus of the same votes the same?"""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from deliberation.cli.telling import Data, Told
from deliberation.interchange.election import UNSEEN, Conversation, Published
from surveys.domain.groups import of_counts

CLOSE = 1e-9
"""A float of theirs is ours when it differs by less: it was rounded on the way."""
SHOWN = 10
Counted = Mapping[str, Mapping[str, tuple[int, int]]]


def compared(talk: Conversation) -> Told:
    """Say, for each file of published groups, what consensus it gives, and whether our counts and its own agree."""
    ours, lines, data = counted(talk), list[str](), Data()
    for one in talk.published:
        told = _file(talk, one, ours)
        lines += ["", *told.lines]
        data[one.source] = told.data
    return Told(tuple(lines), {"published_files": data} if data else {})


def counted(talk: Conversation) -> Counted:
    """Return the agreements and answers of each published group and statement, counted from the votes of its people."""
    names, found = sorted(set(talk.groups) - {""}), dict[str, dict[str, tuple[int, int]]]()
    for name in names:
        votes = talk.votes[np.array([one == name for one in talk.groups])]
        agrees, answers = (votes == 1).sum(axis=0).tolist(), (votes != UNSEEN).sum(axis=0).tolist()
        pairs = zip(agrees, answers, strict=True)
        found[name] = {item.name: pair for item, pair in zip(talk.items, pairs, strict=True)}
    return found


def _file(talk: Conversation, one: Published, ours: Counted) -> Told:
    statements = sorted({name for held in one.votes.values() for name in held} | set(one.stated), key=_by_number)
    exact = {name: of_counts(held[name] for held in one.votes.values() if name in held) for name in statements}
    exact = exact if one.votes else {}
    known = {item.name: item.words for item in talk.items}
    told = {name for group in one.votes.values() for name in group}
    differ = [name for name in sorted(told, key=_by_number) if ours and _counts(one.votes, name) != _counts(ours, name)]
    odd = [name for name, value in exact.items() if abs(one.stated.get(name, float(value)) - float(value)) > CLOSE]
    lines = [f"{one.source}: {len(one.votes)} groups, {len(statements)} statements."]
    if exact:
        lines.append("Group-informed consensus by its counts, the highest first:")
        order = sorted(exact, key=lambda name: -exact[name])[:SHOWN]
        lines += [f"  {float(exact[name]):.4f}  {known.get(name, name)}" for name in order]
    lines.append(_differing(len(told), differ, ours))
    if one.stated and exact:
        lines.append(
            f"The consensus it states is that of its own counts, for all {len(one.stated)} statements."
            if not odd
            else f"The consensus it states is not that of its own counts for {len(odd)}: {', '.join(odd)}."
        )
    by_ours = {name: of_counts(_counts(ours, name).values()) for name in statements if ours and name in known}
    return Told(tuple(lines), _data(one, exact, by_ours) | {"counts_differ": differ, "stated_differ": odd})


def _data(one: Published, exact: Mapping[str, Fraction], ours: Mapping[str, Fraction]) -> Data:
    return {
        "groups": sorted(one.votes),
        "consensus": {name: str(value) for name, value in exact.items()},
        "consensus_by_our_counts": {name: str(value) for name, value in ours.items()},
        "stated": dict(one.stated),
    }


def _counts(votes: Counted, name: str) -> dict[str, tuple[int, int]]:
    """Return each group’s counts on a statement; nobody’s where a group tells nothing of it."""
    return {group: held.get(name, (0, 0)) for group, held in votes.items()}


def _differing(told: int, differ: list[str], ours: Counted) -> str:
    if not ours:
        return "The votes name no published group for anybody: they cannot be counted beside it."
    if not told:
        return "It tells no counts: they cannot be compared."
    if not differ:
        return f"Our counts of the published groups’ votes are its own, for all {told} statements."
    return (
        f"Our counts of the published groups’ votes are not its own for {len(differ)} of {told}: {', '.join(differ)}."
    )


def _by_number(name: str) -> tuple[int, str]:
    return (int(name), "") if name.removeprefix("-").isdecimal() else (-1, name)
