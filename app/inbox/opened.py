"""Which pages a visit opened: what leads to one of them is read by then, whichever way its reader came there.

Those pages have no statement to spare for notes. So the visit cookie keeps the newest of them, under labels that only the
reader's own secret makes, and home and the inbox, which read notes anyway, mark what leads there and let them go.
"""

import re
from typing import Final

from flask import request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.viewer import Viewer
from app.db import Stores
from app.inbox import service
from app.inbox.blueprint import blueprint
from app.inbox.labels import own_labels
from app.inbox.reads import Leading, Place, leading
from app.notices.kinds import KINDS
from app.wiring import Toolbox, toolbox
from privacy.pseudonyms import MemberSecret, locker_label

OPENED: Final = "opened"
KEPT: Final = 24  # pages: a cookie has little room
SHORT: Final = 10  # characters of a label
PATHS: Final = re.compile("|".join(sorted({re.sub(r"{\w+}", "[^/]+", one.page) for one in KINDS.values()})))


@blueprint.after_app_request
def keep(response: Response) -> Response:
    """Remember a page that notes lead to, where its reader saw it."""
    if request.method != "GET" or response.status_code != 200 or not PATHS.fullmatch(request.path):
        return response
    if current_user.is_authenticated and "member" in current_user.roles:
        mark = _mark(current_user.secret, request.path)
        before = [one for one in session.get(OPENED, []) if one[0] != mark]
        session[OPENED] = [*before, [mark, toolbox().window]][-KEPT:]
    return response


def settle(tools: Toolbox, viewer: Viewer, now: Place) -> None:
    """Mark what leads to a page that was opened since it was told; nothing is written where there is none."""
    opened: dict[str, int] = dict(session.pop(OPENED, []))
    if not opened:
        return
    with tools.database.reading() as stores:
        unread = leading(stores, tools.vault, tools.trade, viewer=viewer, now=now)
    done = [one.id for one in unread if _is_over(one, opened, viewer.secret)]
    if done:
        with tools.database.transaction("content") as stores:
            _mark_read(tools, stores, viewer, done)


def _mark_read(tools: Toolbox, stores: Stores, viewer: Viewer, note_ids: list[str]) -> None:
    own = own_labels(stores, tools.trade, viewer.secret, roles=viewer.roles)
    service.mark_read(stores, tools.vault, viewer.secret, own=own, note_ids=note_ids, window=tools.window)


def _is_over(one: Leading, opened: dict[str, int], secret: MemberSecret) -> bool:
    return any(opened.get(_mark(secret, path), -1) >= one.window for path in one.paths)


def _mark(secret: MemberSecret, path: str) -> str:
    return str(locker_label(secret, OPENED, path))[:SHORT]
