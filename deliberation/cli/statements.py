"""What the rules for statements make of a conversation: each one decided as a round would, and groups of opinion."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from deliberation.cli import published
from deliberation.cli.telling import AS_A_STANCE, Asked, Data, Told
from deliberation.cli.waiting import Waiting
from deliberation.domain.rules import OPPOSING, Rule, Stance, Verdict, decide
from deliberation.interchange.election import UNSEEN, Conversation
from deliberation.queries import catalogue
from surveys.domain import groups
from surveys.domain.agreement import Consensus, consensus
from surveys.domain.disclosure import least
from surveys.domain.groups import Hidden, Picture

FLOOR = least(2)
CHOSEN = 10
WHY = {
    Hidden.TOO_FEW: f"fewer than {groups.FEWEST} people voted enough",
    Hidden.ONE_GROUP: "people do not differ enough",
    Hidden.SMALL_GROUP: f"a group has fewer than {groups.SMALLEST} people",
    Hidden.UNSTEADY: "the number of groups changes when one person is left out",
}


def by_rounds(talk: Conversation, asked: Asked) -> Told:
    """Decide each statement by the stages of a rule of practice, and say its automatic state."""
    card = next(one for one in catalogue.rules() if one.code == asked.way)
    taking_part = int((talk.votes != UNSEEN).any(axis=1).sum())
    invited = max(asked.invited or taking_part, taking_part)
    lines = [
        f"{card.code}, {card.words['en']}: {taking_part} people took part of {invited}.",
        "An agreement is full support, a disagreement a disagreement, a pass standing aside.",
        f"Under {FLOOR} answers nothing is said.",
        "",
    ]
    told = list[Data]()
    for item, votes in zip(talk.items, talk.votes.T, strict=True):
        counts = Counter(int(vote) for vote in votes.tolist() if vote != UNSEEN)
        held = {AS_A_STANCE[vote]: counts[vote] for vote in AS_A_STANCE}
        verdicts = [
            decide(held, handed_in=taking_part, declared=invited, rule=stage, floor=FLOOR) for stage in card.rule.stages
        ]
        state = _state(held, invited)
        lines.append(f"  {item.name}  {item.words}")
        lines.append(f"       {_said(counts)}; {_stages(card.rule.stages, verdicts)}; state: {state.value}")
        told.append(_statement(item.name, counts, verdicts, state))
    lines += ["", *_sums(told), *_passed(talk)]
    return Told(tuple(lines), {"way": card.code, "took_part": taking_part, "invited": invited, "statements": told})


def _said(counts: Mapping[int, int]) -> str:
    return f"{counts.get(1, 0)} agree, {counts.get(0, 0)} pass, {counts.get(-1, 0)} disagree"


def _stages(stages: Iterable[Rule], verdicts: Iterable[Verdict]) -> str:
    pairs = zip(stages, verdicts, strict=True)
    return "; ".join(f"{stage.name}: {given.outcome.value} ({given.reason.value})" for stage, given in pairs)


def _state(held: Mapping[Stance, int], invited: int) -> Consensus:
    against = sum(held.get(stance, 0) for stance in OPPOSING)
    return consensus(held[Stance.SUPPORT], against, answered=sum(held.values()), invited=invited, floor=FLOOR)


def _statement(name: str, counts: Mapping[int, int], verdicts: Iterable[Verdict], state: Consensus) -> Data:
    return {
        "item": name,
        "agree": counts.get(1, 0),
        "pass": counts.get(0, 0),
        "disagree": counts.get(-1, 0),
        "stages": [{"outcome": given.outcome.value, "reason": given.reason.value} for given in verdicts],
        "state": state.value,
    }


def _sums(told: Sequence[Data]) -> Iterable[str]:
    states = Counter(str(one["state"]) for one in told)
    yield "States: " + ", ".join(f"{states[one.value]} {one.value}" for one in Consensus if states[one.value]) + "."


def _passed(talk: Conversation) -> Iterable[str]:
    """Name the statements that many passed on: so looks an unclear text, and one that people leave to others."""
    asked = zip(talk.items, talk.votes.T, strict=True)
    many = [item.name for item, votes in asked if 0 < (votes != UNSEEN).sum() <= 2 * (votes == 0).sum()]
    if many:
        yield f"Passed on by half of those who voted on them, or more, so perhaps not clear: {', '.join(many)}."


def by_groups(talk: Conversation, _asked: Asked) -> Told:
    """Show groups of opinion where they hold, and the group-informed consensus of these and of published ones."""
    seen = talk.votes != UNSEEN
    votes = np.where(seen, talk.votes, 0).astype(np.int8)
    left_out = groups.spread(votes, seen)
    waiting = Waiting(len(left_out), "pictures with one person left out")
    picture = groups.view(votes, seen, waiting.through(left_out))
    waiting.clear()
    lines, data = ["A picture, never a decision, and never an order of priorities.", ""], Data()
    if isinstance(picture, Picture):
        lines += [f"{picture.groups} groups of {_sizes(picture.labels.tolist())} people.", ""]
        lines += _consensus(talk, data, "ours", groups.informed(votes, seen, picture.labels))
        data["labels"] = dict(zip(talk.people, picture.labels.tolist(), strict=True))
    else:
        lines.append(f"No groups are shown: {WHY[picture]}.")
        data["hidden"] = picture.value
    lines += _straight(votes, seen, picture, data)
    named = sorted(set(talk.groups) - {""})
    if named:
        labels = [named.index(one) if one else -1 for one in talk.groups]
        lines += ["", f"Published groups: {len(named)}, of {_sizes(labels)} people.", ""]
        lines += _consensus(talk, data, "published", groups.informed(votes, seen, labels))
        if isinstance(picture, Picture):
            alike = groups.alike(picture.labels.tolist(), labels)
            lines.append(
                f"How alike ours and the published groups are (adjusted Rand index; 1: the same): {float(alike):.3f}"
            )
            data["alike"] = str(alike)
    beside = published.compared(talk)
    return Told((*lines, *beside.lines), data | beside.data)


def _straight(votes: groups.Votes, seen: groups.Seen, picture: Picture | Hidden, data: Data) -> Iterable[str]:
    """Say how many gave one and the same vote throughout, and whether the picture would be another without them."""
    straight = groups.straight(votes, seen)
    data["straight"] = many = int(straight.sum())
    yield ""
    yield f"{many} people gave one and the same vote to all of the {groups.FEWEST_VOTES} or more statements they saw."
    if many:
        others = votes[~straight], seen[~straight]
        again = groups.view(*others, groups.spread(*others))
        data["without_straight"] = _named(again)
        yield f"They are counted like everybody. With them: {_named(picture)}. Without them: {_named(again)}."


def _named(picture: Picture | Hidden) -> str:
    return f"{picture.groups} groups" if isinstance(picture, Picture) else f"no picture, because {WHY[picture]}"


def _sizes(labels: Sequence[int]) -> str:
    return ", ".join(str(labels.count(one)) for one in sorted(set(labels)) if one >= 0)


def _consensus(talk: Conversation, data: Data, name: str, found: Sequence[Fraction]) -> list[str]:
    order = sorted(range(len(found)), key=lambda item: (-found[item], item))
    data[f"consensus_{name}"] = {talk.items[item].name: str(value) for item, value in enumerate(found)}
    head = f"Group-informed consensus, {name} groups, the highest first:"
    return [head, *(f"  {float(found[item]):.4f}  {talk.items[item].words}" for item in order[:CHOSEN])]
