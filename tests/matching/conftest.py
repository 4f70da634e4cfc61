"""Makers shared by the matching tests: a small domain told in Japanese, with words standing in for meaning."""

from collections.abc import Callable

import pytest

from matching.encoder import HashEncoder
from matching.history import DomainHistory
from matching.profiles import Answer, Query
from matching.text import counts

ENCODER = HashEncoder(96)

THREADS = {
    "spots": ("白点病が鰓に出た。水温と換水はどう変えたか", "disease"),
    "spots2": ("白点虫の寄生を早く見つける見回りの手順", "disease"),
    "tide": ("赤潮の警報が出たとき給餌を止める判断の目安", "water"),
    "tide2": ("赤潮で酸素が下がった朝の対応", "water"),
    "net": ("網の付着物を洗う間隔と洗浄機の選び方", "nets"),
}
ANSWERS = {
    "spots": [Answer("vet", 10.0, accepted=True), Answer("elder", 11.0)],
    "spots2": [Answer("vet", 40.0)],
    "tide": [Answer("pilot", 20.0, accepted=True, worked=2)],
    "tide2": [Answer("pilot", 50.0), Answer("elder", 50.0)],
    "net": [Answer("rigger", 30.0)],
}


def make_query(text: str, day: float = 60.0, topic: str | None = None) -> Query:
    return Query(ENCODER.queries([text])[0], counts(text), day, topic)


@pytest.fixture
def history() -> DomainHistory:
    return make_history(list(THREADS))


def make_history(ids: list[str]) -> DomainHistory:
    made = DomainHistory(ENCODER.dimension)
    for id in ids:
        text, topic = THREADS[id]
        made.put_thread(id, ENCODER.passages([text])[0], counts(text), min(a.day for a in ANSWERS[id]), topic)
        made.put_answers(id, ANSWERS[id])
    return made


@pytest.fixture
def query() -> Callable[..., Query]:
    return make_query


@pytest.fixture
def history_of() -> Callable[[list[str]], DomainHistory]:
    return make_history
