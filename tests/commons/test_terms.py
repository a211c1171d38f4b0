"""An assembly's own words take the place of ours wherever that is sound, and nowhere else."""

from functools import lru_cache

import pytest

from commons.i18n import ROOMS, catalogue, forms
from commons.terms import OURS, Noun, Unsaid, noun, put

PALABRE = (("assembly", "une palabre, des palabres"),)
BARAZA = (("assembly", "un baraza, barazas"),)
ARBRE = (("assembly", "un arbre, arbres"),)


@pytest.mark.parametrize(
    ("tag", "own", "ours", "said"),
    [
        ("en", "a baraza, barazas", "An assembly. The assembly’s assemblies.", "A baraza. The baraza’s barazas."),
        ("en", "an indaba, indabas", "For an assembly: %(assembly)s", "For an indaba: %(assembly)s"),
        ("en", "a baraza, barazas", "Reassembly %(assembly)s (assembly)", "Reassembly %(assembly)s (baraza)"),
        ("fr", "une palabre, palabres", "L’assemblée a été fondée.", "La palabre a été fondée."),
        ("fr", "une palabre, palabres", "le sort de l’assemblée, à l’assemblée", "le sort de la palabre, à la palabre"),
        ("fr", "une palabre, palabres", "son assemblée, cette assemblée", "sa palabre, cette palabre"),
        ("fr", "une palabre, palabres", "d’une assemblée, d’assemblées", "d’une palabre, de palabres"),
        ("fr", "une union, unions", "de l’assemblée, en assemblée", "de l’union, en union"),
        ("fr", "un baraza, barazas", "l’assemblée, de l’assemblée", "le baraza, du baraza"),
        ("fr", "un baraza, barazas", "cette assemblée, d’une assemblée", "ce baraza, d’un baraza"),
        ("fr", "un arbre, arbres", "cette assemblée, à l’assemblée", "cet arbre, à l’arbre"),
        ("fr", "un baraza, barazas", "L’assemblée a été fondée.", "L’assemblée a été fondée."),
        ("es", "una minga, mingas", "De la asamblea; las asambleas", "De la minga; las mingas"),
        ("es", "un cabildo, cabildos", "De la asamblea a la asamblea", "Del cabildo al cabildo"),
        ("es", "un cabildo, cabildos", "Esta asamblea, las asambleas", "Este cabildo, los cabildos"),
        ("es", "un cabildo, cabildos", "La asamblea fue fundada.", "La asamblea fue fundada."),
    ],
)
def test_a_word_brings_its_articles(tag: str, own: str, ours: str, said: str) -> None:
    assert put(ours, tag, (("assembly", own),)) == said


def test_several_words_are_put_in_one_sentence() -> None:
    own = (("box", "une jarre, jarres"), ("card", "une graine, graines"))

    assert put("Mettez votre carte dans l’urne.", "fr", own) == "Mettez votre graine dans la jarre."


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("baraza, barazas", "en"),
        ("a baraza", "en"),
        ("a <b>baraza</b>, barazas", "en"),
        ("a 100%, %(num)s", "en"),
        ("a , ", "en"),
        ("le baraza, barazas", "fr"),
        ("a baraza, barazas", "sw"),
        ("a " + "b" * 80 + ", c", "en"),
    ],
)
def test_what_is_no_word_with_its_article_is_refused(written: str, tag: str) -> None:
    with pytest.raises(Unsaid):
        noun(written, tag)


def test_a_word_is_read_with_its_gender_and_a_straight_apostrophe_is_bent() -> None:
    assert noun("une  palabre, des palabres", "fr") == Noun("palabre", "palabres", feminine=True, vowel=False)
    assert noun("a n'ata, n'atas", "en").one == "n’ata"


@lru_cache(maxsize=3)
def messages(tag: str) -> list[str]:
    """Every sentence of the interface in a language."""
    every = [message for room in ROOMS for message in catalogue("fr" if tag == "en" else tag, room) if message.id]
    return [form for one in every for form in forms(one.id if tag == "en" else one.string)]


@pytest.mark.parametrize(
    ("tag", "word", "ours"),
    [
        ("en", "a baraza, barazas", "assembl"),
        ("fr", "une palabre, palabres", "assemblée"),
        ("es", "una minga, mingas", "asamblea"),
    ],
)
def test_no_sentence_of_the_interface_still_says_our_word(tag: str, word: str, ours: str) -> None:
    said = [put(one, tag, (("assembly", word),)) for one in messages(tag)]

    assert sum(ours in one.casefold() for one in messages(tag)) > 60
    assert [one for one in said if ours in one.casefold().replace("%(assembly)s", "")] == []


@pytest.mark.parametrize(("tag", "word"), [("fr", "un baraza, barazas"), ("es", "un cabildo, cabildos")])
def test_a_word_of_another_gender_never_meets_what_agrees_with_ours(tag: str, word: str) -> None:
    pairs = [(one, put(one, tag, (("assembly", word),))) for one in messages(tag)]
    changed = [after for before, after in pairs if before != after]

    assert len(changed) > 20
    assert [one for one in changed if " elle " in one or "fondée" in one or " ella " in one] == []


def test_every_term_of_ours_is_known_in_the_three_languages() -> None:
    assert {tuple(words) for words in OURS.values()} == {("en", "fr", "es")}
    assert all(noun(word, tag) for words in OURS.values() for tag, word in words.items())


@pytest.mark.parametrize(
    "own", [(("assembly", "<b>, x"),), (("leader", "a boss, bosses"),), (("assembly", ""),), (("card", "seed"),)]
)
def test_what_was_changed_by_hand_in_the_database_leaves_our_word(own: tuple[tuple[str, str], ...]) -> None:
    said = "The assembly draws a card."

    assert put(said, "en", own) == said
    assert put(said, "en", (*own, ("card", "a seed, seeds"))) == "The assembly draws a seed."
