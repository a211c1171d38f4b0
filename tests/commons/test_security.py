"""Keys, passphrases, words and limits."""

import ast
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from app import create_app
from commons import clock, security
from commons.settings import Settings, UnsafeSettingsError, here
from tests.house.tree import files, name, parsed


def test_the_instance_key_is_made_once_and_readable_by_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "key"

    first = security.instance_key(path)

    assert security.instance_key(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"short",
        bytes(32),
        b"a" * 32,
        b"x" * 33,
        bytes(range(8)) * 4,
        b"0123456789abcdef" * 2,
        b"change me, you who install this.",
    ],
)
def test_an_unsafe_key_refuses_to_boot(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(security.UnsafeKeyError, match="32 random bytes"):
        create_app(Settings(instance=tmp_path))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777, 0o610])
def test_a_key_others_could_read_or_change_refuses_to_boot(tmp_path: Path, mode: int) -> None:
    security.instance_key(tmp_path / "key")
    (tmp_path / "key").chmod(mode)

    with pytest.raises(security.UnsafeKeyError, match="chmod 600"):
        create_app(Settings(instance=tmp_path))


@pytest.mark.parametrize("said", ["1", "true", "yes"])
def test_debug_mode_refuses_to_boot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """`flask run --debug` says it the same way, before it makes the application."""
    monkeypatch.setenv("FLASK_DEBUG", said)

    with pytest.raises(UnsafeSettingsError, match="debug"):
        create_app(Settings(instance=tmp_path))


def test_no_two_purposes_have_the_same_key(app: Flask) -> None:
    """Every purpose named anywhere in the house, and so every secret made from the one key, is its own."""
    called = [
        (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node.args[0])
        for path in files(".py")
        if not name(path).startswith("tests/")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and node.args
    ]
    purposes = {str(first.value) for what, first in called if what == "subkey" and isinstance(first, ast.Constant)}

    assert purposes >= {"reading word", "reading cookie", "form", "allies word"}
    assert len({security.subkey(one) for one in purposes}) == len(purposes)
    assert here().key not in {security.subkey(one) for one in purposes}


def test_no_more_than_two_passphrases_are_tried_at_a_time(app: Flask) -> None:
    """So many tries at once never take all the memory: the third waits until one of the first two is done."""
    done = threading.Event()

    def third() -> None:
        with app.app_context():
            security.hash_passphrase("kamo tiru sena")
        done.set()

    with security._hashing, security._hashing:
        waits = threading.Thread(target=third)
        waits.start()
        assert not done.wait(0.2)
    waits.join(timeout=20)
    assert done.is_set()


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


def test_a_flood_of_other_buckets_forgets_the_oldest_first() -> None:
    limiter = security.Limiter(burst=1, per_second=0, most=4)
    with clock.stopped(datetime(2026, 1, 1, tzinfo=UTC)) as time:
        for what in (b"a", b"b", b"c", b"d", b"e"):
            limiter.allows(what)
            time.move(seconds=1)

        assert [limiter.allows(what) for what in (b"e", b"d", b"a")] == [False, False, True]


def test_looking_at_a_bucket_takes_nothing() -> None:
    limiter = security.Limiter(burst=1, per_second=0)

    assert [limiter.allows(b"a", take=False) for _ in range(3)] == [True] * 3
    assert [limiter.allows(b"a"), limiter.allows(b"a", take=False)] == [True, False]
