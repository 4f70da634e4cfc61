"""Use cases: say what an answer was worth, take it back. All of it counts from the next publication window on."""

from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Forbidden, NotThere
from app.jobs import queue
from app.questions.access import Access, get_readable
from app.questions.marks import MarkRow, mark_label, own_mark, put_mark, write_mark
from app.questions.models import Post
from app.questions.tallying import note_helped, take_helped_back
from app.questions.taps import ACCEPT, REPLY, TAPS, THANKS, WORKED, is_over, stands
from app.questions.writing import due_window, known_writer
from app.sealing import Vault
from privacy.pseudonyms import owner_tag, peer_tag
from privacy.scopes import Audience

WEIGH: Final = "weigh"  # the job that lets a thread's taps count
NOT_YET: Final = "not-yet"


def tap(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    post_id: str,
    kind: str,
    window: int,
    today: date,
    text: str = "",
    choice: str = "",
) -> None:
    """Say something of an answer, one of TAPS; once more changes its words alone. Writes content, reads identity.

    Raises NotThere, and Forbidden for who may not write and for what is not theirs to say.
    """
    viewer = known_writer(stores, vault, viewer, today=today)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    post = _answer_of(access, post_id)
    _check(stores, vault, access, viewer, post, kind, window)
    before = own_mark(stores, vault, secret=viewer.secret, kind=kind, object=post_id)
    is_known = before is not None and not is_over(before, window) and _words(before) == (text, choice)
    since = before.value["since"] if before is not None and is_known else _next(stores, access, window)
    value = {
        "since": since,
        "until": None,
        "circles": sorted(viewer.own_circles),
        "other": _circle_of(vault, post) not in viewer.own_circles,
        "by_asker": access.is_author,
        "text": text,
        "choice": choice,
    }
    label = put_mark(
        stores, vault, secret=viewer.secret, thread_id=thread_id, kind=kind, object=post_id, value=value
    )  # fmt: skip
    if not is_known:
        weigh_later(stores, vault, thread_id, since, label)
        if kind == ACCEPT:
            note_helped(
                stores, vault, trade, viewer=viewer, thread=access.thread, post=post, since=since, window=window
            )


def take_back(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, post_id: str, kind: str, window: int
) -> None:
    """Take back what the viewer said; without it nothing happens. Writes content. Raises NotThere without access."""
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    if kind not in TAPS:
        raise NotThere
    said = own_mark(stores, vault, secret=viewer.secret, kind=kind, object=post_id)
    said = said or _imported(access, viewer, post_id, kind)
    if said is None or said.value.get("until") is not None:
        return
    until = _next(stores, access, window) if stands(said, window) else window
    write_mark(
        stores,
        vault,
        MarkRow(said.label, thread_id, kind, post_id, {**said.value, "until": until, "text": "", "choice": ""}),
    )
    weigh_later(stores, vault, thread_id, until)
    if kind == ACCEPT:
        since = said.value["since"]
        take_helped_back(stores, vault, viewer=viewer, thread_id=thread_id, post_id=post_id, since=since, window=window)


def say_not_yet(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, window: int) -> None:
    """The asker says that nothing has helped so far: no answer is worth less for it, the question is not solved.

    Raises NotThere for anybody else.
    """
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    if not access.is_author:
        raise NotThere
    value = {"said": NOT_YET}
    put_mark(stores, vault, secret=viewer.secret, thread_id=thread_id, kind=REPLY, object=thread_id, value=value)
    if access.thread.state == "likely":
        weigh_later(stores, vault, thread_id, _next(stores, access, window))


def _words(said: MarkRow) -> tuple[str, str]:
    return said.value["text"], said.value["choice"]


def _answer_of(access: Access, post_id: str) -> Post:
    found = next((one for one in access.posts if one.id == post_id and one.kind == "answer" and not one.hidden), None)
    if found is None:
        raise NotThere
    return found


def _check(stores: Stores, vault: Vault, access: Access, viewer: Viewer, post: Post, kind: str, window: int) -> None:
    """Only the asker accepts; nobody else's question, and nobody's own answer, worked for them."""
    if kind not in TAPS or (kind == ACCEPT and not access.is_author):
        raise NotThere
    if kind == WORKED and access.is_author:
        raise Forbidden
    if post.author_tag in (owner_tag(viewer.secret, post.thread_id), peer_tag(viewer.secret, post.thread_id)):
        raise Forbidden
    if kind == THANKS and not access.is_author:
        worked = own_mark(stores, vault, secret=viewer.secret, kind=WORKED, object=post.id)
        if worked is None or worked.value.get("until") is not None:
            raise Forbidden


def _next(stores: Stores, access: Access, window: int) -> int:
    """The window from which on it counts; of an urgent question's asker at once, as all they write there."""
    at_once = access.thread.urgent and access.is_author
    return due_window(stores, window, Audience(access.thread.audience), at_once=at_once)


def _imported(access: Access, viewer: Viewer, post_id: str, kind: str) -> MarkRow | None:
    """What an import says of an answer its asker accepted, who made no mark here."""
    accepted = any(one.id == post_id and one.accepted for one in access.posts)
    if kind != ACCEPT or not access.is_author or not accepted:
        return None
    label = mark_label(viewer.secret, kind, post_id)
    value: dict[str, Any] = {"since": 0, "until": None, "circles": [], "other": True, "by_asker": True}
    return MarkRow(label, access.thread.id, kind, post_id, value)


def _circle_of(vault: Vault, post: Post) -> str:
    circle: str = vault.open(post.sealed_scope, table="posts", column="sealed_scope", row=post.id)["circle"]
    return circle


def weigh_later(stores: Stores, vault: Vault, thread_id: str, due: int, label: str = "") -> None:
    """Let the taps of a thread count at a window; `label` is that of a new one. Writes content."""
    queue.put(stores, vault, WEIGH, {"thread": thread_id, "label": label}, due=due)
