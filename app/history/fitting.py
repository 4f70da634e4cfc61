"""Fit the prior of the ranker on public communities and write it as a module, with where it comes from."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.history.cache import embed_all
from app.history.files import read_history
from matching.encoder import Encoder
from matching.replay import AnswerRow, QuestionRow, last_share, observe, vector_text
from matching.signals import NAMES
from matching.weights import Outcome, Prior, fit_prior

HALVES: Final = 2  # times each community also counts as a random half of its questions
_SEED_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Community:
    """What the prior learns from one history."""

    name: str
    licence: str
    questions: int
    answers: int
    outcomes: Sequence[Sequence[Outcome]]  # of the whole history, then of its halves


def observe_community(
    folder: Path, encoder: Encoder, cache: Path, *, part: float, seed: int, done: Callable[[int], None]
) -> Community:
    """Replay the first `part` of a history, and of random halves of it. Raises NoHistory, CacheUnusable."""
    history = read_history(folder)
    rows = [one.row for one in history.questions]
    texts = {row.id: vector_text(row) for row in rows}
    by_text = embed_all(list(texts.values()), encoder, cache, done=lambda number, _fresh: done(number))
    vectors = {id: by_text[text] for id, text in texts.items()}
    early, answers = before(rows, [one.row for one in history.answers], part)
    samples = [early, *(half(early, seed, n) for n in range(HALVES))]
    outcomes = [observe(sample, _to(sample, answers), vectors) for sample in samples]
    return Community(history.name, licence_of(folder), len(rows), len(history.answers), outcomes)


def before(
    questions: Sequence[QuestionRow], answers: Sequence[AnswerRow], part: float
) -> tuple[list[QuestionRow], list[AnswerRow]]:
    """The first `part` of the questions, and the answers that were there when the next one was asked."""
    late = last_share(questions, 1 - part)
    end = min((row.day for row in questions if row.id in late), default=inf)
    return [row for row in questions if row.id not in late], [row for row in answers if row.day < end]


def half(rows: Sequence[QuestionRow], seed: int, number: int) -> list[QuestionRow]:
    """A random half of the questions, the same for one seed on every machine."""

    def lot(row: QuestionRow) -> bytes:
        return hashlib.blake2b(f"{seed}/{number}/{row.id}".encode(), digest_size=_SEED_BYTES).digest()

    chosen = {row.id for row in sorted(rows, key=lot)[: (len(rows) + 1) // 2]}
    return [row for row in rows if row.id in chosen]


def _to(questions: Sequence[QuestionRow], answers: Sequence[AnswerRow]) -> list[AnswerRow]:
    ids = {row.id for row in questions}
    return [row for row in answers if row.question_id in ids]


def fit_communities(communities: Sequence[Community]) -> Prior:
    """The prior of these communities, each counting the same."""
    return fit_prior([[outcome for sample in one.outcomes for outcome in sample] for one in communities])


def licence_of(folder: Path) -> str:
    """The licence that the folder's README.md names on a line of its own, "not stated" if none."""
    readme = folder / "README.md"
    lines = readme.read_text(encoding="utf-8").splitlines() if readme.exists() else []
    named = (line.lstrip("-* ").removeprefix("Licence:").strip() for line in lines if "Licence:" in line)
    return next(named, "not stated")


def written(found: Prior, provenance: Mapping[str, Any]) -> str:
    """The source of `matching/prior.py`: the same numbers give the same bytes."""
    return _TEMPLATE.format(
        prior=_mapping(dict(zip(NAMES, np.round(found.weights, 4).tolist(), strict=True))),
        pull=_mapping(dict(zip(NAMES, np.round(found.pull, 1).tolist(), strict=True))),
        provenance=_mapping(provenance),
    )


def _mapping(values: Mapping[str, Any]) -> str:
    rows = "".join(f"        {_literal(name)}: {_literal(value)},\n" for name, value in values.items())
    return f"{{\n{rows}    }}"


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple):
        rows = "".join(f"            {_literal(one)},\n" for one in value)
        return f"(\n{rows}        )"
    return repr(value)


_TEMPLATE: Final = '''"""What each signal counts before a domain has shown any outcome. Made by `shiome fit-prior`: run it, edit nothing.

PRIOR: weights by signal. PULL: how firmly each holds against a domain's own outcomes (inverse variance).
"""

from collections.abc import Mapping
from types import MappingProxyType

PRIOR: Mapping[str, float] = MappingProxyType(
    {prior}
)
PULL: Mapping[str, float] = MappingProxyType(
    {pull}
)
PROVENANCE: Mapping[str, object] = MappingProxyType(
    {provenance}
)
'''
