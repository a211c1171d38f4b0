"""Whoever can write the database adds, copies, swaps or removes ballots: what the machine notices, what people must.

A ballot that was added, copied or brought from elsewhere stops the opening: the whole box or nothing. One that was
removed before the first share leaves no trace on the machine: the box opens, and whoever misses their number among the
witnesses notices. From the first share on, the log holds a hash of the box.
"""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.public import PublicKey, SealedBox

from surveys.actions import contents
from tests.attacks.careless import Careless
from tests.attacks.stage import Stage
from tests.visitor import Page

pytestmark = pytest.mark.slow

PEOPLE, OVERHEAD = 9, 48
BALLOTS = "SELECT assembly, survey, id, nullifier, ciphertext FROM ballot ORDER BY survey, id"
ADD = "INSERT INTO ballot (assembly, survey, id, nullifier, ciphertext) VALUES (?, ?, ?, ?, ?)"
REFUSED = "The box was tampered with: it does not open as it was closed. Nothing was published."
CHANGED = "Ballots were added to the box, or taken out of it, after its first share was given."

Row = tuple[bytes, ...]


def disturb(stage: Stage, statement: str, *given: bytes) -> list[Row]:
    """Read or write the database behind the house's back."""
    database = sqlite3.connect(stage.file)
    with database:
        found = database.execute(statement, given).fetchall()
    database.close()
    return found


def add(stage: Stage, first: Row, ciphertext: bytes) -> None:
    """Slip a ballot into the box of the first one."""
    place, survey, *_ = first
    disturb(stage, ADD, place, survey, bytes(16), bytes(32), ciphertext)


def copied(stage: Stage) -> None:
    """Copy a ballot: who recognises the copy in the figures would know what the other one said."""
    first, *_ = disturb(stage, BALLOTS)
    add(stage, first, first[4])


def stuffed(stage: Stage) -> None:
    """Seal something of the right size under the box's public key: whoever reads the database has it."""
    first, *_ = disturb(stage, BALLOTS)
    ((key,),) = disturb(stage, "SELECT box_key FROM survey WHERE id = ?", first[1])
    add(stage, first, SealedBox(PublicKey(key)).encrypt(bytes(len(first[4]) - OVERHEAD)))


def brought(stage: Stage) -> None:
    """Bring a ballot from another box of the same place."""
    first, *_, last = disturb(stage, BALLOTS)
    add(stage, first, last[4])


def swapped(stage: Stage) -> None:
    """Put a stranger's ballot in the place of one that was handed in; their number stays the same."""
    first, *_, last = disturb(stage, BALLOTS)
    disturb(stage, "DELETE FROM ballot WHERE id = ?", first[2])
    add(stage, first, last[4])


def both_counted(stage: Stage, surveys: tuple[str, str]) -> list[tuple[bool, bool]]:
    """Count two boxes that end on the same day; say of each whether it was published, and refused as disturbed."""
    stage.end()
    acts = [stage.propose(survey, "Propose to open the box and count").path for survey in surveys]
    seen = list(zip(surveys, [stage.sign(act) for act in acts], strict=True))
    return [(witnesses(stage, survey) != [], REFUSED in page.text) for survey, page in seen]


def witnesses(stage: Stage, survey: str) -> list[str]:
    """The numbers a release lists; none while there is no release."""
    return re.findall(r"<li>(\d{6})</li>", stage.phone.get(stage.path(f"results/{survey}")).text)


@pytest.mark.parametrize("how", [copied, stuffed, brought, swapped])
def test_a_box_that_was_added_to_is_refused_whole(stage: Stage, how: Callable[[Stage], None]) -> None:
    surveys = stage.open(), stage.open()
    for survey in surveys:
        stage.answer(survey, [{"X2": "5"}] * PEOPLE, hurried=True)
    how(stage)

    assert sorted(both_counted(stage, surveys)) == [(False, True), (True, False)], "the other box is counted"


