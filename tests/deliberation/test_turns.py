"""The next turn comes as the assembly chose, and a draw by lot is one that anybody can repeat."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from commons import clock, log, quorum
from commons.quorum import Refused
from commons.settings import HOUSE
from commons.settings import here as instance
from deliberation.actions import circle, turns
from deliberation.domain import lots
from tests.deliberation.gathering import Gathering, gathering
from tests.deliberation.sitting import river, signed, sits
from tests.visitor import Visitor

__all__ = ["river", "sits"]

VERIFIER = HOUSE / "static" / "verify_lot.py"
SAID = "3516243516"
NEWCOMER = "nalo peri tasu miko beda"


@pytest.fixture
def place(either: Flask, time: clock.Clock) -> Gathering:
    """A circle of four that chose the lot."""
    found = gathering(n=4, k=3)
    found.later("deliberation.turn", time, way="lot")
    return found


def sealed(place: Gathering, numbers: int = 7, places: int = 2) -> lots.Lot:
    place.act("deliberation.lot", numbers=numbers, places=places)
    waits = turns.turns(place.assembly).waiting
    assert waits is not None
    return waits


def drawn(place: Gathering) -> lots.Lot:
    place.act("deliberation.draw", lot=sealed(place).id, said=SAID)
    return turns.turns(place.assembly).lots[-1]


def verify(folder: Path, lines: object) -> tuple[int, str]:
    file = folder / "log.json"
    file.write_text(lines if isinstance(lines, str) else json.dumps(lines), "utf-8")
    done = subprocess.run([sys.executable, "-I", VERIFIER, file], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_draw_follows_from_what_was_sealed_and_what_was_said(place: Gathering, tmp_path: Path) -> None:
    lot = drawn(place)

    assert lots.seal(bytes.fromhex(lot.seed)) == lot.seal
    assert lot.order == lots.order(bytes.fromhex(lot.seed), SAID, 7)
    code, told = verify(tmp_path, log.exported(place.assembly))
    assert (code, f"drawn  {lot.drawn[0]} {lot.drawn[1]}" in told, "1 draws" in told) == (0, True, True)


def test_the_log_holds_nothing_of_the_seed_before_the_draw(place: Gathering) -> None:
    sealed(place)
    before = log.exported(place.assembly)
    seed = turns._seed(place.assembly, turns.turns(place.assembly).lots[0].id).hex()

    place.act("deliberation.draw", lot=turns.turns(place.assembly).lots[0].id, said=SAID)

    assert seed not in before
    assert seed in log.exported(place.assembly)


def other_seed(lot: dict[str, object], draw: dict[str, object]) -> None:
    draw["seed"] = "00" * 32


def other_digits(lot: dict[str, object], draw: dict[str, object]) -> None:
    draw["said"] = "1111111111"


def other_order(lot: dict[str, object], draw: dict[str, object]) -> None:
    draw["drawn"] = list(reversed(list(map(int, str(draw["drawn"]).strip("[]").split(",")))))


def more_numbers(lot: dict[str, object], draw: dict[str, object]) -> None:
    lot["numbers"] = 8


def other_lot(lot: dict[str, object], draw: dict[str, object]) -> None:
    draw["lot"] = "ab"


@pytest.mark.parametrize("harm", [other_seed, other_digits, other_order, more_numbers, other_lot])
def test_a_steered_draw_is_noticed(
    place: Gathering, tmp_path: Path, harm: Callable[[dict[str, object], dict[str, object]], None]
) -> None:
    drawn(place)
    lines = json.loads(log.exported(place.assembly))
    lot, draw = (
        next(one["payload"] for one in lines if one["kind"] == kind)
        for kind in ("deliberation.lot", "deliberation.draw")
    )
    harm(lot, draw)

    code, told = verify(tmp_path, lines)

    assert (code, "NOT AS SEALED" in told) == (1, True)


def test_where_the_lot_was_chosen_nobody_joins_undrawn_and_one_a_number(place: Gathering, time: clock.Clock) -> None:
    slots = [circle.stand(place.assembly, f"{NEWCOMER} {word}") for word in ("baba", "bebe")]
    with pytest.raises(Refused, match="draw_first"):
        quorum.propose(place.assembly, "deliberation.admit", {"slot": slots[0]})
    place.act("deliberation.draw", lot=sealed(place, places=1).id, said=SAID)
    acts = [quorum.propose(place.assembly, "deliberation.admit", {"slot": slot}) for slot in slots]
    for act in acts:
        for keys in place.keys:
            quorum.approve(place.assembly, act, keys)

    time.move(days=3)
    quorum.carry_out_due(place.assembly)

    assert sum(one.slot in slots for one in circle.slots(place.assembly)) == 1
    assert log.entries(place.assembly)[-1].kind == "act.dropped"


def test_by_turn_of_duty_somebody_joins_undrawn(place: Gathering, time: clock.Clock) -> None:
    place.later("deliberation.turn", time, way="duty")
    slot = circle.stand(place.assembly, NEWCOMER)

    place.later("deliberation.admit", time, slot=slot)

    assert [one.slot for one in circle.slots(place.assembly)] == [1, 2, 3, 4, slot]
    with pytest.raises(Refused, match="no_lot_here"):
        quorum.propose(place.assembly, "deliberation.lot", {"numbers": 3, "places": 1})


def test_a_place_never_serves_twice(place: Gathering, time: clock.Clock) -> None:
    place.later("deliberation.end", time, slot=4)
    drawn(place)

    with pytest.raises(Refused, match="no_candidate"):
        quorum.propose(place.assembly, "deliberation.admit", {"slot": 4})


@pytest.mark.parametrize(
    ("numbers", "places", "code"),
    [(1, 1, "numbers_in_the_bag"), (501, 2, "numbers_in_the_bag"), (3, 3, "fewer_places"), (3, 0, "fewer_places")],
)
def test_a_lot_that_decides_nothing_is_refused(place: Gathering, numbers: int, places: int, code: str) -> None:
    with pytest.raises(Refused, match=code):
        quorum.propose(place.assembly, "deliberation.lot", {"numbers": numbers, "places": places})


def test_a_lot_is_drawn_once_with_enough_digits_and_with_the_machines_own_seed(place: Gathering) -> None:
    lot = sealed(place)
    for said, code in (("123", "few_digits"), ("1 2 3 4 5 6 7 8 9 0", "lot_lost")):
        with pytest.raises(Refused, match=code):
            quorum.propose(place.assembly, "deliberation.draw", {"lot": lot.id, "said": said})
    place.act("deliberation.draw", lot=lot.id, said=SAID)
    with pytest.raises(Refused, match="no_lot_waits"):
        quorum.propose(place.assembly, "deliberation.draw", {"lot": lot.id, "said": SAID})


def test_a_lot_whose_seed_was_lost_with_the_machine_is_put_aside(either: Flask, place: Gathering) -> None:
    lot = sealed(place)
    either.extensions["palabre"] = replace(instance(), key=bytes(range(32)))
    with pytest.raises(Refused, match="lot_lost"):
        quorum.propose(place.assembly, "deliberation.draw", {"lot": lot.id, "said": SAID})

    assert drawn(place).order
    assert [bool(one.order) for one in turns.turns(place.assembly).lots] == [False, True]


def test_an_unknown_way_is_refused(place: Gathering) -> None:
    with pytest.raises(Refused, match="no_such_way"):
        quorum.propose(place.assembly, "deliberation.turn", {"way": "by the eldest"})


def test_a_turn_is_chosen_sealed_drawn_and_shown_on_the_pages(
    app: Flask, river: Gathering, sits: Callable[..., Visitor], time: clock.Clock
) -> None:
    visitor, path = sits(river), "/en/river/circle/turn"
    assert "The assembly has not chosen yet" in visitor.visit(path).text
    chosen = visitor.submit(visitor.visit(path), "choose", way="willing")
    signed(app, river, chosen.path, sits, 4)
    time.move(days=3)
    quorum.carry_out_due(river.assembly)
    visitor = sits(river)
    act = visitor.submit(visitor.visit(path), "turn/lot", numbers="6", places="2")
    signed(app, river, act.path, sits, 3)
    waits = visitor.visit("/en/river/lots").text
    act = visitor.submit(visitor.visit(path), "turn/draw", said="3 5 1 6 2 4 3 5 1 6")
    signed(app, river, act.path, sits, 3)

    lot = turns.turns(river.assembly).lots[-1]
    seen = visitor.visit("/en/river/lots").text
    assert "A secret seed is sealed" not in waits
    assert "The hall has not said its digits yet" in waits
    assert "Digits said aloud 3516243516" in act.text
    assert f"Drawn: {lot.drawn[0]}, {lot.drawn[1]}" in seen
    assert lot.seed in seen
    told = visitor.visit("/en/river/log").text
    assert "A lot was sealed, with 6 numbers in the bag." in told
    assert f"The lot was drawn with the digits 3516243516: {lot.drawn[0]}, {lot.drawn[1]}." in told
    assert "It was chosen how the next turn comes: By lot among those who are willing." in told
    assert "2 of the numbers drawn may still join." in visitor.visit(path).text


def test_what_does_not_fit_gets_a_sentence_and_keeps_what_was_typed(
    river: Gathering, sits: Callable[..., Visitor], time: clock.Clock
) -> None:
    visitor, path = sits(river), "/en/river/circle/turn"
    no_way = visitor.submit(visitor.visit(path), "choose")
    river.later("deliberation.turn", time, way="lot")
    visitor = sits(river)
    too_many = visitor.submit(visitor.visit(path), "turn/lot", numbers="3", places="5")
    sealed(river)
    few = visitor.submit(visitor.visit(path), "turn/draw", said="1 2 3")
    sealed(river)

    assert "Choose one of the ways." in no_way.text
    assert "There must be fewer places than numbers" in too_many.text
    assert [one.get("value") for one in too_many.all("input", name="places")] == ["5"]
    assert "Write ten digits at least" in few.text
    assert [one.get("value") for one in few.all("input", name="said")] == ["1 2 3"]
    assert "It was put aside, never drawn" in visitor.visit("/en/river/lots").text
