"""Every act as facilitators meet it on a narrow phone: nothing is cut off, nothing complains."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from commons import access, clock
from tests.deliberation.everything import every_act, put_all
from tests.deliberation.gathering import resumed
from tests.deliberation.sitting import time
from tests.journeys.conftest import overflow, serving, watched
from tests.journeys.test_every_page import NARROW, troubles

__all__ = ["time"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
MORE = ("sitting", "allies", "delete", "surveys/pulse-1/series", "surveys/round-1")


@pytest.mark.parametrize("tag", ["en", "fr", "es"])
def test_every_act_fits_a_narrow_phone(app: Flask, chromium: Browser, time: clock.Clock, tag: str) -> None:
    place = resumed(app)
    ids = put_all(place, every_act(place, time))
    sitting = access.sit_down(place.assembly, 1)

    with serving(app, chromium) as served:
        window = served.look(viewport=NARROW)
        window.add_cookies([{"name": access.SITTING, "value": sitting, "url": served.url}])
        page = window.new_page()
        wrongs = watched(page)
        paths = ["circle/", *(f"circle/{one}" for one in MORE), *(f"circle/acts/{one}" for one in ids.values())]
        looked_at = {"circle/", *paths[: len(MORE) + 2], "log/minutes"}
        for path in (*paths, "log", "log/minutes"):
            answer = page.goto(f"/{tag}/river/{path}")
            assert answer is not None
            assert answer.status == 200, path
            page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
            assert overflow(page) == 0, path
            assert path not in looked_at or troubles(page) == [], path
        window.close()

    assert wrongs == []
