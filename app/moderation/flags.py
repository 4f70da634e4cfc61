"""Use cases of readers: flag something, take a flag back.

A flag is a mark under a label of the reader's own secret: one a member and post, and nobody else can tell whose it is.
Neither its author nor a coordinator learns more of it than its reason and its words.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.community.places import is_closed
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.moderation.cases import (
    DONE,
    FLAG,
    WAITING,
    Flaggable,
    Opened,
    case_about,
    cases_of,
    drop_case,
    new_case,
    set_hidden,
    voices_on,
    write_case,
)
from app.moderation.rules import (
    FLAGS_A_DAY,
    IDENTIFYING,
    PUT_BACK,
    TURNED_DOWN_DAYS,
    FlagRefused,
    Raised,
    check_flag,
    flags_today,
    is_hidden_by,
    may_hide_alone,
)
from app.moderation.writings import check_reader, find_writing, is_mine
from app.notices.service import tell
from app.questions.access import get_readable
from app.questions.lockers import read_locker, write_locker
from app.questions.marks import MarkRow, drop_mark, mark_label, marks_of, own_mark, put_mark
from app.questions.writing import known_writer
from app.queues import offers
from app.queues.experts import is_own_in
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag

LOCKER: Final = "flags"


@dataclass(frozen=True, slots=True)
class Flagged:
    """What a reader would flag, and the flag they raised already."""

    row: Flaggable
    thread_id: str  # or the place
    reason: str = ""
    comment: str = ""
    is_decided: bool = False
    alone: bool | None = None  # whether that flag hides by itself


def flag(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    object: str,
    reason: str,
    comment: str,
    window: int,
    today: date,
) -> None:
    """Raise a flag; one more on the same post takes the place of the first. Writes content, reads identity.

    Raises NotThere for what the viewer cannot read or wrote themselves, FlagRefused, Forbidden.
    """
    viewer = known_writer(stores, vault, viewer, today=today)
    found = get_flagged(stores, vault, trade, viewer=viewer, thread_id=thread_id, object=object)
    if found.is_decided:
        raise NotThere
    check_flag(reason, comment)
    value = {
        "reason": reason,
        "comment": comment.strip(),
        "circles": sorted(viewer.own_circles),
        "alone": _note_raised(stores, vault, viewer.secret, thread_id, object, reason, today, standing=found.alone),
    }
    put_mark(stores, vault, secret=viewer.secret, thread_id=thread_id, kind=FLAG, object=object, value=value)
    stores.content.flush()  # what was just marked is counted with the others
    _weigh(stores, vault, found, window=window)


def take_back(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, object: str, window: int
) -> None:
    """Take a flag back, before it was decided about; what it hid comes back when nothing else hides it. Writes content.

    Raises NotThere where there is none.
    """
    found = get_flagged(stores, vault, trade, viewer=viewer, thread_id=thread_id, object=object)
    if found.is_decided or not drop_mark(stores, secret=viewer.secret, kind=FLAG, object=object):
        raise NotThere
    _weigh(stores, vault, found, window=window)


def get_flagged(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, object: str) -> Flagged:
    """What the viewer may flag. Raises NotThere for what they cannot read, what is hidden from them, and their own."""
    own = own_mark(stores, vault, secret=viewer.secret, kind=FLAG, object=object)
    written = find_writing(stores, thread_id, object)
    if written is not None:
        if is_closed(stores, viewer, thread_id):
            raise NotThere
        check_reader(stores, vault, trade, viewer=viewer, row=written)
        if is_mine(stores, viewer, written) or not written.sealed_text or (written.hidden and own is None):
            raise NotThere
        return _flagged(stores, vault, written, thread_id, own)
    asked = _is_asked(stores, vault, viewer, thread_id)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id, asked=asked)
    post = next((one for one in access.posts if one.id == object), None)
    row = post or (access.thread if object == thread_id else None)
    tag = post.author_tag if post else access.thread.owner_tag
    own_tags = (owner_tag(viewer.secret, thread_id), peer_tag(viewer.secret, thread_id))
    if row is None or tag in own_tags or ((row.hidden or access.thread.hidden) and own is None):
        raise NotThere
    return _flagged(stores, vault, row, thread_id, own)


def _flagged(stores: Stores, vault: Vault, row: Flaggable, thread_id: str, own: MarkRow | None) -> Flagged:
    if own is None:
        return Flagged(row, thread_id)
    case = case_about(cases_of(stores, vault, [thread_id]), row.id)
    is_decided = case is not None and own.label in case.seen
    return Flagged(row, thread_id, own.value["reason"], own.value["comment"], is_decided, own.value["alone"])


def _weigh(stores: Stores, vault: Vault, found: Flagged, *, window: int) -> None:
    """Open, change or close the case with the flags that nobody has decided about yet."""
    row, thread_id = found.row, found.thread_id
    case = case_about(cases_of(stores, vault, [thread_id]), row.id)
    voices = [
        one
        for one in voices_on(marks_of(stores, vault, thread_id), row.id)
        if case is None or one.label not in case.seen
    ]
    if not voices:
        return _close(stores, vault, case, window) if case is not None else None
    if case is None or case.state == DONE:
        case = replace(case, state=WAITING, since=window) if case else new_case(vault, row, window=window)
        write_case(stores, vault, case)
    was_hidden = row.hidden
    hidden = is_hidden_by(voices, looked_at=bool(case.decisions))
    set_hidden(stores, vault, case, hidden=hidden, window=window)
    if hidden and not was_hidden:
        kind = "hidden_words" if any(one.reason == IDENTIFYING for one in voices) else "hidden_asked"
        tell(stores, vault, label=case.tag, kind=kind, due=window + 1, thread=thread_id)


def _close(stores: Stores, vault: Vault, case: Opened, window: int) -> None:
    """Every flag was taken back."""
    set_hidden(stores, vault, case, hidden=False, window=window)
    if case.decisions:
        write_case(stores, vault, replace(case, state=DONE))
    else:
        drop_case(stores, case)


def _note_raised(
    stores: Stores,
    vault: Vault,
    secret: MemberSecret,
    thread_id: str,
    object: str,
    reason: str,
    today: date,
    *,
    standing: bool | None,
) -> bool:
    """Note a flag in its member's own list, and say whether it hides alone. Raises FlagRefused after ten on one day.

    `standing` is whether the flag that this one takes the place of hides alone, None where there is none.
    """
    day = today.toordinal()
    listed = [Raised(*one) for one in read_locker(stores, secret, LOCKER, [])]
    others = [one for one in listed if one.object != object and one.day > day - TURNED_DOWN_DAYS]
    before = next((one for one in listed if one.object == object), None)
    if standing is None and flags_today(listed, day) >= FLAGS_A_DAY:
        raise FlagRefused("day")
    may = standing or may_hide_alone(listed, _turned_down(stores, vault, secret, others), day)
    alone = reason == IDENTIFYING and may
    # one that hid alone and was taken back has had its turn: else it could be raised and taken back for ever
    had = before is not None and before.alone and not (alone and standing is None)
    new = Raised(before.day if before and had else day, thread_id, object, alone or had)
    write_locker(stores, secret, LOCKER, [_plain(one) for one in (new, *others)])
    return alone


def _turned_down(stores: Stores, vault: Vault, secret: MemberSecret, raised: list[Raised]) -> frozenset[str]:
    """Those of the posts whose flag by this member was decided about, and not shared."""
    cases = cases_of(stores, vault, sorted({one.thread for one in raised if one.alone}))
    return frozenset(
        one.object
        for one in cases
        if one.last is not None and one.last.do == PUT_BACK and mark_label(secret, FLAG, one.object) in one.seen
    )


def _plain(one: Raised) -> list[Any]:
    return [one.day, one.thread, one.object, one.alone]


def _is_asked(stores: Stores, vault: Vault, viewer: Viewer, thread_id: str) -> bool:
    """Whether the viewer holds an offer of this thread."""
    found = offers.on_thread(stores, vault, thread_id)
    return any(is_own_in(stores, viewer, one.subject, one.inbox) for one in found)
