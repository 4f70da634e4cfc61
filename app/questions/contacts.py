"""Where to write about one thread, if its author wants to hear."""

from app.accounts.address import own_box
from app.accounts.viewer import Viewer
from app.db import Stores
from app.web.i18n import current_locale
from app.wiring import Toolbox


def own_contact(tools: Toolbox, stores: Stores, viewer: Viewer, *, wanted: bool) -> bytes | None:
    """The viewer's address in a box for the post office, or None when no mail is wanted."""
    if not wanted:
        return None
    return own_box(stores, tools.vault, tools.post_office_public, viewer=viewer, locale=current_locale())
