"""Looking again and again: nothing moves while a box is open, and a release is the same bytes at every look."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from commons import clock
from commons.settings import Settings
from tests.attacks.careless import Careless, read
from tests.attacks.stage import TAGS, Answers, Stage, crawl
from tests.house.tree import ROOT
from tests.visitor import unshuffled

pytestmark = pytest.mark.slow

PEOPLE: list[Answers] = [
    {"X1": "1", "X2": "5", "X3": ["1", "2"]}, {"X1": "2", "X2": "1"}, {"X3": "4"}, {"X1": "3", "X2": "3", "X3": ["5"]},
    {"X1": "1", "X2": "4"}, {"X2": "2", "X3": ["1", "5"]}, {"X1": "2", "X2": "5", "X3": "2"}, {}, {"X1": "1"},
]  # fmt: skip
LOOKS, RESTARTS = 200, 3

HOW = {
    "whole": {},
    "head": {},
    "small": {"Accept-Encoding": "gzip"},
    "since": {"If-Modified-Since": "Mon, 04 May 2026 15:00:00 GMT", "If-None-Match": "*"},
}
Ask = tuple[FlaskClient, str, str]
Seen = Mapping[object, object]


def told(response: TestResponse) -> tuple[object, ...]:
    """Everything a response says: its status, every header, its body, whatever order its answers are shown in.

    How short a page gets that is compressed follows from its body and that order, drawn before anything is looked at.
    """
    small = response.headers.get("Content-Encoding") == "gzip"
    body = gzip.decompress(response.data) if small else response.data
    headers = [one for one in sorted(response.headers.items()) if not small or one[0] != "Content-Length"]
    return response.status_code, headers, unshuffled(body.decode("utf-8", "surrogateescape"))


def poller(asks: Iterable[Ask]) -> Callable[[], Seen]:
    """Return a look at every address, by everybody, in every way a browser asks."""
    every = list(asks)

    def look() -> Seen:
        return {
            (at, how, address): told(client.open(address, method="HEAD" if how == "head" else "GET", headers=HOW[how]))
            for at, (client, how, address) in enumerate(every)
        }

    return look


def moved(look: Callable[[], Seen], hand_ins: list[Callable[[], object]]) -> list[list[object]]:
    """The attack: look at everything after each hand-in; return, for each, what differs from before."""
    before, found = look(), []
    for hand_in in hand_ins:
        hand_in()
        after = look()
        found.append([page for page in after if after[page] != before[page]])
        before = after
    return found


def test_no_page_moves_by_a_byte_until_a_box_closes(stage: Stage) -> None:
    survey = stage.open()
    seat = stage.facilitator().client
    open_to_all, ours = crawl(stage.phone, stage.path()), crawl(seat, stage.path("circle/"))
    asides = [stage.path(f"{page}/{survey}", tag) for page in ("answer", "results") for tag in TAGS]
    look = poller(
        [
            *product([stage.phone], ["whole"], open_to_all),
            *product([stage.phone], HOW, asides),
            *product([seat], ["whole"], [one for one in ours if "/circle/" in one]),
            *product([stage.app.test_client()], ["whole"], asides),
        ]
    )

    found = moved(look, [partial(stage.answer, survey, [one], first=n) for n, one in enumerate(PEOPLE)])

    assert {address.split("/")[1] for address in open_to_all} == set(TAGS)
    assert (len(open_to_all), len(ours)) >= (45, 99)
    assert found == [[]] * len(PEOPLE)


def test_a_house_that_shows_results_as_they_come_gives_every_answer_away(tmp_path: Path) -> None:
    house = Careless(tmp_path, [str(n) for n in range(9)])
    given = ["yes", "no", "yes", "yes", "no", "yes", "no", "no", "yes"]
    for card in ("7", "8"):
        house.client.post("/answer", data={"card": card, "answer": "yes" if card == "7" else "no"})
    learnt = []

    def turn(n: int) -> None:
        before = read(house.client.get("/results").text)
        house.client.post("/answer", data={"card": str(n), "answer": given[n]})
        after = read(house.client.get("/results").text)
        learnt.append(max(after, key=lambda one: after[one] - before[one]))

    found = moved(poller([(house.client, "whole", "/results")]), [partial(turn, n) for n in range(7)])

    assert all(found)
    assert learnt == given[:7]


ELSEWHERE = """
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from app import create_app
from commons import clock
from commons.access import TYPED
from commons.settings import Settings
instance, hour, word, *addresses = sys.argv[1:]
with clock.stopped(datetime.fromisoformat(hour)):
    client = create_app(Settings(instance=Path(instance), passphrase_memory=1)).test_client()
    client.post("/en/tree/", data={TYPED: word})
    for address in addresses:
        print(sha256(client.get(address).data).hexdigest())
"""


def elsewhere(stage: Stage, addresses: list[str], seed: str) -> list[str]:
    """What another process, whose sets are in another order, shows at these addresses: the hash of each page."""
    words = [str(stage.instance), clock.now().isoformat(), stage.word, *addresses]
    around = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", ELSEWHERE, *words]
    return subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=True).stdout.split()


def test_a_release_is_the_same_bytes_at_every_look_after_every_restart(stage: Stage) -> None:
    survey = stage.open()
    stage.answer(survey, PEOPLE)
    stage.count(survey)
    results = [stage.path(f"results/{survey}", tag) for tag in TAGS]
    everything = sorted(crawl(stage.phone, stage.path()))
    assert set(results) <= set(everything)

    seen: dict[str, set[bytes]] = {address: set() for address in everything}
    for _restart in range(RESTARTS):
        app = create_app(Settings(instance=stage.instance, passphrase_memory=1))
        client = replace(stage, app=app).member().client
        for address in everything:
            seen[address].add(client.get(address).data)
        for look in range(LOOKS // RESTARTS):
            seen[results[look % len(results)]].add(client.get(results[look % len(results)]).data)

    assert {address: len(bodies) for address, bodies in seen.items()} == dict.fromkeys(everything, 1)
    here = [sha256(seen[address].pop()).hexdigest() for address in everything]
    assert [elsewhere(stage, everything, seed) for seed in ("1", "2")] == [here, here]


def test_fresh_noise_at_each_look_is_averaged_away(tmp_path: Path) -> None:
    house = Careless(tmp_path, [str(n) for n in range(12)])
    for n in range(12):
        house.client.post("/answer", data={"card": str(n), "answer": "yes" if n < 8 else "no"})

    looks = [read(house.client.get("/noisy").text)["yes"] for _ in range(5 * LOOKS)]

    assert len(set(looks)) == 5 * LOOKS
    assert round(sum(looks) / len(looks)) == 8
