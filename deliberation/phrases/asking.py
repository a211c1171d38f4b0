"""What a form of the circle asks for when something is missing or does not fit."""

from commons.i18n import gettext


def passphrase() -> str:
    """Ask for the passphrase."""
    return gettext("Type your passphrase, word by word.")


def place() -> str:
    """Ask for the place in the circle."""
    return gettext("Type the number of your place, as on your paper.")


def founding_word() -> str:
    """Ask for the word of the console."""
    return gettext("Type the words printed where this machine was started.")


def title() -> str:
    """Ask for the assembly's own name."""
    return gettext("Give the place a name of your own. It should say nothing to a stranger.")


def slug() -> str:
    """Ask for the address."""
    return gettext("Use small letters, digits and hyphens only.")


def people() -> str:
    """Ask how many facilitators there are."""
    return gettext("Three facilitators at least, sixteen at most; five are better.")


def needed() -> str:
    """Ask how many are needed for an act."""
    return gettext("More than half of the facilitators must be needed for every act.")


def timezone() -> str:
    """Ask for a time zone."""
    return gettext("That time zone is not known here. Write it like America/Guatemala.")
