"""The dump linker: who wrote a post, given every table, every row order and every time that a thief finds.

The circle on the page is public, so the attacker calibrates on it: a comparison that finds the post's circle among all
members better than chance carries information, and is then used inside the circle, where no label helps. The truth is
read only for scoring. What counts is the gain over the same attacker given only the pages and the circle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from privacy.attacks.evidence import (
    Columns,
    Dump,
    Feature,
    Matrix,
    columns_about,
    features,
    keyed_columns,
    numbers,
    text_of,
    tokens,
)
from privacy.errors import WeakInput

MIN_Z = 4.5
MIN_CLUSTER_Z = 2.5
MOST_FEATURES = 12


@dataclass(frozen=True)
class View:
    """What the attacker holds.

    `dump`: every table. `post_circle`, `post_subject`: the pages. `member_circle`, `member_subjects`: who sits in
    which circle and works with what, known to everybody for this purpose. `keys`: secrets that fell with the dump.
    """

    dump: Dump
    post_circle: Mapping[str, str]
    member_circle: Mapping[str, str]
    post_subject: Mapping[str, str] = field(default_factory=dict)
    member_subjects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    keys: Sequence[bytes] = ()


@dataclass(frozen=True)
class LinkResult:
    """Shares of posts whose author was named (ties count as the share they would be guessed with).

    `accuracy` with the dump, `baseline` with pages and circle only, `error` the standard error of their difference,
    `smallest_crowd` the fewest members any post could be by, `evidence` the comparisons used, strongest first.
    """

    accuracy: float
    baseline: float
    error: float
    smallest_crowd: int
    evidence: tuple[tuple[str, float], ...]

    @property
    def gain(self) -> float:
        """What the dump added to the pages, as a share of posts."""
        return self.accuracy - self.baseline


@dataclass(frozen=True)
class Linkage:
    """How well one comparison of one column tells posts by one hand from posts by two: area under the ROC curve."""

    column: str
    comparator: str
    auc: float


def link_dump(view: View, truth: Mapping[str, str]) -> LinkResult:
    """Attack every post of `view.post_circle`; `truth` (post → member) only scores.

    Raises WeakInput when a truth is missing or its member unknown.
    """
    posts, members = sorted(view.post_circle), sorted(view.member_circle)
    if any(truth.get(post) not in view.member_circle for post in posts) or not posts:
        raise WeakInput("truth", "a known member for every post")
    candidates = _candidates(view, posts, members)
    used = _informative(view, posts, members)
    scores = _combined(used, len(posts), len(members))
    right = np.array([members.index(truth[post]) for post in posts])
    with_dump, without = (_credit(s, candidates, right) for s in (scores, np.zeros_like(scores)))
    error = float(np.std(with_dump - without) / np.sqrt(len(posts)))
    evidence = tuple((feature.name, round(z, 2)) for feature, z in used)
    return LinkResult(
        float(with_dump.mean()), float(without.mean()), error, int(candidates.sum(axis=1).min()), evidence
    )


def telling(view: View) -> tuple[tuple[str, float], ...]:
    """The comparisons that find a post's circle better than chance and tell its candidates apart, strongest first, with
    their z: what the dump says beyond the pages. No truth is needed, so this can be asked of a living network; nothing
    is what should come out.
    """
    posts, members = sorted(view.post_circle), sorted(view.member_circle)
    candidates = _candidates(view, posts, members)
    return tuple(
        (feature.name, round(z, 2))
        for feature, z in _informative(view, posts, members)
        if any(len(np.unique(row[may])) > 1 for row, may in zip(feature.scores, candidates, strict=True))
    )


def handle_linkage(
    rows: Sequence[Mapping[str, str | bytes | int | float | None]],
    author: Sequence[str],
    *,
    pairs: int = 20_000,
    seed: int = 0,
) -> list[Linkage]:
    """Every column of `rows` (in stored order) as a linker of posts by one hand, worst first (furthest from 0.5).

    `author[i]` wrote `rows[i]`. Comparators: exact, prefix, n-gram, order of the value, and the order of the rows. At
    most `pairs` pairs of each kind are drawn.
    """
    same, different = _pairs(author, pairs, np.random.default_rng(seed))
    found = [Linkage("#row", "order", _auc(lambda a, b: -abs(a - b), same, different))]
    for column in sorted({name for row in rows for name in row}):
        found += _column_linkage(column, [row.get(column) for row in rows], same, different)
    return sorted(found, key=lambda linkage: -abs(linkage.auc - 0.5))


def _candidates(view: View, posts: Sequence[str], members: Sequence[str]) -> npt.NDArray[np.bool_]:
    def may_be(post: str, member: str) -> bool:
        subject = view.post_subject.get(post)
        works_with = view.member_subjects.get(member)
        fits = subject is None or works_with is None or subject in works_with
        return view.member_circle[member] == view.post_circle[post] and fits

    return np.array([[may_be(post, member) for member in members] for post in posts])


def _informative(view: View, posts: Sequence[str], members: Sequence[str]) -> list[tuple[Feature, float]]:
    ours = columns_about(view.dump, posts)
    theirs: Columns = columns_about(view.dump, members) | keyed_columns(members, view.keys)
    circle_of_post = np.array([view.post_circle[post] for post in posts])
    inside = np.array([view.member_circle[member] for member in members])[None, :] == circle_of_post[:, None]
    cluster = np.unique(circle_of_post, return_inverse=True)[1]
    judged = [(f, *_judge(f.scores, inside, cluster)) for f in features(posts, members, ours, theirs)]
    judged = sorted((case for case in judged if case[1] >= MIN_Z), key=lambda case: (-round(case[1], 1), case[2]))
    return [(feature, z) for feature, z, _ in judged[:MOST_FEATURES]]


def _judge(scores: Matrix, inside: npt.NDArray[np.bool_], cluster: npt.NDArray[np.intp]) -> tuple[float, float]:
    """How much more often than chance the best-scoring members sit in the post's circle, as a z value; and how many of
    all members share the best score on average (fewer = sharper).

    Of the best one, and of the best twentieth, a share s/M would sit in a circle of s among M members, whatever the
    scores mean. Posts of one circle may lean together, so the sum over circles must stand out against its own spread
    too; if not, z is 0.
    """
    members = scores.shape[1]
    chance = inside.sum(axis=1) / members
    z = 0.0
    for top in (1, max(2, members // 20)):
        best = scores >= np.partition(scores, members - top, axis=1)[:, [members - top]]
        excess = (best & inside).sum(axis=1) / best.sum(axis=1) - chance
        spread = float(np.sqrt((chance * (1 - chance)).sum() / top))
        if _stands_out(np.bincount(cluster, weights=excess).astype(np.float64)):
            z = max(z, float(excess.sum()) / max(spread, 1e-12))
    return z, float((scores == scores.max(axis=1, keepdims=True)).sum(axis=1).mean())


def _stands_out(sums: Matrix) -> bool:
    spread = float(np.sqrt((sums**2).sum()))
    return float(sums.sum()) >= spread * min(MIN_CLUSTER_Z, 0.7 * float(np.sqrt(len(sums)))) and spread > 0


def _combined(used: Sequence[tuple[Feature, float]], posts: int, members: int) -> Matrix:
    total = np.zeros((posts, members))
    for feature, z in used:
        # The surprise of a score: how few members have it or more. Members it cannot tell apart stay equal.
        at_least = np.array([members - np.searchsorted(np.sort(row), row, "left") for row in feature.scores])
        total += z**2 * -np.log(at_least / members)
    return total


def _credit(scores: Matrix, candidates: npt.NDArray[np.bool_], right: npt.NDArray[np.intp]) -> Matrix:
    masked = np.where(candidates, scores, -np.inf)
    best = np.isclose(masked, masked.max(axis=1, keepdims=True)) & candidates
    hit = best[np.arange(len(right)), right]
    return np.asarray(hit / np.maximum(best.sum(axis=1), 1))


PairList = Sequence[tuple[int, int]]


def _pairs(author: Sequence[str], limit: int, rng: np.random.Generator) -> tuple[PairList, PairList]:
    by_author: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(author):
        by_author[name].append(at)
    same = [pair for mine in by_author.values() for pair in combinations(mine, 2)]
    if not same or len(by_author) < 2:
        raise WeakInput("author", "two authors, one of them with two posts")
    chosen = [same[at] for at in rng.permutation(len(same))[:limit]]
    drawn = rng.integers(0, len(author), (2 * limit, 2)).tolist()
    return chosen, [(a, b) for a, b in drawn if author[a] != author[b]][:limit]


def _column_linkage(
    column: str, values: Sequence[str | bytes | int | float | None], same: PairList, different: PairList
) -> Iterable[Linkage]:
    shared = [tokens(text_of(value)) for value in values]
    for comparator in sorted({name for found in shared for name in found}):
        sets = [found.get(comparator, set()) for found in shared]
        yield Linkage(column, comparator, _auc(_overlap(sets), same, different))
    for name, read in numbers({column: {str(at): [value] for at, value in enumerate(values)}}).items():
        whole = [read[str(at)][0] if str(at) in read else float("nan") for at in range(len(values))]
        if not any(np.isnan(whole)):
            yield Linkage(name, "order", _auc(_nearness(whole), same, different))


def _overlap(sets: Sequence[set[str]]) -> Callable[[int, int], float]:
    return lambda a, b: len(sets[a] & sets[b])


def _nearness(values: Sequence[float]) -> Callable[[int, int], float]:
    return lambda a, b: -abs(values[a] - values[b])


def _auc(score: Callable[[int, int], float], same: PairList, different: PairList) -> float:
    """Probability that a pair by one hand scores above a pair by two, ties counting half (Mann–Whitney)."""
    ours = np.array([score(a, b) for a, b in same])
    others = np.sort([score(a, b) for a, b in different])
    below = (np.searchsorted(others, ours, "left") + np.searchsorted(others, ours, "right")) / 2
    return float(below.mean() / len(others))
