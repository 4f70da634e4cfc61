import random
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.history import DomainHistory
from matching.profiles import Candidate, Limits, Pass, Query
from matching.results import Ranked
from matching.routing import choose_wave, eligible, rank, rank_wide
from matching.signals import NAMES, signals
from matching.text import counts
from matching.weights import prior
from tests.matching.conftest import ANSWERS, ENCODER, THREADS

Ask = Callable[..., Query]
CAST = [Candidate(name, circle=f"circle of {name}") for name in ("elder", "pilot", "rigger", "vet")]


def names(candidates: list[Candidate]) -> list[str]:
    return [c.expert for c in candidates]


class TestEligible:
    fine = Candidate("fine", "c1")

    def gate(self, candidate: Candidate, **kwargs: object) -> list[str]:
        given_kwargs = {"excluded_circles": frozenset({"own", "rival"}), "already_asked": frozenset({"asked"})}
        return names(eligible([candidate], **(given_kwargs | kwargs)))  # type: ignore[arg-type]

    def test_nothing_against_it(self) -> None:
        assert self.gate(self.fine) == ["fine"]

    @pytest.mark.parametrize(
        "change",
        [
            {"circle": "own"},
            {"circle": "rival"},
            {"expert": "asked"},
            {"away": True},
            {"resting": True},
            {"capacity": 0},
            {"capacity": 2, "offers_this_week": 2},
            {"open_offers": 5},
        ],
    )
    def test_each_rule_keeps_out(self, change: dict[str, object]) -> None:
        assert self.gate(replace(self.fine, **change)) == []  # type: ignore[arg-type]

    def test_just_inside_the_limits(self) -> None:
        assert self.gate(replace(self.fine, capacity=2, offers_this_week=1, open_offers=4)) == ["fine"]

    def test_limits_are_the_callers(self) -> None:
        assert self.gate(replace(self.fine, open_offers=2), limits=Limits(open_offers=2)) == []

    def test_who_passed_this_thread_is_not_asked_again(self) -> None:
        passed = replace(self.fine, passes=(Pass("t1", 3.0, not_my_field=False),))
        assert self.gate(passed, thread="t1") == []
        assert self.gate(passed, thread="t2") == ["fine"]


class TestRank:
    def test_who_knows_comes_first(self, history: DomainHistory, query: Ask) -> None:
        assert rank(history, query("白点虫の寄生を早く見つけたい"), CAST)[0].expert == "vet"
        assert rank(history, query("赤潮の警報が出ました"), CAST)[0].expert == "pilot"

    def test_every_candidate_is_ranked_once(self, history: DomainHistory, query: Ask) -> None:
        ranked = rank(history, query("白点"), [*CAST, Candidate("newcomer", "x")])
        assert sorted(r.expert for r in ranked) == ["elder", "newcomer", "pilot", "rigger", "vet"]

    def test_how_often_somebody_was_tried_and_whether_they_fit(self, history: DomainHistory, query: Ask) -> None:
        best = rank(history, query("白点虫の寄生を早く見つけたい"), CAST)[0]
        assert (best.expert, best.tried, best.helped, best.fits) == ("vet", 2, 1, True)

    def test_a_pass_near_the_question_weighs_against(self, history: DomainHistory, query: Ask) -> None:
        asked = query("白点病が鰓に出ました")
        passing = [replace(c, passes=(Pass("spots", 59.0),)) if c.expert == "vet" else c for c in CAST]
        score = {r.expert: r.score for r in rank(history, asked, CAST)}
        after = {r.expert: r.score for r in rank(history, asked, passing)}
        assert after["vet"] < score["vet"]
        assert after["pilot"] == score["pilot"]

    def test_a_pass_for_lack_of_time_does_not(self, history: DomainHistory, query: Ask) -> None:
        busy = [*CAST[:3], replace(CAST[3], passes=(Pass("spots", 59.0, not_my_field=False),))]
        assert rank(history, query("白点病"), busy) == rank(history, query("白点病"), CAST)

    def test_a_declared_topic_lifts_a_newcomer(self, history: DomainHistory, query: Ask) -> None:
        newcomers = [Candidate("plain", "x"), Candidate("keen", "y", declared=frozenset({"disease"}))]
        ranked = rank(history, query("白点病", topic="disease"), [*CAST, *newcomers])
        place = {r.expert: n for n, r in enumerate(ranked)}
        assert place["keen"] < place["plain"]
        assert place["vet"] < place["keen"]
        assert ranked[place["keen"]].fits
        assert not ranked[place["plain"]].fits

    def test_an_empty_domain_ranks_by_declaration(self, query: Ask) -> None:
        pool = [Candidate("a", "1"), Candidate("b", "2", declared=frozenset({"disease"}))]
        assert [r.expert for r in rank(DomainHistory(96), query("白点病", topic="disease"), pool)] == ["b", "a"]

    def test_nobody_to_rank(self, history: DomainHistory, query: Ask) -> None:
        assert rank(history, query("白点"), []) == []

    def test_signals_have_a_column_per_name(self, history: DomainHistory, query: Ask) -> None:
        matrix, columns = signals(history, query("白点"), CAST)
        assert matrix.shape == (len(CAST), len(NAMES))
        assert columns == NAMES
        assert len(prior()) == len(NAMES)

    def test_an_old_answer_counts_less(self, history: DomainHistory, query: Ask) -> None:
        matrix, _ = signals(history, query("白点"), CAST)
        active = dict(zip(names(CAST), matrix[:, NAMES.index("active")], strict=True))
        assert active["pilot"] > active["rigger"]


