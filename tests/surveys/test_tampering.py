"""What was slipped into a box, or swapped in it, stops the opening and is named; nothing is counted in part."""

from hashlib import sha256

import pytest
from flask import Flask
from nacl.public import PublicKey, SealedBox
from sqlalchemy import select, update

from commons import clock, log, quorum
from commons.db import session, transaction
from commons.quorum import Refused
from surveys.domain import cards, sealing
from surveys.models import Ballot, KeyShare, SurveyRow
from surveys.queries import Survey, release
from tests.surveys.boxes import SIX, START, asked, lived, proposed, rows, state
from tests.surveys.hall import hall


@transaction
def swap_share(survey: Survey, slot: int, share: bytes, to: PublicKey) -> None:
    mine = (KeyShare.survey == survey.id) & (KeyShare.from_slot == slot) & (KeyShare.to_slot == slot)
    session.execute(update(KeyShare).where(mine).values(share=SealedBox(to).encrypt(share)))


def test_a_wrong_share_is_named_and_the_others_go_on(either: Flask) -> None:
    place = hall(k=3, circle=5)
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        forged = sealing.split(sealing.new_box().secret, survey.fingerprint, 3, range(1, 6))[2]
        swap_share(survey, 2, forged, place.keys[1].sealing.public_key)
        time.move(days=8)
        act = proposed(place, survey)
        assert quorum.approve(place.assembly, act, place.keys[0]) is None
        assert quorum.approve(place.assembly, act, place.keys[1]) is None
        with pytest.raises(Refused, match="wrong_share:2"):
            quorum.approve(place.assembly, act, place.keys[2])
        assert state(survey) == "closed"
        assert quorum.approve(place.assembly, act, place.keys[3]) is not None
    assert state(survey) == "counted"


def test_a_share_that_was_damaged_cannot_be_given(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        swap_share(survey, 1, b"{}", place.keys[1].sealing.public_key)
        time.move(days=8)
        act = proposed(place, survey)
        with pytest.raises(Refused, match="wrong_share:1"):
            quorum.approve(place.assembly, act, place.keys[0])
        assert state(survey) == "open"


@transaction
def stuff(survey: Survey, ciphertext: bytes, number: int) -> None:
    row = Ballot(
        assembly=survey.assembly.id, survey=survey.id, id=bytes([number]) * 16, nullifier=bytes([number]) * 32,
        ciphertext=ciphertext,
    )  # fmt: skip
    session.add(row)


@pytest.mark.parametrize("how", ["copied", "foreign", "same card"])
def test_a_ballot_that_was_slipped_in_stops_the_opening(either: Flask, how: str) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, codes = lived(place, SIX)
        first = session.scalars(select(Ballot.ciphertext).where(Ballot.survey == survey.id)).first()
        witness = cards.witness(codes[0], 1)
        made = {
            "copied": first or b"",
            "foreign": sealing.seal(sealing.encode(asked(), bytes(32), 7, {}), survey.box_key),
            "same card": sealing.seal(sealing.encode(asked(), survey.fingerprint, witness, {}), survey.box_key),
        }
        stuff(survey, made[how], 9)
        time.move(days=8)
        with pytest.raises(Refused, match="tampered"):
            place.count(survey.slug)
    session.remove()
    assert rows(Ballot, survey) == 7
    assert release(place.assembly, survey.slug) is None


@pytest.mark.parametrize("share", [b"", b"{}"])
def test_a_share_of_nothing_cannot_be_given(either: Flask, share: bytes) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        swap_share(survey, 1, share, place.keys[0].sealing.public_key)
        time.move(days=8)
        with pytest.raises(Refused, match="wrong_share:1"):
            quorum.approve(place.assembly, proposed(place, survey), place.keys[0])
        assert state(survey) == "open"


def test_who_holds_no_share_cannot_give_one(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        other = hall("otra", circle=4)
        came_later = other.keys[3]
        circle = (*quorum.slots(place.assembly), *quorum.slots(other.assembly)[3:])
        quorum.register_circle(lambda _assembly: circle)
        time.move(days=8)
        with pytest.raises(Refused, match="no_share"):
            quorum.approve(place.assembly, proposed(place, survey), came_later)


def well_made(survey: Survey) -> bytes:
    """A ballot that nothing tells from one that was handed in: whoever reads the database can make it."""
    plain = sealing.encode(survey.questionnaire, survey.fingerprint, 999_999, {"B1": 5})
    with_key = select(SurveyRow.box_key).where(SurveyRow.id == survey.id)
    return sealing.seal(plain, session.scalars(with_key).one() or b"")


def test_a_ballot_made_well_and_slipped_in_after_the_first_share_stops_the_opening(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        act = proposed(place, survey)
        quorum.approve(place.assembly, act, place.keys[0])
        stuff(survey, well_made(survey), 7)

        with pytest.raises(Refused, match="box_changed"):
            quorum.approve(place.assembly, act, place.keys[1])
    session.remove()
    assert (state(survey), rows(Ballot, survey)) == ("closed", 7)


def test_one_slipped_in_before_is_told_by_nothing_but_a_number_nobody_holds(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        stuff(survey, well_made(survey), 7)
        time.move(days=8)
        place.count(survey.slug)

    kept = release(place.assembly, survey.slug, whole=True)
    assert kept is not None
    assert (kept.data["ballots"], "999999" in str(kept.data["witnesses"])) == (7, True)


def test_the_hash_of_a_box_is_that_of_its_ballots_in_the_order_of_their_ids(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        quorum.approve(place.assembly, proposed(place, survey), place.keys[0])

    kept = session.execute(select(Ballot.id, Ballot.ciphertext).where(Ballot.survey == survey.id)).all()
    whole = b"".join(one.id + one.ciphertext for one in sorted(kept))
    (line,) = log.entries(place.assembly, kind="closed")
    assert line.payload == {"survey": survey.slug, "ballots": sha256(whole).hexdigest()}
