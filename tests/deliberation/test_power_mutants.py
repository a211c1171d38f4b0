"""The test of a circle's powers has teeth: a house with one fault fails at steps an honest one passes.

Each mutant takes one rule away, at a seam of the house. The steps are those of the state machine; what notices is its
second reading of the log, or one of its invariants.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask

from commons import clock, log, quorum
from commons.acts import Act, Kind, Refused
from commons.assembly import Assembly
from commons.db import session, transaction
from deliberation.actions import circle, founding
from deliberation.actions.places import Place
from deliberation.models import Facilitator
from tests.deliberation.cheating import HONEST, Plan
from tests.deliberation.test_no_power_alone import START, Circle

pytestmark = pytest.mark.slow

Fault = Callable[[pytest.MonkeyPatch], None]
Steps = Callable[[Circle], None]
CARDS = replace(HONEST, kind="surveys.cards", params={"size": 12}, days=0)
ADMIT = replace(HONEST, kind="deliberation.admit")


def one_signature_fewer(house: pytest.MonkeyPatch) -> None:
    needed = quorum.needed
    house.setattr(quorum, "needed", lambda *asked: needed(*asked) - 1)


def k_where_more_must_sign(house: pytest.MonkeyPatch) -> None:
    house.setattr(quorum, "needed", lambda assembly, *_: assembly.k)


def one_alone_where_nobody_else_is_free(house: pytest.MonkeyPatch) -> None:
    house.setattr(quorum, "FEWEST", 1)


def the_one_concerned_signs_too(house: pytest.MonkeyPatch) -> None:
    house.setattr(quorum, "_may_sign", _everybody)


def _everybody(assembly: Assembly, _kind: Kind, _params: object) -> frozenset[int]:
    return frozenset(slot.slot for slot in circle.slots(assembly) if slot.active)


def whose_term_has_ended_signs_too(house: pytest.MonkeyPatch) -> None:
    for name, kind in quorum.kinds().items():
        house.setitem(quorum._kinds, name, replace(kind, late=True))


def any_signature_holds(house: pytest.MonkeyPatch) -> None:
    house.setattr(quorum, "_signed", lambda *_: True)


def no_delay_is_waited_for(house: pytest.MonkeyPatch) -> None:
    house.setattr(quorum, "_is_due", lambda found: found.state is quorum.State.AGREED)


def what_needs_a_delay_has_none(house: pytest.MonkeyPatch) -> None:
    ending = quorum.kinds()["deliberation.end"]
    house.setitem(quorum._kinds, ending.name, replace(ending, delay_days=0))


def a_lock_holds_nothing_back(house: pytest.MonkeyPatch) -> None:
    house.setattr(quorum, "_held", lambda *_: False)


def a_lock_lets_people_sign(house: pytest.MonkeyPatch) -> None:
    house.setattr(quorum, "_guards", [])


def a_lapsed_act_is_signed(house: pytest.MonkeyPatch) -> None:
    house.setattr(quorum, "_pending", _found)


def _found(assembly: Assembly, act_id: str) -> Act:
    found = quorum.act(assembly, act_id)
    if found is None:
        raise Refused("no_such_act")
    return found


def k_is_not_raised_first(house: pytest.MonkeyPatch) -> None:
    _untouched(house, "deliberation.admit")


def k_is_lowered_to_any_number(house: pytest.MonkeyPatch) -> None:
    _untouched(house, "deliberation.threshold")


def _untouched(house: pytest.MonkeyPatch, name: str) -> None:
    house.setitem(quorum._kinds, name, replace(quorum.kinds()[name], touches=lambda _assembly, _params: {}))


def a_circle_that_can_act_is_founded_again(house: pytest.MonkeyPatch) -> None:
    house.setattr(founding, "can_act", lambda _assembly: False)


def terms_come_back_with_the_clock(house: pytest.MonkeyPatch) -> None:
    house.setattr(log, "today", clock.today)


def who_stands_is_on_duty_already(house: pytest.MonkeyPatch) -> None:
    stand = circle.stand

    @transaction
    def at_once(assembly: Assembly, newcomer: Place) -> int:
        slot = stand(assembly, newcomer)
        session.get_one(Facilitator, (assembly.id, slot)).term = START.date() + timedelta(days=9)
        return slot

    house.setattr(circle, "stand", at_once)


def an_end_ends_nothing(house: pytest.MonkeyPatch) -> None:
    house.setattr(circle, "ENDED", START.date() + timedelta(days=99))


def seen(plan: Plan, slot: int = 4) -> Steps:
    """The steps of one act seen through as planned."""
    return lambda people: people.see_it_through(plan, slot)


def lock_then_sign(people: Circle) -> None:
    people.lock()
    people.everybody_signs(people.put("surveys.cards", {"size": 12}))


def sign_late(people: Circle) -> None:
    act = people.put("surveys.cards", {"size": 12})
    people.time.move(days=15)
    people.everybody_signs(act)


def sign_on(people: Circle) -> None:
    """Sign what has happened already."""
    act = people.put("surveys.cards", {"size": 12})
    people.everybody_signs(act)
    people.everybody_signs(act)


def outlive(people: Circle) -> None:
    """Let the first terms end, and those who had them sign all the same."""
    people.time.move(days=215)
    people.sign(people.put("surveys.cards", {"size": 12}), [1, 2, 3])


def outlive_and_set_back(people: Circle) -> None:
    """Let the first terms end and something be noted; then the clock falls back."""
    people.time.move(days=215)
    people.lock()
    people.time.move(days=-215)


def end_one_of_two(people: Circle) -> None:
    """Of three, two end the third; then one would end the other alone."""
    people.see_it_through(HONEST, 3)
    people.sign(people.put("deliberation.end", {"slot": 2}), [1])


def end_with_their_own_hand(people: Circle) -> None:
    people.sign(people.put("deliberation.end", {"slot": 4}), [1, 2, 4])


def found_anew(people: Circle) -> None:
    people.found_again(3)


def stand_alone(people: Circle) -> None:
    people.stands()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault, the circle it is tried in (people, k), and the steps at which it shows."""

    fault: Fault
    size: tuple[int, int]
    steps: Steps


