"""Every kind of act, put before one circle at once, to see how each is told."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256

from commons import clock, log
from commons.acts import ActRow, State
from commons.db import session, transaction
from deliberation.actions import circle, records
from deliberation.domain.risk import STRICTER
from deliberation.queries import catalogue
from tests.deliberation.gathering import PEOPLE, Gathering

STEPS = {"steps": {str(level): {"en": f"Step {level}"} for level in (1, 2, 3, 4)}}
TERMS = {"terms": {"assembly": {"en": "a baraza, barazas"}}}
SPOKEN = {"words": {"en": "No."}}
TOUCHED = {"public_key": "ab" * 32}


def every_act(place: Gathering, time: clock.Clock) -> Mapping[str, Mapping[str, object]]:
    """Return the params of one act of each kind, about things this gathering has."""
    proposal, decision = place.propose(), place.adopt()
    box, draft = place.round(proposal), place.pulse()
    preset = next(rule.preset for rule in catalogue.rules() if rule.code == "R1")
    choosing = {"preset": preset, "priority": "whole", "members": 12, "wording": records.word(place.assembly, PEOPLE)}
    about = {"proposal": proposal, "heard": place.heard()}
    return (
        _of_surveys(box, draft, proposal)
        | _of_parts(place, proposal)
        | {
            "deliberation.choose": choosing,
            "deliberation.rule": choosing,
            "deliberation.voices": choosing,
            "deliberation.threshold": {"k": 4, "t": 2},
            "deliberation.table": {"table": [list(row) for row in STRICTER]},
            "deliberation.terms": {"wording": records.word(place.assembly, TERMS)},
            "deliberation.languages": {"languages": ["en", "fr"]},
            "deliberation.steps": {"wording": records.word(place.assembly, STEPS)},
            "deliberation.admit": {"slot": circle.stand(place.assembly, "kamo tiru sena lobe kuku")},
            "deliberation.end": {"slot": 2},
            "deliberation.unlock": {},
            "deliberation.turn": {"way": "lot"},
            "deliberation.lot": {"numbers": 4, "places": 1},
            "deliberation.draw": {"lot": "ab" * 32, "said": "3 1 4 1 5"},
            "deliberation.ratify": about,
            "deliberation.aloud": {**about, "outcome": "adopted", "reason": "agreed", "quorum": True, "raised": []},
            "deliberation.go_on": about,
            "deliberation.take_back": about,
            "deliberation.review": {"decision": decision, "ending": "confirmed", "review": "2026-09-01", "heard": ""},
            "deliberation.won": {"decision": decision, "won": "delayed", "again": "2026-09-01", "heard": ""},
            "deliberation.caucus": {"about": proposal, "wording": records.word(place.assembly, SPOKEN)},
            "deliberation.widen": {"what": "plan"},
            "deliberation.narrow": {"what": "plan"},
            "deliberation.delete": {},
            "deliberation.stop": {"act": "00" * 32},
        }
    )


def _of_parts(place: Gathering, proposal: str) -> dict[str, Mapping[str, object]]:
    names = records.word(place.assembly, {"names": ["River", "Hill"]})
    return {
        "deliberation.federate": {"wording": names, "share": "2/3", "floor": 2, "unanimous": True},
        "deliberation.hand_over": {"proposal": proposal},
        "deliberation.receive_part": {"proposal": proposal, "part": "ab", "wording": "cd" * 32, "heard": "kamo"},
        "deliberation.combine": {"proposal": proposal},
    }


def _of_surveys(box: str, draft: str, proposal: str) -> dict[str, Mapping[str, object]]:
    return {
        "surveys.cards": {"size": 30},
        "surveys.spare": {"set": "cc"},
        "surveys.paper": {"survey": box, "forms": 5, "cards": ["aa"], "set": "cc", "spoken": "ee"},
        "surveys.void": {"cards": ["aa", "bb"], "set": "cc"},
        "surveys.open": {"survey": box},
        "surveys.series": {"survey": draft, "days": [["2026-04-02", "2026-04-04"], ["2026-04-09", "2026-04-11"]]},
        "surveys.sitting": {"surveys": [box], "together": True},
        "surveys.extend": {"survey": box, "closes": "2026-05-01"},
        "surveys.close": {"survey": box},
        "surveys.count": {"survey": box},
        "surveys.burn": {"survey": box},
        "surveys.withdraw": {"survey": box, "reason": "danger"},
        "surveys.note": {"survey": box, "reason": "danger"},
        "surveys.wording": {"survey": box, "question": f"S3.{proposal}", "words": "dd"},
    }


@transaction
def put_all(place: Gathering, acts: Mapping[str, Mapping[str, object]]) -> Mapping[str, str]:
    """Put these acts before the circle, whatever the moment allows; return the id of each."""
    expires, ids = clock.today(place.assembly) + timedelta(days=14), {}
    for kind, params in acts.items():
        said = log.canonical({"head": log.head(place.assembly), "params": params, "touches": TOUCHED})
        key = sha256(f"{kind}{said}".encode()).digest()
        row = ActRow(assembly=place.assembly.id, id=key, kind=kind, params=said, expires=expires, state=State.PROPOSED)
        session.add(row)
        ids[kind] = key.hex()
    return ids
