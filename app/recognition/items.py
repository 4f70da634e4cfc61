"""What can be nominated: answers, and what members write at places of the community. Looked up for a reader who would
nominate, and for the author in their own session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community.models import Ballot, Writing
from app.community.places import own_places, tag_at
from app.community.reads import get_writing
from app.community.texts import is_company, open_parts, words_of
from app.db import Stores, fetch
from app.domains.rules import domain_labels, groups_of, shows_subject
from app.domains.trade import Trade
from app.errors import Forbidden, NotThere
from app.questions.access import get_readable, open_scope, subject_of
from app.questions.cards import Labels, shown_labels
from app.questions.lockers import OwnThread, own_threads
from app.questions.models import Post, Thread
from app.questions.rules import COMPANY, told_by_page
from app.questions.told import told_at
from app.sealing import Vault, open_text
from privacy.anonymity import SUBJECT
from privacy.crowds import GROUP, Facts
from privacy.pseudonyms import owner_tag, peer_tag

NOMINATION = "nomination"


@dataclass(frozen=True, slots=True)
class Nominee:
    """Something of another member's that the viewer may nominate: under which label its author is told."""

    id: str
    place: str
    tag: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """Something of the viewer's own that was nominated: its words, what its page tells of them, and under which pen."""

    id: str
    place: str
    is_answer: bool
    text: str = field(repr=False)
    groups: tuple[str, ...]
    domain: tuple[str, ...]
    shown: Labels
    facts: Facts = field(repr=False)
    pen: str = field(default="", repr=False)


def get_nominee(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, place: str, object: str) -> Nominee:
    """An answer of a thread, or a writing at a place, that the viewer reads and did not write.

    Raises NotThere, and Forbidden for one's own and for the operating company's.
    """
    post = stores.content.get(Post, object)
    found = _post(stores, vault, trade, viewer, place, post) if post else _writing(stores, vault, trade, viewer, object)
    if found.place != place:
        raise NotThere
    if found.tag in (str(owner_tag(viewer.secret, place)), str(peer_tag(viewer.secret, place))):
        raise Forbidden
    return found


def _post(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, place: str, post: Post) -> Nominee:
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=place)
    if all(one.id != post.id for one in access.posts) or post.kind != "answer" or post.hidden:
        raise NotThere
    if post.author == COMPANY:
        raise Forbidden
    keys = vault.data_keys(stores, [post.key_id])
    if post.key_id not in keys or not post.sealed_text:
        raise NotThere
    text = open_text(keys[post.key_id], post.sealed_text, table="posts", row=post.id)["text"]
    return Nominee(post.id, post.thread_id, post.author_tag, text)


def _writing(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, object: str) -> Nominee:
    row = get_writing(stores, vault, trade, viewer=viewer, writing_id=object)
    if is_company(row):
        raise Forbidden
    words = words_of(stores, vault, [row]).get(row.id)
    if row.hidden or words is None:
        raise NotThere
    return Nominee(row.id, row.place, row.author_tag, _joined(words))


def nominated_items(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer
) -> tuple[dict[str, Item], list[Ballot]]:
    """What the viewer wrote and others nominated, by id, and the nominations, in the order of labels, which tells nothing:
    found with the viewer's own secret, in at most six statements."""
    posts = _rows(stores, viewer, Post, Post.thread_id, own_threads(stores, viewer.secret))
    writings = _rows(stores, viewer, Writing, Writing.place, own_places(stores, viewer.secret))
    ids = [row.id for row in (*posts, *writings)]
    query = select(Ballot).where(Ballot.object.in_(ids), Ballot.purpose == NOMINATION).order_by(Ballot.label)
    said = list(stores.content.scalars(query)) if ids else []
    wanted = {row.object for row in said}
    made = [
        *_items_of_posts(stores, vault, trade, viewer, [row for row in posts if row.id in wanted]),
        *_items_of_writings(stores, vault, trade, [row for row in writings if row.id in wanted]),
    ]
    # what the voice has told there, also of work they have given up since
    found = (replace(one, facts=one.facts | told_at(stores, viewer.secret, one.place)) for one in made)
    return {one.id: one for one in found}, said


