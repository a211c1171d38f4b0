"""What stands before a noun in English, French and Spanish, and follows its gender and its first sound.

It knows no word of any assembly. What agrees with a noun elsewhere in a sentence is written twice in the catalogue.
"""

import re
import unicodedata
from collections.abc import Mapping

_ARTICLES = {  # before a feminine word, a masculine one, and in French each of them when it begins with a vowel
    "fr": "la/le/l’/l’, de la/du/de l’/de l’, à la/au/à l’/à l’, une/un, cette/ce/cette/cet, "
    "sa/son/son/son, ma/mon/mon/mon, de/de/d’/d’, les, des, aux, ces, ses, nos, vos, leurs, notre, votre, leur, chaque",
    "es": "la/el, de la/del, a la/al, una/un, esta/este, esa/ese, nuestra/nuestro, las/los, unas/unos, estas/estos, "
    "esas/esos, nuestras/nuestros, su, sus, cada",
}
_BETWEEN = {  # between an article and its noun, or alone before it
    "fr": "aucune/aucun, certaines/certains, quelle/quel, quelles/quels, dernière/dernier, dernières/derniers, "
    "première/premier, premières/premiers, prochaine/prochain, seule/seul, seules/seuls, bonne/bon, petite/petit, "
    "petites/petits, grande/grand, grandes/grands, nouvelle/nouveau/nouvelle/nouvel, nouvelles/nouveaux, deuxième, "
    "même, mêmes, autre, autres, deux, trois, propre",
    "es": "ninguna/ningún, alguna/algún, algunas/algunos, cuántas/cuántos, última/último, últimas/últimos, "
    "primera/primer, primeras/primeros, segunda/segundo, próxima/próximo, misma/mismo, mismas/mismos, sola/solo, "
    "propia/propio, nueva/nuevo, nuevas/nuevos, otra/otro, otras/otros, muchas/muchos, pocas/pocos, varias/varios, "
    "tantas/tantos, dos, tres",
}
_WHOLE = {"fr": "toute/tout, toutes/tous, seule/seul", "es": "toda/todo, todas/todos"}  # before an article
_JOINED = {"y ": ("i", "e ", "y "), "e ": ("i", "e ", "y "), "o ": ("o", "u ", "o "), "u ": ("o", "u ", "o ")}
_HEARD = re.compile(
    r"[aàâeéèêëiîïoôuùûœæ]|h(?:abi|armon|eb|erb|érit|eure|iron|isto|iver|omm|onn|onor|ôp|oriz|orlo|ospi|ôte|uil|uma)",
    re.IGNORECASE,
)
"""How a French word begins that is heard to begin with a vowel; any other h is heard as a consonant."""


def _rows(table: str) -> Mapping[str, tuple[str, ...]]:
    """Return, by each form, the four of its row: feminine, masculine, and both again before a vowel."""
    rows = [tuple(form if form.endswith("’") else f"{form} " for form in row.split("/")) for row in table.split(", ")]
    return {form: (*row, *(row[0], row[-1]) * 2)[:4] if len(row) > 1 else row * 4 for row in rows for form in row}


_ROWS = {tag: [_rows(table[tag]) for table in (_WHOLE, _ARTICLES, _BETWEEN, _BETWEEN)] for tag in _ARTICLES}


def _any_of(forms: Mapping[str, object]) -> str:
    return f"({'|'.join(sorted(forms, key=lambda form: (-len(form), form)))})?"


_PARTS = {tag: "".join(_any_of(rows) for rows in tables) for tag, tables in _ROWS.items()}
_STANDING = {tag: re.compile(parts) for tag, parts in _PARTS.items()}
LEADS = {"en": r"(?:an?\s+)?"} | {tag: parts.replace("(", "(?:") for tag, parts in _PARTS.items()}
LEADS["es"] = f"(?:[yeou] |{LEADS['es']})"
"""What may stand before a noun and follows it, as an expression; case does not count."""

_NEVER = r"%\(\w+\)\w|<code>.*?</code>|<[^>]*>|https?://\S+"
KEPT = {
    "en": rf"{_NEVER}|\b(?:to|we|you|they) (?:plan|box|measure)\b|\b(?:beyond|good) measure\b|\btalking circles?\b"
    r"|\btick (?:this|the|a) box\b|\bby voice, by hands\b|\bone voice more\b"
    r"|\b(?:turn (?:that|them)|the other way) round\b",
    "fr": rf"{_NEVER}|\b(?:nous|vous|se|te|me|les|qui) menace\b|\b(?:à|sur|en|outre|dans (?:la|quelle)) mesure\b"
    r"|\b(?:(?:au )?(?:premier|second)|sur le) plan\b|\b(?:haute|vive) voix\b|\bvoix haute\b"
    r"|\b(?:à|eu|c’est) (?:son|leur|votre|notre) tour\b|\bà qui (?:est )?le tour\b|\bmenace-t-",
    "es": rf"{_NEVER}|\b(?:nos|les|se|te|me|quien|que) amenaza\b|\b(?:a|a la|en la|en qué|en gran) medida\b"
    r"|\b(?:en|viva) voz(?: alta)?\b|\bde voz, a mano\b|\bvida amenaza\b",
}
"""Placeholders, markup, addresses and code; verbs and fixed expressions that look like a noun of ours."""

APART = {"en": "(?!)", "fr": " de (?:parole|rôle|service)", "es": " de palabra"}
"""What follows a word that looks like a noun of ours, and makes another thing of it."""


def several(before: str) -> bool:
    """Tell from what stands before a French noun that is written alike for one and for several which of them it is."""
    return bool(re.search(r"(?:\b(?:[lcdmst]es|[nv]os|aux|deux|trois|quatre)|\w{2}[eru]s) $", before, re.IGNORECASE))


def heard(word: str) -> bool:
    """Tell whether a French word is heard to begin with a vowel."""
    return bool(_HEARD.match(word))


def lead(found: str, tag: str, word: str, *, feminine: bool, vowel: bool) -> str:
    """Return what stood before a noun as another one wants it: articles, what contracts with them, or nothing.

    Spanish "y" becomes "e" before the sound of i, and "o" becomes "u" before that of o, written with an h or not.
    """
    if tag == "en":
        return found and ("an " if vowel else "a ")
    if found in _JOINED:
        letter, before, else_ = _JOINED[found]
        begins = unicodedata.normalize("NFD", word.casefold()).removeprefix("h")
        return before if begins[:1] == letter and begins[:2] not in {"ia", "ie", "io"} else else_
    said, parts = "", _STANDING[tag].fullmatch(found)
    for part, rows in reversed(list(zip(parts.groups(), _ROWS[tag], strict=True)) if parts else []):
        if part:
            said = rows[part][(0 if feminine else 1) + (2 if (heard(said) if said else vowel) else 0)] + said
    return said
