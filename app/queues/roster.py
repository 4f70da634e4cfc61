"""This process's copy of the expert profiles: one pool a subject, opened once and again only when sealed anew."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from threading import RLock
from typing import Final

from sqlalchemy import func, select

from app.db import Stores
from app.questions.models import Thread
from app.queues.experts import opened
from app.queues.models import Expert, Offer
from app.queues.offers import inboxes_of
from app.queues.rules import OPEN, OVER, Now, Profile, as_candidate
from app.sealing import Vault
from matching.pool import Pool, Shortlist
from privacy.envelopes import HEADER_BYTES
from privacy.times import windows_after

BATCH: Final = 500  # profiles opened with one query
Vouched = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class _Group:
    """What was read of a group: whatever a candidate is made of, by handle."""

    heads: dict[str, bytes] = field(default_factory=dict)  # of the boxes: no two sealings begin alike
    profiles: dict[str, Profile] = field(default_factory=dict)
    offers: Counter[str] = field(default_factory=Counter)
    vouched: dict[str, frozenset[str]] = field(default_factory=dict)
    now: Now | None = None


class Roster:
    """Who could be asked, by subject, never the only copy. Whoever calls holds `lock` while using what it gives."""

    def __init__(self, vault: Vault) -> None:
        self.lock = RLock()
        self._vault = vault
        self._groups: dict[str, _Group] = {}
        self._pools: dict[str, Pool] = {}
        self._muted: dict[tuple[str, str], set[str]] = {}  # (subject, topic) → handles
        self._offers: dict[str, tuple[bytes, str]] = {}  # head of the box, inbox that still holds it

    def catch_up(self, stores: Stores, *, group_key: str, now: Now, vouched: Vouched) -> None:
        """Read what changed in a group since the last time; `vouched` are the topics each handle is endorsed for."""
        group = self._groups.setdefault(group_key, _Group())
        changed = self._read(stores, group_key, group)
        offers = self._open_offers(stores, group, now)
        changed |= _differing(group.offers, offers) | _differing(group.vouched, vouched)
        if now != group.now:  # weeks pass and the away come back
            changed |= {handle for handle, one in group.profiles.items() if one.offers or one.away_until}
        group.offers, group.vouched, group.now = offers, dict(vouched), now
        for handle in changed & group.profiles.keys():
            profile, topics = group.profiles[handle], vouched.get(handle, frozenset())
            candidate = as_candidate(handle, profile, open_offers=offers[handle], now=now, endorsed=topics)
            self._pools.setdefault(profile.subject, Pool()).put(candidate)

    def everybody(self, subject: str) -> Shortlist:
        """Every expert of a subject; holds until the next `catch_up`."""
        return self._pools.setdefault(subject, Pool()).everybody

    def muted(self, subject: str, topic: str) -> Collection[str]:
        """Who wants no questions on a topic."""
        return self._muted.get((subject, topic), ())

    def forget_gone(self, stores: Stores) -> None:
        """Erase whoever has no row any more."""
        for group_key, group in self._groups.items():
            there = stores.content.scalars(select(Expert.handle).where(Expert.group_key == group_key))
            self._drop(group, group.heads.keys() - set(there))
        self._offers.clear()

    def _read(self, stores: Stores, group_key: str, group: _Group) -> set[str]:
        """Open the profiles that were sealed since; return their handles."""
        head = func.substr(Expert.sealed, 1, HEADER_BYTES)
        rows = stores.content.execute(select(Expert.handle, head).where(Expert.group_key == group_key))
        heads: dict[str, bytes] = {row[0]: row[1] for row in rows}
        if heads == group.heads:
            return set()
        changed = {handle for handle, _ in heads.items() - group.heads.items()}
        self._drop(group, group.heads.keys() - heads.keys())
        for batch in _batches(changed):
            for handle, profile in opened(stores, self._vault, batch).items():
                self._take(group, handle, profile)
        group.heads = heads
        return changed

    def _open_offers(self, stores: Stores, group: _Group, now: Now) -> Counter[str]:
        """Offers of questions that still wait, by the group's handles: after its days a question is over, and holds
        nobody's inbox. Boxes are opened once, and again when sealed anew."""
        latest = now.window - windows_after(now.measures.open_days * 24, round(now.window_days * 86400))
        there = stores.content.execute(
            select(Offer.id, func.substr(Offer.sealed, 1, HEADER_BYTES))
            .join(Thread, Thread.id == Offer.thread_id)
            .where(Thread.state.in_(OPEN), Thread.published_window > latest, Offer.unsealed.is_(None))
        )
        heads: dict[str, bytes] = {row[0]: row[1] for row in there}
        found = {one: known for one, known in self._offers.items() if heads.get(one) == known[0]}
        for batch in _batches(heads.keys() - found.keys()):
            rows = stores.content.execute(select(Offer.id, Offer.sealed).where(Offer.id.in_(batch)))
            for one, inbox, state in inboxes_of(self._vault, ((row[0], row[1]) for row in rows)):
                found[one] = heads[one], "" if state in ("passed", OVER) else inbox
        self._offers = found
        return Counter(inbox for _, inbox in found.values() if inbox in group.profiles)

    def _take(self, group: _Group, handle: str, profile: Profile) -> None:
        """Remember a profile in place of the one before; the pool takes the new candidate in place of the old."""
        before = group.profiles.get(handle)
        if before is not None:
            self._unmute(handle, before)
            if before.subject != profile.subject:
                self._pools[before.subject].remove(handle)
        group.profiles[handle] = profile
        for topic in profile.muted:
            self._muted.setdefault((profile.subject, topic), set()).add(handle)

    def _drop(self, group: _Group, handles: Collection[str]) -> None:
        for handle in handles:
            profile = group.profiles.pop(handle)
            del group.heads[handle]
            group.offers.pop(handle, None)
            group.vouched.pop(handle, None)
            self._pools[profile.subject].remove(handle)
            self._unmute(handle, profile)

    def _unmute(self, handle: str, profile: Profile) -> None:
        for topic in profile.muted:
            self._muted[profile.subject, topic].discard(handle)


def vouched_of(endorsed: Mapping[str, tuple[str, frozenset[str]]]) -> Vouched:
    """Handle → topics in which an answer of theirs is endorsed, from what `Memory.endorsed` tells."""
    found: dict[str, set[str]] = defaultdict(set)
    for topic, handles in endorsed.values():
        for handle in handles:
            found[handle].add(topic)
    return {handle: frozenset(topics) for handle, topics in found.items()}


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return set() if before == after else {handle for handle, _ in before.items() ^ after.items()}


def _batches(handles: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(handles)
    while batch := list(islice(waiting, BATCH)):
        yield batch