def _rows(stores: Stores, viewer: Viewer, table: Any, at: Any, owns: Sequence[OwnThread]) -> list[Any]:
    """Looked for where they stand, which an index knows: tags have none."""
    tags = {tag_at(viewer.secret, one.thread, one.part) for one in owns}
    query = select(table).where(at.in_([one.thread for one in owns]), table.author_tag.in_(tags))
    return list(stores.content.scalars(query)) if owns else []


def _items_of_posts(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, posts: list[Post]) -> list[Item]:
    threads = {row.id: row for row in fetch(stores.content, Thread, [one.thread_id for one in posts])}
    keys = vault.data_keys(stores, [one.key_id for one in posts])
    return [
        _item_of_post(vault, trade, viewer, threads[one.thread_id], one, keys[one.key_id])
        for one in posts
        if one.kind == "answer" and one.key_id in keys and one.sealed_text and one.thread_id in threads
    ]


def _item_of_post(vault: Vault, trade: Trade, viewer: Viewer, thread: Thread, post: Post, key: Any) -> Item:
    text = open_text(key, post.sealed_text, table="posts", row=post.id)
    levels = vault.open(post.sealed_scope, table="posts", column="sealed_scope", row=post.id)["levels"]
    scope, subject = open_scope(vault, thread), subject_of(vault, thread)
    tells = subject if shows_subject(levels) else told_by_page(scope, subject, viewer)
    return Item(
        id=post.id, place=post.thread_id, is_answer=True, text=text["text"], groups=(thread.group_key,),
        domain=tuple(domain_labels(trade, subject, thread.topic, scope.levels)),
        shown=shown_labels(trade, text["shown"]), pen=text.get("pen", ""),
        facts=_facts(trade, viewer, thread.group_key, tells, text["shown"]),
    )  # fmt: skip


def _items_of_writings(stores: Stores, vault: Vault, trade: Trade, writings: list[Writing]) -> list[Item]:
    words = words_of(stores, vault, writings)
    return [_item_of_writing(vault, trade, row, words[row.id]) for row in writings if row.id in words]


def _item_of_writing(vault: Vault, trade: Trade, row: Writing, words: Mapping[str, Any]) -> Item:
    parts = open_parts(vault, row)
    subject, levels = parts["subject"], parts["levels"]
    is_known = subject in trade.subjects
    group = trade.group_of[subject].key if is_known else ""
    facts = frozenset({(GROUP, 0, group)}) | _told(words["shown"]) if group else frozenset()
    return Item(
        id=row.id, place=row.place, is_answer=False, text=_joined(words), groups=(group,) if group else (),
        domain=tuple(domain_labels(trade, subject, "", levels)) if is_known else (),
        shown=shown_labels(trade, words["shown"]),
        facts=facts | ({(SUBJECT, 0, subject)} if is_known and shows_subject(levels) else frozenset()),
    )  # fmt: skip


def _facts(trade: Trade, viewer: Viewer, group: str, subject: str, shown: Any) -> Facts:
    """What an answer's page tells of its author. In a group they do not work in it tells nothing: anybody may answer.
    Whoever shows more than that did work in it."""
    if not shown and group not in groups_of(trade, viewer.subjects):
        return frozenset()
    return frozenset({(GROUP, 0, group)} | ({(SUBJECT, 0, subject)} if subject else set())) | _told(shown)


def _told(shown: Any) -> Facts:
    return frozenset((one["attribute"], one["level"], one["value"]) for one in shown)


def _joined(words: Mapping[str, Any]) -> str:
    return "\n\n".join(text for text in words["texts"].values() if text)
