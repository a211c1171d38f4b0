"""What a form of the circle asks for when something is missing or does not fit."""

from commons.i18n import gettext


def passphrase() -> str:
    """Ask for the passphrase."""
    return gettext("Type your passphrase, word by word.")


def place() -> str:
    """Ask for the place in the circle."""
    return gettext("Type the number of your place, as on your paper.")
