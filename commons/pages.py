"""How a page leaves the house: rendered once, headers exact, kept when it cannot change.

Addresses are `/<tag>/<assembly>/…`: the language and the place are in the address and nowhere else.
"""

import gzip
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from struct import pack
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import MAX_WBITS, Z_SYNC_FLUSH, compressobj, crc32

from flask import Flask, Response, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from commons import i18n
from commons.acts import Act
from commons.settings import HOUSE, here

STATIC = HOUSE / "static"
KEPT = 256
SMALLEST = 600
CONTENT_SECURITY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self'; "
    "font-src 'self'; "
    "connect-src 'none'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow",
}
NO_STORE = "no-store"
FOR_EVER = "public, max-age=31536000, immutable"
EVICT = "left"


def render(template: str, **context: object) -> str:
    """Render a template with what every page needs."""
    return render_template(template, **context)


@lru_cache(maxsize=256)
def fingerprint(name: str) -> str:
    """Return a short hash of a static file, so that its address changes with its content."""
    return sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """Return the address of a static file."""
    return url_for("static", filename=name, v=fingerprint(name))


class Store:
    """Pages that cannot change, with their compressed form. Bounded, and gone with the process."""

    def __init__(self, most: int = KEPT) -> None:
        """Keep at most `most` pages, the least used leaving first."""
        self._pages: OrderedDict[tuple[str, ...], tuple[bytes, bytes]] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...], build: Callable[[], str]) -> tuple[bytes, bytes]:
        """Return the page and its compressed form, building them the first time."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        plain = build().encode()
        made = plain, gzip.compress(plain, 9, mtime=0)
        with self._lock:
            self._pages[key] = made
            if len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return made


GZIP = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
"""What a compressed page begins with (Deutsch 1996, RFC 1952)."""
NEAR = 1024
Draw = Callable[[re.Match[str]], str]


def kept(key: tuple[str, ...], build: Callable[[], str], draw: tuple[re.Pattern[str], Draw] | None = None) -> Response:
    """Return a page that cannot change while its key stands, compressed when the browser can read that.

    With `draw`, the places a pattern finds are drawn anew each time: the page is still rendered once.
    """
    plain, small = current_app.extensions["pages"].get(key, build)
    compressed = len(plain) > SMALLEST and "gzip" in request.headers.get("Accept-Encoding", "")
    body = small if compressed else plain
    if draw is not None and (parts := _parted(plain, draw[0])).drawn:
        body = _drawn(parts, draw[1], compressed=compressed)
    response = Response(body, mimetype="text/html")
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response


class _Parts(NamedTuple):
    """What stands before the first place that is drawn, its checksum, the same compressed; then the places."""

    still: bytes
    check: int
    small: bytes
    drawn: tuple[tuple[re.Match[str], str], ...]
    """Each place, and what stands between it and the next."""


@lru_cache(maxsize=KEPT)
def _parted(plain: bytes, places: re.Pattern[str]) -> _Parts:
    page = plain.decode()
    found = tuple(places.finditer(page))
    begins = (*(one.start() for one in found), len(page))
    rests = (page[one.end() : begin] for one, begin in zip(found, begins[1:], strict=True))
    still, coder = page[: begins[0]].encode(), compressobj(9, wbits=-MAX_WBITS)
    small = coder.compress(still) + coder.flush(Z_SYNC_FLUSH)
    return _Parts(still, crc32(still), small, tuple(zip(found, rests, strict=True)))


def _drawn(parts: _Parts, draw: Draw, *, compressed: bool) -> bytes:
    """Return a page with its places drawn; compressed, it is made anew from the first of them on.

    What is made anew looks back at what stands right before it, as if all had been compressed in one go.
    """
    new = "".join(text for place, rest in parts.drawn for text in (draw(place), rest)).encode()
    if not compressed:
        return parts.still + new
    coder = compressobj(6, wbits=-MAX_WBITS, zdict=parts.still[-NEAR:])
    ends = pack("<II", crc32(new, parts.check), len(parts.still) + len(new))
    return b"".join((GZIP, parts.small, coder.compress(new), coder.flush(), ends))


def evict(response: Response) -> Response:
    """Make the browser forget the filled form: a cookie that changes empties what the back button would show."""
    secure = here().settings.secure
    response.set_cookie(EVICT, "1", max_age=1, httponly=True, samesite="Strict", secure=secure)
    return response


@dataclass(frozen=True, slots=True)
class Told:
    """What an act will do, in the words of the page: its title, its facts, and what it could betray or destroy."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


