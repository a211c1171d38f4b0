"""The first day, walked in a real browser without JavaScript, at the width of a phone."""

import pytest
from playwright.sync_api import Page, expect

from deliberation.cli.story import MEETING
from tests.journeys.conftest import Lived, saved

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(lived: Lived) -> Page:
    """A phone whose browser runs no script."""
    return lived.served.look(scripts=False).new_page()


def filled(page: Page, card: str) -> None:
    page.locator("input[type=radio][value='2']").first.check()
    page.locator("input[name=consent]").check()
    page.fill("#card", card)
    page.click("button.big[value=review]")


def test_a_member_answers_with_a_card_and_mistakes_cost_nothing(lived: Lived, page: Page) -> None:
    lived.enter(page, lived.forty)
    page.click("a:has-text('Answer')")
    card = lived.card()
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)

    filled(page, wrong)
    expect(page.locator("#problems")).to_be_visible()
    expect(page.locator("input[type=radio][value='2']").first).to_be_checked()

    page.fill("#card", card)
    page.click("button.big[value=review]")
    page.click("button.big[value=send]")
    expect(page).to_have_url(f"{lived.served.url}/en/{lived.forty.slug}/thanks/{lived.forty.boxes['open']}")

    page.goto(f"/en/{lived.forty.slug}/answer/{lived.forty.boxes['open']}")
    filled(page, card)
    page.click("button.big[value=send]")
    expect(page.get_by_text("typed another card")).to_be_visible()


def test_one_key_fails_several_open_and_a_witness_is_found(lived: Lived, page: Page) -> None:
    place, box = lived.forty, lived.forty.boxes["waiting"]
    lived.enter(page, place)
    for slot, given in ((2, "2 of 3"), (3, None)):
        lived.sit(page, place, slot)
        page.click("main a >> nth=0")
        page.fill("#sign input[name=passphrase]", place.passphrases[slot])
        page.click("#sign button")
        if given:
            expect(page.locator("main")).to_contain_text(given)
            saved(page, "one-key-is-not-enough")
            page.goto(f"/en/{place.slug}/results/{box}")
            expect(page.locator("main")).not_to_contain_text(place.witness)

    page.goto(f"/en/{place.slug}/results/{box}")
    expect(page.locator("main")).to_contain_text(place.witness)


def test_a_danger_for_one_voice_is_treated_now(lived: Lived, page: Page) -> None:
    lived.enter(page, lived.forty)
    page.goto(f"/en/{lived.forty.slug}/board")

    expect(page.locator("main")).to_contain_text(
        "Forced recruitment of young people. It is grave and likely for one of"
    )


def test_sixteen_people_are_shown_in_bands_only(lived: Lived, page: Page) -> None:
    lived.enter(page, lived.sixteen)
    page.goto(f"/en/{lived.sixteen.slug}/results/{lived.sixteen.boxes['baseline']}")

    expect(page.locator("main")).not_to_contain_text("%")


def test_six_answers_are_not_opened_and_the_page_says_what_next(lived: Lived, page: Page) -> None:
    lived.enter(page, lived.six)
    page.goto(f"/en/{lived.six.slug}/results/{lived.six.boxes['six']}")

    expect(page.locator("main")).to_contain_text("too few", ignore_case=True)


def test_meeting_the_company_is_stopped_by_the_protocol(lived: Lived, page: Page) -> None:
    lived.enter(page, lived.forty)
    page.goto(f"/en/{lived.forty.slug}/proposals")
    page.get_by_role("link", name=MEETING["en"]).click()

    expect(page.locator("main")).to_contain_text("no dialogue", ignore_case=True)


def test_no_page_lets_anybody_adopt_alone(lived: Lived, page: Page) -> None:
    lived.enter(page, lived.forty)
    lived.sit(page, lived.forty, 4)
    for slug in (f"proposal-{number}" for number in range(2, 8)):
        page.goto(f"/en/{lived.forty.slug}/circle/proposals/{slug}")
        assert page.locator("button", has_text="Adopt").count() == 0
