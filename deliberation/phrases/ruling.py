"""What a rule asks, read from its numbers: nothing of it is left out, and nothing else is said."""

from fractions import Fraction

from commons.i18n import gettext
from deliberation.domain.presets import Preset
from deliberation.domain.rules import Base, Limit, Rule, Share, Stance
from deliberation.phrases import rounds
from deliberation.phrases.numbers import listed

Facts = tuple[tuple[str, str], ...]


def told(preset: Preset | None) -> tuple[tuple[str, Facts], ...]:
    """Return the title and the facts of each stage of a rule; nothing before it is chosen, no title of a single one."""
    if preset is None:
        return ()
    titles = rounds.stages(preset) or ("",) * len(preset.stages)
    return tuple(zip(titles, map(facts, preset.stages), strict=True))


def facts(rule: Rule) -> Facts:
    """Return what one stage of a rule asks: the quorum, the agreement, each limit, and who is left out."""
    limits = tuple((limited(one), _most(one)) for one in rule.limits)
    beside = ((gettext("Those who stand aside"), gettext("are left out of the count")),) if rule.beside else ()
    return (
        (gettext("How many must take part"), gettext("%(share)s of us", share=_share(rule.quorum))),
        (agreeing(rule), _of(rule.base, _share(rule.agreement))),
        *limits,
        *beside,
    )


def agreeing(rule: Rule) -> str:
    """Name the stances that agree under a rule."""
    if Stance.ASIDE in rule.agreeing:
        return gettext("Support, reservations and stand-asides together")
    return gettext("Support, with or without a reservation")


def _of(base: Base, share: str) -> str:
    words = {
        Base.ANSWERED: gettext("%(share)s of those who answer the question", share=share),
        Base.HANDED_IN: gettext("%(share)s of those who hand in", share=share),
        Base.DECLARED: gettext("%(share)s of us, present or not", share=share),
    }
    return words[base]


def limited(limit: Limit) -> str:
    """Name the stances a rule limits."""
    words = {
        Stance.SUPPORT: gettext("full support"),
        Stance.RESERVATION: gettext("reservations"),
        Stance.ASIDE: gettext("stand-asides"),
        Stance.DISCUSS: gettext("wanting more discussion"),
        Stance.DISAGREE: gettext("disagreeing without blocking"),
        Stance.BLOCK: gettext("blocks"),
    }
    return gettext("Allowed: %(stances)s", stances=listed(words[one] for one in sorted(limit.stances)))


def _most(limit: Limit) -> str:
    return gettext("at most %(part)s", part=_part(limit.most)) if limit.most else gettext("none")


def _share(share: Share) -> str:
    if share.part == 1:
        return gettext("all")
    if share.more:
        return gettext("more than %(part)s", part=_part(share.part))
    return gettext("at least %(part)s", part=_part(share.part))


def _part(part: Fraction) -> str:
    words = {
        Fraction(1, 2): gettext("half"),
        Fraction(1, 3): gettext("a third"),
        Fraction(2, 3): gettext("two thirds"),
        Fraction(3, 4): gettext("three quarters"),
        Fraction(1, 5): gettext("one in five"),
        Fraction(4, 5): gettext("four in five"),
    }
    few, whole = part.numerator, part.denominator
    return words.get(part) or gettext("%(few)s in %(whole)s", few=few, whole=whole)
