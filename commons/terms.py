"""An assembly's own words in place of ours: "baraza", "palabre" or "cabildo" where our sentences say "assembly".

A word is written as it is said, once and several times: "une palabre, palabres". Its article tells its gender, and in
English how it begins. What stands before it follows the word. Whatever else in a sentence agrees with our word is
written twice in the catalogue: "La carte est {perdue|perdu}", or with the term it agrees with, "{card:perdue|perdu}",
where a sentence speaks of several or of none. Words hold letters, spaces, hyphens and apostrophes only, so that nothing
in them can be taken for markup or a placeholder.
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
    "voice": {"en": "a voice, voices", "fr": "une voix, voix", "es": "una voz, voces"},
    "circle": {"en": "a circle, circles", "fr": "un cercle, cercles", "es": "un círculo, círculos"},
    "round": {"en": "a round, rounds", "fr": "un tour, tours", "es": "una ronda, rondas"},
    "survey": {"en": "a survey, surveys", "fr": "une enquête, enquêtes", "es": "una encuesta, encuestas"},
    "log": {"en": "a log, logs", "fr": "un registre, registres", "es": "un registro, registros"},
}
Own = tuple[tuple[str, str], ...]
"""An assembly's own words in one language: (term, the word as written), sorted."""
_ARTICLES = {"en": {"a", "an"}, "fr": {"un", "une"}, "es": {"un", "una"}}
_FEMININE = {"une", "una"}
_AGREEING = re.compile(r"\{(?:(?P<term>\w+):)?(?P<ours>[^{|}]*)\|(?P<theirs>[^{|}]*)\}")
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
    vowel = article == "an" if tag == "en" else grammar.heard(one)
    return Noun(one, many, article in _FEMININE, vowel)


def _plain(text: str) -> bool:
    letters = (letter.isalpha() or unicodedata.category(letter).startswith("M") for letter in text)
    return bool(text) and all(good or letter in " -’" for letter, good in zip(text, letters, strict=True))


@lru_cache(maxsize=16384)
def put(text: str, tag: str, own: Own) -> str:
    """Return a sentence of a catalogue as it is said, with an assembly's own words; what is not sound stays ours."""
    theirs = {term: noun(written, tag) for term, written in own if _sound(term, tag, written)}
    other = {term for term, word in theirs.items() if word.feminine != noun(OURS[term][tag], tag).feminine}
    agreed = _AGREEING.sub(lambda one: one["theirs" if (one["term"] or _only(text, tag)) in other else "ours"], text)
    return _pattern(tag).sub(lambda one: _said(one, tag, theirs), agreed) if theirs else agreed


def both(text: str) -> tuple[str, str]:
    """Return a sentence of a catalogue as it agrees with our words, and with words of the other gender."""
    return _AGREEING.sub(r"\g<ours>", text), _AGREEING.sub(r"\g<theirs>", text)


def unclear(text: str) -> bool:
    """Tell whether what a sentence writes twice is written badly, or agrees with what is no term of ours."""
    named = {found["term"] for found in _AGREEING.finditer(text)} - {None}
    return not named <= set(OURS) or bool(re.search(r"[{|}]", both(text)[0]))


@lru_cache(maxsize=1024)
def _only(text: str, tag: str) -> str:
    """Return the one term that a sentence speaks of, or nothing where it speaks of several or of none."""
    terms = {_forms(tag)[said["noun"].casefold()][0] for said in _pattern(tag).finditer(text) if said["noun"]}
    return terms.pop() if len(terms) == 1 else ""


@lru_cache(maxsize=1024)
def _sound(term: str, tag: str, written: str) -> bool:
    """Tell whether this is a word for one of ours; what was changed in the database by hand may not be."""
    try:
        noun(written, tag)
    except Unsaid:
        return False
    return tag in OURS.get(term, {})


@lru_cache(maxsize=64)
def _forms(tag: str) -> Mapping[str, tuple[str, bool]]:
    """Return, by each form of a word of ours, its term and whether it stands for several."""
    known = {term: noun(words[tag], tag) for term, words in OURS.items()}
    return {form: (term, many) for term, n in known.items() for form, many in ((n.one, False), (n.many, True))}


@lru_cache(maxsize=64)
def _pattern(tag: str) -> re.Pattern[str]:
    """Match what is no word of ours though it looks like one, or one of them with what stands before it."""
    forms = "|".join(sorted(_forms(tag), key=len, reverse=True))
    kept, leads, apart = grammar.KEPT[tag], grammar.LEADS[tag], grammar.APART[tag]
    noun_after = rf"(?<![\w-])(?P<lead>{leads})(?P<noun>{forms})(?!\w|{apart})"
    return re.compile(rf"(?P<kept>{kept})|{noun_after}", re.IGNORECASE)


def _said(match: re.Match[str], tag: str, theirs: Mapping[str, Noun]) -> str:
    term, many = _forms(tag)[match["noun"].casefold()] if match["noun"] else ("", False)
    if term not in theirs:
        return match[0]
    word, lead = theirs[term], match["lead"].casefold()
    said = grammar.lead(lead, tag, word.one, feminine=word.feminine, vowel=word.vowel)
    ours = noun(OURS[term][tag], tag)
    several = many and (ours.one != ours.many or grammar.several(match.string[: match.start("noun")]))
    said += word.many if several else word.one
    return said[:1].upper() + said[1:] if match[0][:1].isupper() else said
