"""Where a survey stands, in one sentence for members."""

from babel.dates import format_date

from commons.i18n import current, gettext
from surveys.queries import State, Survey


def day(survey: Survey) -> str:
    """Return the last day of answering, written out."""
    return format_date(survey.closes, "long", locale=current().formats)


def standing(survey: Survey) -> str:
    """Say whether answers are taken, or what the box waits for."""
    if survey.open:
        return gettext("This box takes answers until the end of %(day)s.", day=day(survey))
    if survey.paused and survey.opens:
        again = format_date(survey.opens, "long", locale=current().formats)
        return gettext(
            "This box rests: one of the circle asked for a pause. It takes answers again on %(day)s.", day=again
        )
    if survey.over:
        return gettext("This box takes no more answers. It waits for several facilitators to open it together.")
    if survey.state is State.CLOSED:
        return gettext("This box is closed for good. Facilitators are opening it together.")
    if survey.state is State.COUNTED:
        return gettext("This box was opened and counted. Its results are here for everybody.")
    return gettext("This box was burnt without being read.")
