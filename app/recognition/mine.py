"""What my help did: every member's own page, reckoned in their own session from their own threads, and kept nowhere.

It moves on Mondays alone, so that no number tells when somebody tapped; and in bands, so that nobody collects.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import monday_of, next_monday
from app.db import Stores
from app.questions.lockers import PEER, own_threads
from app.questions.marks import marks_on
from app.questions.models import Post
from app.questions.taps import ACCEPT, THANKS, WORKED, proofs, standing
from app.recognition.nominating import window_on
from app.recognition.rules import band_of
from app.sealing import Vault
from privacy.pseudonyms import peer_tag


@dataclass(frozen=True, slots=True)
class Help:
    """Bands as of `since`, the last Monday: 0, 1 for fewer than five, or at least so many."""

    since: date
    until: date
    answers: int
    helped: int  # answers that their asker says helped
    worked: int  # organisations for which they worked
    thanks: int


def help_of(stores: Stores, vault: Vault, *, viewer: Viewer, today: date, seconds: int) -> Help:
    """What became of the viewer's answers until the last Monday, in three statements."""
    monday = monday_of(today)
    threads = [one.thread for one in own_threads(stores, viewer.secret) if one.part == PEER]
    tags = [str(peer_tag(viewer.secret, thread)) for thread in threads]
    there = select(Post).where(Post.thread_id.in_(threads), Post.author_tag.in_(tags))
    rows = stores.content.scalars(there) if tags else ()
    posts = [row for row in rows if row.kind == "answer" and row.published_day < monday.toordinal()]
    taps = standing(marks_on(stores, vault, {row.thread_id for row in posts}), window_on(monday, seconds))
    total: dict[str, int] = defaultdict(int)
    for row in posts:
        said = taps.get(row.id, {})
        total["helped"] += bool(said.get(ACCEPT))
        total["worked"] += proofs(said.get(WORKED, []))
        total["thanks"] += len(said.get(THANKS, []))
    return Help(
        monday,
        next_monday(today),
        band_of(len(posts)),
        *(band_of(total[one]) for one in ("helped", "worked", "thanks")),
    )
