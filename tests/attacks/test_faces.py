"""Who gets which page: every address of the house, tried by a stranger, a member, and facilitators of two circles."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from commons import access, clock
from tests.attacks.standing import Standing, held
from tests.visitor import Visitor

FACES = {"public", "member", "facilitator"}
OBJECTS = {"survey", "slug", "act_id"}


def face(house: Standing, rule: Rule) -> str:
    return str(getattr(house.app.view_functions[rule.endpoint], "face", "file"))


def verb(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def seen(visitor: Visitor, rule: Rule, path: str) -> str:
    """Say in one word what somebody gets at an address."""
    response = visitor.client.open(path, method=verb(rule))
    door = visitor.client.get("/en/nowhere/").data
    told, where = response.data, response.headers.get("Location", "")
    response.close()
    if response.status_code == 200 and told == door:
        return "door"
    return "sign in" if where.endswith("/circle/sign-in") else str(response.status_code)


def test_every_route_declares_one_known_face(house: Standing) -> None:
    declared = {rule.endpoint: face(house, rule) for rule in house.app.url_map.iter_rules()}

    assert {name for name, which in declared.items() if which not in FACES} == {"static"}
    assert {which for name, which in declared.items() if ".circle" in name or name.endswith("lock")} == {"facilitator"}


def test_a_stranger_gets_one_and_the_same_page_wherever_a_word_is_needed(house: Standing) -> None:
    got = {path: seen(house.stranger(), rule, path) for rule, path in house.addresses() if face(house, rule) in FACES}
    inside = {path for path in got if path.startswith("/en/river/")}

    assert len(inside) > 50
    assert {got[path] for path in inside} == {"door"}
    assert "door" not in {got[path] for path in got.keys() - inside}


def test_a_member_reads_every_member_page_and_no_page_of_the_circle(house: Standing) -> None:
    member = house.member()
    open_to_all = [(rule, path) for rule, path in house.addresses() if not {"hall", "agenda"} & set(path.split("/"))]
    got = {(face(house, rule), seen(member, rule, path)) for rule, path in open_to_all}

    assert {what for which, what in got if which == "member"} == {"200"}
    assert {what for which, what in got if which == "facilitator"} == {"sign in"}


def test_a_facilitator_of_another_assembly_is_a_stranger_here(house: Standing) -> None:
    abroad = house.facilitator(house.other)
    inside = [(rule, path) for rule, path in house.addresses() if path.startswith("/en/river/")]

    assert {seen(abroad, rule, path) for rule, path in inside} == {"door"}

    abroad.reads(house.river.assembly)
    circle = [(rule, path) for rule, path in inside if face(house, rule) == "facilitator"]
    assert {seen(abroad, rule, path) for rule, path in circle} == {"sign in"}


def test_a_facilitator_finds_nothing_of_another_assembly_behind_their_own_addresses(house: Standing) -> None:
    """Each thing of the river is asked for at the hill, by somebody who sits there and whose form is in order."""
    abroad, before = house.facilitator(house.other), held()
    ours = abroad.visit("/en/hill/circle/").all("input", name="form_token")[0].get("value")
    asked = [(rule, path.replace("/river/", "/hill/")) for rule, path in house.addresses() if rule.arguments & OBJECTS]

    for rule, path in asked:
        for method in {"GET", "POST"} & (rule.methods or set()):
            response = abroad.client.open(path, method=method, data={"form_token": ours} if method == "POST" else None)
            assert response.status_code in {200, 400, 404}, path
            assert "Walk the boundary together" not in response.text

    assert len(asked) > 20
    assert held() == before


@pytest.mark.parametrize("end", ["act", "lock"])
def test_the_cookie_of_a_place_that_was_ended_or_locked_opens_nothing(
    house: Standing, time: clock.Clock, end: str
) -> None:
    sitting = house.facilitator(slot=5).reads(house.river.assembly)
    assert sitting.client.get("/en/river/circle/").status_code == 200

    if end == "act":
        house.river.later("deliberation.end", time, slot=5)
    else:
        one = house.facilitator(slot=1)
        one.submit(one.visit("/en/river/circle/members"), "Lock")

    assert sitting.client.get("/en/river/circle/").headers["Location"].endswith("/circle/sign-in")


def test_sitting_down_gives_a_new_token_whatever_cookie_one_came_with(house: Standing) -> None:
    visitor = house.member()
    visitor.client.set_cookie(access.SITTING, "chosen-by-somebody-else")
    page = visitor.visit("/en/river/circle/sign-in")

    visitor.submit(page, slot="1", passphrase="kamo tiru sena lobe dafa")

    given = visitor.client.get_cookie(access.SITTING)
    assert given is not None
    assert given.value != "chosen-by-somebody-else"
    assert (given.http_only, given.same_site) == (True, "Strict")
    fixed = Visitor(house.app)
    fixed.client.set_cookie(access.SITTING, "chosen-by-somebody-else")
    assert fixed.client.get("/en/river/circle/").data == fixed.client.get("/en/nowhere/").data


def test_a_sitting_runs_out(house: Standing, time: clock.Clock) -> None:
    sitting = house.facilitator().reads(house.river.assembly)
    for _ in range(50):
        time.move(minutes=9)
        sitting.client.get("/en/river/circle/")
    assert sitting.client.get("/en/river/circle/").status_code == 200

    time.move(minutes=40)
    assert sitting.client.get("/en/river/circle/").status_code == 303


@pytest.mark.parametrize("word", ["kamo tiru sena", "x", "", "🌳", "kamo tiru sena lobe", "a" * 5000])
def test_a_wrong_word_and_an_unknown_place_get_the_same_bytes(house: Standing, word: str) -> None:
    answers = [
        house.stranger().client.post(path, data={access.TYPED: word})
        for path in ("/en/river/", "/en/nowhere/", "/en/river/plan", "/en/nowhere/circle/", "/en/hill/log.json")
    ]

    assert len({(one.status_code, one.data, str(one.headers)) for one in answers}) == 1


def test_the_reading_cookie_is_the_same_for_every_member_and_says_nothing(app: Flask, house: Standing) -> None:
    held_by = [house.member().client.get_cookie(f"{access.READING}-river") for _ in range(5)]

    assert len({str(cookie) for cookie in held_by}) == 1
    assert held_by[0] is not None
    assert re.fullmatch("[0-9a-f]{64}", held_by[0].value)
    assert (held_by[0].http_only, held_by[0].same_site, held_by[0].max_age) == (True, "Strict", None)
