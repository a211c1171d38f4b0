"""Attacks on a circle that need no key: guessing at its doors, and setting back its clock."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from commons import clock, log, quorum
from commons.assembly import Assembly
from commons.quorum import Refused
from deliberation.actions import circle
from tests.deliberation.test_circle import PASSPHRASES, START, founded, keys

TRIES = 5


@pytest.fixture(autouse=True)
def _either(either: Flask) -> None:
    """Try them on both databases."""


def guess_until_slowed(guess: Callable[[], object]) -> None:
    """Guess, as often as it takes to be told to wait."""
    for _ in range(TRIES):
        with pytest.raises(circle.SignInRefused):
            guess()
    with pytest.raises(circle.TooManyTries):
        guess()


def signs_after_guesses_at_the_first_page(assembly: Assembly) -> bool:
    """Let somebody guess at place 1 until they are told to wait; tell whether its holder can still sign."""
    circle._tries._buckets.clear()
    act = quorum.propose(assembly, "deliberation.end", {"slot": 5})
    guess_until_slowed(partial(circle.sign_in, assembly, 1, "wrong"))
    try:
        quorum.approve(assembly, act, circle.unlock(assembly, 1, PASSPHRASES[0]))
    except circle.TooManyTries:
        return False
    found = quorum.act(assembly, act)
    return found is not None and found.joined == {1}


def test_whoever_guesses_at_the_first_page_keeps_nobody_from_signing() -> None:
    assert signs_after_guesses_at_the_first_page(founded())


def test_tries_counted_together_would_let_anybody_keep_a_circle_from_signing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circle, "SIGNING", circle.SITTING_DOWN)

    assert not signs_after_guesses_at_the_first_page(founded())


def test_guesses_at_the_signing_page_are_slowed_too() -> None:
    assembly = founded()
    circle._tries._buckets.clear()
    guess_until_slowed(partial(circle.unlock, assembly, 1, "wrong"))

    assert circle.sign_in(assembly, 1, PASSPHRASES[0])


def lived_past_a_term() -> Assembly:
    """Return a circle that noted something after its first terms had ended, and whose clock is then set back."""
    with clock.stopped(START) as time:
        assembly = founded(n=4)
        time.move(days=220)
        circle.lock(assembly)
        time.move(days=-220)
        return assembly


def on_duty(assembly: Assembly) -> list[int]:
    with clock.stopped(START):
        return [slot.slot for slot in circle.slots(assembly) if slot.active]


def test_a_term_that_ended_does_not_begin_again_when_the_clock_is_set_back() -> None:
    assembly = lived_past_a_term()

    assert on_duty(assembly) == [3, 4]
    with clock.stopped(START):
        act = quorum.propose(assembly, "deliberation.unlock", {})
        with pytest.raises(Refused, match="not_yours_to_sign"):
            quorum.approve(assembly, act, keys(assembly, 1))


def test_a_circle_that_asked_the_clock_alone_would_give_power_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "today", clock.today)

    assert on_duty(lived_past_a_term()) == [1, 2, 3, 4]


def test_a_clock_that_was_ahead_while_nothing_was_noted_costs_nobody_their_place() -> None:
    with clock.stopped(START) as time:
        assembly = founded(n=4)
        time.move(days=3650)
        quorum.carry_out_due(assembly)
        circle.forget_candidates(assembly)

    assert on_duty(assembly) == [1, 2, 3, 4]
