"""Questions and answers for tests, made through the service as the routes do."""

import random
from typing import Any

from app.clock import today
from app.questions import service
from app.questions.rules import Question
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.cast import Person, viewer_of

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


def answer(tools: Toolbox, person: Person, thread_id: str, text: str = "夜明け前に酸素を測ってみてください。", **more: Any) -> str:
    """Answer as this person; it waits for its window."""
    with tools.database.transaction("content", "keys") as stores:
        return service.add_answer(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, text=text,
            window=tools.window, today=today(tools.clock.now()), **more,
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
