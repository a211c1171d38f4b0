"""How a test can tell, in French and Spanish, that a word agrees with a term of ours, or with something else.

A word may agree if it is written twice somewhere in the catalogue, or ends as participles do. It agrees with something
else where another thing stands beside it, or in an expression that somebody has read and listed here.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from commons.i18n import ROOMS, catalogue, forms
from commons.terms import _AGREEING, OURS, _forms, _only, _pattern, noun

ENDINGS = {  # of participles, with a feminine noun and with a masculine one
    "fr": (r"\w{2,}(?:ées?|[dnltrç]ues?|[cdr]ites?|ertes?)", r"\w{2,}(?:és?|[dnltç]us?|erts?)"),
    "es": (
        r"\w{2,}(?:[ai]d|íd|uest|ert|rit)as?|\w+(?:r|ndo|en)las?",
        r"\w{2,}(?:[ai]d|íd|uest|ert|rit)os?|\w+(?:r|ndo|en)los?",
    ),
}
TOO_MUCH = {  # stands before any noun, or only looks like what agrees
    "fr": "à au de du la le si un une été dites redites porte remet",
    "es": "a al de del el este la las lo los una baja",
}
OTHERS = {  # things of another name: what stands beside one agrees with it; plurals in s are known
    "fr": "ce chaîne chiffre chose classe enveloppe face feuille fichier fois groupe issue jour langue lieu ligne "
    "limite liste machine main mandat moitié monde mot nom nombre numéro page part personne phrase pierre "
    "pièce place position question réponse réserve résultat saison salle semaine texte tirage valeur verdict",
    "es": "boleta caja causa cifra columna convocatoria cosa cuenta elección foto franja frase gente hoja lista "
    "llave máquina mitad moneda número página palabra parte persona piedra postura pregunta puerta puesto "
    "respuesta reserva salida semana semilla sorteo tabla temporada unidad vez",
}
READ = {  # read one by one: what agrees in these agrees with nothing of ours
    "fr": "à voix haute; tout seul; une seule photo; encore choisi; de nouveau; en entier; la sécurité; "
    "le résumé; non vérifié; rien n’est ratifié; si cela continue; aucun bouton; il dit si; il n’y a; il reste à; "
    "ils valent; tous les; a-t-il derrière eux; il faut; mis de côté; celles et ceux; toutes et tous; il en faut; "
    "s’il en a; il n’y en; rien n’est adopté; rien de nouveau; faites de même; à chacune §; faites d’abord; la clé; "
    "peut lui; être faussé; quoi qu’elles disent; être signé; sans être lu; réécrit ou coupé; "
    "c’est noté; le fait sien; les change tous; la première; la dernière; terminée; vous, gardés; Tapés à la; "
    "ils sont refusés; Tiré des deux; le nouveau continue; Le suivant vient; dès qu’elles ont; elles ne "
    "tiennent; sont effacés; ou toutes y sont; toutes les autres; quand elle arrive; d’accord, "
    "elle va; elle ne descend; elle ne porte; Elle peut encore; Elle est écrite; pas celle; celles du milieu; "
    "Quand celles-ci; imprimées et rangées; Pliez chacune; Lesquelles, §; leurs clés partagées; détachée et "
    "gardée; d’une graine publiée; d’être tapée; peu sont venues; est passée par; c’est scellé; Redites-le; "
    "de lecture. Il; redit autrement est effacé; laissé de côté",
    "es": "en voz alta; de nuevo; Cuando estas estén impresas y guardadas; firme solo; solo §; muy pocas; unas "
    "pocas; «pocas»; solo pocas; algunas o pocas; Guarden pocas; queda ninguna de; dice cuántas; y cuántas; "
    "también pueden imprimirlo; Esta regla; Proponerlo; Terminada; Todos los; a sí misma; "
    "entre todas; con ellas ante; lo ganado; conserva la suya; esta demostración; haber hablado; detrás de "
    "ellos; está impresa; Están impresas; Está escrita; lo decidido; lo escrito; queda escrito; quedó "
    "escrito; que todas las demás; resultado; exactamente esas; escriba en ella; por ella que; "
    "nada nuevo; el nuevo continúa; haya terminado; varias lo acordaron; la regla decida; las cambia "
    "todas; lo hace suyo; luego la otra; nada con él; nada de él; hubo ninguna; hubo otras; puede torcerlo; "
    "puede anotarlo; § leídas en; ser desplazado; que ratificarla; turno de uno; solo "
    "peligros; por cuántos días; su último día; están todas; esta dirección; otras comunidades",
}
BESIDE = 4
_AVOIR = re.compile(r"\b(?:ai|as|a|avons|avez|ont|ait|avoir)(?: (?:pas|déjà|encore|été))? $")
"""A French participle after it agrees with no subject."""


@lru_cache(maxsize=2)
def sentences(tag: str) -> tuple[str, ...]:
    """Every sentence of the catalogues, as written."""
    every = (message for room in ROOMS for message in catalogue(tag, room) if message.id)
    return tuple(dict.fromkeys(form for one in every for form in forms(one.string)))


def terms_of(said: str, tag: str) -> set[str]:
    """Return the terms a sentence speaks of."""
    return {_forms(tag)[one["noun"].casefold()][0] for one in _pattern(tag).finditer(said) if one["noun"]}


def written_twice(said: str, tag: str) -> list[tuple[str, str, str]]:
    """Return what is written twice in a sentence: the term it agrees with, or nothing, and both ways to write it."""
    return [(one["term"] or _only(said, tag), one["ours"], one["theirs"]) for one in _AGREEING.finditer(said)]


@lru_cache(maxsize=4)
def agreeing(tag: str, feminine: bool) -> re.Pattern[str]:  # noqa: FBT001  # the gender of a noun
    """Match a word that may agree with a noun of a gender."""
    found: set[str] = set()
    for said in sentences(tag):
        for term, ours, theirs in (one for one in written_twice(said, tag) if one[0] in OURS):
            mine, other = (ours, theirs) if noun(OURS[term][tag], tag).feminine == feminine else (theirs, ours)
            found |= _words(mine) - _words(other)
    known = "|".join(sorted(found - set(TOO_MUCH[tag].split()), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{known}|{ENDINGS[tag][not feminine]})(?!\w)", re.IGNORECASE)


def _words(text: str) -> set[str]:
    return {re.sub(r"^(?:qu|[ldjsn])’", "", word) for word in re.findall(r"[\w’-]+", text.casefold())}


def left(said: str, tag: str) -> Iterator[str]:
    """Give what in a sentence may agree with one of our words and would not follow another: with its neighbours."""
    text = _pattern(tag).sub(lambda one: "§" if one["noun"] else one[0], _AGREEING.sub("¤", said))
    read = [one.span() for each in READ[tag].split("; ") for one in re.finditer(re.escape(each), text, re.IGNORECASE)]
    for feminine in {noun(OURS[term][tag], tag).feminine for term in terms_of(said, tag)}:
        for one in agreeing(tag, feminine).finditer(text):
            if not (_beside(text, one, tag) or any(start <= one.start() < end for start, end in read)):
                yield " ".join((*text[: one.start()].split()[-2:], f"[{one[0]}]", *text[one.end() :].split()[:2]))


def _beside(text: str, one: re.Match[str], tag: str) -> bool:
    before = re.split(r"[.;:?!]", text[: one.start()])[-1]
    after = re.split(r"[.;:?!,]", text[one.end() :])[0]
    if tag == "fr" and _AVOIR.search(before):
        return True
    near = [one[0], *reversed(re.findall(r"[\w§]+", before)[-BESIDE:])], re.findall(r"[\w§]+", after)[:2]
    return any(_other(words, tag) for words in near)


def _other(words: list[str], tag: str) -> bool:
    others = set(OTHERS[tag].split())
    for word in words:
        if word == "§":
            return False
        if {word.casefold(), word.casefold().removesuffix("s")} & others:
            return True
    return False
