"""What an assembly settles about itself: its rule, who it is, how many are needed, what to do at each alert level."""

from collections.abc import Mapping, Sequence

from wtforms import StringField

from deliberation.domain.collective import CollectiveKind, write_profile
from deliberation.forms.fields import Spans, WordsField
from deliberation.forms.ruling import deciding
from deliberation.forms.sheet import Fits, Needed, Sheet
from deliberation.phrases import asking
from deliberation.queries.settled import Collective

MOST_VOICES, MOST_SPANS = 4, 3
LONGEST_NUMBER = 6


def number(text: object) -> int:
    """Return a whole number as typed; 0 when it is none."""
    plain = str(text or "").strip()
    return int(plain) if plain.isdecimal() and len(plain) <= LONGEST_NUMBER else 0


def _positive(text: str) -> bool:
    return number(text) > 0


class RuleForm(Sheet):
    """A rule of the catalogue, the part of agreement where the group fixes it, and how priorities are judged."""

    rule = StringField(validators=[Needed(asking.rule)])
    graded = StringField(validators=[Fits(deciding, asking.half)])
    priority = StringField(validators=[Needed(asking.priority)])


class PeopleForm(Sheet):
    """Who we are: what kind of collective, how many, our voices, and the days on which nothing is put to a round."""

    members = StringField(validators=[Needed(asking.members), Fits(_positive, asking.members)])
    voice1 = WordsField()
    voice2 = WordsField()
    voice3 = WordsField()
    voice4 = WordsField()
    size1 = StringField(validators=[Fits(_positive, asking.voice_members)])
    size2 = StringField(validators=[Fits(_positive, asking.voice_members)])
    size3 = StringField(validators=[Fits(_positive, asking.voice_members)])
    size4 = StringField(validators=[Fits(_positive, asking.voice_members)])
    quiet = Spans()
    kind = StringField(validators=[Fits(frozenset(CollectiveKind).__contains__, asking.kind)])
    mission = WordsField()
    context = WordsField()
    needs = WordsField()

    @property
    def voices(self) -> list[dict[str, object]]:
        """The voices named, each with an id of its own, and how many it says it is where it does."""
        named = [(at, self[f"voice{at}"].data) for at in range(1, MOST_VOICES + 1)]
        return [{"id": f"voice-{at}", "words": dict(words), **self._size(at)} for at, words in named if words]

    def _size(self, at: int) -> Mapping[str, object]:
        size = number(self[f"size{at}"].data)
        return {"members": size} if size else {}

    @property
    def spans(self) -> list[list[str]]:
        """The quiet days, as pairs of a first and a last day; an empty pair is left out."""
        days: Sequence[str] = self.quiet.data
        return [list(pair) for pair in zip(days[::2], days[1::2], strict=False)]

    @property
    def profile(self) -> Mapping[str, object]:
        """What we are, in our own words."""
        said = {part: dict(self[part].data) for part in ("mission", "context", "needs")}
        return {"kind": str(self.kind.data or ""), **said}

    @property
    def wording(self) -> Mapping[str, object]:
        """The words an act signs."""
        return {"voices": self.voices, "quiet": self.spans, "profile": self.profile}


def people(found: Collective) -> PeopleForm:
    """Return the form of what the assembly says it is now."""
    voices: dict[str, object] = {f"voice{at}": voice.words for at, voice in enumerate(found.voices[:MOST_VOICES], 1)}
    voices |= {f"size{at}": str(one.members or "") for at, one in enumerate(found.voices[:MOST_VOICES], 1)}
    quiet = [day.isoformat() for span in found.quiet[:MOST_SPANS] for day in span]
    said = {"members": str(found.members or ""), "quiet": quiet, **write_profile(found.profile)}
    return PeopleForm(data=said | voices)


class ThresholdForm(Sheet):
    """How many are needed for an act, and how many infiltrators are allowed for."""

    k = StringField(validators=[Needed(asking.needed), Fits(_positive, asking.needed)])
    t = StringField(validators=[Needed(asking.needed), Fits(_positive, asking.needed)])


class StepsForm(Sheet):
    """What everybody does at each of the four alert levels."""

    level1 = WordsField(validators=[Needed(asking.words)])
    level2 = WordsField(validators=[Needed(asking.words)])
    level3 = WordsField(validators=[Needed(asking.words)])
    level4 = WordsField(validators=[Needed(asking.words)])

    @property
    def wording(self) -> Mapping[str, object]:
        """The words an act signs."""
        return {"steps": {str(level): dict(self[f"level{level}"].data) for level in range(1, 5)}}
