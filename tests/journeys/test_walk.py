"""The demonstration's walk: there in a demonstration, nowhere else, in each language."""

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from commons import db
from commons.settings import Settings
from deliberation.cli import demonstration
from tests.visitor import Visitor

pytestmark = pytest.mark.slow


def test_an_ordinary_house_has_no_walk(app: Flask, visitor: Visitor) -> None:
    assert visitor.client.get("/demo").status_code == 404
    assert visitor.client.get("/en/demo").status_code == 404


def test_the_walk_is_told_in_each_language_and_shows_bare_rows(tmp_path: Path) -> None:
    app = create_app(Settings(instance=tmp_path, demonstration=True, passphrase_memory=1))
    with app.app_context():
        db.upgrade()
        told = demonstration.live(lambda _progress: None)
        demonstration.keep(told)
        visitor = Visitor(app)

        for tag in ("en", "fr", "es"):
            page = visitor.visit(f"/{tag}/demo")
            assert told[0].cards[0] in page.text
            assert len(page.all("ul", class_="rows-said")[0].findall("li")) == 3
        assert visitor.client.get("/xx/demo").status_code == 404
        assert visitor.client.get("/demo").headers["Location"].endswith("/en/demo")
        db.session.remove()
        db.db.engine.dispose()
