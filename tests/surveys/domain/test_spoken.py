"""A card's number said in words: read back as it was said, and what is misheard is caught."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.domain.cards import Code, Mistyped, with_check
from surveys.domain.spoken import WORDS, coded, numbered

codes = st.text("0123456789", min_size=24, max_size=24).map(with_check)


@given(codes)
def test_words_say_the_code_they_were_made_of(code: Code) -> None:
    said = numbered(code)

    assert len(said) == 8
    assert all(0 <= number < WORDS for number in said)
    assert coded(said) == code


@given(codes, st.integers(0, 7), st.integers(1, WORDS - 1))
def test_any_one_wrong_word_is_caught(code: Code, place: int, shift: int) -> None:
    said = list(numbered(code))
    said[place] = (said[place] + shift) % WORDS

    with pytest.raises(Mistyped):
        coded(said)


@given(codes, st.integers(0, 6))
def test_any_swap_of_neighbouring_words_is_caught(code: Code, place: int) -> None:
    said = list(numbered(code))
    said[place], said[place + 1] = said[place + 1], said[place]
    assume(tuple(said) != numbered(code))

    with pytest.raises(Mistyped):
        coded(said)


@pytest.mark.parametrize("said", [(), (0,), (0,) * 7, (0,) * 9])
def test_another_number_of_words_says_nothing(said: tuple[int, ...]) -> None:
    with pytest.raises(Mistyped):
        coded(said)


def test_words_beyond_the_last_code_say_nothing() -> None:
    highest = [WORDS - 1] * 7
    check = -sum(number * weight for number, weight in zip(highest, (2, 1, 2, 1, 2, 1, 2), strict=True)) % WORDS

    with pytest.raises(Mistyped):
        coded([*highest, check])
