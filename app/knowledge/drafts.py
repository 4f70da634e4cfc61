"""An editor's draft: begun from answers they may read, written in their own words, sent to its authors to be agreed to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.accounts.viewer import Viewer
from app.community import ballots, consents
from app.community.models import Writing
from app.db import Stores, fetch
from app.domains.trade import Trade
from app.errors import NotThere
from app.knowledge.copying import check_words, source_texts, usable
from app.knowledge.editors import check_editor, label_at
from app.knowledge.models import Article, ArticleVersion
from app.knowledge.rules import (
    ARTICLE,
    AUDIENCES,
    CONSENTING,
    DRAFT,
    DUE,
    EDITING,
    MAX_SOURCES,
    PUBLISHED,
    SECOND,
    NoSources,
    NotNow,
)
from app.knowledge.versions import (
    SMALL,
    About,
    Asked,
    Source,
    about_of,
    add_version,
    find_open,
    forget_keys,
    put_about,
    put_text,
    text_of,
    versions_of,
)
from app.notices.service import tell
from app.questions.access import get_readable
from app.questions.models import Thread
from app.questions.reads import is_veiled
from app.sealing import Vault
from privacy.keys import Key
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

KIND: Final = "article"  # of the consents
VOICE: Final = "voice"  # whoever wrote at a place: a session, say
ANSWERED: Final = "article_answered"  # job: somebody said a word, or let the days pass


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way, in its editor's hands."""

    article: Article
    version: ArticleVersion
    about: About
    text: Mapping[str, str]
    key: Key

    @property
    def shown(self) -> str:
        """Its state, as its editor knows it: that a second one let it out shows when it is out."""
        return SECOND if self.version.state == DUE else self.version.state


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor wrote and chose."""

    title: str
    body: str
    audience: str
    company: bool
    topic: str
    kept: Collection[str]  # the posts it is still made from
    quotes: Collection[str]  # those whose authors are asked to be quoted
    change: str = ""  # what is new, in a sentence


def begin(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, post_ids: Collection[str],
    into: str = "", today: date,
) -> str:  # fmt: skip
    """Begin a draft from these answers, or add them to one's own draft `into`, and give the article's id.

    Writes content and keys. Raises NotThere for who does not edit or may not read the thread, and NoSources.
    """
    check_editor(stores, viewer, today=today)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    if is_veiled(access):
        raise NotThere
    found = [Source(thread_id, one.id, one.author_tag, own=True) for one in usable(access) if one.id in post_ids]
    if not found:
        raise NoSources
    if into:
        _add(stores, vault, get_draft(stores, vault, viewer=viewer, article_id=into), found)
        return into
    return _new(stores, vault, viewer, (access.thread.group_key, access.thread.topic), found)


def begin_from_place(
    stores: Stores, vault: Vault, *, viewer: Viewer, place: str, group: str, writing_ids: Collection[str],
    today: date,
) -> str:  # fmt: skip
    """Begin a draft from what members wrote at a place, which the caller has asked whether the viewer may read, and give
    the article's id. Each author is asked for a yes as the author of an answer is.

    Writes content and keys. Raises NotThere for who does not edit, and NoSources.
    """
    check_editor(stores, viewer, today=today)
    rows = [row for row in fetch(stores.content, Writing, list(writing_ids)) if row.place == place]
    found = [
        Source(place, row.id, row.author_tag, own=True)
        for row in rows
        if row.voice >= 0 and row.sealed_text and not row.hidden
    ]
    if not found:
        raise NoSources
    return _new(stores, vault, viewer, (group, ""), found)


def _new(stores: Stores, vault: Vault, viewer: Viewer, where: tuple[str, str], found: Sequence[Source]) -> str:
    (group, topic), article_id = where, str(new_id())
    key_id, key = vault.new_data_key(stores)
    about = About(
        tuple(found[:MAX_SOURCES]), label_at(viewer, article_id), tuple(sorted(viewer.own_circles)), group,
        topic,
    )  # fmt: skip
    stores.content.add(empty_article(vault, article_id, key_id, kind=ARTICLE, group=group))
    stores.content.flush()  # its version names it
    add_version(stores, vault, key, article_id, number=1, about=about, text={})
    ballots.cast(stores, vault, viewer=viewer, purpose=EDITING, object=article_id)
    return article_id


def empty_article(vault: Vault, article_id: str, key_id: str, *, kind: str, group: str) -> Article:
    """A row that nobody can read yet."""
    return Article(
        id=article_id, kind=kind, state=DRAFT, group_key=group, topic="", audience=Audience.DOMAIN, company_may=False,
        published_day=0, review_day=0, reported=0, worked=0, key_id=key_id, sealed_text=b"",
        sealed_about=vault.seal({}, table="articles", column="sealed_about", row=article_id, pad=SMALL),
    )  # fmt: skip


def _add(stores: Stores, vault: Vault, draft: Draft, found: Sequence[Source]) -> None:
    _check_state(draft, DRAFT)
    known = {one.post for one in draft.about.sources if one.own}  # what is carried beside stays unknown to its editor
    sources = (*draft.about.sources, *(one for one in found if one.post not in known))[:MAX_SOURCES]
    put_about(vault, draft.version, replace(draft.about, sources=sources))


def get_draft(stores: Stores, vault: Vault, *, viewer: Viewer, article_id: str) -> Draft:
    """One's own text on its way. Raises NotThere."""
    article, version = stores.content.get(Article, article_id), find_open(stores, article_id)
    if article is None or version is None:
        raise NotThere
    about = about_of(vault, version)
    if about.editor != label_at(viewer, article_id):
        raise NotThere
    key = vault.data_key(stores, article.key_id)
    return Draft(article, version, about, text_of(key, version), key)


