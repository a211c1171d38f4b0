"""A rule an assembly writes itself, typed as its people say it: "3/4", "75 %", "2" for two people, or nothing.

And the counts somebody tries a rule on: they are read from the address, answered, and kept nowhere.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from wtforms import BooleanField, StringField

from deliberation.domain.presets import After, Again, Preset
from deliberation.domain.rules import Base, Called, Limit, Reason, Rule, Share, Stance
from deliberation.forms.sheet import Fits, Needed, Sheet
from deliberation.phrases import asking

OWN, TALK, SECOND, VOTE = "own", "talk", "second_call", "vote"
FOR, WITH_ASIDE = frozenset({Stance.SUPPORT, Stance.RESERVATION}), frozenset(list(Stance)[:3])
NOTED = Share(Fraction(0), more=True)
LIMITS = {
    "blocks": (frozenset({Stance.BLOCK}), Reason.BLOCKED),
    "opposed": (frozenset({Stance.DISAGREE}), Reason.OPPOSED),
    "reserved": (frozenset({Stance.RESERVATION, Stance.ASIDE}), Reason.TOO_MANY_RESERVED),
    "talk": (frozenset({Stance.DISCUSS}), Reason.TALK_MORE),
}
SAID_ALOUD = tuple(one for one in After if one is not After.TOO_FEW)
_PART = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})|(\d{1,3})\s*%")
_PEOPLE = re.compile(r"\d{1,4}")
_COUNT = re.compile(r"\d{1,6}")
HALF = Fraction(1, 2)


def part(text: object) -> Fraction | None:
    """Return a part of a whole as typed, "3/4" or "75 %"; None for anything else, and for what is above the whole."""
    found = _PART.fullmatch(str(text or "").strip())
    if found is None:
        return None
    few, whole, percent = found.groups()
    if whole is not None and not int(whole):
        return None
    read = Fraction(int(percent), 100) if percent else Fraction(int(few), int(whole))
    return read if read <= 1 else None


def _positive(text: str) -> bool:
    return bool(part(text))


def deciding(text: str) -> bool:
    """Tell whether a text is a part of half at least."""
    read = part(text)
    return read is not None and read >= HALF


def _allowed(text: str) -> bool:
    return part(text) is not None or _PEOPLE.fullmatch(text.strip()) is not None


def _limit_field() -> StringField:
    return StringField(validators=[Fits(_allowed, asking.allowed)])


class OwnRule(Sheet):
    """A rule of one's own. Text that is left empty asks for nothing: no limit, no second call, no vote."""

    quorum = StringField(validators=[Needed(asking.part), Fits(_positive, asking.part)])
    quorum_more = BooleanField()
    called = StringField(
        validators=[Needed(asking.one_of_these), Fits(lambda one: one in set(Called), asking.one_of_these)]
    )
    voices = StringField(validators=[Fits(_positive, asking.part)])
    base = StringField(
        validators=[Needed(asking.one_of_these), Fits(lambda one: one in set(Base), asking.one_of_these)]
    )
    agreeing = StringField(validators=[Needed(asking.one_of_these)])
    beside = BooleanField()
    agreement = StringField(validators=[Needed(asking.half), Fits(deciding, asking.half)])
    agreement_more = BooleanField()
    blocks = _limit_field()
    opposed = _limit_field()
    reserved = _limit_field()
    talk = _limit_field()
    again = StringField(
        validators=[Needed(asking.one_of_these), Fits(lambda one: one in set(Again), asking.one_of_these)]
    )
    second = StringField(validators=[Fits(_positive, asking.part)])
    second_more = BooleanField()
    vote = StringField(validators=[Fits(deciding, asking.half)])
    vote_more = BooleanField()
    after = StringField(validators=[Fits(lambda one: one in SAID_ALOUD, asking.one_of_these)])

    def checked(self) -> bool:
        """Return whether it is a rule; put a sentence beside each thing that does not go with another."""
        right = self.validate()
        if self.beside.data and (self.base.data != Base.ANSWERED or self.agreeing.data == "aside"):
            self.refuse("beside", asking.beside())
            right = False
        first, second = part(self.quorum.data), part(self.second.data)
        if first and second and second >= first:
            self.refuse("second", asking.lower())
            right = False
        if str(self.vote.data or "").strip() and not self.after.data:
            self.refuse("after", asking.one_of_these())
            right = False
        return right

    def preset(self) -> Preset:
        """Return the rule in its stages. To be asked once it is checked."""
        first = Rule(
            TALK,
            quorum=_share(self.quorum, self.quorum_more) or NOTED,
            base=Base(str(self.base.data)),
            agreeing=WITH_ASIDE if self.agreeing.data == "aside" else FOR,
            agreement=_share(self.agreement, self.agreement_more) or NOTED,
            noted=NOTED,
            beside=frozenset({Stance.ASIDE}) if self.beside.data else frozenset(),
            limits=tuple(one for name in LIMITS if (one := self._limit(name)) is not None),
            called=Called(str(self.called.data)),
            voices=_share(self.voices),
        )
        second, vote = _share(self.second, self.second_more), _share(self.vote, self.vote_more)
        calls = ((replace(first, name=SECOND, quorum=second), After.TOO_FEW),) if second else ()
        votes = ((_voted(first, vote), After(str(self.after.data))),) if vote else ()
        later = (*calls, *votes)
        stages = (first, *(stage for stage, _ in later))
        return Preset(OWN, stages, tuple(after for _, after in later), Again(str(self.again.data)))

    def _limit(self, name: str) -> Limit | None:
        """Return the limit typed under a name, as a number of people or as a part; None where nothing was."""
        stances, reason = LIMITS[name]
        text = str(self[name].data or "").strip()
        if not text:
            return None
        read = part(text)
        return Limit(stances, Fraction(0), reason, int(text)) if read is None else Limit(stances, read, reason)


