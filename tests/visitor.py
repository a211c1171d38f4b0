"""A visitor who inspects every page it opens, and sends each page's own form back. Pages are checked, not trusted."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from commons import access, pages
from commons.assembly import Assembly

MOST_REDIRECTS = 3
CHARTED = {"bar", "band", "chart"}
SPEAKS_FOR_ITSELF = {"hidden", "submit", "button"}
TICKS = re.compile(r'(?:<label[^>\n]*><input type="checkbox" name="[^"]+" value="[0-9]+"[^\n]*</label>\n)+')


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came: where it is, how it was answered, and its parsed tree."""

    path: str
    response: TestResponse
    tree: Element

    @property
    def text(self) -> str:
        """All its words, with single spaces."""
        return said(self.tree.find("body"))

    @property
    def status(self) -> int:
        """Its status code."""
        return self.response.status_code

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of a tag with these attributes; `class_` matches one of the classes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self.tree.iter(tag) if all(_has(one, name, value) for name, value in wanted.items())]

    def links(self) -> list[str]:
        """Every address of a link on the page."""
        return [one.get("href", "") for one in self.tree.iter("a")]

    def form(self, which: str = "") -> Element:
        """The form whose id, action or button holds `which`; the first one when it is empty."""
        for form in self.tree.iter("form"):
            if not which or which in form.get("id", "") or which in form.get("action", "") or which in said(form):
                return form
        raise AssertionError(f"no form {which!r} on {self.path}")


def _has(element: Element, name: str, value: str) -> bool:
    given = element.get(name, "")
    return value in given.split() if name == "class" else given == value


def said(element: Element | None) -> str:
    """Return the words of an element, scripts apart."""
    if element is None:
        return ""
    skipped = {one for script in element.iter("script") for one in script.itertext()}
    return " ".join(" ".join(text for text in element.itertext() if text not in skipped).split())


