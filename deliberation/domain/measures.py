"""Measures: which can be taken up as they are, which are chosen, which dangers that leaves without any.

A remedy is shared only if every group can bear it, so the *minimum* over voices decides what is eligible; what is not
is heard and amended, never dropped. The chosen set is proportional: exact sequential Phragmén, ties kept, audited.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

import numpy as np

from deliberation.domain.hearing import SEQUENCE_FROM, Box, Why, heard, people, share
from deliberation.domain.risk import Tier
from surveys.domain.firm import firm, parts
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


def measures(box: Box, named: Sequence[str], places: int) -> dict[str, object]:
    """Choose among the measures every group can bear; say of each why it is chosen or not."""
    harmed = {measure: _harm(box, at) for at, measure in enumerate(named)}
    eligibility = {one: (Eligible.NO if harm else Eligible.YES).value for one, harm in harmed.items()}
    return {"eligibility": eligibility, **choice(box, box.ballots.picked(FIRST), harmed, places)}


def choice(
    box: Box, wishes: Picked, barred: Mapping[str, Why | None], places: int, key: Sequence[int] | None = None
) -> dict[str, object]:
    """Choose proportionally among the things wished for, in the order of `barred`, which says why some cannot be.

    Things that tie for a place are told apart by the smaller `key`, where there is one. From 20 ballots on, "sequence"
    holds the chosen places one after the other, those that fall together sorted, and "firm" the chosen things that stay
    whoever is left out (without a key, which only makes it smaller). "proportional" is the EJR+ audit of the whole set,
    and of every beginning of the sequence where there is one.
    """
    things, voted = list(barred), int(wishes.any(axis=1).sum())
    heeded = [why is None and box.heeds(people(wishes[:, at])) for at, why in enumerate(barred.values())]
    wishes = wishes & np.array(heeded, dtype=np.bool_)
    planes = pack(wishes)
    lists = phragmen(planes, size=places, key=key) if voted >= box.floor else ()
    last = lists[-1] if lists else Prefix(0, frozenset(), frozenset(), ())
    many = box.ballots.size >= SEQUENCE_FROM
    told = lists if many else lists[-1:]
    reasons = {one: _why(at, wishes, last, why) for at, (one, why) in enumerate(barred.items())}
    if voted < box.floor:
        reasons = {one: why or Why.TOO_FEW for one, why in barred.items()}
    return {
        "measure_reason": {one: why.value for one, why in reasons.items()},
        "chosen": sorted(things[at] for at in last.chosen),
        "tied": sorted(things[at] for at in last.tied),
        "proportional": all(not audit(planes, one, ballots=voted) for prefix in told for one in prefix.lists),
        **({"sequence": _sequence(things, lists), "firm": _firm(things, wishes, last)} if many else {}),
    }


def _firm(things: Sequence[str], wishes: Picked, last: Prefix) -> list[str]:
    """Return the chosen things that stay whoever is left out; above a thousand ballots, whichever part of them.

    Which things can be chosen is not asked again without them.
    """
    stays = last.chosen & firm(pack(wishes), parts(wishes), size=last.size) if last.chosen else ()
    return sorted(things[at] for at in stays)


def _sequence(things: Sequence[str], lists: Sequence[Prefix]) -> list[list[str]]:
    """Return the chosen things in the order of their places; those that came in together stand together."""
    before, found = frozenset[int](), list[list[str]]()
    for prefix in lists:
        new = prefix.chosen - before
        found += [sorted(things[at] for at in new)] if new else []
        before |= new
    return found


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
