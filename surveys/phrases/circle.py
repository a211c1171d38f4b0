"""Sentences of the circle's pages of this room: names of things, and what a form asks for."""

from collections.abc import Mapping

from commons import pages
from commons.i18n import gettext, ngettext, pick
from surveys.actions import judges
from surveys.phrases import cards
from surveys.phrases.figures import without_subject
from surveys.queries import State, Survey

SHORTEST_SHUFFLED = 3
"""With two answers, everybody sees both."""


def same_name() -> str:
    """Ask for names that differ."""
    return gettext("Two of these are called the same. Leave one out, or give it another name.")


def choose_one() -> str:
    """Ask for a member of a list."""
    return gettext("Choose one at least.")


def choose_day() -> str:
    """Ask for a last day."""
    return gettext("Choose a last day from today on, within a year.")


def choose_size(fewest: int, most: int) -> str:
    """Ask for a number of cards."""
    return gettext("Choose a number between %(fewest)s and %(most)s.", fewest=fewest, most=most)


def choose_spares() -> str:
    """Ask for a number of spares."""
    return gettext("Choose fewer spares than cards; none is a number too.")


def mistyped() -> str:
    """Say that a line is no card's number."""
    return gettext("One of these is not the number of a card: 25 digits, one card a line.")


def not_unlocked() -> str:
    """Say that the passphrase opened nothing: the same words whatever is wrong."""
    return gettext(
        "That passphrase does not open your place. Read the paper again; after several tries, wait a minute."
    )


def kind(name: str) -> str:
    """Name a kind of survey."""
    words = {
        "baseline": gettext("Baseline"),
        "call": gettext("Call for proposals"),
        "order": gettext("Order"),
        "practice": gettext("Practice"),
        "pulse": gettext("Pulse"),
        "round": gettext("Round"),
    }
    return words.get(name, name)


def purpose(name: str) -> str:
    """Name a kind of survey, and say what it is for."""
    words = {
        "baseline": gettext("Baseline: what worries us, how likely and how serious, and what to do first"),
        "order": gettext("Order: which measure when, and who could carry it together"),
        "practice": gettext("Practice: maize or beans, to learn how cards and boxes work"),
        "pulse": gettext("Pulse: how things are now, in a minute, as often as needed"),
    }
    return words.get(name, kind(name))


def heading(name: str) -> str:
    """Name a list an instrument asks about."""
    words = {
        "actors": gettext("Positions to look at again"),
        "measures": gettext("Measures to choose from"),
        "threats": gettext("Dangers to ask about"),
        "voices": gettext("Voices"),
    }
    return words.get(name, name)


def help_for(name: str) -> str:
    """Say what choosing members of a list means."""
    words = {
        "actors": gettext("Leave all unticked to ask nothing about positions."),
        "measures": gettext("Members choose up to three of these. Ten or so is enough."),
        "threats": gettext(
            "Each one adds the same questions. Three for the short form, five to eight for the long one."
        ),
        "voices": gettext("The groups the assembly named. Leave all unticked when few are expected to answer."),
    }
    return words.get(name, "")


def state(survey: Survey) -> tuple[str, str]:
    """Name where a survey stands, and the look of that name."""
    if survey.open:
        return gettext("open"), "good"
    if survey.waits:
        return gettext("opened ahead"), "wait"
    if survey.paused:
        return gettext("paused"), "wait"
    names = {
        State.DRAFT: (gettext("draft"), ""),
        State.CLOSED: (gettext("being opened"), "wait"),
        State.COUNTED: (gettext("counted"), "good"),
        State.BURNT: (gettext("burnt unread"), "bad"),
    }
    return names.get(survey.state, (gettext("ended"), "wait"))


def betrays(survey: Survey) -> tuple[str, ...]:
    """Say what the closed values of this kind of survey could tell by themselves."""
    registered = judges.of(survey.kind)
    return tuple(registered.warn(survey.assembly, survey.questionnaire, survey.terms)) if registered else ()


def asked(survey: Survey) -> str:
    """Say how many questions a survey asks."""
    return ngettext("One question", "%(num)s questions", len(survey.questionnaire.items))


