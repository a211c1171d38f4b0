"""Paper typed in by two: what they agree on enters the box, what they do not is shown and typed again."""

import pytest
from sqlalchemy import func, select

from commons import access
from commons.clock import Clock
from commons.db import session
from commons.settings import here
from surveys.actions import paper
from surveys.domain.cards import Code, show
from surveys.domain.questionnaire import Kind, Question, Questionnaire, Section
from surveys.models import Ballot
from surveys.queries import Survey, release
from tests.surveys.boxes import asked
from tests.surveys.hall import Hall, choices, words
from tests.visitor import Page, Visitor

pytestmark = pytest.mark.usefixtures("box")
FORMS = "/en/casa/circle/surveys/practice-1/forms"


@pytest.fixture
def box(place: Hall, cards: tuple[Code, ...]) -> Survey:
    return place.open(asked())


def let_in(place: Hall, survey: Survey, codes: tuple[Code, ...]) -> None:
    place.act("surveys.paper", **paper.exchanged(place.assembly, survey.slug, codes))


def begin(two: Visitor, **fields: object) -> Page:
    said = {"passphrase": "open 1", "other": "2", "theirs": "open 2", **fields}
    return two.submit(two.visit(FORMS), "begin", **said)


def held() -> int:
    return session.scalar(select(func.count()).select_from(Ballot)) or 0


def written(page: Page, name: str) -> str:
    return next("".join(one.itertext()).strip() for one in page.all("textarea", name=name))


def test_cards_given_in_are_proposed_with_as_many_forms(two: Visitor, cards: tuple[Code, ...]) -> None:
    page = two.visit(FORMS)
    lines = "\n".join(show(code) for code in cards[:5])

    assert "Count the forms again" in two.submit(page, "exchange", forms="6", codes=lines).text
    assert "Count the forms again" in two.submit(page, "exchange", forms="five", codes=lines).text
    assert "not the number of a card" in two.submit(page, "exchange", forms="5", codes="12").text
    few = "\n".join(cards[:2])
    assert "So few forms are not read by anybody" in two.submit(page, "exchange", forms="2", codes=few).text
    act = two.submit(page, "exchange", forms="5", codes=f"{lines}\n{cards[0]}")
    assert "Let 5 paper forms into “q”" in act.text
    assert cards[0] not in act.text


def test_a_form_enters_when_both_typed_the_same(
    two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...]
) -> None:
    let_in(place, box, cards[:5])
    first = begin(two)
    assert "Place 1 types" in first.text
    assert "5 forms are still to be typed in." in first.text

    second = two.send(first, {"B1": "4", "H2-text": "A well"}, "typing")
    assert "Now place 2 types the same again" in second.text
    assert "A well" not in second.response.get_data(as_text=True)
    following = two.send(second, {"B1": "4", "H2-text": "a  well"}, "typing")

    assert "4 forms are still to be typed in." in following.text
    assert held() == 1
    again = two.send(second, {"B1": "4", "H2-text": "a well"}, "typing")
    assert "This form is in the box already" in again.text
    assert held() == 1


def test_where_two_typings_differ_it_is_shown_and_both_type_that_again(
    two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...]
) -> None:
    let_in(place, box, cards[:5])
    second = two.send(begin(two), {"B1": "4", "H2-text": "a well"}, "typing")

    again = two.send(second, {"B1": "5", "H2-text": "a well"}, "typing")

    assert "You typed two different things here: “Four”, then “Five”." in again.text
    assert "Place 1 types" in again.text
    assert written(again, "H2-text") == "a well"
    assert held() == 0
    passed = two.send(again, {"B1": "5"}, "typing")
    assert written(passed, "H2-text") == "a well"
    assert "4 forms are still" in two.send(passed, {"B1": "5"}, "typing").text
    assert held() == 1


def traces(text: str) -> list[str]:
    """Return the files of this instance that hold a text, plain or as it would be escaped."""
    files = [path for path in here().settings.instance.rglob("*") if path.is_file()]
    return [path.name for path in files if text.encode() in path.read_bytes()]


def test_between_the_two_typings_nothing_is_kept(
    two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...]
) -> None:
    let_in(place, box, cards[:5])

    second = two.send(begin(two), {"B1": "4", "H2-text": "behind the mill"}, "typing")

    assert traces("behind the mill") == []
    two.send(second, {"B1": "4", "H2-text": "behind the mill"}, "typing")
    assert held() == 1
    assert traces("behind the mill") == []
    (here().settings.instance / "leak").write_text("a first typing: behind the mill")
    assert traces("behind the mill") == ["leak"], "a text that was kept would be found"


