"""What each figure of the board says, in one plain sentence, from released values only."""

from collections.abc import Sequence

from commons.i18n import gettext, ngettext, pick
from deliberation.phrases.numbers import listed
from surveys.domain.disclosure import Band
from surveys.domain.questionnaire import Words

NAMED = 3
"""How many things a sentence names; more are told by their number, and read in the table."""


def of_concerns(bands: Sequence[tuple[Words, str, str]]) -> str:
    """Say which dangers most find likely and most find serious; `bands` holds the name and both bands of each."""
    if not any(likely and grave for _, likely, grave in bands):
        return _too_few()
    both = [words for words, likely, grave in bands if likely == grave == Band.MOST]
    if not both:
        return gettext("None of these is found likely by most of those who answered, and serious by most.")
    if len(both) > NAMED:
        return gettext(
            "Found likely by most of those who answered, and serious by most: %(num)s of these.", num=len(both)
        )
    return gettext("Found likely by most of those who answered, and serious by most: %(names)s.", names=_all_of(both))


def of_gravity(bands: Sequence[tuple[Words, str]]) -> str:
    """Say which dangers most find serious; `bands` holds the name and the band of each."""
    if not any(grave for _, grave in bands):
        return _too_few()
    most = [words for words, grave in bands if grave == Band.MOST]
    if not most:
        return gettext("None of these is found serious by most of those who answered.")
    if len(most) > NAMED:
        return gettext("Found serious by most of those who answered: %(num)s of these.", num=len(most))
    return gettext("Found serious by most of those who answered: %(names)s.", names=_all_of(most))


def of_stances(band: str) -> str:
    """Say how many support a proposal, by the band of those who do."""
    words = {
        Band.MOST: gettext("Most of those who answered support it, fully or with a reservation."),
        Band.SOME: gettext("Some of those who answered support it, fully or with a reservation."),
        Band.FEW: gettext("Few of those who answered support it, fully or with a reservation."),
    }
    return words[Band(band)] if band else _too_few()


def of_round(bands: Sequence[tuple[Words, str]]) -> str:
    """Say which proposals of a round most support; `bands` holds the name of each and the band of those who do."""
    if not any(band for _, band in bands):
        return _too_few()
    most = [words for words, band in bands if band == Band.MOST]
    if not most:
        return gettext("None of these is supported by most of those who answered.")
    if len(most) > NAMED:
        return gettext("Supported by most of those who answered: %(num)s of these.", num=len(most))
    return gettext("Supported by most of those who answered: %(names)s.", names=_all_of(most))


def of_boxes(ballots: Sequence[int]) -> str:
    """Say how many cards were handed in, from the fewest to the most, whichever box it was."""
    fewest, most = min(ballots, default=0), max(ballots, default=0)
    if fewest == most:
        return ngettext("One card was handed in each time.", "%(num)s cards were handed in each time.", most)
    return gettext("Between %(fewest)s and %(most)s cards were handed in each time.", fewest=fewest, most=most)


def _too_few() -> str:
    return gettext("Not enough answers to show anything.")


def _all_of(several: Sequence[Words]) -> str:
    """Name several things; the full stop of a proposal gives way to that of the sentence."""
    return listed(gettext("“%(words)s”", words=pick(words).text.rstrip(".")) for words in several)
