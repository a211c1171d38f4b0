"""What the log tells of a season: spares, left-over cards, and whether one of those was counted."""

from surveys.domain.cards import Code, show_witness, witness
from surveys.domain.season import Season, numbers, season

ONE, OTHER = Code("1" * 25), Code("0" * 25)
MINE, THEIRS = "aa", "bb"


def test_a_season_the_log_says_nothing_of_has_nothing() -> None:
    assert season(MINE, [("founded", {}), ("surveys.cards", {"set": THEIRS, "spares": 3})]) == Season(
        0, 0, 0, {}, halves=False, words=False
    )


def test_spares_fixed_and_given_are_told() -> None:
    told = [
        ("surveys.cards", {"set": MINE, "spares": 3}),
        ("surveys.spare", {"set": MINE, "given": 1}),
        ("surveys.spare", {"set": MINE, "given": 2}),
        ("surveys.spare", {"set": THEIRS, "given": 1}),
    ]

    found = season(MINE, told)

    assert (found.spares, found.given) == (3, 2)


def test_a_season_printed_in_halves_is_told() -> None:
    assert season(MINE, [("surveys.cards", {"set": MINE, "second": 2})]).halves


def test_a_season_printed_with_words_is_told() -> None:
    assert season(MINE, [("surveys.cards", {"set": MINE, "words": True})]).words


def test_left_over_numbers_are_sorted_survey_by_survey() -> None:
    shown = numbers([ONE, OTHER])

    assert list(shown) == [str(number) for number in range(1, 13)]
    assert shown["3"] == sorted([show_witness(witness(ONE, 3)), show_witness(witness(OTHER, 3))])


def test_left_over_cards_are_found_among_those_counted_and_no_others() -> None:
    told = [("surveys.void", {"set": MINE, "voided": 1, "witnesses": numbers([one])}) for one in (ONE, OTHER)]
    found = season(MINE, told)
    bad = show_witness(witness(ONE, 2))

    assert found.voided == 2
    assert found.among(2, [bad, "000000"]) == 1
    assert found.among(3, [bad]) == 0
    assert found.among(13, [bad]) == 0
