"""A threat or a measure as typed: its words, the signs that announce it."""

from wtforms import BooleanField, StringField

from deliberation.forms.fields import WordsField
from deliberation.forms.sheet import Needed, Sheet
from deliberation.phrases import asking


class CardForm(Sheet):
    """One card. `action` is "take" from the catalogue, "stop", or to keep what was typed."""

    action = StringField()
    code = StringField()
    kind = StringField()
    words = WordsField(validators=[Needed(asking.words)])
    signs = WordsField()
    root_cause = BooleanField()
