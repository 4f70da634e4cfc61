"""The expert's own page: what they said, what they showed, what they handed back, and why questions come.

Told by group, not by subject: which of somebody's subjects a question is about may be hidden in its group.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.trade import Group, Trade
from app.errors import NotThere
from app.questions.cards import ListCard
from app.questions.lists import my_threads
from app.questions.lockers import PEER
from app.questions.models import Thread
from app.questions.reads import thread_card
from app.queues import experts
from app.queues.reads import ProfileCard
from app.queues.rules import Now, PassMade, Profile
from app.queues.saying import some
from app.queues.teaching import own_profiles
from app.sealing import Vault
from app.vectors.store import Answered, Evidence, evidence_on
from app.web.i18n import gettext as _
from app.web.i18n import month_label

FEW = 3  # topics told in one sentence each


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A thread the viewer answered."""

    id: str
    title: str
    topic: str
    day: date | None
    is_accepted: bool
    counts: bool  # it is among what the router knows of them
    is_endorsed: bool
    is_unvouched: bool  # its author wants nothing made of that
    is_aside: bool = False  # its author wants nothing made of it
    last: date | None = None  # the day of the latest answer


@dataclass(frozen=True, slots=True)
class PassCard:
    """A question the viewer handed back; without a title where they may not read it any more."""

    thread_id: str
    title: str
    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """All of the viewer's page about one group."""

    key: str
    name: str
    profiles: tuple[ProfileCard, ...]
    why: tuple[str, ...]
    shown: tuple[tuple[str, str], ...]  # topic, what was shown of it in words
    endorsed: tuple[str, ...]  # topics, by name
    threads: tuple[ShownThread, ...]
    passes: tuple[PassCard, ...]

    @property
    def has_inbox(self) -> bool:
        """Whether questions may come in one of its subjects."""
        return any(one.profile is not None for one in self.profiles)

    @property
    def aside(self) -> tuple[str, ...]:
        """The threads whose answers are set aside."""
        return tuple(one.id for one in self.threads if one.is_aside)


def own_groups(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, profiles: Sequence[ProfileCard], now: Now
) -> list[OwnGroup]:
    """A part for each group the viewer has a subject in. Nothing here is computed for anybody but the viewer."""
    handles = experts.answering_handles(stores, trade, viewer)
    threads = _threads(stores, vault, trade, viewer, handles, now)
    given = own_profiles(stores, vault, trade, viewer=viewer).values()
    found = []
    for group in trade.groups:
        own = [card for card in profiles if trade.group_of[card.subject] is group]
        if own:
            mine = threads.get(group.key, [])
            passes = {p.thread_id: p for one in given if trade.group_of[one.subject] is group for p in one.passes}
            newest = sorted(passes.values(), key=lambda one: (one.window, one.thread_id), reverse=True)
            back = [_pass(stores, vault, trade, viewer, one, now) for one in newest]
            found.append(_part(trade, group, own, mine, back))
    return found


def _part(
    trade: Trade, group: Group, own: Sequence[ProfileCard], threads: Sequence[ShownThread], passes: Sequence[PassCard]
) -> OwnGroup:
    profiles = [card.profile for card in own if card.profile is not None]
    counting = [one for one in threads if one.counts]
    answered = Counter(one.topic for one in counting)
    by_number = [topic for topic, _number in answered.most_common()]
    return OwnGroup(
        key=group.key,
        name=str(group.name),
        profiles=tuple(own),
        why=tuple(_why(trade, profiles, answered, passes)) if any(profile.capacity for profile in profiles) else (),
        shown=tuple((topic, _shown_words([one for one in counting if one.topic == topic])) for topic in by_number),
        endorsed=tuple(dict.fromkeys(one.topic for one in threads if one.is_endorsed and not one.is_unvouched)),
        threads=tuple(threads),
        passes=tuple(passes),
    )


