"""An assembly's own words in place of ours, agreed by several because every page then speaks them."""

from collections.abc import Mapping

from commons.assembly import Assembly
from commons.db import session
from commons.quorum import Act, Carried, Kind, Needs, Refused
from commons.terms import OURS, Unsaid, noun
from deliberation.actions.records import collective, digest, worded

TERMS = "deliberation.terms"
DELAY = 3
Terms = dict[str, dict[str, str]]


def _terms(assembly: Assembly, params: Mapping[str, object]) -> Terms:
    """Return the words an act would put in place of ours: {term: {tag: written}}. Raises `Refused`."""
    said = worded(assembly, params).get("terms")
    found = {str(term): dict(words) for term, words in said.items() if words} if isinstance(said, Mapping) else {}
    for term, words in found.items():
        for tag, written in words.items():
            _check(term, tag, written)
    return found


def _check(term: str, tag: str, written: str) -> None:
    if term not in OURS or tag not in OURS[term]:
        raise Refused("no_such_term")
    try:
        noun(written, tag)
    except Unsaid:
        raise Refused("word_with_article") from None


def _touches(assembly: Assembly, params: Mapping[str, object]) -> Mapping[str, str]:
    return {"before": digest(collective(assembly).terms), "terms": digest(_terms(assembly, params))}


def _name(act: Act, _prepared: object) -> Carried:
    row = collective(act.assembly)
    row.terms = _terms(act.assembly, act.params)
    session.add(row)
    session.flush()
    return Carried({"terms": digest(row.terms)})


ACTS = (Kind(TERMS, Needs.K_PLUS_ONE, _name, touches=_touches, delay_days=DELAY),)
