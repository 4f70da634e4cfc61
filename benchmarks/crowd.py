"""What does the crowd cost? The check of one scope, with its locker, inside the transaction that would write the post;
and the nightly table from sealed rows to published vectors, with its memory. On the aquaculture domain file, with
organisations of uneven size, each in one prefecture and one to three groups. Ends with 1 when the check's 95th
percentile passes 5 ms or the table 60 s at the largest size.

    python -m benchmarks.crowd [--members 1000 10000 100000] [--organisations 500] [--checks 300]
"""

import argparse
import contextlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from app.accounts import service as accounts
from app.accounts.models import Member
from app.accounts.organisations import NewOrganisation
from app.accounts.sessions import make_viewer
from app.accounts.viewer import Viewer
from app.clock import today
from app.domains import service as domains
from app.domains.reads import open_table
from app.domains.rules import ScopeTooFine, hidden_levels
from app.domains.trade import Trade
from app.questions import crowd
from app.wiring import Toolbox
from privacy.anonymity import SUBJECT
from privacy.pseudonyms import new_id
from privacy.wraps import Cost
from tests.conftest import make_tools

MOST_CHECK, MOST_TABLE = 0.005, 60.0  # seconds
CHUNK = 5000
NOTHING = Cost(1, 64, 1)


def people(
    trade: Trade, members: int, organisations: int, rng: random.Random
) -> Iterator[tuple[int, dict[str, str], tuple[str, ...]]]:
    """(organisation, attributes, subjects) of each member."""
    by_key = {one.key: [value.key for value in one.values] for one in trade.attributes}
    homes = [rng.choice(by_key["area"]) for _ in range(organisations)]
    groups = [rng.sample(trade.groups, rng.choices([1, 2, 3], [6, 3, 1])[0]) for _ in range(organisations)]
    weights = [1 / (n + 3) for n in range(organisations)]
    for at in rng.choices(range(organisations), weights, k=members):
        group = rng.choice(groups[at])
        number = min(rng.choices([1, 2], [3, 1])[0], len(group.subjects))
        subjects = [one.key for one in rng.sample(group.subjects, number)]
        if len(groups[at]) > 1 and rng.random() < 0.15:
            other = rng.choice([one for one in groups[at] if one is not group])
            subjects.append(rng.choice(other.subjects).key)
        attributes = {name: rng.choice(values) for name, values in by_key.items()} | {"area": homes[at]}
        yield at, attributes, tuple(subjects)


def enrol(tools: Toolbox, members: int, organisations: int, rng: random.Random) -> list[accounts.Enrolled]:
    """Everybody, through the service, without a password: Argon2 is not what is measured."""
    day, made = today(tools.clock.now()), []
    with tools.database.transaction("identity", "keys") as stores:
        entries = [NewOrganisation(f"架空{n}") for n in range(organisations)]
        ids = [
            one for one, _ in accounts.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=rng)
        ]
    planned = list(people(tools.trade, members, organisations, rng))
    for start in range(0, members, CHUNK):
        with tools.database.transaction("identity", "keys") as stores:
            for at, attributes, subjects in planned[start : start + CHUNK]:
                made.append(
                    accounts.enrol(
                        stores, tools.vault, organisation_id=ids[at], mail=f"{new_id()}@mail.example", password=None,
                        attributes=attributes, subjects=subjects, cost=NOTHING, today=day,
                    )
                )  # fmt: skip
    return made


def count_table(tools: Toolbox) -> float:
    """Seconds from sealed rows to a published table."""
    day = today(tools.clock.now())
    start = time.perf_counter()
    with tools.database.reading() as stores:
        table = domains.find_next_table(stores, tools.vault, tools.trade, tools.settings, today=day)
    if table is None:
        raise SystemExit("no table was due")
    with tools.database.transaction("identity", "keys", "content") as stores:
        domains.publish_next_table(stores, tools.vault, tools.trade, table, today=day)
    return time.perf_counter() - start


def viewer_with_profile(tools: Toolbox, one: accounts.Enrolled, day: date, rng: random.Random) -> Viewer:
    """A member who chose an open profile that shows as much as any."""
    with tools.database.transaction("identity") as stores:
        row = stores.identity.get_one(Member, one.member_id)
        viewer = make_viewer(stores, tools.vault, member=row, secret=one.secret, session_id="", today=day)
        group = tools.trade.group_of[viewer.subjects[0]].key
        offered = sorted(open_table(stores, tools.trade).of(group)) or [tuple(hidden_levels(tools.trade).items())]
        finest = min(offered, key=lambda vector: (sum(level for _, level in vector), rng.random()))
        accounts.set_profile(stores, tools.vault, member_id=one.member_id, levels=dict(finest), today=day)
        return make_viewer(stores, tools.vault, member=row, secret=one.secret, session_id="", today=day)


def time_checks(tools: Toolbox, enrolled: list[accounts.Enrolled], checks: int, rng: random.Random) -> list[float]:
    """Seconds of each check: random members, some posts each, at levels within the profile."""
    day, policy = today(tools.clock.now()), domains.policy_of(tools.settings)
    spent: list[float] = []
    hidden = hidden_levels(tools.trade)
    while len(spent) < checks:
        viewer = viewer_with_profile(tools, rng.choice(enrolled), day, rng)
        for _ in range(4):
            levels = {name: rng.randint(viewer.profile[name], last) for name, last in hidden.items()}
            levels[SUBJECT] = rng.choice([viewer.profile[SUBJECT], hidden[SUBJECT]])
            with tools.database.transaction("content") as stores:
                start = time.perf_counter()
                with contextlib.suppress(ScopeTooFine):  # a refusal has been reckoned too
                    crowd.check(
                        stores, tools.vault, tools.trade, viewer=viewer, subject=rng.choice(viewer.subjects),
                        levels=levels, policy=policy, today=day,
                    )  # fmt: skip
                spent.append(time.perf_counter() - start)
    return spent


def measure(members: int, organisations: int, checks: int) -> tuple[float, float]:
    """(95th percentile of a check, the table), printed with the rest."""
    rng = random.Random(members)
    with tempfile.TemporaryDirectory() as folder:
        tools = make_tools(Path(folder))
        enrolled = enrol(tools, members, organisations, rng)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        table = count_table(tools)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        first = time_checks(tools, enrolled, 1, rng)[0]
        spent = time_checks(tools, enrolled, checks, rng)
        with tools.database.reading() as stores:
            found = open_table(stores, tools.trade)
        opened = sum(len(vectors) for vectors in found.by_group.values())
        tools.database.close()
    p50, p95 = (float(np.percentile(spent, q)) for q in (50, 95))
    print(
        f"{members:>7} members, {organisations} organisations: check p50 {p50 * 1000:.2f} ms, p95 {p95 * 1000:.2f} ms "
        f"(the first, which opens the crowd, {first * 1000:.0f} ms); table {table:.1f} s, {grown:.0f} MB more at its "
        f"highest, {opened} vectors open in {len(found.by_group)} groups"
    )
    return p95, table


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--organisations", type=int, default=500)
    parser.add_argument("--checks", type=int, default=300)
    given = parser.parse_args()
    results = [measure(members, given.organisations, given.checks) for members in given.members]
    check, table = results[-1]
    return int(check > MOST_CHECK or table > MOST_TABLE)


if __name__ == "__main__":
    sys.exit(main())
