"""Words of its own: proposed by one, signed by several, and spoken by every page of that assembly alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from commons import clock
from commons.quorum import Refused
from deliberation.actions import naming, records
from tests.deliberation.gathering import WALK, Gathering, gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]
TERMS = {"assembly": {"en": "a baraza, barazas", "fr": "une palabre, palabres"}, "card": {"en": "a seed, seeds"}}


def name(place: Gathering, time: clock.Clock, terms: object = TERMS) -> None:
    """Have an assembly use its own words."""
    place.later(naming.TERMS, time, wording=records.word(place.assembly, {"terms": terms}))


def test_every_page_follows_in_each_language_and_other_assemblies_do_not(
    app: Flask, river: Gathering, time: clock.Clock
) -> None:
    hill = gathering("hill")
    name(river, time)
    english, french = Visitor(app).reads(river.assembly), Visitor(app, "fr").reads(river.assembly)

    assert "before the baraza has ratified it" in english.visit("/en/river/").text
    assert "avant que la palabre l’ait ratifié" in french.visit("/fr/river/").text
    assert "asamblea" in Visitor(app, "es").reads(river.assembly).visit("/es/river/").text
    assert "The assembly has not said it yet" in Visitor(app).reads(hill.assembly).visit("/en/hill/we").text


def test_what_the_assembly_wrote_keeps_its_own_words(app: Flask, river: Gathering, time: clock.Clock) -> None:
    name(river, time, {"proposal": {"en": "an offer, offers"}, "plan": {"fr": "une route, routes"}})
    slug = river.propose(replace(WALK, text={"en": "Keep a proposal in the box"}))
    visitor = Visitor(app).reads(river.assembly)

    assert "Keep a proposal in the box" in visitor.visit(f"/en/river/proposals/{slug}").text
    assert "Offers" in visitor.visit("/en/river/").text
    assert "Notre route" in Visitor(app, "fr").reads(river.assembly).visit("/fr/river/plan").text


def test_the_kept_page_of_an_open_survey_changes_with_the_words(
    app: Flask, river: Gathering, time: clock.Clock
) -> None:
    slug = river.pulse()
    river.open(slug)
    visitor = Visitor(app).reads(river.assembly)
    before = visitor.visit(f"/en/river/answer/{slug}").text

    name(river, time)

    assert "The number on your card" in before
    assert "The number on your seed" in visitor.visit(f"/en/river/answer/{slug}").text


def test_the_form_proposes_the_words_and_the_act_tells_them(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/words")

    act = visitor.send(page, {"assembly-es": "un cabildo, cabildos"}, "terms")

    assert "Use words of our own" in act.text
    assert "un cabildo, cabildos" in act.text


def test_what_is_no_word_is_asked_again_and_loses_nothing(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    given = {"assembly-en": "<b>", "card-en": "a seed, seeds"}

    again = visitor.send(visitor.visit("/en/river/circle/words"), given, "terms")

    assert "Write the word with its article" in again.text
    assert again.all("input", name="card-en")[0].get("value") == "a seed, seeds"


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"leader": {"en": "a boss, bosses"}}, "no_such_term"),
        ({"assembly": {"xx": "a boss, bosses"}}, "no_such_term"),
        ({"assembly": {"en": "boss"}}, "word_with_article"),
    ],
)
def test_an_act_refuses_other_terms_and_what_is_no_word(river: Gathering, terms: object, code: str) -> None:
    with pytest.raises(Refused, match=code):
        river.act(naming.TERMS, wording=records.word(river.assembly, {"terms": terms}))