class TestNextDoor:
    """Ranking with the candidates of neighbouring subjects."""

    here = Candidate("newcomer", "n")

    def wide(self, history: DomainHistory, asked: Query, *near: Candidate, own: tuple[Candidate, ...]) -> list[Ranked]:
        domains = {"char": DomainHistory(96), "trout": history}
        return rank_wide(domains.__getitem__, replace(asked, subject="char"), {"char": own, "trout": near})

    def test_who_knows_next_door_comes_before_who_is_new_at_home(self, history: DomainHistory, query: Ask) -> None:
        asked = query("白点病が鰓に出ました")
        found = self.wide(history, asked, *CAST, own=(self.here,))
        assert found[0].expert == rank(history, asked, CAST)[0].expert
        assert {r.expert for r in found} == {"newcomer", *names(CAST)}

    def test_the_same_shown_at_home_counts_more(self, history: DomainHistory, query: Ask) -> None:
        asked = replace(query("白点病が鰓に出ました"), subject="char")
        away = [replace(c, expert=f"{c.expert} next door") for c in CAST]
        other = DomainHistory(96)
        for id in history.ids:
            text, topic = THREADS[id]
            other.put_thread(id, ENCODER.passages([text])[0], counts(text), 1.0, topic)
            other.put_answers(id, [a._replace(expert=f"{a.expert} next door") for a in ANSWERS[id]])
        found = rank_wide({"char": history, "trout": other}.__getitem__, asked, {"char": CAST, "trout": away})
        score = {r.expert: r.score for r in found}
        best = max(names(CAST), key=lambda name: score[name])
        assert score[best] > 0
        assert score[f"{best} next door"] == pytest.approx(score[best] / 2)

    def test_nobody_next_door_takes_the_place_for_exploring(self, history: DomainHistory, query: Ask) -> None:
        found = self.wide(history, query("白点病", topic="disease"), *CAST, own=(self.here,))
        assert not any(r.fits for r in found if r.expert != "newcomer")

    def test_without_neighbours_it_is_the_ranking(self, history: DomainHistory, query: Ask) -> None:
        asked = replace(query("白点病"), subject="trout")
        assert rank_wide(lambda _: history, asked, {"trout": CAST}) == rank(history, asked, CAST)


def ranked_of(*rows: tuple[str, float, int, str | None]) -> list[Ranked]:
    return [Ranked(expert, score, tried, fits=signal is not None) for expert, score, tried, signal in rows]


