"""Keys, passphrases, words and limits."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from commons import clock, security


def test_the_instance_key_is_made_once_and_readable_by_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "key"

    first = security.instance_key(path)

    assert security.instance_key(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"short", bytes(32), b"a" * 32, b"x" * 33])
def test_an_unsafe_key_refuses_to_boot(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)

    with pytest.raises(security.UnsafeKeyError, match="32 random bytes"):
        security.instance_key(path)


def test_expand_agrees_with_the_published_vector() -> None:
    """RFC 5869, test case 1: the first block of OKM from its PRK and info."""
    key = bytes.fromhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
    info = bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    block = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"

    import hmac  # noqa: PLC0415 - the same step, spelled out

    assert hmac.digest(key, info + b"\x01", "sha256").hex() == block
    assert security.expand(key, "purpose") == hmac.digest(key, b"purpose\x01", "sha256")


def test_what_one_purpose_wraps_another_cannot_open(app: Flask) -> None:
    sealed = security.wrap("one", b"secret")

    assert security.unwrap("one", sealed) == b"secret"
    with pytest.raises(CryptoError):
        security.unwrap("other", sealed)


@given(st.binary(min_size=32, max_size=32), st.integers(1, 8))
def test_spoken_words_survive_being_typed(data: bytes, words: int) -> None:
    said = security.spoken(data, words)

    assert len(said.split()) == words
    assert security.spoken_as(f" {said.upper().replace(' ', ' - ')}\u200f") == said


def test_a_passphrase_matches_itself_only(app: Flask) -> None:
    hashed = security.hash_passphrase("kamo tiru sena")

    assert security.passphrase_matches(hashed, "Kamo-tiru  SENA")
    assert not security.passphrase_matches(hashed, "kamo tiru seno")
    assert security.passphrase_key("kamo", bytes(16)) == security.passphrase_key("KAMO", bytes(16))
    assert security.passphrase_key("kamo", bytes(16)) != security.passphrase_key("kamo", b"1" * 16)


def test_published_entropy_gives_the_same_passphrase_twice() -> None:
    with security.entropy.seeded(lambda size: b"\x07" * size):
        first, second = security.new_passphrase(), security.new_passphrase()

    assert first == second
    assert security.new_passphrase() != security.new_passphrase()


def test_a_bucket_empties_and_fills_with_time() -> None:
    limiter = security.Limiter(burst=2, per_second=1)
    with clock.stopped(datetime(2026, 1, 1, tzinfo=UTC)) as time:
        assert [limiter.allows(b"a") for _ in range(3)] == [True, True, False]
        assert limiter.allows(b"b")

        time.move(seconds=1)
        assert [limiter.allows(b"a") for _ in range(2)] == [True, False]


def test_buckets_never_grow_without_bound() -> None:
    limiter = security.Limiter(burst=1, per_second=1, most=3)

    for number in range(10):
        limiter.allows(str(number).encode())

    assert len(limiter._buckets) <= 3


@given(st.lists(st.integers(0, security.WORDS - 1), max_size=9))
def test_typed_words_are_numbered_as_they_were_said_however_spaced(numbers: list[int]) -> None:
    typed = "-".join(security.word_of(number).upper() for number in numbers)

    assert security.numbers_of(typed) == tuple(numbers)
    assert security.numbers_of(typed.replace("-", "")) == tuple(numbers)


@pytest.mark.parametrize("typed", ["b", "ba", "badab", "xaxa", "hello"])
def test_what_is_no_word_has_no_number(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever of the two: a syllable unknown, or left over
        security.numbers_of(typed)
