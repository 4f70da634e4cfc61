"""Somebody who waits goes to another organisation: by a code, by their address, by another name, or where staff said.

Nothing they typed is asked again, and nothing of theirs was ever shown: who waits has written nothing.
"""

from dataclasses import replace
from datetime import date

from app.accounts.declining import HERE_ALREADY, drop_unnamed
from app.accounts.identity import open_identity, seal_identity
from app.accounts.models import Member
from app.accounts.organisations import OrganisationCard, find_by_mail_domain, get_organisation
from app.accounts.rules import READING, domain_of
from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import Conflict, NotThere
from app.sealing import Vault


def own_organisation(stores: Stores, vault: Vault, *, viewer: Viewer) -> OrganisationCard:
    """Where the viewer waits."""
    return get_organisation(stores, vault, viewer.organisation_id)


def organisation_of_mail(stores: Stores, vault: Vault, *, viewer: Viewer) -> OrganisationCard | None:
    """The organisation whose mail domain the viewer's address is at."""
    member = stores.identity.get_one(Member, viewer.member_id)
    address = open_identity(vault.data_key(stores, member.key_id), member).mail
    return find_by_mail_domain(stores, vault, domain_of(address))


def go_where_staff_said(stores: Stores, vault: Vault, *, viewer: Viewer, today: date) -> None:
    """Go where one's organisation is already, under another name. Writes identity; raises NotThere, Conflict."""
    declined = own_organisation(stores, vault, viewer=viewer).declined
    if declined is None or declined.why != HERE_ALREADY:
        raise NotThere
    move(stores, vault, member_id=viewer.member_id, organisation_id=declined.instead, today=today)


def move(stores: Stores, vault: Vault, *, member_id: str, organisation_id: str, today: date) -> bool:
    """Put somebody who waits into another organisation; True when they are in with it. Writes identity.

    The one they named goes when nobody else did. Raises NotThere, and Conflict for who waits no longer.
    """
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    if member.state != "waiting":
        raise Conflict
    to = get_organisation(stores, vault, organisation_id)
    key = vault.data_key(stores, member.key_id)
    identity = open_identity(key, member)
    roles = () if to.is_company else ("member",)  # as when somebody joins: see `joining.finish`
    member.sealed = seal_identity(key, replace(identity, organisation_id=to.id, roles=roles), member.id)
    if to.id != identity.organisation_id:
        drop_unnamed(stores, vault, organisation_id=identity.organisation_id, leaver=member.id)
    if to.verified:
        member.state = READING if identity.reading_until > today.toordinal() else "active"
    return to.verified
