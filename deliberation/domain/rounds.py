"""The way of a proposal: its states, the moves allowed between them, and what a round's box says of it.

Nothing here lets anybody adopt alone: no move leads from a draft to a decision in force that does not pass through a
closed round and the assembly's recorded ratification.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from deliberation.domain.hearing import hear
from deliberation.domain.ratings import guarded, harmful
from deliberation.domain.rules import OPPOSING, Outcome, Reason, Stance, Turnout, Verdict
from deliberation.domain.rules import verdict as decided
from deliberation.domain.terms import read_terms
from surveys.domain.agreement import Consensus, consensus
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.stability import steady
from surveys.domain.tally import Ballots, Tally

MOST_ROUNDS = 3
SHORT_REVIEW_DAYS = 30
STANCE, STRAINS, HELPS = "S1", "S2", "S3"
STATE_FROM = 20
BLOCK, HARM = "block", "harm"
BEFORE = "before-"
"""How the section of a round begins that says what the round before gave; the address of the proposal follows."""


class Stage(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    UNDERSTANDING = "understanding"
    CAUCUS = "caucus"
    AMENDMENT = "amendment"
    ROUND = "round"
    RATIFICATION = "ratification"
    ADOPTED = "adopted"
    WITH_RESERVATIONS = "adopted_with_reservations"
    NOT_ADOPTED = "not_adopted"
    RETURNED = "returned"
    NO_AGREEMENT = "no_agreement"
    IN_FORCE = "in_force"
    REVIEW_DUE = "review_due"
    CONFIRMED = "confirmed"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"


TALKING = frozenset({Stage.UNDERSTANDING, Stage.CAUCUS, Stage.AMENDMENT})
DECIDED = frozenset({Stage.ADOPTED, Stage.WITH_RESERVATIONS})
LIVING = frozenset({Stage.IN_FORCE, Stage.REVIEW_DUE, Stage.CONFIRMED})
ENDED = frozenset({Stage.NOT_ADOPTED, Stage.NO_AGREEMENT, Stage.AMENDED, Stage.WITHDRAWN})
RESULT = {
    Outcome.ADOPTED: Stage.ADOPTED,
    Outcome.WITH_RESERVATIONS: Stage.WITH_RESERVATIONS,
    Outcome.NOT_ADOPTED: Stage.NOT_ADOPTED,
    Outcome.RETURNED: Stage.RETURNED,
    Outcome.NO_AGREEMENT: Stage.NO_AGREEMENT,
}
MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.UNDERSTANDING, Stage.WITHDRAWN}),
    Stage.UNDERSTANDING: frozenset({Stage.CAUCUS, Stage.AMENDMENT, Stage.ROUND, Stage.WITHDRAWN}),
    Stage.CAUCUS: frozenset({Stage.UNDERSTANDING, Stage.AMENDMENT, Stage.WITHDRAWN}),
    Stage.AMENDMENT: frozenset({Stage.CAUCUS, Stage.ROUND, Stage.WITHDRAWN}),
    Stage.ROUND: frozenset({Stage.AMENDMENT, Stage.RATIFICATION}),
    Stage.RATIFICATION: frozenset({*RESULT.values(), Stage.AMENDMENT}),
    Stage.RETURNED: frozenset({Stage.AMENDMENT, Stage.WITHDRAWN}),
    Stage.ADOPTED: frozenset({Stage.IN_FORCE}),
    Stage.WITH_RESERVATIONS: frozenset({Stage.IN_FORCE}),
    Stage.IN_FORCE: frozenset({Stage.REVIEW_DUE}),
    Stage.REVIEW_DUE: frozenset({Stage.CONFIRMED, Stage.AMENDED, Stage.WITHDRAWN}),
    Stage.CONFIRMED: frozenset({Stage.REVIEW_DUE}),
}


class Impossible(Exception):
    """The proposal cannot go there from here; `code` says why."""

    def __init__(self, code: str) -> None:
        """Keep the reason's code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Way:
    """A proposal on its way: its stage, the rounds closed on it, and the last of their verdicts (None: none yet).

    On the short path a proposal is explained, decided and ratified in one sitting, and reviewed within thirty days.
    """

    stage: Stage = Stage.DRAFT
    rounds: int = 0
    verdict: Verdict | None = None
    short: bool = False


