"""A threat or a measure as typed: its words, the signs that announce it, the cause behind it."""

from collections.abc import Collection, Iterator, Mapping

from wtforms import Field, Form, StringField
from wtforms.validators import StopValidation

from deliberation.forms.fields import Several, WordsField
from deliberation.forms.nameless import Nameless, unnamed
from deliberation.forms.sheet import Needed
from deliberation.phrases import asking, refusals
from deliberation.phrases import catalogue as words
from surveys.domain.names import Doubt, doubt
from surveys.domain.questionnaire import alike, plain

MOST_LINES, LONGEST_NAME = 30, 120
"""How many cards are made of one list at most, and how many letters a name has."""
LEVELS = ("L", "N", "I")
"""Where a measure acts: here, in the country, abroad."""
ACTS_ON = ("T", "V", "C", "R")
"""What a measure acts on: the threat, how exposed people are, what they can do, the root."""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Give each line that says something, with its number from 1, rid of what is hidden in it."""
    for number, line in enumerate(text.splitlines(), start=1):
        if name := " ".join(plain(line).split()):
            yield number, name


def _fitting(form: Form, field: Field) -> None:
    """Refuse a pasted list with a line that is too long, said twice or may be a name, or with too many."""
    before: set[str] = set()
    for number, name in _lines(str(field.data or "")):
        if len(name) > LONGEST_NAME:
            raise StopValidation(asking.line_too_long(number, LONGEST_NAME))
        if alike(name) in before:
            raise StopValidation(asking.line_twice(number))
        if doubt(name) is not Doubt.NONE and not form["sure"].data:
            raise StopValidation(refusals.act("maybe_a_person"))
        before.add(alike(name))
    if len(before) > MOST_LINES:
        raise StopValidation(asking.too_many_lines(MOST_LINES))


class CardForm(Nameless):
    """One card. `action` is "take" from the catalogue, "stop", to keep what was typed, or "several" for the `lines`."""

    action = StringField()
    code = StringField()
    kind = StringField()
    words = WordsField(validators=[Needed(asking.words), unnamed])
    signs = WordsField(validators=[unnamed])
    cause = WordsField(validators=[unnamed])
    domain = StringField()
    category = StringField()
    answers = Several()
    levels = Several()
    acts_on = Several()

    tongue = StringField()
    lines = StringField(validators=[_fitting])

    @property
    def fits(self) -> bool:
        """Whether a list was pasted that can be kept; where not, what it lacks stands beside it."""
        if not self.named:
            self.refuse("lines", asking.lines())
        else:
            self.lines.validate(self)
        return not self.lines.errors

    @property
    def named(self) -> tuple[str, ...]:
        """The names pasted, one a line."""
        return tuple(name for _, name in _lines(str(self.lines.data or "")))

    def content(self, before: Mapping[str, object], watched: Collection[str]) -> Mapping[str, object]:
        """Return the rest of a measure's card: its shelf, what it acts on, where, and which of the threats `watched`.

        Threats of the card that are not watched now were not asked about, and stay.
        """
        kept = before.get("answers")
        unasked = {str(one) for one in kept} - set(watched) if isinstance(kept, list) else set()
        return {
            **before,
            "category": one_of(words.categories(), self.category.data),
            "root_cause": "R" in self.acts_on.data,
            "acts_on": [one for one in ACTS_ON if one in self.acts_on.data],
            "answers": sorted(unasked | (set(self.answers.data) & set(watched))),
            "levels": [one for one in LEVELS if one in self.levels.data],
        }


def one_of(known: Collection[str], given: object) -> str:
    """Return what was chosen of a list, or nothing."""
    return str(given) if given in known else ""
