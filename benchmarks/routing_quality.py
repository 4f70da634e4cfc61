"""How well does routing find who really answered? `routing_quality [--ablation] DATA_DIR DATA_DIR...`

Protocol: questions in order of time, the last fifth is the test, only what is dated before a question is known.
Candidates are users with at least 3 answers to others before it, less the asker; the best answerer is the accepted
one, else the highest score, ties to the earliest. The table gives the mean reciprocal rank of the best answerer. Ours
is left one out: a community is ranked from a prior fitted on the first 80 % of the others and from its own past. The
last columns say whether ours differs from a row by more than luck (paired bootstrap, 95 %, each community the same).
`--ablation` leaves signals out.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.history.fitting import Community as Taught
from app.history.fitting import fit_communities, observe_community
from benchmarks.routing_baselines import BASELINES, Community, baselines, load, reciprocal
from matching.encoder import make_encoder
from matching.learning import Walk
from matching.replay import replay
from matching.signals import NAMES
from matching.weights import Outcome, Prior

Floats = NDArray[np.float64]
GROUPS: Mapping[str, frozenset[str]] = {
    "activity (answers, active, recent, steady)": frozenset({"answers", "active", "recent", "steady"}),
    "words, every kind": frozenset({"words", "words_recent", "words_nearest"}),
    "meaning, every kind": frozenset({"meaning", "meaning_recent"}),
    "topic, every kind": frozenset({"topic", "topic_recent"}),
    "habits (substance, prompt)": frozenset({"substance", "prompt"}),
    **{name: frozenset({name}) for name in NAMES if name not in {"declared", "endorsed", "passes"}},
}
RESAMPLES = 4000


def ours(community: Community, start: Prior) -> Floats:
    """The reciprocal ranks of the ranker, (late questions, 2), in order of time."""
    questions = [one.row for one in community.history.questions]
    answers = [one.row for one in community.history.answers]
    ranked = replay(questions, answers, community.vectors, start=start)
    return np.array([reciprocal(community.truth[id], users) for id, users in ranked if id in community.truth])


def others(taught: Sequence[Taught], name: str) -> Prior:
    """The prior fitted without one community."""
    return fit_communities([one for one in taught if one.name != name])


def best_of(rows: Floats) -> Floats:
    """The column of the best answerer, without the questions whose best one is no candidate."""
    best: Floats = rows[:, 0]
    return best[~np.isnan(best)]


def interval(gaps: Sequence[Floats]) -> tuple[float, float, float]:
    """The mean over communities of their means, with its bootstrap interval: each community is resampled by itself."""
    rng = np.random.default_rng(7)
    drawn = [gap[rng.integers(0, len(gap), (RESAMPLES, len(gap)))].mean(axis=1) for gap in gaps]
    low, high = np.quantile(np.mean(drawn, axis=0), [0.025, 0.975])
    return float(np.mean([gap.mean() for gap in gaps])), float(low), float(high)


def span(found: tuple[float, float, float]) -> str:
    return f"{found[0]:+.3f} [{found[1]:+.3f}, {found[2]:+.3f}]"


def table(results: Mapping[str, Mapping[str, Floats]]) -> Iterator[str]:
    """Every baseline, the best of them with hindsight, and ours."""
    yield "| signal | " + " | ".join(results) + " | mean | any | ours less this |"
    yield "|---" * (len(results) + 4) + "|"
    for name in BASELINES:
        gaps = [best_of(r["ours"]) - best_of(r[name]) for r in results.values()]
        yield line(name, [r[name] for r in results.values()], span(interval(gaps)))
    tops = [max((r[name] for name in BASELINES), key=lambda rows: best_of(rows).mean()) for r in results.values()]
    gaps = [best_of(r["ours"]) - best_of(top) for r, top in zip(results.values(), tops, strict=True)]
    yield line("the best of these with hindsight", tops, span(interval(gaps)))
    yield line("**ours, left one out**", [r["ours"] for r in results.values()], "")
    bounds = [interval([best_of(r["ours"])])[1:] for r in results.values()]
    whole = interval([best_of(r["ours"]) for r in results.values()])
    cells = " | ".join(f"{low:.3f}–{high:.3f}" for low, high in (*bounds, whole[1:]))
    yield f"| its 95 % interval | {cells} | | |"


def line(name: str, rows: Sequence[Floats], gap: str) -> str:
    best = [best_of(one).mean() for one in rows]
    any_one = float(np.mean([one[:, 1].mean() for one in rows]))
    return f"| {name} | {' | '.join(f'{x:.3f}' for x in best)} | {np.mean(best):.3f} | {any_one:.3f} | {gap} |"


def without(names: frozenset[str], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes as if these signals told nothing."""
    kept = np.array([name not in names for name in NAMES], dtype=float)
    return [Outcome(outcome.signals * kept, outcome.answered) for outcome in outcomes]


