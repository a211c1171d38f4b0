"""What counts for nothing between assemblies: another text, another federation, and what stays among ourselves."""

from dataclasses import replace

import pytest

from commons import clock, quorum
from commons.acts import Refused
from commons.db import transaction
from deliberation.actions import federating, proposals, records
from tests.deliberation.gathering import WALK, Gathering, changed, ready
from tests.deliberation.sitting import river, time
from tests.deliberation.test_federating import federate, part, received

__all__ = ["river", "time"]


def test_what_was_answered_about_another_text_counts_for_nothing(river: Gathering, time: clock.Clock) -> None:
    proposal = river.propose()
    federate(river, time)
    for name in ("Hill", "Coast"):
        received(river, proposal, name, part(name.lower(), time))

    proposals.amend(river.assembly, proposal, changed(WALK, "Something quite else"))

    assert federating.answers(river.assembly, proposal) == {}
    with pytest.raises(Refused, match="nobody_answered"):
        quorum.propose(river.assembly, federating.COMBINE, {"proposal": proposal})


def test_what_is_only_among_ourselves_is_not_handed_over(river: Gathering) -> None:
    proposal = river.propose(replace(WALK, internal=True))
    river.aloud(proposal)
    river.ratify(proposal)

    with pytest.raises(Refused, match="only_among_ourselves"):
        quorum.propose(river.assembly, federating.HAND_OVER, {"proposal": proposal})


def test_nothing_is_combined_on_days_kept_free_or_without_a_rule(river: Gathering, time: clock.Clock) -> None:
    proposal = river.propose()
    federate(river, time)
    received(river, proposal, "Hill", part("hill", time))
    today = clock.today(river.assembly).isoformat()

    @transaction
    def settled(name: str, value: object) -> None:
        setattr(records.collective(river.assembly), name, value)

    settled("quiet", [[today, today]])
    with pytest.raises(Refused, match="quiet_days"):
        quorum.propose(river.assembly, federating.COMBINE, {"proposal": proposal})
    settled("rule", None)
    with pytest.raises(Refused, match="no_rule"):
        quorum.propose(river.assembly, federating.COMBINE, {"proposal": proposal})


def test_answers_of_another_federation_on_the_machine_are_not_ours(river: Gathering, time: clock.Clock) -> None:
    proposal, other = river.propose(), ready(slug="valley")
    theirs = other.propose()
    federate(other, time)
    received(other, theirs, "Hill", part("hill", time))

    assert theirs == proposal
    assert federating.answers(river.assembly, proposal) == {}


def test_agreeing_anew_lets_a_part_come_back_with_a_new_machine(river: Gathering, time: clock.Clock) -> None:
    proposal = river.propose()
    federate(river, time)
    received(river, proposal, "Hill", part("hill", time, "not_adopted", "refused"))
    time.move(days=1)

    federate(river, time, share="1")
    received(river, proposal, "Hill", part("slope", time))

    found = federating.answers(river.assembly, proposal)
    assert [answer.outcome.value for answer, _ in found.values()] == ["adopted"]
