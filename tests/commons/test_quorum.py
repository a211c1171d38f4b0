"""Acts: nothing happens before enough have signed, and it happens once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from nacl.signing import SigningKey

from commons import clock, log, quorum
from commons.assembly import Assembly, AssemblyRow, load
from commons.db import new_id, session, transaction

KEYS = {slot: SigningKey.generate() for slot in range(1, 6)}


def keys(slot: int) -> quorum.Keys:
    return quorum.Keys(slot, KEYS[slot], KEYS[slot].to_curve25519_private_key())


@transaction
def founded(slug: str = "river", k: int = 3) -> Assembly:
    key = new_id()
    session.add(AssemblyRow(id=key, slug=slug, title="River", languages=["en"], k=k, t=2, timezone="UTC"))
    session.flush()
    return load(key)


@pytest.fixture
def done(either: Flask) -> list[str]:
    slots = tuple(
        quorum.Slot(slot, bytes(key.verify_key), bytes(key.to_curve25519_private_key().public_key), active=True)
        for slot, key in KEYS.items()
    )
    quorum.register_circle(lambda _assembly: slots)
    happened: list[str] = []

    def carry_out(act: quorum.Act, _prepared: object) -> quorum.Carried:
        happened.append(act.id)
        return quorum.Carried({"what": "tested"}, "printed")

    quorum.declare(quorum.Kind("test.act", quorum.Needs.K, carry_out))
    quorum.declare(quorum.Kind("test.slow", quorum.Needs.K_PLUS_ONE, carry_out, delay_days=3))
    return happened


def test_an_act_happens_when_the_kth_signs_and_only_then(done: list[str]) -> None:
    assembly = founded()
    act = quorum.propose(assembly, "test.act", {"of": 1})

    assert quorum.approve(assembly, act, keys(1)) is None
    assert quorum.approve(assembly, act, keys(1)) is None
    assert quorum.approve(assembly, act, keys(2)) is None
    assert done == []

    carried = quorum.approve(assembly, act, keys(3))
    assert carried is not None
    assert carried.result == "printed"
    assert done == [act]


def test_a_done_act_takes_no_more_signatures(done: list[str]) -> None:
    assembly = founded()
    act = quorum.propose(assembly, "test.act", {"of": 1})
    for slot in (1, 2, 3):
        quorum.approve(assembly, act, keys(slot))

    with pytest.raises(quorum.Refused, match="no_such_act"):
        quorum.approve(assembly, act, keys(4))
    assert done == [act]


def test_a_signature_by_another_key_counts_for_nothing(done: list[str]) -> None:
    assembly = founded()
    act = quorum.propose(assembly, "test.act", {"of": 1})
    thief = replace(keys(4), slot=2)

    for signer in (keys(1), thief, keys(3)):
        quorum.approve(assembly, act, signer)

    assert done == []


def test_a_delayed_act_waits_for_its_day(done: list[str]) -> None:
    assembly = founded()
    with clock.stopped(datetime(2026, 5, 1, tzinfo=UTC)) as time:
        act = quorum.propose(assembly, "test.slow", {"of": 1})
        for slot in (1, 2, 3, 4):
            quorum.approve(assembly, act, keys(slot))
        quorum.carry_out_due(assembly)
        assert done == []

        time.move(days=3)
        quorum.carry_out_due(assembly)
        quorum.carry_out_due(assembly)

    assert done == [act]
    assert [line.kind for line in log.entries(assembly)] == ["act.agreed", "test.slow"]


def test_the_same_act_proposed_again_is_the_one_that_waits(done: list[str]) -> None:
    assembly = founded()
    with clock.stopped(datetime(2026, 5, 1, tzinfo=UTC)) as time:
        act = quorum.propose(assembly, "test.act", {"of": 1})
        log.append(assembly, "tested", {})
        time.move(days=14)
        again, other = (quorum.propose(assembly, "test.act", {"of": of}) for of in (1, 2))
        time.move(days=1)
        renewed = quorum.propose(assembly, "test.act", {"of": 1})

    assert again == act
    assert len({act, other, renewed}) == 3


def test_the_same_act_about_something_that_changed_is_another(done: list[str]) -> None:
    assembly, now = founded(), {"text": "one"}
    kind = quorum.kinds()["test.act"]
    quorum.declare(replace(kind, touches=lambda _assembly, _params: dict(now)))
    act = quorum.propose(assembly, "test.act", {"of": 1})
    now["text"] = "two"

    assert quorum.propose(assembly, "test.act", {"of": 1}) != act


def test_an_act_that_waits_says_what_would_refuse_it(done: list[str]) -> None:
    assembly, now = founded(), {"text": "one", "rule": "one"}
    kind = quorum.kinds()["test.act"]
    quorum.declare(replace(kind, touches=lambda _assembly, _params: dict(now)))
    found = quorum.act(assembly, quorum.propose(assembly, "test.act", {"of": 1}))
    assert found is not None

    def refuse(_assembly: Assembly, _params: object) -> dict[str, str]:
        raise quorum.Refused("not_now")

    seen = [quorum.hindered(found)]
    for name in ("rule", "text"):
        now[name] = "two"
        seen.append(quorum.hindered(found))
    quorum.declare(replace(kind, touches=refuse))

    assert [*seen, quorum.hindered(found)] == ["", "changed_since", "amended_since", "not_now"]
    assert quorum.hindered(replace(found, state=quorum.State.DONE)) == ""


def test_an_act_expires(done: list[str]) -> None:
    assembly = founded()
    with clock.stopped(datetime(2026, 5, 1, tzinfo=UTC)) as time:
        act = quorum.propose(assembly, "test.act", {"of": 1})
        time.move(days=15)

        with pytest.raises(quorum.Refused, match="expired"):
            quorum.approve(assembly, act, keys(1))
    assert done == []