def read_way(stage: str, rounds: int, verdict: tuple[str, str], *, short: bool) -> Way:
    """Return the way kept as these words and numbers; an empty outcome is no verdict yet."""
    return Way(Stage(stage), rounds, read_verdict(*verdict), short)


def read_verdict(outcome: str, reason: str) -> Verdict | None:
    """Return the verdict these words name; none for an empty outcome."""
    return Verdict(Outcome(outcome), Reason(reason)) if outcome else None


def verdict_in(closed: Mapping[str, object], proposal: str) -> Verdict | None:
    """Return the verdict a release's closed values hold for one proposal, or None."""
    outcomes, reasons = closed.get("outcome"), closed.get("reason")
    if not (isinstance(outcomes, Mapping) and isinstance(reasons, Mapping) and proposal in outcomes):
        return None
    return read_verdict(str(outcomes[proposal]), str(reasons[proposal]))


def raised_in(closed: Mapping[str, object], proposal: str) -> list[str]:
    """Return what a release's closed values show to be present against a proposal: reasons, "block" and "harm"."""
    reasons, block = closed.get("reasons"), closed.get("block")
    present = reasons.get(proposal, []) if isinstance(reasons, Mapping) else []
    blocked = isinstance(block, Mapping) and block.get(proposal) is True
    found = verdict_in(closed, proposal)
    harms = found is not None and found.reason is Reason.HARMFUL
    return [*present, *([BLOCK] if blocked else []), *([HARM] if harms else [])]


def explain(way: Way, *, short: bool = False) -> Way:
    """Bring a draft before people: facts and questions, no opinions yet."""
    return replace(_moved(way, Stage.UNDERSTANDING), short=short)


def talk(way: Way, stage: Stage) -> Way:
    """Go to the caucuses, to the amendments, or back to explaining. Raises `Impossible`."""
    if stage not in TALKING or way.stage is Stage.RATIFICATION:
        raise Impossible("not_a_talk")
    return _moved(way, stage)


def begin_round(way: Way) -> Way:
    """Put the text to a round. Raises `Impossible` after three (one, on the short path), or before amendments."""
    if way.rounds >= (1 if way.short else MOST_ROUNDS):
        raise Impossible("no_round_left")
    if way.stage is Stage.UNDERSTANDING and not way.short:
        raise Impossible("not_amended_yet")
    return _moved(way, Stage.ROUND)


def close_round(way: Way, verdict: Verdict | None) -> Way:
    """End the round: with a verdict it counts and waits for the assembly; without one (burnt unread) it goes back."""
    if verdict is None:
        return _moved(way, Stage.AMENDMENT)
    return replace(_moved(way, Stage.RATIFICATION), rounds=way.rounds + 1, verdict=verdict)


def follow(way: Way, box: str, verdict: Verdict | None) -> Way:
    """Return where a proposal stands given the state of the box it was put into, and that box's verdict once counted.

    A box still in draft, or none (""), changes nothing: a round begins when its box is opened, by several.
    """
    if box in ("", "draft") or way.stage is Stage.RATIFICATION:
        return way
    begun = begin_round(way)
    if box == "burnt":
        return close_round(begun, None)
    return close_round(begun, verdict) if verdict is not None else begun


def go_on(way: Way) -> Way:
    """Take the text up again instead of ratifying, while a round is left. Raises `Impossible`."""
    if way.stage is not Stage.RATIFICATION or way.rounds >= MOST_ROUNDS:
        raise Impossible("no_round_left")
    return replace(_moved(way, Stage.AMENDMENT), verdict=None, short=False)


def ratify(way: Way) -> Way:
    """Record that the assembly heard the verdict and made it its own. Raises `Impossible` without a closed round."""
    if way.stage is not Stage.RATIFICATION or way.verdict is None or not way.rounds:
        raise Impossible("no_closed_round")
    return _moved(way, RESULT[way.verdict.outcome])


