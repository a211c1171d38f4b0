"""Who may open a page. Every route declares its face: public, member (the reading word) or facilitator (a session).

A member's page may also be one that several can show to allies, who have a word for it alone.

Without the reading word every address of every assembly, real or not, gives one and the same neutral page.
"""

import functools
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Concatenate, ParamSpec

from flask import Blueprint, Response, abort, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ForeignKey, LargeBinary, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from commons import allies, clock, i18n, pages
from commons import assembly as assemblies
from commons.assembly import Assembly
from commons.db import Base, Key, session, transaction
from commons.security import Limiter, expand, sounds_spoken, spoken, spoken_as, subkey
from commons.settings import here

P = ParamSpec("P")
IDLE, ABSOLUTE = timedelta(minutes=15), timedelta(hours=8)
REFRESH = timedelta(minutes=1)
READING, SITTING = "reading", "sitting"
READING_WORDS = 3
TYPED = "reading_word"

blueprint = Blueprint("commons", __name__)
_guesses = Limiter(burst=30, per_second=1 / 10, most=20_000)


@dataclass(frozen=True, slots=True)
class Actor:
    """A facilitator at work: a place in a circle, not a person."""

    assembly: Assembly
    slot: int


class SessionRow(Base):
    """A facilitator's sitting at a machine. Only a hash of its token is kept."""

    __tablename__ = "session"
    token: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    assembly: Mapped[bytes] = mapped_column(Key, ForeignKey("assembly.id"))
    slot: Mapped[int]
    idle: Mapped[datetime]
    absolute: Mapped[datetime]


_actors: list[Callable[[Assembly, int], bool]] = []


def register_actor(may_sit: Callable[[Assembly, int], bool]) -> None:
    """Let the room that knows people say whether a slot still exists."""
    _actors[:] = [may_sit]


def reading_word(assembly: Assembly) -> str:
    """Return the word all members share this season: three spoken words made from the instance key."""
    return spoken(expand(subkey("reading word"), f"{assembly.id.hex()} {assembly.season.hex()}"), READING_WORDS)


def _reading_cookie(assembly: Assembly) -> str:
    return expand(subkey("reading cookie"), f"{assembly.id.hex()} {reading_word(assembly)}").hex()


def _reads(assembly: Assembly) -> bool:
    cookie = request.cookies.get(f"{READING}-{assembly.slug}", "")
    return hmac.compare_digest(cookie.encode(), _reading_cookie(assembly).encode())


def neutral(*, wrong: bool = False) -> Response:
    """Return the page a stranger sees at any address: it says nothing of what is here."""
    g.neutral, g.assembly = True, None
    key = ("neutral", i18n.current().tag, str(wrong))
    return pages.kept(key, lambda: pages.render("commons/reading.html", wrong=wrong))


@blueprint.before_app_request
def _typed() -> Response | None:
    """Take a reading word at any address of a place, also where the page takes nothing else."""
    _, *parts = request.path.split("/", 3)
    if request.method != "POST" or TYPED not in request.form or len(parts) < len(("tag", "place", "page")):
        return None
    tag, slug, _ = parts
    if tag not in {language.tag for language in i18n.offered()}:
        return None
    g.tag = tag
    return _open_reading(assemblies.find(slug))


def _open_reading(assembly: Assembly | None) -> Response:
    """Answer a typed reading word: the same refusal for a wrong word and for a place that does not exist."""
    typed = spoken_as(request.form.get(TYPED, "")[:200])
    given = _cookie_for(assembly, typed) if assembly else None
    if given is None:
        return neutral(wrong=True)
    response = make_response(redirect(request.path, 303))
    response.set_cookie(*given, httponly=True, samesite="Strict", secure=here().settings.secure)
    return response


def _cookie_for(assembly: Assembly, typed: str) -> tuple[str, str] | None:
    """Return the cookie a typed word gives: the members', or that of one thing shown to allies.

    Wrong ones are slowed by their first word, whoever types them. So nobody's guesses keep out people who know the
    word, unless they begin with its first word again and again; and to go through all there are would take years. The
    right word costs nothing: a whole hall may type it at once.
    """
    if not sounds_spoken(typed, READING_WORDS):
        return None
    members = f"{READING}-{assembly.slug}", _reading_cookie(assembly)
    words = {reading_word(assembly): members, **allies.words(assembly)}
    right = [cookie for word, cookie in words.items() if hmac.compare_digest(typed.encode(), word.encode())]
    first, _, _ = typed.partition(" ")
    allowed = _guesses.allows(assembly.id, first.encode(), take=not right)
    return right[0] if right and allowed else None


