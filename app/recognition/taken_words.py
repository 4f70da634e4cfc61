"""What somebody stands with, and their story, repeat what they wrote: words they take out of a thread go from these too,
and from what others said of it.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.community import ballots
from app.community.ballots import own_ballots
from app.community.models import Ballot
from app.questions.models import Post
from app.questions.written import Removal, also
from app.recognition import standing
from app.recognition.items import NOMINATION
from app.recognition.models import Praise, Story
from app.recognition.texts import TABLE
from app.sealing import open_text, seal_text


@also
def _recognition(removal: Removal) -> None:
    stores = removal.stores
    mine = [one.object for one in own_ballots(stores, removal.secret) if one.purpose == standing.PURPOSE]
    labels = [ballots.label_of(removal.secret, standing.PURPOSE, year) for year in mine]
    stories = list(stores.content.scalars(select(Story.id).where(Story.label.in_(labels))))
    _rewrite(removal, [*labels, *stories], removal.own)
    posts = select(Post.id).where(Post.author_tag == removal.tag)
    said = select(Ballot.label).where(Ballot.purpose == NOMINATION, Ballot.object.in_(posts))
    _rewrite(removal, list(stores.content.scalars(said)), removal.others)


def _rewrite(removal: Removal, labels: list[str], change: Callable[[str], str]) -> None:
    rows = list(removal.stores.content.scalars(select(Praise).where(Praise.label.in_(labels)))) if labels else []
    keys = removal.vault.data_keys(removal.stores, [row.key_id for row in rows])
    for row in rows:
        if row.key_id not in keys:
            continue
        key = keys[row.key_id]
        text = open_text(key, row.sealed_text, table=TABLE, row=row.label)
        left = _changed(text, change)
        if left != text:
            row.sealed_text = seal_text(key, left, table=TABLE, row=row.label)


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every text in it changed; keys of a mapping are names and stay."""
    match value:
        case str():
            return change(value)
        case list():
            return [_changed(one, change) for one in value]
        case dict():
            return {name: _changed(one, change) for name, one in value.items()}
    return value
