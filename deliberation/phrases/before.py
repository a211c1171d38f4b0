"""What the round before gave, said before the next one asks: outcome, spread, what was raised, how it was met.

It is frozen with the questions, so everybody who answers reads the same, on a page, on paper and aloud (Dalkey and
Helmer, 1963: controlled feedback). It holds what was released and what was answered since, and never a count.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from commons import i18n
from commons.assembly import Assembly
from commons.i18n import gettext, pick
from deliberation.domain.rounds import BEFORE
from deliberation.phrases import rounds
from deliberation.phrases.proposals import met, named
from deliberation.queries import proposals as queries
from deliberation.queries import settled
from deliberation.queries.proposals import Closed, Proposal
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section, Words


def after(instrument: Questionnaire, assembly: Assembly, slugs: Sequence[str]) -> Questionnaire:
    """Return a round that begins with what the last round of each of these proposals gave; as it is for first ones."""
    found = (queries.proposal(assembly, slug) for slug in slugs)
    told = tuple(_section(assembly, one, instrument.languages) for one in found if one and one.rounds)
    return replace(instrument, sections=(*told, *instrument.sections))


def _section(assembly: Assembly, one: Proposal, tags: Sequence[str]) -> Section:
    last, name = one.rounds[-1], f"{BEFORE}{one.slug}"
    codes = dict.fromkeys([*last.raised, *(code for number, code in sorted(one.replies) if number == last.number)])
    notes = tuple(
        Question(f"{name}-{at}", Kind.NOTE, _each(tags, partial(_raised, assembly, one, code)))
        for at, code in enumerate(codes, 1)
    )
    band = queries.agreeing(assembly, last.survey, one.slug)
    return Section(
        name,
        _each(tags, partial(_title, one)),
        notes,
        _each(tags, partial(_gave, last, band)),
    )


def _each(tags: Sequence[str], say: Callable[[], str]) -> Words:
    """Return a sentence as it is said in each language."""
    said = {}
    for tag in tags:
        with i18n.within(tag):
            said[tag] = say()
    return said


def _title(one: Proposal) -> str:
    return gettext("In the round before: “%(text)s”", text=pick(one.draft.text).text)


def _gave(last: Closed, band: str) -> str:
    """Say what the round gave and why, and how many supported the text, by the band that was released."""
    outcome, why = rounds.said(last.verdict)
    gave = gettext("It was: %(outcome)s.", outcome=outcome) if outcome else gettext("Its box was burnt unread.")
    spread = {
        "most": gettext("Most of us supported it, fully or with a reservation."),
        "some": gettext("Some of us supported it, fully or with a reservation."),
        "few": gettext("Few of us or none supported it, fully or with a reservation."),
    }
    return " ".join(one for one in (gave, why, spread.get(band, "")) if one)


def _raised(assembly: Assembly, one: Proposal, code: str) -> str:
    """Say one thing that was raised, by one person or by several, and how it was met."""
    said = named(assembly, one, settled.protocol(assembly)).get(code, code)
    reply = one.replies.get((one.rounds[-1].number, code))
    if reply is None:
        return said
    return gettext("%(raised)s %(how)s: “%(words)s”", raised=said, how=met(reply.how), words=pick(reply.words).text)
