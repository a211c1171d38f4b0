"""What an assembly settles about itself, in words."""

from collections.abc import Iterator, Mapping
from datetime import date

from commons.acts import Act
from commons.i18n import gettext, ngettext, pick
from commons.pages import Told
from deliberation.actions.records import worded
from deliberation.domain.collective import Profile, read_profile
from deliberation.domain.presets import read_preset
from deliberation.phrases import ruling
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
    """Name a rule of the catalogue, or the one the assembly wrote itself."""
    return next((pick(one.words).text for one in catalogue.rules() if one.code == code), gettext("A rule of our own"))


def kinds() -> Mapping[str, str]:
    """Name the kinds of collectives, in the order in which a form asks."""
    return {
        "territorial": gettext("a community on its land: a village, a people, a riverbank"),
        "urban": gettext("a group in a town: a neighbourhood, a movement, a settlement"),
        "organisation": gettext("an organisation: a union, an association, a newsroom"),
        "network": gettext("a network of people or groups in several places"),
    }


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
    shipped = next((one for one in catalogue.rules() if one.code == code and one.preset == preset), None)
    said = ((gettext("It says"), pick(shipped.explains).text),) if shipped else _in_numbers(preset)
    return (
        (gettext("Rule"), rule_name(code)),
        *said,
        (gettext("Priorities"), priority(str(act.params.get("priority", "")))),
    )


def _in_numbers(preset: object) -> Facts:
    """Say a rule that is not of the catalogue by its numbers, one stage after the other."""
    if not isinstance(preset, Mapping):
        return ()
    stages = ruling.told(read_preset(preset))
    return tuple(fact for title, facts in stages for fact in (*(((gettext("Part"), title),) if title else ()), *facts))


def _people_facts(act: Act) -> Facts:
    said = worded(act.assembly, act.params)
    members = act.params.get("members")
    named = listed(_names(said.get("voices")))
    quiet = listed(_spans(said.get("quiet")))
    profile = said.get("profile")
    return (
        (gettext("We are"), ngettext("one person", "%(num)s people", members if isinstance(members, int) else 0)),
        *profile_facts(read_profile(profile if isinstance(profile, Mapping) else {})),
        (gettext("Our voices"), named or gettext("none named")),
        (gettext("Days on which nothing opens"), quiet or gettext("none")),
    )


def profile_facts(found: Profile) -> Facts:
    """Say what a collective is in its own words; what it does not say is left out."""
    said = (
        (gettext("What we are"), kinds().get(found.kind.value, "") if found.kind else ""),
        (gettext("What we are here for"), pick(found.mission).text),
        (gettext("What is around us"), pick(found.context).text),
        (gettext("What we need"), pick(found.needs).text),
    )
    return tuple((label, text) for label, text in said if text)


def _names(voices: object) -> Iterator[str]:
    for one in voices if isinstance(voices, list) else []:
        if isinstance(one, Mapping) and isinstance(one.get("words"), Mapping):
            words, members = pick(one["words"]).text, one.get("members")
            yield gettext("%(voice)s (%(members)s)", voice=words, members=members) if members else words


def _spans(quiet: object) -> Iterator[str]:
    for first, last in quiet if isinstance(quiet, list) else []:
        begins, ends = (day(date.fromisoformat(str(one))) for one in (first, last))
        yield gettext("from %(first)s to %(last)s", first=begins, last=ends)
