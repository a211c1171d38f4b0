"""What is said around a release: how many took part, how to read it, and what to do when nothing could be let out."""

from commons.i18n import gettext, ngettext
from surveys.phrases.standing import standing
from surveys.queries import Release, Survey, enough

PERCENT = "percent"


def lead(release: Release) -> str:
    """Say how many ballots were counted."""
    return ngettext("One ballot was counted.", "%(num)s ballots were counted.", int(str(release.data["ballots"])))


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
    return bands, gettext("With fewer than twenty answers, exact figures would tell what one person said."), last


def notes(release: Release) -> tuple[str, ...]:
    """Say what the circle added since: figures are never changed."""
    if release.withdrawn:
        return (gettext("The circle has withdrawn this result. Do not decide on it; ask why in the assembly."),)
    return ()


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
