"""Routing out of sealed rows: how long a start takes, and one question in a content file as the worker routes it."""

import gc
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from sqlalchemy import insert, select

from app.db import ContentBase, Database
from app.questions.models import Thread
from app.questions.pending import SCOPE_PAD
from app.queues import experts, routing
from app.queues.pools import Pools
from app.queues.rules import Profile
from app.queues.worker import make_now, make_router
from app.sealing import Vault
from app.vectors import boxes, store
from app.vectors.cache import Memory
from app.vectors.models import IndexedThread
from app.wiring import Toolbox
from benchmarks.routing_world import TODAY, Domain, World, fill, timed
from matching.history import DomainHistory, Loaded
from matching.lexical import Vocabulary
from matching.profiles import Query
from privacy.keys import RootKeys
from privacy.pseudonyms import new_id
from tests.conftest import make_tools

SUBJECT, TOPIC = "rainbow-trout", "disease"
QUESTIONS = 20
STAGES = {"candidates": (Pools, "open_to"), "rank": (routing, "rank_wide"), "choose": (routing, "assign")} | {
    "explain": (routing, "explain"),
    "write": (routing.Router, "_ask"),
}


def start(world: World, sizes: Sequence[int], route: Callable[[Domain, Query], None]) -> dict[str, float]:
    """Seconds from sealed rows, in domains of these sizes, to the first routed question, which falls on the first of
    them; and what opening every box would take."""
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder)) as database:
        vault = Vault(RootKeys([bytes(range(32))]))
        ContentBase.metadata.create_all(database.engines["content"])
        domain = _sealed_domains(world, sizes, database, vault)
        query = domain.question(world)
        gc.collect()
        memory = Memory(vault, len(query.vector), "e", window_days=1.0)

        def first() -> None:
            with database.reading() as stores:
                memory.catch_up(stores, ["subject 0"])
            domain.history = memory.domain("subject 0")
            route(domain, query)

        begun = time.perf_counter()
        _, busy = timed(first)
        return {
            "threads": sum(sizes),
            "largest": sizes[0],
            "start_s": round(time.perf_counter() - begun, 2),
            "start_cpu_s": round(busy, 2),
            "opening_s": round(_opening(database, vault), 2),
        }


def _sealed_domains(world: World, sizes: Sequence[int], database: Database, vault: Vault) -> Domain:
    """Write domains of these sizes; return the first, without its history."""
    domains: list[Domain] = []
    for number, size in enumerate(sizes):
        before = sum(sizes[:number])

        def seal(rows: Sequence[Loaded], first: int, before: int = before, subject: str = f"subject {number}") -> None:
            _seal(database, vault, rows, before + first, subject)

        domains.append(fill(world, size, Vocabulary(), seen=seal))
        domains[-1].history = DomainHistory(1)
    return domains[0]


def _seal(
    database: Database,
    vault: Vault,
    rows: Sequence[Loaded],
    first: int,
    subject: str = "subject",
    windows: Sequence[int] = (),
    encoder: str = "e",
) -> None:
    """Write rows as `store` does, many at once."""
    windows = windows or [int(row.day) for row in rows]
    found = [
        _row(vault, row, first + n, subject, window) | {"encoder": encoder}
        for n, (row, window) in enumerate(zip(rows, windows, strict=True), 1)
    ]
    with database.transaction("content") as stores:
        stores.content.execute(insert(IndexedThread), found)
        stores.content.commit()


def _row(vault: Vault, row: Loaded, version: int, subject: str, window: int) -> dict[str, Any]:
    answers = [(new_id(), one.expert, window, one.accepted) for one in row.answers]
    evidence = {
        "subject": subject,
        "asked": [one[1] for one in answers],
        "answers": answers,
        "passes": [],
        "waves": 1,
    }
    place = {"table": boxes.TABLE, "row": row.id}
    return {
        "thread_id": row.id,
        "topic": row.topic,
        "window": window,
        "version": version,
        "sealed_vector": boxes.seal_vector(vault, row.vector, table=boxes.TABLE, row=row.id),
        "sealed_counts": boxes.seal_counts(vault, row.counts, row=row.id),
        "sealed_evidence": vault.seal(evidence, column="sealed_evidence", pad=store.EVIDENCE_PAD, **place),
    }


