"""Whatever word an assembly chose, no sentence of the interface says it with a wrong article."""

import re
from functools import lru_cache

import pytest

from commons.grammar import APART, KEPT
from commons.terms import OURS, both, noun, put
from tests.commons.test_terms import messages

WORDS = {  # invented, so that none of them is there already: each gender, with a consonant and with a vowel
    "en": ("a zoukal, zoukals", "an oukal, oukals"),
    "fr": ("une zoukale, zoukales", "un zoukal, zoukaux", "une oukale, oukales", "un oukal, oukaux"),
    "es": ("una zoukala, zoukalas", "un zoukal, zoukales", "una akala, akalas", "un ekal, ekales"),
}
NEVER = {  # by language: what may not stand before one thing, before several, and that for each gender
    "en": (r"\bsome ", r"\ban? ") * 2,
    "fr": (
        r"\b(?:le|du|au|un|ce|cet|aucun|quel|seul|tout|dernier|prochain|de le|à le) ",
        r"\b(?:le|la|du|au|une?|ce|cette|cet|son|sa|aucune?|quelle?) ",
        r"\b(?:la|une|cette|sa|ma|aucune|quelle|seule|toute|dernière|prochaine|de le|à le) (?:(?!par )\w+ )?",
        r"\b(?:le|la|du|au|une?|ce|cette|cet|son|sa|aucune?|quelles?|toutes|nouvelles|certaines) ",
    ),
    "es": (
        r"\b(?:el|del|al|un|este|ese|ningún|algún|nuestro|propio|último|próximo|los|las) ",
        r"\b(?:el|la|del|al|una?|est[ea]|es[ea]|los|unos|estos|esos|nuestros|otros|muchos|pocos|varios) ",
        r"\b(?:la|una|esta|esa|ninguna|alguna|nuestra|propia|última|próxima|misma|de el|a el) (?:(?!su )\w+ )?",
        r"\b(?:el|la|del|al|una?|est[ea]|es[ea]|las|unas|estas|esas|nuestras|otras|muchas|pocas|varias|tantas) ",
    ),
}
HEARD = {  # by language: what may not stand before a consonant, and before a vowel
    "en": (r"\ban ", r"\ba "),
    "fr": (r"\b(?:l|d)’|\bcet ", r"\b(?:le|la|du|au|ce|sa|de) "),
    "es": (r"\b[eu] ", r"\b[eu] "),
}
CASES = [(tag, word) for tag, words in WORDS.items() for word in words]


@lru_cache(maxsize=64)
def saying(tag: str, term: str) -> tuple[str, ...]:
    """Every sentence in which the letters of one of our words stand, whatever they say there."""
    ours = noun(OURS[term][tag], tag)
    return tuple(one for one in messages(tag) if ours.one in one.casefold() or ours.many in one.casefold())


@lru_cache(maxsize=16)
def around(tag: str, written: str) -> list[str]:
    """Every sentence that changed when one word took the place of each of ours in turn."""
    pairs = [(one, put(one, tag, ((term, written),))) for term in OURS for one in saying(tag, term)]
    return [after for before, after in pairs if both(before)[0] != after]


@pytest.mark.parametrize(("tag", "written"), CASES)
def test_no_sentence_says_an_own_word_with_a_wrong_article(tag: str, written: str) -> None:
    word = noun(written, tag)
    one, several = NEVER[tag][0 if word.feminine else 2], NEVER[tag][1 if word.feminine else 3]
    wrong = re.compile(rf"(?:(?:{one}){word.one}|(?:{several}){word.many})(?!\w)", re.IGNORECASE)

    said = around(tag, written)

    assert len(said) > 150
    assert [one for one in said if wrong.search(one)] == []


@pytest.mark.parametrize(("tag", "written"), CASES)
def test_no_sentence_says_an_own_word_as_it_is_not_heard(tag: str, written: str) -> None:
    word = noun(written, tag)
    heard = re.compile(rf"(?:{HEARD[tag][word.vowel]})(?:{word.one}|{word.many})(?!\w)", re.IGNORECASE)

    assert [one for one in around(tag, written) if heard.search(one)] == []


