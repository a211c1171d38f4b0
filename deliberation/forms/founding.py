"""Founding: a charter first, then every person types the passphrase of their own paper."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, SelectField, SelectMultipleField, StringField

from commons.i18n import languages
from deliberation.actions import places
from deliberation.actions.founding import FEWEST, MOST, Charter, FoundingRefused
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


class Sitting(Sheet):
    """What the founders' turns have made so far, and the words one of them types now."""

    passphrase = PasswordField(validators=[Needed(asking.passphrase)])
    second = PasswordField()

    def __init__(self, sent: MultiDict[str, str]) -> None:
        """Read what came back. Raises `FoundingRefused` when it was changed on the way."""
        super().__init__(sent)
        self.sealed = sent.get("sealed", "")
        try:
            self.made = [places.unpacked(one) for one in sent.getlist("made")]
        except places.PlaceRefused as refused:
            raise FoundingRefused("people", refused.code) from None

    @property
    def turn(self) -> int:
        """Whose turn it is."""
        return len(self.made) + 1

    @property
    def carried(self) -> list[str]:
        """What was made so far, sealed anew."""
        return [places.packed(one) for one in self.made]

    def takes(self) -> bool:
        """Make this person's place of the words typed, when they are those of the paper."""
        if not self.validate():
            return False
        try:
            sealed = bytes.fromhex(self.sealed)
            place = places.accept(sealed, str(self.passphrase.data), str(self.second.data or ""))
        except (ValueError, places.PlaceRefused) as refused:
            code = refused.code if isinstance(refused, places.PlaceRefused) else "typed"
            self.refuse("second" if code.startswith("second") else "passphrase", refusals.founding(code))
            return False
        self.made.append(place)
        self.sealed = ""
        return True
