"""A new protocol as typed: principles in running text, criteria one by one, kinds of actors with a stance each."""

from collections.abc import Mapping, Sequence
from itertools import count, islice

from wtforms import StringField

from deliberation.domain.protocol import Actor, Criterion, Posture, Protocol
from deliberation.forms.fields import WordsField
from deliberation.forms.nameless import Nameless, nobody
from deliberation.forms.sheet import Needed
from deliberation.phrases import asking

CRITERIA, ACTORS = range(1, 9), range(1, 7)


class ProtocolForm(Nameless):
    """A new protocol. Rows left empty are no criterion and no actor; ids of the protocol in force are kept."""

    text = WordsField(validators=[Needed(asking.text)])
    principles = WordsField()
    criterion1 = WordsField()
    criterion2 = WordsField()
    criterion3 = WordsField()
    criterion4 = WordsField()
    criterion5 = WordsField()
    criterion6 = WordsField()
    criterion7 = WordsField()
    criterion8 = WordsField()
    actor1, posture1 = WordsField(validators=[nobody]), StringField()
    actor2, posture2 = WordsField(validators=[nobody]), StringField()
    actor3, posture3 = WordsField(validators=[nobody]), StringField()
    actor4, posture4 = WordsField(validators=[nobody]), StringField()
    actor5, posture5 = WordsField(validators=[nobody]), StringField()
    actor6, posture6 = WordsField(validators=[nobody]), StringField()

    def protocol(self, now: Protocol) -> Protocol:
        """The protocol that was typed."""
        criteria = zip(_ids([one.id for one in now.criteria], "c", len(CRITERIA)), CRITERIA, strict=True)
        actors = zip(_ids([one.id for one in now.actors], "a", len(ACTORS)), ACTORS, strict=True)
        return Protocol(
            principles=self.principles.data,
            criteria=tuple(Criterion(key, words) for key, at in criteria if (words := self[f"criterion{at}"].data)),
            actors=tuple(
                Actor(key, words, Posture(stance))
                for key, at in actors
                if (words := self[f"actor{at}"].data) and (stance := str(self[f"posture{at}"].data)) in set(Posture)
            ),
        )


def _ids(kept: Sequence[str], letter: str, rows: int) -> list[str]:
    """Return an id a row: those of the protocol in force, then new ones that none of them had."""
    fresh = (f"{letter}{number}" for number in count(1) if f"{letter}{number}" not in kept)
    return [*kept, *islice(fresh, rows)][:rows]


def begun(now: Protocol, around: Sequence[Mapping[str, str]] = ()) -> ProtocolForm:
    """Return the form of a new protocol that begins as the one in force, then with actors it says nothing of yet."""
    criteria = {f"criterion{at}": one.words for at, one in zip(CRITERIA, now.criteria, strict=False)}
    rows = (*(one.words for one in now.actors), *around)
    actors = {f"actor{at}": words for at, words in zip(ACTORS, rows, strict=False)}
    stances = {f"posture{at}": one.posture.value for at, one in zip(ACTORS, now.actors, strict=False)}
    return ProtocolForm(data={"principles": now.principles, **criteria, **actors, **stances})