def test_a_ballot_that_was_removed_is_missed_by_its_witness_and_by_nothing_else(stage: Stage) -> None:
    survey = stage.open()
    stage.answer(survey, [{"X2": "5"}] * PEOPLE, hurried=True)
    disturb(stage, "DELETE FROM ballot WHERE id = (SELECT min(id) FROM ballot)")

    page = stage.count(survey)

    handed_in = {card.witnesses[0] for card in stage.cards[:PEOPLE]}
    listed = witnesses(stage, survey)
    assert REFUSED not in page.text
    assert len(listed) == PEOPLE - 1
    assert len(handed_in - set(listed)) == 1


def test_a_box_emptied_of_all_but_one_is_never_opened(stage: Stage) -> None:
    """Who would open one ballot alone by removing all the others is left with a box below its floor."""
    survey = stage.open()
    stage.answer(survey, [{"X2": "5"}] * PEOPLE, hurried=True)
    disturb(stage, "DELETE FROM ballot WHERE id <> (SELECT min(id) FROM ballot)")
    stage.end()

    circle = stage.facilitator().client.get(stage.path(f"circle/surveys/{survey}")).text

    assert "Propose to open the box and count" not in circle
    assert "Propose to burn the box unread" in circle
    assert witnesses(stage, survey) == []


def test_ballots_removed_after_the_first_share_leave_a_box_that_does_not_open(stage: Stage) -> None:
    survey = stage.open()
    stage.answer(survey, [{"X2": "5"}] * PEOPLE, hurried=True)
    stage.end()
    act = stage.propose(survey, "Propose to open the box and count").path
    first = stage.sign(act, 1)
    disturb(stage, "DELETE FROM ballot WHERE id <> (SELECT min(id) FROM ballot)")

    last = stage.facilitator(2)
    page = last.submit(last.visit(act), "sign", passphrase=stage.papers[1])

    assert "1 of 2 needed" in first.text
    assert "counted" not in page.path
    assert witnesses(stage, survey) == []


def taken_out_between_the_shares(stage: Stage) -> tuple[str, Page]:
    """Take one ballot out after the first share, leaving enough to open; return the survey and what the last saw."""
    survey = stage.open()
    stage.answer(survey, [{"X2": "5"}] * PEOPLE, hurried=True)
    stage.end()
    act = stage.propose(survey, "Propose to open the box and count").path
    stage.sign(act, 1)
    taken = disturb(stage, f"{BALLOTS} LIMIT 1")
    disturb(stage, "DELETE FROM ballot WHERE id = ?", taken[0][2])
    last = stage.facilitator(2)
    seen = last.submit(last.visit(act), "sign", passphrase=stage.papers[1])
    disturb(stage, ADD, *taken[0])
    return survey, seen


def test_a_ballot_taken_out_after_the_first_share_stops_the_opening(stage: Stage) -> None:
    survey, seen = taken_out_between_the_shares(stage)

    assert CHANGED in seen.text
    assert witnesses(stage, survey) == []
    circle = stage.facilitator().client.get(stage.path(f"circle/surveys/{survey}")).text
    assert "Propose to burn the box unread" in circle
    assert "1 of 2 needed" not in stage.sign(stage.propose(survey, "Propose to open the box and count").path).text
    assert len(witnesses(stage, survey)) == PEOPLE, "put back as it was, it opens"


def test_a_house_that_does_not_compare_counts_what_is_left(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "unchanged", lambda *_: True)

    survey, seen = taken_out_between_the_shares(stage)

    assert CHANGED not in seen.text
    assert len(witnesses(stage, survey)) == PEOPLE - 1


def test_a_house_that_counts_what_it_finds_opens_one_answer_alone(tmp_path: Path) -> None:
    twin = Careless(tmp_path, [str(n) for n in range(PEOPLE)])
    for n in range(PEOPLE):
        twin.client.post("/answer", data={"card": str(n), "answer": "no" if n == 4 else "yes"})
    twin.database.execute("DELETE FROM ballot WHERE id <> 5")

    assert twin.client.get("/results").text.startswith("all: no=1")
