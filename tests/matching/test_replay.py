import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.encoder import HashEncoder
from matching.quality import mrr, place
from matching.replay import (
    AnswerRow,
    QuestionRow,
    RowError,
    last_share,
    parse_answer,
    parse_question,
    replay,
    vector_text,
)
from matching.signals import NAMES

ENCODER = HashEncoder(64)
WORDS = ["白点病", "赤潮", "網洗い", "飼料", "酸素", "出荷"]


def vectors_of(questions: Sequence[QuestionRow]) -> dict[str, NDArray[np.float32]]:
    return dict(zip([q.id for q in questions], ENCODER.passages([q.text for q in questions]), strict=True))


def community(n: int = 120, seed: int = 3, stable: bool = False) -> tuple[list[QuestionRow], list[AnswerRow]]:
    """People answer on one topic each; unless `stable`, the ones around change over time."""
    rng = random.Random(seed)
    questions, answers = [], []
    for number in range(n):
        topic = rng.randrange(len(WORDS))
        day = number * 0.5 + rng.random() * 0.4
        text = f"{WORDS[topic]}について{rng.randrange(9)}番の生簀で困っています"
        questions.append(QuestionRow(f"q{number}", text, text, (WORDS[topic],), "", day, f"u{rng.randrange(30)}"))
        for _ in range(rng.randrange(1, 3)):
            era = 0 if stable else number // 40
            who = f"u{topic}" if stable else f"u{topic + 6 * era + rng.randrange(3)}"
            answers.append(AnswerRow(f"q{number}", who, day + rng.random() * 5, rng.random() < 0.3))
    dated = [replace(q, created=f"{n:05d}") for n, q in enumerate(questions)]
    return dated, answers


def test_cutting_the_file_at_a_question_changes_nothing() -> None:
    questions, answers = community()
    vectors = vectors_of(questions)
    whole = dict(replay(questions, answers, vectors))
    assert len(whole) >= 24
    for cut in [q for q in questions if q.id in whole][::4]:
        kept = [q for q in questions if q.day <= cut.day]
        known = [a for a in answers if a.day < cut.day]
        assert dict(replay(kept, known, vectors))[cut.id] == whole[cut.id]


def test_an_accepted_mark_is_known_thirty_days_later() -> None:
    questions, answers = community()
    vectors = vectors_of(questions)
    last = questions[-1]
    fresh = [replace(a, accepted=a.accepted != (last.day - a.day < 30)) for a in answers]
    aged = [replace(a, accepted=a.accepted != (last.day - a.day > 30)) for a in answers]
    helped = np.array([float(name == "helped") for name in NAMES])

    def told(rows: list[AnswerRow]) -> list[str]:
        return dict(replay(questions, rows, vectors, wanted=frozenset({last.id}), weights=helped))[last.id]

    assert told(fresh) == told(answers)
    assert told(aged) != told(answers)


def test_the_order_of_the_rows_does_not_matter() -> None:
    questions, answers = community()
    vectors = vectors_of(questions)
    mixed, shuffled = questions[:], answers[:]
    random.Random(5).shuffle(mixed)
    random.Random(6).shuffle(shuffled)
    assert dict(replay(mixed, shuffled, vectors)) == dict(replay(questions, answers, vectors))


def test_everybody_with_an_earlier_answer_is_listed_but_the_asker() -> None:
    questions, answers = community()
    by_id = {q.id: q for q in questions}
    for id, users in replay(questions, answers, vectors_of(questions)):
        before = {a.answerer for a in answers if a.day < by_id[id].day and a.answerer != by_id[a.question_id].asker}
        assert Counter(users) == Counter(before - {by_id[id].asker})


def test_two_questions_at_one_instant_do_not_know_each_other() -> None:
    questions, answers = community(40)
    twin = replace(questions[-1], id="twin", asker="stranger")
    both = [*questions, twin]
    vectors = vectors_of(both)
    alone = dict(replay(questions, answers, vectors, wanted=frozenset({questions[-1].id})))
    together = dict(replay(both, answers, vectors, wanted=frozenset({questions[-1].id, "twin"})))
    assert together[questions[-1].id] == alone[questions[-1].id]


