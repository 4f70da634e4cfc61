"""The routing oracle's own reckoning: it sees what differs, and nothing where nothing does."""

import random

import pytest

from privacy.attacks.routing_oracle import MOST_ADVANTAGE, Response, Round, features, play
from privacy.errors import WeakInput
from tests.seeds import SEEDS

PAGE = '<main><h1>{title}</h1><p id="{id}">経験のある方にお願いしています。</p>{more}</main>'


def rounds(count: int, more: dict[bool, list[str]], seed: int = 1) -> list[Round]:
    """Pages with an id and a title of their own; `more` is what they say on either side of the coin."""
    rng, found = random.Random(seed), []
    for n in range(count):
        coin = rng.random() < 0.5
        text = PAGE.format(title=f"質問{n}", id=rng.randbytes(16).hex(), more=rng.choice(more[coin]))
        found.append(Round((Response("thread/0", 200, (("Content-Type", "text/html"),), text),), coin))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_pages_that_say_the_same_tell_nothing(seed: int) -> None:
    same = ["", "<p>回答を待っています。</p>"]
    outcome = play(rounds(400, {True: same, False: same}, seed), seed=seed)
    assert outcome.advantage <= MOST_ADVANTAGE, outcome
    assert outcome.interval[0] <= 0


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("<p>3人に届きました。</p>", "<p>0人に届きました。</p>"),
        ("", "<p>届け先が見つかりません。</p>"),
        ("<p hidden></p><p hidden></p>", ""),
    ],
)
def test_a_page_with_a_count_a_sentence_or_only_another_length_is_found(yes: str, no: str) -> None:
    outcome = play(rounds(200, {True: [yes], False: [no]}))
    assert outcome.advantage > 0.9, outcome


@pytest.mark.parametrize("seed", SEEDS)
def test_a_page_that_tells_sometimes_is_found(seed: int) -> None:
    outcome = play(rounds(400, {True: ["<p>届きました。</p>", ""], False: [""]}, seed), seed=seed)
    assert 0.3 < outcome.advantage < 0.7, outcome
    assert outcome.interval[0] > MOST_ADVANTAGE


def test_ids_are_no_feature() -> None:
    one, two = (rounds(1, {True: [""], False: [""]}, seed)[0].responses[0] for seed in (1, 2))
    assert one.text != two.text
    assert features(one) == features(two)


def test_both_sides_are_needed() -> None:
    with pytest.raises(WeakInput):
        play([Round((), True)] * 20)
    with pytest.raises(WeakInput):
        play([Round((), True), Round((), False)])
