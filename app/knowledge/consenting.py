"""What authors say to a text made from their answers: all yes and it goes on, anything else and it goes back.

A yes can be taken back at any time. What was out is then taken down at once, words and all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.accounts.viewer import Viewer
from app.community import consents
from app.community.places import own_places
from app.db import Stores
from app.errors import NotThere
from app.knowledge.copying import source_texts
from app.knowledge.drafts import KIND, latest_out
from app.knowledge.models import Article, ArticleVersion
from app.knowledge.publishing import BEFORE, erase_version, retire
from app.knowledge.rules import CONSENTING, DRAFT, DROPPED, DUE, PUBLISHED, SECOND, copied
from app.knowledge.versions import About, Wish, about_of, get_version, put_about, text_of
from app.notices.service import tell
from app.questions.lockers import OWNER, own_threads
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag

WITHDRAWN = "withdrawn"
OPEN = (CONSENTING, SECOND, DUE, PUBLISHED)


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """What an author is asked, with exactly the text that would be out."""

    asked: consents.Asked
    title: str
    body: str = field(repr=False)
    audience: str
    company: bool
    thread: str
    role: str
    quoted: tuple[str, ...] = field(default=(), repr=False)
    state: str = ""  # of the text
    change: str = ""  # what is new in it, in a sentence that readers see too
    group: str = ""  # of the domain whose members it would be for

    @property
    def is_open(self) -> bool:
        """Whether a word is still waited for."""
        return self.asked.state == consents.ASKED and self.state == CONSENTING


def own_asked(stores: Stores, vault: Vault, *, viewer: Viewer, window: int | None = None) -> list[ConsentCard]:
    """Everything the viewer was asked about articles, what waits for them first; for a `window`, what they know of then."""
    found = [one for one in consents.own(stores, vault, labels=own_tags(stores, viewer.secret)) if one.kind == KIND]
    cards = [card for one in found if (card := find_card(stores, vault, one, viewer, window)) is not None]
    return sorted(cards, key=lambda card: not card.is_open)


def get_card(
    stores: Stores, vault: Vault, *, viewer: Viewer, consent_id: str, window: int | None = None
) -> ConsentCard:  # fmt: skip
    """One of them. Raises NotThere for everybody else."""
    asked = consents.find(
        stores, vault, viewer=viewer, consent_id=consent_id, labels=own_tags(stores, viewer.secret)
    )  # fmt: skip
    card = find_card(stores, vault, asked, viewer, window) if asked.kind == KIND else None
    if card is None:
        raise NotThere
    return card


def own_tags(stores: Stores, secret: MemberSecret) -> list[str]:
    """The viewer's labels in every thread and place they wrote in."""
    own = [*own_threads(stores, secret), *own_places(stores, secret)]
    return [str((owner_tag if one.part == OWNER else peer_tag)(secret, one.thread)) for one in own]


def find_card(
    stores: Stores, vault: Vault, asked: consents.Asked, viewer: Viewer, window: int | None
) -> ConsentCard | None:  # fmt: skip
    """What was asked, while its text is there, and from its window on."""
    if window is not None and int(asked.words.get("from", 0)) > window:
        return None
    try:
        article, version = get_version(stores, asked.about)
        key = vault.data_key(stores, article.key_id)
    except NotThere:
        return None
    about, text = about_of(vault, version), text_of(key, version)
    if version.state not in OPEN or not text["title"]:
        return None
    return ConsentCard(
        asked, text["title"], text["body"], about.audience, about.company, asked.words["thread"], asked.words["role"],
        _quoted(stores, vault, about, text, asked, viewer), version.state, text["change"], about.group,
    )  # fmt: skip


def _quoted(
    stores: Stores, vault: Vault, about: About, text: dict[str, str], asked: consents.Asked, viewer: Viewer
) -> tuple[str, ...]:
    """The passages of the author's own that would stand there word for word."""
    tag = peer_tag(viewer.secret, asked.words["thread"])
    mine = [one for one in about.sources if one.tag == tag]
    texts = source_texts(stores, vault, mine) if mine else {}
    return tuple(copied("\n".join(text[name] for name in ("title", "body", "change")), texts.values()))


