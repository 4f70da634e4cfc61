"""The signals against their formulas written out, one answer at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.decay import HALF_LIVES, SHORTEST_OFFSET, half_life
from matching.encoder import HashEncoder
from matching.history import DomainHistory, Loaded
from matching.near import NEAREST
from matching.pool import Pool
from matching.profiles import Answer, Candidate, Pass, Query
from matching.signals import NAMES, signals
from matching.text import counts
from matching.votes import VOTES

ENCODER = HashEncoder(32)
WORDS = ("白点病", "赤潮", "網", "給餌", "水温", "換水", "酸素", "寄生")
EXPERTS = "甲乙丙丁"


@dataclass
class Told:
    """A thread as a test wrote it."""

    text: str
    day: float
    topic: str | None
    answers: list[Answer] = field(default_factory=list)


threads = st.dictionaries(
    st.sampled_from([f"t{n}" for n in range(12)]),
    st.builds(
        Told,
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join),
        st.floats(0, 900),
        st.sampled_from(["disease", "water", None]),
        st.lists(
            st.builds(
                Answer,
                st.sampled_from(EXPERTS),
                st.floats(0, 1000),
                st.booleans(),
                st.integers(0, 3),
                length=st.integers(0, 3000),
                delay=st.floats(0, 30),
            ),
            max_size=4,
        ),
    ),
    max_size=10,
)
CAST = [
    Candidate("甲", "1", declared=frozenset({"disease"}), endorsed=frozenset({"disease", "nets"})),
    Candidate("乙", "2", passes=(Pass("t1", 500.0), Pass("t2", 900.0, not_my_field=False))),
    Candidate("丁", "3", declared=frozenset({"water"}), passes=(Pass("t1", 10.0), Pass("t3", 800.0))),
    Candidate("無", "4"),
]


def words_of(one: Told) -> dict[str, int]:
    return counts(one.text) | ({f"#{one.topic}": 1} if one.topic else {})


def told_to(held: Mapping[str, Told]) -> DomainHistory:
    history = DomainHistory(ENCODER.dimension)
    for id, one in held.items():
        history.put_thread(id, ENCODER.passages([one.text])[0], words_of(one), one.day, one.topic)
        history.put_answers(id, one.answers)
    return history


def rarities(history: DomainHistory, held: Mapping[str, Told], query: Query) -> dict[str, float]:
    """How much the tags weigh that each thread shares with the question; without tags, its topic."""
    tags = [token for token in query.counts if token.startswith("#")]
    if not tags:
        return {id: 1.0 for id, told in held.items() if query.topic is not None and told.topic == query.topic}
    found = dict.fromkeys(held, 0.0)
    for tag in tags:
        on = [id for id, told in held.items() if told.topic is not None and f"#{told.topic}" == tag]
        for id in on:
            found[id] += float(np.log1p((len(held) - len(on) + 0.5) / (len(on) + 0.5)))
    return found


def written_out(
    history: DomainHistory, held: Mapping[str, Told], query: Query, cast: Sequence[Candidate]
) -> np.ndarray:
    """The signal matrix by its definitions."""
    rows = [(one, id) for id, told in held.items() for one in told.answers]
    days = sorted(answer.day for answer, _ in rows)
    span = max(query.day - days[0], 1e-6) if rows else 1.0
    gap = span / max(len(rows), 1)
    near = nearest(history, held, query)
    steady = half_life(max(span / 8, 40 * gap))

    def vote(name: str, answer: Answer, thread: str) -> float:
        age = max(query.day - answer.day, 0.0)
        kind, _, how = name.partition("_")
        if kind in near:
            fading = (age / gap + 40) ** -1.5 if kind == "topic" else 1 / (age / gap + 10)
            strength = near[kind].get(thread, 0.0)
            return (strength**3 if how == "nearest" else strength) * (fading if how else 1.0)
        if name == "active":
            return float((age + max(40 * gap, SHORTEST_OFFSET)) ** -1.5)
        if name == "recent":
            return float((sum(day >= answer.day for day in days) + 19) ** -1.5)
        return float(steady @ np.exp2(-age / HALF_LIVES)) if name == "steady" else 1.0

    def votes(name: str) -> np.ndarray:
        return np.array([sum(vote(name, a, thread) for a, thread in rows if a.expert == c.expert) for c in cast])

    def share(found: np.ndarray) -> np.ndarray:
        return np.log((found / found.sum() if found.sum() > 0 else found) + 0.2 / len(found))

    answers = votes("answers")
    helped = np.array(
        [sum(a.accepted + np.log1p(a.worked) for a, _ in rows if a.expert == c.expert) for c in cast], dtype=float
    )
    mean = helped.sum() / answers.sum() if answers.sum() else 0.0
    table = {name: share(votes(name)) for name in VOTES}
    table["helped"] = np.log((helped + 3 * mean) / ((answers + 3) * mean)) if mean > 0 else np.zeros(len(cast))
    for place, name in enumerate(("substance", "prompt")):
        table[name] = habit(rows, cast, place)
    table["endorsed"] = np.array([float(query.topic in c.endorsed) for c in cast])
    shown = votes("topic") > 0
    table["declared"] = np.array(
        [(1.0 if shown[n] else 0.5) if query.topic in c.declared else 0.0 for n, c in enumerate(cast)]
    )
    table["passes"] = passed(near["meaning"], query, cast)
    return np.column_stack([table[name] for name in NAMES])


def nearest(history: DomainHistory, held: Mapping[str, Told], query: Query) -> dict[str, dict[str, float]]:
    """The strengths of the near threads by what they are near in."""
    background = history.vectors.background(query.vector)
    return {
        "words": dict(history.words.top(query.counts, NEAREST)),
        "meaning": {
            id: ((cosine - background) / max(1 - background, 1e-6)) ** 2
            for id, cosine in history.vectors.search(query.vector, NEAREST)
            if cosine > background
        },
        "topic": rarities(history, held, query),
    }


def passed(near: Mapping[str, float], query: Query, cast: Sequence[Candidate]) -> np.ndarray:
    """Passes on near threads, with a half-life of 180 days."""

    def weight(one: Pass) -> float:
        return near.get(one.thread, 0.0) * 2 ** (-max(query.day - one.day, 0.0) / 180) if one.not_my_field else 0.0

    return np.array([sum(weight(one) for one in c.passes) for c in cast], dtype=float)


def habit(rows: Sequence[tuple[Answer, str]], cast: Sequence[Candidate], place: int) -> np.ndarray:
    """How long, or how soon, somebody's answers are beside everybody's, five usual ones added."""
    of = [(np.log1p(a.length), -np.log1p(24 * a.delay))[place] for a, _ in rows]
    mine = [[x for x, (a, _) in zip(of, rows, strict=True) if a.expert == c.expert] for c in cast]
    return np.array([sum(x - np.mean(of) for x in own) / (len(own) + 5) for own in mine])


@settings(max_examples=150, deadline=None)
@given(
    threads,
    st.sampled_from(WORDS),
    st.floats(300, 1200),
    st.sampled_from(["disease", "nets", None]),
    st.sampled_from([(), ("#disease",), ("#disease", "#water", "#new")]),
)
def test_signals_are_their_formulas(
    held: dict[str, Told], word: str, day: float, topic: str | None, tags: tuple[str, ...]
) -> None:
    history = told_to(held)
    query = Query(ENCODER.queries([word])[0], counts(word) | dict.fromkeys(tags, 1), day, topic)
    wanted = written_out(history, held, query, CAST)
    matrix, names = signals(history, query, CAST)
    assert names == NAMES
    assert matrix == pytest.approx(wanted, rel=1e-6, abs=1e-6)
    assert (signals(history, query, Pool(CAST).everybody)[0] == matrix).all()


changes = st.lists(st.tuples(st.sampled_from(["put", "remove", "answers", "expert"]), st.integers(0, 11)), max_size=15)


@settings(max_examples=120, deadline=None)
@given(threads, threads, changes, st.randoms(use_true_random=False))
def test_any_way_to_the_same_history_gives_the_same_bits(
    first: dict[str, Told], then: dict[str, Told], steps: list[tuple[str, int]], rng: np.random.Generator
) -> None:
    history, held = told_to(first), dict(first)
    for kind, number in steps:
        id = f"t{number}"
        if kind == "put" and id in then:
            held[id] = Told(then[id].text, then[id].day, then[id].topic, held[id].answers if id in held else [])
            one = held[id]
            history.put_thread(id, ENCODER.passages([one.text])[0], words_of(one), one.day, one.topic)
        elif kind == "remove":
            held.pop(id, None)
            history.remove_thread(id)
        elif kind == "answers" and id in held and id in then:
            held[id] = Told(held[id].text, held[id].day, held[id].topic, then[id].answers)
            history.put_answers(id, then[id].answers)
        elif kind == "expert":
            gone = EXPERTS[number % 4]
            history.forget_expert(gone)
            for key, one in held.items():
                held[key] = Told(one.text, one.day, one.topic, [a for a in one.answers if a.expert != gone])
    order = list(held.items())
    rng.shuffle(order)
    rebuilt, loaded = told_to(dict(order)), DomainHistory(ENCODER.dimension)
    loaded.load(
        Loaded(id, ENCODER.passages([one.text])[0], words_of(one), one.day, one.topic, one.answers) for id, one in order
    )
    query = Query(ENCODER.queries(["赤潮の水温"])[0], counts("赤潮の水温"), 950.0, "water")
    wanted = signals(rebuilt, query, CAST)[0]
    assert (signals(history, query, CAST)[0] == wanted).all()
    assert (signals(loaded, query, CAST)[0] == wanted).all()


def test_who_answered_nearly_the_same_question_outvotes_who_answered_many_on_the_matter() -> None:
    many = {f"t{n}": Told("赤潮で換水した話", 1.0 + n, None, [Answer("甲", 2.0 + n)]) for n in range(8)}
    others = {f"n{n}": Told("網の付着物の洗い方", 1.0 + n, None, [Answer("丙", 2.0 + n)]) for n in range(40)}
    held = many | others | {"same": Told("赤潮で換水を止める水温", 3.0, None, [Answer("乙", 4.0)])}
    query = Query(ENCODER.queries(["赤潮で換水を止める水温は"])[0], counts("赤潮で換水を止める水温は"), 20.0, None)
    matrix, names = signals(told_to(held), query, CAST[:2])
    by_name = dict(zip(names, matrix.T, strict=True))
    assert by_name["words"][0] > by_name["words"][1]
    assert by_name["words_nearest"][1] > by_name["words_nearest"][0]
