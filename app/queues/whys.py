"""Why a question came, in words for the one it came to, and which of these reasons they can say "not me" of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions.cards import ThreadCard
from app.questions.models import Thread
from app.questions.reads import thread_card
from app.queues import experts
from app.queues.models import Offer
from app.queues.rules import OFFER_PAD
from app.sealing import Vault
from app.web.i18n import gettext as _

DECLARED: Final = "declared"
ALIKE: Final = "alike"  # in words or in meaning
EVIDENCE: Final = frozenset({"topic", "endorsed", ALIKE})


@dataclass(frozen=True, slots=True)
class Why:
    """One reason. `key` names it where its reader can say that it is not about them, and is empty elsewhere."""

    words: str
    key: str = ""
    is_out: bool = False  # they have said so


def key_of(signal: str) -> str:
    """What "not me" calls the reason of a signal; empty where nothing of it can be taken out."""
    key = ALIKE if signal in ("words", "meaning") else signal
    return key if key in EVIDENCE or key == DECLARED else ""


def open_told(vault: Vault, offer: Offer) -> dict[str, Any]:
    """The sealed part of an offer."""
    told: dict[str, Any] = vault.open(offer.sealed, table="offers", column="sealed", row=offer.id)
    return told


def put_told(vault: Vault, offer: Offer, told: Mapping[str, Any]) -> None:
    """Seal it anew."""
    offer.sealed = vault.seal(dict(told), table="offers", column="sealed", row=offer.id, pad=OFFER_PAD)


def whys_of(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, card: ThreadCard, offer: Offer
) -> tuple[Why, ...]:
    """The reasons that may be said of an offer of the viewer's."""
    if not _may_tell(stores, vault, trade, viewer, card, offer):
        return (Why(_("分野を伏せた質問なので、届いたわけは出していません。")),)
    return tuple(_reasons(stores, vault, trade, viewer, card, open_told(vault, offer)))


def _may_tell(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, card: ThreadCard, offer: Offer) -> bool:
    """Whether reasons may be said. They rest on what is known of the viewer in one subject: where the page names the
    group only, and the viewer answers in several of its subjects, they would tell which of them it hides."""
    if card.names_subject:
        return True
    profiles = (experts.find_profile(stores, vault, handle) for handle in experts.own_handles(stores, viewer).values())
    subjects = [one.subject for one in profiles if one is not None and one.subject in trade.subjects]
    groups = [trade.group_of[one].key for one in subjects]
    return groups.count(stores.content.get_one(Thread, offer.thread_id).group_key) < 2


def _reasons(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, card: ThreadCard, found: Mapping[str, Any]
) -> list[Why]:
    topic, out = card.body.domain[-1] if card.body.domain else "", found.get("not_me", ())
    reasons = _one_likeness(found["reasons"])
    if any(one["signal"] == "topic" for one in reasons):  # which says the same more closely
        reasons = [one for one in reasons if one["signal"] != "active"]
    keys = [key_of(one["signal"]) for one in reasons]
    said = [
        Why(_say(stores, vault, trade, viewer, one, topic), key, key in out)
        for one, key in zip(reasons, keys, strict=True)
    ]
    if found["exploring"]:
        said.append(Why(_("まだあまり質問が届いていないので、合いそうなこの質問をお届けしました。")))
    return list({one.words: one for one in reversed(said) if one.words}.values())[::-1]


def _one_likeness(reasons: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Likeness in words and in meaning as one reason, at the place of the stronger: a reader sees no difference."""
    alike = [one for one in reasons if one["signal"] in ("words", "meaning")]
    threads = list(dict.fromkeys(thread for one in alike for thread in one["threads"]))
    return [{**one, "threads": threads} if one in alike[:1] else one for one in reasons if one not in alike[1:]]


def _say(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, reason: dict[str, Any], topic: str) -> str:
    signal = reason["signal"]
    if signal in ("words", "meaning"):
        return _say_titles(_titles(stores, vault, trade, viewer, reason["threads"]))
    if signal == "neighbour":
        subject = trade.subjects.get(reason.get("subject", ""))
        return (
            ""
            if subject is None
            else _("近い分野の質問です。「{subject}」でのご経験が役に立つかもしれません。").format(subject=subject.name)
        )
    said = {
        "topic": _("「{topic}」の質問によく答えています。"),
        "declared": _("「{topic}」を手伝えると登録しています。"),
        "endorsed": _("「{topic}」なら、あなたに聞きたいという声があります。"),
        "active": _("この分野で、最近よく答えています。"),
        "helped": _("これまでの回答が、質問した人の役に立っています。"),
    }
    return said.get(signal, "").format(topic=topic)


def _say_titles(titles: list[str]) -> str:
    if len(titles) > 1:
        return _("前に答えた「{title}」など{n}件に似ています。").format(title=titles[0], n=len(titles))
    return _("前に答えた「{title}」に似ています。").format(title=titles[0]) if titles else ""


def _titles(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, threads: list[str]) -> list[str]:
    found = []
    for thread_id in threads:
        try:
            card = thread_card(stores, vault, trade, viewer=viewer, thread_id=thread_id)
        except NotThere:
            continue
        if card.has_answered and card.title:
            found.append(card.title)
    return found
