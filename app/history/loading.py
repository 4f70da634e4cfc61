"""Load a history batch by batch, each in one transaction: stopped at any instant, the next run adds what is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.db import Database
from app.history.rules import Whole
from app.history.writing import Counts, Writer, missing
from app.questions.access import where_of
from app.vectors.store import put_vector
from matching.encoder import Encoder
from matching.text import counts

Vectors = dict[int, NDArray[np.float32]]  # by the number of the question's line


@dataclass(frozen=True)
class Loader:
    """Loads through `writer`. With an `encoder` it embeds at once; without one that is left to the worker."""

    database: Database
    writer: Writer
    encoder: Encoder | None = None

    def load(self, wholes: Sequence[Whole], *, batch: int, done: Callable[[int], None]) -> Counts:
        """Write every question with its answers, `batch` questions a transaction; `done` is told of each batch."""
        for start in range(0, len(wholes), batch):
            part = list(wholes[start : start + batch])
            vectors = self._embed(part)
            with self.database.transaction("content", "keys") as stores:
                for whole in part:
                    thread = self.writer.write(stores, whole, index=self.encoder is None)
                    vector = vectors.get(whole.question.number)
                    if self.encoder is not None and vector is not None:
                        where = where_of(self.writer.vault, thread)
                        words = counts(self.writer.text_to_embed(whole))
                        put_vector(
                            stores, self.writer.vault, where=where, encoder=self.encoder.name, vector=vector,
                            counts=words,
                        )  # fmt: skip
            done(len(part))
        return self.writer.counts

    def _embed(self, part: list[Whole]) -> Vectors:
        """The vectors of what is new, before the transaction: the encoder must not hold the write lock."""
        if self.encoder is None:
            return {}
        with self.database.reading() as stores:
            new = missing(stores, self.writer.source, part)
        rows = self.encoder.passages([self.writer.text_to_embed(whole) for whole in new])
        return {whole.question.number: row for whole, row in zip(new, rows, strict=True)}
