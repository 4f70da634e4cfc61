"""The labels a member's own secret makes: of the threads and places they wrote in, their ballots, and their inboxes."""

from collections.abc import Collection
from dataclasses import dataclass

from app.community.ballots import label_of, own_ballots
from app.db import Stores
from app.domains.trade import Trade
from app.notices.duties import DESK
from app.questions.drafts import draft_label, find_draft
from app.questions.lockers import OWNER, handle_epochs, own_parts
from privacy.pseudonyms import MemberSecret, owner_tag, peer_tag, routing_handle


@dataclass(frozen=True, slots=True)
class OwnLabels:
    """Where notes of one's own stand."""

    tags: dict[str, str]  # owner or peer tag -> thread or place; a ballot's label -> its object
    handles: frozenset[str]

    @property
    def all(self) -> list[str]:
        """Every label."""
        return [*self.tags, *self.handles]


def own_labels(
    stores: Stores, trade: Trade, secret: MemberSecret, *, roles: Collection[str] = frozenset()
) -> OwnLabels:
    """The labels as they are now: handles given up by starting afresh are nobody's. With the roles, what stands for all
    coordinators is among them, which is nobody's own."""
    tags = {
        str((owner_tag if one.part == OWNER else peer_tag)(secret, one.thread)): one.thread
        for one in own_parts(stores, secret)
    }
    tags |= {label_of(secret, one.purpose, one.object): one.object for one in own_ballots(stores, secret)}
    epochs = handle_epochs(stores, secret)
    handles = frozenset(str(routing_handle(secret, subject, epochs.get(subject, 0))) for subject in trade.subjects)
    draft = find_draft(stores, secret)
    told = {draft_label(secret, draft.origin)} if draft else set()
    office = {DESK} if "coordinator" in roles else set()
    return OwnLabels(tags, handles | told | office)
