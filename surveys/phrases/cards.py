"""Cards in words: what a season holds, what was left over, and what was found of it in the results."""

from collections.abc import Mapping

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


def on_paper(checked: Checked) -> str:
    """Say how many ballots bear no number, and whether paper accounts for them."""
    if not checked.bare:
        return ""
    if checked.bare > checked.forms:
        return gettext(
            "More ballots bear no number than paper forms were let in. Do not trust this result before the assembly "
            "has spoken about it."
        )
    return ngettext(
        "One ballot bears no number: it came on paper.",
        "%(num)s ballots bear no number: they came on paper.",
        checked.bare,
    )


def squares() -> tuple[tuple[str, str], ...]:
    """Return what the square on a card may hold, each in words."""
    return (
        ("address", gettext("The address alone")),
        ("word", gettext("The address and the reading word")),
        ("number", gettext("The address, the reading word and the card’s number: quick, but one photograph takes all")),
    )


def square(name: str) -> str:
    """Say what the square on a card holds."""
    return dict(squares()).get(name, name)


def refusals() -> Mapping[str, str]:
    """Say, by its code, why an act on cards or paper cannot be proposed now, and what to do."""
    return {
        "another_season": gettext("Another season has begun since. Look at the cards in use."),
        "no_spares": gettext("No spare is left of those fixed beforehand. Print a new season’s cards for everybody."),
        "too_many_spares": gettext("Choose fewer spares than cards; none is a number too."),
        "too_few_forms": gettext(
            "So few forms are not read by anybody: whoever types them would know what few people said. Give the cards "
            "back, folded, and burn the forms; those people can answer at the machine, or aloud."
        ),
        "no_form_left": gettext("This form is in the box already, or every form is. Nothing was put in twice."),
        "no_box_for_paper": gettext("This box does not take paper now: it must be open."),
        "no_such_place": gettext("No place on duty in the circle has this number."),
        "square_of_halves": gettext(
            "The square of a card in halves cannot hold its whole number: no printer may know it. Choose another."
        ),
        "words_of_halves": gettext("Cards in halves are printed in digits only."),
        "second_prints": gettext(
            "You print the second halves, so somebody else must sign last. Your signature is kept; let another sign."
        ),
        "one_sheet": gettext(
            "The last answer may count only with cards printed in halves. Print such cards, or let the first count."
        ),
        "no_such_square": gettext("Choose what the square on the cards holds."),
        "no_such_card": gettext("These are not all cards of one season, or one of them was voided already."),
        "no_cards": gettext("There are no cards yet. Print a set of cards first."),
        "cards_used_up": gettext("These cards have served all their surveys. Print a new set first."),
        "card_set_size": gettext("That number of cards cannot be printed."),
    }