def save(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, article_id: str, typed: Typed) -> Draft:
    """Keep what was typed; writes content. Raises NotThere and NotNow.

    Nobody whose words are in what readers have is left out of the next text, and what they were asked to be quoted for
    under another editor stays as it was.
    """
    draft = get_draft(stores, vault, viewer=viewer, article_id=article_id)
    _check_state(draft, DRAFT)
    kept = {*typed.kept, *_lasting(stores, vault, draft)}
    sources = tuple(
        replace(one, quote=one.post in typed.quotes) if one.own else one
        for one in draft.about.sources
        if not one.own or one.post in kept
    )
    about = replace(
        draft.about,
        sources=sources,
        audience=typed.audience if typed.audience in AUDIENCES else draft.about.audience,
        company=typed.company,
        topic=typed.topic if typed.topic in trade.topic_by_key else "",
    )
    put_about(vault, draft.version, about)
    text = {"title": typed.title, "body": typed.body, "change": typed.change}
    put_text(draft.key, draft.version, text)
    return replace(draft, about=about, text=text)


def send(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, article_id: str, due: int, today: date
) -> None:  # fmt: skip
    """Ask the asker of each thread and each author of an answer used, who see it from the window `due` on: whoever looks
    again and again would learn in which minute an editor was here. Writes content.

    Raises NotThere, NotNow, NoSources where no answer is left, and Copied for passages of answers whose authors would
    not be asked to be quoted.
    """
    check_editor(stores, viewer, today=today)
    draft = get_draft(stores, vault, viewer=viewer, article_id=article_id)
    _check_state(draft, DRAFT)
    check_words(stores, vault, trade, viewer=viewer, about=draft.about, text=draft.text)
    asked = _authors(stores, draft.about)
    for one in asked:
        words = {"thread": one.thread, "role": one.role, "from": str(due)}
        consents.ask(
            stores, vault, about=draft.version.id, label=one.tag, kind=KIND, words=words, today=today, then=ANSWERED
        )
        tell(stores, vault, label=one.tag, kind="article_consent", due=due)
    put_about(vault, draft.version, replace(draft.about, asked=asked, wishes=(), second="", back=""))
    draft.version.state = CONSENTING


