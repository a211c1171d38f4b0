"""What stands before a noun in English, French and Spanish, and what may agree with one: a table for each language.

It knows no word of any assembly. Where it cannot tell whether something agrees with a noun, it says that it may.
"""

import re
import unicodedata
from collections.abc import Mapping

_FRENCH = (  # before a feminine word, a masculine one, and each of them when it begins with a vowel
    ("la ", "le ", "l’", "l’"),
    ("de la ", "du ", "de l’", "de l’"),
    ("à la ", "au ", "à l’", "à l’"),
    ("une ", "un ", "une ", "un "),
    ("d’une ", "d’un ", "d’une ", "d’un "),
    ("cette ", "ce ", "cette ", "cet "),
    ("sa ", "son ", "son ", "son "),
    ("de ", "de ", "d’", "d’"),
)
_SPANISH = (
    ("la ", "el "),
    ("de la ", "del "),
    ("a la ", "al "),
    ("una ", "un "),
    ("esta ", "este "),
    ("esa ", "ese "),
    ("ninguna ", "ningún "),
    ("nuestra ", "nuestro "),
    ("las ", "los "),
    ("unas ", "unos "),
    ("estas ", "estos "),
    ("esas ", "esos "),
    ("nuestras ", "nuestros "),
)
_JOINED = {"y ": ("i", "e ", "y "), "e ": ("i", "e ", "y "), "o ": ("o", "u ", "o "), "u ": ("o", "u ", "o ")}
_ROWS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fr": {form: row for row in _FRENCH for form in row},
    "es": {form: row for row in _SPANISH for form in row},
}


def _longest_first(*forms: str) -> str:
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


LEADS = {"en": r"an?\s+", "fr": _longest_first(*_ROWS["fr"]), "es": _longest_first(*_ROWS["es"], *_JOINED)}
"""What stands before a noun and follows it, as an expression; case does not count."""

_NEVER = r"%\(\w+\)\w|<code>.*?</code>|<[^>]*>|https?://\S+"
KEPT = {
    "en": rf"{_NEVER}|\b(?:to|we|you|they) (?:plan|box|measure)\b|\b(?:beyond|good) measure\b"
    r"|\btick (?:this|the|a) box\b",
    "fr": rf"{_NEVER}|\b(?:nous|vous|se|te|me|les|qui) menace\b|\b(?:à|sur|en|outre|dans (?:la|quelle)) mesure\b"
    r"|\b(?:premier|second|sur le) plan\b",
    "es": rf"{_NEVER}|\b(?:nos|les|se|te|me|quien|que) amenaza\b|\b(?:a|a la|en la|en qué|en gran) medida\b",
}
"""Placeholders, markup, addresses and code; verbs and fixed expressions that look like a noun of ours."""

AGREES = {  # by language: whether our noun is feminine, and what may then agree with it
    "fr": {
        True: re.compile(
            r"\b(?:elles?|celles?|seules?|toutes?|aucune|quelles?|telle|chacune|une|secondes?|longues?|bonnes?|"
            r"(?:sa|ma|ta) \w+|la (?:même|autre|propre|plus|moins|\w+(?:er|ir|re|oir))|"
            r"(?:on|nous|vous|ils?|qui|ne|se|y) la|"
            r"\w+(?:ées?|ies?|ières?|aines?|ives?|euses?|ises?|ites?|ues?|ertes?|ntes?|elles?|unes?|ètes?))\b|-la\b",
            re.IGNORECASE,
        ),
        False: re.compile(
            r"\b(?:ils?|celui|ceux|seuls?|tout|tous|aucun|quels?|tel|chacun|un|le (?:même|autre|propre|plus|moins|"
            r"\w+(?:er|ir|re|oir))|(?:on|nous|vous|elles?|qui|ne|se|y) le|mon|ton|"
            r"\w+(?:és?|is?|us?|its?|iers?|ains?|ifs?|eux|erts?|els?|nts?|ets?|ons?))\b|-le\b",
            re.IGNORECASE,
        ),
    },
    "es": {
        True: re.compile(
            r"\b(?:ellas?|aquellas?|otras?|mismas?|propias?|solas?|todas?|alguna|cuántas?|una|primeras?|últimas?|"
            r"próximas?|muchas?|pocas?|tantas?|suyas?|cuya|est?a es|las? (?:que|vigentes|%)|"
            r"(?:se|no|ya|nadie|me|nos|que|quien|quienes) las?|\w+(?:r|ndo|en)las?|"
            r"\w+(?:ad|id|íd|iert|ient|uev|im|er|und|ech|nt|st|rt|ri|rg|ísim)as?)\b",
            re.IGNORECASE,
        ),
        False: re.compile(
            r"\b(?:él|ellos|aquel|aquellos|otros?|mismos?|propios?|solos?|todos?|algún|cuántos?|un|primer|últimos?|"
            r"próximos?|muchos?|pocos?|tantos?|suyos?|cuyo|est?e es|(?:el|los) (?:que|vigentes|%)|"
            r"(?:se|no|ya|nadie|me|nos|que|quien|quienes) los?|\w+(?:r|ndo|en)los?|"
            r"\w+(?:ad|id|íd|iert|ient|uev|im|er|und|ech|nt|st|rt|ri|rg|ísim)os?)\b",
            re.IGNORECASE,
        ),
    },
}


def begins(word: str, letters: str) -> bool:
    """Tell whether a word begins with one of these letters, whatever accent it wears."""
    return unicodedata.normalize("NFD", word[:1].casefold())[:1] in set(letters)


def lead(found: str, tag: str, word: str, *, feminine: bool, vowel: bool) -> str:
    """Return what stood before a noun as another one wants it: the article, or what contracts with it, or nothing.

    Spanish "y" becomes "e" before the sound of i, and "o" becomes "u" before that of o, written with an h or not.
    """
    if tag == "en":
        return found and ("an " if vowel else "a ")
    if found in _JOINED and tag == "es":
        letter, before, else_ = _JOINED[found]
        heard = word.casefold().removeprefix("h")
        return before if begins(heard, letter) and heard[:2] not in {"ia", "ie", "io"} else else_
    row = _ROWS[tag].get(found)
    return row[(0 if feminine else 1) + (2 if vowel and tag == "fr" else 0)] if row else found
