"""A filled network for `benchmarks.requests`: real members, and threads sealed by the real functions, written in bulk."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.clock import SystemClock, today
from app.db import Stores
from app.domains.rules import hidden_levels
from app.keystore import DataKey
from app.processes import refresh_crowds
from app.questions.models import Post, Thread
from app.questions.pending import SCOPE_PAD
from app.queues import offers
from app.queues import service as queues
from app.queues.experts import opened, own_handles, put_profile
from app.queues.offers import Offered
from app.sealing import seal_text
from app.wiring import Toolbox, build
from privacy.keys import new_data_key, wrap_data_key
from privacy.pseudonyms import new_id
from privacy.scopes import Audience
from tests.cast import Person, make_cast, make_person, viewer_of
from tests.conftest import claim, make_tools

WORDS = "水温が下がってから、ニジマスの一部が水面近くで群れを離れています。餌の量は変えていません。"
ANSWER = "夜明け前に酸素を測ってみてください。\n\n- 給餌を半分にする\n- 二日おきに測る\n\n" + WORDS * 3
OFFERS = 5
ASKED = 25  # of so many threads one is with others: a month's worth of a hundred thousand in two years
CHUNK = 2000


def fill(folder: Path, *, threads: int, answers: int, readers: int, **settings: Any) -> tuple[Toolbox, list[Person]]:
    """The toolbox over a folder with so many threads, and members of its domain who may read them all."""
    made = make_tools(folder, **settings)
    made.clock = SystemClock()
    claim(made, demo=False)
    cast = make_cast(made)
    people = [make_person(made, f"reader{number}", cast.organisations["B"]) for number in range(readers)]
    refresh_crowds(made)
    rng, ids = random.Random(7), [str(new_id()) for _ in range(threads)]
    for start in range(0, threads, CHUNK):
        batch = ids[start : start + CHUNK]
        with made.database.transaction("keys", "content") as stores:
            put_threads(made, stores, rng, batch, answers)
    for person in people:
        _offer(made, person, rng.sample(ids, OFFERS))
    with made.database.transaction("content") as stores:
        for thread in ids[::ASKED]:
            for _ in range(made.settings.first_wave):
                _make_offer(made, stores, thread, new_id(), 1)
    tools = build(made.settings)
    made.database.close()
    return tools, people


def put_threads(tools: Toolbox, stores: Stores, rng: random.Random, ids: list[str], answers: int) -> None:
    """These threads with so many answers each."""
    keys: list[dict[str, Any]] = []
    threads = [_thread(tools, rng, one, keys) for one in ids]
    posts = [_post(tools, one, place + 1, keys) for one in ids for place in range(answers)]
    stores.keys.execute(insert(DataKey), keys)
    stores.content.execute(insert(Thread), threads)
    if posts:
        stores.content.execute(insert(Post), posts)


def _sealed(tools: Toolbox, value: Any, table: str, row: str, keys: list[dict[str, Any]]) -> dict[str, Any]:
    key_id, key = str(new_id()), new_data_key()
    keys.append({"id": key_id, "wrapped": wrap_data_key(tools.vault.ring("data-key")[0], key, key_id)})
    return {"key_id": key_id, "sealed_text": seal_text(key, value, table=table, row=row)}


def _thread(tools: Toolbox, rng: random.Random, one: str, keys: list[dict[str, Any]]) -> dict[str, Any]:
    subject = rng.choice(sorted(tools.trade.subjects))
    topics = [topic.key for topic in tools.trade.topics]
    scope = {"circle": str(new_id()), "excluded": [], "levels": hidden_levels(tools.trade), "subject": subject}
    text = {"title": WORDS[:30], "fields": {"situation": WORDS * 4}, "facets": {}, "shown": [], "photos": []}
    day = today(tools.clock.now()).toordinal() - rng.randrange(400)
    return {
        "id": one,
        "group_key": tools.trade.group_of[subject].key,
        "topic": rng.choice(topics),
        "state": "answered",
        "published_day": day,
        "published_window": tools.window - 1,
        "urgent": False,
        "audience": int(Audience.ALL),
        "company_may": False,
        "table_version": 1,
        "owner_tag": str(new_id()),
        "sealed_scope": tools.vault.seal(scope, table="threads", column="sealed_scope", row=one, pad=SCOPE_PAD),
        **_sealed(tools, text, "threads", one, keys),
    }


def _post(tools: Toolbox, thread: str, place: int, keys: list[dict[str, Any]]) -> dict[str, Any]:
    one = str(new_id())
    scope = {"circle": str(new_id()), "levels": hidden_levels(tools.trade), "version": 1}
    return {
        "id": one,
        "thread_id": thread,
        "kind": "answer",
        "place": place,
        "author": place,
        "author_tag": str(new_id()),
        "published_day": today(tools.clock.now()).toordinal(),
        "accepted": False,
        "sealed_scope": tools.vault.seal(scope, table="posts", column="sealed_scope", row=one),
        **_sealed(tools, {"text": ANSWER, "shown": [], "photos": []}, "posts", one, keys),
    }


def _offer(tools: Toolbox, person: Person, ids: list[str]) -> None:
    viewer = viewer_of(tools, person)
    with tools.database.transaction("content") as stores:
        queues.opt_in(
            stores, tools.vault, tools.trade, viewer=viewer, subject="rainbow-trout", topics=("disease",), capacity=5,
            box=None,
        )  # fmt: skip
        handle = own_handles(stores, viewer)["rainbow-trout"]
        profile = opened(stores, tools.vault, [handle])[handle]
        for number, thread in enumerate(ids, start=1):
            _make_offer(tools, stores, thread, handle, number)
        group_key = tools.trade.group_of[profile.subject].key
        counted = replace(profile, made=len(ids))
        put_profile(stores, tools.vault, handle=handle, group_key=group_key, profile=counted)


def _make_offer(tools: Toolbox, stores: Stores, thread: str, handle: str, number: int) -> None:
    told = {"reasons": [], "exploring": True}
    offer = Offered(new_id(), thread, handle, "rainbow-trout", "offered", tools.window, told=told)
    offers.make(stores, tools.vault, offer, number=number)
