"""Measures: which can be taken up as they are, which are chosen, which dangers that leaves without any.

A remedy is shared only if every group can bear it, so the *minimum* over voices decides what is eligible; what is not
is heard and amended, never dropped. The chosen set is proportional: exact sequential Phragmén, audited; or, where the
assembly wrote what each measure takes and what it can carry, equal shares of that. Ties without a neutral key are kept.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

import numpy as np

from deliberation.domain.effort import Weighed, carried, read_effort, short
from deliberation.domain.hearing import SEQUENCE_FROM, Box, Terms, Why, heard, number, people, share
from deliberation.domain.risk import Tier
from surveys.domain.firm import firm, parts
from surveys.domain.judgement import majority_ranks
from surveys.domain.proportional import Prefix, audit, pack, phragmen
from surveys.domain.tally import Picked

FIRST, HARMFUL = "H1", "H3"
HARM = Fraction(1, 5)
PLACES = 5


class Eligible(StrEnum):
    """Whether a measure may be chosen as it is, or must be talked over and amended first."""

    YES = "eligible"
    NO = "to_amend"


class Covered(StrEnum):
    """Whether a danger to be treated now meets a measure: a chosen one, one that ties for a place, or none."""

    CHOSEN = "chosen"
    TIED = "tied"
    NONE = "none"


def measures(box: Box, named: Sequence[str], terms: Terms) -> dict[str, object]:
    """Choose among the measures every group can bear; say of each why it is chosen or not.

    The terms may hold `places`, how many to choose; or `effort` of each and what the assembly can `carry` instead.
    From 20 ballots on, ties are told apart by majority judgement (see `standing`).
    """
    harmed = {measure: _harm(box, at) for at, measure in enumerate(named)}
    eligibility = {one: (Eligible.NO if harm else Eligible.YES).value for one, harm in harmed.items()}
    wishes, weighed = box.ballots.picked(FIRST), read_effort(terms, named)
    key = standing(box, wishes) if box.ballots.size >= SEQUENCE_FROM else None
    if weighed:
        return {"eligibility": eligibility, **_within(box, wishes, harmed, weighed, key)}
    return {"eligibility": eligibility, **choice(box, wishes, harmed, number(terms, "places", PLACES), key)}


def standing(box: Box, wishes: Picked) -> tuple[int, ...] | None:
    """Rank measures by majority judgement on three levels: said to harm, not named, wished for. Harm wins over a wish.

    So few who say harm that infiltrators and one more could be all of them are not heard: what they wish for counts as
    wished. None where harm was not asked.
    """
    if HARMFUL not in box.ballots.sets:
        return None
    harms = box.ballots.picked(HARMFUL)
    harms = harms & np.array([box.heeds(people(said)) for said in harms.T], dtype=np.bool_)
    harmed, wished = harms.sum(axis=0).tolist(), (wishes & ~harms).sum(axis=0).tolist()
    rows = [(low, len(wishes) - low - high, high) for low, high in zip(harmed, wished, strict=True)]
    return majority_ranks(rows)


def choice(
    box: Box, wishes: Picked, barred: Mapping[str, Why | None], places: int, key: Sequence[int] | None = None
) -> dict[str, object]:
    """Choose proportionally among the things wished for, in the order of `barred`, which says why some cannot be.

    Things that tie for a place are told apart by the smaller `key`, where there is one. From 20 ballots on, "sequence"
    holds what has a place or ties for one (see `_sequence`), and "firm" the chosen things that stay whoever is left out
    (without a key, which only makes it smaller). "proportional" is the EJR+ audit of the whole set, and of every
    beginning of the sequence where there is one.
    """
    things, voted = list(barred), int(wishes.any(axis=1).sum())
    wishes = _open(box, wishes, barred)
    planes = pack(wishes)
    lists = phragmen(planes, size=places, key=key) if voted >= box.floor else ()
    last = lists[-1] if lists else Prefix(0, frozenset(), frozenset(), ())
    many = box.ballots.size >= SEQUENCE_FROM
    told = lists if many else lists[-1:]
    reasons = {one: _why(at, wishes, last, why) for at, (one, why) in enumerate(barred.items())}
    return {
        "measure_reason": _told(box, barred, reasons, voted),
        "chosen": sorted(things[at] for at in last.chosen),
        "tied": sorted(things[at] for at in last.tied),
        "proportional": all(not audit(planes, one, ballots=voted) for prefix in told for one in prefix.lists),
        **({"sequence": _sequence(things, lists), "firm": _firm(things, wishes, last)} if many else {}),
    }


def _firm(things: Sequence[str], wishes: Picked, last: Prefix) -> list[str]:
    """Return the chosen things that stay whoever is left out; above a thousand ballots, whichever part of them.

    Which things can be chosen is not asked again without them.
    """
    stays = last.chosen & firm(pack(wishes), parts(wishes), size=last.size)
    return sorted(things[at] for at in stays)


def _sequence(things: Sequence[str], lists: Sequence[Prefix]) -> list[list[str]]:
    """Return what has a place, or ties for one, cut wherever ties leave open nothing before and after.

    So a group of three after four things has the places five to seven, whichever way ties fall. Only the last group can
    hold more things than there are places left: then some of it are tied, and not all have a place.
    """
    before, found = frozenset[int](), list[list[str]]()
    for prefix in lists:
        if not prefix.tied or prefix is lists[-1]:
            found.append(sorted(things[at] for at in (prefix.chosen | prefix.tied) - before))
            before = prefix.chosen
    return found


def _within(
    box: Box, wishes: Picked, barred: Mapping[str, Why | None], weighed: Weighed, key: Sequence[int] | None
) -> dict[str, object]:
    """Choose by equal shares of what the assembly can carry. From 20 ballots on, "sequence" holds the steps, if no tie
    had to be followed. "proportional" is the EJR+ audit up to one measure: it holds wherever ties were all followed.
    """
    things, voted = list(barred), int(wishes.any(axis=1).sum())
    heard = _open(box, wishes, barred) & (voted >= box.floor)
    found = carried(pack(heard), weighed, ballots=max(1, voted), key=key)
    reasons = {one: why or _room(at, found.chosen, found.tied) for at, (one, why) in enumerate(barred.items())}
    steps = [[things[step.item]] for step in found.steps]
    fair = (not short(pack(heard), weighed, one, ballots=max(1, voted)) for one in found.lists)
    return {
        "measure_reason": _told(box, barred, reasons, voted),
        "chosen": sorted(things[at] for at in found.chosen),
        "tied": sorted(things[at] for at in found.tied),
        "proportional": found.settled and all(fair),
        **({"sequence": steps} if box.ballots.size >= SEQUENCE_FROM and not found.tied else {}),
    }


def _open(box: Box, wishes: Picked, barred: Mapping[str, Why | None]) -> Picked:
    """Return the wishes for what can be chosen: not barred, and wished for by enough not to single anybody out."""
    heeded = [why is None and box.heeds(people(wishes[:, at])) for at, why in enumerate(barred.values())]
    return wishes & np.array(heeded, dtype=np.bool_)


def _told(box: Box, barred: Mapping[str, Why | None], reasons: Mapping[str, Why], voted: int) -> dict[str, str]:
    """Return the reasons; where fewer than K wished for anything, only those that bar something."""
    if voted < box.floor:
        return {one: (why or Why.TOO_FEW).value for one, why in barred.items()}
    return {one: why.value for one, why in reasons.items()}


def _room(measure: int, chosen: frozenset[int], tied: frozenset[int]) -> Why:
    """Say why a measure is taken up or not, where effort is weighed."""
    if measure in tied:
        return Why.TIED
    return Why.CARRIED if measure in chosen else Why.BEYOND


def coverage(
    tiers: Mapping[str, str], chosen: Collection[str], tied: Collection[str], answers: Mapping[str, Collection[str]]
) -> dict[str, Covered]:
    """Say of each threat to be treated now whether a measure acts on it, given the threats each measure `answers`.

    It combines released values, and never a count. Threats come in the order of their ids.
    """

    def held(threat: str) -> Covered:
        acting = {measure for measure, acted_on in answers.items() if threat in acted_on}
        if acting & set(chosen):
            return Covered.CHOSEN
        return Covered.TIED if acting & set(tied) else Covered.NONE

    return {threat: held(threat) for threat, tier in sorted(tiers.items()) if tier == Tier.NOW}


def _harm(box: Box, measure: int) -> Why | None:
    """Say why a measure must be amended first: one in five of everyone, or of one voice (heeded), find it harmful."""
    if HARMFUL not in box.ballots.sets:
        return None
    objected = box.ballots.picked(HARMFUL)[:, measure]
    for group, why in heard(box):
        objecting = objected & group
        if box.heeds(people(objecting)) and share(objecting, group) >= HARM:
            return why
    return None


def _why(measure: int, wishes: Picked, last: Prefix, harm: Why | None) -> Why:
    """Say why a measure is chosen or not."""
    if harm:
        return harm
    if measure in last.tied:
        return Why.TIED
    if measure not in last.chosen:
        return Why.WANTED_LESS
    totals = wishes.sum(axis=0)
    more_wanted = int((totals > totals[measure]).sum())
    return Why.WANTED_BY_MANY if more_wanted < last.size else Why.PART_OF_A_MINORITY
