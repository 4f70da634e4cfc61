"""Use cases: ask, answer, follow up, accept. `publish` moves what was written into the open at its window."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.reads import is_small
from app.domains.rules import shown_attributes
from app.domains.trade import Trade
from app.errors import Forbidden, NotThere
from app.questions import crowd, sent
from app.questions.access import Access, get_readable, open_scope
from app.questions.lockers import OWNER, PEER, OwnThread, find_own, own_threads, read_locker, remember, write_locker
from app.questions.models import Pending, Post, Thread
from app.questions.pending import has_pending, pack, publish, put_pending, with_contact
from app.questions.rules import HONEST_END_DAYS, OPEN_STATES, Limits, Question, Tally, check_limits, clean_text
from app.sealing import Vault, seal_text
from app.vectors.store import mark_accepted
from privacy.anonymity import Member, Policy
from privacy.pseudonyms import new_id, owner_tag, peer_tag, routing_handle
from privacy.scopes import Audience
from privacy.times import Cadence, next_publication

__all__ = ["accept", "add_answer", "add_followup", "ask", "has_pending", "open_scope", "publish"]


def ask(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    question: Question,
    window: int,
    today: date,
    token: str = "",
    limits: Limits | None = None,
    policy: Policy | None = None,
    excluded: Collection[str] = (),
    contact: bytes | None = None,
    population: Sequence[Member] | None = None,
) -> str:
    """Store a question until its window and return its thread's id; writes content and keys, reads identity.

    The same `token` gives the same thread, once stored. `limits` None sets none (imports). `excluded` are circles.
    `contact` is a box for the post office. Raises OverLimit, ScopeTooFine (before anything is written), Forbidden.
    """
    done = sent.find(stores, viewer.secret, token)
    if done is not None:
        return done
    _refuse_strangers(viewer)
    _check_limits(stores, viewer, question, limits, today)
    version = crowd.check(
        stores,
        vault,
        trade,
        viewer=viewer,
        subject=question.subject,
        levels=question.levels,
        policy=policy or Policy(),
        today=today,
        population=population,
    )
    # a colleague's expert profile may still name a circle from before a split
    closed = frozenset(excluded) | viewer.former_circles
    thread_id = str(new_id())
    key_id, pending_id = _store_question(
        stores, vault, trade, viewer, question, thread_id, version, closed, window, contact
    )
    remember(stores, viewer.secret, OwnThread(thread_id, OWNER, key_id, today.toordinal(), (pending_id,)))
    _count_question(stores, viewer, question, today)
    sent.note(stores, viewer.secret, token, thread_id)
    return thread_id


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
    token: str = "",
    at_once: bool = False,
    policy: Policy | None = None,
    contact: bytes | None = None,
    population: Sequence[Member] | None = None,
) -> str:
    """Store an answer until its window and return its post's id; writes content and keys.

    Without `handle` it counts for the viewer's first handle of the subject. `asked` is the queue's word that the viewer
    holds an offer of this thread. Without `levels` it shows the domain group only. `at_once` publishes in this window,
    only where the question is urgent. Raises NotThere, BadText, Forbidden (own question), ScopeTooFine.
    """
    done = sent.find(stores, viewer.secret, token)
    if done is not None:
        return done
    _refuse_strangers(viewer)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id, asked=asked)
    if access.is_author:
        raise Forbidden
    shown = dict(levels or {})
    version = crowd.check(
        stores,
        vault,
        trade,
        viewer=viewer,
        subject=access.subject,
        levels=shown,
        policy=policy or Policy(),
        today=today,
        population=population,
    )
    scope = {"circle": viewer.circle, "levels": shown, "version": version}
    body = {"text": clean_text(text), "shown": [asdict(a) for a in shown_attributes(trade, viewer.attributes, shown)]}
    handle = handle or routing_handle(viewer.secret, access.subject)
    extra = {"handle": handle, "offer": offer_id, "by_asker": False, **with_contact(contact)}
    post_id = _store_post(stores, vault, viewer, access, "answer", body, scope, extra, window, today, at_once=at_once)
    sent.note(stores, viewer.secret, token, post_id)
    return post_id


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
    token: str = "",
) -> str:
    """Store a follow-up of the asker or of somebody who answered. Raises NotThere, BadText."""
    done = sent.find(stores, viewer.secret, token)
    if done is not None:
        return done
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    if not (access.is_author or access.has_answered):
        raise NotThere
    scope = {"circle": viewer.circle, "levels": {}, "version": access.thread.table_version}
    body = {"text": clean_text(text), "shown": []}
    extra = {"by_asker": access.is_author}
    at_once = access.thread.urgent and access.is_author
    post_id = _store_post(stores, vault, viewer, access, "followup", body, scope, extra, window, today, at_once=at_once)
    sent.note(stores, viewer.secret, token, post_id)
    return post_id


def accept(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, post_id: str) -> None:
    """The asker says that an answer helped; several may. Raises NotThere for anybody else and anything else."""
    thread = stores.content.get(Thread, thread_id)
    post = stores.content.get(Post, post_id)
    if thread is None or thread.owner_tag != owner_tag(viewer.secret, thread_id):
        raise NotThere
    if post is None or post.thread_id != thread_id or post.kind != "answer":
        raise NotThere
    post.accepted = True
    thread.state = "accepted"
    mark_accepted(stores, vault, thread_id=thread_id, post_id=post_id)


def _refuse_strangers(viewer: Viewer) -> None:
    if "member" not in viewer.roles or viewer.state != "active" or not viewer.circle:
        raise Forbidden


def _check_limits(stores: Stores, viewer: Viewer, question: Question, limits: Limits | None, today: date) -> None:
    if limits is not None:
        waiting = count_open(stores, viewer, today)
        check_limits(_tally(stores, viewer), limits, open_now=waiting, urgent=question.urgent, today=today)


def count_open(stores: Stores, viewer: Viewer, today: date) -> int:
    """How many questions of the viewer still wait for a first answer: after the honest end they count no more."""
    since = today.toordinal() - HONEST_END_DAYS
    mine = [one for one in own_threads(stores, viewer.secret) if one.part == OWNER and one.day > since]
    return sum(_is_open(stores, one) for one in mine)


def _is_open(stores: Stores, own: OwnThread) -> bool:
    thread = stores.content.get(Thread, own.thread)
    if thread is not None:
        return thread.state in OPEN_STATES
    return any(stores.content.get(Pending, pending_id) is not None for pending_id in own.pending)


def _tally(stores: Stores, viewer: Viewer) -> Tally:
    found = read_locker(stores, viewer.secret, "asked", {"days": [], "urgent_month": 0})
    return Tally(tuple(found["days"]), found["urgent_month"])


def _count_question(stores: Stores, viewer: Viewer, question: Question, today: date) -> None:
    tally = _tally(stores, viewer).with_one(today, urgent=question.urgent)
    write_locker(stores, viewer.secret, "asked", {"days": list(tally.days), "urgent_month": tally.urgent_month})


def _store_question(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    viewer: Viewer,
    question: Question,
    thread_id: str,
    version: int,
    excluded: frozenset[str],
    window: int,
    contact: bytes | None,
) -> tuple[str, str]:
    key_id, key = vault.new_data_key(stores)
    shown = [asdict(one) for one in shown_attributes(trade, viewer.attributes, question.levels)]
    text = {
        "title": clean_text(question.title),
        "fields": dict(question.fields),
        "facets": dict(question.facets),
        "shown": shown,
    }
    columns = {
        "group_key": trade.group_of[question.subject].key,
        "topic": question.topic,
        "urgent": question.urgent,
        "audience": int(question.audience),
        "company_may": question.company_may,
        "table_version": version,
        "owner_tag": owner_tag(viewer.secret, thread_id),
        "key_id": key_id,
    }
    payload = {
        "kind": "question",
        "id": thread_id,
        "columns": columns,
        "scope": {
            "circle": viewer.circle,
            "excluded": sorted(excluded),
            "levels": dict(question.levels),
            "subject": question.subject,
        },
        "text": pack(seal_text(key, text, table="threads", row=thread_id)),
        **with_contact(contact),
    }
    due = _due(stores, window, question.audience, at_once=question.urgent)
    return key_id, put_pending(stores, vault, payload, due=due)


def _store_post(
    stores: Stores,
    vault: Vault,
    viewer: Viewer,
    access: Access,
    kind: str,
    body: dict[str, Any],
    scope: dict[str, Any],
    extra: dict[str, Any],
    window: int,
    today: date,
    *,
    at_once: bool,
) -> str:
    thread, secret = access.thread, viewer.secret
    own = find_own(stores, secret, thread.id)
    if own is None:
        key_id, key = vault.new_data_key(stores)
    else:
        key_id, key = own.key_id, vault.data_key(stores, own.key_id)
    post_id = str(new_id())
    tag = owner_tag(secret, thread.id) if access.is_author else peer_tag(secret, thread.id)
    payload = {
        "kind": kind,
        "id": post_id,
        "thread": thread.id,
        "author_tag": tag,
        "key_id": key_id,
        "scope": scope,
        "text": pack(seal_text(key, body, table="posts", row=post_id)),
        **extra,
    }
    due = _due(stores, window, Audience(thread.audience), at_once=at_once and thread.urgent)
    pending_id = put_pending(stores, vault, payload, due=due)
    part = OWNER if access.is_author else PEER
    remember(stores, secret, OwnThread(thread.id, part, key_id, today.toordinal(), (pending_id,)))
    return post_id


def longest_wait(stores: Stores, audience: Audience = Audience.DOMAIN) -> int:
    """How many windows a post for this audience waits at the most."""
    return Cadence(small=is_small(stores)).step(audience)


def _due(stores: Stores, window: int, audience: Audience, *, at_once: bool) -> int:
    return next_publication(window, audience, Cadence(small=is_small(stores)), urgent=at_once)
