"""Organisations an author wants kept out: typed names become circles, and nobody is told which names were known."""

from collections.abc import Collection, Sequence

from app.accounts.organisations import OrganisationCard, list_organisations
from app.accounts.rules import fold_name as fold_name
from app.db import Stores
from app.sealing import Vault
from privacy.circles import Lineage


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


def _names_of(card: OrganisationCard) -> set[str]:
    # by what it was called before as well: a draft names it as it was called on the day it was written
    return {fold_name(name) for name in (card.name, *card.aliases, *card.former_names)}
