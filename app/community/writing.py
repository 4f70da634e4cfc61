"""Use cases: write at a place, as a member or for the operating company. Both wait until their window."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final, Unpack

from app.accounts.viewer import Viewer
from app.community import publishing
from app.community.places import find_place, remember_place, tag_at
from app.community.texts import seal_words
from app.db import Stores
from app.domains.rules import hidden_levels, shown_attributes, shows_subject
from app.domains.service import current_viewer
from app.domains.trade import Trade
from app.errors import Conflict, Forbidden, WrittenEnough
from app.escrow.service import seal_author
from app.questions import sent
from app.questions.exclusions import circles_beside
from app.questions.holding import put_post
from app.questions.lockers import OWNER, PEER, OwnThread, read_locker, write_locker
from app.questions.pending import pack, with_contact
from app.questions.rules import COMPANY
from app.questions.wishing import with_word
from app.questions.writing import Sending, carry_crowd, check_crowd, due_window, known_author
from app.sealing import Vault
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

A_DAY: Final = 20  # writings of one member
LOCKER: Final = "written"


def write(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, place: str, kind: str, texts: Mapping[str, str],
    subject: str = "", levels: Mapping[str, int] | None = None, audience: Audience = Audience.ALL,
    company_may: bool = False, excluded: Collection[str] = (), opens: bool = False, at_once: bool = False,
    extra: Mapping[str, Any] | None = None, then: tuple[str, dict[str, Any]] | None = None, most: int = A_DAY,
    window: int, today: date, **sending: Unpack[Sending],
) -> str:  # fmt: skip
    """Store a text until its window and return its id; writes content and keys, reads identity.

    With `subject` its domain group is shown, finer levels only where the crowd hides the author; without it nothing of
    them but a role. `opens`: this is what the place begins with. `excluded` are circles. `then` is a job put when it
    comes out. Texts are as app.community.checking left them. Raises Forbidden, WritingPaused, ReminderFirst, WrittenEnough,
    ScopeTooFine, and Conflict for a place that somebody opens twice.
    """
    done = sent.find(stores, viewer.secret, sending.get("token", ""))
    if done is not None:
        return done
    viewer = known_author(stores, vault, viewer, today=today, thread_id=place)
    own = _own_place(stores, viewer, place, opens)
    _check_day(stores, viewer, today, most)
    scope = _scope_of(
        stores, vault, trade, viewer=viewer, subject=subject, levels=levels, audience=audience, excluded=excluded,
        company_may=company_may, today=today, sending=sending, place=place,
    )  # fmt: skip
    shown = [asdict(one) for one in shown_attributes(trade, viewer.attributes, scope["levels"])] if subject else []
    part = own.part if own else (OWNER if opens else PEER)
    tag, voice = tag_at(viewer.secret, place, part), 0 if part == OWNER else 1
    key_id, key = vault.new_data_key(stores) if own is None else (own.key_id, vault.data_key(stores, own.key_id))
    writing_id = str(new_id())
    payload = {
        **_row(writing_id, place=place, kind=kind, voice=voice, tag=tag, key_id=key_id, scope=scope),
        "text": pack(seal_words(key, {"texts": dict(texts), "shown": shown, "extra": dict(extra or {})}, writing_id)),
        **_asked(sending, then),
    }
    if own is None:  # what somebody began to write without an escrow stays without one
        payload |= seal_author(stores, member_id=viewer.member_id, thread_id=place, tag=tag, asks=part == OWNER)
    due = due_window(stores, window, audience, at_once=at_once)
    pending_id = put_post(stores, vault, trade, payload, texts.values(), circle=viewer.circle, due=due, window=window)
    _remember(stores, viewer, OwnThread(place, part, key_id, today.toordinal(), (pending_id,)), today)
    sent.note(stores, viewer.secret, sending.get("token", ""), writing_id)
    return writing_id


def _own_place(stores: Stores, viewer: Viewer, place: str, opens: bool) -> OwnThread | None:
    own = find_place(stores, viewer.secret, place)
    if opens and own is not None:
        raise Conflict
    return own


def _remember(stores: Stores, viewer: Viewer, own: OwnThread, today: date) -> None:
    remember_place(stores, viewer.secret, own)
    _count_day(stores, viewer, today)


def _asked(sending: Sending, then: tuple[str, dict[str, Any]] | None) -> dict[str, Any]:
    return {**with_contact(sending.get("contact")), **with_word(sending.get("word", False)), **_then(then)}


def _scope_of(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    subject: str,
    levels: Mapping[str, int] | None,
    audience: Audience,
    excluded: Collection[str],
    company_may: bool,
    today: date,
    sending: Sending,
    place: str,
) -> dict[str, Any]:
    """Who may read it, and how fine the writer is shown: checked against the crowd where a subject is. Raises ScopeTooFine."""
    fine = dict(levels if levels is not None else hidden_levels(trade)) if subject else {}
    told = subject if subject and shows_subject(fine) and audience < Audience.ALL else ""
    version = check_crowd(
        stores, vault, trade, viewer=viewer, subject=subject, levels=fine, today=today,
        sending=_unsigned(sending), page=told if told in viewer.subjects else "", place=place,
    ) if subject else 0  # fmt: skip
    carry_crowd(stores, vault, trade, viewer=viewer, place=place, today=today, sending=sending)
    closed = circles_beside(stores, vault, {*excluded, *viewer.own_circles}) - {viewer.circle}
    return {
        "circle": viewer.circle, "excluded": sorted(closed), "levels": fine, "subject": subject,
        "audience": int(audience), "company": company_may, "version": version,
    }  # fmt: skip


def _row(
    writing_id: str, *, place: str, kind: str, voice: int, tag: str, key_id: str, scope: Mapping[str, Any]
) -> dict[str, Any]:
    """What is published of a writing, besides its text."""
    return {
        "kind": publishing.WRITING, "about": kind, "id": writing_id, "thread": place, "voice": voice,
        "author_tag": tag, "key_id": key_id, "audience": scope["audience"], "scope": scope,
    }  # fmt: skip


def write_company(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    place: str,
    kind: str,
    texts: Mapping[str, str],
    extra: Mapping[str, Any] | None = None,
    then: tuple[str, dict[str, Any]] | None = None,
    at_once: bool = False,
    window: int,
) -> str:
    """Store a text of the operating company: labelled as such, with no member and nobody of its people behind it.

    Whether somebody speaks for it now the caller has asked (`app.community.writing.speaks`). Writes content and keys.
    """
    key_id, key = vault.new_data_key(stores)
    writing_id = str(new_id())
    scope = {
        "circle": "", "excluded": [], "levels": {}, "subject": "", "audience": int(Audience.ALL), "company": True,
        "version": 0,
    }  # fmt: skip
    payload: dict[str, Any] = {
        **_row(writing_id, place=place, kind=kind, voice=COMPANY, tag=str(new_id()), key_id=key_id, scope=scope),
        "text": pack(seal_words(key, {"texts": dict(texts), "shown": [], "extra": dict(extra or {})}, writing_id)),
        **_then(then),
    }  # fmt: skip
    due = due_window(stores, window, Audience.ALL, at_once=at_once)
    put_post(stores, vault, trade, payload, texts.values(), circle="", due=due, window=window)
    return writing_id


def speaks(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> Viewer:
    """The viewer as they are now, when they speak for the operating company. Raises Forbidden."""
    now = current_viewer(stores, vault, viewer=viewer, today=today)
    if "analyst" not in now.roles:
        raise Forbidden
    return now


def _unsigned(sending: Sending) -> Sending:
    """A pen name would join places that have nothing to do with each other."""
    return {**sending, "sign": False}


def _then(then: tuple[str, dict[str, Any]] | None) -> dict[str, Any]:
    return {} if then is None else {"then": {"kind": then[0], "payload": then[1]}}


def _check_day(stores: Stores, viewer: Viewer, today: date, most: int) -> None:
    day, number = read_locker(stores, viewer.secret, LOCKER, [0, 0])
    if day == today.toordinal() and number >= most:
        raise WrittenEnough


def _count_day(stores: Stores, viewer: Viewer, today: date) -> None:
    day, number = read_locker(stores, viewer.secret, LOCKER, [0, 0])
    now = today.toordinal()
    write_locker(stores, viewer.secret, LOCKER, [now, number + 1 if day == now else 1])
