"""What a member who leaves takes out of recognition, and what they take along."""

from typing import Any, Final

from sqlalchemy import delete, select

from app.community import ballots
from app.community.ballots import own_ballots
from app.db import Stores
from app.recognition import jury, standing, stories, writers
from app.recognition.items import NOMINATION
from app.recognition.models import Candidacy, Seat, Story
from app.recognition.texts import drop_texts, find_texts, put_text
from app.sealing import Vault
from privacy.pseudonyms import MemberSecret, new_id

PURPOSES: Final = (NOMINATION, standing.PURPOSE, standing.VERDICT, jury.PURPOSE, writers.WRITER)


def things_of(stores: Stores, secret: MemberSecret) -> list[dict[str, str]]:
    """Every row of recognition that this secret leads to, each as what `take_out` wants."""
    return [
        {"label": ballots.label_of(secret, one.purpose, one.object), "purpose": one.purpose, "object": one.object}
        for one in own_ballots(stores, secret)
        if one.purpose in PURPOSES
    ]


def take_out(stores: Stores, vault: Vault, *, thing: dict[str, str], keep: bool) -> None:
    """Erase one of them; again does no harm. Writes content and keys. With `keep` a story that is out stays, without a name
    and without what led to its owner."""
    label = thing["label"]
    if thing["purpose"] == standing.PURPOSE:
        _take_story(stores, vault, label, keep=keep)
        row = stores.content.get(Candidacy, label)
        if row is not None:
            standing.erase(stores, vault, row)
    elif thing["purpose"] == writers.WRITER:
        writers.free(stores, vault, story_id=thing["object"], label=label)
    elif thing["purpose"] == jury.PURPOSE:
        stores.content.execute(delete(Seat).where(Seat.label == label))
    drop_texts(stores, [label])
    ballots.drop(stores, vault, label=label)


def export(stores: Stores, vault: Vault, *, secret: MemberSecret) -> list[dict[str, Any]]:
    """What the member wrote of others and of themselves here, for the file they take along."""
    things = things_of(stores, secret)
    texts = find_texts(stores, vault, [one["label"] for one in things])
    own = {one["label"] for one in things if one["purpose"] == standing.PURPOSE}
    told = (
        {row.label: row.id for row in stores.content.scalars(select(Story).where(Story.label.in_(own)))} if own else {}
    )
    told_texts = find_texts(stores, vault, list(told.values()))
    return [
        {
            "kind": one["purpose"], "about": one["object"], "text": texts.get(one["label"]),
            "story": told_texts.get(told.get(one["label"], "")),
        }
        for one in things
    ]  # fmt: skip


def _take_story(stores: Stores, vault: Vault, label: str, *, keep: bool) -> None:
    row = stores.content.scalar(select(Story).where(Story.label == label))
    if row is None:
        return
    kept = find_texts(stores, vault, [row.id]).get(row.id)
    if not keep or row.state != stories.OUT or kept is None:
        stories.erase(stores, vault, row)
        return
    left = {name: one for name, one in kept.items() if name != "told"}
    if left["openness"] == "name":
        left |= {"openness": "domain", "who": ""}
    put_text(stores, vault, row.id, left)
    row.label = str(new_id())
    stories.put_parts(vault, row, {"circles": [], "writer": ""})
