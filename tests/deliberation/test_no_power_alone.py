"""Whatever a circle does and in whatever order: no power without enough valid signatures, and always a way to go on.

A second reading of the log keeps its own account of who is on duty, how many are needed, and what is locked.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from nacl.signing import SigningKey
from sqlalchemy import select

from commons import clock, log, quorum
from commons.acts import Approval
from commons.assembly import load
from commons.db import session, transaction
from commons.quorum import Keys, Refused
from deliberation.actions import circle, founding, places, recovering
from deliberation.actions.founding import FoundingRefused
from surveys import door
from tests.deliberation.cheating import HONEST, Plan, plans
from tests.deliberation.second_reading import Reader
from tests.deliberation.test_circle import charter

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
FAR = 100  # where the secrets of those who have no slot yet are kept
numbers = count(1)


class Circle(RuleBasedStateMachine):
    """People, some of whom cheat, and a clock that may jump."""

    acts = Bundle("acts")
    newcomers = Bundle("newcomers")

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.time = self.stack.enter_context(clock.stopped(START))
        self.secrets: dict[int, bytes] = {}
        self.many = count(1)

    @initialize(size=st.sampled_from([(3, 2), (4, 3), (5, 3), (5, 4), (7, 4)]))
    def found(self, size: tuple[int, int]) -> None:
        people, k = size
        self.assembly = founding.found(charter(f"place-{next(numbers)}", k), self.new_places(people))
        self.reader = Reader(self.assembly.id)

    def teardown(self) -> None:
        try:
            self.the_assembly_can_go_on()
        finally:
            self.stack.close()

    def new_places(self, people: int, first: int = 1) -> list[places.Place]:
        """Make papers for so many places, and remember their secrets."""
        made = []
        for slot in range(first, first + people):
            self.secrets[slot] = sha256(f"{slot} {next(self.many)}".encode()).digest()[: places.SECRET]
            made.append(places.place(self.passphrase(slot), self.secrets[slot]))
        return made

    def passphrase(self, slot: int) -> str:
        return f"kamo tiru sena lobe dafa {slot}"

    def keys(self, slot: int) -> Keys:
        signing = SigningKey(places.seed_of(self.secrets[slot]))
        return Keys(slot, signing, signing.to_curve25519_private_key())

    def attempt(self, step: Callable[[], object]) -> object:
        """Try something; a refusal changes nothing."""
        try:
            return step()
        except (Refused, FoundingRefused):
            return None

    def put(self, kind: str, params: dict[str, object]) -> str:
        """Propose, and return the act's id, or nothing when the moment is wrong."""
        return str(self.attempt(lambda: quorum.propose(load(self.assembly.id), kind, params)) or "")

    @rule(target=acts, slot=st.integers(1, 9))
    def propose_to_end(self, slot: int) -> str:
        return self.put("deliberation.end", {"slot": slot})

    @rule(target=newcomers)
    def stand(self) -> int:
        return self.stands()

    def stands(self) -> int:
        """Make the paper of a newcomer and return the slot."""
        (made,) = self.new_places(1, FAR)
        stood = circle.stand(self.assembly, made)
        self.secrets[stood] = self.secrets.pop(FAR)
        return stood

    @rule(target=acts, slot=newcomers)
    def propose_to_admit(self, slot: int) -> str:
        return self.put("deliberation.admit", {"slot": slot})

    @rule(target=acts, k=st.integers(1, 8))
    def propose_a_threshold(self, k: int) -> str:
        return self.put("deliberation.threshold", {"k": k, "t": 2})

    @rule(
        target=acts,
        what=st.sampled_from(
            [
                ("deliberation.unlock", {}),
                ("surveys.cards", {"size": 12}),
                ("deliberation.turn", {"way": "duty"}),
                ("deliberation.turn", {"way": "lot"}),
                ("deliberation.lot", {"numbers": 4, "places": 1}),
            ]
        ),
    )
    def propose(self, what: tuple[str, dict[str, object]]) -> str:
        return self.put(*what)

    @rule(target=acts)
    def propose_a_box(self) -> str:
        closes = clock.today(self.assembly) + timedelta(days=9)
        asked = door.shipped("practice")
        slug = door.draft(self.assembly, kind="practice", questionnaire=asked, terms={}, closes=closes)
        return self.put("surveys.open", {"survey": slug})

    @rule(act=acts, slots=st.lists(st.integers(1, 9), min_size=1, max_size=9, unique=True))
    def sign(self, act: str, slots: list[int]) -> None:
        """Let some sign, members of the circle or not."""
        for slot in slots:
            if slot in self.secrets:
                self.attempt(partial(quorum.approve, self.assembly, act, self.keys(slot)))

    @rule(act=acts)
    def everybody_signs(self, act: str) -> None:
        self.sign(act, sorted(self.secrets))

    @rule(act=acts, other=acts, slot=st.integers(1, 9))
    def replay_a_signature_on_another_act(self, act: str, other: str, slot: int) -> None:
        mine = (Approval.assembly == self.assembly.id, Approval.slot == slot)
        if act and other and act != other:
            given = session.scalars(select(Approval).where(*mine, Approval.act == bytes.fromhex(act))).first()
            self.forge(other, slot, given.signature if given else bytes(64))

    @rule(act=acts, slot=st.integers(1, 9), real=st.integers(1, 9))
    def sign_in_the_name_of_another(self, act: str, slot: int, real: int) -> None:
        if act and slot != real and real in self.secrets:
            self.forge(act, slot, self.keys(real).signing.sign(bytes.fromhex(act)).signature)

    @transaction
    def forge(self, act: str, slot: int, signature: bytes) -> None:
        """Write a signature straight into the database."""
        key = bytes.fromhex(act)
        if session.get(Approval, (self.assembly.id, key, slot)) is None:
            session.add(Approval(assembly=self.assembly.id, act=key, slot=slot, signature=signature))

    @rule(plan=plans, slot=st.integers(1, 7))
    def see_it_through(self, plan: Plan, slot: int) -> None:
        """Take one act from its proposal to its day, honestly or not quite."""
        if plan.unlock_first:
            self.everybody_signs(self.put("deliberation.unlock", {}))
        if plan.kind == "deliberation.admit":
            slot = self.stands()
        act = self.put(plan.kind, {"slot": slot} if plan.params is None else plan.params)
        found = quorum.act(self.assembly, act)
        if found is None:
            return
        willing = sorted(self.reader.on_duty - {slot if plan.concerned_abstains else 0})
        signers = willing[: found.needed - plan.too_few]
        self.sign(act, signers)
        for silent in (one for one in willing if plan.forged and one not in signers):
            self.forge(act, silent, self.keys(signers[0]).signing.sign(bytes.fromhex(act)).signature)
            self.sign(act, signers)
        if plan.locked:
            self.lock()
        self.time.move(days=plan.days)
        self.upkeep()
        self.every_effect_was_signed_for()
        self.time.move(days=plan.back)

    @rule(act=consumes(acts))
    def forget(self, act: str) -> None:
        """Talk of something else."""

    @rule()
    def lock(self) -> None:
        circle.lock(self.assembly)

    @rule(slot=st.integers(1, 7))
    def recover(self, slot: int) -> None:
        circle._tries._buckets.clear()
        try:
            recovering.recover(self.assembly, slot, places.recovery_words(self.secrets.get(slot, bytes(16))))
        except recovering.WordsRefused:
            assert slot not in {one.slot for one in circle.slots(self.assembly)}

    @rule(slot=st.integers(1, 7))
    def pause(self, slot: int) -> None:
        for box in door.surveys(self.assembly):
            self.attempt(partial(door.pause, self.assembly, box.slug, slot))

    @rule(days=st.sampled_from([1, 3, 4, 15, 100, 400, -2, -20]))
    def the_clock_jumps(self, days: int) -> None:
        self.time.move(days=days)

    @rule()
    def upkeep(self) -> None:
        quorum.carry_out_due(self.assembly)
        circle.forget_candidates(self.assembly)

    @rule(people=st.integers(2, 5))
    def found_again(self, people: int) -> None:
        made = self.new_places(people, FAR)
        again = self.attempt(lambda: founding.found_again(load(self.assembly.id), made, people // 2 + 1))
        fresh = [self.secrets.pop(slot) for slot in range(FAR, FAR + people)]
        if again is not None:
            self.secrets |= dict(zip((one.slot for one in circle.slots(self.assembly)), fresh, strict=True))

    @invariant()
    def every_effect_was_signed_for(self) -> None:
        self.reader.go_on(clock.today(self.assembly))

    @invariant()
    def the_circle_is_what_was_signed_for(self) -> None:
        self.reader.go_on(clock.today(self.assembly))
        now = circle.slots(self.assembly)
        assert {one.slot for one in now if one.active} == self.reader.on_duty
        assert {one.slot: one.verify_key for one in now} == self.reader.keys
        assert load(self.assembly.id).k == self.reader.k
        assert circle.locked(self.assembly) == self.reader.locked

    @invariant()
    def no_half_of_a_circle_acts_alone(self) -> None:
        active = sum(one.active for one in circle.slots(self.assembly))
        assert 2 * load(self.assembly.id).k > active

    def the_assembly_can_go_on(self) -> None:
        """From wherever the run ended, those on duty can act; or a circle is founded again, and can."""
        if not founding.can_act(load(self.assembly.id)):
            self.found_again(3)
        now = load(self.assembly.id)
        able = [one.slot for one in circle.slots(now) if one.active]
        for kind, params in (("deliberation.unlock", {}), ("surveys.cards", {"size": 12})):
            if kind != "deliberation.unlock" or circle.locked(now):
                act = quorum.propose(now, kind, params)
                signing = (quorum.approve(now, act, self.keys(slot)) for slot in able[: now.k])
                assert any(done is not None for done in signing), "some may have signed the same before"
        assert log.entries(now)[-1].kind == "surveys.cards"


@pytest.mark.slow
def test_no_power_alone_and_always_a_way_to_go_on(either: Flask) -> None:
    many = settings(
        max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )

    run_state_machine_as_test(Circle, settings=many)


@pytest.mark.parametrize(
    "plan",
    [
        HONEST,
        replace(HONEST, too_few=1),
        replace(HONEST, too_few=1, forged=True),
        replace(HONEST, days=0),
        replace(HONEST, locked=True),
        replace(HONEST, back=-3),
        replace(HONEST, kind="deliberation.admit"),
        replace(HONEST, kind="deliberation.admit", too_few=1, forged=True),
        replace(HONEST, kind="surveys.cards", params={"size": 12}, too_few=1, forged=True, days=0),
    ],
)
def test_each_cheat_by_itself(app: Flask, plan: Plan) -> None:
    people = Circle()
    try:
        people.found((4, 3))
        people.every_effect_was_signed_for()
        people.see_it_through(plan, 4)
        people.every_effect_was_signed_for()
        people.the_circle_is_what_was_signed_for()
    finally:
        people.teardown()
