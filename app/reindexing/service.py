"""Embed every thread, and every text beside them, under one more encoder, a small transaction after the other; the
next run goes on from there."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.db import Database, Stores
from app.domains.trade import Trade
from app.questions.beside import find_text
from app.questions.reads import ThreadText
from app.reindexing.rules import Standing
from app.sealing import Vault
from app.vectors.beside import Vector, census, lacking, put_beside
from app.vectors.models import IndexedThread
from matching.encoder import Encoder

BATCH: Final = 16
BREATH: Final = 0.01  # seconds between two transactions: others write too


def standing(stores: Stores, *, encoder: str) -> Standing:
    """How far this encoder is."""
    in_place, beside = census(stores)
    return Standing(encoder, in_place.total(), len(lacking(stores, encoder)), in_place, beside)


@dataclass(frozen=True)
class Reindexer:
    """One run. The encoder works outside any transaction."""

    database: Database
    vault: Vault
    trade: Trade
    encoder: Encoder
    pause: Callable[[float], None] = time.sleep

    def run(self, *, begin: Callable[[int], None], done: Callable[[int], None]) -> int:
        """Go through what lacks a vector until a round finds nothing more to do; gives how many were made.

        `begin` is told how many a round has before it, `done` of every part of it.
        """
        made, more = 0, True
        while more:
            threads = self._lacking()
            begin(len(threads))
            found = sum([self._part(threads[at : at + BATCH], done) for at in range(0, len(threads), BATCH)])
            made, more = made + found, found > 0
        return made

    def _lacking(self) -> list[str]:
        with self.database.reading() as stores:
            return lacking(stores, self.encoder.name)

    def _part(self, threads: Sequence[str], done: Callable[[int], None]) -> int:
        with self.database.reading() as stores:
            read = [find_text(stores, self.vault, self.trade, thread_id) for thread_id in threads]
        found = [one for one in read if one is not None]
        vectors = self.encoder.passages([one.text for one in found])
        with self.database.transaction("content") as stores:
            made = sum([self._put(stores, *pair) for pair in zip(found, vectors, strict=True)])
        done(len(threads))
        self.pause(BREATH)
        return made

    def _put(self, stores: Stores, found: ThreadText, vector: Vector) -> bool:
        """Only if the text is still this one: it may have been erased while it was embedded, and must not come back."""
        thread_id = found.where.thread_id
        row = stores.content.get(IndexedThread, thread_id)
        if row is None or row.sealed_vector is None or row.encoder == self.encoder.name:
            return False
        if find_text(stores, self.vault, self.trade, thread_id) != found:
            return False
        put_beside(stores, self.vault, thread_id=thread_id, encoder=self.encoder.name, vector=vector)
        return True
