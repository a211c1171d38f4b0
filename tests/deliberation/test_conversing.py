"""A conversation is opened only as the assembly stands that day."""

from datetime import timedelta

import pytest
from flask import Flask

from commons import clock
from commons.quorum import Refused
from deliberation.actions import conversing
from surveys import door
from surveys.domain.questionnaire import Choice
from tests.deliberation.gathering import Gathering, ready

STATEMENTS = (Choice("s1", {"en": "Plant maize"}), Choice("s2", {"en": "Plant beans"}))


def drafted(found: Gathering) -> door.Survey:
    slug = conversing.draft(found.assembly, STATEMENTS, closes=clock.today(found.assembly) + timedelta(days=3))
    survey = door.survey(found.assembly, slug)
    assert survey is not None
    return survey


def test_a_conversation_asks_one_stance_a_statement_after_the_voice(app: Flask) -> None:
    survey = drafted(ready())

    assert (survey.slug, survey.questionnaire.voice) == ("conversation-1", "A2")
    assert [item.key for item in survey.questionnaire.items] == ["A2", "S1.s1", "S1.s2"]


def test_a_conversation_under_other_terms_or_voices_is_not_opened(app: Flask) -> None:
    found = ready()
    survey = drafted(found)
    other = door.tailored(survey.questionnaire, {"voices": (Choice("town", {"en": "Town"}),)})

    conversing.ready(found.assembly, survey.questionnaire, survey.terms)

    with pytest.raises(Refused, match="settled_otherwise"):
        conversing.ready(found.assembly, survey.questionnaire, {**survey.terms, "declared": 3})
    with pytest.raises(Refused, match="settled_otherwise"):
        conversing.ready(found.assembly, other, survey.terms)
    with pytest.raises(Refused, match="no_such_stage"):
        conversing.ready(found.assembly, survey.questionnaire, {**survey.terms, "stage": "first"})
