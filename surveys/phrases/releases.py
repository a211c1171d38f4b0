"""What is said around a release: how many took part, how to read it, and what to do when nothing could be let out."""

from collections.abc import Mapping
from datetime import date

from commons.i18n import gettext, ngettext
from surveys.actions.rehearsing import as_agreed, known
from surveys.domain.disclosure import PERCENT_FROM
from surveys.domain.questionnaire import Questionnaire, Words
from surveys.phrases.standing import standing, written
from surveys.queries import Release, Survey, enough

PERCENT = "percent"


def lead(release: Release) -> str:
    """Say how many ballots were counted."""
    return ngettext("One ballot was counted.", "%(num)s ballots were counted.", int(str(release.data["ballots"])))


def opened(signed: int, day: date) -> str:
    """Say that several opened the box together, and what became of it."""
    return ngettext(
        "The box was opened on %(day)s by one of the circle. It was counted whole, and is no more.",
        "The box was opened on %(day)s by %(num)s of the circle, together. It was counted whole, and is no more.",
        signed,
        day=written(day),
    )


def reading(release: Release) -> tuple[str, ...]:
    """Say how the figures were rounded, and why nothing finer exists."""
    last = gettext("Nothing finer exists anywhere: the ballots were destroyed when they had been counted.")
    if release.data["row"] == PERCENT:
        rounded = gettext(
            "Shares are rounded to ten per cent. “Few or none” and “nearly all” each cover several counts, so that "
            "nobody can work out what any one person answered."
        )
        return rounded, last
    bands = gettext(
        "“Most” is about two thirds or more, “few” about one third or fewer, “some” what lies between. Inside a band, "
        "names are in alphabetical order, which tells nothing."
    )
    return bands, _why_bands(int(str(release.data["ballots"]))), last


def _why_bands(ballots: int) -> str:
    """Say why a result has no percentages."""
    if ballots < PERCENT_FROM:
        return gettext("With fewer than twenty answers, exact figures would tell what one person said.")
    return gettext(
        "Something of this kind was asked of few people within three months. Held against each other, percentages "
        "would tell what those who came or left between the two said."
    )


def notes(release: Release) -> tuple[str, ...]:
    """Say what the circle added since, and why: figures are never changed."""
    return tuple(_note(note) for note in release.notes if note.get("note") in {"withdrawn", "care"})


def _note(note: Mapping[str, object]) -> str:
    reason = why(str(note["reason"]))
    if note["note"] == "withdrawn":
        return gettext(
            "The circle has withdrawn this result. Decide nothing from it. The reason: %(reason)s", reason=reason
        )
    return gettext("Read this result with care. The reason: %(reason)s", reason=reason)


def why(reason: str) -> str:
    """Say why a result was withdrawn, or is to be read with care."""
    words = {
        "cards_seized": gettext("Cards were seized or copied."),
        "pressure_on_members": gettext("Members were put under pressure."),
        "mistake_in_the_questions": gettext("There was a mistake in the questions."),
        "unequal_access": gettext("Not everybody could answer."),
        "box_disturbed": gettext("The box or the machine was disturbed."),
        "danger": gettext("Keeping it here had become a danger."),
    }
    return words.get(reason, reason)


def rehearsed(survey: Survey, release: Release) -> tuple[str, bool] | None:
    """Say whether a rehearsal came out as agreed, and whether it did; None when the box was none."""
    ballots = known(survey.terms)
    if not ballots:
        return None
    if as_agreed(survey.questionnaire, ballots, release.data, survey.assembly.t):
        return gettext(
            "The result is what the known ballots say, as coarsely as results are shown, and no ballot more."
        ), True
    return gettext(
        "The result is NOT what the known ballots say. Either a ballot was not handed in as agreed, or this machine "
        "cannot be trusted. Ask nothing real before you know."
    ), False


def wordings(questionnaire: Questionnaire, release: Release) -> tuple[tuple[Words, tuple[Words, ...], str], ...]:
    """Return the questions whose texts were put in other words, with those words, and whether something is left out."""
    said = [note for note in release.notes if note.get("note") == "wording"]
    return tuple(
        (
            questionnaire.by_key[str(note["question"])].text,
            _words(note["said"]),
            left_out() if "left_out" in note else "",
        )
        for note in said
    )


def left_out() -> str:
    """Say that something people wrote was left out, and why."""
    return gettext("Something that was written here was left out by several of the circle, because it names somebody.")


def _words(said: object) -> tuple[Words, ...]:
    return tuple(said) if isinstance(said, list) else ()


def unread(survey: Survey) -> tuple[str, tuple[str, ...]]:
    """Say where a survey without a release stands, and what may happen next."""
    if not survey.over:
        return standing(survey), ()
    if enough(survey):
        return standing(survey), (
            gettext("Enough answers are in the box. Nobody knows more than that until several open it together."),
        )
    return gettext("Too few answers are in the box: it stays shut."), (
        gettext("With so few, opening it would tell what one person said. Nothing is lost and nothing was read."),
        gettext("The circle may give it more days; the assembly may decide aloud; or the box is burnt unread."),
    )