def _threads(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, handles: Mapping[str, str], now: Now
) -> dict[str, list[ShownThread]]:
    """What the viewer answered, by group, newest first."""
    cards = [card for card in my_threads(stores, vault, trade, viewer=viewer, part=PEER) if card.day is not None]
    known = evidence_on(stores, vault, [card.id for card in cards])
    places = _places(stores, [card.id for card in cards])
    own = {handle: trade.group_of.get(subject) for subject, handle in handles.items()}
    found: dict[str, list[ShownThread]] = {}
    for card in cards:
        group, topic = places[card.id]
        evidence = known.get(card.id, Evidence())
        answers = [one for one in evidence.answers if one.handle in own]
        aside = [one for one in evidence.aside if one.handle in own]
        at = next((near.key for one in (*answers, *aside) if (near := own[one.handle]) is not None), group)
        found.setdefault(at, []).append(_shown(trade, card, topic, answers, aside, now))
    return found


def _places(stores: Stores, thread_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = stores.content.execute(select(Thread.id, Thread.group_key, Thread.topic).where(Thread.id.in_(thread_ids)))
    return {row[0]: (row[1], row[2]) for row in rows}


def _shown(
    trade: Trade, card: ListCard, topic: str, answers: Sequence[Answered], aside: Sequence[Answered], now: Now
) -> ShownThread:
    name = str(trade.topic_by_key[topic].name) if topic in trade.topic_by_key else ""
    return ShownThread(
        card.id, card.title, name, card.day, any(one.accepted for one in answers), bool(answers),
        any(one.endorsed for one in answers), all(one.unvouched for one in answers if one.endorsed),
        bool(aside) and not answers,
        _day_of(max(one.window for one in answers), now) if answers else None,
    )  # fmt: skip


def _why(trade: Trade, profiles: Sequence[Profile], answered: Counter[str], passes: Sequence[PassCard]) -> list[str]:
    """What brings questions and what keeps them away, in sentences: of the inboxes that take any."""
    taking = [one for one in profiles if one.capacity]
    declared = _names(trade, [topic for one in taking for topic in one.topics])
    closed = _names(trade, {topic for topic in taking[0].muted if all(topic in one.muted for one in taking)})
    told = [(topic, number) for topic, number in answered.most_common() if topic not in closed][:FEW]
    said = [_say_answered(topic, number, declared=topic in declared) for topic, number in told]
    rest = [topic for topic in declared if topic not in dict(told)]
    if rest:
        said.append(_("「{topics}」：手伝えると登録しています。").format(topics=_("」「").join(rest)))
    if closed:
        said.append(
            _("「{topics}」：受け取らないことにしているので、届きません。").format(topics=_("」「").join(closed))
        )
    for profile in taking:
        if muted := [one for one in _names(trade, profile.muted) if one not in closed]:
            words = _("「{topics}」：{subject}では受け取らないことにしています。")
            name = str(trade.subjects[profile.subject].name)
            said.append(words.format(topics=_("」「").join(muted), subject=name))
    if any(one.reason == "not_my_field" for one in passes):
        said.append(_("「わたしの分野ではない」とお返しした質問に似たものは、届きにくくなります。"))
    if not (answered or declared):
        said.append(
            _(
                "まだ手がかりがないので、分野だけで選ばれています。手伝えそうな話題を登録すると、合う質問が届きやすくなります。"
            )
        )
    return said


def _say_answered(topic: str, number: int, *, declared: bool) -> str:
    if declared:
        words = _("「{topic}」：{some}の回答があり、手伝えると登録もしています。")
        return words.format(topic=topic, some=some(number))
    return _("「{topic}」：{some}の回答があります。").format(topic=topic, some=some(number))


def _shown_words(answered: Sequence[ShownThread]) -> str:
    words = _("{some}に回答").format(some=some(len(answered)))
    if accepted := [one for one in answered if one.is_accepted]:
        words += _("、うち{some}が採用").format(some=some(len(accepted)))
    last = max((one.last for one in answered if one.last is not None), default=None)
    return words if last is None else words + _("（いちばん新しいのは{month}）").format(month=month_label(last))


def _names(trade: Trade, topics: Iterable[str]) -> list[str]:
    wanted = set(topics)
    return [str(topic.name) for topic in trade.topics if topic.key in wanted]


def _pass(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, made: PassMade, now: Now) -> PassCard:
    try:
        title = thread_card(stores, vault, trade, viewer=viewer, thread_id=made.thread_id).title or ""
    except NotThere:
        title = ""
    return PassCard(made.thread_id, title, made.reason, _day_of(made.window, now))


def _day_of(window: int, now: Now) -> date:
    return today(window * now.window_days * 86400)
