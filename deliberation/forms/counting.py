"""Counts said aloud, as typed on the sheet to redo a verdict by hand. They come in the address and are kept nowhere."""

from collections.abc import Sequence

from wtforms import StringField

from deliberation.domain.rules import Called, Rule, Stance, Turnout
from deliberation.forms.settling import LONGEST_NUMBER, number
from deliberation.forms.sheet import Fits, Needed, Sheet
from deliberation.phrases import worksheet as words


def _whole(text: str) -> bool:
    return text.strip().isdecimal() and len(text.strip()) <= LONGEST_NUMBER


def _count() -> StringField:
    return StringField(validators=[Needed(words.whole), Fits(_whole, words.whole)])


def _asked_by_some() -> StringField:
    return StringField(validators=[Fits(_whole, words.whole)])


class CountsForm(Sheet):
    """How many we are, how many are here, how many hold each of the six stances; cards and voices if the rule asks."""

    declared = _count()
    cards = _asked_by_some()
    present = _count()
    voice1 = _asked_by_some()
    voice2 = _asked_by_some()
    voice3 = _asked_by_some()
    voice4 = _asked_by_some()
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

    def turnout(self, members: Sequence[int]) -> Turnout:
        """Return who is here out of whom; `members` is how many each voice says it is, 0 where it does not say."""
        heard = tuple((number(self[f"voice{at}"].data), one) for at, one in enumerate(members, 1) if one)
        declared, cards = number(self.declared.data), number(self.cards.data)
        return Turnout(number(self.present.data), declared, cards=cards, voices=heard)

    def fits(self, rule: Rule, members: Sequence[int]) -> bool:
        """Check every field, those this rule asks for too, and that no more took a stance or a voice than are here."""
        good = bool(self.validate())
        for name in _asked(rule, members):
            if not str(self[name].data or "").strip():
                self.refuse(name, words.whole())
                good = False
        return good and self._all_here(rule, members)

    def _all_here(self, rule: Rule, members: Sequence[int]) -> bool:
        turnout = self.turnout(members)
        if sum(self.counts.values()) > turnout.handed_in:
            self.refuse("present", words.more_than_present())
        elif rule.voices and sum(some for some, _ in turnout.voices) > turnout.handed_in:
            self.refuse("present", words.more_voices_than_present())
        return not self.problems


def _asked(rule: Rule, members: Sequence[int]) -> tuple[str, ...]:
    """Return the fields that only some rules need."""
    cards = ("cards",) if rule.called is Called.CARDS else ()
    voices = tuple(f"voice{at}" for at, one in enumerate(members, 1) if one) if rule.voices else ()
    return (*cards, *voices)
