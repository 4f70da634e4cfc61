"""Articles and notes for pages: what this viewer may read, as cards. Nothing here opens what an article was made from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community.models import Writing
from app.community.reads import may_read_row
from app.community.texts import words_of
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.knowledge.models import Article
from app.knowledge.notes import KIND
from app.knowledge.publishing import reason_of
from app.knowledge.rules import AUDIENCES, DRAFT, HELD, NOTE, PUBLISHED, RETIRED, audience_key, may_read
from app.knowledge.versions import about_of, article_text, text_of, versions_of
from app.sealing import Vault
from privacy.scopes import Audience
from privacy.style import Change, changes


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """One article or note as a reader sees it; of whom, and made from what, it does not say."""

    id: str
    kind: str
    title: str
    body: str = field(repr=False)
    day: date
    domain: tuple[str, ...]
    reported: int
    worked: int
    audience: str
    company: bool
    review: date
    state: str = PUBLISHED
    reason: str = ""  # why it was taken down


@dataclass(frozen=True, slots=True)
class VersionCard:
    """One version that was out, and what it changed of the one before."""

    number: int
    day: date
    title: str
    change: str
    titles: tuple[Change, ...] = field(repr=False)
    bodies: tuple[Change, ...] = field(repr=False)
    is_first: bool = False


def cards_of(
    stores: Stores, vault: Vault, trade: Trade, rows: Sequence[Article], *, viewer: Viewer | None
) -> list[ArticleCard]:
    """Those of the rows that are out and that the viewer may read, in their order and in two statements.

    Without a viewer: those that everybody may read, signed in or not.
    """
    let_in = [row for row in rows if row.state == PUBLISHED and _is_for(trade, viewer, row)]
    notes = _note_texts(stores, vault, trade, [row for row in let_in if row.kind == NOTE], viewer)
    keys = vault.data_keys(stores, [row.key_id for row in let_in])
    cards = []
    for row in let_in:
        text = notes.get(row.id) if row.kind == NOTE else None
        if row.kind != NOTE and row.key_id in keys:
            text = article_text(keys[row.key_id], row)
        if text is not None:
            cards.append(_card(trade, row, text))
    return cards


def _is_for(trade: Trade, viewer: Viewer | None, row: Article) -> bool:
    if viewer is None:
        return row.audience == Audience.PUBLIC
    return may_read(trade, viewer, audience=row.audience, group=row.group_key, company_may=row.company_may)


def _note_texts(
    stores: Stores, vault: Vault, trade: Trade, rows: Sequence[Article], viewer: Viewer | None
) -> dict[str, dict[str, str]]:
    """The words of notes that the viewer may read. What everybody may read a colleague may read as well."""
    if not rows:
        return {}
    public = {row.id for row in rows if row.audience == Audience.PUBLIC}
    query = select(Writing).where(Writing.place.in_([row.id for row in rows]), Writing.kind == KIND)
    found = [
        one
        for one in stores.content.scalars(query)
        if (one.place in public and not one.hidden)
        or (viewer is not None and may_read_row(vault, trade, viewer=viewer, row=one))
    ]
    words = words_of(stores, vault, found)
    return {one.place: _with_additions(words[one.id]) for one in found if one.id in words}


def _with_additions(opened: dict[str, object]) -> dict[str, str]:
    texts, added = opened["texts"], opened.get("additions", [])
    assert isinstance(texts, dict)  # noqa: S101 (what `seal_words` sealed)
    assert isinstance(added, list)  # noqa: S101
    return {**texts, "body": "\n\n".join([texts["body"], *(one["text"] for one in added)])}


def _card(trade: Trade, row: Article, text: dict[str, str], reason: str = "") -> ArticleCard:
    group = next((str(one.name) for one in trade.groups if one.key == row.group_key), "")
    topic = trade.topic_by_key.get(row.topic)
    return ArticleCard(
        id=row.id, kind=row.kind, title=text["title"], body=text["body"], day=date.fromordinal(row.published_day or 1),
        domain=tuple(filter(None, (group, str(topic.name) if topic else ""))), reported=row.reported, worked=row.worked,
        audience=audience_key(row.audience), company=row.company_may, review=date.fromordinal(row.review_day or 1),
        state=row.state, reason=reason,
    )  # fmt: skip


def get_article(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer | None, article_id: str) -> ArticleCard:
    """One of them; what was taken down comes without words, for who could have read it. Raises NotThere."""
    row = stores.content.get(Article, article_id)
    if row is None or row.state in (DRAFT, HELD) or not _is_for(trade, viewer, row):
        raise NotThere
    if row.state == RETIRED:
        return _card(trade, row, {"title": "", "body": ""}, reason_of(vault, row))
    found = cards_of(stores, vault, trade, [row], viewer=viewer)
    if not found:
        raise NotThere
    return found[0]


def history(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, article_id: str) -> list[VersionCard]:
    """The versions of an article that the viewer may read, newest first, each against the one before.

    One that was out for fewer readers is for those alone: its authors agreed to no more. Raises NotThere.
    """
    row = stores.content.get(Article, article_id)
    if row is None or row.state != PUBLISHED or row.kind == NOTE or not _is_for(trade, viewer, row):
        raise NotThere
    key, cards = vault.data_key(stores, row.key_id), list[VersionCard]()
    before = {"title": "", "body": ""}
    for version in versions_of(stores, article_id):
        if version.state != PUBLISHED or not version.sealed_text:
            continue
        about = about_of(vault, version)
        if may_read(trade, viewer, audience=AUDIENCES[about.audience], group=about.group, company_may=about.company):
            text, day = text_of(key, version), date.fromordinal(version.published_day)
            titles, bodies = changes(before["title"], text["title"]), changes(before["body"], text["body"])
            cards.append(
                VersionCard(len(cards) + 1, day, text["title"], text["change"], tuple(titles), tuple(bodies), not cards)
            )
            before = text
    return cards[::-1]