@pytest.mark.parametrize(("tag", "written"), CASES)
def test_a_word_of_either_gender_leaves_ours_nowhere(tag: str, written: str) -> None:
    for term, ours in OURS.items():
        own = noun(ours[tag], tag)
        left = re.compile(rf"(?<![\w(-])(?:{own.one}|{own.many})(?!\w|{APART[tag]})", re.IGNORECASE)
        kept = re.compile(KEPT[tag], re.IGNORECASE)
        said = [kept.sub(" ", put(one, tag, ((term, written),))) for one in saying(tag, term)]
        assert [one for one in said if left.search(one)] == []


@pytest.mark.parametrize(
    ("tag", "term", "said"),
    [
        ("fr", "threat", "Ce qui nous menace"),
        ("fr", "measure", "Au fur et à mesure, dans la mesure où nous sommes en mesure"),
        ("fr", "plan", "Au premier plan"),
        ("es", "threat", "Lo que nos amenaza"),
        ("es", "measure", "A medida que, en la medida en que"),
        ("en", "box", "Tick this box"),
        ("en", "plan", "Before you plan"),
        ("en", "circle", "One of our talking circles"),
        ("en", "round", "No answer could turn that round"),
        ("fr", "circle", "Un cercle de parole, de nos cercles de parole"),
        ("fr", "round", "Le tour de service, un tour de parole, à son tour, à qui est le tour"),
        ("fr", "voice", "Dites-le à voix haute"),
        ("es", "circle", "Los círculos de palabra"),
        ("es", "voice", "Léanlo en voz alta"),
        ("en", "box", 'See <a href="/box/plan">%(box)s</a> and <code>open box</code> at https://box.example/box'),
    ],
)
def test_what_only_looks_like_a_word_of_ours_is_left_alone(tag: str, term: str, said: str) -> None:
    assert put(said, tag, ((term, WORDS[tag][0]),)) == said


@pytest.mark.parametrize(
    ("tag", "term", "own", "ours", "said"),
    [
        ("fr", "plan", "une route, routes", "Le plan, du plan au plan", "La route, de la route à la route"),
        ("fr", "plan", "une étoile, étoiles", "Ce plan, le plan", "Cette étoile, l’étoile"),
        ("fr", "plan", "une route, routes", "Le plan est {décidé|décidée}.", "La route est décidée."),
        ("fr", "circle", "une ronde, rondes", "Le cercle, du cercle au cercle", "La ronde, de la ronde à la ronde"),
        ("es", "circle", "una rueda, ruedas", "Del círculo al círculo", "De la rueda a la rueda"),
        ("fr", "decision", "un accord, accords", "Cette décision, liste de décisions", "Cet accord, liste d’accords"),
        ("es", "plan", "una ruta, rutas", "Nuestro plan, del plan", "Nuestra ruta, de la ruta"),
        ("es", "measure", "una iniciativa, iniciativas", "amenazas y medidas", "amenazas e iniciativas"),
        ("es", "measure", "una hierba, hierbas", "amenazas y medidas", "amenazas y hierbas"),
        ("es", "proposal", "una obra, obras", "medidas o propuestas", "medidas u obras"),
        ("en", "plan", "an hour, hours", "A plan", "An hour"),
        ("en", "facilitator", "a uplifter, uplifters", "Ask a facilitator", "Ask a uplifter"),
    ],
)
def test_articles_follow_a_word_of_either_gender(tag: str, term: str, own: str, ours: str, said: str) -> None:
    assert put(ours, tag, ((term, own),)) == said


def test_a_word_that_holds_another_of_ours_is_not_replaced_twice() -> None:
    own = (("assembly", "a circle of the box, circles"), ("box", "an assembly, assemblies"))

    assert put("The assembly opens a box.", "en", own) == "The circle of the box opens an assembly."
