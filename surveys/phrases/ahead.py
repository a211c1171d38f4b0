"""Sentences about boxes opened ahead, and about boxes opened together for one plenary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commons.acts import Act
from commons.i18n import gettext, ngettext, pick
from commons.pages import Told
from surveys import queries
from surveys.actions import series, sitting
from surveys.phrases import circle
from surveys.phrases.standing import written
from surveys.queries import Survey

HOUR = 60


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
    minutes = sitting.planned(act.params).get(sitting.MINUTES)
    planned = minutes if isinstance(minutes, list) else [0] * len(boxes)
    items = tuple(
        (gettext("Number %(number)s", number=turn), _planned(item(box), lasts))
        for turn, (box, lasts) in enumerate(zip(boxes, planned, strict=True), start=1)
    )
    effect = gettext("Each item gets a box of its own. All take answers today, until the hall has finished.")
    return Told(
        gettext("Open one box for each item of today’s assembly"),
        (*items, (gettext("Effect"), effect), (gettext("Results"), results(together=bool(act.params.get("together"))))),
        (
            gettext("By signing you agree that one facilitator alone may end each box today, when the hall says so."),
            *dict.fromkeys(sentence for box in boxes for sentence in circle.betrays(box)),
        ),
    )


def _planned(words: str, minutes: int) -> str:
    if not minutes:
        return words
    return gettext("%(item)s (%(minutes)s min)", item=words, minutes=minutes)


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


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an agenda: its words, how long it is planned to take, the box it belongs to, and where it stands.

    `minutes` is 0 where nothing is planned; `state` is empty for what has no box.
    """

    words: str
    minutes: int
    box: str = ""
    state: str = ""


def agenda(boxes: Sequence[Survey]) -> tuple[Point, ...]:
    """Return the points of a sitting, in the order the hall takes them. The first box still open is the one of now."""
    said = boxes[0].terms["sitting"]
    plan = said if isinstance(said, Mapping) else {}
    minutes = plan.get(sitting.MINUTES) or [0] * len(boxes)
    now = next((one.slug for one in boxes if one.open), "")
    items = (Point(item(one), lasts, one.slug, _stands(one, now)) for one, lasts in zip(boxes, minutes, strict=True))
    around = (
        Point(gettext("Arriving, and who speaks when"), plan.get(sitting.BEFORE, 0)),
        Point(gettext("What was decided, and the words of the log"), plan.get(sitting.AFTER, 0)),
    )
    first, last = ([one] if one.minutes else [] for one in around)
    return (*first, *items, *last)


def _stands(survey: Survey, now: str) -> str:
    if survey.slug == now:
        return "now"
    return "next" if survey.open else "done"


def total(points: Sequence[Point]) -> str:
    """Say how long all points are planned to take; nothing where none is."""
    minutes = sum(one.minutes for one in points)
    hours, rest = divmod(minutes, HOUR)
    if hours and rest:
        return gettext("%(hours)s h %(minutes)s min in all", hours=hours, minutes=rest)
    if hours:
        return gettext("%(hours)s h in all", hours=hours)
    return gettext("%(minutes)s min in all", minutes=minutes) if minutes else ""


def place(survey: Survey) -> str:
    """Say which item of how many a box of a sitting is."""
    return gettext("%(number)s of %(count)s", number=survey.sitting.index(survey.slug) + 1, count=len(survey.sitting))
