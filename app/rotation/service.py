"""Rotate the root keys, one small transaction after the other: stopped anywhere, the next run goes on from there."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.db import Database, StoreName
from app.rotation.cells import Column, count_by_key, drop_lapsed, reseal_some, rooted_columns
from app.rotation.indexes import READERS, Reader, is_stale, renew
from app.sealing import LASTING, Vault

BATCH: Final = 100
BREATH: Final = 0.01  # seconds between two transactions: others write too
Left = dict[str, dict[str, int]]  # purpose -> key id -> cells; an index counts under "older" as long as it is one
OLDER: Final = "older"


@dataclass(frozen=True)
class Rotation:
    """One run over a database."""

    database: Database
    vault: Vault
    now: Callable[[], float]
    pause: Callable[[float], None] = time.sleep

    def left(self) -> Left:
        """What stands under which key, by purpose: envelopes by their key ids, indexes by making them anew."""
        found: Left = {}
        with self.database.reading() as stores:
            for column in rooted_columns():
                counts = count_by_key(stores, column)
                if counts:
                    found[column.purpose] = {key.hex(): number for key, number in counts.items()}
        for name, number in self._stale_indexes().items():
            found[name] = {OLDER: number}
        return found

    def under_older(self) -> dict[str, int]:
        """What is left under another key than the newest, by purpose; empty when the older key files may go."""
        newest = self.vault.ring("key-check")[0].id.hex()
        older = {name: sum(n for key, n in counts.items() if key != newest) for name, counts in self.left().items()}
        return {name: number for name, number in older.items() if number}

    def run(self, done: Callable[[int], None] = lambda _: None) -> dict[str, int]:
        """Seal everything anew, and give what is left; `done` is told of each cell.

        The locks taken first let every transaction end that began before the newest key was there: whoever writes
        later seals under it.
        """
        self.barrier()
        with self.database.transaction("keys") as stores:
            for purpose in LASTING:
                self.vault.keep(stores, purpose)
        with self.database.transaction("identity") as stores:
            drop_lapsed(stores, now=self.now())
        for column in rooted_columns():
            self._reseal(column, done)
        for reader in READERS:
            self._renew(reader, done)
        self.database.checkpoint()
        return self.under_older()

    def barrier(self) -> None:
        """Wait until nobody is in the middle of writing any of the three files."""
        with self.database.transaction("identity", "keys", "content"):
            pass

    def _reseal(self, column: Column, done: Callable[[int], None]) -> None:
        old = [key.id for key in self.vault.ring(column.purpose)[1:]]
        after: tuple[str, ...] | None = None
        while old:
            store: StoreName = column.store
            with self.database.transaction(store) as stores:
                step = reseal_some(stores, self.vault, column, old, after=after, limit=BATCH)
            if step.last is None:
                return
            after = step.last
            done(step.done)
            self.pause(BREATH)

    def _renew(self, reader: Reader, done: Callable[[int], None]) -> None:
        after: str | None = ""
        while after is not None:
            with self.database.reading() as stores:
                found, last = reader(stores, self.vault, after=after, limit=BATCH)
            if any(is_stale(one) for one in found):
                with self.database.transaction("identity") as stores:
                    again, _ = reader(stores, self.vault, after=after, limit=BATCH)
                    done(sum([renew(stores, one) for one in again if is_stale(one)]))
                self.pause(BREATH)
            after = last

    def _stale_indexes(self) -> Counter[str]:
        stale: Counter[str] = Counter()
        for reader in READERS:
            after: str | None = ""
            while after is not None:
                with self.database.reading() as stores:
                    found, after = reader(stores, self.vault, after=after, limit=BATCH)
                stale.update(one.name for one in found if is_stale(one))
        return stale