def take_effect(way: Way) -> Way:
    """Put what was adopted in force."""
    return _moved(way, Stage.IN_FORCE)


def fall_due(way: Way) -> Way:
    """Mark a decision whose review date has come."""
    return _moved(way, Stage.REVIEW_DUE)


def review(way: Way, ending: Stage) -> Way:
    """Confirm, amend or withdraw what is due for review. Raises `Impossible`."""
    if way.stage is not Stage.REVIEW_DUE:
        raise Impossible("not_due")
    return _moved(way, ending)


def withdraw(way: Way) -> Way:
    """Take back a text that nothing was decided on. Raises `Impossible`."""
    if way.stage in LIVING:
        raise Impossible("in_force")
    return _moved(way, Stage.WITHDRAWN)


def review_limit(way: Way, ratified: date, asked: date) -> date:
    """Return the review date a decision may have: what was asked, within thirty days on the short path."""
    return min(asked, ratified + timedelta(days=SHORT_REVIEW_DAYS)) if way.short else asked


def stable(previous: Mapping[str, str], current: Mapping[str, str], *, verdicts: tuple[Verdict, Verdict]) -> bool:
    """Tell whether another round would change little: the same verdict, and no released band moved over one step.

    Bands are what two releases show, by question. Nothing is stable where one of them withholds.
    """
    return verdicts[0] == verdicts[1] and steady(previous, current)


def _moved(way: Way, stage: Stage) -> Way:
    """Move, where the move exists."""
    if stage not in MOVES.get(way.stage, frozenset()):
        raise Impossible("no_such_move")
    return replace(way, stage=stage)


def judge(
    questionnaire: Questionnaire, terms: Mapping[str, object], tally: Tally, ballots: Ballots
) -> Mapping[str, object]:
    """Judge a round: {"outcome", "reason": by proposal; "block": whether there is one; "reasons": ids that are present;
    "state": from 20 ballots on, the automatic state with its reserve}. Closed values only, never a number.

    The terms were signed before the box opened. Raises `Malformed` when they do not say what `read_terms` needs.
    """
    frozen, turnout = read_terms(questionnaire, terms, tally)
    counts = {choice.id: _stances(tally, choice.id) for choice in questionnaire.lists.get("proposals", ())}
    said = {one: decided(held, turnout, frozen.rule_of(one)) for one, held in counts.items()}
    verdicts = guarded(said, harmful(questionnaire, hear(terms, tally, ballots), said))
    told: dict[str, object] = {
        "outcome": {one: given.outcome.value for one, given in verdicts.items()},
        "reason": {one: given.reason.value for one, given in verdicts.items()},
        "block": {one: held[Stance.BLOCK] > 0 for one, held in counts.items()},
        "reasons": {one: _present(questionnaire, tally, one) for one in counts},
    }
    if tally.ballots >= STATE_FROM:
        told["state"] = {one: _state(held, turnout).value for one, held in counts.items()}
    return told


def _stances(tally: Tally, proposal: str) -> Mapping[Stance, int]:
    """Return how many hold each stance on a proposal."""
    return dict(zip(Stance, tally.counts[f"{STANCE}.{proposal}"], strict=True))


def _present(questionnaire: Questionnaire, tally: Tally, proposal: str) -> list[str]:
    """Return the strained criteria and the ready reasons that somebody ticked."""
    keys = [key for part in (STRAINS, HELPS) if (key := f"{part}.{proposal}") in tally.chosen]
    return [
        choice.id
        for key in keys
        for choice, times in zip(questionnaire.by_key[key].question.choices, tally.chosen[key], strict=True)
        if times
    ]


def _state(counts: Mapping[Stance, int], turnout: Turnout) -> Consensus:
    """Return the automatic state: those in support against those who disagree or block."""
    against = sum(counts[stance] for stance in OPPOSING)
    for_it, answered = counts[Stance.SUPPORT] + counts[Stance.RESERVATION], sum(counts.values())
    return consensus(for_it, against, answered=answered, invited=turnout.declared, floor=turnout.floor)
