"""Who could be asked: the experts of a question's subject and of its neighbours, less those no rule lets through."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.db import Stores
from app.domains.trade import Trade
from app.mail.service import notify
from app.notices.kinds import KINDS
from app.questions.models import Thread
from app.queues import experts
from app.queues.roster import Roster, Vouched
from app.queues.rules import RESTING, Now, Profile, neighbours_of
from app.sealing import Vault
from app.vectors.store import Evidence, Subjected
from matching.candidates import find
from matching.pool import Shortlist
from matching.profiles import Candidate, Limits, Query
from matching.routing import eligible
from privacy.circles import Lineage
from privacy.pseudonyms import new_id
from privacy.scopes import Scope


@dataclass(frozen=True, slots=True)
class Errand:
    """A question that is to go out in a wave, with all that decides who may be asked."""

    thread: Thread
    wave: int
    where: Subjected
    scope: Scope
    known: Evidence
    query: Query


def subjects_of(trade: Trade, subject: str, scope: Scope, wave: int) -> tuple[str, ...]:
    """The subjects whose experts may be asked: the question's own, and its neighbours from the third wave on."""
    return (subject, *neighbours_of(trade, subject, scope, wave))


@dataclass
class Pools:
    """Who could be asked in one transaction, as things stood when each group was first looked at."""

    stores: Stores
    vault: Vault
    trade: Trade
    roster: Roster
    now: Now
    limits: Limits
    vouched: Vouched
    lines: Lineage = field(default_factory=Lineage)  # circles that have split since they were written down
    _groups: set[str] = field(default_factory=set)  # those caught up

    def open_to(self, errand: Errand) -> dict[str, Sequence[Candidate]]:
        """Those who may be asked, by subject: the question's own, and from the third wave on its neighbours'.

        One person may have a handle in each of several subjects, and nothing joins them but the circle. So a circle
        that was asked under a handle of one subject is not asked again under one of another. Profiles and questions may
        name circles from before a split: whatever came from the same circle is closed too.
        """
        subjects = subjects_of(self.trade, errand.where.subject, errand.scope, errand.wave)
        pools = {subject: self.everybody(subject) for subject in subjects}
        asked = {*errand.known.asked, *(one.handle for one in (*errand.known.answers, *errand.known.aside))}
        closed = self.lines.beside(errand.scope.closed_to)
        circles = {subject: {c.circle for c in find(pool, asked).values()} for subject, pool in pools.items()}
        return {
            subject: eligible(
                pool.without(self.roster.muted(subject, errand.where.topic)),
                excluded_circles=closed.union(
                    *(self.lines.beside(c) for near, c in circles.items() if near != subject)
                ),
                already_asked=asked,
                limits=self.limits,
                thread=errand.thread.id,
            )
            for subject, pool in pools.items()
        }

    def everybody(self, subject: str) -> Shortlist:
        """Every expert of a subject."""
        group_key = self.trade.group_of[subject].key
        if group_key not in self._groups:
            self.roster.catch_up(self.stores, group_key=group_key, now=self.now, vouched=self.vouched)
            self._groups.add(group_key)
        return self.roster.everybody(subject)

    def offered(self, handle: str) -> Profile:
        """Write down one more offer to a handle, and give its profile."""
        before = experts.opened(self.stores, self.vault, [handle])[handle]
        profile = before.offered(self.now.window, keep=self.now.week * 26)
        if profile.begins_to_rest(self.now.measures):
            due = self.now.window + 1
            profile = replace(profile, rested=(new_id(), due))
            notify(self.stores, self.vault, label=handle, kind=KINDS[RESTING].mail, due=due)
        group_key = self.trade.group_of[profile.subject].key
        experts.put_profile(self.stores, self.vault, handle=handle, group_key=group_key, profile=profile)
        return profile
