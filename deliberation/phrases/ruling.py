"""What a rule asks, read from its numbers: nothing of it is left out, and nothing else is said."""

from collections.abc import Mapping
from fractions import Fraction

from commons.i18n import gettext, ngettext
from deliberation.domain.presets import After, Again, Preset
from deliberation.domain.rules import Base, Called, Limit, Rule, Share, Stance
from deliberation.phrases import rounds
from deliberation.phrases.numbers import listed

Facts = tuple[tuple[str, str], ...]


def told(preset: Preset | None) -> tuple[tuple[str, Facts], ...]:
    """Return the title and the facts of each stage of a rule; nothing before it is chosen, no title of a single one."""
    if preset is None:
        return ()
    titles = rounds.stages(preset) or ("",) * len(preset.stages)
    entered = ((), *(((gettext("We go on to it"), after(one)),) for one in preset.after))
    asked = [(*before, *facts(stage)) for before, stage in zip(entered, preset.stages, strict=True)]
    if preset.again is not Again.AMEND:
        asked[0] = (*asked[0], (gettext("Blocked a second time"), again(preset.again)))
    return tuple(zip(titles, asked, strict=True))


def choices() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the choices of a rule of one's own, each as a value and its words."""
    return {
        "called": (
            (Called.DECLARED, gettext("Of all of us, as many as we say we are")),
            (Called.CARDS, gettext("Of the cards drawn for this season")),
        ),
        "base": (
            (Base.ANSWERED, gettext("Of those who answer the question")),
            (Base.HANDED_IN, gettext("Of those who hand in, whether they answer it or not")),
            (Base.DECLARED, gettext("Of all of us, present or not")),
        ),
        "agreeing": (
            ("for", gettext("Those in full support, or with a reservation")),
            ("aside", gettext("Those who stand aside too")),
        ),
        "again": tuple((one, again(one)) for one in Again),
    }


def stances() -> tuple[tuple[str, str], ...]:
    """Name the six stances, each with the field its number is typed in."""
    words = (
        gettext("Full support"),
        gettext("Support with a reservation"),
        gettext("Stand aside"),
        gettext("More discussion first"),
        gettext("Disagree, but will not stop it"),
        gettext("Block it"),
    )
    return tuple((f"stance{at}", said) for at, said in enumerate(words, start=1))


def no_cards() -> str:
    """Say that a rule cannot be tried without a number of cards."""
    return gettext("This rule counts from the cards: type how many were drawn.")


def after(found: After) -> str:
    """Say what lets the assembly go on to a stage."""
    words = {
        After.ASSEMBLY: gettext("when nobody in the assembly is against it"),
        After.MAJORITY: gettext("when more than half of those in the assembly want it"),
        After.VOICES: gettext("when each of our voices, apart, wants it"),
        After.TOO_FEW: gettext("when too few came to the call before"),
    }
    return words[found]


def onward(preset: Preset | None) -> tuple[tuple[int, str, str], ...]:
    """Return the parts of a rule that the assembly goes on to by saying so: the number of each, its name, and when."""
    if preset is None:
        return ()
    titles = rounds.stages(preset)
    said = enumerate(preset.after, start=1)
    return tuple((at, titles[at], after(one)) for at, one in said if one is not After.TOO_FEW)


def again(found: Again) -> str:
    """Say what a second block on the same proposal does."""
    words = {
        Again.AMEND: gettext("the text is amended again, as after the first time"),
        Again.GROUP: gettext("a small mixed group, drawn by lot, works on the text first"),
        Again.END: gettext("it ends there: no agreement, and the disagreement is recorded"),
    }
    return words[found]


def facts(rule: Rule) -> Facts:
    """Return what one stage of a rule asks: the quorum, the agreement, each limit, and who is left out."""
    limits = tuple((limited(one), _most(one)) for one in rule.limits)
    beside = ((gettext("Those who stand aside"), gettext("are left out of the count")),) if rule.beside else ()
    each = _of_voices(rule.voices) if rule.voices else ()
    return (
        (gettext("How many must take part"), _called(rule.called, _share(rule.quorum))),
        *each,
        (agreeing(rule), _of(rule.base, _share(rule.agreement))),
        *limits,
        *beside,
    )


def _called(called: Called, share: str) -> str:
    if called is Called.CARDS:
        return gettext("%(share)s of the cards drawn", share=share)
    return gettext("%(share)s of us", share=share)


def _of_voices(share: Share) -> Facts:
    words = gettext("%(share)s of the people it says it is", share=_share(share))
    return ((gettext("And of each voice"), words),)


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
    if limit.number:
        return ngettext("at most one person", "at most %(num)s people", limit.number)
    if limit.number == 0 or not limit.most:
        return gettext("none")
    return gettext("at most %(part)s", part=_part(limit.most))


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