class TestWave:
    pool: ClassVar = [
        Candidate(name, circle) for name, circle in [("a", "1"), ("b", "1"), ("c", "2"), ("d", "3"), ("e", "4")]
    ]

    def wave(
        self, ranked: list[Ranked], pool: list[Candidate] | None = None, places: int = 3, seed: int = 1
    ) -> list[str]:
        return [c.expert for c in choose_wave(ranked, pool or self.pool, places, rng=random.Random(seed))]

    def test_at_most_one_of_a_circle(self) -> None:
        ranked = ranked_of(*[(name, 9.0 - n, 9, "words") for n, name in enumerate("abcde")])
        assert self.wave(ranked) == ["a", "c", "d"]

    def test_one_place_for_the_fitting_but_untested(self) -> None:
        ranked = ranked_of(("a", 9, 9, "words"), ("c", 8, 9, "words"), ("d", 7, 9, "words"), ("e", 1, 0, "declared"))
        wave = choose_wave(ranked, self.pool, 3, rng=random.Random(1))
        assert [(c.expert, c.exploring) for c in wave] == [("a", False), ("c", False), ("e", True)]

    def test_the_untested_without_any_fit_gets_no_kept_place(self) -> None:
        ranked = ranked_of(("a", 9, 9, "words"), ("c", 8, 9, "words"), ("d", 7, 9, "words"), ("e", 1, 0, None))
        assert self.wave(ranked) == ["a", "c", "d"]

    def test_exploring_is_spread_over_the_untested(self) -> None:
        ranked = ranked_of(("a", 9, 9, "words"), ("c", 8, 9, "words"), ("d", 1, 0, "declared"), ("e", 1, 0, "declared"))
        assert {self.wave(ranked, seed=seed)[2] for seed in range(20)} == {"d", "e"}

    def test_somebody_with_failures_explores_less_often(self) -> None:
        ranked = [
            *ranked_of(("a", 9, 9, "words"), ("c", 8, 9, "words")),
            Ranked("d", 1.0, tried=2, helped=0, fits=True),
            Ranked("e", 1.0, tried=2, helped=2, fits=True),
        ]
        drawn = [self.wave(ranked, seed=seed)[2] for seed in range(200)]
        assert drawn.count("e") > 2 * drawn.count("d") > 0

    def test_equal_scores_go_to_who_was_asked_longest_ago(self) -> None:
        pool = [Candidate("a", "1", last_offer_day=9.0), Candidate("c", "2", last_offer_day=3.0), Candidate("d", "3")]
        ranked = ranked_of(("a", 5.001, 9, "words"), ("c", 5.0, 9, "words"), ("d", 5.0, 9, "words"))
        assert self.wave(ranked, pool, places=2) == ["d", "c"]

    def test_cold_start_fills_the_wave(self, query: Ask) -> None:
        pool = [Candidate(f"m{n}", f"{n}", declared=frozenset({"disease"} if n % 2 else ())) for n in range(8)]
        ranked = rank(DomainHistory(96), query("白点病", topic="disease"), pool)
        assert set(self.wave(ranked, pool)) <= {"m1", "m3", "m5", "m7"}
        assert len(self.wave(ranked, pool)) == 3

    def test_the_same_state_gives_the_same_wave(self) -> None:
        ranked = ranked_of(*[(name, 1.0, 0, "declared") for name in "abcde"])
        assert self.wave(ranked, seed=4) == self.wave(ranked, seed=4) == self.wave(ranked[::-1], seed=4)

    def test_nobody(self) -> None:
        assert self.wave([]) == []


candidates = st.lists(
    st.builds(
        Candidate,
        expert=st.sampled_from("abcdefghij"),
        circle=st.sampled_from("1234"),
        capacity=st.integers(0, 3),
        offers_this_week=st.integers(0, 3),
        open_offers=st.integers(0, 6),
        last_offer_day=st.none() | st.floats(0, 50),
        away=st.booleans(),
    ),
    max_size=10,
    unique_by=lambda c: c.expert,
)


@settings(max_examples=150, deadline=None)
@given(candidates, st.frozensets(st.sampled_from("1234")), st.integers(0, 4), st.integers(0, 99), st.data())
def test_no_wave_breaks_a_rule(
    pool: list[Candidate], excluded: frozenset[str], places: int, seed: int, data: st.DataObject
) -> None:
    open_to = eligible(pool, excluded_circles=excluded, already_asked=frozenset(), limits=Limits())
    ranked = [
        Ranked(c.expert, data.draw(st.floats(-3, 3)), tried=data.draw(st.integers(0, 6)), fits=True) for c in open_to
    ]
    wave = choose_wave(ranked, open_to, places, rng=random.Random(seed))
    chosen = {c.expert: c for c in pool if c.expert in {w.expert for w in wave}}
    circles = [c.circle for c in chosen.values()]
    assert len(wave) == len(chosen) == len(set(circles)) == min(places, len({c.circle for c in open_to}))
    assert not excluded & set(circles)
    assert all(c.offers_this_week < c.capacity and c.open_offers < 5 and not c.away for c in chosen.values())
    assert sum(w.exploring for w in wave) <= 1
