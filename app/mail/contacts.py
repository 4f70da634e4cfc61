"""Where to write for one handle or one thread: kept, looked up, ended. A label leads to nobody but its own member."""

from collections.abc import Collection

from sqlalchemy import delete

from app.db import Stores, fetch
from app.mail.models import Contact


def set_contact(stores: Stores, *, label: str, box: bytes | None) -> None:
    """Store, replace or end the contact under a label."""
    row = stores.content.get(Contact, label)
    if box is None:
        if row is not None:
            stores.content.delete(row)
    elif row is None:
        stores.content.add(Contact(label=label, box=box))
    else:
        row.box = box


def contacts_of(stores: Stores, labels: Collection[str]) -> dict[str, bytes]:
    """The boxes under those of the labels that have one."""
    return {row.label: row.box for row in fetch(stores.content, Contact, labels)}


def end_contacts(stores: Stores, labels: Collection[str]) -> None:
    """Nothing more is sent to these."""
    stores.content.execute(delete(Contact).where(Contact.label.in_(list(labels))))
