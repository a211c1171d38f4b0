"""The vendored Plotly is the one Python speaks for, and it draws under the strict policy with the rules we serve."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright
from plotly.offline import get_plotlyjs_version

from bench.plotly_rules import BUNDLE, CHROMIUM, QUIET, RULES, extract
from commons import charts, pages

STATIC = Path(pages.STATIC)
PAGE = """<!doctype html><html lang="en"><title>.</title>
<link rel="stylesheet" id="plotly.js-style-global" class="no-inline-styles" href="/vendor/plotly-rules.css">
<script src="/vendor/{bundle}" defer></script><script src="/charts.js" defer></script>
<div class="chart"><script type="application/json" class="figure">{figure}</script></div></html>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM or None, args=QUIET)
        yield opened
        opened.close()


def serve(route: Route) -> None:
    """Answer from the static folder, and the page itself with the house's policy."""
    name = route.request.url.split("test", 1)[1].lstrip("/")
    if name:
        route.fulfill(path=STATIC / name)
        return
    figure = charts.stacked(["maize", "beans"], {"yes": [charts.Part(60), charts.Part(4, hatched=True)]})
    body = PAGE.format(bundle=BUNDLE.name, figure=figure)
    policy = {"Content-Security-Policy": pages.CONTENT_SECURITY}
    route.fulfill(body=body, content_type="text/html", headers=policy)


def drawn(page: Page) -> list[str]:
    """Open the page with a chart and return what the browser complained of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/*", serve)
    page.goto("http://palabre.test/")
    page.locator(".chart.drawn").wait_for()
    return said


def test_vendored_bundle_is_the_version_python_speaks_for() -> None:
    assert f"-{get_plotlyjs_version()}.min.js" in BUNDLE.name
    assert f"v{get_plotlyjs_version()}" in BUNDLE.read_text("utf-8")[:200]


@pytest.mark.browser
def test_served_rules_are_those_the_bundle_would_inject(browser: Browser) -> None:
    page = browser.new_page()

    rules = extract(page)

    assert RULES.read_text("utf-8").splitlines() == rules
    assert len(rules) > 60


@pytest.mark.browser
def test_chart_is_drawn_under_the_strict_policy_without_a_complaint(browser: Browser) -> None:
    page = browser.new_page()

    complaints = drawn(page)

    assert complaints == []
    assert page.locator(".main-svg").first.evaluate("svg => getComputedStyle(svg).position") == "absolute"
    assert page.locator("svg[aria-hidden=true]").count() == page.locator(".chart svg").count()


@pytest.mark.browser
def test_bars_keep_the_width_of_a_phone(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})

    assert drawn(page) == []
    bars = page.locator(".bars .point path").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert max(bars) > 120
    assert page.locator(".chart").evaluate("one => one.scrollWidth <= innerWidth")