def ablation(communities: Sequence[Community], taught: Sequence[Taught]) -> Iterator[str]:
    """What each signal is worth under the prior alone: what is lost without it, refitted and left one out."""
    yield "| without | " + " | ".join(one.name for one in communities) + " | mean of what is lost |"
    yield "|---" * (len(communities) + 2) + "|"
    matrices = {one.name: list(seen(one)) for one in communities}
    whole = alone(communities, taught, matrices, frozenset())
    for label, names in GROUPS.items():
        less = alone(communities, taught, matrices, names)
        lost = [a - b for a, b in zip(whole, less, strict=True)]
        yield f"| {label} | {' | '.join(f'{gap.mean():+.3f}' for gap in lost)} | {span(interval(lost))} |"


Seen = tuple[str, Floats, list[str]]


def seen(community: Community) -> Iterator[Seen]:
    """Each late question with its signals and whom they are about."""
    past = community.past
    walk = Walk(past, Prior(np.zeros(len(NAMES)), np.ones(len(NAMES))), weights=np.zeros(len(NAMES)))
    for thread in past:
        walk.advance(thread.query.day)
        if thread.id in community.truth:
            yield thread.id, *walk.observe(thread)


def alone(
    communities: Sequence[Community], taught: Sequence[Taught], seen: Mapping[str, list[Seen]], names: frozenset[str]
) -> list[Floats]:
    """The reciprocal ranks of the best under the prior of the others, without these signals."""
    kept = np.array([name not in names for name in NAMES], dtype=float)
    less = [replace(one, outcomes=[without(names, sample) for sample in one.outcomes]) for one in taught]
    found = []
    for community in communities:
        weights = others(less, community.name).weights * kept
        rows = []
        for id, matrix, experts in seen[community.name]:
            scores = matrix @ weights
            order = sorted(range(len(experts)), key=lambda n: (-scores[n], experts[n]))
            rows.append(reciprocal(community.truth[id], [experts[n] for n in order]))
        found.append(best_of(np.array(rows)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DATA_DIR")
    parser.add_argument("--encoder", default="bundled", help="bundled, hash or sentence-transformers:NAME_OR_FOLDER")
    parser.add_argument("--cache", type=Path, default=Path("var/vectors"), help="where vectors are kept")
    parser.add_argument("--ablation", action="store_true", help="what each signal is worth")
    arguments = parser.parse_args()
    encoder = make_encoder(arguments.encoder)
    communities = [load(folder, encoder, arguments.cache) for folder in arguments.folders]
    taught = [
        observe_community(folder, encoder, arguments.cache, part=0.8, seed=1, done=lambda number: None)
        for folder in arguments.folders
    ]
    if arguments.ablation:
        print("\n".join(ablation(communities, taught)))
        return
    results = {one.name: {**baselines(one), "ours": ours(one, others(taught, one.name))} for one in communities}
    print("\n".join(table(results)))


if __name__ == "__main__":
    main()
