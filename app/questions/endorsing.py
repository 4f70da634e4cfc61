"""Endorsements: that a reader would ask this person about this topic again. Counted by the worker once a week.

A ballot is one row unique under HKDF(ms, "endorse" | post), which only its own member finds again. Sealed in it stand
the post and the circles of the member's organisation, for the count alone: a page without the button for colleagues of
the answerer would say whose colleague the answerer is. So everybody of the domain has it, and the count leaves them out.
What is published is yes or no, to the answerer alone; who takes a ballot back is counted without from the next week on.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.db import Stores, fetch
from app.domains.rules import keys_above, month_of, shown_key
from app.domains.trade import Trade
from app.errors import Forbidden, NotThere
from app.questions.access import Access, get_readable
from app.questions.models import Endorsement, Post
from app.questions.rules import COMPANY
from app.questions.voices import apart
from app.questions.writing import known_writer
from app.sealing import Vault
from app.vectors import store
from privacy.counting import cast_ballot, retract
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag

PURPOSE: Final = "endorse"
TABLE: Final = "endorsements"
VOICES: Final = 3
CIRCLES: Final = 2
KEPT_MONTHS: Final = 18  # who lost their secret cannot take a ballot back any more: it ends by itself
CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Ballot:
    """A row, opened."""

    label: str
    post: str
    circles: frozenset[str]  # of the voter's organisation, now and before
    month: int


@dataclass(frozen=True, slots=True)
class Count:
    """What a week's count found: endorsed answers by thread, and ballots that have ended."""

    endorsed: Mapping[str, frozenset[str]]
    over: frozenset[str]


def is_endorsed(voices: Iterable[frozenset[str]], author: str) -> bool:
    """Whether three of two circles speak for somebody of the circle `author`, leaving out their own circle.

    A voice is the set of circles that ever stood for its organisation.
    """
    others = [voice for voice in voices if author not in voice]
    return len(others) >= VOICES and len(apart(others)) >= CIRCLES


def endorse(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, post_id: str, today: date
) -> None:
    """Cast the viewer's ballot for the author of an answer; once more renews it. Writes content, reads identity.

    Raises NotThere, and Forbidden for one's own answer, for who does not work in the domain, and for who may not write.
    """
    viewer = known_writer(stores, vault, viewer, today=today)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    if not any(post.id == post_id and post.kind == "answer" and post.author != COMPANY for post in access.posts):
        raise NotThere
    if post_id not in _open_to(trade, access, viewer):
        raise Forbidden
    label = str(cast_ballot(viewer.secret, PURPOSE, post_id).label)
    value = {"post": post_id, "circles": sorted(viewer.own_circles), "month": month_of(today)}
    sealed = vault.seal(value, table=TABLE, column="sealed", row=label)
    stores.content.merge(Endorsement(label=label, sealed=sealed))


def take_back(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, post_id: str) -> None:
    """Take the viewer's ballot back; without one nothing happens. Writes content. Raises NotThere without access, unless
    there was one to take back.
    """
    if not drop(stores, label=str(retract(viewer.secret, PURPOSE, post_id))):
        get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)


def voice_label(secret: MemberSecret, post_id: str) -> str:
    """The label of this secret's ballot for the author of an answer."""
    return str(retract(secret, PURPOSE, post_id))


def own_voices(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str) -> dict[str, bool]:
    """The answers of a thread whose authors the viewer may endorse, and whether they have. Empty without access."""
    try:
        access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    except NotThere:
        return {}
    posts = _open_to(trade, access, viewer)
    labels = {voice_label(viewer.secret, post): post for post in posts}
    cast = {row.label for row in fetch(stores.content, Endorsement, labels)}
    return {post: label in cast for label, post in labels.items()}


def own_ballots(stores: Stores, vault: Vault, secret: MemberSecret) -> dict[str, str]:
    """label → post of every ballot this secret cast: found by making the label of each post anybody endorsed."""
    rows = {ballot.label: ballot.post for ballot in _ballots(stores, vault)}
    mine = {str(retract(secret, PURPOSE, post)): post for post in set(rows.values())}
    return {label: post for label, post in mine.items() if label in rows}


def drop(stores: Stores, *, label: str) -> bool:
    """Erase a ballot; whether there was one. Writes content."""
    result = stores.content.execute(delete(Endorsement).where(Endorsement.label == label))
    return getattr(result, "rowcount", 0) == 1


def count(stores: Stores, vault: Vault, *, today: date) -> Count:
    """Count all ballots. Writes nothing, so that a long count holds nobody up."""
    by_post: dict[str, list[Ballot]] = defaultdict(list)
    for ballot in _ballots(stores, vault):
        by_post[ballot.post].append(ballot)
    posts = _posts(stores, by_post)
    endorsed: dict[str, set[str]] = defaultdict(set)
    over: set[str] = set()
    for post_id, ballots in by_post.items():
        valid = [one for one in ballots if post_id in posts and one.month + KEPT_MONTHS > month_of(today)]
        over.update({one.label for one in ballots} - {one.label for one in valid})
        if is_endorsed((one.circles for one in valid), _circle_of(vault, posts[post_id]) if valid else ""):
            endorsed[posts[post_id].thread_id].add(post_id)
    return Count({thread: frozenset(found) for thread, found in endorsed.items()}, frozenset(over))


def publish(stores: Stores, vault: Vault, found: Count, *, before: Collection[str]) -> None:
    """Write what a count found into the evidence; `before` are the threads with endorsed answers until now."""
    for thread_id in sorted({*found.endorsed, *before}):
        store.mark_endorsed(stores, vault, thread_id=thread_id, posts=found.endorsed.get(thread_id, frozenset()))
    for label in sorted(found.over):
        drop(stores, label=label)


def _open_to(trade: Trade, access: Access, viewer: Viewer) -> frozenset[str]:
    """Answers the viewer may endorse: of others, in a domain, as far as the page shows it, that the viewer works in."""
    if shown_key(trade, access.subject, access.scope.levels) not in keys_above(trade, viewer.subjects):
        return frozenset()
    own = (owner_tag(viewer.secret, access.thread.id), peer_tag(viewer.secret, access.thread.id))
    return frozenset(
        one.id for one in access.posts if one.kind == "answer" and one.author != COMPANY and one.author_tag not in own
    )


def _ballots(stores: Stores, vault: Vault) -> list[Ballot]:
    opening = vault.opener(TABLE, "sealed")
    rows = stores.content.execute(select(Endorsement.label, Endorsement.sealed)).yield_per(CHUNK)
    return [_ballot(row.label, json.loads(opening(row.sealed, row.label))) for row in rows]


def _ballot(label: str, found: dict[str, Any]) -> Ballot:
    return Ballot(label, found["post"], frozenset(found["circles"]), found["month"])


def _posts(stores: Stores, wanted: Collection[str]) -> dict[str, Post]:
    ids = sorted(wanted)
    batches = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    return {
        post.id: post for batch in batches for post in stores.content.scalars(select(Post).where(Post.id.in_(batch)))
    }


def _circle_of(vault: Vault, post: Post) -> str:
    circle: str = vault.open(post.sealed_scope, table="posts", column="sealed_scope", row=post.id)["circle"]
    return circle
