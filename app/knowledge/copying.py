"""What stands in an editor's text word for word: compared with what this editor may read, and with nothing else."""

from collections.abc import Mapping, Sequence

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.places import is_closed
from app.community.reads import may_read_row, rows_at
from app.community.texts import words_of
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.errors import NotThere
from app.knowledge.rules import Copied, NoSources, copied
from app.knowledge.versions import About, Source
from app.questions.access import Access, get_readable
from app.questions.models import Post
from app.questions.reads import is_veiled, post_text
from app.sealing import Vault


def check_words(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, about: About, text: Mapping[str, str]
) -> None:
    """Raise NoSources for nothing to make it from, and Copied for what stands word for word in an answer that its editor
    may read.

    With nothing else: a refusal is a bit, and whoever may send drafts as often as they like reads by it, letter by
    letter, what it was compared with. What another editor chose is not compared at all, or it would tell which threads
    an article was made from; each author sees what stands there of their own before they agree.
    """
    texts = source_texts(stores, vault, about.sources)
    if not texts or any(one.post not in texts for one in about.sources):
        raise NoSources
    silent = [texts[one.post] for one in about.sources if one.own and not one.quote]
    silent += _beside(stores, vault, trade, about, viewer)
    passages = copied("\n".join(text.get(name, "") for name in ("title", "body", "change")), silent)
    if passages:
        raise Copied(passages)


def _beside(stores: Stores, vault: Vault, trade: Trade, about: About, viewer: Viewer) -> list[str]:
    """What members wrote in the threads and places this editor chose from and reads, and nobody would be asked about."""
    own = [one for one in about.sources if one.own]
    known = {one.post for one in own}
    beside = [
        one
        for place in dict.fromkeys(one.thread for one in own)
        for one in (*_answers(stores, vault, trade, place, viewer), *_said(stores, vault, trade, place, viewer))
        if one.post not in known
    ]
    return list(source_texts(stores, vault, beside).values())


def _answers(stores: Stores, vault: Vault, trade: Trade, thread_id: str, viewer: Viewer) -> list[Source]:
    try:
        access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    except NotThere:  # a place, or closed to them meanwhile
        return []
    return [] if is_veiled(access) else [Source(thread_id, one.id, one.author_tag) for one in usable(access)]


def _said(stores: Stores, vault: Vault, trade: Trade, place: str, viewer: Viewer) -> list[Source]:
    rows = [] if is_closed(stores, viewer, place) else rows_at(stores, place)
    return [
        Source(place, row.id, row.author_tag)
        for row in rows
        if row.voice >= 0 and may_read_row(vault, trade, viewer=viewer, row=row)
    ]


def usable(access: Access) -> list[Post]:
    """The answers a text may be made from: of members, with their words, and hidden from nobody."""
    return [
        one for one in access.posts if one.kind == "answer" and one.author > 0 and one.sealed_text and not one.hidden
    ]


def source_texts(stores: Stores, vault: Vault, sources: Sequence[Source]) -> dict[str, str]:
    """The words of those answers that still have them, by post."""
    rows = fetch(stores.content, Post, [one.post for one in sources])
    vault.data_keys(stores, [row.key_id for row in rows])
    found = {row.id: post_text(stores, vault, row) for row in rows if row.sealed_text}
    said = fetch(stores.content, Writing, [one.post for one in sources if one.post not in found])
    spoken = {post: "\n".join(words["texts"].values()) for post, words in words_of(stores, vault, said).items()}
    return spoken | {post: text["text"] for post, text in found.items() if text and text.get("text")}
