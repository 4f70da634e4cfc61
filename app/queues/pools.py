"""Who could be asked: the expert profiles of a subject and of its neighbours, opened once for all questions at hand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.db import Stores
from app.domains.trade import Trade
from app.questions.models import Thread
from app.questions.rules import HONEST_END_DAYS
from app.queues import experts
from app.queues.models import Offer
from app.queues.rules import OPEN, Now, Profile, as_candidate, neighbours_of
from app.sealing import Vault
from app.vectors.store import Evidence, Subjected
from matching.profiles import Candidate, Limits, Query
from matching.routing import eligible
from privacy.scopes import Scope
from privacy.times import windows_after


@dataclass(frozen=True, slots=True)
class Errand:
    """A question that is to go out in a wave, with all that decides who may be asked."""

    thread: Thread
    wave: int
    where: Subjected
    scope: Scope
    known: Evidence
    query: Query


@dataclass
class Pools:
    """The profiles of one transaction by handle, kept current while offers go out."""

    stores: Stores
    vault: Vault
    trade: Trade
    now: Now
    limits: Limits
    endorsed: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)  # as `Memory.endorsed`
    profiles: dict[str, Profile] = field(default_factory=dict)
    _candidates: dict[str, list[Candidate]] = field(default_factory=dict)

    def open_to(self, errand: Errand) -> dict[str, Sequence[Candidate]]:
        """Those who may be asked, by subject: the question's own, and from the third wave on its neighbours'.

        One person may have a handle in each of several subjects, and nothing joins them but the circle. So a circle
        that was asked under a handle of one subject is not asked again under one of another.
        """
        subjects = (errand.where.subject, *neighbours_of(self.trade, errand.where.subject, errand.scope, errand.wave))
        pools = {subject: self._of(subject) for subject in subjects}
        asked = {*errand.known.asked, *(one.handle for one in errand.known.answers)}
        circles = {subject: {c.circle for c in pool if c.expert in asked} for subject, pool in pools.items()}
        return {
            subject: eligible(
                [c for c in pool if errand.where.topic not in self.profiles[c.expert].muted],
                excluded_circles=errand.scope.closed_to.union(*(c for near, c in circles.items() if near != subject)),
                already_asked=asked,
                limits=self.limits,
                thread=errand.thread.id,
            )
            for subject, pool in pools.items()
        }

    def offered(self, handle: str) -> None:
        """Write down one more offer to a handle."""
        self.profiles[handle] = profile = self.profiles[handle].offered(self.now.window, keep=self.now.week * 26)
        group_key = self.trade.group_of[profile.subject].key
        experts.put_profile(self.stores, self.vault, handle=handle, group_key=group_key, profile=profile)

    def _of(self, subject: str) -> list[Candidate]:
        if subject not in self._candidates:
            group_key = self.trade.group_of[subject].key
            found = experts.profiles_of(self.stores, self.vault, group_key=group_key, subject=subject)
            self.profiles.update(found)
            offers = self._open_offers(found)
            vouched = self._vouched()
            self._candidates[subject] = [
                as_candidate(
                    handle, profile, open_offers=offers[handle], now=self.now, endorsed=frozenset(vouched[handle])
                )
                for handle, profile in found.items()
            ]
        return self._candidates[subject]

    def _vouched(self) -> dict[str, set[str]]:
        """handle → topics in which an answer of theirs is endorsed."""
        found: dict[str, set[str]] = defaultdict(set)
        for topic, handles in self.endorsed.values():
            for handle in handles:
                found[handle].add(topic)
        return found

    def _open_offers(self, handles: Iterable[str]) -> Counter[str]:
        """Offers of questions that still wait: after its days a question is over, and holds nobody's inbox."""
        latest = self.now.window - windows_after(HONEST_END_DAYS * 24, round(self.now.window_days * 86400))
        counted = self.stores.content.execute(
            select(Offer.inbox, func.count())
            .join(Thread, Thread.id == Offer.thread_id)
            .where(Offer.inbox.in_(list(handles)), Thread.state.in_(OPEN), Thread.published_window > latest)
            .group_by(Offer.inbox)
        )
        return Counter({row[0]: int(row[1]) for row in counted})
