"""Counts said aloud, as typed on the sheet to redo a verdict by hand. They come in the address and are kept nowhere."""

from wtforms import StringField

from deliberation.domain.rules import Stance
from deliberation.forms.settling import LONGEST_NUMBER, number
from deliberation.forms.sheet import Fits, Needed, Sheet
from deliberation.phrases import worksheet as words


def _whole(text: str) -> bool:
    return text.strip().isdecimal() and len(text.strip()) <= LONGEST_NUMBER


def _count() -> StringField:
    return StringField(validators=[Needed(words.whole), Fits(_whole, words.whole)])


class CountsForm(Sheet):
    """How many we are, how many are here, and how many hold each of the six stances."""

    declared = _count()
    present = _count()
    stance1 = _count()
    stance2 = _count()
    stance3 = _count()
    stance4 = _count()
    stance5 = _count()
    stance6 = _count()

    @property
    def counts(self) -> dict[Stance, int]:
        """The stances as counted."""
        return {stance: number(self[f"stance{stance.value}"].data) for stance in Stance}

    def fits(self) -> bool:
        """Check every field, and that no more took a stance than are here."""
        good = bool(self.validate())
        if good and sum(self.counts.values()) > number(self.present.data):
            self.refuse("present", words.more_than_present())
            return False
        return good
