"""Indices of agreement for those who study them: from released figures only, each with what it means and its source."""

from collections.abc import Sequence

from babel.numbers import format_decimal

from commons.i18n import current, gettext, pick
from surveys.domain import about
from surveys.domain.disclosure import PERCENT_FROM, Band, Row
from surveys.domain.questionnaire import Kind, Questionnaire
from surveys.domain.release import ReleaseData, read


def questions(questionnaire: Questionnaire, data: ReleaseData) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each question of steps that is shown in per cent, with its indices; no other one tells enough."""
    release = read(data)
    scales = [item for item in questionnaire.items if item.question.kind is Kind.SCALE]
    shown = [(item, release.figure(item.key)) for item in scales]
    return tuple(
        (pick(item.text).text, (*_indices(about.indices(tuple(one.choices.values()))), *_share(one.band)))
        for item, one in shown
        if one.row is Row.PERCENT
    )


def means() -> tuple[str, ...]:
    """Say what each index means, and whose it is."""
    return (
        gettext(
            "A: 1 when all answer alike, 0 when every step is as frequent, -1 for two far camps (van der Eijk, 2001)."
        ),
        gettext(
            "D: 0 when all answer alike, 1 for two halves at the ends; only the order of steps counts (Leik, 1966)."
        ),
        gettext(
            "C: 1 when all answer alike, 0 for two halves at the ends; steps count as evenly far (Tastle "
            "and Wierman, 2007)."
        ),
        gettext(
            "The interval is for answers drawn by lot among many more people, as far as the band tells it "
            "(Wilson, 1927)."
        ),
        gettext(
            "A, D and C are computed from the rounded shares. Most often they lie within one or two tenths of those of "
            "the exact counts, seldom farther; nobody can compute these any more. Nothing is decided by them."
        ),
    )


def too_few() -> str:
    """Say that nothing more can be said of few answers."""
    return gettext("With fewer than %(num)s answers to a question, its band is all that can be said.", num=PERCENT_FROM)


def _indices(found: tuple[float, float, float] | None) -> Sequence[str]:
    if found is None:
        return ()
    agreement, apart, together = (format_decimal(one + 0, "0.0", locale=current().formats) for one in found)
    return (gettext("About: A %(a)s, D %(d)s, C %(c)s.", a=agreement, d=apart, c=together),)


def _share(band: Band | None) -> Sequence[str]:
    if band is None:
        return ()
    low, high = about.within(band)
    return (gettext("At the steps of the cut: %(low)s to %(high)s in 100 (90 %%).", low=low, high=high),)