def twice(survey: Survey) -> str:
    """Say which answers of one card count."""
    return gettext("The last answers count.") if survey.last_counts else gettext("The first answers count.")


def orderless(survey: Survey) -> tuple[tuple[str, str, bool], ...]:
    """Return each question whose answers stand in no order of their own: its name, its words, whether it is shuffled.

    Not the one about voices, where people look for theirs, nor one of two answers.
    """
    asked = survey.questionnaire
    first = {item.question.id: item.question for item in reversed(asked.items)}
    return tuple(
        (one.id, without_subject(pick(one.text).text), one.shuffled)
        for section in asked.sections
        for one in section.questions
        if one.nominal and one.id != asked.voice and len(first[one.id].choices) >= SHORTEST_SHUFFLED
    )


def maybe_a_person() -> str:
    """Ask about words that may name somebody."""
    return gettext("This looks like somebody’s name. Write what it is, or say below that it is no person.")


def refusal(code: str) -> str:
    """Say why an act cannot be proposed now, and what to do."""
    unknown = gettext("It cannot be done now. Look at where the survey stands, and try again.")
    return refusals().get(code) or pages.refused(code) or unknown


def refusals() -> Mapping[str, str]:
    """Say what each refusal of this room means, by its code."""
    return {**_boxes(), **_together(), **cards.refusals()}


def _boxes() -> Mapping[str, str]:
    return {
        "not_a_draft": gettext("This survey is not a draft any more."),
        "unknown_kind": gettext("Surveys of this kind cannot be opened here."),
        "unfinished": gettext("The questionnaire is not finished: a list it needs is empty."),
        "closes_in_the_past": gettext("Its last day is in the past. Draft it again with a later one."),
        "still_open": gettext("The box still takes answers. Wait for its last day to pass."),
        "no_box": gettext("There is no box to open here any more."),
        "no_day": gettext("Choose a day."),
        "not_later": gettext("Choose a later day than its last day."),
        "too_late": gettext("That day lies beyond the limit that was fixed when the box was opened."),
        "extended_twice": gettext("This box was given more days twice already. That is the most."),
        "paused_before": gettext("You have paused this box once already."),
        "no_reason": gettext("Choose a reason."),
        "no_release": gettext("There is no result of this survey."),
        "withdrawn_before": gettext("This result was withdrawn already."),
        "no_words": gettext(
            "Write something, one line for each thing said, each under 400 letters, forty lines at most."
        ),
        "no_texts": gettext("There is no text left to this question."),
        "no_such_survey": gettext("There is no such survey."),
        "no_share": gettext("You hold no share of this box’s key: it was opened before your term."),
        "tampered": gettext("The box was tampered with: it does not open as it was closed. Nothing was published."),
        "box_changed": gettext(
            "Ballots were added to the box, or taken out of it, after its first share was given. Nothing was "
            "published. Ask who could reach this machine. The box can only be put back as it was, or burnt unread."
        ),
        "too_few_ballots": gettext(
            "Fewer people answered than the box needs to be opened. It stays closed, and nothing is lost: extend it, "
            "decide aloud, or burn it unread."
        ),
    }


def _together() -> Mapping[str, str]:
    return {
        "many_ballots": gettext("Forty known ballots are the most."),
        "only_a_pulse": gettext("Only a pulse can be asked several times ahead."),
        "two_to_twelve": gettext("Ask it between two and twelve times."),
        "dates_overlap": gettext(
            "Each must begin from today on, last two days at least, and end before the next begins."
        ),
        "too_far_ahead": gettext("The last one would be more than two years ahead."),
        "quiet_days": gettext("Today, or one of these dates, is a day you keep free."),
        "one_to_twelve": gettext("Choose between one and twelve drafts, each once."),
        "no_minutes": gettext("Each point of an agenda takes between 1 and 240 minutes."),
        "not_in_a_sitting": gettext("One alone may end only a box of today’s assembly, and only once."),
        "sitting_goes_on": gettext(
            "These results are told all together. Wait until the hall has finished with the last item."
        ),
    }
