"""Who wrote it: a neighbour who has other writings of seven people looks for their hands in what is published."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path

import pytest

from tests.attacks.careless import Careless
from tests.attacks.circle import reword, round_on
from tests.attacks.stage import TAGS, Stage, crawl
from tests.visitor import parsed, said

pytestmark = pytest.mark.slow

KNOWN = {
    "Ana": "Well well, neighbours!! I tell you, the bridge is rotten!! Nobody listens, I tell you!!",
    "Bo": "as per the minutes of the 3rd inst. it is noted that the gate remains unrepaired, ref. item 4(b).",
    "Che": "compas, la lucha sigue, we go with the compas to the milpa and the compas keep the fire",
    "Dee": "i dunno, kinda scared of the road tbh, kinda dark, dunno who goes there tbh",
    "Eli": "Verily the elders have spoken: he that walketh alone by night walketh into the mouth of the river.",
    "Fay": "The kids!!! The kids need the school path safe... the kids... please think of the kids...",
    "Gus": "Pump broken. Pipe broken. Need tools. Need money. Need two men. Today.",
}
WRITTEN = {
    "Ana": "I tell you, who will watch the bridge at night?! Nobody, I tell you!!",
    "Bo": "it is noted that, as per item 2(a), no person remains assigned to the gate, ref. the minutes.",
    "Che": "compas, who keeps the milpa when the compas walk? la milpa sigue",
    "Dee": "kinda scared tbh, dunno if the lamps work, kinda dark",
    "Eli": "He that goeth first must know the river, for verily it riseth by night.",
    "Fay": "And the kids?! please, not past the school path... the kids...",
    "Gus": "Need boots. Need lamps. Need rope. Today.",
}
COMMON = [
    "An experienced guide should lead.",
    "Children should not be taken along.",
    "Equipment is missing.",
    "Fields must be looked after too.",
    "Someone must be in charge at each entrance.",
    "The crossing needs a guard after dark.",
    "There is not enough light.",
]
SOURCE = dict(zip(COMMON, ("Eli", "Fay", "Gus", "Che", "Bo", "Ana", "Dee"), strict=True))
"""Whose text each common sentence says in other words: only this test knows."""


def hand(text: str) -> Counter[str]:
    """The habits of a hand: how often each three signs follow each other (Keselj et al. 2003)."""
    return Counter(text[at : at + 3] for at in range(len(text) - 2))


def alike(one: Counter[str], other: Counter[str]) -> float:
    """Cosine of two hands: 1 when they are the same."""
    both = sum(times * other[signs] for signs, times in one.items())
    return both / sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))


def attributed(published: Sequence[str]) -> Mapping[str, str]:
    """The attack: for each sentence that was published, whose known writings are nearest."""
    return {text: max(KNOWN, key=lambda who: alike(hand(KNOWN[who]), hand(text))) for text in published}


def sentences(stage: Stage, survey: str) -> list[str]:
    """What the results say people wrote."""
    page = stage.path(f"results/{survey}")
    tree = parsed(page, stage.phone.get(page).text)
    (section,) = [one for one in tree.iter("section") if "in other words" in said(one.find("h2"))]
    return [said(one) for one in section.iter("li")]


def test_published_words_lead_to_one_writer_in_seven_at_most(stage: Stage) -> None:
    survey, slug = round_on(stage)
    given = [{f"S1.{slug}": "2", f"S3.{slug}-text": text} for text in WRITTEN.values()]
    stage.answer(survey, given, hurried=True)
    stage.count(survey)

    heard = reword(stage, survey, f"S3.{slug}", WRITTEN["Ana"], COMMON)

    published = sentences(stage, survey)
    assert all(text in heard.text for text in WRITTEN.values()), "the reader was given what people wrote"
    assert sorted(published) == COMMON
    hits = [text for text, who in attributed(published).items() if SOURCE[text] == who]
    assert len(hits) <= 1


def test_what_people_wrote_stands_on_no_page_before_or_after(stage: Stage) -> None:
    survey, slug = round_on(stage)
    stage.answer(survey, [{f"S1.{slug}": "2", f"S3.{slug}-text": text} for text in WRITTEN.values()], hurried=True)
    stage.count(survey)
    reword(stage, survey, f"S3.{slug}", WRITTEN["Ana"], COMMON)

    seat = stage.facilitator().client
    pages = {**crawl(stage.phone, stage.path()), **crawl(seat, stage.path("circle/"))}

    everything = "\n".join(one.text for one in pages.values())
    assert {address.split("/")[1] for address in pages} == set(TAGS)
    assert COMMON[0] in everything
    assert [text for text in WRITTEN.values() if text[:20] in everything] == []


def test_texts_as_they_were_written_lead_to_their_writers(tmp_path: Path) -> None:
    twin = Careless(tmp_path, list(WRITTEN))
    for who, text in WRITTEN.items():
        twin.client.post("/answer", data={"card": who, "answer": "yes", "words": text})

    found = attributed(twin.client.get("/words").text.splitlines())

    assert sum(found[text] == who for who, text in WRITTEN.items()) >= 6
