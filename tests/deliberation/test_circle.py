"""The circle: founded by several, signed into by slot, renewed by act, founded again when it can no longer act."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from commons import clock, log, quorum
from commons.assembly import Assembly, load
from commons.quorum import Refused
from deliberation.actions import circle, founding
from deliberation.actions.founding import Charter, FoundingRefused

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSPHRASES = tuple(f"kamo tiru sena lobe {word}" for word in ("dafa", "defe", "difi", "dofo", "dufu", "kaka", "keke"))


def charter(slug: str = "river", k: int = 3) -> Charter:
    return Charter(slug, "River", ("en", "fr"), k, 2, "America/Guatemala")


def founded(slug: str = "river", *, n: int = 5, k: int = 3) -> Assembly:
    return founding.found(charter(slug, k), PASSPHRASES[:n])


@pytest.fixture
def _circle(either: Flask) -> None:
    quorum.register_circle(circle.slots, circle.guard)
    for kind in circle.ACTS:
        quorum.declare(kind)


pytestmark = pytest.mark.usefixtures("_circle")


def keys(assembly: Assembly, slot: int, passphrase: str = "") -> quorum.Keys:
    circle._tries._buckets.clear()
    return circle.unlock(assembly, slot, passphrase or PASSPHRASES[slot - 1])


def carried(assembly: Assembly, kind: str, params: dict[str, object], signers: tuple[int, ...]) -> str:
    act = quorum.propose(assembly, kind, params)
    for slot in signers:
        quorum.approve(assembly, act, keys(assembly, slot))
    return act


@pytest.mark.parametrize(("n", "k"), [(3, 2), (4, 3), (5, 3), (7, 4)])
def test_an_assembly_is_founded_by_several_and_logged(n: int, k: int) -> None:
    assembly = founded(n=n, k=k)

    assert [slot.slot for slot in circle.slots(assembly)] == list(range(1, n + 1))
    (entry,) = log.entries(assembly)
    assert entry.kind == "founded"
    assert entry.payload["k"] == k


@pytest.mark.parametrize(
    ("n", "k", "field", "code"),
    [(2, 2, "passphrases", "too_few"), (5, 2, "k", "half"), (4, 2, "k", "half"), (3, 4, "k", "more_than_all")],
)
def test_a_circle_that_could_be_led_is_refused(n: int, k: int, field: str, code: str) -> None:
    with pytest.raises(FoundingRefused) as refused:
        founded(n=n, k=k)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_equal_or_short_passphrases_are_refused() -> None:
    for passphrases, code in ((PASSPHRASES[:2] + PASSPHRASES[:1], "the_same"), (("a", "b", "c"), "too_short")):
        with pytest.raises(FoundingRefused) as refused:
            founding.found(charter(k=2), passphrases)
        assert refused.value.code == code


def test_the_founding_word_serves_once() -> None:
    before = founding.founding_word()
    founded()

    assert founding.founding_word() != before


def test_a_wrong_passphrase_opens_nothing_and_tries_are_slowed() -> None:
    assembly = founded()
    circle._tries._buckets.clear()
    for slot, passphrase in ((1, PASSPHRASES[1]), (9, PASSPHRASES[0]), (1, "")):
        with pytest.raises(circle.SignInRefused):
            circle.sign_in(assembly, slot, passphrase)
    for _ in range(3):
        with pytest.raises(circle.SignInRefused):
            circle.sign_in(assembly, 1, "wrong")
    with pytest.raises(circle.TooManyTries):
        circle.sign_in(assembly, 1, PASSPHRASES[0])
    assert circle.sign_in(assembly, 2, PASSPHRASES[1])


def test_terms_are_staggered_and_end_by_themselves() -> None:
    with clock.stopped(START) as time:
        assembly = founded(n=4)
        active = []
        for _ in range(5):
            active.append(sum(slot.active for slot in circle.slots(assembly)))
            time.move(days=80)

    assert active[0] == 4
    assert active == sorted(active, reverse=True)
    assert len(set(active)) > 2


def test_one_locks_and_several_unlock() -> None:
    assembly = founded()
    circle.lock(assembly)
    circle.lock(assembly)

    act = quorum.propose(assembly, "deliberation.end", {"slot": 5})
    with pytest.raises(Refused, match="locked"):
        quorum.approve(assembly, act, keys(assembly, 1))
    carried(assembly, "deliberation.unlock", {}, (1, 2))
    assert circle.locked(assembly)
    carried(assembly, "deliberation.unlock", {}, (3,))
    assert not circle.locked(assembly)


def test_a_locked_circle_carries_out_nothing_that_was_agreed_before() -> None:
    with clock.stopped(START) as time:
        assembly = founded(n=4)
        carried(assembly, "deliberation.end", {"slot": 4}, (1, 2, 3))
        circle.lock(assembly)
        time.move(days=5)
        quorum.carry_out_due(assembly)
        held = [slot.slot for slot in circle.slots(assembly) if slot.active]
        carried(assembly, "deliberation.unlock", {}, (1, 2, 3))
        quorum.carry_out_due(assembly)

        assert held == [1, 2, 3, 4]
        assert [slot.slot for slot in circle.slots(assembly) if slot.active] == [1, 2, 3]


def test_the_log_says_how_many_signed_not_how_many_were_needed() -> None:
    with clock.stopped(START) as time:
        assembly = founded(n=7, k=4)
        act = carried(assembly, "deliberation.end", {"slot": 7}, (1, 2, 3, 4, 5, 6))
        found = quorum.act(assembly, act)
        time.move(days=3)
        quorum.carry_out_due(assembly)

        assert found is not None
        assert found.needed == 5
        assert [line.payload["signed"] for line in log.entries(assembly, kind="deliberation.end")] == [6]


def test_a_circle_of_sixteen_admits_nobody() -> None:
    with clock.stopped(START):
        assembly = founding.found(charter(k=9), [f"kamo tiru sena lobe {number}" for number in range(100, 116)])
        slot = circle.stand(assembly, "nalo peri tasu miko beda")

        with pytest.raises(Refused, match="circle_full"):
            quorum.propose(assembly, "deliberation.admit", {"slot": slot})


def test_a_place_is_given_by_the_others_after_a_delay() -> None:
    with clock.stopped(START) as time:
        assembly = founded(n=4)
        slot = circle.stand(assembly, "nalo peri tasu miko beda")
        assert slot == 5
        assert len(circle.slots(assembly)) == 4
        with pytest.raises(circle.SignInRefused):
            circle.unlock(assembly, slot, "nalo peri tasu miko beda")

        carried(assembly, "deliberation.admit", {"slot": slot}, (1, 2, 3, 4))
        circle.forget_candidates(assembly)
        assert len(circle.slots(assembly)) == 4
        time.move(days=3)
        quorum.carry_out_due(assembly)

        assert [one.slot for one in circle.slots(assembly)] == [1, 2, 3, 4, 5]
        assert keys(assembly, slot, "nalo peri tasu miko beda").slot == 5


def test_nobody_is_admitted_when_k_would_no_longer_be_a_majority() -> None:
    assembly = founded(n=5, k=3)
    slot = circle.stand(assembly, "nalo peri tasu miko beda")

    with pytest.raises(Refused, match="raise_k_first"):
        quorum.propose(assembly, "deliberation.admit", {"slot": slot})


def test_a_candidate_nobody_waits_for_is_forgotten() -> None:
    assembly = founded(n=4)
    circle.stand(assembly, "nalo peri tasu miko beda")

    circle.forget_candidates(assembly)

    with pytest.raises(Refused, match="no_candidate"):
        quorum.propose(assembly, "deliberation.admit", {"slot": 5})


def test_a_place_ends_by_act_and_the_one_concerned_does_not_sign() -> None:
    with clock.stopped(START) as time:
        assembly = founded(n=3, k=2)
        act = quorum.propose(assembly, "deliberation.end", {"slot": 3})
        with pytest.raises(Refused, match="not_yours_to_sign"):
            quorum.approve(assembly, act, keys(assembly, 3))
        for slot in (1, 2):
            quorum.approve(assembly, act, keys(assembly, slot))
        time.move(days=3)
        quorum.carry_out_due(assembly)
        time.move(days=-30)

        assert [slot.slot for slot in circle.slots(assembly) if slot.active] == [1, 2]


def test_a_circle_that_can_act_cannot_be_founded_again() -> None:
    assembly = founded()

    with pytest.raises(FoundingRefused, match="circle_can_act"):
        founding.found_again(assembly, PASSPHRASES[:3], 2)


def test_a_circle_that_cannot_act_is_founded_again() -> None:
    with clock.stopped(START) as time:
        assembly = founded(n=3, k=2)
        time.move(days=3650)
        again = founding.found_again(assembly, PASSPHRASES[3:7], 3)

        assert [slot.slot for slot in circle.slots(again) if slot.active] == [4, 5, 6, 7]
        assert load(assembly.id).k == 3
        assert [line.kind for line in log.entries(again)] == ["founded", "founded_again"]
        with pytest.raises(circle.SignInRefused):
            circle.unlock(again, 1, PASSPHRASES[0])
