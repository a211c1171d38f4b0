"""What a table of released figures says, in one plain sentence: what stands out, or that nothing does."""

from collections.abc import Sequence

from babel.lists import format_list

from commons.charts import Line
from commons.i18n import current, gettext, pick
from surveys.domain.questionnaire import Words

BANDS = frozenset({"few", "some", "most", ""})
NAMED = 3
"""How many things a sentence names; more are told by their number, and read in the table."""
APART = 30
"""How far two voices must be shown from each other, in per cent: a share may stand a step beside its rounding."""
RANKS = {"low": 0, "high": 100, "few": 0, "some": 20, "most": 40}
"""Shares and bands are never compared. Of bands, only "few" and "most" lie APART: nearer ones may meet."""


def of_bands(lines: Sequence[Line]) -> str:
    """Say of which lines most people said so; or that all are alike, or that none stands out."""
    shown, most = {line.shown for line in lines}, [line for line in lines if line.shown == "most"]
    if len(lines) == 1:
        return _alone(lines[0].shown)
    if len(shown) == 1:
        return _alike(lines[0].shown)
    if not most:
        return gettext("Nothing stands out: of each of these, fewer than two thirds of those who answered said so.")
    if len(most) > NAMED:
        return gettext("About two thirds or more of those who answered said so of %(num)s of these.", num=len(most))
    return gettext("About two thirds or more of those who answered said so of this: %(names)s.", names=_all_of(most))


def _alone(band: str) -> str:
    words = {
        "most": gettext("About two thirds or more of those who answered said so."),
        "some": gettext("More than about a third of those who answered said so, and fewer than two thirds."),
        "few": gettext("About a third or fewer of those who answered said so."),
    }
    return words[band]


def _alike(band: str) -> str:
    words = {
        "most": gettext("About two thirds or more of those who answered said so of each of these."),
        "some": gettext(
            "More than about a third of those who answered said so of each of these, and fewer than two thirds."
        ),
        "few": gettext("About a third or fewer of those who answered said so of each of these."),
    }
    return words[band]


def of_choices(lines: Sequence[Line]) -> str:
    """Say which answer was given most, and about how often; all of those that tie, or that none stands out."""
    most = [line for line in lines if line.shown == "high"]
    if len(most) == 1:
        return gettext("Nearly all who answered chose “%(answer)s”.", answer=pick(most[0].label).text)
    if most:
        return gettext("Nearly all who answered chose each of these: %(answers)s.", answers=_all_of(most))
    top = max((line.percent for line in lines), default=0)
    first = [line for line in lines if line.percent == top]
    if not top:
        return gettext("No answer stands out: few or none chose each of them.")
    if len(first) == 1:
        name = pick(first[0].label).text
        return gettext("About %(part)s in 100 of those who answered chose “%(answer)s”.", part=top, answer=name)
    if len(first) > NAMED:
        return gettext("No answer stands out: about %(part)s in 100 chose each of %(num)s.", part=top, num=len(first))
    return gettext(
        "About %(part)s in 100 of those who answered chose each of these: %(answers)s.",
        part=top,
        answers=_all_of(first),
    )


def of_reasons(lines: Sequence[Line]) -> str:
    """Say which ready reasons were given most; their shares are of all ballots, whoever gave a reason."""
    most = max(map(_rank, lines), default=0)
    first = [line for line in lines if _rank(line) == most]
    if not most or len(first) > NAMED:
        return gettext("No reason stands out.")
    return gettext("Given most often: %(reasons)s.", reasons=_all_of(first))


def of_voices(lines: Sequence[Line]) -> str:
    """Say which voices are shown highest and lowest, where they stand clearly apart and by one measure."""
    if not _comparable(lines):
        return gettext("Some voices are told by a band only, because they are small: they cannot be compared.")
    if not stand_apart(lines):
        return gettext("No voice stands clearly apart.")
    highest, lowest = max(map(_rank, lines)), min(map(_rank, lines))
    return gettext(
        "It is shown highest for %(most)s, and lowest for %(least)s.",
        most=_all_of([line for line in lines if _rank(line) == highest]),
        least=_all_of([line for line in lines if _rank(line) == lowest]),
    )


def stand_apart(lines: Sequence[Line]) -> bool:
    """Tell whether two voices stand clearly apart, by one measure."""
    ranks = [_rank(line) for line in lines]
    return _comparable(lines) and max(ranks) - min(ranks) >= APART


def _comparable(lines: Sequence[Line]) -> bool:
    return len({line.shown in BANDS for line in lines}) == 1


def middle(first: Words, last: Words) -> str:
    """Say between which answers the one in the middle lies; both may be the same."""
    low, high = pick(first).text, pick(last).text
    if low == high:
        return gettext("The answer in the middle is “%(answer)s”.", answer=low)
    return gettext("The answer in the middle lies between “%(first)s” and “%(last)s”.", first=low, last=high)


def _rank(line: Line) -> int:
    """Return where a line stands among others of its measure."""
    return RANKS.get(line.shown, line.percent)


def _all_of(lines: Sequence[Line]) -> str:
    """Name the lines, all of which are meant."""
    words = [gettext("“%(words)s”", words=pick(line.label).text) for line in lines]
    return format_list(words, locale=current().formats)
