"""Redo the stylesheet that Plotly needs: under a strict policy it may not inject its own rules.

Run once for each new version of Plotly: `python bench/plotly_rules.py` writes `static/vendor/plotly-rules.css`.
"""

import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
BUNDLE = VENDOR / "plotly-basic-4.1.1.min.js"
RULES = VENDOR / "plotly-rules.css"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DRAW = """() => Plotly.newPlot(document.body, [{type: "bar", x: [1], y: [1]}]).then(() =>
  [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)))"""


def extract(page: Page) -> list[str]:
    """Return every rule the vendored bundle injects into an empty page where nothing forbids it."""
    page.set_content("<!doctype html><title>.</title><body></body>")
    page.add_script_tag(path=BUNDLE)
    rules: list[str] = page.evaluate(DRAW)
    return rules


def main() -> None:
    """Write the rules, one a line."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM or None, args=QUIET)
        rules = extract(browser.new_page())
        browser.close()
    RULES.write_text("".join(f"{rule}\n" for rule in rules), "utf-8")


if __name__ == "__main__":
    main()
