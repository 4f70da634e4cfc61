"""What every post asks for before it is written, read ahead in one statement.

Their member, key and organisation as they are now, the network and its newest table, whom posts are sealed to, and those
data keys that the caller names.
"""

from collections.abc import Collection

from sqlalchemy import select

from app.accounts.models import Member, Organisation
from app.accounts.viewer import Viewer
from app.db import Stores, keep
from app.domains.models import Network
from app.domains.reads import CROWD_KEY, NEWEST, know_heads
from app.escrow.service import PUBLICS, know_publics
from app.keystore import DataKey


def read_ahead(stores: Stores, viewer: Viewer, keys: Collection[str] = ()) -> None:
    """Let the sessions of a transaction know it; nothing while the identity file is written to."""
    if not stores.identity.sees_all or (Member, viewer.member_id) in stores.identity.known:
        return
    wanted = [one for one in dict.fromkeys(keys) if (DataKey, one) not in stores.keys.known]
    wrapped = [select(DataKey.wrapped).where(DataKey.id == one).scalar_subquery() for one in wanted]
    query = (
        select(Member, DataKey.wrapped, Organisation, Network, NEWEST, CROWD_KEY, PUBLICS, *wrapped)
        .outerjoin(DataKey, DataKey.id == Member.key_id)
        .outerjoin(Organisation, Organisation.id == viewer.organisation_id)
        .outerjoin(Network, Network.key.is_not(None))
        .where(Member.id == viewer.member_id)
    )
    row = stores.identity.execute(query).first()
    if row is None:
        return
    member, own, organisation, network, version, crowd, publics, *found = row
    keep(stores.identity, Member, {member.id: member})
    if organisation is not None:
        keep(stores.identity, Organisation, {organisation.id: organisation})
    know_heads(stores, network, version, crowd)
    know_publics(stores, publics)
    opened = {member.key_id: own, **dict(zip(wanted, found, strict=True))}
    keep(stores.keys, DataKey, {key: text and DataKey(id=key, wrapped=text) for key, text in opened.items()})
