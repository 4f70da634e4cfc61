"""What processes do about encoders: refuse to start half blind, embed what is missing, and let the old vectors go."""

from typing import Final

from app.jobs import queue
from app.reindexing.service import standing
from app.vectors.beside import adopt, lacking
from app.wiring import Toolbox

BATCH: Final = 100


def check_encoder(tools: Toolbox) -> None:
    """At the start of a process. Raises EncoderUnusable, EncoderMismatch."""
    with tools.database.reading() as stores:
        standing(stores, encoder=tools.encoder.name).check(tools.settings.encoder)


def embed_again(tools: Toolbox) -> None:
    """Leave a job for every thread this process's encoder has no vector of."""
    with tools.database.reading() as stores:
        missing = lacking(stores, tools.encoder.name)
        if not missing or queue.has_kind(stores, kind="index"):
            return
    with tools.database.transaction("content") as stores:
        for thread_id in missing:
            queue.put(stores, tools.vault, "index", {"thread": thread_id, "route": False}, due=tools.window - 1)


def let_go(tools: Toolbox) -> None:
    """Move this encoder's vectors into the place of those before it."""
    moved = BATCH
    while moved:
        with tools.database.transaction("content") as stores:
            moved = adopt(stores, tools.vault, encoder=tools.encoder.name, limit=BATCH)
