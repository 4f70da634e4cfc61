"""Replay a history into a file of rankings. It may stop at any moment: started again it goes on where it was.

Rankings go to FILE.part, under a first line that names what they were made from; FILE itself appears whole, at the
end. A part made from anything else, and a torn last line, are made again.
"""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final, Protocol

import matching
from app.history.cache import Vector, embed_all
from app.history.files import ANSWERS, QUESTIONS, History, read_history
from app.history.measure import score
from matching.encoder import Encoder
from matching.replay import last_share, replay, vector_text

FORMAT: Final = 1


class Bar(Protocol):
    """Shows how far something is."""

    def begin(self, what: str, total: int) -> None:
        """Start a bar of this many steps."""

    def advance(self, what: str, steps: int) -> None:
        """Go on by so many."""


class Busy(Exception):
    """Another replay writes the same file."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a replay did. Seconds are of this run; a part done before costs none."""

    data: str
    questions: int
    answers: int
    refused: int
    ranked: int
    encoder: str
    embedded: int
    cached: int
    seconds: dict[str, float]
    scored: int
    best_mrr: float | None
    any_mrr: float | None

    def as_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self))


@dataclass
class Replayer:
    """One replay of `folder` into `out`, with `encoder` and the vectors kept in `cache`."""

    folder: Path
    out: Path
    encoder: Encoder
    cache: Path
    bar: Bar

    def run(self) -> tuple[Summary, History]:
        """Embed, rank, write. Raises NoHistory, CacheUnusable, Busy, OSError."""
        times = [time.perf_counter()]
        history = read_history(self.folder)
        filed = history.as_filed()
        times.append(time.perf_counter())
        vectors, embedded, cached = self._embed(history)
        times.append(time.perf_counter())
        ranked = self._rank(filed, vectors)
        times.append(time.perf_counter())
        found = score(filed, ranked)
        seconds = {name: round(times[n + 1] - times[n], 2) for n, name in enumerate(("read", "embed", "rank"))}
        summary = Summary(
            data=history.name, questions=len(history.questions), answers=len(history.answers),
            refused=len(history.refused), ranked=len(ranked), encoder=self.encoder.name, embedded=embedded,
            cached=cached, seconds=seconds, scored=found.questions, best_mrr=found.best_mrr, any_mrr=found.any_mrr,
        )  # fmt: skip
        return summary, history

    def _embed(self, history: History) -> tuple[dict[str, Vector], int, int]:
        """A vector a question. Long texts are cut to their head by `vector_text`: cost grows with length."""
        texts = {one.row.id: vector_text(one.row) for one in history.questions}
        told = {True: 0, False: 0}

        def done(number: int, fresh: bool) -> None:
            told[fresh] += number
            self.bar.advance("embedding", number)

        self.bar.begin("embedding", len(set(texts.values())))
        by_text = embed_all(list(texts.values()), self.encoder, self.cache, done=done)
        return {id: by_text[text] for id, text in texts.items()}, told[True], told[False]

    def _rank(self, filed: History, vectors: dict[str, Vector]) -> dict[str, list[str]]:
        rows = [one.row for one in filed.questions]
        wanted = last_share(rows)
        self.bar.begin("ranking", len(wanted))
        with self._part(_header(self.folder, self.encoder)) as (part, ranked):
            self.bar.advance("ranking", len(ranked))
            coming = replay(rows, [one.row for one in filed.answers], vectors, wanted=wanted - ranked.keys())
            for id, users in coming if wanted - ranked.keys() else ():
                _append(part, {"question_id": id, "ranked": users})
                ranked[id] = users
                self.bar.advance("ranking", 1)
            _write_whole(self.out, _lines(filed, ranked))
        self.out.with_name(self.out.name + ".part").unlink()
        return ranked

    @contextmanager
    def _part(self, header: dict[str, Any]) -> Iterator[tuple[IO[bytes], dict[str, list[str]]]]:
        with self.out.with_name(self.out.name + ".part").open("a+b") as part:
            try:
                fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(f"{self.out}: another replay is writing it") from None
            ranked, end = _read_part(part, header)
            part.truncate(end)
            if not end:
                _append(part, header)
            yield part, ranked


def _header(folder: Path, encoder: Encoder) -> dict[str, Any]:
    """What a ranking depends on: the history, the encoder, and the code that ranks."""
    digest = hashlib.sha256()
    code = sorted(Path(matching.__file__).parent.glob("*.py"))
    for path in (folder / QUESTIONS, folder / ANSWERS, *code):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return {"replay": FORMAT, "encoder": encoder.name, "made_from": digest.hexdigest()}


def _read_part(part: IO[bytes], header: dict[str, Any]) -> tuple[dict[str, list[str]], int]:
    """The rankings already there, and where the last whole line ends; nothing of a part made from other things."""
    part.seek(0)
    ranked: dict[str, list[str]] = {}
    end = 0
    for number, line in enumerate(part):
        try:
            row = json.loads(line) if line.endswith(b"\n") else None
        except ValueError:
            row = None
        if row is None or (number == 0 and row != header):
            break
        if number:
            ranked[row["question_id"]] = row["ranked"]
        end += len(line)
    return ranked, end


def _append(part: IO[bytes], row: dict[str, Any]) -> None:
    part.write(json.dumps(row).encode() + b"\n")
    part.flush()


def _lines(filed: History, ranked: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """The rankings under the ids as the files write them: numbers stay numbers."""
    questions = {one.row.id: one.obj["id"] for one in reversed(filed.questions)}
    users = {one.row.answerer: one.obj["answerer"] for one in reversed(filed.answers) if one.row.answerer}
    for id, order in ranked.items():
        yield {"question_id": questions[id], "ranked": [users[user] for user in order]}


def _write_whole(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """All of it or nothing, also when the power goes."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        for row in rows:
            _append(file, row)
        os.fsync(file.fileno())
    fresh.replace(path)
