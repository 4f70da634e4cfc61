"""From published threads to offers: choose their waves together, write the offers, tell the chosen. One transaction."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.db import Stores
from app.domains.rules import shows_subject
from app.domains.trade import Trade
from app.jobs import queue
from app.mail.service import notify
from app.notices.kinds import KINDS
from app.questions.access import open_scope, where_of
from app.questions.exclusions import lineage
from app.questions.models import Thread
from app.queues import offers
from app.queues.offers import Offered
from app.queues.pools import Errand, Pools, subjects_of
from app.queues.roster import Roster, vouched_of
from app.queues.rules import OPEN, Now
from app.sealing import Vault
from app.vectors import store
from app.vectors.beside import find_vector
from app.vectors.boxes import counts_of
from app.vectors.cache import Memory
from app.vectors.models import IndexedThread
from app.vectors.store import Subjected
from matching.assignment import Waiting, assign
from matching.candidates import find
from matching.explanations import explain
from matching.profiles import Candidate, Limits, Query
from matching.results import Chosen, Ranking, Reason
from matching.routing import rank_wide
from privacy.pseudonyms import new_id

Weights = Callable[[str], NDArray[np.float64] | None]
TOGETHER: Final = 20  # questions of one subject whose waves are chosen together


def prior_weights(_subject: str) -> None:
    """Nothing learned yet: the shipped prior for every subject."""


@dataclass(frozen=True)
class Router:
    """Chooses who is asked. Holds no state but the memory it was given; `weights` are those learned, by subject."""

    vault: Vault
    trade: Trade
    memory: Memory
    roster: Roster
    max_open_offers: int
    weights: Weights = prior_weights

    def route(
        self, stores: Stores, *, waiting: Sequence[tuple[str, int]], now: Now, rng: random.Random
    ) -> list[list[str]]:
        """Offer each of these (thread, wave) to the next wave, chosen together. Returns the handles asked, by thread;
        repeating it asks nobody twice.
        """
        errands = [self._errand(stores, thread_id, wave, now) for thread_id, wave in waiting]
        open_errands = [one for one in errands if one is not None]
        with self.memory.lock, self.roster.lock:
            wanted = [subjects_of(self.trade, one.where.subject, one.scope, one.wave) for one in open_errands]
            pools = self._pools(stores, {subject for subjects in wanted for subject in subjects}, now)
            pools.lines = lineage(stores, self.vault)
            waves = self._choose(open_errands, pools, now, rng)
        asked = {
            one.thread.id: self._ask(stores, one, wave, pools) for one, wave in zip(open_errands, waves, strict=True)
        }
        return [asked.get(thread_id, []) for thread_id, _ in waiting]

    def get_ready(self, stores: Stores, thread_id: str, wave: int, *, now: Now) -> None:
        """Open what routing a thread will look at, before anything is locked: the first time that takes seconds."""
        thread = stores.content.get(Thread, thread_id)
        if thread is None or thread.state not in OPEN:
            return
        subject, scope = where_of(self.vault, thread).subject, open_scope(self.vault, thread)
        subjects = subjects_of(self.trade, subject, scope, wave)
        with self.memory.lock, self.roster.lock:
            pools = self._pools(stores, subjects, now)
            for one in subjects:
                pools.everybody(one)

    def _pools(self, stores: Stores, subjects: Iterable[str], now: Now) -> Pools:
        """Memory and experts as they stand, whose locks the caller holds."""
        self.memory.catch_up(stores, subjects)
        limits, vouched = Limits(open_offers=self.max_open_offers), vouched_of(self.memory.endorsed)
        return Pools(stores, self.vault, self.trade, self.roster, now, limits, vouched)

    def _errand(self, stores: Stores, thread_id: str, wave: int, now: Now) -> Errand | None:
        """What is to be done about a thread now; None when nothing is, or when somebody is writing an answer."""
        thread = stores.content.get(Thread, thread_id)
        if thread is None or thread.hidden or thread.state not in OPEN:
            return None
        known = store.find_evidence(stores, self.vault, thread_id)
        if wave < known.waves:
            return None
        claimed_until = self._claimed_until(stores, thread_id, now)
        if claimed_until is not None:
            again = {"thread": thread_id, "wave": wave, "invited": True}  # whoever asked for this wave still wants it
            queue.put(stores, self.vault, "route", again, due=claimed_until + 1)
            return None
        where = where_of(self.vault, thread)
        return Errand(thread, wave, where, open_scope(self.vault, thread), known, self._query(stores, where, now))

    def _choose(self, errands: Sequence[Errand], pools: Pools, now: Now, rng: random.Random) -> list[list[Chosen]]:
        open_to = [pools.open_to(one) for one in errands]
        ranked = [
            rank_wide(self.memory.domain, one.query, pool, self.weights)
            for one, pool in zip(errands, open_to, strict=True)
        ]
        waiting = [self._waiting(*one, pools) for one in zip(errands, open_to, ranked, strict=True)]
        waves = assign(waiting, rng=rng, day=now.window * now.window_days, limits=pools.limits)
        reasons = [self._reasons(*one) for one in zip(errands, open_to, ranked, waves, strict=True)]
        return [
            [replace(one, reasons=why[one.expert]) for one in wave] for wave, why in zip(waves, reasons, strict=True)
        ]

    def _waiting(
        self, errand: Errand, pool: Mapping[str, Sequence[Candidate]], ranked: Ranking, pools: Pools
    ) -> Waiting:
        """At most one of a circle is asked: circles that may be the same one now count as one."""
        experts = [one.expert for one in ranked]
        known = [candidate for near in pool.values() for candidate in find(near, experts).values()]
        family = pools.lines.families({one.circle for one in known})
        known = [replace(one, circle=family[one.circle]) for one in known]
        return Waiting(ranked, known, pools.now.measures.place(errand.wave))

    def _reasons(
        self, errand: Errand, pool: Mapping[str, Sequence[Candidate]], ranked: Ranking, wave: Sequence[Chosen]
    ) -> dict[str, tuple[Reason, ...]]:
        """Why each of a wave is asked: by their own subject's history, and that it is another subject."""
        found: dict[str, tuple[Reason, ...]] = {}
        asked = {one.expert for one in wave}
        for subject, candidates in pool.items():
            mine = list(find(candidates, asked))
            if not mine:
                continue
            history, query = self.memory.domain(subject), replace(errand.query, subject=subject)
            why = explain(history, query, candidates, mine, self.weights(subject), ranked.basis[subject])
            found |= {expert: (*reasons, *_neighbour(errand, subject)) for expert, reasons in why.items()}
        return found

    def _query(self, stores: Stores, where: Subjected, now: Now) -> Query:
        row = stores.content.get_one(IndexedThread, where.thread_id)
        vector = find_vector(stores, self.vault, row, self.memory.encoder)
        if vector is None:
            raise LookupError("routed before it was embedded by this encoder")
        counts = counts_of(self.vault, row)
        return Query(vector, counts, now.window * now.window_days, topic=where.topic, subject=where.subject)

    def _ask(self, stores: Stores, errand: Errand, wave: Sequence[Chosen], pools: Pools) -> list[str]:
        for one in wave:
            self._offer(stores, errand, one, pools)
        handles = [one.expert for one in wave]
        store.record_wave(stores, self.vault, where=errand.where, handles=handles, wave=errand.wave)
        self._go_on(stores, errand, asked=bool(wave))
        return handles

    def _offer(self, stores: Stores, errand: Errand, chosen: Chosen, pools: Pools) -> None:
        thread, now = errand.thread, pools.now
        profile = pools.offered(chosen.expert)
        told = {"reasons": [reason_data(one) for one in chosen.reasons], "exploring": chosen.exploring}
        due, kind = now.window + (not thread.urgent), "picked_urgent" if thread.urgent else "picked"
        offer = Offered(new_id(), thread.id, chosen.expert, profile.subject, "offered", now.window, told=told)
        offers.make(stores, self.vault, offer.tell(kind, due), number=profile.made)
        about = KINDS[kind]
        notify(stores, self.vault, label=chosen.expert, kind=about.mail, due=due, urgent=about.urgent)

    def _go_on(self, stores: Stores, errand: Errand, *, asked: bool) -> None:
        if asked:
            errand.thread.state = "asked"
        elif not self._is_offered(stores, errand.thread.id):
            errand.thread.state = "unrouted"

    def _is_offered(self, stores: Stores, thread_id: str) -> bool:
        return any(one.state != "passed" for one in offers.on_thread(stores, self.vault, thread_id))

    def _claimed_until(self, stores: Stores, thread_id: str, now: Now) -> int | None:
        """The window until which somebody is writing, None when nobody is."""
        found = offers.on_thread(stores, self.vault, thread_id)
        return max((one.claimed_until or 0 for one in found if one.is_held(now.window)), default=None)


def _neighbour(errand: Errand, subject: str) -> tuple[Reason, ...]:
    """Say that it comes from next door, where the page names the question's own subject.

    Where it names the group only, the expert is of that group, and which of its subjects it is stays hidden.
    """
    if subject == errand.where.subject or not shows_subject(errand.scope.levels):
        return ()
    return (Reason("neighbour", "weak", subject=subject),)


def reason_data(reason: Reason) -> dict[str, Any]:
    """A reason as it is stored beside an offer."""
    found: dict[str, Any] = {"signal": reason.signal, "band": reason.band, "threads": list(reason.threads)}
    return found | ({"subject": reason.subject} if reason.subject else {})
