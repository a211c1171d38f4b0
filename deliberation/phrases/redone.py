"""The sheet to redo a baseline or a pulse by hand, in words: what figures allow, beside what was announced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.lists import format_list

from commons.i18n import current, gettext
from deliberation.domain.priorities import Advice
from deliberation.domain.risk import Tier
from deliberation.phrases import plan
from deliberation.phrases.worksheet import span
from surveys.domain.questionnaire import Words
from surveys.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Row:
    """One danger: how many alarmed, what that gives if nobody skipped, how long it bears, what else can be, and what
    was announced. `high`, `places` and `line` are empty where no order was announced.
    """

    words: Words
    alarmed: str
    gives: str
    bears: str
    anyhow: str
    announced: str
    high: str
    places: str
    line: str


def tiers(found: Iterable[Tier]) -> str:
    """Name the tiers that are possible, from the most urgent; say where nothing is."""
    names = [plan.tier(one) for one in Tier if one in set(found)]
    return format_list(names, style="or", locale=current().formats) if names else gettext("nothing fits")


def between(found: Span | None) -> str:
    """Say between which numbers something lies; a dash where nobody can say."""
    return span(found) if found else "–"


def lead(ballots: int, *, voices: bool) -> tuple[str, ...]:
    """Say how the sheet is made again with a pencil, and what it cannot know."""
    return (
        gettext(
            "Of %(num)s ballots: those who find a danger both likely and serious are at least both figures added, less "
            "all ballots, and at most the smaller figure. Add one to them and two to all who said both. Half or more: "
            "treat now. Three in ten or more: treat next.",
            num=ballots,
        ),
        gettext(
            "How many skipped a question is not published. So the sheet says what follows if nobody did, how many may "
            "have without changing it, and what is possible however many did: what is true is always among that."
        ),
        *(_of_voices() if voices else ()),
    )


def _of_voices() -> tuple[str, ...]:
    return (
        gettext(
            "Where voices count, one of them alone can lift a danger to “treat now”. How many of a voice find it so is "
            "not published, so whatever is lower stays open upwards."
        ),
    )


def ordered() -> str:
    """Say how places are found."""
    return gettext(
        "Put high: by our table, from the shares, at least and at most, if nobody skipped. A danger surely stands "
        "above another where its least is more than the other’s most; the places it can have follow from that."
    )


def beyond(*, measures: bool) -> tuple[str, ...]:
    """Say in plain words what no sheet can reach."""
    by_voice = gettext(
        "The order by voice cannot be worked out again: how many of each voice say both is not published."
    )
    chosen = gettext(
        "Which measures can be chosen, and which were, cannot be worked out again: who wishes for several at once, "
        "and who finds one harmful, is not published."
    )
    return (by_voice, chosen) if measures else (by_voice,)


def summary(rows: Sequence[tuple[frozenset[Tier], frozenset[Tier], str]]) -> tuple[str, ...]:
    """Say for how many dangers one result is left, and whether what was announced is possible of each.

    A row holds the tiers if nobody skipped, all that are possible, and the one announced.
    """
    sure = sum(alone == {Tier(said)} for alone, _, said in rows)
    told = gettext(
        "Dangers gone through: %(all)s. If nobody skipped, the result that was announced is the only one possible for "
        "%(sure)s of them.",
        all=len(rows),
        sure=sure,
    )
    if all(said in anyhow for _, anyhow, said in rows):
        return (told,)
    return told, gettext("These figures do not allow what was announced. Bring it before the assembly.")


def advices(possible: frozenset[Advice], said: str) -> tuple[str, tuple[str, ...]]:
    """Say which advice the figure of a pulse allows, and whether the one that was announced is among it."""
    if said not in possible:
        return gettext("These figures do not allow what was announced. Bring it before the assembly."), ()
    if len(possible) == 1:
        return gettext("These figures allow one result only, and it is the one that was announced."), ()
    every = tuple(plan.advice(one) for one in Advice if one in possible)
    return gettext("These figures allow several results. The one that was announced is among them:"), every