Teller = Callable[[Act], Told]
Shower = Callable[[Act, object], ResponseReturnValue]
_tellers: dict[str, Teller] = {}
_showers: dict[str, Shower] = {}
_refusals: list[Callable[[], Mapping[str, str]]] = []


def register_act_page(kind: str, tell: Teller, show: Shower | None = None) -> None:
    """Let a room put its act into words, and show the last approver what carrying it out gave (cards to print)."""
    _tellers[kind] = tell
    if show is not None:
        _showers[kind] = show


def told(act: Act) -> Told:
    """Return an act in words. Raises KeyError for a kind no room has words for."""
    return _tellers[act.kind](act)


def shown(act: Act, result: object) -> ResponseReturnValue | None:
    """Return the page of what an act gave, or None when it has none."""
    return None if result is None or act.kind not in _showers else _showers[act.kind](act, result)


def register_refusals(words: Callable[[], Mapping[str, str]]) -> None:
    """Let a room say what each of its refusals means, by its code, in the language of the page."""
    if words not in _refusals:
        _refusals.append(words)


def refused(code: str) -> str | None:
    """Return what a refusal means, in the words of the room that refuses; None for a code no room has words for."""
    said = (words() for words in _refusals)
    return next((known[code] for known in said if code in known), None)


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    fixed = request.endpoint == "static" and "v" in request.args and response.status_code in {200, 304}
    response.headers["Cache-Control"] = FOR_EVER if fixed else NO_STORE
    for name in ("ETag", "Last-Modified", "Server", "Date", "Accept-Ranges", "Content-Disposition"):
        if name != "Content-Disposition" or request.endpoint == "static":
            response.headers.pop(name, None)
    return _onward(response)


def _onward(response: Response) -> Response:
    """Keep a browser on HTTPS and tell it the onion's address: over HTTPS only, never to who came by the onion."""
    settings = here().settings
    if not settings.secure or request.headers.get("Host") == settings.onion:
        return response
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if settings.onion:
        query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
        response.headers["Onion-Location"] = f"http://{settings.onion}{quote(request.path)}{query}"
    return response


def _take_tag(_endpoint: str | None, values: dict[str, object] | None) -> None:
    if values and "tag" in values:
        g.tag = str(values.pop("tag"))


def _give_place(endpoint: str, values: dict[str, object]) -> None:
    rule = next(iter(current_app.url_map.iter_rules(endpoint)), None)
    wanted = rule.arguments if rule else set()
    if "tag" in wanted:
        values.setdefault("tag", i18n.current().tag)
    if "assembly" in wanted and "assembly" not in values and g.get("assembly") is not None:
        values["assembly"] = g.assembly.slug


def in_language(tag: str) -> str:
    """Return the address of the page being shown, in another language; of the door, on a page that says nothing."""
    endpoint = request.endpoint
    if endpoint is None or g.get("neutral") or not current_app.url_map.is_endpoint_expecting(endpoint, "tag"):
        return url_for("commons.welcome", tag=tag)
    return _in_language(tag, request.path) if request.method == "POST" else _address(endpoint, request.view_args, tag)


def _address(endpoint: str, values: Mapping[str, Any] | None, tag: str) -> str:
    kept = {name: value for name, value in (values or {}).items() if name != "tag"}
    return url_for(endpoint, **kept, tag=tag)


def _in_language(tag: str, path: str) -> str:
    """Return the address to read of a page that answers a form: the same, or else the nearest one above it."""
    reads = current_app.create_url_adapter(request)
    while reads is not None and path.strip("/"):
        for one in (path, f"{path}/"):
            try:
                endpoint, values = reads.match(one, method="GET")
            except HTTPException:
                continue
            return _address(endpoint, values, tag)
        path = path.rstrip("/").rpartition("/")[0]
    return url_for("commons.welcome", tag=tag)


def init(app: Flask, *, demonstration: bool, read_only: bool) -> None:
    """Give the application its addresses, headers and template words."""
    app.after_request(_protect)
    app.url_value_preprocessor(_take_tag)
    app.url_defaults(_give_place)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    told = {"demonstration": demonstration, "read_only": read_only}
    app.jinja_env.globals.update(asset=asset, in_language=in_language, **told)
    app.extensions["pages"] = Store()
