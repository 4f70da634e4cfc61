"""What leaving takes out of places, ballots and consents, and what goes into the file a member takes along.

Every function may be called again after a stop: what is gone stays gone.
"""

from typing import Any

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.community import consents
from app.community.ballots import label_of, own_ballots
from app.community.models import Writing
from app.community.places import own_places, tag_at
from app.community.reads import Names, WritingCard, own_cards
from app.community.texts import tell_followers
from app.db import Stores
from app.domains.trade import Trade
from app.keystore import DataKey
from app.mail.contacts import end_contacts
from app.sealing import Vault


def keep_part(stores: Stores, *, tag: str, key_id: str) -> None:
    """The words stay, and nobody can claim them; what was never out has no words to keep. Writes content and keys."""
    end_contacts(stores, [tag])
    if stores.content.scalar(select(Writing.id).where(Writing.author_tag == tag).limit(1)) is None:
        stores.keys.execute(delete(DataKey).where(DataKey.id == key_id))


def withdraw_part(stores: Stores, vault: Vault, *, tag: str, key_id: str, window: int) -> None:
    """Take one author's words out of one place; writes content and keys."""
    end_contacts(stores, [tag])
    stores.keys.execute(delete(DataKey).where(DataKey.id == key_id))
    for row in stores.content.scalars(select(Writing).where(Writing.author_tag == tag)):
        row.sealed_text = b""
        tell_followers(stores, vault, row, window)


def export(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """The member's own words at places, their ballots, and what they were asked to agree to. Others' words stay out."""
    places, cast = own_places(stores, viewer.secret), own_ballots(stores, viewer.secret)
    cards = [card for own in places for card in own_cards(stores, vault, trade, own=own, viewer=viewer, names=Names())]
    labels = [tag_at(viewer.secret, own.thread, own.part) for own in places]
    labels += [label_of(viewer.secret, one.purpose, one.object) for one in cast]
    return {
        "writings": [_writing(card) for card in cards],
        "ballots": [{"purpose": one.purpose, "object": one.object} for one in cast],
        "consents": [_consent(one) for one in consents.own(stores, vault, labels=labels)],
    }


def _writing(card: WritingCard) -> dict[str, Any]:
    added = [{"date": one.day.isoformat(), "text": one.text} for one in card.additions]
    return {
        "id": card.id,
        "place": card.place,
        "kind": card.kind,
        "date": card.day.isoformat() if card.day else None,
        "domain": list(card.domain),
        "shown": [list(pair) for pair in card.shown],
        "texts": dict(card.texts),
        **({"additions": added} if added else {}),
    }


def _consent(one: consents.Asked) -> dict[str, Any]:
    return {"kind": one.kind, "about": one.about, "asked": one.day.isoformat(), "state": one.state, "note": one.note}
