"""Assemblies that decide apart and combine, through the pages: handed over, received, put together, ratified."""

import io
import json
from collections.abc import Callable

import pytest

from commons import clock, log, quorum
from commons.acts import Refused
from commons.assembly import load
from deliberation.actions import federating, records
from deliberation.domain.federation import write_answer
from deliberation.queries import decided
from deliberation.views.federating import LONGEST_DOCUMENT
from surveys import door
from tests.deliberation.gathering import WALK, Gathering, changed, ready
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Page, Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
PAGE, TOGETHER = "/en/river/circle/federation", "/en/river/together"
NAMES = ("Coast", "Hill", "Marsh")


def federate(
    place: Gathering, time: clock.Clock, *, share: str = "2/3", floor: int = 2, unanimous: bool = False
) -> None:
    wording = records.word(place.assembly, {"names": list(NAMES)})
    terms = {"share": share, "floor": floor, "unanimous": unanimous}
    place.later(federating.FEDERATE, time, wording=wording, **terms)


def part(slug: str, time: clock.Clock, outcome: str = "adopted", reason: str = "agreed") -> tuple[str, str]:
    """What one assembly hands over of what it decided aloud: the document and its words."""
    place = ready(slug=slug)
    proposal = place.propose()
    place.aloud(proposal, outcome, reason)
    place.ratify(proposal)
    place.later(federating.HAND_OVER, time, proposal=proposal)
    return handed(place, proposal)


def handed(place: Gathering, proposal: str) -> tuple[str, str]:
    answer = federating.handed_over(place.assembly, proposal)
    assert answer is not None
    return json.dumps(write_answer(answer)), federating.words_of(answer)


def received(place: Gathering, proposal: str, name: str, sent: tuple[str, str]) -> None:
    wording = records.word(place.assembly, {"document": sent[0]})
    told = {"proposal": proposal, "part": federating.name_of(name), "wording": wording, "heard": sent[1]}
    place.act(federating.RECEIVE, **told)


def carried(river: Gathering, page: Page) -> None:
    """Have enough of the circle sign the act whose page this is."""
    act = page.path.rsplit("/", 1)[-1].partition("?")[0]
    for keys in river.keys[:3]:
        quorum.approve(river.assembly, act, keys)
    river.assembly = load(river.assembly.id)


def test_assemblies_decide_apart_and_the_whole_ratifies(
    river: Gathering, sits: Sits, visitor: Visitor, time: clock.Clock
) -> None:
    proposal = river.propose()
    federate(river, time)
    hill, coast = part("hill", time), part("coast", time, "adopted_with_reservations")
    facilitator = sits(river)

    for name, (document, words) in (("Hill", hill), ("Coast", coast)):
        page = facilitator.visit(PAGE)
        sent = {"proposal": proposal, "part": federating.name_of(name), "document": document, "heard": words}
        act = facilitator.send(page, sent, "receive")
        assert words in act.text
        carried(river, act)
    members = visitor.reads(river.assembly).visit(TOGETHER)
    assert "Marsh no answer yet" in members.text
    assert "Together, as things stand: adopted with reservations." in members.text

    carried(river, facilitator.send(facilitator.visit(PAGE), {"action": "combine", "proposal": proposal}, "receive"))

    seen = river.seen(proposal)
    assert (seen.way.stage.value, decided.decisions(river.assembly)) == ("ratification", ())
    assert "Enough assemblies of our federation adopted it." in visitor.visit(f"/en/river/proposals/{proposal}").text
    assert river.ratify(proposal) == "decision-1"


