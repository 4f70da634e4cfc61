"""Count the picture of topics, as of Monday, among what its reader may read.

What their own colleagues ask, and what is closed to them, takes no part: of one picture for all they would only have to
take away what they can count themselves.
"""

from collections import Counter
from datetime import date

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import monday_of
from app.db import Stores
from app.glance.kept import Pictures
from app.glance.rules import DAYS, MOST, Cells, cells_of
from app.questions.finding import Shelves, gates_of
from app.questions.models import Thread
from app.questions.rules import reader
from app.sealing import Vault
from privacy.scopes import Audience

OPEN_STATES = ("waiting", "asked", "unrouted", "ended")  # of nobody's answer


def picture(
    stores: Stores, vault: Vault, shelves: Shelves, pictures: Pictures, *, viewer: Viewer, today: date
) -> Cells:
    """The viewer's picture of this week, counted for the first who may read what they may."""
    return pictures.of(
        monday_of(today),
        reader(shelves.trade, viewer),
        lambda: count(stores, vault, shelves, viewer=viewer, today=today),
    )


def count(
    stores: Stores, vault: Vault, shelves: Shelves, *, viewer: Viewer, today: date
) -> dict[str, dict[str, list[int]]]:
    """Group -> topic -> band and share answered, of what was asked in the half year before Monday, at most of the last 5,000.

    Questions for asked experts alone take no part: who was asked would see that others were.
    """
    monday = monday_of(today).toordinal()
    query = select(Thread.id, Thread.group_key, Thread.topic, Thread.state).where(
        Thread.published_day >= monday - DAYS, Thread.published_day < monday, Thread.audience >= int(Audience.DOMAIN)
    )
    rows = stores.content.execute(query.order_by(Thread.published_day.desc(), Thread.id).limit(MOST)).all()
    seen = gates_of(stores, vault, shelves, viewer=viewer, ids=[row.id for row in rows])
    asked, answered = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in rows:
        if row.id in seen:
            asked[row.group_key, row.topic] += 1
            answered[row.group_key, row.topic] += row.state not in OPEN_STATES
    return cells_of({cell: (number, answered[cell]) for cell, number in asked.items()})
