"""What an assembly settles about itself, in words."""

from collections.abc import Iterator, Mapping
from datetime import date

from commons.acts import Act
from commons.i18n import gettext, ngettext, pick
from commons.pages import Told
from deliberation.actions.records import worded
from deliberation.phrases.numbers import day, listed
from deliberation.queries import catalogue

Facts = tuple[tuple[str, str], ...]


def level(number: int) -> str:
    """Name an alert level, from 1 green to 4 red."""
    return (gettext("Green"), gettext("Yellow"), gettext("Orange"), gettext("Red"))[number - 1]


def priority(found: str) -> str:
    """Say how priorities are judged."""
    words = {
        "each_voice": gettext(
            "Heed each voice apart: what is grave for one is everyone’s, a remedy must be bearable for all."
        ),
        "whole": gettext("Count everybody as one group."),
    }
    return words.get(found, "")


def rule_name(code: str) -> str:
    """Name a rule of the catalogue."""
    return next((pick(one.words).text for one in catalogue.rules() if one.code == code), code)


def choose(act: Act) -> Told:
    """Say what the first choice of a rule settles."""
    return Told(gettext("Choose how we decide"), (*_rule_facts(act), *_people_facts(act)))


def rule(act: Act) -> Told:
    """Say what another rule would change."""
    effect = gettext("Rounds opened from then on are decided this way. Rounds already open keep their rule.")
    return Told(gettext("Change how we decide"), (*_rule_facts(act), (gettext("Effect"), effect)))


def voices(act: Act) -> Told:
    """Say who the assembly would say it is."""
    return Told(gettext("Say anew who we are"), _people_facts(act))


def threshold(act: Act) -> Told:
    """Say what other thresholds do."""
    return Told(
        gettext("Change how many are needed"),
        (
            (gettext("Needed for every act"), str(act.params["k"])),
            (gettext("Infiltrators allowed for"), str(act.params["t"])),
            (gettext("Fewest answers a box opens with"), str(2 * int(str(act.params["t"])) + 3)),
        ),
        (gettext("The number of infiltrators can only be raised."),),
    )


def steps(act: Act) -> Told:
    """Say what everybody would do at each alert level."""
    said = worded(act.assembly, act.params).get("steps")
    kept = said if isinstance(said, Mapping) else {}
    return Told(
        gettext("Agree on what to do at each alert level"),
        tuple((level(int(number)), pick(words).text) for number, words in sorted(kept.items())),
    )


def _rule_facts(act: Act) -> Facts:
    preset = act.params.get("preset")
    code = str(preset.get("id", "")) if isinstance(preset, Mapping) else ""
    explains = next((pick(one.explains).text for one in catalogue.rules() if one.code == code), "")
    return (
        (gettext("Rule"), rule_name(code)),
        (gettext("It says"), explains),
        (gettext("Priorities"), priority(str(act.params.get("priority", "")))),
    )


def _people_facts(act: Act) -> Facts:
    said = worded(act.assembly, act.params)
    members = act.params.get("members")
    named = listed(_names(said.get("voices")))
    quiet = listed(_spans(said.get("quiet")))
    return (
        (gettext("We are"), ngettext("one person", "%(num)s people", members if isinstance(members, int) else 0)),
        (gettext("Our voices"), named or gettext("none named")),
        (gettext("Days without rounds"), quiet or gettext("none")),
    )


def _names(voices: object) -> Iterator[str]:
    for one in voices if isinstance(voices, list) else []:
        if isinstance(one, Mapping) and isinstance(one.get("words"), Mapping):
            yield pick(one["words"]).text


def _spans(quiet: object) -> Iterator[str]:
    for first, last in quiet if isinstance(quiet, list) else []:
        begins, ends = (day(date.fromisoformat(str(one))) for one in (first, last))
        yield gettext("from %(first)s to %(last)s", first=begins, last=ends)
