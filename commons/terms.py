"""An assembly's own words in place of ours: "baraza", "palabre" or "cabildo" where our sentences say "assembly".

A word is written as it is said, once and several times: "une palabre, palabres". Its article tells its gender, and in
English how it begins. Articles and what contracts with them follow the word. Where it has another gender than ours, a
sentence in which something else may agree with ours is left as it is: wrong grammar would be worse than our word. Words
hold letters, spaces, hyphens and apostrophes only, so that nothing in them can be taken for markup or a placeholder.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from commons import grammar

LONGEST = 80
OURS: Mapping[str, Mapping[str, str]] = {
    "assembly": {
        "en": "an assembly, assemblies",
        "fr": "une assemblée, assemblées",
        "es": "una asamblea, asambleas",
    },
    "card": {"en": "a card, cards", "fr": "une carte, cartes", "es": "una tarjeta, tarjetas"},
    "box": {"en": "a box, boxes", "fr": "une urne, urnes", "es": "una urna, urnas"},
    "threat": {"en": "a threat, threats", "fr": "une menace, menaces", "es": "una amenaza, amenazas"},
    "measure": {"en": "a measure, measures", "fr": "une mesure, mesures", "es": "una medida, medidas"},
    "proposal": {
        "en": "a proposal, proposals",
        "fr": "une proposition, propositions",
        "es": "una propuesta, propuestas",
    },
    "decision": {"en": "a decision, decisions", "fr": "une décision, décisions", "es": "una decisión, decisiones"},
    "facilitator": {
        "en": "a facilitator, facilitators",
        "fr": "une personne facilitatrice, personnes facilitatrices",
        "es": "una persona facilitadora, personas facilitadoras",
    },
    "protocol": {"en": "a protocol, protocols", "fr": "un protocole, protocoles", "es": "un protocolo, protocolos"},
    "plan": {"en": "a plan, plans", "fr": "un plan, plans", "es": "un plan, planes"},
}
Own = tuple[tuple[str, str], ...]
"""An assembly's own words in one language: (term, the word as written), sorted."""
_ARTICLES = {"en": {"a", "an"}, "fr": {"un", "une"}, "es": {"un", "una"}}
_FEMININE = {"une", "una"}
_SEVERAL = re.compile(r"^(?:des|unas|unos)\s+")


class Unsaid(ValueError):
    """What was written is not a word with its article, once and several times."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for one thing and for several, with what its article tells: English has no gender.

    `vowel` is whether it is heard to begin with one: in English by its article, else by its letter; an h is none.
    """

    one: str
    many: str
    feminine: bool
    vowel: bool


@lru_cache(maxsize=1024)
def noun(written: str, tag: str) -> Noun:
    """Read a word as written: its article, the word for one, a comma, the word for several. Raises `Unsaid`."""
    article, _, rest = " ".join(written.replace("'", "’").split()).partition(" ")
    one, comma, many = (part.strip() for part in rest.partition(","))
    article, many = article.casefold(), _SEVERAL.sub("", many)
    if article not in _ARTICLES.get(tag, set()) or not comma or len(written) > LONGEST:
        raise Unsaid
    if not (_plain(one) and _plain(many)):
        raise Unsaid
    vowel = article == "an" if tag == "en" else grammar.begins(one, "aeiouœæ")
    return Noun(one, many, article in _FEMININE, vowel)


def _plain(text: str) -> bool:
    letters = (letter.isalpha() or unicodedata.category(letter).startswith("M") for letter in text)
    return bool(text) and all(good or letter in " -’" for letter, good in zip(text, letters, strict=True))


@lru_cache(maxsize=8192)
def put(text: str, tag: str, own: Own) -> str:
    """Return a sentence of ours with an assembly's own words in it; what is not sound stays as it is."""
    theirs = {term: noun(written, tag) for term, written in own if _sound(term, tag, written)}
    fits = {term: word for term, word in theirs.items() if _fits(text, tag, term, word)}
    return _pattern(tag).sub(lambda match: _said(match, tag, fits), text) if fits else text


@lru_cache(maxsize=1024)
def _sound(term: str, tag: str, written: str) -> bool:
    """Tell whether this is a word for one of ours; what was changed in the database by hand may not be."""
    try:
        noun(written, tag)
    except Unsaid:
        return False
    return tag in OURS.get(term, {})


def _fits(text: str, tag: str, term: str, theirs: Noun) -> bool:
    """Tell whether a sentence speaks of a term, and nothing but articles has to change with its word."""
    ours, folded = noun(OURS[term][tag], tag), text.casefold()
    if ours.one not in folded and ours.many not in folded:
        return False
    if theirs.feminine == ours.feminine or tag not in grammar.AGREES:
        return True
    rest = _pattern(tag, term).sub(" ", text)
    return not grammar.AGREES[tag][ours.feminine].search(rest)


@lru_cache(maxsize=64)
def _forms(tag: str) -> Mapping[str, tuple[str, bool]]:
    """Return, by each form of a word of ours, its term and whether it stands for several."""
    known = {term: noun(words[tag], tag) for term, words in OURS.items()}
    return {form: (term, many) for term, n in known.items() for form, many in ((n.many, True), (n.one, False))}


@lru_cache(maxsize=64)
def _pattern(tag: str, only: str = "") -> re.Pattern[str]:
    """Match what is no word of ours though it looks like one, or one of them with what stands before it."""
    forms = "|".join(form for form, (term, _) in _forms(tag).items() if only in {"", term})
    kept, leads = grammar.KEPT[tag], grammar.LEADS[tag]
    return re.compile(rf"(?P<kept>{kept})|(?<![\w-])(?P<lead>{leads})?(?P<noun>{forms})(?!\w)", re.IGNORECASE)


def _said(match: re.Match[str], tag: str, theirs: Mapping[str, Noun]) -> str:
    term, many = _forms(tag)[match["noun"].casefold()] if match["noun"] else ("", False)
    if term not in theirs:
        return match[0]
    word, lead = theirs[term], (match["lead"] or "").casefold()
    said = grammar.lead(lead, tag, word.one, feminine=word.feminine, vowel=word.vowel)
    said += word.many if many else word.one
    return said[:1].upper() + said[1:] if match[0][:1].isupper() else said
