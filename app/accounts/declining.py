"""Organisations that staff do not let in: why, where their people may go instead, and that the name is known again.

Nobody is sent away: who named it goes on waiting, is told why on their own page, and chooses (see `rejoining`). When
nobody waits there any more the name goes, since it may be a person's; a mark of it stays for a year, sealed, so that the
same name does not come back without staff seeing that it was declined.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import delete, select

from app.accounts.correcting import also_called
from app.accounts.identity import Identity, open_identity
from app.accounts.models import MailDomain, Member, Organisation
from app.accounts.organisations import (
    OrganisationCard,
    Why,
    get_organisation,
    get_row,
    list_organisations,
    open_organisation,
    open_words,
    renew_join_code,
    seal_words,
)
from app.accounts.rules import LEAVING, CannotDecline, fold_name, stretch_name
from app.db import Stores
from app.errors import NotThere
from app.mail.service import send_important
from app.sealing import Vault

KEPT_DAYS: Final = 366
HERE_ALREADY: Final[Why] = "here-already"
WHYS: Final[tuple[Why, ...]] = ("not-real", HERE_ALREADY, "other-trade")


def decline(
    stores: Stores,
    vault: Vault,
    *,
    organisation_id: str,
    why: Why,
    instead: str = "",
    keep_name: bool = False,
    today: date,
) -> None:
    """Do not let an organisation in. Its mail domains are free again and its join code opens nothing; writes identity.

    `instead` is the one it is, when it is here already; with `keep_name` that one goes by this name too. Raises NotThere
    and CannotDecline.
    """
    row = get_row(stores, organisation_id)
    words = open_words(vault, row)
    if not words["name"]:
        raise NotThere
    if row.verified or (why == HERE_ALREADY) != bool(instead):
        raise CannotDecline
    if instead and not _may_take_in(get_organisation(stores, vault, instead)):
        raise CannotDecline
    renew_join_code(stores, vault, organisation_id=row.id)
    stores.identity.execute(delete(MailDomain).where(MailDomain.organisation_id == row.id))
    note = {"why": why, "day": today.toordinal(), "mark": stretch_name(words["name"]), "instead": instead}
    row.sealed = seal_words(vault, row.id, {**open_words(vault, row), "mail_domains": [], "declined": note})
    if instead and keep_name:
        also_called(stores, vault, organisation_id=instead, name=words["name"])


def take_back(stores: Stores, vault: Vault, *, organisation_id: str) -> None:
    """It waits again, as if it had not been declined; writes identity. Raises NotThere once nobody waits there."""
    row = get_row(stores, organisation_id)
    words = open_words(vault, row)
    if not words["declined"] or not words["name"]:
        raise NotThere
    row.sealed = seal_words(vault, row.id, {**words, "declined": {}})


def tell_waiting(stores: Stores, vault: Vault, post_office: bytes, *, organisation_id: str, window: int) -> None:
    """Leave a letter that only calls for everybody who waits there; writes content."""
    for identity in _waiting(stores, vault):
        if identity.organisation_id == organisation_id:
            send_important(stores, vault, post_office, address=identity.mail, window=window)


def may_take_in(stores: Stores, vault: Vault) -> list[OrganisationCard]:
    """The organisations that one may turn out to be, by name."""
    return [card for card in list_organisations(stores, vault) if _may_take_in(card)]


def declined_before(cards: list[OrganisationCard]) -> dict[str, OrganisationCard]:
    """Of organisations that wait, those whose name was declined before: id -> as what. Costs 10 ms a name."""
    marks = {card.declined.mark: card for card in cards if card.declined}
    waiting = [card for card in cards if card.waits] if marks else []
    found = {card.id: marks.get(stretch_name(card.name)) for card in waiting}
    return {organisation_id: card for organisation_id, card in found.items() if card}


def alike(cards: list[OrganisationCard]) -> dict[str, OrganisationCard]:
    """Of organisations that wait, those that go by a name of one that is in: id -> that one."""
    names = {fold_name(name): card for card in cards if card.verified for name in (card.name, *card.aliases)}
    found = {card.id: names.get(fold_name(card.name)) for card in cards if card.waits}
    return {organisation_id: card for organisation_id, card in found.items() if card}


def drop_unnamed(stores: Stores, vault: Vault, *, organisation_id: str, leaver: str) -> None:
    """One that nobody verified, and that only this member named, goes; of a declined one the mark stays. Writes identity."""
    row = stores.identity.get(Organisation, organisation_id)
    if row is None or row.verified:
        return
    if any(one.organisation_id == organisation_id for one in _waiting(stores, vault, but=leaver)):
        return
    words = open_words(vault, row)
    if not words["declined"]:
        stores.identity.delete(row)
        return
    empty: dict[str, object] = {"name": "", "aliases": [], "sites": [], "former_names": []}
    row.sealed = seal_words(vault, row.id, {**words, **empty, "declined": {**words["declined"], "instead": ""}})


def forget_old(stores: Stores, vault: Vault, *, today: date) -> None:
    """Let the marks go that have stood for a year. Writes identity."""
    for row in list(stores.identity.scalars(select(Organisation).where(Organisation.verified.is_(False)))):
        card = open_organisation(vault, row)
        if card.declined and not card.name and card.declined.day + KEPT_DAYS < today.toordinal():
            stores.identity.delete(row)


def _may_take_in(card: OrganisationCard) -> bool:
    return card.verified and not card.is_company


def _waiting(stores: Stores, vault: Vault, *, but: str = "") -> Iterator[Identity]:
    """Who waits, or is leaving, opened; those whose key has gone are left out."""
    rows = list(stores.identity.scalars(select(Member).where(Member.state.in_(("waiting", LEAVING)), Member.id != but)))
    keys = vault.data_keys(stores, [row.key_id for row in rows])
    yield from (open_identity(keys[row.key_id], row) for row in rows if row.key_id in keys)
