"""Where a word of ours is replaced by one of another gender, the rest of the sentence follows it."""

import re

import pytest

from commons.terms import OURS, both, noun, put, unclear
from tests.house.agreement import READ, left, sentences, terms_of, written_twice

OTHER = {  # a word of the other gender than ours: of a masculine one of ours a feminine one
    "fr": {True: "un zoukal, zoukaux", False: "une zoukale, zoukales"},
    "es": {True: "un zoukal, zoukales", False: "una zoukala, zoukalas"},
}
STARTS = {  # what a sentence that speaks of a thing without naming it begins with, or is
    "fr": r"(?:Elles?|Chacune|Aucune|L’une|Les \w+er toutes|La \w+er|\w+(?:ée|[dnltrçv]ue|[dr]ite|erte)s?)\b",
    "es": r"(?:Ellas?|Cada una|Ninguna de|\w{2,}(?:[ai]d|íd|uest|ert)as?|\w+[rn]las?)\b",
}
UNNAMED = {  # and where it speaks of something else
    "fr": "Alerte; Aucune réponse; Aucune raison; Aucune des personnes; Aucune demande; Aucune règle; "
    "Chacune de ces pages; Elle ne doit pas; Elle peut dépasser; Elle recopie; Imprimée le; L’une tape; "
    "La laisser de côté; entrée; laissée de côté",
    "es": "Acordadas hasta; Alerta; Aliadas; Cada una de estas páginas; Demasiadas; Escribirlas, dos; "
    "Probarla antes; Respuestas; embajada; entrada; respondida",
}


@pytest.mark.parametrize("tag", ["fr", "es"])
def test_every_word_that_may_agree_with_one_of_ours_follows_it(tag: str) -> None:
    assert sorted({f"{found}  ({said})" for said in sentences(tag) for found in left(said, tag)}) == []


@pytest.mark.parametrize("tag", ["fr", "es"])
def test_what_is_written_twice_says_with_which_term_it_agrees(tag: str) -> None:
    twice = [(said, one) for said in sentences(tag) for one in written_twice(said, tag)]

    assert len(twice) > 300
    assert [said for said, (term, ours, theirs) in twice if term not in OURS or ours == theirs] == []
    assert [said for said in sentences(tag) if unclear(said)] == []


def test_no_french_word_is_cut_short_before_a_consonant() -> None:
    """“d’{elle|lui}” would be “d’lui”: what is cut short before one word stands inside the braces."""
    cut = re.compile(r"\b(?:[cdjlmnst]|qu)’[b-df-gj-np-tv-xz]")

    assert cut.search("la mesure a pris fin d’lui-même")
    assert [one for said in sentences("fr") for one in both(said) if cut.search(one)] == []


@pytest.mark.parametrize("tag", ["fr", "es"])
def test_a_sentence_that_only_points_at_a_thing_of_ours_follows_its_word(tag: str) -> None:
    """“Adopted”, “Offer it”: nothing in them names a thing, and in French and Spanish they agree with its name."""
    plain = [re.sub(r"\{[^}]*\}", "¤", said) for said in sentences(tag) if not terms_of(said, tag)]
    found = [said for said in plain if re.match(STARTS[tag], said)]

    assert [said for said in found if not said.startswith(tuple(UNNAMED[tag].split("; ")))] == []


@pytest.mark.parametrize("tag", ["fr", "es"])
def test_nothing_is_read_that_no_sentence_says(tag: str) -> None:
    """What was read once and changed since is taken off the list, so that it stays short."""
    every = "\n".join(re.sub(r"\{[^}]*\}", "¤", said) for said in sentences(tag)).casefold()

    assert [one for one in READ[tag].split("; ") if "§" not in one and one.casefold() not in every] == []


@pytest.mark.parametrize("tag", ["fr", "es"])
@pytest.mark.parametrize("term", list(OURS))
def test_a_word_of_the_other_gender_changes_every_sentence_that_says_ours(tag: str, term: str) -> None:
    ours = noun(OURS[term][tag], tag)
    own = ((term, OTHER[tag][ours.feminine]),)
    named = re.compile(rf"\{{{term}:")

    changed = [said for said in sentences(tag) if put(said, tag, own) != both(said)[0]]

    assert len(changed) > 5
    assert [said for said in sentences(tag) if named.search(said) and put(said, tag, own) == both(said)[0]] == []


@pytest.mark.parametrize(
    ("tag", "said", "found"),
    [
        ("fr", "La carte est perdue.", ["§ est [perdue] ."]),
        ("fr", "La carte est {perdue|perdu}.", []),
        ("fr", "La réponse perdue dans l’urne.", []),
        ("fr", "Le cercle est fermé.", ["§ est [fermé] ."]),
        ("es", "La urna está cerrada.", ["§ está [cerrada] ."]),
        ("es", "La urna está {cerrada|cerrado}.", []),
        ("es", "La respuesta cerrada en la urna.", []),
    ],
)
def test_a_word_that_would_not_follow_is_seen(tag: str, said: str, found: list[str]) -> None:
    assert list(left(said, tag)) == found
