"""What an assembly settles about itself: its rule, its voices, its thresholds, its alert steps. Nothing by default."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from commons import log
from commons.assembly import MOST_INFILTRATORS, Assembly, AssemblyRow
from commons.db import session, transaction
from commons.quorum import Act, Carried, Kind, Needs, Refused
from deliberation.actions import circle
from deliberation.actions.records import collective, digest, worded
from deliberation.domain.collective import read_profile, write_profile
from deliberation.domain.hearing import EACH_VOICE
from deliberation.domain.presets import Malformed, Preset, read_preset, write_preset
from surveys import door
from surveys.domain.questionnaire import alike

DELAY = 3
PRIORITIES = (EACH_VOICE, "whole")
FEWEST_VOICES, MOST_VOICES = 2, 4
LEVELS = ("1", "2", "3", "4")
BUSY = (door.State.OPEN, door.State.ENDED, door.State.CLOSED)


@dataclass(frozen=True, slots=True)
class _People:
    """Who the assembly says it is."""

    voices: list[dict[str, object]]
    quiet: list[list[str]]
    members: int
    profile: dict[str, object]

    @property
    def digest(self) -> str:
        """What is signed of it."""
        return digest([self.voices, self.quiet, self.members, self.profile])


def _preset(params: Mapping[str, object]) -> dict[str, object]:
    """Return the rule an act would put in force, rid of all but its numbers. Raises `Refused`."""
    data = params.get("preset")
    try:
        return write_preset(read_preset(data if isinstance(data, Mapping) else {}))
    except Malformed:
        raise Refused("no_such_rule") from None


def _heard_by_voice(rule: Mapping[str, object], voices: list[dict[str, object]], floor: int) -> None:
    """Raise `Refused` where a rule asks something of each voice that the voices cannot answer.

    Each must have said how many it is, and be large enough that its quorum tells of no few people in it.
    """
    asked: Preset = read_preset(rule)
    if not any(stage.voices for stage in asked.stages):
        return
    if not voices or any(not isinstance(members := one.get("members"), int) or members < floor for one in voices):
        raise Refused("voices_not_counted")


def _priority(params: Mapping[str, object]) -> str:
    if params.get("priority") not in PRIORITIES:
        raise Refused("no_such_priority")
    return str(params["priority"])


def _people(assembly: Assembly, params: Mapping[str, object]) -> _People:
    """Return who we are, checked: the words an act signs, and the declared `members`. Raises `Refused`.

    The words are {"voices": [{"id", "words"}, two to four or none], "quiet": [[first day, last day], …],
    "profile": what `write_profile` gives}.
    """
    said, members = worded(assembly, params), params.get("members")
    voices = [one for one in _list(said.get("voices")) if isinstance(one, dict) and one.get("id") and one.get("words")]
    if len({str(one["id"]) for one in voices}) != len(_list(said.get("voices"))):
        raise Refused("two_to_four_voices")
    if voices and not FEWEST_VOICES <= len(voices) <= MOST_VOICES:
        raise Refused("two_to_four_voices")
    if _alike(voices):
        raise Refused("same_words")
    if not isinstance(members, int) or members < assembly.floor:
        raise Refused("members_below_floor")
    if sum(_members(one) for one in voices) > members:
        raise Refused("voices_above_members")
    return _People(voices, [_span(one) for one in _list(said.get("quiet"))], members, _profile(said.get("profile")))


def _profile(data: object) -> dict[str, object]:
    """Return what the collective says of itself, rid of all else. Raises `Refused`."""
    try:
        return write_profile(read_profile(data if isinstance(data, Mapping) else {}))
    except ValueError:
        raise Refused("no_such_collective") from None


def _members(voice: Mapping[str, object]) -> int:
    """Return how many a voice says it is; 0 when it does not say."""
    said = voice.get("members", 0)
    return said if isinstance(said, int) else 0


def _alike(voices: list[dict[str, object]]) -> bool:
    """Tell whether two voices are called the same in some language, however their letters are made."""
    words = (one["words"] for one in voices)
    called = [(tag, alike(str(text))) for one in words if isinstance(one, Mapping) for tag, text in one.items()]
    return len(set(called)) < len(called)


def _span(days: object) -> list[str]:
    """Return a first and a last day on which nothing is put to a round. Raises `Refused`."""
    try:
        first, last = (date.fromisoformat(str(day)) for day in _list(days))
    except ValueError:
        raise Refused("two_days") from None
    if last < first:
        raise Refused("two_days")
    return [first.isoformat(), last.isoformat()]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _choose_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    if collective(assembly).rule is not None:
        raise Refused("chosen_already")
    preset, people = _preset(params), _people(assembly, params)
    _heard_by_voice(preset, people.voices, assembly.floor)
    return {"rule": digest(preset), "priority": _priority(params), "people": people.digest}


def _choose(act: Act, _prepared: object) -> Carried:
    _set_people(act)
    return _set_rule(act)


def _rule_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    before = collective(assembly)
    if before.rule is None:
        raise Refused("nothing_chosen_yet")
    preset = _preset(params)
    _heard_by_voice(preset, before.voices, assembly.floor)
    return {"before": digest([before.rule, before.priority]), "rule": digest([preset, _priority(params)])}


def _set_rule(act: Act, _prepared: object = None) -> Carried:
    row, preset = collective(act.assembly), _preset(act.params)
    row.rule, row.priority = preset, _priority(act.params)
    session.add(row)
    session.flush()
    return Carried({"preset": preset["id"], "rule": digest(preset), "priority": row.priority})


def _voices_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    before = collective(assembly)
    if before.rule is None:
        raise Refused("nothing_chosen_yet")
    people = _people(assembly, params)
    _heard_by_voice(before.rule, people.voices, assembly.floor)
    return {"before": digest([before.voices, before.quiet, before.members, before.profile]), "people": people.digest}


def _set_people(act: Act, _prepared: object = None) -> Carried:
    row, said = collective(act.assembly), _people(act.assembly, act.params)
    row.voices, row.quiet, row.members, row.profile = said.voices, said.quiet, said.members, said.profile
    session.add(row)
    session.flush()
    return Carried({"people": said.digest, "members": said.members})


def _threshold_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    k, t = params.get("k"), params.get("t")
    active = sum(slot.active for slot in circle.slots(assembly))
    if not isinstance(k, int) or not isinstance(t, int) or not active < 2 * k <= 2 * active:
        raise Refused("more_than_half")
    if not assembly.t <= t <= MOST_INFILTRATORS:
        raise Refused("infiltrators_only_raised")
    if any(box.state in BUSY for box in door.surveys(assembly)):
        raise Refused("boxes_open")
    return {"before": f"k={assembly.k} t={assembly.t}"}


def _threshold(act: Act, _prepared: object) -> Carried:
    changed = {"k": int(str(act.params["k"])), "t": int(str(act.params["t"]))}
    session.execute(update(AssemblyRow).where(AssemblyRow.id == act.assembly.id).values(changed))
    return Carried(changed)


def _steps_touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    steps = worded(assembly, params).get("steps")
    if not isinstance(steps, Mapping) or set(steps) != set(LEVELS):
        raise Refused("four_levels")
    return {"before": digest(collective(assembly).steps), "steps": digest(steps)}


def _set_steps(act: Act, _prepared: object) -> Carried:
    row, steps = collective(act.assembly), worded(act.assembly, act.params)["steps"]
    row.steps = dict(steps) if isinstance(steps, Mapping) else {}
    session.add(row)
    session.flush()
    return Carried({"steps": digest(row.steps)})


@transaction
def hold_alert(assembly: Assembly, level: int) -> None:
    """Hold another alert level, 1 green to 4 red: people on duty act at once, and the log says so.

    Raises `Refused` for a level that has no agreed steps.
    """
    circle.guard(assembly, "alert")
    row = collective(assembly)
    if not row.steps.get(str(level)):
        raise Refused("no_agreed_steps")
    if row.alert != level:
        row.alert = level
        log.append(assembly, "alert", {"level": level})


ACTS = (
    Kind("deliberation.choose", Needs.K_PLUS_ONE, _choose, touches=_choose_touches),
    Kind("deliberation.rule", Needs.K_PLUS_ONE, _set_rule, touches=_rule_touches, delay_days=DELAY),
    Kind("deliberation.voices", Needs.K_PLUS_ONE, _set_people, touches=_voices_touches, delay_days=DELAY),
    Kind("deliberation.threshold", Needs.K_PLUS_ONE, _threshold, touches=_threshold_touches, delay_days=DELAY),
    Kind("deliberation.steps", Needs.K, _set_steps, touches=_steps_touches),
)