def say(
    stores: Stores, vault: Vault, *, viewer: Viewer, consent_id: str, word: consents.Word, note: str, window: int,
    due: int,
) -> None:  # fmt: skip
    """Say yes, change or no; of what is out, no takes the yes back and the words are gone at once.

    Everything else comes of it in the window `due`, with what others wrote until then: an editor who watches their desk
    would see in which minute the last author answered. Writes content and keys. Raises NotThere for who was not asked, and when there is nothing to be said any more.
    """
    card = get_card(stores, vault, viewer=viewer, consent_id=consent_id, window=window)
    if not card.is_open and not (word == consents.NO and card.asked.is_yes):
        raise NotThere
    consents.answer(
        stores, vault, viewer=viewer, consent_id=consent_id, word=word, note=note, window=due,
        labels=own_tags(stores, viewer.secret),
    )  # fmt: skip
    if card.state == PUBLISHED:
        settle(stores, vault, version_id=card.asked.about, window=window, due=due)


def settle(stores: Stores, vault: Vault, *, version_id: str, window: int, due: int) -> None:
    """See what everybody said so far and do what follows; writes content and keys. Safe to repeat.

    Whatever brought it about, what is not heard yet waits for its own window: an answer given a moment ago, say, while
    somebody else leaves. Of what is out, a yes taken back counts at once.
    """
    try:
        article, version = get_version(stores, version_id)
    except NotThere:
        return
    said = consents.states(stores, vault, version_id, window=None if version.state == PUBLISHED else window)
    waits = any(one.state == consents.ASKED for one in said)
    is_refused = any(not one.is_yes for one in said)
    if (version.state == CONSENTING and not waits) or (version.state in BEFORE and is_refused):
        _decide(stores, vault, version, said, due)
    elif version.state == PUBLISHED and is_refused:
        _take_down(stores, vault, article, version, window, due)


def _decide(
    stores: Stores, vault: Vault, version: ArticleVersion, said: Sequence[consents.Asked], due: int
) -> None:  # fmt: skip
    """On to the second editor, or back with what was said; a text that is changed then is asked about anew."""
    about = about_of(vault, version)
    if said and all(one.is_yes for one in said):
        version.state = SECOND
        return
    wishes = tuple(Wish(one.state, one.words["role"], one.note) for one in said if not one.is_yes)
    send_back(stores, vault, version, about, wishes, due)


def hear_second(stores: Stores, vault: Vault, *, version_id: str, window: int) -> None:
    """Let an editor hear why a second one would not let their text out; writes content. Safe to repeat."""
    try:
        _article, version = get_version(stores, version_id)
    except NotThere:
        return
    about = about_of(vault, version)
    if version.state in BEFORE and about.back:
        send_back(stores, vault, version, replace(about, back=""), (Wish("second", "second", about.back),), window)


def send_back(
    stores: Stores, vault: Vault, version: ArticleVersion, about: About, wishes: tuple[Wish, ...], due: int
) -> None:  # fmt: skip
    """Into its editor's hands again, with why; writes content."""
    consents.drop(stores, about=version.id)
    put_about(vault, version, replace(about, asked=(), wishes=wishes))
    version.state = DRAFT
    tell(stores, vault, label=about.editor, kind="article_back", due=due)


def _take_down(
    stores: Stores, vault: Vault, article: Article, version: ArticleVersion, window: int, due: int
) -> None:  # fmt: skip
    """Words whose author no longer agrees: the text that is out goes with the article, an older one out of its history."""
    about = about_of(vault, version)
    consents.drop(stores, about=version.id)
    if is_current(stores, article, version):
        retire(stores, vault, article, reason=WITHDRAWN)
        tell(stores, vault, label=about.editor, kind="article_taken_down", due=due)
    else:
        erase_version(stores, vault, article, version, window=window)
        version.state = DROPPED


def is_current(stores: Stores, article: Article, version: ArticleVersion) -> bool:
    """Whether readers have this version."""
    return article.state == PUBLISHED and latest_out(stores, article.id).id == version.id
