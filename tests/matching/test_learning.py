"""What a domain teaches: nothing at first, then what came of its questions, and never from later ones."""

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import CodeType, FrameType

import numpy as np
import pytest

from matching.adapting import FIRMNESS, Adapting
from matching.encoder import HashEncoder
from matching.learning import DRAWN, PastThread, Walk, learn
from matching.profiles import Answer, Candidate, Pass, Query
from matching.signals import NAMES
from matching.text import counts
from matching.weights import Floats, Outcome, Prior, fit_prior, shipped, surprise

ENCODER = HashEncoder(48)
WORDS = ("白点病", "赤潮", "網洗い", "給餌", "酸素", "出荷")


def past(n: int, people: int = 24, seed: int = 1) -> list[PastThread]:
    """Everybody answers on one word only, and nobody falls silent."""
    rng = random.Random(seed)
    made = []
    for number in range(n):
        word, day = rng.randrange(len(WORDS)), float(number)
        text = f"{WORDS[word]} {rng.randrange(50)}"
        query = Query(ENCODER.queries([text])[0], counts(text) | {f"#{word}": 1}, day, WORDS[word])
        fitting = [p for p in range(people) if p % len(WORDS) == word]
        answers = [Answer(f"p{rng.choice(fitting)}", day + 0.5, length=300, delay=0.5)]
        made.append(PastThread(f"t{number}", query, answers))
    return made


def test_where_nothing_is_known_the_prior_comes_out() -> None:
    assert np.array_equal(learn([], day=9.0).weights, shipped().weights)
    assert np.array_equal(learn(past(3), day=9.0).weights, shipped().weights)


def test_who_answers_on_one_thing_only_teaches_that_likeness_counts() -> None:
    found = learn(past(500), day=501.0)
    near = [n for n, name in enumerate(NAMES) if name.startswith(("words", "meaning", "topic"))]
    assert found.outcomes > 300
    assert found.weights[near].sum() > 2 * shipped().weights[near].sum()


def test_a_young_domain_teaches_soon() -> None:
    found = learn(past(120), day=121.0)
    near = [n for n, name in enumerate(NAMES) if name.startswith(("words", "meaning", "topic"))]
    assert found.weights[near].sum() > 1.5


def test_what_comes_later_teaches_nothing_now() -> None:
    whole = past(400)
    cut = [t for t in whole if t.query.day < 300.2]
    cut[-1] = replace(cut[-1], answers=())  # its answer came half a day later
    assert np.array_equal(learn(whole, day=300.2).weights, learn(cut, day=300.2).weights)


def test_the_order_in_which_the_past_is_told_means_nothing() -> None:
    mixed = past(150)
    random.Random(4).shuffle(mixed)
    assert np.array_equal(learn(mixed, day=200.0).weights, learn(past(150), day=200.0).weights)


def test_an_offer_handed_back_speaks_against_its_likes_from_then_on() -> None:
    threads = past(40)
    last = threads[-1]
    near = next(t.id for t in threads[:-1] if t.query.topic == last.query.topic)
    passes = NAMES.index("passes")

    def told(day: float) -> dict[str, float]:
        walk = Walk(threads, shipped(), {"p1": [Pass(near, day)]})
        walk.advance(last.query.day)
        matrix, experts = walk.observe(last)
        return dict(zip(experts, matrix[:, passes].tolist(), strict=True))

    before, after = told(last.query.day - 1), told(last.query.day + 1)
    assert before["p1"] > 0
    assert set(after.values()) == {0.0}


