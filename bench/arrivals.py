"""Many members at once: nobody is lost, nobody speaks twice."""

import threading
import time

from bench.client import Scene


def one_card(scene: Scene, times: int) -> int:
    """Send one card `times` times at once; return how many ballots it left."""
    code, before = scene.codes.pop(), scene.ballots()
    gate = threading.Barrier(times)

    def send() -> None:
        connection = scene.connect()
        gate.wait()
        scene.hand_in(connection, code, expect=0)
        connection.close()

    _together([threading.Thread(target=send) for _ in range(times)])
    return scene.ballots() - before


def arrivals(scene: Scene, people: int, *, seconds: float) -> tuple[int, float]:
    """Let people open the page and hand in over some seconds; return ballots lost or doubled, and the longest wait."""
    before, waits = scene.ballots(), [0.0] * people
    codes = [scene.codes.pop() for _ in range(people)]

    def come(place: int) -> None:
        time.sleep(seconds * place / people)
        began, connection = time.monotonic(), scene.connect()
        scene.page(connection)
        scene.hand_in(connection, codes[place])
        connection.close()
        waits[place] = time.monotonic() - began

    _together([threading.Thread(target=come, args=(place,)) for place in range(people)])
    return abs(scene.ballots() - before - people), max(waits)


def _together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
