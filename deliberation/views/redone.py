"""A counted baseline or pulse gone through by hand, for the page that shows how: with its release alone."""

from collections.abc import Mapping
from itertools import accumulate

from commons.assembly import Assembly
from deliberation.domain.hearing import EACH_VOICE, number
from deliberation.domain.measures import FIRST
from deliberation.domain.priorities import ALERT, GREEN
from deliberation.domain.redone import RISING, Counted, Figured, Threat, advices, placed
from deliberation.domain.risk import STARTING, read_table
from deliberation.domain.threats import LIKELY, SEVERE
from deliberation.phrases import plan
from deliberation.phrases import redone as words
from surveys import door
from surveys.domain.release import Release, read
from surveys.domain.spans import Span

KINDS = ("baseline", "pulse")
Sheet = Mapping[str, object]


def listed(assembly: Assembly) -> tuple[door.Survey, ...]:
    """Return the baselines and pulses whose results stand, the last to close first of each."""
    stand = {one.survey for kind in KINDS for one in door.releases(assembly, kind) if not one.withdrawn}
    return tuple(one for kind in KINDS for one in door.surveys(assembly, kind) if one.slug in stand)


def sheet(assembly: Assembly, slug: str) -> Sheet | None:
    """Return what the release of a survey allows; None where there is none to go through."""
    survey = next((one for one in listed(assembly) if one.slug == slug), None)
    found = door.release(assembly, slug) if survey else None
    if survey is None or found is None:
        return None
    release = read(found.data)
    return (_pulse if survey.kind == "pulse" else _baseline)(survey, release, _counted(survey, release))


def _counted(survey: door.Survey, release: Release) -> Counted:
    infiltrators = number(survey.terms, "infiltrators", survey.assembly.t)
    heeds = survey.terms.get("priority", EACH_VOICE) == EACH_VOICE and bool(survey.questionnaire.voice)
    assumed = range(infiltrators, max(infiltrators, survey.assembly.t) + 1)
    return Counted(release.ballots, 2 * infiltrators + 3, infiltrators, assumed, heeds)


def _pulse(survey: door.Survey, release: Release, box: Counted) -> Sheet:
    figure, said = Figured.of(release.figure(ALERT), box.floor), str(release.closed.get("advice", ""))
    shown = {"words": survey.questionnaire.title, "announced": plan.advice(said), "pulse": True}
    if figure is None:
        return {**shown, "allowed": "", "each": ()}
    allowed, each = words.advices(advices(box, figure, number(survey.terms, "level", GREEN)), said)
    return {**shown, "allowed": allowed, "each": each}


def _baseline(survey: door.Survey, release: Release, box: Counted) -> Sheet:
    tiers, asked = release.closed.get("tier"), survey.questionnaire.lists.get("threats", ())
    said = {str(key): str(tier) for key, tier in tiers.items()} if isinstance(tiers, Mapping) else {}
    threats = {one.id: found for one in asked if one.id in said and (found := _threat(release, box, one.id))}
    table = read_table(survey.terms["table"]) if survey.terms.get("table") else STARTING
    lines = _lines(release.closed.get("order"))
    heard = {key: span for key, one in threats.items() if key in lines and (span := one.high(table))}
    places = placed(heard)
    rows = [
        words.Row(
            one.text,
            words.between(threat.alarmed()),
            words.tiers(threat.alone),
            str(threat.bearing) if len(threat.alone) < len(RISING) else words.between(None),
            words.tiers(threat.anyhow),
            plan.tier(said[one.id]),
            words.between(heard.get(one.id)),
            words.between(places.get(one.id)),
            words.between(lines.get(one.id)),
        )
        for one in asked
        if (threat := threats.get(one.id))
    ]
    return {
        "words": survey.questionnaire.title,
        "lead": words.lead(release.ballots, voices=box.voices),
        "ordered": words.ordered() if heard else "",
        "rows": rows,
        "summary": words.summary([(one.alone, one.anyhow, said[key]) for key, one in threats.items()]),
        "beyond": words.beyond(measures=FIRST in survey.questionnaire.by_key),
        "hidden": [one.text for one in asked if one.id not in threats],
    }


def _threat(release: Release, box: Counted, threat: str) -> Threat | None:
    likely, grave = (Figured.of(release.figure(f"{key}.{threat}"), box.floor) for key in (LIKELY, SEVERE))
    return Threat(box, likely, grave) if likely and grave else None


def _lines(order: object) -> dict[str, Span]:
    """Return between which places each thing stands in an order told in lines."""
    told = [list(map(str, line)) for line in order if isinstance(line, list)] if isinstance(order, list) else []
    ends = accumulate(map(len, told))
    return {key: (end - len(line) + 1, end) for line, end in zip(told, ends, strict=True) for key in line}