def test_a_decision_travels_as_a_file(river: Gathering, sits: Sits, time: clock.Clock) -> None:
    proposal, hill = river.propose(), ready(slug="hill")
    theirs = hill.propose()
    hill.aloud(theirs)
    hill.ratify(theirs)
    assert sits(hill).client.get(f"/en/hill/circle/federation/{theirs}.json").status_code == 404
    hill.later(federating.HAND_OVER, time, proposal=theirs)
    document, words = handed(hill, theirs)
    federate(river, time)

    sender = sits(hill)
    saved = sender.visit("/en/hill/circle/federation")
    (address,) = (link for link in saved.links() if link.endswith(".json"))
    file = sender.client.get(address)
    assert json.loads(file.data) == json.loads(document)
    assert "We decided adopted." in saved.text
    told = {"proposal": proposal, "part": federating.name_of("Hill"), "heard": words, "document": ""}
    facilitator = sits(river)
    empty = facilitator.send(facilitator.visit(PAGE), {**told, "file": (io.BytesIO(b""), "")}, "receive")
    late = io.BytesIO(b" " * LONGEST_DOCUMENT + file.data)
    beyond = facilitator.send(empty, {**told, "file": (late, "a.json")}, "receive")
    broken = facilitator.send(empty, {**told, "file": (io.BytesIO(b"\xff\x00{"), "a.json")}, "receive")
    act = facilitator.send(empty, {**told, "file": (io.BytesIO(b"\xef\xbb\xbf" + file.data), "a.json")}, "receive")

    assert all("Choose the file they handed over, or paste its text." in one.text for one in (empty, beyond))
    assert "That is not a decision handed over by an assembly." in broken.text
    assert words in act.text


def test_members_are_told_on_the_home_page_once_there_is_a_federation(
    river: Gathering, visitor: Visitor, time: clock.Clock
) -> None:
    asked = "What we decide with other assemblies"
    assert asked not in visitor.reads(river.assembly).visit("/en/river/").text
    assert "We decide by ourselves" in visitor.visit(TOGETHER).text

    federate(river, time, unanimous=True)

    assert asked in visitor.visit("/en/river/").text
    told = visitor.visit(TOGETHER).text
    for sentence in ("two thirds of all the assemblies", "None of those that answered refused.", "Coast", "Marsh"):
        assert sentence in told


@pytest.mark.parametrize("tag", ["fr", "es"])
def test_the_pages_speak_each_language(river: Gathering, sits: Sits, time: clock.Clock, tag: str) -> None:
    proposal = river.propose()
    federate(river, time)
    received(river, proposal, "Hill", part("hill", time, "not_adopted", "refused"))
    facilitator = sits(river)

    for path in (f"/{tag}/river/circle/federation", f"/{tag}/river/together"):
        told = facilitator.visit(path).text
        assert "Hill" in told
        assert {"fr": "refusée", "es": "rechazada"}[tag] in told


def test_agreeing_takes_one_more_and_what_is_typed_is_kept(river: Gathering, sits: Sits) -> None:
    facilitator = sits(river)
    typed = {"names": "Coast\n\n Hill \nMarsh", "share": "3/4", "floor": "9", "unanimous": "yes"}

    refused = facilitator.send(facilitator.visit(PAGE), typed, "agree")
    assert "Name two to sixty assemblies" in refused.text
    assert "Marsh" in refused.text
    act = facilitator.send(refused, {"floor": "3"}, "agree")

    assert "Coast" in act.text
    assert "three quarters of all the assemblies" in act.text
    waiting = quorum.waiting(river.assembly)[0]
    assert (waiting.kind, waiting.needed, quorum.kinds()[waiting.kind].delay_days) == (federating.FEDERATE, 4, 3)
    assert "Say how many" in facilitator.send(facilitator.visit(PAGE), {"names": "A", "floor": ""}, "agree").text


def test_a_decision_is_handed_over_with_its_band_and_without_a_count(
    river: Gathering, sits: Sits, time: clock.Clock
) -> None:
    proposal = river.propose()
    river.held(time, proposal, [1] * 9)
    river.ratify(proposal)
    facilitator = sits(river)
    act = facilitator.send(facilitator.visit(PAGE), {"action": "hand", "proposal": proposal}, "agree")
    assert "How many we are" in act.text

    river.later(federating.HAND_OVER, time, proposal=proposal)

    answer = federating.handed_over(river.assembly, proposal)
    assert answer is not None
    assert (answer.band, answer.outcome.value, answer.title) == ("most", "adopted", "River")
    release = door.release(river.assembly, river.seen(proposal).rounds[0].survey)
    assert release is not None
    assert answer.release == release.sha256
    assert answer.head in {line.hash for line in log.entries(river.assembly, kind=federating.HAND_OVER)}
    assert federating.words_of(answer) in sits(river).visit(PAGE).text


def test_what_was_not_ratified_is_not_handed_over(river: Gathering) -> None:
    proposal = river.propose()
    for _ in range(2):
        with pytest.raises(Refused, match="not_decided_yet"):
            quorum.propose(river.assembly, federating.HAND_OVER, {"proposal": proposal})
        if not river.seen(proposal).rounds:
            river.aloud(proposal)
    assert federating.handed_over(river.assembly, proposal) is None


