"""What an answer's status, size, headers or time could tell: of a card, or of how many have answered."""

from collections.abc import Mapping
from hashlib import scrypt
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.domain import cards as domain
from tests.attacks.careless import Careless
from tests.attacks.stage import TAGS, Stage, crawl, founded
from tests.visitor import unshuffled

pytestmark = pytest.mark.slow

UNKNOWN = "0" * 25
SIZE_CLASS = 1024
"""A refusal is one sentence: two of them stay within one kibibyte, which padded traffic does not tell apart."""
TRIES, SLOWER = 15, 3.0


def wrong_cards(stage: Stage) -> Mapping[str, str]:
    """Cards nobody may use here: with a digit wrong, never drawn, of another place, of a season that is over."""
    old = stage.cards[0].code
    elsewhere = founded(stage.app, stage.time, slug="other")
    elsewhere.draw(3)
    stage.draw(len(stage.cards))
    good = stage.cards[0].code
    mistyped = good[:-1] + str((int(good[-1]) + 1) % 10)
    return {"mistyped": mistyped, "never drawn": UNKNOWN, "elsewhere": elsewhere.cards[0].code, "last season": old}


def told(answer: TestResponse, card: str) -> tuple[object, ...]:
    """What an answer tells apart from what was typed, each card in as many signs, and from a drawn order."""
    body = unshuffled(answer.text.replace(card.strip(), ""))
    return answer.status_code, sorted(answer.headers.items()), body


def padded(code: str) -> str:
    """A number typed in thirty signs, so that what comes back with it is as long."""
    return code.replace(" ", "").ljust(30)


@pytest.mark.parametrize("tag", TAGS)
def test_every_wrong_card_gets_the_same_answer(stage: Stage, tag: str) -> None:
    wrong = {why: padded(code) for why, code in wrong_cards(stage).items()}
    survey = stage.open()

    answers = {why: told(stage.hurry(code, survey, {"X1": "1"}, tag), code) for why, code in wrong.items()}

    assert len(set(map(repr, answers.values()))) == 1


def test_a_used_card_is_told_to_its_holder_in_the_same_status_and_size_class(stage: Stage) -> None:
    survey = stage.open()
    stage.answer(survey, [{"X1": "1"}])
    used, unknown = padded(stage.cards[0].code), padded(UNKNOWN)

    again, never = (stage.hurry(code, survey, {"X1": "1"}) for code in (used, unknown))

    assert again.text != never.text
    assert again.status_code == never.status_code == 200
    assert set(again.headers.keys()) == set(never.headers.keys())
    assert abs(len(again.data) - len(never.data)) < SIZE_CLASS


def test_who_has_no_card_cannot_ask_who_has_answered(stage: Stage) -> None:
    """Looking over tells nothing of a card: whether it was used is said only when a whole form is sent with it."""
    survey = stage.open()
    stage.answer(survey, [{"X1": "1"}])

    def looked(code: str) -> str:
        shown = stage.phone.post(
            stage.path(f"answer/{survey}"), data={"X1": "1", "consent": "yes", "card": code, "step": "review"}
        )
        return unshuffled(shown.text.replace(code, "").replace(code.replace(" ", ""), ""))

    assert looked(stage.cards[0].code) == looked(stage.cards[1].code) == looked("00000 00000 00000 00000 00000")


def slowest_to_fastest(stage: Stage, tries: int) -> float:
    """The attack: how much longer the slowest kind of refused card takes than the fastest, by the medians."""
    wrong = wrong_cards(stage)
    survey = stage.open()
    stage.answer(survey, [{"X1": "1"}])
    cards = {**wrong, "used": stage.cards[0].code}
    del cards["mistyped"]  # noticed by its check digit before anything is asked of the database; it is no card anywhere
    taken: dict[str, list[float]] = {why: [] for why in cards}
    for _ in range(tries):
        for why, code in cards.items():
            began = perf_counter()
            stage.hurry(code, survey, {"X1": "1"})
            taken[why].append(perf_counter() - began)
    typical = [median(one) for one in taken.values()]
    return max(typical) / min(typical)


def test_a_refusal_takes_as_long_whatever_the_card(stage: Stage) -> None:
    assert slowest_to_fastest(stage, TRIES) < SLOWER


def test_a_house_that_works_hard_for_cards_it_knows_is_timed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow hash against guessing is good advice for passphrases, and an oracle where only known cards get it."""

    def slow(key: bytes, code: str) -> bytes:
        return scrypt(code.encode(), salt=key, n=2**16, r=8, p=1, maxmem=2**27, dklen=32)

    monkeypatch.setattr(domain, "nullifier", slow)

    assert slowest_to_fastest(stage, 3) > SLOWER


def everything(client: FlaskClient, pages: list[str]) -> dict[str, object]:
    """Every page, whole and head only."""
    return {
        f"{method} {page}": told(answer, "")
        for page in pages
        for method in ("GET", "HEAD")
        for answer in [client.open(page, method=method)]
    }


def test_six_answers_and_seven_look_the_same_until_the_box_ends(stage: Stage) -> None:
    """With t = 2, six are one too few: whether a box can be opened at all must not show while it fills."""
    survey = stage.open()
    pages = sorted(crawl(stage.phone, stage.path()))
    pages += [stage.path(f"results/{survey}", tag) for tag in TAGS]
    stage.answer(survey, [{"X1": "1"}] * 6, hurried=True)
    six = everything(stage.phone, pages)

    stage.answer(survey, [{"X1": "1"}], first=6, hurried=True)

    assert everything(stage.phone, pages) == six


def test_six_answers_are_never_opened_and_the_page_tells_only_that(stage: Stage) -> None:
    survey = stage.open()
    kept, seen = stage.keep(), []
    for ballots in (0, 3, 6):
        stage.again(kept)
        stage.answer(survey, [{"X2": "5"}] * ballots, hurried=True)
        stage.end()
        circle = stage.facilitator().client.get(stage.path(f"circle/surveys/{survey}")).text
        assert "Propose to open the box and count" not in circle
        seen.append({tag: stage.phone.get(stage.path(f"results/{survey}", tag)).data for tag in TAGS})

    assert seen == [seen[0]] * 3


def test_a_house_that_says_what_it_knows_of_a_card_is_an_oracle(tmp_path: Path) -> None:
    twin = Careless(tmp_path, ["1", "2"])

    def ask(card: str) -> TestResponse:
        return twin.client.post("/answer", data={"card": card, "answer": "yes"})

    ask("1")

    used, unknown, unused = ask("1"), ask("9"), ask("2")

    assert len({answer.status_code for answer in (used, unknown, unused)}) == 3
    assert len({len(answer.data) for answer in (used, unknown, unused)}) == 3
