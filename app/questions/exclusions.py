"""Organisations an author wants kept out: typed names become circles, and nobody is told which names were known."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from app.accounts.organisations import OrganisationCard, list_organisations
from app.db import Stores
from app.sealing import Vault
from privacy.circles import Lineage

# what people leave out or write in another way: it must not decide whether a rival is kept out
_FORMS: Final = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|漁業協同組合|\(株\)|\(有\)|\(同\)|\bco\.?,?\s*ltd\.?|\bltd\.?|\binc\.?|\bk\.k\."
)


def circles_of_names(stores: Stores, vault: Vault, names: Sequence[str]) -> frozenset[str]:
    """The circles of every organisation that goes by one of these names; unknown names give nothing.

    Every organisation is compared with every name, so the time taken does not tell what was found.
    """
    wanted = {fold_name(name) for name in names} - {""}
    found = [card for card in list_organisations(stores, vault) if _names_of(card) & wanted]
    return frozenset(circle for card in found for circle in (card.circle, *card.former_circles))


def circles_beside(stores: Stores, vault: Vault, circles: Collection[str]) -> frozenset[str]:
    """These circles, and every one that came from the same circle as one of them.

    After a split readers of both halves are shut out, since old circles count. A routing profile names its present
    circle alone: unless the other half is closed too, its experts are asked for what they may not read.
    """
    return lineage(stores, vault).beside(circles)


def lineage(stores: Stores, vault: Vault) -> Lineage:
    """The circles of every organisation, now and before, without its name."""
    cards = list_organisations(stores, vault)
    return Lineage(tuple((card.circle, card.former_circles | {card.circle}) for card in cards))


def fold_name(name: str) -> str:
    """A name without width, case, spaces and corporate form."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(_FORMS.sub("", plain).split())


def _names_of(card: OrganisationCard) -> set[str]:
    return {fold_name(name) for name in (card.name, *card.aliases)}
