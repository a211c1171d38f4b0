"""The two days minutes are written between."""

from collections.abc import Mapping
from datetime import date

from deliberation.forms.fields import Day
from deliberation.forms.sheet import Needed, Sheet
from deliberation.phrases import asking


class Days(Sheet):
    """A first and a last day."""

    since = Day(validators=[Needed(asking.day)])
    until = Day(validators=[Needed(asking.day)])

    def span(self) -> tuple[date, date] | None:
        """Return both days in order, or None with a sentence beside what does not fit."""
        if not self.validate() or self.since.data is None or self.until.data is None:
            return None
        if self.until.data < self.since.data:
            self.refuse("until", asking.two_days())
            return None
        return self.since.data, self.until.data

    @property
    def typed(self) -> Mapping[str, str]:
        """Both days as a browser shows them, empty where there is none."""
        return {name: str(field.data or "") for name, field in self._fields.items()}