def sources_shown(stores: Stores, vault: Vault, draft: Draft) -> list[tuple[Source, str]]:
    """The sources with their words, as this editor may see them: those they chose themselves, in threads that they read.

    Whoever takes up another's article sees none of those it was made from, a colleague of an author or not, nor in the
    versions after: they may not be able to read the thread.
    """
    shown = [one for one in draft.about.sources if one.own]
    texts = source_texts(stores, vault, shown)
    return [(one, texts.get(one.post, "")) for one in shown]


def _lasting(stores: Stores, vault: Vault, draft: Draft) -> frozenset[str]:
    """What this editor chose for the text that readers have, if that is theirs."""
    try:
        latest = about_of(vault, latest_out(stores, draft.article.id))
    except NotThere:
        return frozenset()
    return frozenset(one.post for one in latest.sources if one.own and latest.editor == draft.about.editor)


def _authors(stores: Stores, about: About) -> tuple[Asked, ...]:
    threads = {row.id: row for row in fetch(stores.content, Thread, about.threads)}
    askers = [Asked(one, threads[one].owner_tag, "asker") for one in about.threads if one in threads]
    answerers = [Asked(one.thread, one.tag, "answerer" if one.thread in threads else VOICE) for one in about.sources]
    return tuple({one.tag: one for one in [*answerers, *askers]}.values())


def call_back(stores: Stores, vault: Vault, *, viewer: Viewer, article_id: str) -> None:
    """Take a text back from those who were asked, or from the second editor, to write on; writes content."""
    draft = get_draft(stores, vault, viewer=viewer, article_id=article_id)
    consents.drop(stores, about=draft.version.id)
    put_about(vault, draft.version, replace(draft.about, asked=(), second="", back=""))
    draft.version.state = DRAFT


def discard(stores: Stores, vault: Vault, *, viewer: Viewer, article_id: str) -> None:
    """Throw a draft away, and with it the article that never was out; writes content and keys."""
    draft = get_draft(stores, vault, viewer=viewer, article_id=article_id)
    consents.drop(stores, about=draft.version.id)
    ballots.retract(stores, vault, viewer=viewer, purpose=EDITING, object=article_id)
    stores.content.delete(draft.version)
    if draft.article.state == DRAFT:
        stores.content.flush()  # the version first: it names the article
        forget_keys(stores, [draft.article.key_id])
        stores.content.delete(draft.article)


def reopen(stores: Stores, vault: Vault, *, viewer: Viewer, article_id: str, today: date) -> None:
    """Begin a new version of what is out, with its words and its sources; writes content. Raises NotThere and NotNow."""
    check_editor(stores, viewer, today=today)
    article = stores.content.get(Article, article_id)
    if article is None or article.kind != ARTICLE or article.state != PUBLISHED:
        raise NotThere
    if find_open(stores, article_id) is not None:
        raise NotNow
    latest = latest_out(stores, article_id)
    key, old, editor = vault.data_key(stores, article.key_id), about_of(vault, latest), label_at(viewer, article_id)
    about = replace(
        old, editor=editor, circles=tuple(sorted(viewer.own_circles)), asked=(), wishes=(), second="",
        sources=old.sources if old.editor == editor else _handed_on(old.sources),
    )  # fmt: skip
    text = {**text_of(key, latest), "change": ""}
    add_version(stores, vault, key, article_id, number=latest.number + 1, about=about, text=text)
    ballots.cast(stores, vault, viewer=viewer, purpose=EDITING, object=article_id)


def _handed_on(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The same answers, each once, in the hands of an editor who chose none of them."""
    quoted = {one.post for one in sources if one.quote}
    found = {one.post: replace(one, own=False, quote=one.post in quoted) for one in sources}
    return tuple(found.values())


def latest_out(stores: Stores, article_id: str) -> ArticleVersion:
    """The version that readers have. Raises NotThere."""
    out = [one for one in versions_of(stores, article_id) if one.state == PUBLISHED and one.sealed_text]
    if not out:
        raise NotThere
    return out[-1]


def _check_state(draft: Draft, state: str) -> None:
    if draft.version.state != state:
        raise NotNow
