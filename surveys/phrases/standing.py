"""Where a survey stands, in one sentence for members."""

from datetime import date

from commons.i18n import dated, gettext
from surveys.queries import State, Survey


def day(survey: Survey) -> str:
    """Return the last day of answering, written out."""
    return written(survey.closes)


def written(when: date) -> str:
    """Return a day, written out."""
    return dated(when)


def standing(survey: Survey) -> str:
    """Say whether answers are taken, or what the box waits for."""
    if survey.open:
        return gettext("This box takes answers until the end of %(day)s.", day=day(survey))
    if survey.opens and (survey.waits or survey.paused):
        return _later(survey, written(survey.opens))
    if survey.over:
        return gettext("This box takes no more answers. It waits for several facilitators to open it together.")
    if survey.state is State.CLOSED:
        return gettext("This box is closed for good. Facilitators are opening it together.")
    if survey.state is State.COUNTED:
        return gettext("This box was opened and counted. Its results are here for everybody.")
    return gettext("This box was burnt without being read.")


def _later(survey: Survey, first: str) -> str:
    if survey.waits:
        return gettext("This box takes answers from %(first)s to %(last)s.", first=first, last=day(survey))
    return gettext("This box rests: one of the circle asked for a pause. It takes answers again on %(day)s.", day=first)