def test_nothing_and_a_text_are_told_apart(two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...]) -> None:
    let_in(place, box, cards[:5])
    second = two.send(begin(two), {"B1": ""}, "typing")

    again = two.send(second, {"B1": "", "H2-text": "a well"}, "typing")

    assert "“nothing”, then “a well”" in again.text


def test_what_does_not_fit_is_said_and_nothing_is_lost(
    two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...]
) -> None:
    let_in(place, box, cards[:5])

    again = two.send(begin(two), {"B1": "9", "H2-text": "a well"}, "typing")

    assert "That answer is not offered here." in again.text
    assert written(again, "H2-text") == "a well"


def test_two_different_people_of_the_circle_type(
    two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...]
) -> None:
    let_in(place, box, cards[:5])

    for other in ("1", "0", "", "many"):
        assert "another place of the circle" in begin(two, other=other).text
    for wrong in ({"passphrase": "guess"}, {"theirs": "guess"}):
        assert "That passphrase does not open your place." in begin(two, **wrong).text
    assert "another place of the circle" in begin(two, other="9", theirs="open 9").text


def test_a_turn_of_another_sitting_is_refused(two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...]) -> None:
    let_in(place, box, cards[:5])
    page = begin(two)

    for turn in ("", "00", "zz"):
        two.send(page, {"turn": turn}, "typing", status=400)
    two.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))
    fresh = begin(two)
    mine = next(one for one in page.all("input", name="turn")).get("value", "")
    two.send(fresh, {"turn": mine}, "typing", status=400)


def test_when_every_form_is_in_the_box_nothing_more_can_be_typed(
    two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...], stopped: Clock
) -> None:
    let_in(place, box, cards[:5])
    page = begin(two)
    for _ in range(5):
        page = two.send(two.send(page, {"B1": "4"}, "typing"), {"B1": "4"}, "typing")

    assert "Let forms in, for cards given in" in page.text
    assert held() == 5
    stopped.move(days=8)
    two.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))
    assert "no form waits to be typed in" in two.visit(FORMS).text
    place.count(box.slug)
    two.visit(FORMS, status=404)


@pytest.fixture
def bowls(place: Hall, cards: tuple[Code, ...]) -> Survey:
    steps = Question("B1", Kind.SCALE, words("Safe?"), choices("one", "two"), dont_know=True, cut=(2, 2))
    only = (Section("A", words("a"), (steps,)),)
    return place.open(Questionnaire("q", 1, words("q"), {}, words("I know."), 1, ("en",), only))


def test_stones_are_counted_by_two_and_enter_together(
    two: Visitor, place: Hall, bowls: Survey, cards: tuple[Code, ...], stopped: Clock
) -> None:
    forms = FORMS.replace("practice-1", bowls.slug)
    let_in(place, bowls, cards[:6])
    said = {"passphrase": "open 1", "other": "2", "theirs": "open 2", "kind": "stones"}
    counting = two.submit(two.visit(forms), "begin", **said)

    assert "Together there must be 6 stones" in two.send(counting, {"stones-1": "4", "stones-2": "1"}, "typing").text
    assert "Type a whole number." in two.send(counting, {"stones-1": "4", "stones-2": "x"}, "typing").text
    counted = {"stones-1": "4", "stones-2": "1", "stones-255": "0", "stones-0": "1"}
    second = two.send(counting, counted, "typing")
    other = two.send(second, {**counted, "stones-1": "3", "stones-2": "2"}, "typing")
    assert "“4”, then “3”" in other.text
    two.send(two.send(other, counted, "typing"), counted, "typing")

    assert held() == 6
    stopped.move(days=8)
    two.client.set_cookie(access.SITTING, access.sit_down(place.assembly, 1))
    place.count(bowls.slug)
    assert "6 ballots bear no number: they came on paper." in two.visit("/en/casa/cards").text
    found = release(place.assembly, bowls.slug, whole=True)
    assert found is not None
    assert (found.data["ballots"], found.data["witnesses"]) == (6, [])


def test_stones_serve_one_question_only(two: Visitor, place: Hall, box: Survey, cards: tuple[Code, ...]) -> None:
    let_in(place, box, cards[:5])

    assert "Stones in bowls" not in two.visit(FORMS).text
    assert "Safe?" in begin(two, kind="stones").text
