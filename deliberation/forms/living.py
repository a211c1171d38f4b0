"""What the assembly decided on looking at a decision again."""

from collections.abc import Mapping

from wtforms import StringField

from deliberation.forms.fields import Day
from deliberation.forms.proposing import Heard
from deliberation.forms.sheet import Needed, Sheet
from deliberation.phrases import asking


class ReviewForm(Heard):
    """Keep it until another day, or withdraw it."""

    ending = StringField(validators=[Needed(asking.ending)])
    review = Day()

    def params(self, slug: str) -> Mapping[str, object]:
        """What the act signs."""
        said = {"decision": slug, "ending": str(self.ending.data), "heard": str(self.heard.data)}
        return said | ({"review": self.review.data.isoformat()} if self.review.data else {})


class StartForm(Sheet):
    """On which day an emergency measure began, and for how many days."""

    days = StringField()
    began = Day()
