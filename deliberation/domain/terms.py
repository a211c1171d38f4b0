"""What was frozen with a round, and what it says once the box is counted: which rule, and out of how many."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deliberation.domain.presets import Malformed, ending, read_rule
from deliberation.domain.rules import Called, Rule, Turnout
from surveys.domain.questionnaire import Questionnaire
from surveys.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Frozen:
    """The rule of a round, and the proposals that were blocked before, on which a second block ends the matter."""

    rule: Rule
    blocked: frozenset[str] = frozenset()

    def rule_of(self, proposal: str) -> Rule:
        """Return the rule as it decides on one proposal."""
        return ending(self.rule) if proposal in self.blocked else self.rule


def read_terms(questionnaire: Questionnaire, terms: Mapping[str, object], tally: Tally) -> tuple[Frozen, Turnout]:
    """Return what was frozen, and the turnout of a counted box. Raises `Malformed` where something is missing.

    {"rule": …, "declared": members, "infiltrators": t}; and, where the rule asks for them, {"cards": how many were
    drawn, "voices": the declared members of each voice by its id, "blocked": [proposal, …]}.
    """
    frozen, turnout = published(terms, tally.ballots)
    return frozen, replace(turnout, voices=_voices(questionnaire, terms, tally) if frozen.rule.voices else ())


def published(terms: Mapping[str, object], ballots: int) -> tuple[Frozen, Turnout]:
    """Return what was frozen, and as much of the turnout as is published: of the voices nothing. Raises as above."""
    data, declared, infiltrators = terms.get("rule"), terms.get("declared"), terms.get("infiltrators")
    if not (isinstance(data, Mapping) and isinstance(declared, int) and isinstance(infiltrators, int)):
        raise Malformed("a round has a rule, declared members and assumed infiltrators")
    rule, blocked = read_rule(data), terms.get("blocked")
    cards = _cards(terms) if rule.called is Called.CARDS else 0
    frozen = Frozen(rule, frozenset(map(str, blocked)) if isinstance(blocked, list) else frozenset())
    return frozen, Turnout(ballots, declared, 2 * infiltrators + 3, cards)


def _cards(terms: Mapping[str, object]) -> int:
    cards = terms.get("cards")
    if not isinstance(cards, int) or cards < 1:
        raise Malformed("a quorum of the cards needs how many were drawn")
    return cards


def _voices(questionnaire: Questionnaire, terms: Mapping[str, object], tally: Tally) -> tuple[tuple[int, int], ...]:
    """Return, for each voice, how many handed in with it, out of how many declared members."""
    declared, asked = terms.get("voices"), questionnaire.by_key.get(questionnaire.voice)
    if not isinstance(declared, Mapping) or asked is None or {one.id for one in asked.question.choices} - set(declared):
        raise Malformed("a quorum of each voice needs the question on voices, and the members of each")
    places = enumerate(asked.question.choices, start=1)
    return tuple((tally.by_voice[place].ballots, int(declared[choice.id])) for place, choice in places)
