"""One retractable vote a member: cast, taken back, carried over where ideas became one.

A vote is a ballot with a box closed to the reporter. Its row leads to nobody, the box is of one length, and what is in it
(which organisation, under a name of this idea alone) no process but the reporter's can read.
"""

from collections.abc import Collection

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots
from app.db import Stores
from app.errors import Conflict, Forbidden
from app.ideas.models import Idea, VoteKey
from app.ideas.rules import DUPLICATE, VOTE
from app.sealing import Vault
from privacy.counting import carry_over, cast_ballot
from privacy.tallies import organisation_in

STEPS = 8  # ideas that went into one another, followed at most so far


class NotReady(Conflict):
    """The reporter has not made the key that votes are closed to."""


def newest_key(stores: Stores) -> VoteKey:
    """The key that votes are closed to now, with its thresholds. Raises NotReady."""
    row = find_key(stores)
    if row is None:
        raise NotReady
    return row


def find_key(stores: Stores) -> VoteKey | None:
    """The same, or None."""
    return stores.content.scalars(select(VoteKey).order_by(VoteKey.key.desc()).limit(1)).first()


def vote(stores: Stores, vault: Vault, *, viewer: Viewer, idea: Idea) -> None:
    """Cast the viewer's one vote; once more does nothing. Writes content. Raises Forbidden, Conflict, NotReady.

    That the viewer may read the idea was asked before.
    """
    _check(viewer)
    if idea.state == DUPLICATE:
        raise Conflict
    ballots.cast(stores, vault, viewer=viewer, purpose=VOTE, object=idea.id, box=_box(stores, viewer, idea.id))


def take_back(stores: Stores, vault: Vault, *, viewer: Viewer, idea: Idea) -> None:
    """Take the viewer's vote back, as if it had never been; writes content."""
    ballots.retract(stores, vault, viewer=viewer, purpose=VOTE, object=idea.id)


def voted_on(stores: Stores, viewer: Viewer) -> frozenset[str]:
    """The ideas that the viewer's own vote stands on, from their own list."""
    return frozenset(one.object for one in ballots.own_ballots(stores, viewer.secret) if one.purpose == VOTE)


def left_behind(stores: Stores, viewer: Viewer) -> dict[str, str]:
    """Own votes on ideas that went into others: idea -> the one that is voted on instead. Writes nothing."""
    voted = voted_on(stores, viewer)
    if not voted:
        return {}
    merged = select(Idea.id).where(Idea.id.in_(voted), Idea.state == DUPLICATE)
    found = {one: _end_of(stores, one) for one in stores.content.scalars(merged)}
    return {one: into for one, into in found.items() if into is not None}


def carry(stores: Stores, vault: Vault, *, viewer: Viewer, left: Collection[tuple[str, str]]) -> None:
    """Move own votes to where they count now; who had voted for both keeps one. Writes content."""
    for merged, into in left:
        _check(viewer)
        moved = carry_over(
            viewer.secret, VOTE, merged=merged, into=into,
            organisation=_organisation(viewer, into), reporter=newest_key(stores).public_key,
        )  # fmt: skip
        ballots.retract(stores, vault, viewer=viewer, purpose=VOTE, object=merged)
        ballots.cast(stores, vault, viewer=viewer, purpose=VOTE, object=into, box=moved.new.box)


def _box(stores: Stores, viewer: Viewer, idea_id: str) -> bytes | None:
    closed = cast_ballot(
        viewer.secret, VOTE, idea_id,
        organisation=_organisation(viewer, idea_id), reporter=newest_key(stores).public_key,
    )  # fmt: skip
    return closed.box


def _organisation(viewer: Viewer, idea_id: str) -> str:
    """A name of one idea alone: two ideas' opened boxes do not tell which organisation voted for both."""
    return organisation_in(idea_id, viewer.organisation_id)


def _check(viewer: Viewer) -> None:
    """Members vote; whoever speaks for the company does not, whatever else they are."""
    if "analyst" in viewer.roles:
        raise Forbidden


def _end_of(stores: Stores, idea_id: str) -> str | None:
    for _ in range(STEPS):
        idea = stores.content.get(Idea, idea_id)
        if idea is None:
            return None
        if idea.state != DUPLICATE or idea.into is None:
            return idea.id
        idea_id = idea.into
    return None
