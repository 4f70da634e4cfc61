"""From a published thread to offers: remember it, choose a wave, write the offers, tell the chosen. One transaction."""

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from app.db import Stores
from app.jobs import queue
from app.mail import service as mail
from app.questions.access import open_scope, where_of
from app.questions.models import Thread
from app.queues import experts
from app.queues.models import Offer
from app.queues.rules import OFFER_PAD, WAVES, Now, Profile, as_candidate
from app.sealing import Vault
from app.vectors import store
from app.vectors.beside import find_vector
from app.vectors.cache import Memory
from app.vectors.models import IndexedThread
from app.vectors.store import Evidence, Subjected
from matching.profiles import Candidate, Limits, Query
from matching.results import Chosen, Reason
from matching.routing import choose_wave, eligible, rank
from privacy.pseudonyms import new_id
from privacy.times import windows_after

OPEN: Final = ("waiting", "asked", "unrouted")


@dataclass(frozen=True)
class Router:
    """Chooses who is asked. Holds no state but the memory it was given."""

    vault: Vault
    memory: Memory
    max_open_offers: int
    first_wave: int
    window_seconds: int

    def route(self, stores: Stores, *, thread_id: str, wave: int, now: Now, rng: random.Random) -> list[str]:
        """Offer a thread to the next wave. Returns the handles asked; repeating it asks nobody twice."""
        thread = stores.content.get(Thread, thread_id)
        if thread is None or thread.state not in OPEN:
            return []
        known = store.find_evidence(stores, self.vault, thread_id)
        if wave < known.waves:
            return []
        claimed_until = self._claimed_until(stores, thread_id, now)
        if claimed_until is not None:
            self._put(stores, thread_id, wave, due=claimed_until + 1)
            return []
        where = where_of(self.vault, thread)
        profiles = experts.profiles_of(
            stores, self.vault, group_key=thread.group_key, subject=where.subject, topic=where.topic
        )
        chosen = self._choose(stores, thread, where, known, profiles, wave, now, rng)
        for one in chosen:
            self._offer(stores, thread, one, profiles[one.expert], now)
        handles = [one.expert for one in chosen]
        store.record_wave(stores, self.vault, where=where, handles=handles, wave=wave)
        self._go_on(stores, thread, wave, asked=bool(chosen), now=now)
        return handles

    def _choose(
        self,
        stores: Stores,
        thread: Thread,
        where: Subjected,
        known: Evidence,
        profiles: dict[str, Profile],
        wave: int,
        now: Now,
        rng: random.Random,
    ) -> list[Chosen]:
        scope = open_scope(self.vault, thread)
        candidates = eligible(
            self._candidates(stores, profiles, now),
            excluded_circles=scope.closed_to,
            already_asked={*known.asked, *(one.handle for one in known.answers)},
            limits=Limits(open_offers=self.max_open_offers),
            thread=thread.id,
        )
        row = stores.content.get_one(IndexedThread, thread.id)
        with self.memory.lock:
            self.memory.catch_up(stores)
            ranked = rank(self.memory.domain(where.subject), self._query(stores, row, where, now), candidates)
        return choose_wave(ranked, candidates, self._places(wave), rng=rng)

    def _places(self, wave: int) -> int:
        return self.first_wave if wave == 0 else WAVES[min(wave, len(WAVES) - 1)][1]

    def _query(self, stores: Stores, row: IndexedThread, where: Subjected, now: Now) -> Query:
        vector = find_vector(stores, self.vault, row, self.memory.encoder)
        if vector is None:
            raise LookupError("routed before it was embedded by this encoder")
        counts = store.counts_of(self.vault, row)
        return Query(vector, counts, now.window * now.window_days, topic=where.topic, subject=where.subject)

    def _candidates(self, stores: Stores, profiles: dict[str, Profile], now: Now) -> list[Candidate]:
        counted = stores.content.execute(
            select(Offer.inbox, func.count())
            .join(Thread, Thread.id == Offer.thread_id)
            .where(Offer.inbox.in_(list(profiles)), Thread.state.in_(OPEN))
            .group_by(Offer.inbox)
        )
        offers = Counter({row[0]: int(row[1]) for row in counted})
        return [
            as_candidate(handle, profile, open_offers=offers[handle], now=now) for handle, profile in profiles.items()
        ]

    def _offer(self, stores: Stores, thread: Thread, chosen: Chosen, profile: Profile, now: Now) -> None:
        offer_id = new_id()
        value = {"reasons": [reason_data(one) for one in chosen.reasons], "exploring": chosen.exploring}
        sealed = self.vault.seal(value, table="offers", column="sealed", row=offer_id, pad=OFFER_PAD)
        stores.content.add(
            Offer(
                id=offer_id,
                inbox=chosen.expert,
                thread_id=thread.id,
                state="offered",
                offered_window=now.window,
                claimed_until=None,
                sealed=sealed,
            )
        )
        experts.put_profile(
            stores,
            self.vault,
            handle=chosen.expert,
            group_key=thread.group_key,
            profile=profile.offered(now.window, keep=now.week * 26),
        )
        mail.notify(stores, self.vault, label=chosen.expert, kind="picked", due=now.window + (not thread.urgent))

    def _go_on(self, stores: Stores, thread: Thread, wave: int, *, asked: bool, now: Now) -> None:
        if asked:
            thread.state = "asked"
        elif not self._is_offered(stores, thread.id):
            thread.state = "unrouted"
        if wave + 1 < len(WAVES):
            hours = (WAVES[wave + 1][0] - WAVES[wave][0]) / (4 if thread.urgent else 1)
            due = now.window + windows_after(hours, self.window_seconds)
            self._put(stores, thread.id, wave + 1, due=due)

    def _is_offered(self, stores: Stores, thread_id: str) -> bool:
        return stores.content.scalar(select(Offer.id).where(Offer.thread_id == thread_id).limit(1)) is not None

    def _put(self, stores: Stores, thread_id: str, wave: int, *, due: int) -> None:
        queue.put(stores, self.vault, "route", {"thread": thread_id, "wave": wave}, due=due)

    def _claimed_until(self, stores: Stores, thread_id: str, now: Now) -> int | None:
        """The window until which somebody is writing, None when nobody is."""
        return stores.content.scalar(
            select(func.max(Offer.claimed_until)).where(
                Offer.thread_id == thread_id, Offer.state != "offered", Offer.claimed_until >= now.window
            )
        )


def reason_data(reason: Reason) -> dict[str, Any]:
    """A reason as it is stored beside an offer."""
    return {"signal": reason.signal, "band": reason.band, "threads": list(reason.threads)}
