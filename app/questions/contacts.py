"""Where to write about one thread, if its author wants to hear."""

from app.accounts.address import own_box
from app.accounts.viewer import Viewer
from app.db import Stores
from app.questions.ahead import read_ahead
from app.web.i18n import current_locale
from app.wiring import Toolbox


def own_contact(tools: Toolbox, stores: Stores, viewer: Viewer, *, wanted: bool, thread_id: str = "") -> bytes | None:
    """The viewer's address in a box for the post office, or None when no mail is wanted. It may go along with a post in
    a thread they wrote in before.
    """
    if not wanted:
        return None
    read_ahead(stores, tools.vault, viewer, thread_id=thread_id)
    return own_box(stores, tools.vault, tools.post_office_public, viewer=viewer, locale=current_locale())
