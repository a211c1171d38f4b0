"""Questionnaires and answers for the tests of the domain, small enough to read."""

from hypothesis import strategies as st

from surveys.domain.logic import DONT_KNOW, Answer, Answers, Written
from surveys.domain.questionnaire import Choice, Condition, Item, Kind, Question, Questionnaire, Section, Words, plain


def words(text: str) -> Words:
    return {"en": text}


def choices(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, words(name)) for name in names)


STEPS = choices("1", "2", "3", "4", "5")
VOICES = choices("women", "young", "elders")
THREATS = choices("fire", "arrest")
MEASURES = choices("bell", "walks", "fund", "radio", "guard", "night", "car", "house", "food")


def question(name: str, kind: Kind = Kind.SCALE, offered: tuple[Choice, ...] = STEPS, **rest: object) -> Question:
    return Question(name, kind, words(name), offered, **rest)  # type: ignore[arg-type]  # whatever the test sets


def asking(*questions: Question, voice: str = "") -> Questionnaire:
    return Questionnaire(
        "test", 1, words("t"), words("i"), words("c"), 1, ("en",), (Section("S", words("s"), questions),), {}, voice
    )


def everything() -> Questionnaire:
    """One question of each kind, a repeated section, a condition in it, choices taken from a list."""
    last = Choice("no", words("no"), last=True)
    first = Section(
        "A",
        words("a"),
        (
            question("A2", Kind.SINGLE, VOICES, dont_know=True),
            question("N", Kind.NOTE, ()),
            question("B1", dont_know=True),
            question("H1", Kind.APPROVAL, (), choices_from="measures", maximum=3),
            question("H2", Kind.TEXT, choices("tired", "afraid"), length=20),
            question("H3", Kind.MULTIPLE, (*choices("yes"), last), dont_know=True, shuffled=True),
        ),
    )
    later = question("C2", show_if=Condition("C1", ("4", "5")))
    second = Section("C", words("c"), (question("C1"), later), repeat="threats")
    lists = {"threats": THREATS, "measures": MEASURES}
    return Questionnaire("test", 1, words("t"), words("i"), words("c"), 1, ("en",), (first, second), lists, "A2")


def _answer(item: Item) -> st.SearchStrategy[Answer]:
    places, asked = range(1, len(item.question.choices) + 1), item.question
    some = st.frozensets(st.sampled_from(places), min_size=1, max_size=asked.maximum or None)
    if asked.kind is Kind.TEXT:
        text = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=asked.length)
        text = text.filter(lambda said: len(plain(said)) <= asked.length)  # some signs are two once they are composed
        return st.builds(Written, some, text)
    given = some if asked.kind in (Kind.MULTIPLE, Kind.APPROVAL) else st.sampled_from(places)
    return st.one_of(given, st.just(DONT_KNOW)) if asked.dont_know else given


def answers(asked: Questionnaire) -> st.SearchStrategy[Answers]:
    """Any answers that fit their items, some skipped."""
    return st.fixed_dictionaries({}, optional={item.key: _answer(item) for item in asked.items})
