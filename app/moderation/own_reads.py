"""What is becoming of the viewer's own posts: for their author alone."""

from dataclasses import dataclass, field

from app.accounts.viewer import Viewer
from app.community.places import find_place
from app.db import Stores
from app.errors import NotThere
from app.moderation import held as holds
from app.moderation.cases import Opened, cases_of, row_of
from app.moderation.held import Held
from app.moderation.reads import Past, past_of, past_of_held
from app.moderation.service import may_appeal
from app.questions.ending import tag_of
from app.questions.lockers import OwnThread, find_own
from app.questions.models import Post
from app.sealing import Vault


@dataclass(frozen=True, slots=True)
class Review:
    """What is becoming of something of the viewer's own."""

    id: str  # of the post, or of the row in which it is held
    state: str  # waiting | words | appeal | done | refused
    part: str
    last: Past | None
    may_appeal: bool
    is_held: bool = False
    why: tuple[str, ...] = ()  # keys of holding.WHY
    text: str = field(default="", repr=False)
    writing: str = ""  # the writing of a place that it is, or would change


def own_part(stores: Stores, viewer: Viewer, thread_id: str) -> OwnThread | None:
    """The viewer's own part of a thread or a place, or None."""
    return find_own(stores, viewer.secret, thread_id) or find_place(stores, viewer.secret, thread_id)


def own_reviews(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str) -> list[Review]:
    """What is becoming of the viewer's own posts in a thread. Raises NotThere where they wrote nothing."""
    own = own_part(stores, viewer, thread_id)
    if own is None:
        raise NotThere
    tag = tag_of(viewer, own)
    mine = [one for one in cases_of(stores, vault, [thread_id]) if one.tag == tag]
    held = holds.own_held(stores, vault, own)
    return [
        *(_review(stores, one) for one in sorted(mine, key=lambda one: -one.since)),
        *(_held_review(stores, vault, one) for one in held),
    ]


def _review(stores: Stores, case: Opened) -> Review:
    row = row_of(stores, case)
    part = row.kind if isinstance(row, Post) else (case.of or "question")
    last = None if case.last is None else past_of(case, case.last)
    return Review(case.object, case.state, part, last, may_appeal(case), writing=case.object if case.of else "")


def _held_review(stores: Stores, vault: Vault, held: Held) -> Review:
    text = holds.text_of(stores, vault, held)
    last = past_of_held(held.decisions[-1]) if held.decisions else None
    return Review(
        held.row.id, held.hold["state"], held.payload["kind"], last, holds.may_appeal(held), is_held=True,
        why=tuple(held.hold["reasons"]), text=text["title"] if held.is_question else text["text"],
        writing=held.payload.get("target", held.payload["id"]) if held.of_place else "",
    )  # fmt: skip