def _share(typed: StringField, more: BooleanField | None = None) -> Share | None:
    read = part(typed.data)
    return None if not read else Share(read, more=bool(more and more.data))


def _voted(first: Rule, agreement: Share) -> Rule:
    """Return a plain vote among those who hand in, with the quorum of the talk before it."""
    agreeing = first.agreeing - {Stance.ASIDE}
    return replace(
        first, name=VOTE, base=Base.HANDED_IN, agreeing=agreeing, agreement=agreement, beside=frozenset(), limits=()
    )


def own_rule(preset: Preset | None) -> OwnRule:
    """Return the form of a rule as it is now, to change it; an empty one before there is any."""
    if preset is None:
        return OwnRule(data={"called": Called.DECLARED, "again": Again.AMEND})
    first = preset.stages[0]
    typed: dict[str, object] = {
        "quorum": _written(first.quorum.part),
        "quorum_more": first.quorum.more,
        "called": first.called,
        "voices": _written(first.voices.part) if first.voices else "",
        "base": first.base,
        "agreeing": "aside" if Stance.ASIDE in first.agreeing else "for",
        "beside": bool(first.beside),
        "agreement": _written(first.agreement.part),
        "agreement_more": first.agreement.more,
        "again": preset.again,
    }
    limited = {limit.reason: _typed(limit) for limit in first.limits}
    typed |= {name: limited.get(reason, "") for name, (_, reason) in LIMITS.items()}
    for stage, after in zip(preset.stages[1:], preset.after, strict=True):
        typed |= _later(stage, after)
    return OwnRule(data=typed)


def _later(stage: Rule, after: After) -> Mapping[str, object]:
    if after is After.TOO_FEW:
        return {"second": _written(stage.quorum.part), "second_more": stage.quorum.more}
    return {"vote": _written(stage.agreement.part), "vote_more": stage.agreement.more, "after": after}


def _typed(limit: Limit) -> str:
    return _written(limit.most) if limit.number is None and limit.most else str(limit.number or 0)


def _written(read: Fraction) -> str:
    """Write a part so that it is never taken for a number of people: all has its stroke too."""
    return f"{read.numerator}/{read.denominator}"


class Counts(Sheet):
    """How many hold each stance, how many skipped, and out of how many: what a rule is tried on."""

    stance1 = StringField()
    stance2 = StringField()
    stance3 = StringField()
    stance4 = StringField()
    stance5 = StringField()
    stance6 = StringField()
    skipped = StringField()
    declared = StringField(validators=[Needed(asking.members)])
    cards = StringField()
    voice1 = StringField()
    voice2 = StringField()
    voice3 = StringField()
    voice4 = StringField()

    def checked(self) -> bool:
        """Return whether everything typed is a whole number; put a sentence beside what is not."""
        right = self.validate()
        for name, field in self._fields.items():
            text = str(field.data or "").strip()
            if text and not _COUNT.fullmatch(text):
                self.refuse(name, asking.whole())
                right = False
        return right

    def number(self, name: str) -> int:
        """Return what was typed under a name; 0 for nothing."""
        text = str(self[name].data or "").strip()
        return int(text) if _COUNT.fullmatch(text) else 0

    @property
    def stances(self) -> Mapping[Stance, int]:
        """How many hold each stance."""
        return {one: self.number(f"stance{int(one)}") for one in Stance}