def _opening(database: Database, vault: Vault) -> float:
    """Seconds that decryption alone takes of a start."""
    columns_ = [
        (name, vault.opener(boxes.TABLE, name)) for name in ("sealed_vector", "sealed_counts", "sealed_evidence")
    ]
    with database.reading() as stores:
        rows = stores.content.execute(select(*IndexedThread.__table__.columns)).all()
    return timed(lambda: [open_one(getattr(row, name), row.thread_id) for row in rows for name, open_one in columns_])[
        1
    ]


def route_in_file(world: World, threads: int) -> dict[str, float]:
    """Median milliseconds of routing a question in one subject of `threads`, with a tenth as many experts, by stage."""
    with tempfile.TemporaryDirectory() as folder:
        tools = make_tools(Path(folder))
        now = make_now(tools)

        def sealed(rows: Sequence[Loaded], first: int) -> None:
            windows = [now.window - 1 - int((TODAY - row.day) / now.window_days) for row in rows]
            _seal(tools.database, tools.vault, rows, first, SUBJECT, windows, tools.encoder.name)

        domain = fill(world, threads, Vocabulary(), seen=sealed)
        _enter(tools, domain)
        asked = [_asked(tools, id) for id in world.rng.choice(domain.ids, QUESTIONS + 1, replace=False).tolist()]
        spent: dict[str, list[float]] = defaultdict(list)
        for id in asked:
            with tools.database.transaction("content") as stores, _watched() as stages:
                _, whole = timed(
                    lambda: make_router(tools).route(stores, waiting=[(id, 0)], now=now, rng=random.Random(1))  # noqa: B023
                )
            for name, seconds in {"whole": whole, **stages}.items():
                spent[name].append(1e3 * seconds)
        return {name: round(float(np.median(times[1:])), 2) for name, times in spent.items()} | {
            "first": round(spent["whole"][0])
        }


def _enter(tools: Toolbox, domain: Domain) -> None:
    """Write the experts' profiles."""
    group_key = tools.trade.group_of[SUBJECT].key
    with tools.database.transaction("content") as stores:
        for one in domain.pool.people:
            profile = Profile(SUBJECT, one.circle, topics=(TOPIC,), capacity=5)
            experts.put_profile(stores, tools.vault, handle=one.expert, group_key=group_key, profile=profile)


def _asked(tools: Toolbox, thread_id: str) -> str:
    """Make a thread of the history a question that waits."""
    now = make_now(tools)
    scope = {"circle": "asker", "excluded": [], "levels": {}, "subject": SUBJECT}
    with tools.database.transaction("content") as stores:
        stores.content.add(
            Thread(
                id=thread_id, group_key=tools.trade.group_of[SUBJECT].key, topic=TOPIC, state="waiting",
                published_day=now.today, published_window=now.window, urgent=True, audience=2, company_may=False,
                table_version=1, owner_tag=new_id(), key_id=new_id(), sealed_text=b"",
                sealed_scope=tools.vault.seal(
                    scope, table="threads", column="sealed_scope", row=thread_id, pad=SCOPE_PAD
                ),
            )
        )  # fmt: skip
        row = stores.content.get_one(IndexedThread, thread_id)
        evidence = store.Evidence(subject=SUBJECT)
        store.put_evidence(stores, tools.vault, row, evidence)
    return thread_id


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """The seconds spent in each stage while this is open."""
    spent: dict[str, float] = dict.fromkeys(STAGES, 0.0)
    patches = [
        patch.object(owner, name, _timing(getattr(owner, name), spent, stage))
        for stage, (owner, name) in STAGES.items()
    ]
    for one in patches:
        one.start()
    try:
        yield spent
    finally:
        for one in patches:
            one.stop()


def _timing(work: Callable[..., Any], spent: dict[str, float], stage: str) -> Callable[..., Any]:
    def watched(*args: Any, **named: Any) -> Any:
        found, seconds = timed(lambda: work(*args, **named))
        spent[stage] += seconds
        return found

    return watched
