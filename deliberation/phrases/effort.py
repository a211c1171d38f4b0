"""Effort in words: what is asked of whoever drafts, what is shown to everybody, what it could betray."""

from collections.abc import Mapping
from dataclasses import dataclass

from commons.assembly import Assembly
from commons.i18n import gettext, pick
from deliberation.domain.effort import Weighed, read_effort
from surveys.domain.questionnaire import Questionnaire, Words

Terms = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scales:
    """What was frozen with a survey: each measure with its effort, in the order asked, and what can be carried."""

    slug: str
    title: Words
    efforts: tuple[tuple[Words, int], ...]
    carry: int


def whole() -> str:
    """Ask for an effort."""
    return gettext("Write a whole number from 1 to 999.")


def missing() -> str:
    """Ask for the effort of a measure that has none."""
    return gettext("Write what this measure takes, or leave empty what we can carry in all.")


def whole_or_empty() -> str:
    """Ask for what can be carried."""
    return gettext("Write a whole number from 1 to 99900, or leave it empty.")


def too_little() -> str:
    """Say that nothing fits."""
    return gettext("No measure fits in so little. Write at least what the smallest one takes, or leave it empty.")


def weighed(questionnaire: Questionnaire, terms: Terms) -> Weighed | None:
    """Return what is weighed in a survey, if anything is."""
    return read_effort(terms, [one.id for one in questionnaire.lists.get("measures", ())])


def scales(slug: str, questionnaire: Questionnaire, terms: Terms) -> Scales | None:
    """Return what each measure takes and what can be carried, if a survey weighs it."""
    found = weighed(questionnaire, terms)
    if found is None:
        return None
    measures = [one.text for one in questionnaire.lists["measures"]]
    return Scales(slug, questionnaire.title, tuple(zip(measures, found.costs, strict=True)), found.carry)


def lead(found: Weighed) -> str:
    """Say how measures were chosen."""
    return gettext(
        "Chosen within what we can carry, %(carry)s in all. Everybody who wished for something held the same part of "
        "it, and measures were taken up by the parts of those who wish for them.",
        carry=found.carry,
    )


def fair() -> str:
    """Say what the audit found, where it found nobody short."""
    return gettext(
        "Checked: wherever people share a wish for a measure that could have been chosen, at least one of them got "
        "wishes that take as much as all their parts can carry together, or lacks less than that measure takes."
    )


def warnings(_assembly: Assembly, questionnaire: Questionnaire, terms: Terms) -> tuple[str, ...]:
    """Say, before anybody signs, what is weighed, and what a choice among more than fits can tell."""
    found = weighed(questionnaire, terms)
    if found is None:
        return ()
    names = [pick(one.text).text for one in questionnaire.lists["measures"]]
    said = gettext("; ").join(f"{name} {cost}" for name, cost in zip(names, found.costs, strict=True))
    whole = gettext("Effort is weighed. We can carry %(carry)s in all: %(efforts)s.", carry=found.carry, efforts=said)
    if sum(found.costs) <= found.carry:
        return (whole,)
    betrays = gettext(
        "Not everything fits. Then the choice compares exact counts: infiltrators who did not wish for a measure may "
        "learn from it that everybody else did."
    )
    return whole, betrays


def by_hand() -> tuple[str, ...]:
    """Tell how a choice within what can be carried is made again by hand (equal shares), step by step."""
    return (
        gettext("Divide what we can carry by the number of those who wished for something: each holds that part."),
        gettext(
            "For each measure, share what it takes among those who wish for it, all alike; who has less left gives "
            "all of it. Leave out measures for which they do not hold enough together."
        ),
        gettext(
            "Take the measure for which the most that one person gives, divided by what the measure takes, is the "
            "smallest. Those who wish for it give their parts. Go on so as long as you can."
        ),
        gettext(
            "If something is left, everybody’s part grows evenly, by one coin a day. Of the measures that fit in what "
            "is left of all we can carry, take the one whose people hold enough first. Go on until nothing fits."
        ),
        gettext(
            "Of equal measures the one comes first that stands better in the middle: write for each person whether "
            "it would harm, is not named or is wished for, and compare the middle ones. This is done from 20 answers "
            "on. Else it is a tie, and people settle it."
        ),
    )
