"""A lot anybody can check: what is sealed before, what is said aloud, and the order that both give."""

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain import lots
from deliberation.domain.lots import ADMIT, DRAW, LOT, TURN, Lot, Turns

SEED, SAID = bytes(range(32)), "3516243516"
seeds = st.binary(min_size=32, max_size=32)
said = st.text("0123456789", min_size=10, max_size=60)


def test_the_order_is_the_one_its_description_gives() -> None:
    mix = sha256(bytes([2]) + SEED + b"3516243516").digest()
    described = sorted(range(1, 8), key=lambda one: sha256(mix + str(one).encode()).hexdigest())

    assert lots.order(SEED, SAID, 7) == tuple(described)


@given(seeds, said, st.integers(2, 60))
def test_every_number_is_drawn_once(seed: bytes, digits: str, numbers: int) -> None:
    assert sorted(lots.order(seed, digits, numbers)) == list(range(1, numbers + 1))


@given(seeds, said, st.integers(2, 60), st.integers(2, 60))
def test_a_ticket_does_not_depend_on_how_many_there_are(seed: bytes, digits: str, some: int, more: int) -> None:
    fewer, all_of_them = (lots.tickets(seed, digits, one) for one in sorted((some, more)))

    assert fewer.items() <= all_of_them.items()


def test_every_number_comes_first_about_as_often() -> None:
    first = Counter(lots.order(SEED, f"{turn:010}", 6)[0] for turn in range(6000))

    assert sorted(first) == [1, 2, 3, 4, 5, 6]
    assert sum((count - 1000) ** 2 / 1000 for count in first.values()) < 20.5  # chi squared, 5 degrees: 1 in 1000


def test_another_seed_and_other_digits_give_another_order() -> None:
    assert len({lots.order(*one, 20) for one in ((SEED, SAID), (SEED[::-1], SAID), (SEED, SAID[::-1] + "1"))}) == 3


@pytest.mark.parametrize("typed", ["3516243516", "3 5 1 6 2 4 3 5 1 6", "3-5-1, 6/2.4\n3516", "٣٥١٦٢٤٣٥١٦"])
def test_digits_are_heard_however_they_are_written(typed: str) -> None:
    assert lots.heard(typed) == SAID


@pytest.mark.parametrize("typed", ["", "351624351", "1" * 61, "three five one"])
def test_too_few_or_too_many_digits_are_not_heard(typed: str) -> None:
    with pytest.raises(lots.Unheard):
        lots.heard(typed)


def test_the_log_tells_how_turns_stand() -> None:
    sealed: dict[str, object] = {"act": "aa", "numbers": 5, "places": 2, "seal": lots.seal(SEED)}
    drawn: dict[str, object] = {"lot": "bb", "said": SAID, "seed": SEED.hex()}
    entries: list[tuple[str, dict[str, object]]] = [
        ("founded", {}),
        (TURN, {"way": "lot"}),
        (LOT, sealed),
        (LOT, sealed | {"act": "bb"}),
    ]
    before = lots.told(entries)
    after = lots.told([*entries, (DRAW, drawn), (ADMIT, {})])
    used_up = lots.told([*entries, (DRAW, drawn), (ADMIT, {}), (ADMIT, {}), (ADMIT, {})])

    order = lots.order(SEED, SAID, 5)
    aside, waits = Lot("aa", 5, 2, lots.seal(SEED)), Lot("bb", 5, 2, lots.seal(SEED))
    assert before == Turns("lot", (aside, waits), 0)
    assert before.waiting == waits
    assert after == Turns("lot", (aside, Lot("bb", 5, 2, lots.seal(SEED), SAID, SEED.hex(), order)), 1)
    assert after.lots[1].drawn == order[:2]
    assert after.waiting is None
    assert used_up.open_places == 0


def test_a_log_without_turns_says_nothing_of_them() -> None:
    assert lots.told([]) == Turns()
    assert Turns().waiting is None


@pytest.mark.parametrize(
    ("voices", "size", "sizes"),
    [((7, 5), 4, [4, 4, 4]), ((3,), 5, [3]), ((10, 1, 2), 4, [5, 4, 4]), ((2, 0), 2, [2])],
)
def test_small_groups_mix_the_voices_and_hold_everybody_once(
    voices: tuple[int, ...], size: int, sizes: list[int]
) -> None:
    drawn = lots.order(b"seed", "1234567890", sum(voices))

    groups = lots.mixed(drawn, voices, size)

    assert sorted(one for group in groups for one in group) == list(range(1, sum(voices) + 1))
    assert sorted(map(len, groups), reverse=True) == sizes
    of_first = [sum(one <= voices[0] for one in group) for group in groups]
    assert max(of_first) - min(of_first) <= 1
    assert all(list(group) == [one for one in drawn if one in group] for group in groups)
