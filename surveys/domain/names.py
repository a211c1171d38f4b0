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


_TITLE = re.compile(
    r"\b(?:mr|mrs|ms|dr|don|doña|dona|sr|sra|srta|señor|señora|mme|mlle|monsieur|madame|ing|lic|prof|col|cap|capitán|"
    r"capitaine|captain|gen|sgt|padre|father|père|pastor|hermano|hermana)\b\.?\s+(?-i:[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:the|of|and|le|la|les|des?|du|el|los|las|del|y|et|company|compan\w+|mine|mining|ministry|police|army|bank|"
    r"entreprise|ministère|mairie|armée|banque|empresa|ministerio|alcaldía|policía|ejército|banco|union|radio|tv|"
    r"church|église|iglesia|fund\w*|group\w*|grup\w*|inc|ltd|sa|corp)\b",
    re.IGNORECASE,
)


def doubt(text: str) -> Doubt:
    """Tell whether a text looks like a person's name: a title before a name is one, two bare capitalised words may be.

    Scripts without capital letters are never doubted: people read what they write, a machine only reminds them.
    """
    if _TITLE.search(text):
        return Doubt.PERSON
    words = text.split()
    capital = [word for word in words if word[:1].isupper() and word[1:].islower()]
    bare = len(words) in {2, 3, 4} and len(capital) == len(words)
    return Doubt.MAYBE if bare and not _THING.search(text) else Doubt.NONE


def doubted(*texts: Words) -> Doubt:
    """Return the strongest doubt about some texts in any language."""
    found = {doubt(text) for words in texts for text in words.values()}
    return next((one for one in (Doubt.PERSON, Doubt.MAYBE) if one in found), Doubt.NONE)
