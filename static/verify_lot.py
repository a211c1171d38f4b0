#!/usr/bin/env python3
"""Check every draw by lot in the log of an assembly, with nothing but Python: no library, no network.

    python3 verify_lot.py LOG.json
    python3 verify_lot.py hall SEAL SEED DIGITS COUNTS SIZE

Before a draw the log holds the seal of a seed: its SHA-256. The draw shows the seed, and the digits said aloud.
The mix is SHA-256 of (byte 2, seed, digits). The ticket of a number is SHA-256 of (mix, the number in digits).
The lowest tickets are drawn. Compare the digits with what was said; check the log itself with verify_log.py.

A lot of one meeting is kept nowhere: give what its page showed. SEAL is what everybody saw before the digits were
said, twelve signs of it or more; COUNTS how many of each voice were there (9,7); SIZE how many in a small group. Each
voice is dealt out to the groups like cards, in the order drawn. Compare the order and the groups with the hall's.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

HALL, SHORTEST_SEAL = 5, 12


def tickets(seed: bytes, said: str, numbers: int) -> "dict[int, str]":
    """Return the ticket of each number from 1."""
    mix = hashlib.sha256(b"\x02" + seed + said.encode()).digest()
    return {one: hashlib.sha256(mix + str(one).encode()).hexdigest() for one in range(1, numbers + 1)}


def check(lots: "dict[str, dict[str, Any]]", draw: "dict[str, Any]") -> "list[str]":
    """Return the steps of one draw; raise ValueError when it does not hold."""
    lot = lots.pop(draw["lot"], None)
    if lot is None:
        raise ValueError("no seal stands in the log before it, or that lot was drawn already")
    seed = bytes.fromhex(draw["seed"])
    if hashlib.sha256(seed).hexdigest() != lot["seal"]:
        raise ValueError("the seed is not the one that was sealed")
    given = tickets(seed, draw["said"], lot["numbers"])
    order = sorted(given, key=lambda number: given[number])
    if order != draw["order"] or order[: lot["places"]] != draw["drawn"]:
        raise ValueError(f"the tickets say {order}, the log says {draw['order']}")
    told = [f"  seal   {lot['seal']}", f"  seed   {draw['seed']}", f"  said   {draw['said']}"]
    told += [f"  {number:>5}  {given[number]}" for number in order]
    return [*told, f"  drawn  {' '.join(map(str, draw['drawn']))}"]


def groups(order: "list[int]", counts: "list[int]", size: int) -> "list[list[int]]":
    """Return the small groups: numbers run on from voice to voice, each voice is dealt out in the order drawn."""
    dealt: list[int] = []
    first = 0
    for count in counts:
        dealt += [one for one in order if first < one <= first + count]
        first += count
    places = max(1, first // size)
    return [sorted(dealt[at::places], key=order.index) for at in range(places)]


def hall(seal: str, seed: str, said: str, counts: str, size: str) -> int:
    """Draw the lot of one meeting again; return 0 when the seed is the one that was sealed."""
    try:
        whole, numbers = hashlib.sha256(bytes.fromhex(seed)).hexdigest(), [int(one) for one in counts.split(",")]
        given = tickets(bytes.fromhex(seed), said, sum(numbers))
        order = sorted(given, key=lambda number: given[number])
        made = groups(order, numbers, int(size))
    except (ValueError, ZeroDivisionError) as error:
        print(f"NOT AS SEALED. {error}")
        return 1
    if len(seal) < SHORTEST_SEAL or not whole.startswith(seal):
        print("NOT AS SEALED. the seed is not the one that was sealed")
        return 1
    print("\n".join(f"  {number:>5}  {given[number]}" for number in order))
    print(f"  order  {' '.join(map(str, order))}")
    print("\n".join(f"  group {at}  {' '.join(map(str, one))}" for at, one in enumerate(made, start=1)))
    return 0


def main(paths: "list[str]") -> int:
    """Say step by step whether each draw follows from its seal and from what was said; return 0 when all do."""
    if len(paths) == 1 + HALL and paths[0] == "hall":
        return hall(*paths[1:])
    if len(paths) != 1 or paths[0] in ("-h", "--help"):
        print(__doc__)
        return 2
    lots: dict[str, dict[str, Any]] = {}
    draws = 0
    try:
        for line in json.loads(Path(paths[0]).read_text("utf-8")):
            if line["kind"] == "deliberation.lot":
                lots[line["payload"]["act"]] = line["payload"]
            if line["kind"] == "deliberation.draw":
                draws += 1
                print(f"Draw of {line['day']}")
                print("\n".join(check(lots, line["payload"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"NOT AS SEALED. {error}")
        return 1
    print(f"{draws} draws, each as sealed and said. Sealed and not drawn: {len(lots)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
