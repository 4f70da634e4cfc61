"""What every post asks for before it is written, read ahead in one statement.

Their member, key and organisation as they are now, the network and its newest table, whom posts are sealed to, the
periods that are counted, whether anything was upheld against them, and the key of their part of the thread.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from app.accounts.models import Member, Organisation
from app.accounts.viewer import Viewer
from app.db import Stores, keep
from app.domains.models import Network
from app.domains.reads import CROWD_KEY, NEWEST, know_heads
from app.escrow.service import PUBLICS, know_publics
from app.keystore import DataKey
from app.questions import conduct
from app.questions.lockers import find_own
from app.questions.models import Sanction
from app.sealing import Vault
from app.tallies.service import OPEN, know_open


def read_ahead(stores: Stores, vault: Vault, viewer: Viewer, *, thread_id: str = "") -> None:
    """Let the sessions of a transaction know it; nothing while the identity file is written to."""
    if not stores.identity.sees_all or (Member, viewer.member_id) in stores.identity.known:
        return
    own, labels = find_own(stores, viewer.secret, thread_id), conduct.labels_of(stores, vault, viewer)
    _read(stores, viewer, [own.key_id] if own else [], labels)


def _read(stores: Stores, viewer: Viewer, keys: Collection[str], labels: Sequence[str]) -> None:
    upheld = select(func.count()).select_from(Sanction).where(Sanction.label.in_(labels)).scalar_subquery()
    wanted = [one for one in dict.fromkeys(keys) if (DataKey, one) not in stores.keys.known]
    wrapped = [select(DataKey.wrapped).where(DataKey.id == one).scalar_subquery() for one in wanted]
    query = (
        select(Member, DataKey.wrapped, Organisation, Network, NEWEST, CROWD_KEY, PUBLICS, OPEN, upheld, *wrapped)
        .outerjoin(DataKey, DataKey.id == Member.key_id)
        .outerjoin(Organisation, Organisation.id == viewer.organisation_id)
        .outerjoin(Network, Network.key.is_not(None))
        .where(Member.id == viewer.member_id)
    )
    row = stores.identity.execute(query).first()
    if row is None:
        return
    member, own, organisation, network, version, crowd, publics, periods, number, *found = row
    keep(stores.identity, Member, {member.id: member})
    if organisation is not None:
        keep(stores.identity, Organisation, {organisation.id: organisation})
    know_heads(stores, network, version, crowd)
    know_publics(stores, publics)
    know_open(stores, periods)
    if not number:
        conduct.know_none(stores, viewer)
    opened = {member.key_id: own, **dict(zip(wanted, found, strict=True))}
    keep(stores.keys, DataKey, {key: text and DataKey(id=key, wrapped=text) for key, text in opened.items()})
