"""A member's own mail address, for their own request: to close it into a box for the post office."""

from app.accounts.identity import open_identity
from app.accounts.models import Member
from app.accounts.viewer import Viewer
from app.db import Stores
from app.errors import NotThere
from app.mail.mailbox import Mailbox
from app.mail.service import address_box
from app.sealing import Vault


def own_mailbox(stores: Stores, vault: Vault, *, viewer: Viewer) -> Mailbox:
    """The viewer's address, as the post office knows it. Raises NotThere when the account is gone."""
    return mailbox_of(stores, vault, member_id=viewer.member_id)


def mailbox_of(stores: Stores, vault: Vault, *, member_id: str) -> Mailbox:
    """The same for somebody who is just signing in."""
    member = stores.identity.get(Member, member_id)
    if member is None:
        raise NotThere
    return open_identity(vault.data_key(stores, member.key_id), member).at


def own_box(stores: Stores, vault: Vault, post_office: bytes, *, viewer: Viewer, locale: str) -> bytes:
    """The viewer's address, closed for the post office. Raises NotThere when the account is gone."""
    return address_box(post_office, own_mailbox(stores, vault, viewer=viewer), locale=locale)
