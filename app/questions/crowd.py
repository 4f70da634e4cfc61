"""The crowd check of one post: profile, newest table, and everything the author showed this quarter, together."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.accounts.population import population as read_population
from app.accounts.rules import quarter_of
from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.reads import OpenTable, open_table
from app.domains.rules import ScopeTooFine, hidden_levels, hierarchies, nearest_open, same_levels, shows_subject
from app.domains.trade import Trade
from app.questions.lockers import read_locker, write_locker
from app.questions.rules import groups_of
from app.sealing import Vault
from privacy.anonymity import Member, Policy, Shown, posts_pass


def check(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    subject: str,
    levels: Mapping[str, int],
    policy: Policy,
    today: date,
    population: Sequence[Member] | None = None,
) -> int:
    """Refuse levels that do not hide their author, else note what is shown and return the table's version.

    The domain group alone always passes. Raises ScopeTooFine with the nearest levels that pass.
    """
    table = open_table(stores, trade)
    passing = passing_levels(
        stores,
        vault,
        trade,
        table,
        viewer=viewer,
        subject=subject,
        levels=levels,
        policy=policy,
        today=today,
        population=population,
    )
    if not same_levels(trade, passing, levels):
        raise ScopeTooFine(passing)
    _note(stores, viewer, today, _shown(trade, subject, levels))
    return table.version


def passing_levels(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    table: OpenTable,
    *,
    viewer: Viewer,
    subject: str,
    levels: Mapping[str, int],
    policy: Policy,
    today: date,
    population: Sequence[Member] | None = None,
) -> dict[str, int]:
    """The nearest levels, no finer than asked, that hide the viewer; the same ones when they do."""
    hidden = hidden_levels(trade)
    group = trade.group_of[subject].key
    if table.small or group not in groups_of(trade, viewer.subjects) or same_levels(trade, levels, hidden):
        return hidden
    wanted = levels if subject in viewer.subjects else {**levels, "subject": hidden["subject"]}
    found = nearest_open(trade, wanted, viewer.profile, table.of(group))
    if same_levels(trade, found, hidden):
        return hidden
    members = population if population is not None else read_population(stores, vault, trade, today=today)
    posts = [*_shown_before(stores, viewer, today), _shown(trade, subject, found)]
    return found if posts_pass(members, viewer.member_id, posts, hierarchies(trade), policy) else hidden


def _shown(trade: Trade, subject: str, levels: Mapping[str, int]) -> Shown:
    attributes = {name: level for name, level in levels.items() if name != "subject"}
    return Shown(trade.group_of[subject].key, subject if shows_subject(levels) else None, attributes)


def _shown_before(stores: Stores, viewer: Viewer, today: date) -> list[Shown]:
    found = read_locker(stores, viewer.secret, "shown", {"quarter": 0, "posts": []})
    return [Shown(*one) for one in found["posts"]] if found["quarter"] == quarter_of(today) else []


def _note(stores: Stores, viewer: Viewer, today: date, shown: Shown) -> None:
    before = _shown_before(stores, viewer, today)
    if shown not in before:
        posts: list[list[Any]] = [[one.group, one.subject, dict(one.levels)] for one in (*before, shown)]
        write_locker(stores, viewer.secret, "shown", {"quarter": quarter_of(today), "posts": posts})
