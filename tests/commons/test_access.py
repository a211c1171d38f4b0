"""The doors: what a stranger sees, what a word opens, what every response carries."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from commons import access, i18n, pages
from commons.assembly import Assembly, load
from commons.security import sounds_spoken, spoken
from tests.commons.test_quorum import founded
from tests.conftest import counted


@pytest.fixture
def river(app: Flask) -> Assembly:
    return load(founded("river").id)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("path", ["/en/river/", "/en/nowhere/", "/en/river/board", "/en/nowhere/board"])
def test_a_stranger_sees_one_page_everywhere(river: Assembly, client: FlaskClient, path: str) -> None:
    page = client.get(path)

    assert page.status_code == 200
    assert page.data == client.get("/en/elsewhere/plan").data
    assert b"river" not in page.data.lower()


@pytest.mark.parametrize("path", ["/en/river/", "/en/nowhere/"])
def test_a_wrong_word_tells_nothing_of_the_place(river: Assembly, client: FlaskClient, path: str) -> None:
    page = client.post(path, data={"reading_word": "kamo tiru sena"})

    assert page.data == client.post("/en/river/plan", data={"reading_word": "x"}).data
    assert "Set-Cookie" not in page.headers


def test_the_word_opens_and_the_cookie_is_the_same_for_all(river: Assembly, app: Flask) -> None:
    word = access.reading_word(river)
    typed = [word, word.upper(), f"  {word.replace(' ', '-')} "]

    cookies = {app.test_client().post("/en/river/", data={"reading_word": one}).headers["Set-Cookie"] for one in typed}

    assert len(cookies) == 1
    assert "HttpOnly" in next(iter(cookies))


def test_guesses_that_begin_well_are_slowed(river: Assembly, client: FlaskClient) -> None:
    first, _, _ = access.reading_word(river).partition(" ")
    for _ in range(40):
        client.post("/en/river/", data={"reading_word": f"{first} tiru sena"})

    page = client.post("/en/river/", data={"reading_word": access.reading_word(river)})
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("guess", ["x", "kamo tiru sena", "🌳 🌳 🌳", "{} tiru sena"])
def test_a_thousand_wrong_words_keep_nobody_out(river: Assembly, client: FlaskClient, guess: str) -> None:
    others = [
        word for one in range(34) for word in [spoken(bytes([one + 1]), 1)] if word not in access.reading_word(river)
    ]
    for number in range(1000):
        client.post("/en/river/", data={"reading_word": guess.format(others[number % len(others)])})

    page = client.post("/en/river/", data={"reading_word": access.reading_word(river)})
    assert page.status_code == 303


def test_a_whole_hall_may_type_the_word_at_once(river: Assembly, client: FlaskClient) -> None:
    told = {client.post("/en/river/", data={"reading_word": access.reading_word(river)}).status_code for _ in range(99)}

    assert told == {303}


def test_only_what_could_be_a_word_is_counted_as_a_guess(river: Assembly) -> None:
    assert sounds_spoken("kamo tiru", 2)
    assert not any(
        sounds_spoken(typed, 2) for typed in ("", "kamo", "kamo tiru sena", "kamo thru", "kamotiru", "ka mo")
    )


@pytest.mark.parametrize(
    "path", ["/en/river/%00", "/en/%00/", "/%00/river/", "/en/river/plan?form=%00", "/en/go?%00=1"]
)
def test_a_sign_no_database_keeps_is_refused_before_any_is_asked(client: FlaskClient, path: str) -> None:
    with counted() as asked:
        assert client.get(path).status_code in {400, 404}
        assert client.post(path, data={"reading_word": "\0"}).status_code == 400

    assert asked == []


@pytest.mark.parametrize("path", ["/", "/en/", "/fr/nowhere/", "/static/palabre.css", "/nothing/at/all", "/xx/river/"])
def test_every_response_carries_every_header(app: Flask, client: FlaskClient, path: str) -> None:
    for verb in ("GET", "HEAD", "POST", "OPTIONS", "DELETE"):
        response = client.open(path, method=verb)
        response.close()
        got = {name: response.headers.get(name) for name in pages.HEADERS}
        assert got == dict(pages.HEADERS)
        assert "ETag" not in response.headers
        assert response.headers["Cache-Control"] == pages.NO_STORE


def test_an_unknown_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400


def test_every_route_declares_its_face(app: Flask) -> None:
    undeclared = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "face")
    ]
    assert undeclared == []


def test_the_front_door_speaks_the_visitors_language(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Language": "es-GT,es;q=0.9"})

    assert answer.headers["Location"] == "/es/"


def test_a_text_falls_back_and_says_so(app: Flask) -> None:
    with app.test_request_context("/"):
        assert i18n.pick({"es": "Hola"}, "fr") == i18n.Said("Hola", "es", "ltr")
        assert i18n.pick({"es": "Hola", "en": "Hello"}, "fr") == i18n.Said("Hello", "en", "ltr")
        assert i18n.pick({}, "fr") == i18n.Said("", "fr", "ltr")


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_the_door_leads_to_founding_in_the_same_words_whatever_lives_here(
    app: Flask, client: FlaskClient, tag: str
) -> None:
    empty = client.get(f"/{tag}/").data
    founded()
    app.extensions["pages"] = pages.Store()

    assert f'href="/{tag}/found"'.encode() in empty
    assert client.get(f"/{tag}/").data == empty
    assert b"/found" not in client.get(f"/{tag}/river/").data
