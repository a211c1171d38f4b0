"""How an act may be seen through, honestly or not quite: what the tests of a circle's powers draw from."""

from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True, slots=True)
class Plan:
    """How an act is seen through: with how many missing, with what cheating, over how many days."""

    kind: str
    params: dict[str, object] | None
    too_few: int
    forged: bool
    concerned_abstains: bool
    locked: bool
    unlock_first: bool
    days: int
    back: int


mostly, seldom = st.sampled_from([True, True, True, False]), st.sampled_from([False, False, False, True])
plans = st.builds(
    lambda what, **rest: Plan(*what, **rest),
    st.sampled_from(
        [
            ("deliberation.end", None),
            ("deliberation.end", None),
            ("deliberation.admit", None),
            ("deliberation.admit", None),
            ("deliberation.threshold", {"k": 2, "t": 2}),
            ("deliberation.threshold", {"k": 3, "t": 2}),
            ("deliberation.threshold", {"k": 4, "t": 2}),
            ("surveys.cards", {"size": 12}),
        ]
    ),
    too_few=st.sampled_from([0, 0, 0, 1, 2]),
    forged=seldom,
    concerned_abstains=mostly,
    locked=seldom,
    unlock_first=mostly,
    days=st.sampled_from([3, 3, 3, 0, 1, 5]),
    back=st.sampled_from([0, 0, 0, -3]),
)

HONEST = Plan(
    kind="deliberation.end", params=None, too_few=0, forged=False, concerned_abstains=True, locked=False,
    unlock_first=False, days=3, back=0,
)  # fmt: skip
