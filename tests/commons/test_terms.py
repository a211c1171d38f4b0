"""An assembly's own words take the place of ours wherever that is sound, and nowhere else."""

from functools import lru_cache

import pytest

from commons.i18n import ROOMS, catalogue, forms
from commons.terms import OURS, Noun, Unsaid, noun, put, unclear

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
        ("fr", "un baraza, barazas", "L’assemblée a été {fondée|fondé}.", "Le baraza a été fondé."),
        ("fr", "une palabre, palabres", "L’assemblée a été {fondée|fondé}.", "La palabre a été fondée."),
        ("fr", "un baraza, barazas", "{assembly:Fondée|Fondé}, une carte {card:tirée|tiré}", "Fondé, une carte tirée"),
        ("fr", "un hôtel, hôtels", "De l’assemblée, l’assemblée", "De l’hôtel, l’hôtel"),
        ("fr", "une hutte, huttes", "De l’assemblée, l’assemblée", "De la hutte, la hutte"),
        ("fr", "un arbre, arbres", "Une nouvelle assemblée, la nouvelle assemblée", "Un nouvel arbre, le nouvel arbre"),
        ("fr", "un arbre, arbres", "Seule l’assemblée, toutes les assemblées", "Seul l’arbre, tous les arbres"),
        ("fr", "un baraza, barazas", "De la dernière assemblée à la première", "Du dernier baraza à la première"),
        ("es", "una minga, mingas", "De la asamblea; las asambleas", "De la minga; las mingas"),
        ("es", "un cabildo, cabildos", "De la asamblea a la asamblea", "Del cabildo al cabildo"),
        ("es", "un cabildo, cabildos", "Esta asamblea, las asambleas", "Este cabildo, los cabildos"),
        ("es", "un cabildo, cabildos", "La asamblea fue {fundada|fundado}.", "El cabildo fue fundado."),
        ("es", "un cabildo, cabildos", "A la primera asamblea, de la última", "Al primer cabildo, de la última"),
        ("es", "un cabildo, cabildos", "Todas nuestras asambleas, ninguna", "Todos nuestros cabildos, ninguna"),
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


@pytest.mark.parametrize(
    "said", ["{leader:Perdue|Perdu}", "{perdue}", "{perdue|perdu|perdus}", "perdue|perdu", "{card:perdue|perdu"]
)
def test_what_is_written_twice_is_written_soundly(said: str) -> None:
    assert unclear(said)
    assert not unclear("La carte {perdue|perdu}, {card:Perdue|Perdu}")


def test_what_agrees_with_one_of_two_terms_unnamed_stays_as_with_ours() -> None:
    own = (("card", "un épi, épis"),)

    assert put("La carte et l’urne {perdue|perdu}", "fr", own) == "L’épi et l’urne perdue"
    assert put("La carte {perdue|perdu}", "fr", ()) == "La carte perdue"


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ("Chaque voix, une de nos voix, quatre voix", "Chaque groupe, une de nos groupes, quatre groupes"),
        ("La voix ; les seules voix", "Le groupe ; les seuls groupes"),
        ("À voix haute, de vive voix", "À voix haute, de vive voix"),
    ],
)
def test_a_word_written_alike_for_one_and_for_several_is_told_by_what_stands_before_it(ours: str, said: str) -> None:
    assert put(ours, "fr", (("voice", "un groupe, groupes"),)) == said


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
