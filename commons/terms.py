"""An assembly's own words in place of ours: "baraza", "palabre" or "cabildo" where our sentences say "assembly".

A word is written as it is said, once and several times: "une palabre, palabres". Its article tells its gender. Articles
and what contracts with them follow the word. Where it has another gender than ours, a sentence in which something else
may agree with ours is left as it is: wrong grammar would be worse than our word. Words hold letters, spaces, hyphens
and apostrophes only, so that nothing in them can be taken for markup or for a placeholder.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 80
OURS: Mapping[str, Mapping[str, str]] = {
    "assembly": {
        "en": "an assembly, assemblies",
        "fr": "une assemblée, assemblées",
        "es": "una asamblea, asambleas",
    },
    "card": {"en": "a card, cards", "fr": "une carte, cartes", "es": "una tarjeta, tarjetas"},
    "box": {"en": "a box, boxes", "fr": "une urne, urnes", "es": "una urna, urnas"},
}
Own = tuple[tuple[str, str], ...]
"""An assembly's own words in one language: (term, the word as written), sorted."""
_ARTICLES = {"en": {"a", "an"}, "fr": {"un", "une"}, "es": {"un", "una"}}
_FEMININE = {"une", "una"}
_SEVERAL = re.compile(r"^(?:des|unas|unos)\s+")
_LEADS = {
    "en": r"an?\s+",
    "fr": r"(?:de |à )?(?:l’|la )|(?:d’)?une |cette |sa |son |d’|de ",
    "es": r"(?:de |a )?la |una |esta |esa |ninguna |las |unas |estas |esas ",
}
_AGREES = {
    "fr": re.compile(
        r"\b(?:elles?|celles?|seules?|toutes?|aucune|quelles?|telle|chacune|une|\w+(?:ées?|ies?|ières?|aines?|ives?|"
        r"euses?|ises?|ites?|ues?|ertes?|ntes?|elles?))\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:ellas?|aquellas?|otras?|mismas?|propias?|solas?|todas?|alguna|cuántas?|una|\w+(?:ad|id|iert|ient|uev|im|"
        r"er|und|ech|nt|st|rt)as?)\b",
        re.IGNORECASE,
    ),
}
_FRENCH = {  # by lead: with a feminine word, with a masculine one, with one that begins with a vowel
    "l’": ("la ", "le ", "l’"),
    "de l’": ("de la ", "du ", "de l’"),
    "à l’": ("à la ", "au ", "à l’"),
    "une ": ("une ", "un ", ""),
    "d’une ": ("d’une ", "d’un ", ""),
    "cette ": ("cette ", "ce ", ""),
    "sa ": ("sa ", "son ", "son "),
    "de ": ("de ", "de ", "d’"),
}
_SAME = {"la ": "l’", "de la ": "de l’", "à la ": "à l’", "son ": "sa ", "d’": "de "}
_SPANISH = {
    "la ": "el ",
    "de la ": "del ",
    "a la ": "al ",
    "una ": "un ",
    "esta ": "este ",
    "esa ": "ese ",
    "ninguna ": "ningún ",
    "las ": "los ",
    "unas ": "unos ",
    "estas ": "estos ",
    "esas ": "esos ",
}


class Unsaid(ValueError):
    """What was written is not a word with its article, once and several times."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for one thing and for several. `feminine` is what its article tells; English has no such thing."""

    one: str
    many: str
    feminine: bool

    @property
    def vowel(self) -> bool:
        """Whether it begins with a vowel; an h is heard as none."""
        return unicodedata.normalize("NFD", self.one[:1].casefold())[:1] in set("aeiouœæ")


def noun(written: str, tag: str) -> Noun:
    """Read a word as written: its article, the word for one, a comma, the word for several. Raises `Unsaid`."""
    article, _, rest = " ".join(written.replace("'", "’").split()).partition(" ")
    one, comma, many = (part.strip() for part in rest.partition(","))
    many = _SEVERAL.sub("", many)
    if article.casefold() not in _ARTICLES.get(tag, set()) or not comma or len(written) > LONGEST:
        raise Unsaid
    if not (_plain(one) and _plain(many)):
        raise Unsaid
    return Noun(one, many, article.casefold() in _FEMININE)


def _plain(text: str) -> bool:
    letters = (letter.isalpha() or unicodedata.category(letter).startswith("M") for letter in text)
    return bool(text) and all(good or letter in " -’" for letter, good in zip(text, letters, strict=True))


@lru_cache(maxsize=8192)
def put(text: str, tag: str, own: Own) -> str:
    """Return a sentence of ours with an assembly's own words in it; what is not sound stays as it is."""
    for term, written in own:
        if _sound(term, tag, written):
            text = _put(text, tag, OURS[term][tag], written)
    return text


@lru_cache(maxsize=1024)
def _sound(term: str, tag: str, written: str) -> bool:
    """Tell whether this is a word for one of ours; what was changed in the database by hand may not be."""
    try:
        noun(written, tag)
    except Unsaid:
        return False
    return tag in OURS.get(term, {})


def _put(text: str, tag: str, ours: str, written: str) -> str:
    theirs, found = noun(written, tag), _pattern(tag, ours)
    changes_gender = tag in _AGREES and not theirs.feminine
    if changes_gender and _AGREES[tag].search(found.sub(" ", text)):
        return text
    return found.sub(lambda match: _said(match, tag, theirs, noun(ours, tag)), text)


@lru_cache(maxsize=64)
def _pattern(tag: str, ours: str) -> re.Pattern[str]:
    """Match one of our words with what stands before it and follows it, never inside a placeholder."""
    known = noun(ours, tag)
    return re.compile(rf"(?<![\w(])(?P<lead>{_LEADS[tag]})?(?P<noun>{known.many}|{known.one})(?!\w)", re.IGNORECASE)


def _said(match: re.Match[str], tag: str, theirs: Noun, ours: Noun) -> str:
    lead, many = (match["lead"] or "").casefold(), match["noun"].casefold() == ours.many
    said = _lead(lead, tag, theirs, many=many) + (theirs.many if many else theirs.one)
    return said[:1].upper() + said[1:] if match[0][:1].isupper() else said


def _lead(lead: str, tag: str, theirs: Noun, *, many: bool) -> str:
    """Return what stands before a word, as their word wants it."""
    if tag == "en":
        return lead and ("an " if theirs.vowel else "a ")
    if tag == "es":
        return lead if theirs.feminine else _SPANISH.get(lead, lead)
    feminine, masculine, vowel = _FRENCH.get(_SAME.get(lead, lead), (lead, lead, ""))
    if theirs.vowel and not many and lead == "cette " and not theirs.feminine:
        return "cet "
    return (theirs.vowel and vowel) or (feminine if theirs.feminine else masculine)
