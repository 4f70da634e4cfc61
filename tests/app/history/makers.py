"""A made-up history: a small club that asks each other about its ponds. Every word was written for these tests."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.history.cleaning import Cleaner
from app.history.files import read_history
from app.history.loading import Loader
from app.history.rules import Topics, refuse_more, wholes
from app.history.source import make_source
from app.history.writing import Counts, Writer
from app.redacting.service import redactor
from app.wiring import Toolbox
from matching.encoder import Encoder

SUBJECT = "rainbow-trout"
PEOPLE = ("member-zwölf", "member-dix", "member-siete", "member-tolv", "member-acht")
THINGS = ("the paddle wheel", "a torn keep net", "cloudy water", "slow feeding", "frost on the sluice", "algae mats")


def question(number: int, **changes: Any) -> dict[str, Any]:
    """The n-th question: one every three days of 2024."""
    thing = THINGS[number % len(THINGS)]
    row = {
        "id": f"club-q-{number}",
        "title": f"Worried about {thing}, visit {number}",
        "body": f"On visit {number} we found {thing} again. Who has seen this before?",
        "tags": ["water-quality" if "water" in thing else "odds-and-ends"],
        "created": f"2024-{1 + number // 10 % 12:02}-{1 + number % 10 * 3 % 28:02}T0{number % 10}:30:00",
        "asker": PEOPLE[number % 2],
        "score": number,
    }
    return {**row, **changes}


def answer(number: int, place: int, **changes: Any) -> dict[str, Any]:
    """The n-th question's answer at a place; the first is accepted."""
    about = question(number)
    row = {
        "question_id": about["id"],
        "id": f"club-a-{number}-{place}",
        "answerer": PEOPLE[2 + (number + place) % 3],
        "body": f"With {THINGS[number % len(THINGS)]} it helped us to wait {place + 1} days.",
        "score": 3 - place,
        "accepted": place == 0,
        "created": about["created"].replace(":30:", f":{40 + place}:"),
    }
    return {**row, **changes}


def write_history(folder: Path, questions: list[Any], answers: list[Any]) -> Path:
    """A data folder; bytes go in as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("questions", questions), ("answers", answers)):
        lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
        (folder / f"{name}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    return folder


def make_history(folder: Path, number: int = 40) -> Path:
    """A folder of so many questions with two answers each."""
    answers = [answer(n, place) for n in range(number) for place in (0, 1)]
    return write_history(folder, [question(n) for n in range(number)], answers)


def make_cleaner(tools: Toolbox) -> Cleaner:
    """The cleaner the command makes."""
    with tools.database.reading() as stores:
        return Cleaner(redactor(stores, tools.vault, tools.names))


def load(
    tools: Toolbox,
    folder: Path,
    *,
    batch: int = 5,
    encoder: Encoder | None = None,
    topic: str = "",
    done: Callable[[int], None] = lambda _: None,
) -> Counts:
    """Import a folder as the command does."""
    history = refuse_more(read_history(folder), tools.clock.now())
    with tools.database.reading() as stores:
        source = make_source(stores, tools.vault, name=history.name, subject=SUBJECT)
    writer = Writer(
        tools.vault,
        tools.trade,
        source,
        Topics(tools.trade, SUBJECT, topic),
        tools.settings.window_seconds,
        tools.window,
        make_cleaner(tools),
    )
    return Loader(tools.database, writer, encoder).load(wholes(history), batch=batch, done=done)
