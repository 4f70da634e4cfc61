"""A version opened and closed again: its text under the article's key, what it was made from under the content key."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy import delete, select

from app.db import Stores
from app.errors import NotThere
from app.jobs import queue
from app.keystore import DataKey
from app.knowledge.models import Article, ArticleVersion
from app.knowledge.rules import DRAFT, DROPPED, PUBLISHED
from app.sealing import Vault, open_text, seal_text
from privacy.keys import Key
from privacy.pseudonyms import new_id

ARTICLES: Final = "articles"
VERSIONS: Final = "article_versions"
PAD: Final = 8192
SMALL: Final = 512
GONE: Final = "article_key"  # job: a key nothing of an article is sealed under any more
CHANGED: Final = "article_changed"  # job: what is found of an article has to be read anew
EMPTY: Final = {"title": "", "body": "", "change": ""}


@dataclass(frozen=True, slots=True)
class Source:
    """An answer a text is made from, and its author's tag in that thread."""

    thread: str
    post: str
    tag: str
    quote: bool = False  # its author is asked to be quoted word for word
    own: bool = False  # this version's editor chose it themselves, in a thread or place they read


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whose consent was asked: the asker of a thread, or who answered there."""

    thread: str
    tag: str
    role: str  # asker | answerer


@dataclass(frozen=True, slots=True)
class Wish:
    """Why a text came back: a word (change, no, silent, or second for the second editor), whose, and a sentence."""

    word: str
    role: str
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class About:
    """What a version was made from and by whom, for editors' and consenting authors' own sessions."""

    sources: tuple[Source, ...]
    editor: str
    circles: tuple[str, ...]  # of the editor's organisation: the second is of another
    group: str
    topic: str
    audience: str = "members"
    company: bool = False
    asked: tuple[Asked, ...] = ()
    second: str = ""  # who looked last before it is out
    back: str = ""  # why they would not let it out, until its editor hears it
    wishes: tuple[Wish, ...] = ()

    @property
    def threads(self) -> tuple[str, ...]:
        """The threads it draws on, each once."""
        return tuple(dict.fromkeys(one.thread for one in self.sources))


def about_of(vault: Vault, version: ArticleVersion) -> About:
    """A version's sources and editors, opened."""
    found: dict[str, Any] = vault.open(version.sealed_about, table=VERSIONS, column="sealed_about", row=version.id)
    return About(**{
        **found,
        "sources": tuple(Source(**one) for one in found["sources"]),
        "asked": tuple(Asked(**one) for one in found["asked"]),
        "wishes": tuple(Wish(**one) for one in found["wishes"]),
        "circles": tuple(found["circles"]),
    })  # fmt: skip


def put_about(vault: Vault, version: ArticleVersion, about: About) -> None:
    """Seal it again; writes content."""
    version.sealed_about = vault.seal(
        asdict(about), table=VERSIONS, column="sealed_about", row=version.id, pad=PAD
    )  # fmt: skip


def text_of(key: Key, version: ArticleVersion) -> dict[str, str]:
    """A version's words; empty ones where they were erased."""
    if not version.sealed_text:
        return dict(EMPTY)
    text: dict[str, str] = open_text(key, version.sealed_text, table=VERSIONS, row=version.id)
    return text


def put_text(key: Key, version: ArticleVersion, text: Mapping[str, str]) -> None:
    """Seal a version's words; writes content."""
    version.sealed_text = seal_text(key, {**EMPTY, **text}, table=VERSIONS, row=version.id)


def versions_of(stores: Stores, article_id: str) -> list[ArticleVersion]:
    """All of an article, the oldest first."""
    query = select(ArticleVersion).where(ArticleVersion.article_id == article_id).order_by(ArticleVersion.number)
    return list(stores.content.scalars(query))


def find_open(stores: Stores, article_id: str) -> ArticleVersion | None:
    """The version on its way out, or None: there is one at the most."""
    closed = (PUBLISHED, DROPPED)
    return next((one for one in versions_of(stores, article_id) if one.state not in closed), None)


def get_version(stores: Stores, version_id: str) -> tuple[Article, ArticleVersion]:
    """A version and its article. Raises NotThere."""
    version = stores.content.get(ArticleVersion, version_id)
    article = None if version is None else stores.content.get(Article, version.article_id)
    if version is None or article is None:
        raise NotThere
    return article, version


def add_version(
    stores: Stores, vault: Vault, key: Key, article_id: str, *, number: int, about: About, text: Mapping[str, str]
) -> ArticleVersion:
    """A new draft; writes content."""
    version = ArticleVersion(id=str(new_id()), article_id=article_id, number=number, state=DRAFT, published_day=0)
    put_text(key, version, text)
    put_about(vault, version, about)
    stores.content.add(version)
    return version


def article_text(key: Key, article: Article) -> dict[str, str]:
    """The words that are out."""
    text: dict[str, str] = open_text(key, article.sealed_text, table=ARTICLES, row=article.id)
    return text


def rekey(
    stores: Stores, vault: Vault, article: Article, texts: Mapping[str, Mapping[str, str]], *, window: int
) -> None:
    """Seal an article and its versions under a fresh key, those of `texts` with these words: by the article's or the
    version's id. Writes content and keys; the old key goes by a job of its own, once this is in.
    """
    old, rows = vault.data_key(stores, article.key_id), versions_of(stores, article.id)
    queue.put(stores, vault, GONE, {"key": article.key_id}, due=window)
    article.key_id, new = vault.new_data_key(stores)
    if article.sealed_text:
        words = {**article_text(old, article), **texts.get(article.id, {})}
        article.sealed_text = seal_text(new, words, table=ARTICLES, row=article.id)
    for row in rows:
        if row.sealed_text:
            put_text(new, row, {**text_of(old, row), **texts.get(row.id, {})})


def forget_keys(stores: Stores, key_ids: Sequence[str]) -> None:
    """Erase keys; writes keys."""
    stores.keys.execute(delete(DataKey).where(DataKey.id.in_(key_ids)))
