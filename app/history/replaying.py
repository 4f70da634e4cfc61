"""Replay histories into a file of rankings. It may stop at any moment: started again it goes on where it was.

Several histories are the domains of one network: each late question is ranked among the people of its own domain, and
once more among everybody, as if no domain key were known.

Rankings go to FILE.part, and from there to FILE, which appears whole, at the end; no more than one is held in memory.
"""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import matching
from app.history.cache import Vector, embed_all
from app.history.files import ANSWERS, QUESTIONS, History
from app.history.measure import score
from app.history.network import merged, read_domains
from app.history.part import Part, line_of
from matching.encoder import Encoder
from matching.replay import in_time, last_share, replay, vector_text

FORMAT: Final = 2


class Bar(Protocol):
    """Shows how far something is."""

    def begin(self, what: str, total: int) -> None:
        """Start a bar of this many steps."""

    def advance(self, what: str, steps: int) -> None:
        """Go on by so many."""


class Busy(Exception):
    """Another replay writes the same file."""


@dataclass(frozen=True, slots=True)
class Result:
    """How well the late questions of one domain, or of all without their key, were ranked."""

    data: str
    domain_key: bool
    questions: int
    answers: int
    ranked: int
    scored: int
    best_mrr: float | None
    any_mrr: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a replay did. Seconds are of this run; a part done before costs none."""

    refused: int
    encoder: str
    embedded: int
    cached: int
    seconds: dict[str, float]
    results: tuple[Result, ...]

    def as_json(self) -> str:
        """One line: of one history everything side by side, of several a list of results."""
        row = asdict(self)
        if len(self.results) == 1:
            row.update(row.pop("results")[0])
            del row["domain_key"]
        return json.dumps(row)


@dataclass(frozen=True)
class _Run:
    """One pass over one history: of a domain, or of all domains as one."""

    history: History
    late: frozenset[str]
    domain_key: bool = True

    def row(self, id: str, users: list[str], *, named: bool) -> dict[str, Any]:
        """A ranking as a line; of several runs it says which one it is of."""
        which = {"data": self.history.name, "domain_key": self.domain_key} if named else {}
        return {**which, "question_id": id, "ranked": users}


@dataclass
class Replayer:
    """One replay of `folders` into `out`, with `encoder` and the vectors kept in `cache`."""

    folders: Sequence[Path]
    out: Path
    encoder: Encoder
    cache: Path
    bar: Bar

    def run(self) -> tuple[Summary, list[History]]:
        """Embed, rank, write. Raises NoHistory, CacheUnusable, Busy, OSError."""
        times = [time.perf_counter()]
        histories = read_domains(self.folders)
        runs = _runs([history.as_filed() for history in histories])
        times.append(time.perf_counter())
        vectors, embedded, cached = self._embed(histories)
        times.append(time.perf_counter())
        results = self._rank(runs, vectors)
        times.append(time.perf_counter())
        seconds = {name: round(times[n + 1] - times[n], 2) for n, name in enumerate(("read", "embed", "rank"))}
        refused = sum(len(history.refused) for history in histories)
        return Summary(refused, self.encoder.name, embedded, cached, seconds, results), histories

    def _embed(self, histories: Sequence[History]) -> tuple[dict[str, Vector], int, int]:
        """A vector a question. Long texts are cut to their head by `vector_text`: cost grows with length."""
        texts = {one.row.id: vector_text(one.row) for history in histories for one in history.questions}
        told = {True: 0, False: 0}

        def done(number: int, fresh: bool) -> None:
            told[fresh] += number
            self.bar.advance("embedding", number)

        self.bar.begin("embedding", len(set(texts.values())))
        by_text = embed_all(list(texts.values()), self.encoder, self.cache, done=done)
        return {id: by_text[text] for id, text in texts.items()}, told[True], told[False]

    def _rank(self, runs: Sequence[_Run], vectors: dict[str, Vector]) -> tuple[Result, ...]:
        self.bar.begin("ranking", sum(len(run.late) for run in runs))
        with self._part(_header(self.folders, self.encoder)) as part:
            self.bar.advance("ranking", len(part))
            for run in runs:
                left = frozenset(id for id in run.late if (run.domain_key, id) not in part)
                for id, users in _replayed(run, vectors, left):
                    part.put((run.domain_key, id), run.row(id, users, named=len(runs) > 1))
                    self.bar.advance("ranking", 1)
            _write_whole(self.out, (row for run in runs for row in _lines(run, part, named=len(runs) > 1)))
            results = tuple(_result(run, part) for run in runs)
        self.out.with_name(self.out.name + ".part").unlink()
        return results

    @contextmanager
    def _part(self, header: dict[str, Any]) -> Iterator[Part]:
        with self.out.with_name(self.out.name + ".part").open("a+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(f"{self.out}: another replay is writing it") from None
            yield Part(file, header)


def _runs(filed: Sequence[History]) -> list[_Run]:
    """A run a domain, and where there are several one over all of them."""
    runs = [_Run(history, last_share([one.row for one in history.questions])) for history in filed]
    if len(filed) > 1:
        runs.append(_Run(merged(filed), frozenset().union(*(run.late for run in runs)), domain_key=False))
    return runs


def _replayed(run: _Run, vectors: dict[str, Vector], left: frozenset[str]) -> Iterable[tuple[str, list[str]]]:
    if not left:
        return ()
    questions, answers = ([one.row for one in run.history.questions], [one.row for one in run.history.answers])
    return replay(questions, answers, vectors, wanted=left)


def _result(run: _Run, part: Part) -> Result:
    found = score(run.history, lambda id: part.users((run.domain_key, id)), run.late)
    sizes = (len(run.history.questions), len(run.history.answers), len(run.late))
    return Result(run.history.name, run.domain_key, *sizes, found.questions, found.best_mrr, found.any_mrr)


def _header(folders: Sequence[Path], encoder: Encoder) -> dict[str, Any]:
    """What a ranking depends on: the histories and their names, the encoder, and the code that ranks."""
    digest = hashlib.sha256()
    code = sorted(Path(matching.__file__).parent.glob("*.py"))
    for path in (*(folder / name for folder in folders for name in (QUESTIONS, ANSWERS)), *code):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    names = [folder.resolve().name for folder in folders]
    return {"replay": FORMAT, "encoder": encoder.name, "folders": names, "made_from": digest.hexdigest()}


def _lines(run: _Run, part: Part, *, named: bool) -> Iterator[dict[str, Any]]:
    """The rankings under the ids as the files write them: numbers stay numbers."""
    questions = {one.row.id: one.obj["id"] for one in reversed(run.history.questions)}
    users = {one.row.answerer: one.obj["answerer"] for one in reversed(run.history.answers) if one.row.answerer}
    for one in sorted((one.row for one in run.history.questions), key=in_time):
        if one.id in run.late and questions.get(one.id) is not None:
            order = [users[user] for user in part.users((run.domain_key, one.id))]
            yield run.row(questions.pop(one.id), order, named=named)


def _write_whole(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """All of it or nothing, also when the power goes."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        for row in rows:
            file.write(line_of(row))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
