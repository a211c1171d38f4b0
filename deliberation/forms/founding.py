"""Founding: a charter first, then every person types the passphrase of their own paper."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wtforms import SelectField, SelectMultipleField, StringField

from commons.i18n import languages
from deliberation.actions.founding import FEWEST, MOST, Charter
from deliberation.forms.sheet import Fits, Needed, Sheet
from deliberation.phrases import asking, refusals

USUAL, USUAL_K, USUAL_T = "5", "3", "2"


def _small(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= len(str(MOST)) else 0


def _plain(text: str) -> bool:
    return text.replace("-", "").isalnum() and text == text.casefold()


def _zone(text: str) -> bool:
    try:
        return bool(ZoneInfo(text))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


class Founding(Sheet):
    """What the founders agree on, and how many they are. `charter` is there once it validates."""

    word = StringField(validators=[Needed(asking.founding_word)])
    title = StringField(validators=[Needed(asking.title)])
    slug = StringField(validators=[Needed(asking.slug), Fits(_plain, asking.slug)])
    languages = SelectMultipleField(choices=[(tag, tag) for tag in languages()], validate_choice=False)
    people = StringField(default=USUAL, validators=[Fits(lambda text: FEWEST <= _small(text) <= MOST, asking.people)])
    k = StringField(default=USUAL_K, validators=[Fits(lambda text: _small(text) > 0, asking.needed)])
    t = SelectField(default=USUAL_T, choices=[(str(one), str(one)) for one in range(1, 5)], validate_choice=False)
    timezone = StringField(default="America/Guatemala", validators=[Fits(_zone, asking.timezone)])

    @property
    def charter(self) -> Charter:
        """What was agreed."""
        known = [tag for tag in languages() if tag in (self.languages.data or ())]
        return Charter(
            slug=str(self.slug.data).strip(),
            title=str(self.title.data).strip(),
            languages=tuple(known),
            k=_small(str(self.k.data)),
            t=_small(str(self.t.data)),
            timezone=str(self.timezone.data).strip(),
        )

    def agrees(self) -> bool:
        """Check each field, and that every act needs more than half of them."""
        self.validate()
        if not self.charter.languages:
            self.refuse("languages", refusals.founding("none"))
        if not self.problems and not self.number < 2 * self.charter.k <= 2 * self.number:
            self.refuse("k", refusals.founding("half"))
        return not self.problems

    @property
    def number(self) -> int:
        """How many they are."""
        return _small(str(self.people.data))


def typed(sent: Mapping[str, str], number: int) -> tuple[str, ...]:
    """Return the passphrases typed, one a place, in the order of the places."""
    return tuple(sent.get(f"passphrase-{place}", "") for place in range(1, number + 1))
