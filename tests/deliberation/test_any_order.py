"""Who answers first, who holds which card, which proposal has which number: none of it changes what comes out."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commons import clock
from deliberation.domain import rounds
from deliberation.domain.presets import write_rule
from deliberation.domain.rules import Rule
from surveys import door
from surveys.domain.logic import Answer
from tests.deliberation.domain.opened import Given, box
from tests.deliberation.domain.test_own_rules import rules
from tests.deliberation.domain.test_round_judged import ROUND
from tests.deliberation.domain.test_terms import VOICE
from tests.deliberation.gathering import WALK, ready

ASKED = replace(ROUND, sections=(VOICE, *ROUND.sections), voice="A2")
TURNED = replace(ASKED, lists={**ASKED.lists, "proposals": ASKED.lists["proposals"][::-1]})
ticks = st.frozensets(st.integers(1, 2))
stances, voices = st.integers(0, 6), st.integers(0, 2)
people = st.fixed_dictionaries({"S1.P1": stances, "S1.P2": stances, "A2": voices, "S2.P1": ticks, "S3.P2": ticks})
TEXTS = ("Walk together", "Ring the bell", "Two for each task")
CROWD = (*((1, 1, 5),) * 5, (2, 6, 5), (1, 1, 4), (3, 0, 5), (1, 2, 6))


@given(rules(), st.lists(people, min_size=7, max_size=24), st.randoms(use_true_random=False), st.integers(6, 40))
def test_no_order_of_people_or_proposals_changes_what_a_judge_says(
    rule: Rule, answers: list[Given], dice: Random, members: int
) -> None:
    counted = {"declared": members, "cards": members, "voices": {"river": members, "hill": members}}
    terms = {"rule": write_rule(rule), "infiltrators": 2, "blocked": ["P2"], **counted}
    shuffled = dice.sample(answers, len(answers))

    assert rounds.judge(TURNED, terms, *box(TURNED, shuffled)) == rounds.judge(ASKED, terms, *box(ASKED, answers))


def lived(time: clock.Clock, place: str, dice: Random) -> Mapping[str, object]:
    """Put the same texts to the same people, in another order each time; return what was published of each text."""
    here = ready("R2", slug=place)
    texts, crowd = dice.sample(TEXTS, len(TEXTS)), dice.sample(CROWD, len(CROWD))
    slugs = {here.propose(replace(WALK, text={"en": text})): text for text in texts}
    survey = here.round(*dice.sample(list(slugs), len(slugs)))
    asked = here.open(survey)
    here.cards = tuple(dice.sample(here.cards, len(here.cards)))
    here.answer(survey, asked, [held(slugs, person) for person in crowd])
    here.count(survey, time)
    release = door.release(here.assembly, survey)
    assert release is not None
    figures = {one["item"].partition(".")[2]: one for one in release.data["figures"] if one["item"].startswith("S1.")}
    closed = [told for kind in ("outcome", "reason", "block") if isinstance(told := release.data["closed"][kind], dict)]
    by_text = sorted(slugs.items(), key=lambda pair: pair[1])
    return {text: [figures[slug]["band"], *(one[slug] for one in closed)] for slug, text in by_text}


def held(slugs: Mapping[str, str], person: tuple[int, ...]) -> dict[str, Answer]:
    stances = dict(zip(TEXTS, person, strict=True))
    return {f"S1.{slug}": stances[text] for slug, text in slugs.items() if stances[text]}


@pytest.mark.slow
@pytest.mark.usefixtures("app")
def test_no_order_of_people_cards_or_numbering_changes_what_is_published(time: clock.Clock) -> None:
    dice = [Random(seed) for seed in range(4)]  # noqa: S311 - an order to repeat, nothing secret
    first, *others = (lived(time, f"place-{at}", one) for at, one in enumerate(dice))

    assert set(first) == set(TEXTS)
    assert len({str(one) for one in first.values()}) == len(TEXTS)
    assert others == [first] * 3
