"""Whether somebody edits the knowledge base, for a thread's page: as a coordinator, as who supports the network this year,
or by a ballot that only their own list names. Both lists are fetched with their other lockers, so that the page asks
nothing more.
"""

from datetime import date
from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.questions.lockers import read_locker
from app.questions.standing import standing_of

BALLOTS: Final = "ballots"
EDITOR: Final = "editor"  # the ballot's purpose
OFFICE: Final = "knowledge"  # and object


def edits_by_office(stores: Stores, viewer: Viewer, *, today: date) -> bool:
    """Whether what the viewer is besides makes them an editor."""
    if "member" not in viewer.roles:
        return False
    return "coordinator" in viewer.roles or standing_of(stores, viewer.secret).is_core(today)


def edits_articles(stores: Stores, viewer: Viewer, *, today: date) -> bool:
    """Whether the viewer edits."""
    if "member" not in viewer.roles:
        return False
    offered = [EDITOR, OFFICE] in read_locker(stores, viewer.secret, BALLOTS, [])
    return offered or edits_by_office(stores, viewer, today=today)
