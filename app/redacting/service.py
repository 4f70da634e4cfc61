"""The redactor with the network's organisations, and the gazetteer of one's own."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from app.accounts.models import Organisation
from app.accounts.organisations import OrganisationCard, all_rows, get_organisation, open_organisation
from app.db import Stores
from app.sealing import Vault
from privacy.redaction import Gazetteer, NameTagger, Redactor

KEPT: Final = 4  # a process has one database; tests have a few
_made: dict[bytes, Gazetteer] = {}


def redactor(stores: Stores, vault: Vault, tools_names: NameTagger | None) -> Redactor:
    """Knows every organisation of the network by name, alias and site, those that wait to be verified too. Those that
    staff declined are none: whatever word somebody named would be marked in everybody's texts.

    Reads identity. The names are opened again only when a row has changed.
    """
    rows = all_rows(stores)
    return Redactor(_gazetteer(vault, rows), tools_names)


def own_words(stores: Stores, vault: Vault, *, organisation_id: str) -> Gazetteer:
    """The names, aliases and sites of one organisation: what its own people may not keep. Raises NotThere.

    `own_words(...).holds(text)` says whether a text, or what a span holds, names it.
    """
    return Gazetteer.of(words_of(get_organisation(stores, vault, organisation_id)))


def words_of(card: OrganisationCard) -> Iterable[str]:
    """Everything an organisation goes by."""
    return (card.name, *card.aliases, *card.sites)


def _gazetteer(vault: Vault, rows: Sequence[Organisation]) -> Gazetteer:
    fingerprint = hashlib.sha256(b"".join(row.id.encode() + row.sealed for row in rows)).digest()
    found = _made.get(fingerprint)
    if found is None:
        cards = [open_organisation(vault, row) for row in rows]
        found = Gazetteer.of(word for card in cards if card.declined is None for word in words_of(card))
        while len(_made) >= KEPT:
            _made.pop(next(iter(_made)), None)
        _made[fingerprint] = found
    return found
