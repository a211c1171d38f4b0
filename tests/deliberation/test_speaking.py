"""The languages of an assembly change after its founding, by several, and nothing written is lost."""

from collections.abc import Callable

import pytest
from flask import Flask

from commons import clock, log, quorum
from commons.assembly import load
from commons.quorum import Refused
from deliberation.actions import circle, naming, records, speaking
from deliberation.queries import settled
from deliberation.views.proposing import tongues
from surveys import door
from tests.deliberation.gathering import Gathering
from tests.deliberation.sitting import river, sits, time
from tests.visitor import Visitor

__all__ = ["river", "sits", "time"]
Sits = Callable[..., Visitor]


def speak(place: Gathering, time: clock.Clock, *tags: str) -> None:
    """Have an assembly write in these languages from now on."""
    place.later(speaking.LANGUAGES, time, languages=list(tags))


def test_several_take_a_language_out_and_bring_it_back(river: Gathering, time: clock.Clock) -> None:
    speak(river, time, "es")
    alone = river.assembly.languages
    speak(river, time, "en", "es")

    assert alone == ("es",)
    assert river.assembly.languages == ("en", "es")
    said = [line.payload["languages"] for line in log.entries(river.assembly, kind=speaking.LANGUAGES)]
    assert said == [["es"], ["en", "es"]]


def test_nothing_changes_before_enough_have_signed_and_three_days_have_passed(
    river: Gathering, time: clock.Clock
) -> None:
    before = river.assembly.languages
    for signers in (1, river.assembly.k):
        assert river.sign(speaking.LANGUAGES, {"languages": ["es"]}, signers) is None
        time.move(days=4)
        quorum.carry_out_due(river.assembly)
        assert load(river.assembly.id).languages == before

    river.later(speaking.LANGUAGES, time, languages=["es"])

    assert river.assembly.languages == ("es",)


def test_a_list_agreed_before_another_one_is_proposed_anew(river: Gathering, time: clock.Clock) -> None:
    lists = (["es"], ["en"], ["es", "en", "ha"])
    for one in lists:
        agreed = quorum.propose(river.assembly, speaking.LANGUAGES, {"languages": one})
        assert [quorum.approve(river.assembly, agreed, keys) for keys in river.keys] == [None] * len(river.keys)
    time.move(days=4)
    quorum.carry_out_due(river.assembly)

    happened = [line.payload["languages"] for line in log.entries(river.assembly, kind=speaking.LANGUAGES)]
    assert happened == [list(load(river.assembly.id).languages)]


def test_a_locked_circle_changes_no_language(river: Gathering, time: clock.Clock) -> None:
    agreed = quorum.propose(river.assembly, speaking.LANGUAGES, {"languages": ["es"]})
    for keys in river.keys:
        quorum.approve(river.assembly, agreed, keys)
    circle.lock(river.assembly)
    time.move(days=4)
    quorum.carry_out_due(river.assembly)

    assert load(river.assembly.id).languages == river.assembly.languages


def test_an_open_box_keeps_its_languages(app: Flask, river: Gathering, time: clock.Clock) -> None:
    slug = river.pulse()
    before = river.open(slug)
    speak(river, time, "es")

    kept = door.survey(river.assembly, slug)

    assert kept is not None
    assert kept.questionnaire == before
    assert "Relire mes réponses" in Visitor(app, "fr").reads(river.assembly).visit(f"/fr/river/answer/{slug}").text


def test_what_was_written_in_a_language_that_is_gone_is_still_read(
    app: Flask, river: Gathering, time: clock.Clock
) -> None:
    slug = river.propose()
    speak(river, time, "es")

    page = Visitor(app, "es").reads(river.assembly).visit(f"/es/river/proposals/{slug}")

    assert [tag for tag, _, _ in tongues(river.assembly)] == ["es"]
    assert "Walk the boundary together" in [one.text for one in page.all("span", lang="en")]
    assert "Walk the boundary together" in page.text


def test_the_form_proposes_and_the_act_tells_who_may_be_shut_out(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/languages")

    act = visitor.send(page, {"languages": ["en", "es"]}, "languages-form")

    assert "Is taken out" in act.text
    assert "Français" in act.text
    assert "may not follow any more" in act.text


def test_a_form_with_nothing_ticked_says_so_beside_it(river: Gathering, sits: Sits) -> None:
    visitor = sits(river)

    again = visitor.send(visitor.visit("/en/river/circle/languages"), {"languages": []}, "languages-form")

    assert "Choose one language of the list at least." in again.text


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        (None, "no_such_language"),
        ([], "no_such_language"),
        (["<b>"], "no_such_language"),
        ([7], "no_such_language"),
        ([f"aa-{number}" for number in range(13)], "no_such_language"),
        (["en", "en"], "same_languages"),
        (["fr", "es", "en"], "same_languages"),
        (["quc"], "no_complete_language"),
    ],
)
def test_an_act_keeps_one_complete_language(river: Gathering, tags: object, code: str) -> None:
    with pytest.raises(Refused, match=code):
        river.act(speaking.LANGUAGES, languages=tags)


def test_a_language_of_our_own_may_stand_beside_a_complete_one(river: Gathering, time: clock.Clock) -> None:
    speak(river, time, "quc", "es")

    assert river.assembly.languages == ("quc", "es")


def test_a_form_says_which_words_fall_away_and_saving_drops_them(
    river: Gathering, sits: Sits, time: clock.Clock
) -> None:
    """An old translation beside a changed text would say something else: whoever changes it is told, and it goes."""
    river.watch()
    before = settled.threat(river.assembly, "T12")
    speak(river, time, "en", "es")
    visitor = sits(river)
    page = visitor.visit("/en/river/circle/threats/T12")

    visitor.send(page, {"words-en": "Drones over the river"}, "card", button="keep")

    after = settled.threat(river.assembly, "T12")
    assert before is not None
    assert before.words["fr"] in [one.text for one in page.all("q", lang="fr")]
    assert after is not None
    assert after.words == {"en": "Drones over the river", "es": before.words["es"]}


def test_a_word_of_ours_in_a_language_taken_out_stays_and_can_be_changed(
    river: Gathering, sits: Sits, time: clock.Clock
) -> None:
    """Pages stay in every language of the house, so an own word is as true as before."""
    own = {"assembly": {"fr": "une palabre, palabres"}}
    river.later(naming.TERMS, time, wording=records.word(river.assembly, {"terms": own}))
    speak(river, time, "en")
    visitor = sits(river)

    act = visitor.send(visitor.visit("/en/river/circle/words"), {"card-en": "a seed, seeds"}, "terms")

    assert "une palabre, palabres" in act.text
    assert "a seed, seeds" in act.text
