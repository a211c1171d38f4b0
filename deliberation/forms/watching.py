"""A threat or a measure as typed: its words, the signs that announce it."""

from collections.abc import Collection, Mapping

from wtforms import BooleanField, StringField

from deliberation.forms.fields import Several, WordsField
from deliberation.forms.sheet import Needed, Sheet
from deliberation.phrases import asking

LEVELS = ("L", "N", "I")
"""Where a measure acts: here, in the country, abroad."""


class CardForm(Sheet):
    """One card. `action` is "take" from the catalogue, "stop", or to keep what was typed."""

    action = StringField()
    code = StringField()
    kind = StringField()
    words = WordsField(validators=[Needed(asking.words)])
    signs = WordsField()
    root_cause = BooleanField()
    answers = Several()
    levels = Several()

    def content(self, before: Mapping[str, object], watched: Collection[str]) -> Mapping[str, object]:
        """Return the rest of a measure's card: what it treats, where it acts, on which of the threats `watched`.

        Threats of the card that are not watched now were not asked about, and stay.
        """
        kept = before.get("answers")
        unasked = {str(one) for one in kept} - set(watched) if isinstance(kept, list) else set()
        return {
            **before,
            "root_cause": bool(self.root_cause.data),
            "answers": sorted(unasked | (set(self.answers.data) & set(watched))),
            "levels": [one for one in LEVELS if one in self.levels.data],
        }
