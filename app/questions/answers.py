"""Use cases: answer, follow up. Both wait as one kind of post until their window."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Unpack

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import shown_attributes, shows_subject
from app.domains.trade import Trade
from app.errors import Forbidden, NotThere
from app.escrow.service import seal_author
from app.questions import sent
from app.questions.access import Access, get_readable
from app.questions.holding import put_post
from app.questions.lockers import OWNER, PEER, OwnThread, find_own, handle_epochs, remember
from app.questions.pending import pack, with_contact
from app.questions.photos import store_photos
from app.questions.rules import clean_text, told_by_page
from app.questions.wishing import with_word
from app.questions.writing import Sending, carry_crowd, check_crowd, check_signing, due_window, known_author, signature
from app.sealing import Vault, seal_text
from privacy.anonymity import AT_GROUP, SUBJECT
from privacy.pseudonyms import new_id, owner_tag, peer_tag, routing_handle
from privacy.scopes import Audience


@dataclass(frozen=True, slots=True)
class Draft:
    """A post before it is sealed: its words, what it shows of its author, what publication needs to know."""

    kind: str  # answer | followup | outcome
    body: Mapping[str, Any] = field(repr=False)
    levels: Mapping[str, int]
    version: int
    extra: Mapping[str, Any] = field(repr=False)
    at_once: bool


def add_answer(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    text: str,
    handle: str | None = None,
    window: int,
    today: date,
    offer_id: str | None = None,
    asked: bool = False,
    levels: Mapping[str, int] | None = None,
    at_once: bool = False,
    **sending: Unpack[Sending],
) -> str:
    """Store an answer until its window and return its post's id; writes content and keys.

    Without `handle` it counts for the viewer's handle of the subject, their own or not. `asked` is the queue's word that
    the viewer holds an offer of this thread. Without `levels` it shows the domain group only. `at_once` publishes in this window,
    only where the question is urgent. Raises NotThere, BadText, Forbidden (own question), ScopeTooFine.
    """
    done = sent.find(stores, viewer.secret, sending.get("token", ""))
    if done is not None:
        return done
    viewer = known_author(stores, vault, viewer, today=today, thread_id=thread_id)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id, asked=asked)
    if access.is_author:
        raise Forbidden
    clean = clean_text(text)  # before any check of the crowd, which would answer a question nobody has to post for
    shown = _told_levels(access, levels or {})
    check_signing(stores, trade, viewer=viewer, thread_id=thread_id, levels=shown, sending=sending)
    version = check_crowd(
        stores, vault, trade, viewer=viewer, subject=access.subject, levels=shown, today=today, sending=sending,
        page=told_by_page(access.scope, access.subject, viewer), place=thread_id,
    )  # fmt: skip
    told = [asdict(one) for one in shown_attributes(trade, viewer.attributes, shown)]
    body = {"text": clean, "shown": told, **signature(stores, viewer, sending)}
    epoch = handle_epochs(stores, viewer.secret).get(access.subject, 0)
    handle = handle or routing_handle(viewer.secret, access.subject, epoch)
    extra = {"handle": handle, "offer": offer_id, "by_asker": False, "length": len(clean)}
    extra |= with_contact(sending.get("contact"))
    draft = Draft("answer", body, shown, version, extra, at_once)
    return store_reply(stores, vault, trade, viewer, access, draft, window, today, sending)


def add_followup(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    text: str,
    window: int,
    today: date,
    **sending: Unpack[Sending],
) -> str:
    """Store a follow-up of the asker or of somebody who answered. Raises NotThere, BadText, Forbidden."""
    done = sent.find(stores, viewer.secret, sending.get("token", ""))
    if done is not None:
        return done
    viewer = known_author(stores, vault, viewer, today=today, thread_id=thread_id)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    if not (access.is_author or access.has_answered):
        raise NotThere
    draft = Draft(
        kind="followup",
        body={"text": clean_text(text), "shown": []},
        levels={},
        version=access.thread.table_version,
        extra={"by_asker": access.is_author},
        at_once=access.thread.urgent and access.is_author,
    )
    return store_reply(stores, vault, trade, viewer, access, draft, window, today, sending)


def _told_levels(access: Access, levels: Mapping[str, int]) -> dict[str, int]:
    """What an answer shows: where the question shows its group only, no more than that, since whether the hidden
    subject is one of the answerer's own is nothing they may be told.
    """
    return dict(levels) if shows_subject(access.scope.levels) else {**levels, SUBJECT: AT_GROUP}


def store_reply(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    viewer: Viewer,
    access: Access,
    draft: Draft,
    window: int,
    today: date,
    sending: Sending,
) -> str:
    """Put a post of somebody who may write here on its way and return its id; writes content and keys."""
    thread, secret = access.thread, viewer.secret
    carry_crowd(stores, vault, trade, viewer=viewer, place=thread.id, today=today, sending=sending)
    own = find_own(stores, secret, thread.id)
    if own is None:
        key_id, key = vault.new_data_key(stores)
    else:
        key_id, key = own.key_id, vault.data_key(stores, own.key_id)
    post_id = str(new_id())
    photos = store_photos(stores, key, sending.get("photos", ()))
    tag = owner_tag(secret, thread.id) if access.is_author else peer_tag(secret, thread.id)
    first = own is None  # what somebody began to write without an escrow stays without one
    who = {"member_id": viewer.member_id, "thread_id": thread.id, "tag": tag}
    escrow = seal_author(stores, **who, asks=access.is_author) if first else {}
    payload = {
        "kind": draft.kind,
        "id": post_id,
        "thread": thread.id,
        "author_tag": tag,
        "key_id": key_id,
        "scope": {"circle": viewer.circle, "levels": dict(draft.levels), "version": draft.version},
        "text": pack(seal_text(key, {**draft.body, "photos": photos}, table="posts", row=post_id)),
        "photos": photos,
        **draft.extra,
        **with_word(sending.get("word", False)),
        **escrow,
    }
    due = due_window(stores, window, Audience(thread.audience), at_once=draft.at_once and thread.urgent)
    texts = [draft.body["text"]]
    pending_id = put_post(stores, vault, trade, payload, texts, circle=viewer.circle, due=due, window=window)
    part = OWNER if access.is_author else PEER
    remember(stores, secret, OwnThread(thread.id, part, key_id, today.toordinal(), (pending_id,)))
    sent.note(stores, secret, sending.get("token", ""), post_id)
    return post_id
