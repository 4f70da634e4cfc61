"""Who edits: coordinators, who supports the network this year, and members who offered to. Their session says so; there
is no list of them.
"""

from datetime import date

from app.accounts.viewer import Viewer
from app.community import ballots
from app.db import Stores
from app.errors import NotThere
from app.knowledge.rules import EDITING
from app.questions.offices import EDITOR, OFFICE, edits_articles
from app.sealing import Vault


def is_editor(stores: Stores, viewer: Viewer, *, today: date) -> bool:
    """Whether the viewer edits."""
    return edits_articles(stores, viewer, today=today)


def check_editor(stores: Stores, viewer: Viewer, *, today: date) -> None:
    """Raise NotThere for anybody else."""
    if not is_editor(stores, viewer, today=today):
        raise NotThere


def volunteer(stores: Stores, vault: Vault, *, viewer: Viewer) -> None:
    """Become an editor; writes content. The circle is for the draw of those who pick: at most one of each."""
    ballots.cast(stores, vault, viewer=viewer, purpose=EDITOR, object=OFFICE, note={"circle": viewer.circle})


def step_back(stores: Stores, vault: Vault, *, viewer: Viewer) -> None:
    """Be one no more; writes content. Drafts of one's own stay one's own."""
    ballots.retract(stores, vault, viewer=viewer, purpose=EDITOR, object=OFFICE)


def label_at(viewer: Viewer, article_id: str) -> str:
    """What an editor of an article goes by: a label that only their own secret makes."""
    return ballots.label_of(viewer.secret, EDITING, article_id)
