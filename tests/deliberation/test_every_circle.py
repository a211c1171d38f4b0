"""The life of a circle of three, four, five and seven: no box is lost with a passphrase, a paper or a term."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from flask import Flask
from sqlalchemy import select, update

from commons import clock, log, quorum
from commons.assembly import load
from commons.db import session, transaction
from commons.quorum import Keys, Refused
from deliberation.actions import circle, founding, places, recovering
from deliberation.actions.founding import FoundingRefused
from surveys import door
from surveys.models import Ballot, KeyShare, SurveyRow
from tests.deliberation.gathering import DAYS, Gathering
from tests.deliberation.test_circle import PASSPHRASES, charter

CIRCLES = pytest.mark.parametrize(("n", "k"), [(3, 2), (4, 3), (5, 3), (7, 4)])
SECRETS = tuple(bytes([number]) * places.SECRET for number in range(1, 8))
NEWCOMER = "nalo peri tasu miko beda"
FLOOR = 7


def founded(n: int, k: int) -> Gathering:
    """A circle whose papers are known."""
    pairs = list(zip(PASSPHRASES, SECRETS, strict=True))[:n]
    assembly = founding.found(charter(k=k), [places.place(*pair) for pair in pairs])
    return Gathering(assembly, tuple(unlocked(assembly.id, slot, said) for slot, (said, _) in enumerate(pairs, 1)))


def unlocked(assembly: bytes, slot: int, passphrase: str) -> Keys:
    circle._tries._buckets.clear()
    return circle.unlock(load(assembly), slot, passphrase)


def opened(place: Gathering) -> str:
    """A box with just enough answers in it."""
    if not place.cards:
        place.draw(12)
    asked = door.shipped("practice")
    slug = door.draft(place.assembly, kind="practice", questionnaire=asked, terms={}, closes=place.closes())
    place.answer(slug, place.open(slug), [{"X1": 1}] * FLOOR)
    return slug


def counted(place: Gathering, slug: str, signers: Sequence[Keys]) -> bool:
    """Let these deposit their shares; tell whether the box was opened."""
    act = quorum.propose(place.assembly, "surveys.count", {"survey": slug})
    done = [quorum.approve(place.assembly, act, keys) for keys in signers]
    return done[-1] is not None


def state(place: Gathering, slug: str) -> str:
    found = door.survey(place.assembly, slug)
    assert found is not None
    return found.state


@CIRCLES
def test_exactly_k_count_a_box_and_one_fewer_do_not(either: Flask, time: clock.Clock, n: int, k: int) -> None:
    place = founded(n, k)
    slug = opened(place)
    time.move(days=DAYS + 1)

    assert not counted(place, slug, place.keys[n - k + 1 :])
    assert door.release(place.assembly, slug) is None
    assert counted(place, slug, place.keys[n - k : n - k + 1])

    release = door.release(place.assembly, slug, whole=True)
    assert release is not None
    assert release.data["ballots"] == FLOOR


@pytest.mark.parametrize("signers", list(combinations(range(5), 3)))
def test_any_k_of_five_count_a_box(app: Flask, time: clock.Clock, signers: tuple[int, ...]) -> None:
    place = founded(5, 3)
    slug = opened(place)
    time.move(days=DAYS + 1)

    assert counted(place, slug, [place.keys[one] for one in signers])


@CIRCLES
def test_a_place_that_lost_its_passphrase_still_gives_its_share(
    either: Flask, time: clock.Clock, n: int, k: int
) -> None:
    place = founded(n, k)
    slug = opened(place)
    again = unlocked(place.assembly.id, 1, recovering.recover(place.assembly, 1, places.recovery_words(SECRETS[0])))
    time.move(days=DAYS + 1)

    assert again.slot == 1
    assert counted(place, slug, [again, *place.keys[1:k]])


@CIRCLES
def test_a_place_that_was_ended_hands_over_its_share_and_signs_nothing_else(
    either: Flask, time: clock.Clock, n: int, k: int
) -> None:
    place = founded(n, k)
    slug = opened(place)
    place.later("deliberation.end", time, slot=n)
    time.move(days=DAYS + 1)
    cards = quorum.propose(place.assembly, "surveys.cards", {"size": 12})

    with pytest.raises(Refused, match="not_yours_to_sign"):
        quorum.approve(place.assembly, cards, place.keys[-1])
    assert counted(place, slug, [place.keys[-1], *place.keys[: k - 1]])


@CIRCLES
def test_a_newcomer_takes_an_ended_place_and_holds_a_share_of_later_boxes_only(
    either: Flask, time: clock.Clock, n: int, k: int
) -> None:
    place = founded(n, k)
    first = opened(place)
    place.later("deliberation.end", time, slot=n)
    slot = circle.stand(place.assembly, NEWCOMER)
    place.later("deliberation.admit", time, slot=slot)
    newcomer = unlocked(place.assembly.id, slot, NEWCOMER)
    second = opened(place)
    time.move(days=DAYS + 1)

    with pytest.raises(Refused, match="no_share"):
        counted(place, first, [newcomer])
    assert counted(place, first, place.keys[:k])
    assert counted(place, second, [newcomer, *place.keys[: k - 1]])
    assert slot == n + 1


@CIRCLES
def test_a_box_that_outlives_the_terms_of_its_circle_is_still_counted(
    either: Flask, time: clock.Clock, n: int, k: int
) -> None:
    place = founded(n, k)
    slug = opened(place)
    time.move(days=3650)

    assert not founding.can_act(place.assembly)
    assert counted(place, slug, place.keys[:k])


@CIRCLES
def test_too_few_to_act_found_the_circle_again_and_its_open_boxes_are_burnt(
    either: Flask, time: clock.Clock, n: int, k: int
) -> None:
    place = founded(n, k)
    done = opened(place)
    time.move(days=DAYS + 1)
    counted(place, done, place.keys[:k])
    lost = opened(place)
    with pytest.raises(FoundingRefused, match="circle_can_act"):
        founding.found_again(place.assembly, PASSPHRASES[:3], 2)
    time.move(days=3650)

    again = founding.found_again(place.assembly, PASSPHRASES[:3], 2)

    line = log.entries(again)[-1]
    assert (line.kind, line.payload["burnt"]) == ("founded_again", [lost])
    assert (state(place, done), state(place, lost)) == ("counted", "burnt")
    assert (session.scalars(select(Ballot.id)).all(), session.scalars(select(KeyShare.share)).all()) == ([], [])
    assert [slot.slot for slot in circle.slots(again)] == [n + 1, n + 2, n + 3]
    with pytest.raises(Refused, match="no_box"):
        quorum.propose(again, "surveys.count", {"survey": lost})


@CIRCLES
def test_a_corrupt_share_names_its_place_and_the_others_go_on(either: Flask, time: clock.Clock, n: int, k: int) -> None:
    place = founded(n, k)
    slug = opened(place)
    spoil(slug, 1)
    time.move(days=DAYS + 1)

    with pytest.raises(Refused, match="wrong_share:1"):
        counted(place, slug, place.keys[:1])
    assert counted(place, slug, place.keys[1 : k + 1])


@transaction
def spoil(slug: str, slot: int) -> None:
    survey = select(SurveyRow.id).where(SurveyRow.slug == slug).scalar_subquery()
    mine = (KeyShare.survey == survey) & (KeyShare.from_slot == slot)
    session.execute(update(KeyShare).where(mine).values(share=b"\x00" * 80))


def test_an_act_cannot_ask_for_a_part_of_a_box(either: Flask, time: clock.Clock) -> None:
    place = founded(3, 2)
    slug = opened(place)
    ids = [one.hex() for one in session.scalars(select(Ballot.id)).all()]
    time.move(days=DAYS + 1)

    place.act("surveys.count", survey=slug, ballots=ids[:1], id=ids[0], limit=1)

    release = door.release(place.assembly, slug, whole=True)
    assert release is not None
    assert (release.data["ballots"], len(release.data["witnesses"])) == (FLOOR, FLOOR)
