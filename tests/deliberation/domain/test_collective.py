"""A profile sorts what is suggested, a path guides: neither decides anything."""

import pytest

from deliberation.domain.collective import (
    CollectiveKind,
    Path,
    Profile,
    Step,
    read_path,
    read_profile,
    suits,
    write_path,
    write_profile,
)

FULL = Profile(CollectiveKind.URBAN, {"en": "Stay"}, {"en": "Evictions"}, {"en": "Water"})


@pytest.mark.parametrize("profile", [Profile(), FULL])
def test_a_profile_is_read_as_it_was_written(profile: Profile) -> None:
    assert read_profile(write_profile(profile)) == profile


def test_nothing_said_is_an_empty_profile_and_an_unknown_kind_is_refused() -> None:
    assert read_profile({}) == Profile()
    with pytest.raises(ValueError, match="army"):
        read_profile({"kind": "army"})


@pytest.mark.parametrize(
    ("profile", "kinds", "suggested"),
    [
        (Profile(), ("territorial",), True),
        (FULL, (), True),
        (FULL, ("territorial", "urban"), True),
        (FULL, ("territorial",), False),
    ],
)
def test_a_card_is_suggested_to_the_kinds_it_is_made_for(
    profile: Profile, kinds: tuple[str, ...], *, suggested: bool
) -> None:
    assert suits(profile, kinds) is suggested


def test_a_path_is_read_as_it_was_written_and_completed() -> None:
    path = Path((Step.THREATS, Step.MEMBERS, Step.CONSULT, Step.NEEDS, Step.PLAN, Step.REVIEW), frozenset({Step.PLAN}))

    assert read_path(write_path(path)) == path
    assert read_path({}) == Path()
    assert read_path({"order": ["review", "party"], "skipped": ["party"]}).order[:2] == (Step.REVIEW, Step.MEMBERS)


def test_where_we_are_is_the_first_step_left() -> None:
    path = read_path({"order": ["threats", "members"], "skipped": ["threats"]})

    assert path.now(()) is Step.MEMBERS
    assert path.now({Step.MEMBERS}) is Step.CONSULT
    assert path.now(set(Step)) is None


def test_the_next_step_is_neither_done_nor_left_out() -> None:
    taken = Path(
        (Step.THREATS, Step.MEMBERS, Step.CONSULT, Step.NEEDS, Step.PLAN, Step.REVIEW), frozenset({Step.MEMBERS})
    )

    assert taken.now(set()) is Step.THREATS
    assert taken.now({Step.THREATS}) is Step.CONSULT
    assert taken.now(set(Step)) is None
