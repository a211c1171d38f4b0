"""A rehearsal: ballots agreed aloud are frozen with a practice box, and its release is compared with them.

Everybody knows what these ballots say, so nothing of a member is in them. A machine that changed, dropped or added one
would be seen by the whole hall before anything real is asked.
"""

import json
from collections.abc import Mapping

import numpy as np

from commons import log
from commons.assembly import Assembly
from commons.db import transaction
from commons.quorum import Refused
from surveys.actions.opening import find
from surveys.domain import disclosure, release, sealing, tally
from surveys.domain.logic import Answer, Answers, Written, accepted
from surveys.domain.questionnaire import Questionnaire

PRACTICE, REHEARSAL = "practice", "rehearsal"
MOST = 40


@transaction
def agree(assembly: Assembly, slug: str, answers: Answers) -> None:
    """Add a known ballot to the draft of a practice box. Raises `Refused` when it cannot hold one more."""
    row = find(assembly, slug, locked=True)
    if row is None or row.state != "draft" or row.kind != PRACTICE:
        raise Refused("not_a_draft")
    terms = json.loads(row.terms)
    said = [*terms.get(REHEARSAL, []), {key: _written(answer) for key, answer in answers.items()}]
    if len(said) > MOST:
        raise Refused("many_ballots")
    row.terms = log.canonical({**terms, REHEARSAL: said})


@transaction
def start_over(assembly: Assembly, slug: str) -> None:
    """Forget every known ballot of a draft."""
    row = find(assembly, slug, locked=True)
    if row is not None and row.state == "draft":
        terms = json.loads(row.terms)
        terms.pop(REHEARSAL, None)
        row.terms = log.canonical(terms)


def _written(answer: Answer) -> object:
    if isinstance(answer, Written):
        raise Refused("no_texts_here")
    return sorted(answer) if isinstance(answer, frozenset) else answer


def known(terms: Mapping[str, object]) -> tuple[Answers, ...]:
    """Return the ballots that were agreed aloud; none when a box is no rehearsal."""
    said = terms.get(REHEARSAL)
    return tuple({key: _read(value) for key, value in one.items()} for one in said) if isinstance(said, list) else ()


def _read(value: object) -> Answer:
    return frozenset(value) if isinstance(value, list) else int(str(value))


def as_agreed(
    questionnaire: Questionnaire, ballots: tuple[Answers, ...], data: release.ReleaseData, infiltrators: int
) -> bool:
    """Tell whether a release says what the known ballots say, as many of them, and nothing else.

    The assumed number of infiltrators may have been raised since, never lowered: some number up to it must fit.
    """
    fingerprint = bytes.fromhex(data["fingerprint"])
    plain = [sealing.encode(questionnaire, fingerprint, None, accepted(questionnaire, one)) for one in ballots]
    box = np.frombuffer(b"".join(plain), dtype=np.uint8).reshape(len(plain), sealing.width(questionnaire))
    total, figures = tally.count(questionnaire, box), release.read(data).figures
    fits = (disclosure.disclose(questionnaire, total, t) == figures for t in range(1, infiltrators + 1))
    return data["ballots"] == len(ballots) and any(fits)
