from collections import Counter
from hashlib import shake_256
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain import cards
from surveys.domain.cards import Code, Mistyped, draw, parse, show, show_witness, witness


class Seeded:
    """A source of bytes that is the same every time."""

    def __init__(self) -> None:
        self.turn = 0

    def __call__(self, size: int) -> bytes:
        self.turn += 1
        return shake_256(b"%d" % self.turn).digest(size)


codes = st.text("0123456789", min_size=24, max_size=24).map(lambda digits: Code(digits + cards._check(digits)))


def test_the_check_digit_is_damms() -> None:
    assert cards._check("572") == "4"


@given(codes)
def test_a_code_is_read_as_it_is_shown(code: Code) -> None:
    assert parse(show(code)) == code
    assert [len(group) for group in show(code).split(" ")] == [5] * 5


@given(codes, st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]))
def test_a_code_is_read_in_any_digits_with_marks_between(code: Code, digits: str) -> None:
    typed = code.translate({ord(plain): other for plain, other in zip("0123456789", digits, strict=True)})

    assert parse("\u200f" + typed[:5] + " - " + typed[5:12] + "\u00a0\u2011" + typed[12:] + "\u202c\n") == code


@given(codes, st.integers(0, 24), st.integers(1, 9))
def test_any_single_wrong_digit_is_caught(code: Code, place: int, shift: int) -> None:
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]

    with pytest.raises(Mistyped):
        parse(wrong)


@given(codes, st.integers(0, 23))
def test_any_swap_of_neighbours_is_caught(code: Code, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if swapped == code:
        assert parse(swapped) == code
    else:
        with pytest.raises(Mistyped):
            parse(swapped)


@pytest.mark.parametrize(
    "typed", ["", "1", "0" * 24, "0" * 26, "O" * 25, "0" * 12 + "½" + "0" * 12, "0" * 25 + " " * 200]
)
def test_what_is_not_a_code_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(Mistyped) as refused:
        parse(typed)

    assert str(refused.value) == ""


def test_a_set_holds_different_codes_and_different_witnesses_for_each_survey() -> None:
    drawn = draw(2000, Seeded())

    assert len(set(drawn)) == 2000
    assert all(parse(code) == code for code in drawn)
    for number in range(1, 13):
        assert len({witness(code, number) for code in drawn}) == 2000


def test_a_code_that_would_share_a_witness_is_drawn_again() -> None:
    turns = count()

    def the_same_eight_times(size: int) -> bytes:
        return bytes([0 if next(turns) < 3 else 1]) * size

    assert draw(2, the_same_eight_times) == (Code("0" * 25), Code("1" * 24 + cards._check("1" * 24)))


def test_digits_are_drawn_without_a_bias() -> None:
    every = bytes(range(256))

    fair = cards._fair(lambda _size: every)

    assert set(Counter(next(fair) for _ in range(250)).values()) == {25}


@pytest.mark.parametrize("size", [0, -1, cards.MOST_CARDS + 1])
def test_a_set_has_a_size_that_can_be_drawn(size: int) -> None:
    with pytest.raises(ValueError, match="between one and twenty thousand"):
        draw(size, Seeded())


@given(codes)
def test_what_is_derived_from_a_code_cannot_be_joined(code: Code) -> None:
    key = b"k" * 32
    derived = {cards.verifier(key, code), cards.nullifier(key, code), cards.nullifier(b"l" * 32, code)}

    assert len(derived) == 3
    assert {len(one) for one in derived} == {32}
    assert not any(code.encode() in one for one in derived)


@given(codes, st.integers(1, 12))
def test_a_witness_is_shown_as_six_digits(code: Code, number: int) -> None:
    shown = show_witness(witness(code, number))

    assert len(shown) == 6
    assert int(shown) == witness(code, number)


@given(codes)
def test_two_halves_make_a_code(code: Code) -> None:
    first, second = cards.halves(code)

    assert parse(f"{first} {second}") == code
    assert [len(part.replace(" ", "")) for part in (first, second)] == [12, 13]


@given(codes, st.integers(1, 12))
def test_the_witness_of_halves_cannot_be_told_without_its_key(code: Code, number: int) -> None:
    found = [witness(code, number, key) for key in (b"", b"k" * 32, b"l" * 32)]

    assert found[1] == witness(code, number, b"k" * 32)
    assert len(set(found)) > 1


@given(codes)
def test_each_paper_form_has_a_nullifier_that_no_card_makes(code: Code) -> None:
    key, act, other = b"k" * 32, b"a" * 32, b"b" * 32
    made = [cards.paper(key, act, 1), cards.paper(key, act, 2), cards.paper(key, other, 1), cards.nullifier(key, code)]

    assert len(set(made)) == 4
    assert {len(one) for one in made} == {32}


@pytest.mark.parametrize("number", [0, 13])
def test_a_set_serves_twelve_surveys(number: int) -> None:
    with pytest.raises(ValueError, match="twelve"):
        witness(Code("0" * 25), number)
