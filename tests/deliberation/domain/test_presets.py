"""Rules are read strictly from data and written back without loss."""

from typing import Any

import pytest

from deliberation.domain.presets import Malformed, read_preset, read_rule, write_rule
from deliberation.domain.rules import Base, Share, Stance

FULL: dict[str, Any] = {
    "id": "consensus",
    "quorum": {"at_least": "3/4"},
    "base": "answered",
    "agreeing": [1, 2],
    "agreement": {"more_than": "1/2"},
    "noted": {"at_least": "1/5"},
    "beside": [3],
    "limits": [{"stances": [6], "at_most": "0", "reason": "blocked"}],
}


def test_a_rule_is_read_with_exact_fractions() -> None:
    rule = read_rule(FULL | {"words": {"fr": "consensus"}})

    assert (rule.quorum.part.numerator, rule.quorum.part.denominator, rule.quorum.more) == (3, 4, False)
    assert rule.agreement.more
    assert rule.base is Base.ANSWERED
    assert rule.beside == {Stance.ASIDE}


def test_a_rule_written_is_read_back_the_same() -> None:
    rule = read_rule(FULL)

    assert read_rule(write_rule(rule)) == rule


def test_a_rule_without_limits_is_whole() -> None:
    rule = read_rule({key: value for key, value in FULL.items() if key not in {"limits", "beside"}})

    assert rule.limits == ()
    assert rule.beside == frozenset()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", None),
        ("limits", "none"),
        ("quorum", "3/4"),
        ("quorum", {"at_least": 0.75}),
        ("quorum", {"at_least": "many"}),
        ("quorum", {"at_least": "1/0"}),
        ("quorum", {"at_least": "5/4"}),
        ("base", "people"),
        ("agreeing", [1, 7]),
        ("agreeing", []),
        ("agreeing", "all"),
        ("agreeing", [1, 6]),
        ("agreement", {"at_least": "1/3"}),
        ("beside", [2]),
        ("limits", [{"stances": [6], "at_most": "0", "reason": "agreed"}]),
        ("limits", ["no block"]),
    ],
)
def test_a_rule_that_says_too_little_or_too_much_is_refused(key: str, value: object) -> None:
    with pytest.raises(Malformed):
        read_rule(FULL | {key: value})


def test_standing_beside_belongs_to_those_who_answered() -> None:
    with pytest.raises(Malformed, match="beside"):
        read_rule(FULL | {"base": "declared"})


def test_a_preset_has_its_stages_in_order() -> None:
    preset = read_preset({"id": "R1", "stages": [FULL, FULL | {"id": "vote", "agreement": {"at_least": "3/4"}}]})

    assert [stage.name for stage in preset.stages] == ["consensus", "vote"]
    assert preset.stages[1].agreement == Share(preset.stages[0].quorum.part)


@pytest.mark.parametrize("data", [{}, {"id": "R1"}, {"id": "R1", "stages": []}, {"stages": [FULL]}])
def test_a_preset_without_stages_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        read_preset(data)
