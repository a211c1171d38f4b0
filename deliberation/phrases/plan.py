"""Priorities and the plan in words: one plain sentence why for each, and no name, no decimals."""

from commons.i18n import gettext, pick
from deliberation.domain.hearing import Why
from deliberation.domain.plan import Age, Burden, Entry
from deliberation.domain.priorities import Advice
from deliberation.domain.risk import Tier
from deliberation.phrases.numbers import day
from surveys.domain.questionnaire import Words


def tier(found: str) -> str:
    """Name a tier; an unknown or missing one is said too."""
    words = {
        Tier.NOW: gettext("Treat now"),
        Tier.NEXT: gettext("Treat next"),
        Tier.WATCH: gettext("Watch"),
    }
    return words.get(Tier(found), gettext("Not known yet")) if found else gettext("Not known yet")


def why(found: str) -> str:
    """Say why a threat or a measure stands where it does."""
    words = {
        Why.GRAVE_FOR_MOST: gettext("At least half of us find it grave and likely."),
        Why.GRAVE_FOR_A_VOICE: gettext(
            "It is grave and likely for one of our voices: what is grave for some is everyone’s."
        ),
        Why.GRAVE_FOR_MANY: gettext("About three in ten of us, or more, find it grave and likely."),
        Why.GRAVE_FOR_MANY_OF_A_VOICE: gettext(
            "In one of our voices about three in ten, or more, find it grave and likely."
        ),
        Why.GRAVE_NOT_LIKELY: gettext("At least half of us find it grave; fewer find it likely as well."),
        Why.LIKELY_NOT_GRAVE: gettext("At least half of us expect it; fewer find it grave."),
        Why.CALM: gettext("Fewer than half of us find it grave, and fewer than half expect it."),
        Why.TOO_FEW: gettext("Too few people answered about it to say."),
        Why.SAID_BY_A_CIRCLE: gettext(
            "One of our talking circles said it aloud: what is grave for some is everyone’s."
        ),
        Why.WANTED_BY_MANY: gettext("It is among the most wanted."),
        Why.PART_OF_A_MINORITY: gettext("It is the part of people who hold together and had nothing yet."),
        Why.TIED: gettext("It is as wanted as another one: the assembly chooses between them."),
        Why.WANTED_LESS: gettext("Others were wanted more."),
        Why.CARRIED: gettext("There is room for it in what we can carry."),
        Why.BEYOND: gettext("Others came first, or it takes more than what is left of what we can carry."),
        Why.HARMS_MANY: gettext("One in five of us, or more, say it would harm somebody: it must be amended first."),
        Why.HARMS_A_VOICE: gettext(
            "In one of our voices one in five, or more, say it would harm somebody: it must be amended first."
        ),
    }
    return words[Why(found)] if found in set(Why) else ""


def advice(found: str) -> str:
    """Say what a pulse advises about the alert level."""
    words = {
        Advice.RAISE: gettext("The last pulse advises to raise the alert level. People on duty decide."),
        Advice.HOLD: gettext("The last pulse advises to keep the alert level."),
        Advice.CALMER: gettext(
            "The last pulse was calmer. Two calmer ones after each other advise to lower the alert level."
        ),
        Advice.TOO_FEW: gettext("Too few people answered the last pulse to advise anything."),
    }
    return words[Advice(found)] if found in set(Advice) else ""


def age(entry: Entry) -> str:
    """Say how a decision stands towards its review."""
    if entry.reopened:
        return gettext("The danger is rising: look at this again now.")
    when = day(entry.decision.review)
    words = {
        Age.VALID: gettext("Looked at again on %(day)s.", day=when),
        Age.SOON: gettext("Looked at again soon: on %(day)s.", day=when),
        Age.OVERDUE: gettext("It was to be looked at again on %(day)s.", day=when),
        Age.RUN_OUT: gettext("It has run out."),
    }
    return words[entry.age]


def burden(one: Burden) -> str:
    """Say how much of what our voices carry is carried by one of them, and whether that is more than its share."""
    facts = {"voice": pick(one.voice).text.rstrip(". "), "carried": one.carried, "total": one.total}
    if not one.over:
        return gettext("%(voice)s: %(carried)s of %(total)s decisions that one of our voices carries.", **facts)
    return gettext(
        "%(voice)s: %(carried)s of %(total)s decisions that one of our voices carries. Even with one less that would "
        "not be below its share of us. Can the others take a part?",
        **facts,
    )


def band(found: str) -> str:
    """Say how many of us agreed, in the last survey."""
    words = {
        "most": gettext("Most of us said so."),
        "some": gettext("Some of us said so."),
        "few": gettext("Few of us or none said so."),
    }
    return words.get(found, "")


def closes(title: Words) -> str:
    """Say that this is the last day to answer something."""
    return gettext("Last day to answer “%(title)s”.", title=pick(title).text.rstrip(". "))


def looked_at_again(decision: Words) -> str:
    """Say that a decision is to be looked at again on this day."""
    return gettext("We look again at “%(decision)s”.", decision=pick(decision).text.rstrip(". "))
