import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from surveys.domain import sealing
from surveys.domain.logic import DONT_KNOW, Answers, Written, accepted
from surveys.domain.questionnaire import Kind
from surveys.domain.sealing import Tampered, TooFewShares, WrongShare, combine, decode, encode, split
from tests.surveys.domain.asked import answers, asking, everything, question

ASKED = everything()
PRINT = bytes(range(32))
BOX = sealing.new_box()
WIDTH = sealing.width(ASKED)


@given(answers(ASKED), st.none() | st.integers(0, 999_999))
def test_a_ballot_says_what_was_answered_in_the_same_width_always(given_: Answers, witness: int | None) -> None:
    kept = accepted(ASKED, given_)

    plain = encode(ASKED, PRINT, witness, kept)

    assert len(plain) == WIDTH
    assert plain[:32] == PRINT
    assert decode(ASKED, plain) == kept


def test_fields_stand_side_by_side_without_gap() -> None:
    fields = sealing.layout(ASKED)
    spans = sorted(
        [(one.at, one.size) for one in fields] + [(one.text_at, one.text_size) for one in fields if one.text_size]
    )

    assert [at for at, _ in spans] == [36, *(at + size for at, size in spans)][:-1]
    assert sum(spans[-1]) == WIDTH
    assert sealing.width(asking()) == 36


def test_the_longest_text_fits_in_any_script() -> None:
    said = {"H2": Written(frozenset({2}), "🌳" * 20)}

    assert decode(ASKED, encode(ASKED, PRINT, None, said)) == said


@pytest.mark.parametrize(
    "wrong", [{"H2": Written(frozenset(), "x" * 200)}, {"B1": 300}, {"B1": frozenset({1})}, {"H1": frozenset({70})}]
)
def test_what_does_not_fit_its_field_is_never_cut(wrong: Answers) -> None:
    with pytest.raises((ValueError, TypeError, OverflowError)):
        encode(ASKED, PRINT, 1, wrong)


def test_nobody_can_tell_two_equal_ballots_apart_or_alike() -> None:
    plain = encode(ASKED, PRINT, 1, {"B1": 3})

    assert sealing.seal(plain, BOX.public) != sealing.seal(plain, BOX.public)
    assert len(sealing.seal(plain, BOX.public)) == len(sealing.seal(encode(ASKED, PRINT, 2, {}), BOX.public))


def sealed(*given_: Answers, box: bytes = BOX.public, mark: bytes = PRINT) -> list[bytes]:
    return [sealing.seal(encode(ASKED, mark, number, one), box) for number, one in enumerate(given_)]


def test_a_box_opens_whole_whatever_the_order_of_its_rows() -> None:
    ballots = sealed({"B1": 1}, {"B1": 5}, {})

    opened = sealing.open_all(ballots, BOX.secret, PRINT, WIDTH)

    assert opened.shape == (3, WIDTH)
    assert np.array_equal(opened, sealing.open_all(ballots[::-1], BOX.secret, PRINT, WIDTH))
    assert sealing.open_all([], BOX.secret, PRINT, WIDTH).shape == (0, WIDTH)


@pytest.mark.parametrize(
    ("strange", "count"),
    [
        (sealed({}, mark=bytes(32)), 1),
        (sealed({}, box=sealing.new_box().public), 1),
        ([b"short", b""], 2),
        ([sealing.seal(PRINT, BOX.public)], 1),
    ],
)
def test_a_ballot_that_does_not_belong_stops_the_opening(strange: list[bytes], count: int) -> None:
    with pytest.raises(Tampered) as refused:
        sealing.open_all([*sealed({"B1": 1}), *strange], BOX.secret, PRINT, WIDTH)

    assert refused.value.count == count
    assert str(refused.value) == f"{count} ballots do not belong in this box"


def test_a_copied_or_changed_ballot_stops_the_opening() -> None:
    one, other = sealed({"B1": 1}, {"B1": 2})

    with pytest.raises(Tampered):
        sealing.open_all([one, one, other], BOX.secret, PRINT, WIDTH)
    with pytest.raises(Tampered):
        sealing.open_all([one[:-1] + bytes([one[-1] ^ 1]), other], BOX.secret, PRINT, WIDTH)


def test_any_k_shares_open_the_box_and_fewer_do_not() -> None:
    shares = split(BOX.secret, PRINT, 3, [1, 2, 4, 5, 7])

    assert sorted(shares) == [1, 2, 4, 5, 7]
    for some in combinations(shares.items(), 3):
        assert combine(dict(some), PRINT) == BOX.secret
    assert combine(shares, PRINT) == BOX.secret
    for few in ({}, {1: shares[1]}, {1: shares[1], 2: shares[2]}):
        with pytest.raises(TooFewShares):
            combine(few, PRINT)
    assert sealing.public_of(combine(shares, PRINT)) == BOX.public


@pytest.mark.parametrize("slots", [3, 4, 5])
def test_a_majority_of_three_to_five_slots_opens_the_box(slots: int) -> None:
    k = slots // 2 + 1
    shares = split(BOX.secret, PRINT, k, range(1, slots + 1))

    assert combine(dict(list(shares.items())[-k:]), PRINT) == BOX.secret


def test_a_wrong_share_is_named() -> None:
    shares = split(BOX.secret, PRINT, 2, [1, 2, 3])
    other = split(sealing.new_box().secret, PRINT, 2, [1, 2, 3])
    swapped = json.loads(shares[2])
    swapped["mnemonic"] = json.loads(shares[3])["mnemonic"]

    for odd in (other[2], json.dumps(swapped).encode(), shares[3], b"", b"[]", b"{}", b'{"digests": []}'):
        assert not sealing.genuine(odd, 2, PRINT) or odd is other[2]
        with pytest.raises(WrongShare) as refused:
            combine({1: shares[1], 2: odd, 3: shares[3]}, PRINT)
        assert refused.value.slot == 2
        assert "slot 2" in str(refused.value)


def test_a_share_is_genuine_for_its_slot_and_survey_only() -> None:
    share = split(BOX.secret, PRINT, 2, [1, 2, 3])[2]

    assert sealing.genuine(share, 2, PRINT)
    assert not sealing.genuine(share, 1, PRINT)
    assert not sealing.genuine(share, 2, bytes(32))


def test_shares_of_another_survey_open_nothing() -> None:
    with pytest.raises(WrongShare):
        combine(split(BOX.secret, bytes(32), 2, [1, 2, 3]), PRINT)


def test_on_a_tie_the_first_share_is_trusted() -> None:
    shares, other = (split(sealing.new_box().secret, PRINT, 2, [1, 2]) for _ in range(2))

    with pytest.raises(WrongShare) as refused:
        combine({1: shares[1], 2: other[2]}, PRINT)

    assert refused.value.slot == 2


def test_a_share_alone_says_nothing_of_the_secret() -> None:
    shares = split(BOX.secret, PRINT, 2, [1, 2, 3])

    assert not any(BOX.secret.hex() in share.decode() or BOX.secret in share for share in shares.values())


def test_unsealing_needs_the_key() -> None:
    assert sealing.unseal(sealing.seal(b"words", BOX.public), BOX.secret) == b"words"
    with pytest.raises(CryptoError):
        sealing.unseal(sealing.seal(b"words", sealing.new_box().public), BOX.secret)


def test_dont_know_is_kept_apart_from_every_choice() -> None:
    asked = asking(question("H3", Kind.MULTIPLE, dont_know=True), question("B1", dont_know=True))
    unsure = {"H3": DONT_KNOW, "B1": DONT_KNOW}

    assert decode(asked, encode(asked, PRINT, 1, unsure)) == unsure
