"""What surrounds the features, for `benchmarks.community_pages`: the square, helping out, the charter, what waits."""

import random
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import select, update

from app.clock import monday_of, today
from app.community.models import Writing
from app.domains.wording import Words
from app.gate import charter, wishes
from app.gate.models import WishedWord
from app.ideas.rules import IDEA
from app.questions.lockers import PEER, OwnThread, remember
from app.questions.models import Post, Thread
from app.wiring import Toolbox
from benchmarks.community_rows import Filling
from benchmarks.requests_world import put_threads
from privacy.pseudonyms import new_id, peer_tag
from tests.cast import Person

ANSWERED = 60  # threads that bob has answered
VERSIONS, WISHED = 8, 200
Roles = dict[str, dict[str, Callable[[], str]]]


def fill(tools: Toolbox, people: Mapping[str, Person], rng: random.Random, number: int) -> None:
    """So many threads with an answer each, a third of them without; the charter changed; words that are wished for."""
    ids = [str(new_id()) for _ in range(number)]
    with tools.database.transaction("content", "keys") as stores:
        put_threads(tools, stores, rng, ids[: number // 3], 0)
        put_threads(tools, stores, rng, ids[number // 3 :], 1)
        stores.content.execute(update(Thread).where(Thread.id.in_(ids[: number // 3])).values(state="waiting"))
        secret, to = people["bob"].secret, Filling(tools, stores, people, rng)
        for one in ids[number // 3 :][-ANSWERED:]:
            tag, post = str(peer_tag(secret, one)), select(Post).where(Post.thread_id == one)
            row = stores.content.scalars(post).one()
            row.author_tag = tag
            remember(stores, secret, OwnThread(one, PEER, row.key_id, to.day))
        _wishes(tools, to)
    _versions(tools)


def pages(tools: Toolbox, rng: random.Random) -> Roles:
    """The addresses, by who asks for them."""
    with tools.database.reading() as stores:
        words = list(stores.content.scalars(select(WishedWord.id)))
    square = {"the square": lambda: "/square"}
    return {
        "member": {
            **square,
            "helping out": lambda: "/help-out",
            "taking part": lambda: "/taking-part",
            "invitations": lambda: "/invitations",
            "the welcome": lambda: "/welcome",
        },
        "visitor": {
            "the charter": lambda: "/charter/versions",
            "one version": lambda: f"/charter/versions/{rng.randrange(1, VERSIONS)}",
        },
        "analyst": square,
        "coordinator": {
            **square, "wished words": lambda: "/words", "one": lambda: f"/words/{rng.choice(words)}",
            "the desk": lambda: "/desk",
        },
    }  # fmt: skip


def _wishes(tools: Toolbox, to: Filling) -> None:
    rows = to.stores.content.scalars(
        select(Writing).where(Writing.kind == IDEA, Writing.voice == 0).limit(WISHED)
    ).all()
    for row in rows:
        about = {"thread": row.place, "post": row.id, "kind": "writing", "tag": row.author_tag}
        wishes.note_wish(
            to.stores, tools.vault, about=about, window=tools.window, window_seconds=tools.settings.window_seconds
        )


def _versions(tools: Toolbox) -> None:
    now, day = tools.trade.charter, monday_of(today(tools.clock.now()))
    for number in range(VERSIONS):
        note = Words(ja=f"言葉を整えました（{number}）。", en="Words were tidied.")
        changed = now.model_copy(update={"goal": Words(ja=f"{now.goal.ja}{number}", en=f"{now.goal.en}{number}")})
        with tools.database.transaction("content") as stores:
            charter.publish(
                stores,
                tools.vault,
                before=now,
                charter=changed,
                note=note,
                from_day=day + timedelta(days=30),
                today=day,
            )
