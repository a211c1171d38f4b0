"""Indices of agreement for those who study them: from released figures only, each with what it means and its source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel.lists import format_list
from babel.numbers import format_decimal

from commons.i18n import current, gettext, pick
from surveys.domain import about
from surveys.domain.disclosure import PERCENT_FROM, Band, Figure, Row
from surveys.domain.doubt import Cell
from surveys.domain.questionnaire import Item, Kind, Questionnaire, Section, Words
from surveys.domain.release import Release, ReleaseData, read
from surveys.phrases.figures import without_subject

Group = tuple[Section, tuple[Item, ...]]
BANDS = tuple(Band)


@dataclass(frozen=True, slots=True)
class Before:
    """A release of the same kind of survey that came before: what it asked, what it is known by, its last day."""

    asked: Questionnaire
    data: ReleaseData
    words: Words
    day: date


@dataclass(frozen=True, slots=True)
class Since:
    """How far two releases lie apart: the earlier one's name and last day, sentences, each question with its change."""

    words: Words
    day: date
    sentences: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


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


def together(questionnaire: Questionnaire, data: ReleaseData) -> tuple[tuple[str, str], ...]:
    """Return each group of things asked by the same steps, with Krippendorff's alpha of those shown in per cent.

    A group is one question about several subjects, or questions of a section with the same steps in the same direction.
    """
    release = read(data)
    if release.ballots < about.INDICES_FROM:
        return ()
    told = ((group, _rows(release, group[1])) for group in _groups(questionnaire))
    found = ((group, len(rows), about.alpha(rows, release.ballots)) for group, rows in told if len(rows) > 1)
    return tuple((_named(group), _alpha(things, alpha)) for group, things, alpha in found if alpha is not None)


def _groups(questionnaire: Questionnaire) -> list[Group]:
    """Return the groups of scales, in the order of the questionnaire."""
    found: dict[object, tuple[Section, list[Item]]] = {}
    for section in questionnaire.sections:
        mine = {one.id for one in section.questions if one.kind is Kind.SCALE}
        for item in (one for one in questionnaire.items if one.question.id in mine):
            steps = tuple(tuple(one.text.items()) for one in item.question.choices)
            asked = item.question.id if section.repeat else ""
            found.setdefault((section.id, asked, steps, item.question.reversed), (section, []))[1].append(item)
    return [(section, tuple(items)) for section, items in found.values()]


def _rows(release: Release, items: Sequence[Item]) -> list[tuple[Cell, ...]]:
    shown = (release.figure(one.key) for one in items)
    return [tuple(one.choices.values()) for one in shown if one.row is Row.PERCENT]


def _named(group: Group) -> str:
    section, items = group
    if section.repeat:
        return without_subject(pick(items[0].question.text).text)
    texts = [gettext("“%(words)s”", words=pick(one.text).text) for one in items]
    return format_list(texts, locale=current().formats)


def _alpha(things: int, alpha: float) -> str:
    """Say alpha of several things."""
    number = format_decimal(alpha + 0, "0.0", locale=current().formats)
    return gettext("Alpha over %(num)s of these: about %(alpha)s.", num=things, alpha=number)


def since(asked: Questionnaire, data: ReleaseData, before: Sequence[Before]) -> Since | None:
    """Say how far the figures lie from those of the last release before that asked some of the same by the same steps.

    None where nothing of it was shown both times. `before` holds the last one first.
    """
    now = read(data)
    for one in before:
        then = read(one.data)
        pairs = [(item, now.figure(item.key), then.figure(item.key)) for item in _twice(asked, one.asked)]
        if shown := [pair for pair in pairs if pair[1].band and pair[2].band]:
            fine = min(now.ballots, then.ballots) >= about.INDICES_FROM
            rows = tuple(row for pair in shown if fine and (row := _changed(*pair)))
            return Since(one.words, one.day, (_moved(shown), *(_of_change() if rows else ())), rows)
    return None


def _twice(asked: Questionnaire, before: Questionnaire) -> Iterator[Item]:
    """Yield what both ask of the same thing by the same steps."""
    for item in asked.items:
        other = before.by_key.get(item.key)
        asks = item.question.text, item.question.choices
        if item.question.kind is Kind.SCALE and other and asks == (other.question.text, other.question.choices):
            yield item


def _moved(shown: Sequence[tuple[Item, Figure, Figure]]) -> str:
    steps = [abs(BANDS.index(now.band or Band.FEW) - BANDS.index(then.band or Band.FEW)) for _, now, then in shown]
    return gettext(
        "Shown by a band both times: %(num)s. In the same band: %(same)s. One band away: %(near)s. Two bands away: "
        "%(far)s.",
        num=len(steps),
        same=steps.count(0),
        near=steps.count(1),
        far=steps.count(2),
    )


def _changed(item: Item, now: Figure, then: Figure) -> tuple[str, str] | None:
    found = about.changed(tuple(then.choices.values()), tuple(now.choices.values()))
    if found is None:
        return None
    said = gettext("About %(num)s in 100 answers changed, at the least.", num=found)
    return pick(item.text).text, said if found else gettext("No change shows.")


def _of_change() -> tuple[str, ...]:
    return (
        gettext(
            "Changed at the least: half of what the two rounded shares of each step differ by, all taken together "
            "(Scheibe, Skutsch and Schofer, 1975). Most often it lies within one tenth of that of the exact counts."
        ),
        gettext("Nobody is followed from one box to the next. More people may have changed, and others may have come."),
    )


def of_alpha() -> str:
    """Say what alpha means."""
    return gettext(
        "Alpha: 1 when people see each thing alike and tell them apart, 0 when answers lie as if dealt out by lot. "
        "Only the order of steps counts (Krippendorff, 2004). It is computed from the rounded shares, as if everybody "
        "had answered. Most often it lies within one tenth of that of the exact counts."
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
