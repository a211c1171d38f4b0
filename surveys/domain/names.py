"""What looks like somebody's name in what is typed. A machine only reminds: people read what they write."""

import re
from collections.abc import Mapping
from enum import StrEnum

Words = Mapping[str, str]


class Doubt(StrEnum):
    """Whether what was typed looks like somebody's name."""

    NONE = ""
    MAYBE = "maybe"
    PERSON = "person"


_OF_PLACES = r"dr|don|doña|dona|col|cap|capitán|capitaine|captain|gen|padre|father|père|hermano|hermana"
"""Titles that places are named with, too."""
_OF_PEOPLE = r"mr|mrs|ms|sr|sra|srta|señor|señora|mme|mlle|monsieur|madame|ing|lic|prof|sgt|pastor"
_TITLE = re.compile(rf"\b(?:{_OF_PLACES}|{_OF_PEOPLE})\b\.?\s+(?-i:[A-ZÀ-Þ])", re.IGNORECASE)
_TITLED = rf"\b(?:{_OF_PLACES})\b\.?\s+"
_LEADS = (
    r"(?-i:\b(?:R[ií]o|Rivière|River|Ribera|Quebrada|Arroyo|Lac|Lago|Laguna|Lagune|Valle|Vallée|Cerro|Mont|Montagne|"
    r"Colline|Barrio|Quartier|Calle|Rue|Plaza|Puente|Pont|Presa|Barrage|Colegio|Collège|Escuela|École|Hospital|Hôpital|"
    r"Parroquia|Paroisse|Centro|Centre)\b)"
)
"""What stands before the name of a place, written with a capital; words that are also first names are left out."""
_ENDS = r"(?-i:\b(?:River|Valley|Creek|Basin|Reservoir|Island|Mountains|County|School)\b)"
"""What stands behind it; words that are also surnames are left out."""
_NAME, _ALONE = r"(?-i:[A-ZÀ-Þ])[\w’'-]*\b", r"(?!\s+(?-i:[A-ZÀ-Þ]))"
_PLACE = re.compile(
    rf"{_LEADS}\s+{_TITLED}{_NAME}{_ALONE}|{_TITLED}(?:{_NAME}\s+)?{_ENDS}{_ALONE}|\bdon\s+(?-i:Bosco)\b{_ALONE}",
    re.IGNORECASE,
)
"""A title inside the name of a place: “Don River”, “Colegio Don Bosco”; with a full name in it, it may be somebody."""
_BARE_PLACE = re.compile(rf"\s*{_LEADS}\s|.*\s{_ENDS}\s*$")
_THING = re.compile(
    r"\b(?:the|of|and|le|la|les|des?|du|el|los|las|del|y|et|company|compan\w+|mine|mining|ministry|police|army|bank|"
    r"entreprise|ministère|mairie|armée|banque|empresa|ministerio|alcaldía|policía|ejército|banco|union|radio|tv|"
    r"church|église|iglesia|fund\w*|group\w*|grup\w*|inc|ltd|sa|corp)\b",
    re.IGNORECASE,
)


def doubt(text: str) -> Doubt:
    """Tell whether a text looks like a person's name: a title before a name is one, two bare capitalised words may be.

    A title that belongs to the name of a place, beside a word that says so, is none: “Don River”, “Barrio Don Bosco”.
    Scripts without capital letters are never doubted: people read what they write, a machine only reminds them.
    """
    text = _PLACE.sub("", text)
    if _TITLE.search(text):
        return Doubt.PERSON
    words = text.split()
    capital = [word for word in words if word[:1].isupper() and word[1:].islower()]
    bare = len(words) in {2, 3, 4} and len(capital) == len(words)
    return Doubt.MAYBE if bare and not (_THING.search(text) or _BARE_PLACE.match(text)) else Doubt.NONE


def doubted(*texts: Words) -> Doubt:
    """Return the strongest doubt about some texts in any language."""
    found = {doubt(text) for words in texts for text in words.values()}
    return next((one for one in (Doubt.PERSON, Doubt.MAYBE) if one in found), Doubt.NONE)
