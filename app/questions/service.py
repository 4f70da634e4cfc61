"""Use cases: ask. Answers and follow-ups stand in `answers`, what all have in common in `writing`."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, timedelta
from typing import Unpack

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import shown_attributes
from app.domains.trade import Trade
from app.escrow.service import seal_author
from app.questions import sent
from app.questions.access import open_scope
from app.questions.answers import add_answer, add_followup
from app.questions.exclusions import circles_beside
from app.questions.holding import REFUSED, put_post
from app.questions.lockers import OWNER, OwnThread, own_threads, read_locker, remember, write_locker
from app.questions.models import Pending, Thread
from app.questions.pending import has_pending, pack, publish, with_contact
from app.questions.photos import store_photos
from app.questions.rules import (
    OPEN_STATES,
    Limits,
    OverLimit,
    Question,
    Tally,
    check_limits,
    clean_text,
)
from app.questions.tallying import UNFIT, with_need
from app.questions.wishing import with_word
from app.questions.writing import Sending, check_crowd, due_window, known_author, longest_wait, signature
from app.sealing import Vault, seal_text
from privacy.pseudonyms import new_id, owner_tag

__all__ = ["add_answer", "add_followup", "ask", "has_pending", "longest_wait", "open_scope", "publish"]


def ask(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    question: Question,
    window: int,
    today: date,
    limits: Limits | None = None,
    excluded: Collection[str] = (),
    **sending: Unpack[Sending],
) -> str:
    """Store a question until its window and return its thread's id; writes content and keys, reads identity.

    `limits` None sets none (imports). `excluded` are circles. Raises OverLimit, ScopeTooFine (before anything is
    written), Forbidden.
    """
    token = sending.get("token", "")
    done = sent.find(stores, viewer.secret, token)
    if done is not None:
        return done
    viewer = known_author(stores, vault, viewer, today=today)
    _check_limits(stores, viewer, question, limits, today)
    thread_id = str(new_id())
    version = check_crowd(
        stores,
        vault,
        trade,
        viewer=viewer,
        subject=question.subject,
        levels=question.levels,
        today=today,
        sending=sending,
        place=thread_id,
    )
    # an expert's profile may still name a circle from before a split, or name the other half alone
    closed = circles_beside(stores, vault, {*excluded, *viewer.own_circles}) - {viewer.circle}
    key_id, pending_id = _store_question(
        stores, vault, trade, viewer, question, thread_id, version, closed, window, today, sending
    )
    remember(stores, viewer.secret, OwnThread(thread_id, OWNER, key_id, today.toordinal(), (pending_id,)))
    _count_question(stores, viewer, question, today)
    sent.note(stores, viewer.secret, token, thread_id)
    return thread_id


def find_limit(stores: Stores, viewer: Viewer, *, limits: Limits, urgent: bool, today: date) -> OverLimit | None:
    """What keeps the viewer from asking one more question today, or None."""
    try:
        since = _open_since(stores, viewer, today - timedelta(days=limits.open_days))
        check_limits(_tally(stores, viewer), limits, open_since=since, urgent=urgent, today=today)
    except OverLimit as limit:
        return limit
    return None


def _check_limits(stores: Stores, viewer: Viewer, question: Question, limits: Limits | None, today: date) -> None:
    if limits is not None:
        limit = find_limit(stores, viewer, limits=limits, urgent=question.urgent, today=today)
        if limit is not None:
            raise limit


def _open_since(stores: Stores, viewer: Viewer, since: date) -> list[int]:
    """The days of those questions of the viewer that still wait for a first answer: after the honest end they count no
    more."""
    mine = [one for one in own_threads(stores, viewer.secret) if one.part == OWNER and one.day > since.toordinal()]
    return [one.day for one in mine if _is_open(stores, one)]


def _is_open(stores: Stores, own: OwnThread) -> bool:
    thread = stores.content.get(Thread, own.thread)
    if thread is not None:
        return thread.state in OPEN_STATES
    waiting = (stores.content.get(Pending, pending_id) for pending_id in own.pending)
    return any(row is not None and row.due_window != REFUSED for row in waiting)


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
    today: date,
    sending: Sending,
) -> tuple[str, str]:
    key_id, key = vault.new_data_key(stores)
    photos = store_photos(stores, key, sending.get("photos", ()))
    text = {
        "title": clean_text(question.title),
        "fields": dict(question.fields),
        "facets": dict(question.facets),
        "shown": [asdict(one) for one in shown_attributes(trade, viewer.attributes, question.levels)],
        "photos": photos,
        **signature(stores, viewer, sending),
    }
    tag = owner_tag(viewer.secret, thread_id)
    columns = {
        "group_key": trade.group_of[question.subject].key,
        "topic": question.topic,
        "urgent": question.urgent,
        "audience": int(question.audience),
        "company_may": question.company_may,
        "table_version": version,
        "owner_tag": tag,
        "key_id": key_id,
    }
    scope = {"circle": viewer.circle, "excluded": sorted(excluded), "levels": dict(question.levels)}
    payload = {
        "kind": "question",
        "id": thread_id,
        "columns": columns,
        "scope": {**scope, "subject": question.subject, **({} if question.term is None else {UNFIT: True})},
        "text": pack(seal_text(key, text, table="threads", row=thread_id)),
        "photos": photos,
        **with_contact(sending.get("contact")),
        **with_word(sending.get("word", False)),
        **with_need(stores, trade, viewer=viewer, question=question, thread_id=thread_id, today=today),
        **seal_author(stores, member_id=viewer.member_id, thread_id=thread_id, tag=tag, asks=True),
    }
    due = due_window(stores, window, question.audience, at_once=question.urgent)
    texts = [question.title, *question.fields.values()]
    return key_id, put_post(stores, vault, trade, payload, texts, circle=viewer.circle, due=due, window=window)
