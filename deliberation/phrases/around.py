"""Incidents and demands, in words."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_skeleton

from commons.i18n import current, gettext, pick
from deliberation.domain.around import Standing


def standing(found: Standing) -> tuple[str, str]:
    """Name where a demand stands, and the look of that name."""
    words = {
        Standing.WAITING: (gettext("waiting for an answer"), "wait"),
        Standing.OVERDUE: (gettext("no answer in time"), "bad"),
        Standing.ANSWERED: (gettext("answered"), "good"),
        Standing.CLOSED: (gettext("not asked any more"), ""),
    }
    return words[found]


def signs(words: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the early signs of a threat one by one, in every language that lists as many."""
    lists = {tag: [one.strip() for one in text.split(",") if one.strip()] for tag, text in words.items()}
    many = len(lists.get(pick(words).tag, [])) if words else 0
    whole = {tag: said for tag, said in lists.items() if len(said) == many}
    return [{tag: said[at] for tag, said in whole.items()} for at in range(many)]


def fulfilled(band: str) -> str:
    """Say how many found, in the last survey, that institutions do their duty; nothing when it is not known."""
    words = {
        "most": gettext("In our last survey, most of us said that institutions do their duty."),
        "some": gettext("In our last survey, some of us said that institutions do their duty."),
        "few": gettext("In our last survey, few of us or none said that institutions do their duty."),
    }
    return words.get(band, "")


def month(name: str) -> str:
    """Return a month, "2026-11", as people say it."""
    return format_skeleton("yMMMM", date.fromisoformat(f"{name}-01"), locale=current().formats)


def done(what: str) -> str:
    """Say what was just done about an incident; nothing for anything else."""
    words = {
        "keep": gettext("It is written down: the danger, its sign and the month, and nothing else."),
        "strike": gettext("One was taken away."),
    }
    return words.get(what, "")
