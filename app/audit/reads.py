"""What an audit reads, all of it without writing: the people, the table, the labels, the dump; and the newest report."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from app.accounts.models import Organisation
from app.accounts.population import population
from app.audit.attacking import Opened, Target
from app.audit.models import Audit
from app.audit.opening import closed_tables, opened_tables
from app.audit.rules import Report
from app.audit.sealed import open_report
from app.db import Stores
from app.domains.reads import open_table
from app.domains.rules import hierarchies, keys_above, shown_key
from app.domains.trade import Trade
from app.insights.reads import newest_plan
from app.questions.access import open_scope, subject_of
from app.questions.models import Post, Thread
from app.sealing import Vault
from privacy.anonymity import Member, Policy
from privacy.attacks import population as attacked
from privacy.attacks.linker import View

MOST_POSTS = 400
OF_ORGANISATION = frozenset({"area", "size"})


def newest_report(stores: Stores, vault: Vault) -> Report | None:
    """The report of the last audit, or None."""
    row = stores.content.scalars(select(Audit)).first()
    return None if row is None else open_report(vault, row)


def find_target(
    stores: Stores, vault: Vault, trade: Trade, *, policy: Policy, today: date, with_dump: bool, rng: random.Random
) -> Target:
    """Everything an audit attacks."""
    members = tuple(population(stores, vault, trade, today=today))
    table = open_table(stores, trade)
    circle = {row.id: row.circle for row in stores.identity.scalars(select(Organisation))}
    return Target(
        members=members,
        trade=attacked.Trade(
            tuple(hierarchies(trade)),
            {group.key: tuple(subject.key for subject in group.subjects) for group in trade.groups},
            OF_ORGANISATION & {one.key for one in trade.attributes},
        ),
        circle=circle,
        open={group: frozenset(vectors) for group, vectors in table.by_group.items()},
        policy=policy,
        small=table.small,
        labels=_labels(stores),
        views=_views(stores, vault, trade, members, circle, rng) if with_dump else (),
        report_plan=newest_plan(stores),
    )


def _labels(stores: Stores) -> tuple[str, ...]:
    """Every tag, key and id of a hand in a thread, once for each thread it stands in: none should stand in two."""
    threads = stores.content.execute(select(Thread.id, Thread.owner_tag, Thread.key_id)).all()
    posts = stores.content.execute(select(Post.thread_id, Post.author_tag, Post.key_id, Post.id)).all()
    found = {(thread, label) for thread, tag, key in threads for label in (thread, tag, key)}
    found |= {(thread, label) for thread, tag, key, post in posts for label in (tag, key, post)}
    return tuple(label for _, label in sorted(found))


def _views(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    members: Sequence[Member],
    circle: Mapping[str, str],
    rng: random.Random,
) -> tuple[Opened, ...]:
    """The dump as a thief has it, once for threads and once for posts: without keys; and with the root key, which tells
    the finer domain key too."""
    levels = ((False, closed_tables(stores)), (True, opened_tables(stores, vault)))
    threads = {row.id: row for row in stores.content.scalars(select(Thread))}
    posts = list(stores.content.scalars(select(Post)))
    listed: list[list[Thread | Post]] = [list(threads.values()), list(posts)]
    found = []
    for rows in listed:
        some = rng.sample(rows, min(MOST_POSTS, len(rows)))
        known = {row.id: (row, row if isinstance(row, Thread) else threads[row.thread_id]) for row in some}
        found += [
            Opened(
                with_root,
                View(
                    dump=tables,
                    post_circle={id: _circle_of(vault, row) for id, (row, _) in known.items()},
                    member_circle={one.key: circle.get(one.organisation, "") for one in members},
                    post_subject={
                        id: subject_of(vault, thread) if with_root else _page_key(vault, trade, thread)
                        for id, (_, thread) in known.items()
                    },
                    member_subjects=_subjects(trade, members),
                ),
            )
            for with_root, tables in levels
        ]
    return tuple(found)


def _circle_of(vault: Vault, row: Thread | Post) -> str:
    scope = vault.open(row.sealed_scope, table=row.__tablename__, column="sealed_scope", row=row.id)
    return str(scope["circle"])


def _page_key(vault: Vault, trade: Trade, thread: Thread) -> str:
    return shown_key(trade, subject_of(vault, thread), open_scope(vault, thread).levels)


def _subjects(trade: Trade, members: Sequence[Member]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for member in members:
        found[member.key] |= keys_above(trade, member.subjects)
    return {key: frozenset(subjects) for key, subjects in found.items()}