def public(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Declare a page anybody may open."""
    view.face = "public"  # type: ignore[attr-defined]  # a mark on a function
    return view


def member(view: Callable[Concatenate[Assembly, P], ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Declare a page for whoever knows the reading word; the view is given the assembly."""

    @functools.wraps(view)
    def opened(assembly: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        place = _place(assembly)
        if isinstance(place, Response):
            return place
        return view(place, *args, **kwargs)

    opened.face = "member"  # type: ignore[attr-defined]  # a mark on a function
    return opened


def shared(
    what: str,
) -> Callable[[Callable[Concatenate[Assembly, P], ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Declare a member's page that several can show to allies; `what` names it, with the page's own arguments put in.

    An ally's request has `g.ally`: the page then leaves out what is for members alone.
    """

    def declared(view: Callable[Concatenate[Assembly, P], ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        for_members = member(view)

        @functools.wraps(view)
        def opened(assembly: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            found = allies.reads(assembly, what.format(**kwargs))
            if found is None or isinstance(_place(assembly), Assembly):
                return for_members(assembly, *args, **kwargs)
            g.assembly, g.ally = found, True
            g.pop("neutral", None)
            return view(found, *args, **kwargs)

        opened.face = "member"  # type: ignore[attr-defined]  # a mark on a function
        return opened

    return declared


def facilitator(view: Callable[Concatenate[Actor, P], ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Declare a page for a facilitator at work; the view is given the actor. Forms carry the sitting's token."""

    @functools.wraps(view)
    def opened(assembly: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        place = _place(assembly)
        if isinstance(place, Response):
            return place
        actor = _actor(place)
        if actor is None:
            return redirect(url_for("deliberation.sign_in"), 303)
        if request.method == "POST" and not _form_is_ours():
            abort(400)
        g.actor = actor
        return view(actor, *args, **kwargs)

    opened.face = "facilitator"  # type: ignore[attr-defined]  # a mark on a function
    return opened


def _place(slug: str) -> Assembly | Response:
    if g.get("tag", i18n.SOURCE) not in {language.tag for language in i18n.offered()}:
        abort(404)
    found = assemblies.find(slug)
    if found is None or not (_reads(found) or _actor(found)):
        return neutral()
    g.assembly = found
    return found


def form_token() -> str:
    """Return the token every form of this sitting carries."""
    return expand(subkey("form"), request.cookies.get(SITTING, "")).hex()


def _form_is_ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    given = request.form.get("form_token", "")
    return site in {"same-origin", "none"} and hmac.compare_digest(given.encode(), form_token().encode())


def _hashed(token: str) -> bytes:
    return sha256(token.encode()).digest()


@transaction
def sit_down(assembly: Assembly, slot: int) -> str:
    """Begin a sitting and return its token: to be set as a cookie, never stored."""
    token, now = secrets.token_urlsafe(32), _utc()
    row = SessionRow(token=_hashed(token), assembly=assembly.id, slot=slot, idle=now + IDLE, absolute=now + ABSOLUTE)
    session.add(row)
    return token


def seated(response: Response, token: str) -> Response:
    """Give the browser the sitting's cookie."""
    secure = here().settings.secure
    response.set_cookie(SITTING, token, httponly=True, samesite="Strict", secure=secure)
    return response


@transaction
def stand_up(assembly: Assembly, *, slot: int | None = None) -> None:
    """End the sittings of a slot, or of the whole circle."""
    ended = delete(SessionRow).where(SessionRow.assembly == assembly.id)
    session.execute(ended if slot is None else ended.where(SessionRow.slot == slot))


@transaction
def sweep() -> None:
    """Forget sittings that have run out."""
    session.execute(delete(SessionRow).where((SessionRow.idle < _utc()) | (SessionRow.absolute < _utc())))


def _utc() -> datetime:
    return clock.now().astimezone(UTC).replace(tzinfo=None)


def _actor(assembly: Assembly) -> Actor | None:
    token = request.cookies.get(SITTING)
    if not token:
        return None
    row = session.execute(select(SessionRow).where(SessionRow.token == _hashed(token))).scalar()
    if row is None or row.assembly != assembly.id or min(row.idle, row.absolute) < _utc():
        return None
    slot, stale = row.slot, row.idle - _utc() < IDLE - REFRESH
    if _actors and not _actors[0](assembly, slot):
        return None
    if stale and not here().settings.read_only:
        _stay(_hashed(token))
    return Actor(assembly, slot)


@transaction
def _stay(token: bytes) -> None:
    session.execute(update(SessionRow).where(SessionRow.token == token).values(idle=_utc() + IDLE))


@blueprint.get("/")
@public
def front() -> ResponseReturnValue:
    """Send a visitor to the door in a language they read."""
    wanted = request.accept_languages.best_match([language.tag for language in i18n.offered()]) or i18n.SOURCE
    return redirect(url_for("commons.welcome", tag=wanted), 303)


@blueprint.get("/<tag>/")
@public
def welcome() -> ResponseReturnValue:
    """Show the neutral door: where do you want to go?"""
    if g.tag not in {language.tag for language in i18n.offered()}:
        abort(404)
    return pages.kept(("welcome", g.tag), lambda: pages.render("commons/welcome.html"))


@blueprint.get("/<tag>/go")
@public
def go() -> ResponseReturnValue:
    """Go to the place typed at the door."""
    if g.tag not in {language.tag for language in i18n.offered()}:
        abort(404)
    place = assemblies.slug_of(request.args.get("place", "")[:200])
    return redirect(f"/{g.tag}/{place}/" if place else url_for("commons.welcome"), 303)
