import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.closed import FORMS, NotClosed, closed, things, within
from surveys.domain.disclosure import Row
from tests.surveys.domain.asked import everything

NAMES = frozenset({"fire", "arrest", "bell", "walks"})
GOOD = {
    "outcome": {"fire": "adopted"},
    "reason": {"fire": "agreed"},
    "block": {"fire": True},
    "reasons": {"fire": ["walks", "bell"]},
    "state": {"fire": "maybe_agreed"},
    "tier": {"fire": "now"},
    "tier_reason": {"fire": "calm"},
    "order": [["fire", "arrest"], ["bell"]],
    "order_by_voice": [["arrest"], ["fire"]],
    "above": {"fire": ["arrest"], "arrest": []},
    "above_any": {"fire": [], "arrest": []},
    "doubt": {"fire": "to_clarify"},
    "sequence": [["walks"], ["bell"]],
    "firm": ["bell"],
    "eligibility": {"bell": "to_amend"},
    "measure_reason": {"bell": "tied"},
    "chosen": ["walks", "bell"],
    "tied": [],
    "proportional": True,
    "advice": "hold",
}
FROM_TWENTY = {"state", "order", "order_by_voice", "above", "above_any", "doubt", "sequence", "firm"}


def test_every_kind_has_its_form_and_passes_without_an_order() -> None:
    assert GOOD.keys() == FORMS.keys()
    assert closed(GOOD, Row.PERCENT, NAMES) == GOOD | {
        "reasons": {"fire": ["bell", "walks"]},
        "chosen": ["bell", "walks"],
        "order": [["arrest", "fire"], ["bell"]],
    }


def test_a_coarser_wave_leaves_out_what_needs_a_higher_row() -> None:
    assert within(GOOD, Row.PERCENT) == GOOD
    assert GOOD.keys() - within(GOOD, Row.BANDS).keys() == FROM_TWENTY
    assert within(GOOD, Row.WITHHELD) == {}


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_has_its_row(kind: str) -> None:
    value = {kind: GOOD[kind]}

    with pytest.raises(NotClosed):
        closed(value, Row.WITHHELD, NAMES)
    if kind in FROM_TWENTY:
        with pytest.raises(NotClosed, match=kind):
            closed(value, Row.BANDS, NAMES)
    else:
        assert closed(value, Row.BANDS, NAMES).keys() == {kind}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("counts", {"fire": "now"}),
        ("outcome", {"fire": 3}),
        ("outcome", {"fire": "17 of 20"}),
        ("outcome", ["adopted"]),
        ("outcome", {"7": "adopted"}),
        ("block", {"fire": 1}),
        ("reasons", {"fire": ["bell", "bell"]}),
        ("reasons", {"fire": "bell"}),
        ("reasons", {"fire": [7]}),
        ("chosen", ["bell", "bell"]),
        ("chosen", ["flood"]),
        ("chosen", [["bell"]]),
        ("order", ["bell"]),
        ("order", [[]]),
        ("order", [["bell"], ["bell"]]),
        ("order", "bell"),
        ("proportional", 0.7),
        ("advice", "because of Ana"),
        ("advice", None),
    ],
)
def test_nothing_else_may_leave(kind: str, value: object) -> None:
    with pytest.raises(NotClosed) as refused:
        closed({kind: value}, Row.PERCENT, NAMES)

    assert refused.value.kind == kind
    assert str(refused.value) == f"{kind} may not leave the opening"


names = st.sampled_from(sorted(NAMES))
nested = st.recursive(
    st.integers() | st.floats() | st.none(),
    lambda inner: st.lists(inner, min_size=1) | st.dictionaries(names, inner, min_size=1),
)


@given(st.sampled_from(sorted(FORMS)), nested)
def test_no_number_ever_passes(kind: str, value: object) -> None:
    with pytest.raises(NotClosed):
        closed({kind: value}, Row.PERCENT, NAMES)


def test_a_judge_may_speak_of_items_subjects_and_choices() -> None:
    assert {"C1.fire", "fire", "bell", "women", "B1"} <= things(everything())
    assert "C1" not in things(everything())
