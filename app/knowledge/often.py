"""Asked often, and not written yet: questions that ask the same, of which no article was made.

On Mondays all links between questions are gathered. A page counts those its reader may read anyway, and no others: what
it says of a topic, in bands, they could count themselves, so that it tells nobody of a question they may not see.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, select

from app.accounts.viewer import Viewer
from app.clock import monday_of
from app.db import Stores
from app.knowledge.models import Article, ArticleVersion, AskedOften
from app.knowledge.rules import PUBLISHED
from app.knowledge.versions import about_of
from app.questions.duplicates import links
from app.questions.finding import Gate, Shelves, gates_of
from app.sealing import Vault
from privacy.bands import at_least
from privacy.scopes import Audience

BANDS: Final = (5, 10, 20)  # questions
MOST: Final = 1000  # links
SHOWN: Final = 20
TABLE: Final = "asked_often"
PAD: Final = 16384


@dataclass(frozen=True, slots=True)
class OftenCard:
    """A topic of a group: how many questions at least, 0 for a few; and one of them that has an answer to begin from."""

    group: str
    topic: str
    domain: tuple[str, ...]
    band: int
    example: str


def gather(stores: Stores, vault: Vault, *, today: date, window: int) -> list[tuple[str, str]] | None:
    """The links of this Monday, or None where they are gathered already. Questions for asked experts alone take no part."""
    newest = stores.content.scalars(select(AskedOften.day)).first()
    if newest is not None and newest >= monday_of(today).toordinal():
        return None
    found = links(stores, vault, window=window, least=Audience.DOMAIN)
    written = _written(stores, vault)
    return [pair for group in joined(found) if not written & group for pair in found if pair[0] in group][:MOST]


def publish(stores: Stores, vault: Vault, pairs: Sequence[tuple[str, str]], *, today: date) -> None:
    """Put them in the place of last week's. Writes content."""
    day = monday_of(today).toordinal()
    stores.content.execute(delete(AskedOften))
    sealed = vault.seal([list(one) for one in pairs], table=TABLE, column="sealed", row=str(day), pad=PAD)
    stores.content.add(AskedOften(day=day, sealed=sealed))


def asked_often(stores: Stores, vault: Vault, shelves: Shelves, *, viewer: Viewer) -> list[OftenCard]:
    """The topics in which the viewer finds questions that ask the same, those with the most first."""
    row = stores.content.scalars(select(AskedOften)).first()
    pairs = [] if row is None else vault.open(row.sealed, table=TABLE, column="sealed", row=str(row.day))
    gates = gates_of(stores, vault, shelves, viewer=viewer, ids={one for pair in pairs for one in pair})
    groups = joined([(one, other) for one, other in pairs if one in gates and other in gates])
    number, example = Counter[tuple[str, str]](), dict[tuple[str, str], str]()
    for threads in groups:
        place = _place(shelves, [gates[one] for one in sorted(threads)])
        number[place] += len(threads)
        example.setdefault(place, min(threads))
    best = sorted(number.items(), key=lambda one: (-at_least(one[1], BANDS), one[0]))[:SHOWN]
    return [
        OftenCard(group, topic, _named(shelves, group, topic), at_least(count, BANDS), example[group, topic])
        for (group, topic), count in best
    ]


def joined(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The groups that these links make: whoever is linked to one of a group is in it."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched] + [set(pair).union(*touched)]
    return groups


def _written(stores: Stores, vault: Vault) -> set[str]:
    """The threads of which an article that is out was made."""
    out = select(ArticleVersion).join(Article, Article.id == ArticleVersion.article_id)
    rows = stores.content.scalars(out.where(Article.state == PUBLISHED, ArticleVersion.state == PUBLISHED))
    return {thread for row in rows for thread in about_of(vault, row).threads}


def _place(shelves: Shelves, gates: Sequence[Gate]) -> tuple[str, str]:
    """The group and topic of most of them."""
    trade = shelves.trade
    found = Counter((trade.group_of[one.key].key if one.key in trade.subjects else one.key, one.topic) for one in gates)
    return min(found, key=lambda place: (-found[place], place))


def _named(shelves: Shelves, group: str, topic: str) -> tuple[str, ...]:
    trade = shelves.trade
    names = [str(one.name) for one in trade.groups if one.key == group]
    return (*names, str(trade.topic_by_key[topic].name)) if topic in trade.topic_by_key else tuple(names)
