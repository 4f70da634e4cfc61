"""What a phone keeps while there is no network belongs to one member: it bears a label only their secret can make.

The label stands in their own pages. A page of another member neither shows nor sends what bears it, and the service takes
nothing that bears another label.
"""

from flask import request

from app.accounts.viewer import Viewer
from app.errors import Conflict
from privacy.pseudonyms import MemberSecret, locker_label

PURPOSE = "phone"


def phone_label(secret: MemberSecret) -> str:
    """The label of what a member's phone keeps."""
    return str(locker_label(secret, PURPOSE))


def check_phone(viewer: Viewer) -> None:
    """Refuse what another member's phone kept. Raises Conflict."""
    if request.form.get("phone", "") not in ("", phone_label(viewer.secret)):
        raise Conflict
