"""An incident, a demand, an answer: as typed by one of the circle."""

from datetime import date, timedelta

from wtforms import StringField

from deliberation.actions.around import Asked
from deliberation.forms.fields import Day, WordsField
from deliberation.forms.nameless import Nameless, nobody
from deliberation.forms.sheet import Needed, Sheet
from deliberation.phrases import asking

USUALLY = timedelta(days=30)


class IncidentForm(Sheet):
    """What happened, in which month, and which sign announced it."""

    threat = StringField(validators=[Needed(asking.threat)])
    month = StringField(validators=[Needed(asking.month)])
    sign = StringField()


class DemandForm(Nameless):
    """A duty an institution is asked to do."""

    institution = WordsField(validators=[Needed(asking.institution), nobody])
    duty = WordsField(validators=[Needed(asking.duty)])
    basis = WordsField()
    made = Day(validators=[Needed(asking.day)])
    due = Day(validators=[Needed(asking.day)])

    def asked(self) -> Asked:
        """What was typed, once it is valid."""
        made = self.made.data or date.max
        return Asked(self.institution.data, self.duty.data, made, self.due.data or made, self.basis.data)


class AnswerForm(Sheet):
    """What the institution answered, and when."""

    answer = WordsField(validators=[Needed(asking.said)])
    answered = Day(validators=[Needed(asking.day)])
