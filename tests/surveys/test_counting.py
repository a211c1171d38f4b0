"""Opening a box: several keys, once, whole or not at all; and what is left of it afterwards."""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

import pytest
from flask import Flask
from nacl.public import SealedBox
from sqlalchemy import event, select, text

from commons import clock, log, quorum
from commons.db import session, transaction
from commons.quorum import Refused
from surveys.actions import answering, contents, counting, judges
from surveys.actions.refusals import SurveyNotOpen
from surveys.domain import cards
from surveys.domain.disclosure import Band, Row
from surveys.domain.logic import Answers, Written
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.release import Release, read, write
from surveys.domain.tally import Ballots, Tally
from surveys.models import Ballot, KeyShare, ReleaseRow, SurveyRow, WrittenText
from surveys.queries import Survey, deposited, enough, release, texts
from tests.surveys.boxes import SIX, START, lived, proposed, rows, state
from tests.surveys.hall import Hall, hall


@pytest.mark.parametrize("circle", [3, 4, 5])
def test_k_of_a_circle_open_a_box_and_only_its_release_is_left(either: Flask, circle: int) -> None:
    place = hall(k=circle // 2 + 1, circle=circle)
    with clock.stopped(START) as time:
        survey, codes = lived(place, SIX)
        time.move(days=8)
        place.count(survey.slug)

    kept = release(place.assembly, survey.slug, whole=True)
    assert kept is not None
    told = read(kept.data)
    assert (told.ballots, told.row, told.kind, told.survey) == (6, Row.BANDS, "practice", survey.slug)
    assert told.figure("B1").band is Band.MOST
    assert told.fingerprint == survey.fingerprint.hex()
    assert list(told.witnesses) == sorted(cards.show_witness(cards.witness(code, 1)) for code in codes[:6])
    assert kept.sha256 == sha256(log.canonical(kept.data).encode()).hexdigest()
    assert state(survey) == "counted"
    assert rows(Ballot, survey) == rows(KeyShare, survey) == 0
    assert session.scalar(select(SurveyRow.nullifier_key).where(SurveyRow.id == survey.id)) is None
    entry = log.entries(place.assembly, kind="surveys.count")[-1].payload
    assert entry["release"] == kept.sha256
    assert entry["ballots"] == 6


@pytest.mark.parametrize("length", [1, 100_000])
def test_a_release_is_read_without_its_witnesses_however_long_its_figures(either: Flask, length: int) -> None:
    place = hall()
    with clock.stopped(START):
        survey, _ = lived(place, [])
    told = write(Release(survey.slug, "practice", "ab", 6, Row.BANDS, ("000001",), (), {"tied": ["a" * length]}))
    text = log.canonical(told)
    _let_out(survey, text)

    found = release(place.assembly, survey.slug)

    assert found is not None
    assert found.data["closed"] == told["closed"]
    assert release(place.assembly, survey.slug, whole=True) == replace(found, data=told)


@transaction
def _let_out(survey: Survey, text: str) -> None:
    row = ReleaseRow(assembly=survey.assembly.id, survey=survey.id, number=1, canonical=text)
    row.sha256 = sha256(text.encode()).digest()
    session.add(row)


def test_the_parts_of_a_counted_box_are_gone_from_the_disk(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        place.count(survey.slug)

    if session.get_bind().dialect.name == "postgresql":
        named = text("SELECT count(*) FROM pg_class WHERE relname LIKE :name")
        assert session.scalar(named, {"name": f"%{survey.id.hex()}%"}) == 0


def test_fewer_than_the_floor_are_never_opened_and_nothing_is_lost(either: Flask) -> None:
    place = hall(t=2)
    with clock.stopped(START) as time:
        survey, codes = lived(place, SIX)
        time.move(days=8)
        with pytest.raises(Refused, match="too_few_ballots"):
            place.count(survey.slug)
        assert not enough(survey)
        assert (rows(Ballot, survey), deposited(survey), state(survey)) == (6, 0, "open")
        place.act("surveys.extend", survey=survey.slug, closes="2026-05-20")
        answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[6], {"B1": 5})
        time.move(days=15)
        place.count(survey.slug)
    assert state(survey) == "counted"


def test_a_box_is_not_opened_before_its_end(either: Flask) -> None:
    place = hall()
    with clock.stopped(START):
        survey, _ = lived(place, SIX)
        with pytest.raises(Refused, match="still_open"):
            place.count(survey.slug)


def test_the_first_share_closes_the_box_and_no_card_can_be_recognised_any_more(either: Flask) -> None:
    place = hall(k=2)
    with clock.stopped(START) as time:
        survey, codes = lived(place, SIX)
        time.move(days=8)
        quorum.approve(place.assembly, proposed(place, survey), place.keys[0])
        assert (state(survey), deposited(survey), rows(Ballot, survey)) == ("closed", 1, 6)
        kept = session.scalars(select(Ballot).where(Ballot.survey == survey.id)).all()
        assert all(one.nullifier == one.id for one in kept)
        assert session.scalar(select(SurveyRow.nullifier_key).where(SurveyRow.id == survey.id)) is None
        time.move(days=-8)
        with pytest.raises(SurveyNotOpen):
            answering.hand_in(place.assembly, survey.slug, survey.questionnaire, codes[7], {"B1": 1})
        with pytest.raises(Refused):
            place.act("surveys.extend", survey=survey.slug, closes="2026-05-20")
    assert release(place.assembly, survey.slug) is None


def test_one_share_alone_opens_nothing(either: Flask) -> None:
    place = hall(k=3, circle=5)
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        act = proposed(place, survey)
        for _turn in range(3):
            assert quorum.approve(place.assembly, act, place.keys[0]) is None
        held = quorum.act(place.assembly, act)
        assert held is not None
        with pytest.raises(Refused, match="not_enough"):
            counting.prepare(held, place.keys[0])
    assert state(survey) == "closed"


def test_a_share_rests_sealed_to_each_other_holder_and_to_nobody_else(either: Flask) -> None:
    place = hall(k=3, circle=4)
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        quorum.approve(place.assembly, proposed(place, survey), place.keys[1])

    query = select(KeyShare.from_slot, KeyShare.to_slot, KeyShare.share).where(KeyShare.survey == survey.id)
    held = session.execute(query.order_by(KeyShare.from_slot, KeyShare.to_slot)).all()
    assert [(one.from_slot, one.to_slot) for one in held] == [(1, 1), (2, 1), (2, 2), (2, 3), (2, 4), (3, 3), (4, 4)]
    for one in held:
        share = SealedBox(place.keys[one.to_slot - 1].sealing).decrypt(one.share)
        assert json.loads(share)["slot"] == one.from_slot


def test_an_opening_that_was_interrupted_starts_over(either: Flask) -> None:
    place, turns = hall(), []

    def fails_once(_q: Questionnaire, _terms: Mapping[str, object], _t: Tally, _b: Ballots) -> Mapping[str, object]:
        turns.append(1)
        if len(turns) == 1:
            raise KeyboardInterrupt
        return {"advice": "hold"}

    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        judges.register("practice", fails_once)
        time.move(days=8)
        act = proposed(place, survey)
        quorum.approve(place.assembly, act, place.keys[0])
        with pytest.raises(KeyboardInterrupt):
            quorum.approve(place.assembly, act, place.keys[1])
        session.remove()
        assert (state(survey), rows(Ballot, survey), rows(ReleaseRow, survey)) == ("closed", 6, 0)

        assert quorum.approve(place.assembly, act, place.keys[0]) is not None

    kept = release(place.assembly, survey.slug)
    assert kept is not None
    assert kept.data["closed"] == {"advice": "hold"}
    with pytest.raises(Refused, match="no_such_act"):
        quorum.approve(place.assembly, act, place.keys[1])


def test_a_judge_that_says_a_number_stops_the_opening_with_nothing_lost(either: Flask) -> None:
    place = hall()
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        judges.register("practice", lambda _q, _terms, told, _b: {"advice": told.ballots})
        time.move(days=8)
        act = proposed(place, survey)
        quorum.approve(place.assembly, act, place.keys[0])
        with pytest.raises(ValueError, match="advice may not leave"):
            quorum.approve(place.assembly, act, place.keys[1])
    session.remove()
    assert rows(Ballot, survey) == 6


def each_proposes_and_signs(place: Hall, survey: Survey) -> list[str]:
    """Let k facilitators who do not know of each other propose to count, and sign what they proposed."""
    acts = []
    for keys in place.keys[: place.assembly.k]:
        acts.append(proposed(place, survey))
        quorum.approve(place.assembly, acts[-1], keys)
        log.append(place.assembly, "locked", {})  # life goes on between the two, so the head of the log moves
    return acts


def test_those_who_each_propose_to_count_sign_one_act_and_open_the_box(either: Flask) -> None:
    place = hall(k=3, circle=5)
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        acts = each_proposes_and_signs(place, survey)

    assert len(set(acts)) == 1
    assert state(survey) == "counted"


def test_proposals_kept_apart_would_leave_k_shares_and_a_closed_box(
    either: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quorum, "_same", lambda *_: None)
    place = hall(k=3, circle=5)
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        acts = each_proposes_and_signs(place, survey)

    assert len(set(acts)) == 3
    assert (state(survey), deposited(survey)) == ("closed", 3)


def test_what_was_given_under_an_act_that_lapsed_serves_the_next_one(either: Flask) -> None:
    place = hall(k=2)
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        first = proposed(place, survey)
        quorum.approve(place.assembly, first, place.keys[0])
        time.move(days=15)
        second = proposed(place, survey)
        assert first != second
        quorum.approve(place.assembly, second, place.keys[0])
        assert deposited(survey) == 1
        assert quorum.approve(place.assembly, second, place.keys[1]) is not None
        with pytest.raises(Refused):
            quorum.approve(place.assembly, first, place.keys[1])
    assert state(survey) == "counted"


def test_texts_are_sealed_to_two_who_read_them_apart_from_any_ballot(either: Flask) -> None:
    place = hall(k=3, circle=5)
    said: list[Answers] = [{"B1": 3, "H2": Written(text=one)} for one in ("a well", "a bridge", "a school")]
    with clock.stopped(START) as time:
        survey, _ = lived(place, said + [{"B1": 4}] * 4)
        time.move(days=8)
        place.count(survey.slug)

    read_by = [texts(survey, keys) for keys in place.keys]
    readers = [seen for seen in read_by if seen]
    assert len(readers) == 2
    for seen in readers:
        assert [(one.question, one.text) for one in seen] == [("H2", "a bridge"), ("H2", "a school"), ("H2", "a well")]
    assert rows(WrittenText, survey) == 6
    assert "well" not in (session.scalar(select(ReleaseRow.canonical).where(ReleaseRow.survey == survey.id)) or "")


def test_an_opening_says_how_far_it_is_and_forgets_it_when_it_ends(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "CHUNK", 2)
    place, seen = hall(), []
    with clock.stopped(START) as time:
        survey, _ = lived(place, SIX)
        time.move(days=8)
        engine = session.get_bind()
        note = lambda *_: seen.append(counting.progress(survey.id))  # noqa: E731 - a listener is a name
        event.listen(engine, "before_cursor_execute", note)
        place.count(survey.slug)
        event.remove(engine, "before_cursor_execute", note)

    assert [read for read in dict.fromkeys(seen) if read] == [33, 66, 100]
    assert counting.progress(survey.id) is None
