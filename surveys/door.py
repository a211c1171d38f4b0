"""The door of the room: all that deliberation may use. It lets values through, and never an answer."""

from surveys.actions.acts import declare_acts
from surveys.actions.answering import hand_in
from surveys.actions.burning import burn_open_boxes
from surveys.actions.closing import pause
from surveys.actions.drafting import discard, draft, say_in_draft
from surveys.actions.judges import Judge, Ready, Tell, Warn, nothing, register, say
from surveys.actions.offers import keep_free, offer, set_terms
from surveys.actions.refusals import AlreadyAnswered, CardRefused, SurveyNotOpen
from surveys.actions.wording import waits
from surveys.interchange import SHIPPED, shipped, tailored
from surveys.queries import (
    Cards,
    Release,
    State,
    Survey,
    card_sets,
    cards_left,
    deposited,
    enough,
    release,
    releases,
    sealed,
    survey,
    surveys,
    tell_season,
)

__all__ = [
    "SHIPPED",
    "AlreadyAnswered",
    "CardRefused",
    "Cards",
    "Judge",
    "Ready",
    "Release",
    "State",
    "Survey",
    "SurveyNotOpen",
    "Tell",
    "Warn",
    "burn_open_boxes",
    "card_sets",
    "cards_left",
    "declare_acts",
    "deposited",
    "discard",
    "draft",
    "enough",
    "hand_in",
    "keep_free",
    "nothing",
    "offer",
    "pause",
    "register",
    "release",
    "releases",
    "say",
    "say_in_draft",
    "sealed",
    "set_terms",
    "shipped",
    "survey",
    "surveys",
    "tailored",
    "tell_season",
    "waits",
]
