"""Indices of agreement for those who study them: from released figures only, each with what it means and its source."""

from collections.abc import Sequence

from babel.numbers import format_decimal

from commons.i18n import current, gettext, pick
from surveys.domain import about
from surveys.domain.disclosure import PERCENT_FROM, Band, Figure, Row
from surveys.domain.questionnaire import Kind, Questionnaire
from surveys.domain.release import Release, ReleaseData, read


def questions(questionnaire: Questionnaire, data: ReleaseData) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each question of steps shown in per cent, with its interval, and from INDICES_FROM ballots its indices."""
    release = read(data)
    scales = [item for item in questionnaire.items if item.question.kind is Kind.SCALE]
    shown = [(item, release.figure(item.key)) for item in scales]
    return tuple(
        (pick(item.text).text, (*_indices(release, one), *_share(one.band)))
        for item, one in shown
        if one.row is Row.PERCENT
    )


def means(ballots: int) -> tuple[str, ...]:
    """Say what each thing shown of a survey of so many ballots means, and whose it is."""
    interval = gettext(
        "The interval is for answers drawn by lot among many more people, as far as the band tells it (Wilson, 1927)."
    )
    return (interval,) if ballots < about.INDICES_FROM else (*_of_indices(), interval)


def _of_indices() -> tuple[str, ...]:
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
            "A, D and C are computed from the rounded shares. Most often they lie within one or two tenths of those of "
            "the exact counts, seldom farther; nobody can compute these any more. Nothing is decided by them."
        ),
    )


def too_few(ballots: int) -> tuple[str, ...]:
    """Say what cannot be said of few answers, and of so few ballots."""
    band = gettext("With fewer than %(num)s answers to a question, its band is all that can be said.", num=PERCENT_FROM)
    if ballots >= about.INDICES_FROM:
        return (band,)
    coarse = gettext(
        "With fewer than %(num)s ballots, figures are too coarse for an index of agreement: none is shown.",
        num=about.INDICES_FROM,
    )
    return coarse, band


def _indices(release: Release, figure: Figure) -> Sequence[str]:
    found = about.indices(tuple(figure.choices.values())) if release.ballots >= about.INDICES_FROM else None
    if found is None:
        return ()
    agreement, apart, together = (format_decimal(one + 0, "0.0", locale=current().formats) for one in found)
    return (gettext("About: A %(a)s, D %(d)s, C %(c)s.", a=agreement, d=apart, c=together),)


def _share(band: Band | None) -> Sequence[str]:
    if band is None:
        return ()
    low, high = about.within(band)
    return (gettext("At the steps of the cut: %(low)s to %(high)s in 100 (90 %%).", low=low, high=high),)