MUTANTS = (
    Mutant(one_signature_fewer, (4, 3), seen(HONEST)),
    Mutant(one_signature_fewer, (4, 3), seen(CARDS)),
    Mutant(k_where_more_must_sign, (7, 4), seen(HONEST)),
    Mutant(one_alone_where_nobody_else_is_free, (3, 2), end_one_of_two),
    Mutant(the_one_concerned_signs_too, (4, 3), end_with_their_own_hand),
    Mutant(whose_term_has_ended_signs_too, (4, 3), outlive),
    Mutant(any_signature_holds, (4, 3), seen(replace(CARDS, too_few=1, forged=True))),
    Mutant(no_delay_is_waited_for, (4, 3), seen(replace(HONEST, days=0))),
    Mutant(what_needs_a_delay_has_none, (4, 3), seen(replace(HONEST, days=0))),
    Mutant(a_lock_holds_nothing_back, (4, 3), seen(replace(HONEST, locked=True))),
    Mutant(a_lock_lets_people_sign, (4, 3), lock_then_sign),
    Mutant(a_lapsed_act_is_signed, (4, 3), sign_late),
    Mutant(a_lapsed_act_is_signed, (4, 3), sign_on),
    Mutant(k_is_not_raised_first, (5, 3), seen(ADMIT)),
    Mutant(
        k_is_lowered_to_any_number,
        (5, 3),
        seen(replace(HONEST, kind="deliberation.threshold", params={"k": 2, "t": 2})),
    ),
    Mutant(a_circle_that_can_act_is_founded_again, (4, 3), found_anew),
    Mutant(terms_come_back_with_the_clock, (4, 3), outlive_and_set_back),
    Mutant(who_stands_is_on_duty_already, (4, 3), stand_alone),
    Mutant(an_end_ends_nothing, (4, 3), seen(HONEST)),
)


def lived(mutant: Mutant) -> None:
    """Take the steps with the fault, and look after each as the state machine does."""
    people = Circle()
    with people.stack:
        people.found(mutant.size)
        people.every_effect_was_signed_for()
        mutant.steps(people)
        people.every_effect_was_signed_for()
        people.the_circle_is_what_was_signed_for()
        people.no_half_of_a_circle_acts_alone()


def named(mutant: Mutant) -> str:
    return mutant.fault.__name__


@pytest.mark.parametrize("mutant", MUTANTS, ids=named)
def test_an_honest_house_takes_the_same_steps(app: Flask, mutant: Mutant) -> None:
    lived(mutant)


@pytest.mark.parametrize("mutant", MUTANTS, ids=named)
def test_each_fault_is_noticed(app: Flask, mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant.fault(monkeypatch)

    with pytest.raises(AssertionError):
        lived(mutant)
