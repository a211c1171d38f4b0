"""Error pages: one plain page for every fault, saying what to do next and nothing of what happened inside."""

import errno
import logging

from flask import Flask, Response, abort, g, make_response, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from commons import db, i18n, pages
from commons.settings import ReadOnly

_log = logging.getLogger("palabre")
FAULT, BUSY = 500, 503
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.EFBIG})
AGAIN = "60"
"""Seconds after which a browser may try again by itself."""


def _readable() -> None:
    """Refuse what no page of ours sends: a packed body, and the sign NUL, which not every database can keep."""
    if "Content-Encoding" in request.headers:
        abort(400)
    said = (part for pair in request.values.items(multi=True) for part in pair)
    if "\x00" in request.path or any("\x00" in part for part in said):
        abort(400)


def _page(code: int, *, only_read: bool = False) -> Response:
    if request_ctx.url_adapter is None:  # asked under a name that is not ours: no page of ours has an address there
        return Response(status=code)
    g.neutral, g.assembly = True, None
    key = "error", i18n.current().tag, str(code), str(only_read)
    page = pages.kept(key, lambda: pages.render("errors/error.html", code=code, only_read=only_read))
    page.status_code = code
    return page


def _known(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.response is not None or error.code < 400:  # noqa: PLR2004 - a redirect
        return make_response(error.get_response())
    page = _page(error.code)
    for name, value in error.get_headers():
        if name == "Allow":
            page.headers[name] = value
    return page


def _unknown(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    _log.error("%s at %s", type(error).__name__, _where(error))
    if not _passing(error):
        return _page(FAULT)
    page = _page(BUSY)
    page.headers["Retry-After"] = AGAIN
    return page


def _only_read(_error: ReadOnly) -> ResponseReturnValue:
    """Say that nothing can be sent while the house may only be read; a browser is not told to try again by itself."""
    return _page(BUSY, only_read=True)


def _passing(error: Exception) -> bool:
    """Tell whether the machine cannot keep anything now, but may in a minute: database or disk away, locked or full."""
    full = isinstance(error, OSError) and error.errno in NO_ROOM
    return full or isinstance(error, OperationalError | NoConnection)


def _where(error: BaseException) -> str:
    """Name the line a fault came from: never its message, which may hold what somebody typed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "nowhere"


def init(app: Flask) -> None:
    """Register the error pages."""
    app.before_request(_readable)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(ReadOnly, _only_read)
    app.register_error_handler(Exception, _unknown)