def test_odd_rows_are_survived() -> None:
    questions, answers = community(30)
    odd = [
        *questions,
        replace(questions[3], title="again", body="again"),
        replace(questions[5], id="bare", title="", body="", tags=(), asker=None),
        replace(questions[5], id="thai", title="ปลาในกระชังตาย", body="🐟", asker=None),
    ]
    bad = [
        *answers,
        *answers[:5],
        AnswerRow("nowhere", "u1", 3.0, True),
        AnswerRow("q4", None, 3.0, False),
        AnswerRow("q7", questions[7].asker, 4.0, True),
        AnswerRow("q20", "time traveller", -9.0, True),
        AnswerRow("bare", "u2", 99.0, True),
    ]
    vectors = vectors_of([*odd[30:], *questions])
    everything = dict(replay(odd, bad, vectors, share=1.0))
    assert len(everything) == 32
    assert all("time traveller" not in users for id, users in everything.items() if id in {"q5", "q19"})


@pytest.mark.parametrize("stable", [True, False])
def test_it_finds_who_answers_where_roles_last_and_where_they_change(stable: bool) -> None:
    questions, answers = community(300, stable=stable)
    real = {q.id: {a.answerer for a in answers if a.question_id == q.id and a.answerer != q.asker} for q in questions}

    def quality(weights: NDArray[np.float64] | None) -> float:
        ranked = replay(questions, answers, vectors_of(questions), weights=weights)
        return mrr([min((p for u in real[id] if (p := place(users, str(u)))), default=None) for id, users in ranked])

    votes = quality(np.array([float(name == "words") for name in NAMES]))
    ours = quality(None)
    assert ours >= votes - 0.02
    assert ours >= (0.75 if stable else 0.45)


def test_an_empty_history_yields_nothing() -> None:
    assert list(replay([], [], {})) == []


@pytest.mark.parametrize(
    ("dates", "late"),
    [
        ([999_000_000 + 50_000 * n for n in range(40)], {str(n) for n in range(32, 40)}),
        (["2020-01-01T00:00:00", "2020-01-02", "2020-01-03T09:00:00+09:00", "2020-01-03T00:30:00"], {"3"}),
        (["2020-01-03", 1577836800, 1578268800, 1577836800000, "20200104"], {"2"}),
        (["2020-01-01", "2020-01-02", "2020-01-02", "2020-01-02", "2020-01-01"], {"1", "2", "3"}),
    ],
    ids=["numbers", "zones", "mixed", "one instant at the cut"],
)
def test_the_test_share_is_the_last_in_time_however_dates_are_written(dates: list[object], late: set[str]) -> None:
    rows = [parse_question({"id": str(n), "title": "t", "created": created}) for n, created in enumerate(dates)]
    assert last_share(rows) == last_share(rows[::-1]) == late


