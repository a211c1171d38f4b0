"""Sitting down at the circle's pages, and signing."""

from wtforms import PasswordField, StringField, TextAreaField

from deliberation.forms.sheet import Fits, Needed, Sheet
from deliberation.phrases import asking

LONGEST_SLOT = 4


class Signing(Sheet):
    """One act, signed with a passphrase typed again."""

    passphrase = PasswordField(validators=[Needed(asking.passphrase)])


class Numbered(Sheet):
    """A place in the circle."""

    slot = StringField(validators=[Needed(asking.place), Fits(lambda text: _number(text) > 0, asking.place)])

    @property
    def number(self) -> int:
        """The place, as a number."""
        return _number(str(self.slot.data))


class SignIn(Numbered, Signing):
    """A place in the circle and its passphrase."""


class Recovery(Numbered):
    """A place in the circle and the recovery words of its paper."""

    words = TextAreaField(validators=[Needed(asking.recovery)])


class Second(Signing):
    """A passphrase, and a second one that locks; an empty one is nobody's."""

    second = PasswordField()


def _number(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= LONGEST_SLOT else 0
