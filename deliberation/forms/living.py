"""What the assembly decided on looking at a decision again."""

from collections.abc import Mapping

from wtforms import StringField

from deliberation.domain.lived import ASKED, Won
from deliberation.forms.fields import Day
from deliberation.forms.proposing import Heard
from deliberation.forms.sheet import Needed, Sheet
from deliberation.phrases import asking


class ReviewForm(Heard):
    """Keep it until another day, or withdraw it."""

    ending = StringField(validators=[Needed(asking.ending)])
    review = Day()
    changed = StringField(validators=[Needed(asking.changed)])
    fairer = StringField(validators=[Needed(asking.fairer)])
    stronger = StringField(validators=[Needed(asking.stronger)])

    def params(self, slug: str) -> Mapping[str, object]:
        """What the act signs."""
        said = {"decision": slug, "ending": str(self.ending.data), "heard": str(self.heard.data)}
        said |= {name: str(self[name].data) for name in ASKED}
        return said | ({"review": self.review.data.isoformat()} if self.review.data else {})


class WonForm(Heard):
    """What a decision won, and when it is checked again."""

    won = StringField(validators=[Needed(asking.won)])
    again = Day()

    def params(self, slug: str) -> Mapping[str, object]:
        """What the act signs; what does not hold any more has no day."""
        said = {"decision": slug, "won": str(self.won.data), "heard": str(self.heard.data)}
        day = self.again.data if self.won.data != Won.LOST else None
        return said | ({"again": day.isoformat()} if day else {})


class StartForm(Sheet):
    """On which day an emergency measure began, and for how many days."""

    days = StringField()
    began = Day()


class ProgressForm(Sheet):
    """How far a decision has come, and on which day that was so."""

    progress = StringField(validators=[Needed(asking.one_of_these)])
    since = Day()
