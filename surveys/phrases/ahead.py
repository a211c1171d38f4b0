"""Sentences about boxes opened ahead, and about boxes opened together for one plenary."""

from datetime import date

from commons.acts import Act
from commons.i18n import gettext, ngettext, pick
from commons.pages import Told
from surveys import queries
from surveys.actions import series, sitting
from surveys.phrases import circle
from surveys.phrases.standing import written
from surveys.queries import Survey


def choose_first() -> str:
    """Ask for the first day of a series."""
    return gettext("Choose a first day from today on, within a year.")


def choose_between(fewest: int, most: int) -> str:
    """Ask for a number."""
    return gettext("Choose a number between %(fewest)s and %(most)s.", fewest=fewest, most=most)


def ends_first() -> str:
    """Say that each box must end before the next begins."""
    return gettext("Each must end before the next begins: choose fewer days.")


def choose_boxes() -> str:
    """Ask for the items of a sitting."""
    return gettext("Choose one draft at least.")


def span(first: date, last: date) -> str:
    """Say from which day to which day."""
    return gettext("from %(first)s to %(last)s", first=written(first), last=written(last))


def opening_series(act: Act) -> Told:
    """Say what opening a series does, date by date."""
    survey = queries.survey(act.assembly, str(act.params["survey"]))
    if survey is None:
        return _gone()
    days = series.spans(act.params)
    dates = tuple((gettext("Number %(number)s", number=turn), span(*one)) for turn, one in enumerate(days, start=1))
    effect = gettext("Every box is made and its key shared out now. Each takes answers on its own days only.")
    title = ngettext(
        "Open “%(title)s” once",
        "Open “%(title)s” %(num)s times",
        len(days),
        title=pick(survey.questionnaire.title).text,
    )
    return Told(
        title,
        (*dates, (gettext("Effect"), effect)),
        (
            gettext(
                "They want the cards in use now, also after new ones are printed, and use up a number of the card each."
            ),
            gettext(
                "Each is held against the alert level of today. If it changes, end the ones left and open new ones."
            ),
            gettext("While one of them waits, the number of facilitators needed for an act cannot be changed."),
        ),
    )


def opening_sitting(act: Act) -> Told:
    """Say what opening a box for each item of a plenary does."""
    found = [queries.survey(act.assembly, slug) for slug in sitting.listed(act.params)]
    boxes = [survey for survey in found if survey is not None]
    if not boxes or len(boxes) < len(found):
        return _gone()
    items = tuple((gettext("Number %(number)s", number=turn), item(box)) for turn, box in enumerate(boxes, start=1))
    effect = gettext("Each item gets a box of its own. All take answers today, until the hall has finished.")
    return Told(
        gettext("Open one box for each item of today’s assembly"),
        (*items, (gettext("Effect"), effect), (gettext("Results"), results(together=bool(act.params.get("together"))))),
        (
            gettext("By signing you agree that one facilitator alone may end each box today, when the hall says so."),
            *dict.fromkeys(sentence for box in boxes for sentence in circle.betrays(box)),
        ),
    )


def _gone() -> Told:
    return Told(gettext("An act about a survey that is gone"))


def item(survey: Survey) -> str:
    """Name what a box of a sitting asks about: its first subject, or its title."""
    first = next((one.subject.text for one in survey.questionnaire.items if one.subject), survey.questionnaire.title)
    return pick(first).text


def results(*, together: bool) -> str:
    """Say when the results of a sitting can be told."""
    if together:
        return gettext("All together: no box is opened before the hall has finished with the last.")
    return gettext("Item by item: a box may be opened as soon as the hall has finished with it.")


def place(survey: Survey) -> str:
    """Say which item of how many a box of a sitting is."""
    return gettext("%(number)s of %(count)s", number=survey.sitting.index(survey.slug) + 1, count=len(survey.sitting))
