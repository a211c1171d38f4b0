"""Approval order and sequential PAV against abcvoting, with all ties."""

from collections.abc import Callable

import pytest

from surveys.domain.comparison import approval_order, sequential_pav
from surveys.domain.proportional import Prefix, pack
from tests.oracles.peers import peer
from tests.oracles.test_shares import drawn

abcrules, preferences = (peer(f"abcvoting.{module}") for module in ("abcrules", "preferences"))


@pytest.mark.parametrize("seed", range(200))
@pytest.mark.parametrize(("rule", "theirs"), [(approval_order, "compute_av"), (sequential_pav, "compute_seqpav")])
def test_every_prefix_is_abcvotings(seed: int, rule: Callable[..., tuple[Prefix, ...]], theirs: str) -> None:
    approvals = drawn(seed)
    profile = preferences.Profile(approvals.shape[1])
    profile.add_voters([[item for item, wished in enumerate(ballot) if wished] for ballot in approvals])

    for prefix in rule(pack(approvals), size=3):
        found = getattr(abcrules, theirs)(profile, prefix.size, resolute=False)
        assert {frozenset(one) for one in found} == set(prefix.lists)