def asked_by_lot(n: int, *, known: bool) -> list[PastThread]:
    """After a while two fitting people and four others are asked, always of the same half; a fitting one of them answers."""
    rng, made = random.Random(4), past(n)
    for number, thread in enumerate(made[n // 3 :], n // 3):
        word = WORDS.index(thread.query.topic or "")
        fitting = [p for p in range(12) if p % len(WORDS) == word]
        others = rng.sample([p for p in range(12) if p not in fitting], 4)
        asked = frozenset(f"p{p}" for p in (*fitting, *others)) if known else frozenset()
        answers = [thread.answers[0]._replace(expert=f"p{rng.choice(fitting)}")]
        made[number] = replace(thread, answers=answers, asked=asked)
    return made


def lost_by_silence(known: bool) -> float:
    """How far those never asked fall behind their like, by how far those who don't fit do."""
    made = asked_by_lot(300, known=known)
    walk = Walk(made, shipped(), weights=learn(made, day=301.0).weights)
    walk.advance(301.0)
    asked, never, unfit = [], [], []
    for thread in made[-60:]:
        matrix, experts = walk.observe(replace(thread, query=replace(thread.query, day=301.0)))
        word = WORDS.index(thread.query.topic or "")
        for score, number in zip((matrix @ walk.weights).tolist(), (int(one[1:]) for one in experts), strict=True):
            (unfit if number % len(WORDS) != word else asked if number < 12 else never).append(score)
    return float((np.mean(asked) - np.mean(never)) / (np.mean(asked) - np.mean(unfit)))


def test_who_was_never_asked_keeps_silent_for_no_reason_of_theirs() -> None:
    assert lost_by_silence(known=True) < 0.5 * lost_by_silence(known=False)


def alternatives(threads: Sequence[PastThread]) -> list[str]:
    """Among whom the answerer of the three hundredth was one."""
    walk = Walk(threads[:301], shipped())
    for one in threads[:301]:
        walk.advance(one.query.day)
        found, experts = walk.observe(one)
    walk.advance(301.0)
    rows = walk.outcomes(1)[0].signals.tolist()
    return [expert for row, expert in zip(found.tolist(), experts, strict=True) if row in rows]


def test_where_somebody_else_came_by_everybody_could_have() -> None:
    made = asked_by_lot(420, known=True)
    thread = made[300]
    assert sorted(alternatives(made)) == sorted(thread.asked)
    made[300] = replace(thread, asked=thread.asked - {thread.answers[0].expert})
    assert len(alternatives(made)) > 2 * len(thread.asked)


def test_of_very_many_a_draw_is_learnt_from() -> None:
    crowd = [
        PastThread(f"c{n}", t.query, [Answer(f"p{person}", t.query.day + 0.1) for person in range(3 * DRAWN)])
        for n, t in enumerate(past(4))
    ]
    last = PastThread("last", past(5)[4].query, [Answer("p7", 4.5), Answer("p8", 4.6)])
    walk = Walk([*crowd, last], shipped())
    walk.advance(4.0)
    walk.observe(last)
    walk.advance(9.0)
    outcome = walk.outcomes()[-1]
    assert DRAWN <= len(outcome.answered) <= DRAWN + 2
    assert outcome.answered.sum() == 2


def calls_of(work: Callable[[], object], code: CodeType | None = None) -> int:
    """How many functions are called while `work` is done, or how often the one of this `code`."""
    calls, wanted = 0, {"call"} if code else {"call", "c_call"}

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in wanted and code in {None, frame.f_code}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def test_a_thread_of_many_answers_costs_as_many_times_as_much() -> None:
    def taken_in(number: int) -> int:
        given = [Answer(f"p{n}", 0.01 * n, accepted=n % 9 == 0) for n in range(number)]
        walk = Walk([PastThread("many", past(1)[0].query, given)], shipped())
        return calls_of(lambda: walk.advance(99.0))

    assert taken_in(600) < 2.4 * taken_in(300)


def test_nobody_is_made_a_candidate_anew_for_each_question() -> None:
    threads = past(60)

    def made(passes: dict[str, list[Pass]]) -> int:
        walk = Walk(threads, shipped(), passes)

        def observe_all() -> None:
            for thread in threads:
                walk.advance(thread.query.day)
                walk.observe(thread)

        return calls_of(observe_all, Candidate.__init__.__code__)

    assert made({}) == len({answer.expert for thread in threads[:-1] for answer in thread.answers})
    assert made({"p1": [Pass("t3", 4.0)]}) < 24 + 2 * len(threads)


def outcomes(n: int, true: Sequence[float], seed: int = 2) -> list[Outcome]:
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(n):
        signals = rng.normal(size=(10, len(NAMES)))
        chances = np.exp(signals @ np.array(true))
        answered = np.zeros(10, dtype=bool)
        answered[rng.choice(10, p=chances / chances.sum())] = True
        made.append(Outcome(signals, answered))
    return made


def adapted(prior: Prior, told: Sequence[Outcome], block: int = 20) -> Adapting:
    adapting = Adapting(prior)
    for start in range(0, len(told), block):
        adapting.foresaw(told[start : start + block])
        adapting.fit(told[: start + block])
    return adapting


def foreseen(told: Sequence[Outcome], weights: Floats) -> float:
    return sum(surprise(outcome, weights) for outcome in told) / len(told)


def test_where_the_prior_is_wrong_looser_fits_take_over_and_where_it_is_right_none() -> None:
    right = np.zeros(len(NAMES))
    right[1] = 1.0
    prior = Prior(right, np.full(len(NAMES), 100.0))
    for true, looser in ((right, False), (np.roll(right, 3), True)):
        told = outcomes(400, true.tolist())
        found, fits = adapted(prior, told).weights, prior.after(told, FIRMNESS)
        away = [float(np.abs(found - one).max()) for one in (fits[0], fits[-1])]
        assert (away[1] < away[0]) is looser


def test_the_mean_of_the_fits_foresees_about_as_well_as_the_best_of_them() -> None:
    right = np.zeros(len(NAMES))
    right[1] = 1.0
    prior = Prior(right, np.full(len(NAMES), 100.0))
    behind = []  # nats a question
    for turned in range(5):
        true = np.roll(right, turned).tolist()
        told, later = outcomes(120, true), outcomes(400, true, seed=9)
        best = min(foreseen(later, fit) for fit in prior.after(told, FIRMNESS))
        behind.append(foreseen(later, adapted(prior, told).weights) - best)
    assert np.mean(behind) < 0.02


def test_fits_that_foresaw_the_same_count_the_same() -> None:
    adapting = Adapting(shipped())
    assert np.array_equal(adapting.weights, shipped().weights)
    told = outcomes(30, np.roll(shipped().weights, 3).tolist())
    adapting.fit(told)
    assert np.allclose(adapting.weights, np.mean(shipped().after(told, FIRMNESS), axis=0))


def test_being_near_never_counts_against_somebody_in_a_prior_and_the_rest_makes_up_for_it() -> None:
    """What is told as a reason, "you answered something like it", must not lower whoever it is told of."""
    true = np.zeros(len(NAMES))
    true[NAMES.index("words")], true[NAMES.index("answers")], true[NAMES.index("recent")] = -0.8, -0.8, 0.8
    found = dict(zip(NAMES, fit_prior([outcomes(900, true.tolist())]).weights.tolist(), strict=True))
    assert found["words"] == 0.0
    assert found["answers"] < -0.5
    assert found["recent"] > 0.5
    assert min(found[name] for name in NAMES if name not in {"answers", "substance", "prompt", "passes"}) >= 0.0


def test_each_community_counts_the_same_in_a_prior() -> None:
    one, other = np.zeros(len(NAMES)), np.zeros(len(NAMES))
    one[1], other[2] = 1.0, 1.0
    found = fit_prior([outcomes(900, one.tolist()), outcomes(300, other.tolist(), seed=3)])
    assert found.weights[1] == pytest.approx(found.weights[2], rel=0.25)
    assert found.weights[NAMES.index("passes")] == -3.0


def test_a_signal_that_hardly_varies_gets_no_say_by_chance() -> None:
    """In a history without lengths all answers seem equally long, but for one in many."""
    true, still = np.zeros(len(NAMES)), NAMES.index("substance")
    true[1] = 1.0
    told = outcomes(300, true.tolist())
    for number, outcome in enumerate(told):
        outcome.signals[:, still] = 0.02 * outcome.answered if number % 20 == 0 else 0.0
    found = fit_prior([told])
    assert found.weights[1] > 0.5
    assert abs(found.weights[still]) < 1.0
