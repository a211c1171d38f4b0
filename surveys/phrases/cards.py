"""Cards in words: what a season holds, what was left over, and what was found of it in the results."""

from commons.i18n import gettext, ngettext
from surveys.queries import Cards, Checked


def season(cards: Cards) -> tuple[str, ...]:
    """Say how many cards a season has, how many surveys they still serve, and what became of the spares."""
    size = ngettext("One card was printed.", "%(num)s cards were printed.", cards.size)
    first = (
        gettext("In use: %(size)s Surveys they can still serve: %(left)s.", size=size, left=cards.left)
        if cards.current
        else gettext("Over: %(size)s They serve no new survey.", size=size)
    )
    if cards.told.halves:
        return first, spares(cards), gettext("They were printed in two halves, by two places of the circle.")
    return first, spares(cards)


def spares(cards: Cards) -> str:
    """Say how many spare cards were fixed beforehand and how many were given."""
    if not cards.told.spares:
        return gettext("No spare card was foreseen.")
    return gettext(
        "Spare cards given out so far: %(given)s of the %(spares)s that were fixed beforehand.",
        given=cards.told.given,
        spares=cards.told.spares,
    )


def left_over(cards: Cards) -> str:
    """Say how many cards nobody drew were shown and voided."""
    if not cards.told.voided:
        return gettext("No left-over card has been shown so far.")
    return ngettext(
        "One left-over card was shown by the circle and made worthless.",
        "%(num)s left-over cards were shown by the circle and made worthless.",
        cards.told.voided,
    )


def compared(checked: Checked) -> str:
    """Say whether left-over cards appear among those counted in one result."""
    if not checked.among:
        return gettext("None of the left-over cards appears among those counted.")
    return ngettext(
        "One left-over card appears among those counted. Somebody used a card that nobody drew: do not trust this "
        "result before the assembly has spoken about it.",
        "%(num)s left-over cards appear among those counted. Somebody used cards that nobody drew: do not trust this "
        "result before the assembly has spoken about it.",
        checked.among,
    )


def squares() -> tuple[tuple[str, str], ...]:
    """Return what the square on a card may hold, each in words."""
    return (
        ("address", gettext("The address alone")),
        ("word", gettext("The address and the reading word")),
        ("number", gettext("The address, the reading word and the card's number: quick, but one photograph takes all")),
    )


def square(name: str) -> str:
    """Say what the square on a card holds."""
    return dict(squares()).get(name, name)