def test_a_changed_document_a_wrong_word_and_a_stranger_are_refused(river: Gathering, time: clock.Clock) -> None:
    proposal = river.propose()
    sent = part("hill", time, "not_adopted", "refused")
    with pytest.raises(Refused, match="no_federation"):
        received(river, proposal, "Hill", sent)
    federate(river, time)
    forged = json.dumps(json.loads(sent[0]) | {"outcome": "adopted", "reason": "agreed"})

    for name, what, code in (
        ("Hill", (forged, sent[1]), "not_signed_so"),
        ("Hill", (json.dumps(json.loads(sent[0]) | {"signature": "zz"}), sent[1]), "not_signed_so"),
        ("Hill", ("{", sent[1]), "no_such_document"),
        ("Hill", ("[]", sent[1]), "no_such_document"),
        ("Hill", ("9" * 5000, sent[1]), "no_such_document"),
        ("Hill", (json.dumps(json.loads(sent[0]) | {"title": "\ud800"}), sent[1]), "no_such_document"),
        ("Hill", (sent[0], "kamo tiru"), "words_not_of_the_document"),
        ("Dune", sent, "no_such_part"),
    ):
        with pytest.raises(Refused, match=code):
            received(river, proposal, name, what)
    other = river.propose(changed(WALK, "Something else"))
    with pytest.raises(Refused, match="another_text"):
        received(river, other, "Hill", sent)


def test_a_decision_of_a_day_still_to_come_is_no_document(river: Gathering, time: clock.Clock) -> None:
    proposal = river.propose()
    federate(river, time)
    time.move(days=30)
    sent = part("hill", time)
    time.move(days=-30)

    with pytest.raises(Refused, match="no_such_document"):
        received(river, proposal, "Hill", sent)


def test_nobody_answers_twice_or_for_two_or_with_another_key(river: Gathering, time: clock.Clock) -> None:
    proposal = river.propose()
    federate(river, time)
    hill, coast = part("hill", time), part("coast", time)
    received(river, proposal, "Hill", hill)

    for name, sent, code in (("Hill", hill, "answered_before"), ("Coast", hill, "another_key")):
        with pytest.raises(Refused, match=code):
            received(river, proposal, name, sent)
    with pytest.raises(Refused, match="another_key"):
        received(river, proposal, "Hill", coast)


def test_a_later_decision_of_a_part_replaces_the_earlier(river: Gathering, time: clock.Clock) -> None:
    proposal = river.propose()
    federate(river, time)
    place = ready(slug="hill")
    for outcome, reason in (("not_adopted", "refused"), ("adopted", "agreed")):
        theirs = place.propose()
        place.aloud(theirs, outcome, reason)
        place.ratify(theirs)
        place.later(federating.HAND_OVER, time, proposal=theirs)
        received(river, proposal, "Hill", handed(place, theirs))

    found = federating.answers(river.assembly, proposal)

    assert [answer.outcome.value for answer, _ in found.values()] == ["adopted"]


def test_one_village_never_decides_and_combining_needs_an_answer(
    river: Gathering, sits: Sits, time: clock.Clock
) -> None:
    proposal = river.propose()
    with pytest.raises(Refused, match="no_federation"):
        quorum.propose(river.assembly, federating.COMBINE, {"proposal": proposal})
    federate(river, time)
    with pytest.raises(Refused, match="nobody_answered"):
        quorum.propose(river.assembly, federating.COMBINE, {"proposal": proposal})
    received(river, proposal, "Hill", part("hill", time))

    river.act(federating.COMBINE, proposal=proposal)

    assert river.ratify(proposal) is None
    assert river.seen(proposal).way.stage.value == "returned"
    page = sits(river).visit(PAGE)
    assert "Too few assemblies of our federation have answered." in page.text


def test_a_text_in_a_box_is_not_combined(river: Gathering, time: clock.Clock) -> None:
    proposal = river.propose()
    federate(river, time)
    received(river, proposal, "Hill", part("hill", time))
    river.open(river.round(proposal))

    with pytest.raises(Refused, match="in_a_box"):
        quorum.propose(river.assembly, federating.COMBINE, {"proposal": proposal})
