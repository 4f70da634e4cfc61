"""Questions and answers for tests, made through the service as the routes do."""

import random
from collections.abc import Sequence
from itertools import product
from typing import Any

from app.accounts import service as accounts
from app.clock import today
from app.domains.reads import open_table
from app.domains.rules import hierarchies, month_of
from app.domains.service import publish_table
from app.questions import judging, service
from app.questions.reads import find_thread_text
from app.questions.rules import Question
from app.vectors.store import put_vector
from app.wiring import Toolbox
from matching.text import counts
from privacy.anonymity import Member, group_levels
from privacy.scopes import Audience
from privacy.tables import gather
from tests.cast import ATTRIBUTES, SUBJECTS, Person, viewer_of

TITLE = "銀白色の個体だけ餌を食べません"
SITUATION = "水温が下がってから、ニジマスの一部が水面近くで群れを離れています。"


def make_question(**changes: Any) -> Question:
    """A question that shows its group only."""
    values: dict[str, Any] = {
        "subject": "rainbow-trout",
        "topic": "disease",
        "title": TITLE,
        "fields": {"situation": SITUATION},
        "audience": Audience.DOMAIN,
    }
    return Question(**{**values, **changes})


def ask(tools: Toolbox, person: Person, question: Question | None = None, **more: Any) -> str:
    """Ask as this person; it waits for its window."""
    with tools.database.transaction("content", "keys") as stores:
        return service.ask(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), question=question or make_question(),
            window=tools.window, today=today(tools.clock.now()), **more,
        )  # fmt: skip


def answer(
    tools: Toolbox, person: Person, thread_id: str, text: str = "夜明け前に酸素を測ってみてください。", **more: Any
) -> str:
    """Answer as this person; it waits for its window."""
    with tools.database.transaction("content", "keys") as stores:
        return service.add_answer(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, text=text,
            window=tools.window, today=today(tools.clock.now()), **more,
        )  # fmt: skip


def tap(tools: Toolbox, person: Person, thread_id: str, post_id: str, kind: str, **more: Any) -> None:
    """Say something of an answer as this person; it counts from its window on."""
    with tools.database.transaction("content") as stores:
        judging.tap(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, post_id=post_id,
            kind=kind, window=tools.window, today=today(tools.clock.now()), **more,
        )  # fmt: skip


def publish(tools: Toolbox, *, windows: int = 4, seed: int = 1) -> int:
    """Move the clock on and publish what is due."""
    tools.clock.move(seconds=windows * tools.settings.window_seconds)  # type: ignore[attr-defined]
    with tools.database.transaction("content") as stores:
        return service.publish(
            stores, tools.vault, window=tools.window, today=today(tools.clock.now()), rng=random.Random(seed)
        )


def published(tools: Toolbox, person: Person, question: Question | None = None, **more: Any) -> str:
    """A thread that is out."""
    thread_id = ask(tools, person, question, **more)
    publish(tools)
    return thread_id


FORM = {
    "subject": "rainbow-trout",
    "topic": "disease",
    "title": TITLE,
    "field_situation": SITUATION,
    "field_water_temperature": "１２．５",
    "audience": "domain",
}


def index(tools: Toolbox, thread_id: str) -> None:
    """Let matching remember a published thread."""
    with tools.database.transaction("content") as stores:
        found = find_thread_text(stores, tools.vault, tools.trade, thread_id)
        assert found is not None
        put_vector(
            stores, tools.vault, where=found.where, encoder=tools.encoder.name,
            vector=tools.encoder.passages([found.text])[0], counts=counts(found.text),
        )  # fmt: skip


def open_table_with(tools: Toolbox, *vectors: dict[str, int], people: Sequence[Member] = ()) -> None:
    """Publish a table in which these level vectors and everything coarser are open in every group, over this crowd."""
    listed_ones = hierarchies(tools.trade)
    hidden = group_levels(listed_ones)
    names = sorted(hidden)
    finest = [dict(hidden, **one) for one in vectors] or [hidden]
    ranges = [[range(one[name], hidden[name] + 1) for name in names] for one in finest]
    found = {tuple(zip(names, levels, strict=True)) for listed in ranges for levels in product(*listed)}
    by_group = {group.key: frozenset(found) for group in tools.trade.groups}
    crowd = gather(people, listed_ones, key=bytes(32))
    with tools.database.transaction("identity", "keys", "content") as stores:
        after = open_table(stores, tools.trade).version
        publish_table(stores, tools.vault, by_group, crowd, after=after, month=month_of(today(tools.clock.now())))


def set_profile(tools: Toolbox, person: Person, **levels: int) -> None:
    """Give this person a disclosure profile of this quarter."""
    full = group_levels(hierarchies(tools.trade)) | levels
    with tools.database.transaction("identity") as stores:
        accounts.set_profile(
            stores, tools.vault, member_id=person.member_id, levels=full, today=today(tools.clock.now())
        )


def crowd_of_twelve(tools: Toolbox) -> list[Member]:
    """Twelve people of six organisations who look like the cast."""
    return [
        Member(f"m{number}", "salmonids", f"o{number % 6}", ATTRIBUTES, frozenset(SUBJECTS)) for number in range(12)
    ]
