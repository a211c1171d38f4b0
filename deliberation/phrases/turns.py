"""Turns in words: how the next one comes, what a lot will do, and what was drawn."""

from collections.abc import Mapping

from commons.acts import Act
from commons.i18n import gettext, ngettext
from commons.pages import Told


def ways() -> Mapping[str, str]:
    """Say each way in which the next turn may come."""
    return {
        "lot": gettext("By lot among everybody"),
        "willing": gettext("By lot among those who are willing"),
        "duty": gettext("By our own turn of duty"),
    }


def never_twice() -> str:
    """Say who takes no number."""
    return gettext("Whoever holds a place now, or did in the term before, does not take part: never twice running.")


def numbers(found: object) -> str:
    """Write numbers one after the other."""
    return ", ".join(str(one) for one in found) if isinstance(found, list | tuple) else ""


def turn(act: Act) -> Told:
    """Say what choosing how turns come does."""
    effect = gettext("From then on nobody is admitted without having been drawn.")
    free = gettext("You say aloud whose turn it is, and admit that person.")
    way = str(act.params["way"])
    return Told(
        gettext("Choose how the next turn comes"),
        ((gettext("The next turn comes"), ways()[way]), (gettext("Effect"), free if way == "duty" else effect)),
        (never_twice(),),
    )


def lot(act: Act) -> Told:
    """Say what sealing a lot does."""
    effect = gettext(
        "A secret seed is sealed: the log holds its seal from now on, and the seed itself once it is drawn."
    )
    return Told(
        gettext("Seal a lot"),
        (
            (gettext("Numbers in the bag"), str(act.params["numbers"])),
            (gettext("Places to fill"), str(act.params["places"])),
            (gettext("Effect"), effect),
        ),
        (never_twice(), gettext("Let everybody draw their number from the bag before you go on. Nobody writes names.")),
    )


def draw(act: Act) -> Told:
    """Say what drawing does."""
    effect = gettext("The seed is shown; with these digits it gives the order of the numbers. It cannot be repeated.")
    return Told(
        gettext("Draw the lot"),
        ((gettext("Digits said aloud"), str(act.params["said"])), (gettext("Effect"), effect)),
        (gettext("Sign only if these are the digits the hall said aloud, in their order, after the lot was sealed."),),
    )


def log_lines(facts: Mapping[str, object]) -> Mapping[str, str]:
    """Say the entries of the log that are about turns."""
    in_bag = facts.get("numbers")
    return {
        "deliberation.turn": gettext(
            "It was chosen how the next turn comes: %(way)s.", way=ways().get(str(facts.get("way")), "")
        ),
        "deliberation.lot": ngettext(
            "A lot was sealed, with one number in the bag.",
            "A lot was sealed, with %(num)s numbers in the bag.",
            in_bag if isinstance(in_bag, int) else 0,
        ),
        "deliberation.draw": gettext(
            "The lot was drawn with the digits %(said)s: %(drawn)s.",
            said=facts.get("said", ""),
            drawn=numbers(facts.get("drawn")),
        ),
    }