def parsed(path: str, body: str) -> Element:
    """Return the tree of a page. Fails on invalid HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(body)
    assert not parser.errors, f"{path}: {[(where, what) for where, what, _ in parser.errors][:5]}"
    return tree


def inspect(page: Page) -> None:
    """Fail when a page breaks a promise every page makes."""
    for check in (_one_title, _no_inline, _ids, _labels, _addresses, _headers, figures):
        problem = check(page)
        assert not problem, f"{page.path}: {problem}"


def _one_title(page: Page) -> str:
    heads = [said(one) for one in page.tree.iter("h1")]
    title = said(page.tree.find("head/title"))
    if len(heads) != 1 or not heads[0] or not title:
        return f"one h1 and a title: {heads} / {title!r}"
    html = page.tree
    return "" if html.get("lang") and html.get("dir") else "lang and dir"


def _no_inline(page: Page) -> str:
    for one in page.tree.iter():
        if one.tag == "style" or "style" in one.attrib or any(name.startswith("on") for name in one.attrib):
            return f"inline style or handler in <{one.tag}>"
        if one.tag == "script" and not one.get("src") and one.get("type") != "application/json":
            return "inline script"
    return ""


def _ids(page: Page) -> str:
    ids = Counter(one.get("id") for one in page.tree.iter() if one.get("id"))
    double = [name for name, times in ids.items() if times > 1]
    wanted = {
        name
        for one in page.tree.iter()
        for attribute in ("for", "aria-describedby", "aria-labelledby")
        for name in one.get(attribute, "").split()
    }
    anchors = {one.get("href", "")[1:] for one in page.tree.iter("a") if one.get("href", "").startswith("#")} - {""}
    lost = (wanted | anchors) - set(ids)
    return f"double ids {double}" if double else f"points to nothing: {lost}" if lost else ""


def _labels(page: Page) -> str:
    named = {one.get("for") for one in page.tree.iter("label")}
    inside = {id(field) for label in page.tree.iter("label") for field in label.iter()}
    for tag in ("input", "select", "textarea"):
        for field in page.tree.iter(tag):
            spoken = field.get("id") in named or id(field) in inside or field.get("aria-label")
            if field.get("type") not in SPEAKS_FOR_ITSELF and not spoken and not field.get("aria-labelledby"):
                return f"a field without a label: {field.attrib}"
    return ""


def _addresses(page: Page) -> str:
    for one in page.tree.iter():
        for attribute in ("href", "src", "action"):
            target = urlsplit(one.get(attribute, ""))
            leaves = one.tag == "a" and "noreferrer" in one.get("rel", "")
            if (target.scheme or target.netloc) and not leaves:
                return f"leaves the house: {target.geturl()}"
    return ""


def unshuffled(body: str) -> str:
    """Return a page whose answers stand as they were written, whatever order they were shown in."""
    return TICKS.sub(lambda run: "".join(sorted(run[0].splitlines(keepends=True))), body)


def figures(page: Page) -> str:
    """Every table or drawing of released values says what it shows: in its own figcaption, or where it points to."""
    told = {id(one) for figure in page.tree.iter("figure") if said(figure.find("figcaption")) for one in figure.iter()}
    known = {one.get("id"): said(one) for one in page.tree.iter() if one.get("id")}
    for one in page.tree.iter():
        shows = any(CHARTED & set(part.get("class", "").split()) for part in one.iter())
        pointed = any(known.get(name) for name in one.get("aria-describedby", "").split())
        if one.tag in {"table", "figure"} and shows and id(one) not in told and not pointed:
            return f"a figure without a sentence: {said(one)[:60]}"
    return ""


def _headers(page: Page) -> str:
    got = page.response.headers
    wrong = {name: got.get(name) for name, value in pages.HEADERS.items() if got.get(name) != value}
    return f"headers {wrong}" if wrong or got.get("Cache-Control") != pages.NO_STORE else ""


class Visitor:
    """A browser without a screen. It keeps cookies, follows redirects, and inspects whatever it is shown."""

    def __init__(self, app: Flask, tag: str = "en") -> None:
        """Come with no cookie, in one language."""
        self.client, self.tag = app.test_client(), tag

    def reads(self, assembly: Assembly) -> "Visitor":
        """Give the reading word of an assembly."""
        self.client.post(f"/{self.tag}/{assembly.slug}/", data={access.TYPED: access.reading_word(assembly)})
        return self

    def visit(self, path: str, *, status: int = 200) -> Page:
        """Open an address, follow where it leads, inspect the page."""
        return self._arrive(path, self.client.get(path), status)

    def submit(self, page: Page, which: str = "", **fields: object) -> Page:
        """Send a form of the page as a browser would, with some fields filled in; inspect what comes back.

        `status` is the answer expected (200), `button` the one pressed (the first).
        """
        status, button = fields.pop("status", 200), fields.pop("button", "")
        return self.send(page, fields, which, status=int(str(status)), button=str(button))

    def send(
        self, page: Page, fields: Mapping[str, object], which: str = "", *, status: int = 200, button: str = ""
    ) -> Page:
        """Send a form with fields whose names are not Python's."""
        form = page.form(which)
        data = {**_filled(form), **_pressed(form, button), **fields}
        target = form.get("action") or page.path
        if form.get("method", "get").lower() == "get":
            return self._arrive(target, self.client.get(target, query_string=data), status)
        return self._arrive(target, self.client.post(target, data=data), status)

    def _arrive(self, path: str, response: TestResponse, status: int) -> Page:
        for _ in range(MOST_REDIRECTS):
            if response.status_code not in {301, 302, 303, 308}:
                break
            path = response.headers["Location"]
            response = self.client.get(path)
        told = response.get_data(as_text=True)
        assert response.status_code == status, f"{path}: {response.status_code} {told[:2000]}"
        page = Page(path, response, parsed(path, told))
        inspect(page)
        return page


def _filled(form: Element) -> dict[str, object]:
    """Return what a browser would send of a form nobody touched."""
    data: dict[str, object] = {}
    for field in _fields(form):
        name, kind = field.get("name", ""), field.get("type", "text")
        if kind in {"radio", "checkbox"}:
            if "checked" in field.attrib:
                _add(data, name, field.get("value", "on"))
        elif field.tag == "select":
            chosen = [one for one in field.iter("option") if "selected" in one.attrib] or list(field.iter("option"))[:1]
            data[name] = chosen[0].get("value", said(chosen[0])) if chosen else ""
        elif field.tag == "textarea":
            data[name] = "".join(field.itertext()).removeprefix("\n")
        elif kind not in {"submit", "button"}:
            _add(data, name, field.get("value", ""))
    return data


def _add(data: dict[str, object], name: str, value: str) -> None:
    held = data.get(name)
    data[name] = value if held is None else [*(held if isinstance(held, list) else [held]), value]


def _fields(form: Element) -> Iterator[Element]:
    return (one for one in form.iter() if one.tag in {"input", "select", "textarea"} and one.get("name"))


def _pressed(form: Element, words: str) -> dict[str, str]:
    for one in form.iter("button"):
        if one.get("name") and (not words or words in said(one) or words == one.get("value")):
            return {one.get("name", ""): one.get("value", "")}
    return {}