class TestParsing:
    def test_a_good_question(self) -> None:
        row = parse_question({"id": 7, "title": "t", "tags": ["a", 3, ""], "created": "1970-01-02T12:00:00Z"}, 1)
        assert row == QuestionRow("7", "t", "", ("a", "3"), "1970-01-02T12:00:00Z", 1.5, None)

    def test_a_good_answer(self) -> None:
        row = parse_answer({"question_id": "7", "answerer": "u", "created": 86400, "score": 3, "accepted": None}, 1)
        assert row == AnswerRow("7", "u", 1.0, False)

    @pytest.mark.parametrize(
        "obj", [None, [], "x", {}, {"id": ""}, {"id": True}, {"id": "1"}, {"id": "1", "created": "soon"}]
    )
    def test_a_bad_question_names_its_line(self, obj: object) -> None:
        with pytest.raises(RowError, match="line 12") as caught:
            parse_question(obj, 12)
        assert caught.value.line == 12

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"title": [3]}, "title"),
            ({"body": []}, "body"),
            ({"tags": 3}, "tags"),
            ({"asker": {}}, "asker"),
            ({"created": float("nan")}, "created"),
            ({"created": "99999-01-01"}, "created"),
            ({"created": 1e300}, "created"),
            ({"created": 2.6e14}, "created"),
            ({"created": 20241301}, "created"),
            ({"created": "202402301030"}, "created"),
            ({"created": 20240115250000}, "created"),
            ({"created": "9" * 400}, "created"),
            ({"created": "15778368"}, "created"),
            ({"created": "2020"}, "created"),
            ({"asker": 12.5}, "asker"),
            ({"asker": True}, "asker"),
            ({"id": 1.5}, "id"),
            ({"id": float("inf")}, "id"),
        ],
    )
    def test_the_field_is_named(self, change: dict[str, object], field: str) -> None:
        with pytest.raises(RowError) as caught:
            parse_question({"id": "1", "created": "2020-01-01"} | change, 3)
        assert caught.value.field == field

    @pytest.mark.parametrize(
        "change", [{"question_id": None}, {"answerer": []}, {"accepted": "yes"}, {"accepted": 0.5}, {"created": None}]
    )
    def test_a_bad_answer_is_refused(self, change: dict[str, object]) -> None:
        with pytest.raises(RowError):
            parse_answer({"question_id": "1", "answerer": "u", "created": "2020-01-01"} | change, 3)

    @pytest.mark.parametrize(
        ("created", "day"),
        [
            (1577836800, 18262.0),
            (1577836800000, 18262.0),
            (-1577836800000, -18262.0),
            ("1577836800", 18262.0),
            (" 1577836800000 ", 18262.0),
            ("1577858400.000", 18262.25),
            ("1.5778368e+09", 18262.0),
            ("1502010202000", 1502010202 / 86400),
            (1577858400.25, 1577858400.25 / 86400),
            (946684800000, 10957.0),
            (86400, 1.0),
            ("20200101", 18262.0),
            ("20200101.0", 18262.0),
            (20200101, 18262.0),
            (20200101.0, 18262.0),
            ("202001010600", 18262.25),
            (202001010600, 18262.25),
            ("20200101060000", 18262.25),
            (20200101060000.0, 18262.25),
            (19700102, 1.0),
            ("2020-01-01", 18262.0),
        ],
    )
    def test_a_date_is_a_text_or_seconds_or_milliseconds(self, created: object, day: float) -> None:
        assert parse_question({"id": "1", "created": created}).day == pytest.approx(day, abs=1e-9)

    @pytest.mark.parametrize(
        ("created", "wrong"),
        [
            (2.6e14, "out of range"),
            (253402300800, "out of range"),
            ("253402300800", "out of range"),
            (4102444801, "out of range"),
            (4102444800001, "out of range"),
            (-4102444801, "out of range"),
            (99999999999, "out of range"),
            ("9999-12-31", "out of range"),
            ("21000101120000", "out of range"),
            (20241301, "no date: '20241301'"),
            (float("nan"), "no date"),
            (None, "missing"),
            (True, "missing"),
            ("", "missing"),
        ],
    )
    def test_a_date_that_is_none_says_why(self, created: object, wrong: str) -> None:
        with pytest.raises(RowError, match=wrong):
            parse_question({"id": "1", "created": created})

    def test_whole_numbers_with_a_point_are_the_same_ids(self) -> None:
        whole = {"id": 7, "asker": 12, "created": "2020-01-01"}
        assert parse_question({**whole, "id": 7.0, "asker": 12.0}) == parse_question(whole)
        answer = {"question_id": 7, "answerer": 12, "accepted": True, "created": "2020-01-01"}
        pointed = {**answer, "question_id": 7.0, "answerer": 12.0, "accepted": 1.0}
        assert parse_answer(pointed) == parse_answer(answer) == AnswerRow("7", "12", 18262.0, True)

    @pytest.mark.parametrize(
        ("written", "accepted"),
        [("true", True), ("False", False), (0.0, False), (1, True), (float("nan"), False), (None, False)],
    )
    def test_true_and_false_in_other_words(self, written: object, accepted: bool) -> None:
        row = {"question_id": "1", "answerer": float("nan"), "created": "2020-01-01", "accepted": written}
        assert parse_answer(row) == AnswerRow("1", None, 18262.0, accepted)

    @pytest.mark.parametrize(
        ("written", "tags"),
        [
            ("<c><feed-rate>", ("c", "feed-rate")),
            ("|c|feed-rate|", ("c", "feed-rate")),
            ("c<d", ("c<d",)),
            ("||", ("||",)),
            ("one tag", ("one tag",)),
            ([3, 4.0, 4.5, True, None, ["x"], "<y>"], ("3", "4", "4.5", "<y>")),
            (float("nan"), ()),
        ],
    )
    def test_tags_in_one_text_or_as_numbers(self, written: object, tags: tuple[str, ...]) -> None:
        assert parse_question({"id": "1", "created": "2020-01-01", "tags": written}).tags == tags

    def test_a_number_is_a_text(self) -> None:
        row = parse_question({"id": "1", "created": "2020-01-01", "title": 5, "body": 2.0})
        assert (row.title, row.body) == ("5", "2")


def test_only_the_head_is_embedded() -> None:
    long = parse_question({"id": "1", "title": "赤" * 150, "body": "潮" * 150, "created": "2020-01-01"})
    assert vector_text(long) == "赤" * 150 + "\n" + "潮" * 49
    latin = parse_question({"id": "1", "title": "", "body": "a" * 900, "created": "2020-01-01"})
    assert 490 <= len(vector_text(latin)) <= 510
