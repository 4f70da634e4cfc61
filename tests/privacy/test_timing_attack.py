"""The timing attacker: the real publication rule keeps its crowds, and every broken rule is found out."""

import re
from collections.abc import Callable
from random import Random

import pytest
from babel.support import Translations

from app.web.i18n import TRANSLATIONS
from privacy.attacks.timing import (
    DAY_MINUTES,
    Rule,
    TimingResult,
    attack_times,
    attack_windows,
    order_auc,
    order_by_chance,
    publication_rule,
    simulate_presence,
    written_in,
)
from privacy.scopes import Audience
from privacy.times import Cadence, next_publication
from tests.project.source import ROOT
from tests.seeds import SEEDS, seeds

MEMBERS, DAYS, POSTS = 378, 21, 600
POPULATIONS = seeds(3)
EXPERTS = publication_rule(Audience.EXPERTS, Cadence())
WIDER = publication_rule(Audience.DOMAIN, Cadence())
DAILY = publication_rule(Audience.EXPERTS, Cadence(small=True))
URGENT = publication_rule(Audience.EXPERTS, Cadence(), urgent=True)
Row = tuple[float, float]
Presences = dict[str, list[tuple[int, int]]]
Drawn = tuple[Presences, list[int]]


@pytest.fixture(scope="module")
def drawn() -> list[Drawn]:
    """Several networks: who was at the screen, and the minutes of posts."""
    presences = [simulate_presence(Random(seed), MEMBERS, DAYS) for seed in POPULATIONS]
    return [
        (one, written_in(Random(seed + 1000), one, POSTS)) for seed, one in zip(POPULATIONS, presences, strict=True)
    ]


@pytest.fixture(scope="module")
def presence(drawn: list[Drawn]) -> Presences:
    return drawn[0][0]


@pytest.fixture(scope="module")
def written(drawn: list[Drawn]) -> list[int]:
    return drawn[0][1]


def at_work(minute: int) -> bool:
    """Monday to Friday, 07:00 to 20:00."""
    return minute // DAY_MINUTES % 7 < 5 and 7 <= minute % DAY_MINUTES // 60 < 20


def anytime(minute: int) -> bool:
    return minute >= 0


def off_work(minute: int) -> bool:
    return not at_work(minute)


Hours = Callable[[int], bool]


def crowds(drawn: list[Drawn], rule: Rule, hours: Hours) -> TimingResult:
    """All networks as one, of the posts written in these hours."""
    parts = [attack_times(one, [minute for minute in minutes if hours(minute)], rule) for one, minutes in drawn]
    return TimingResult(tuple(n for part in parts for n in part.sizes), tuple(n for part in parts for n in part.surest))


# What the pages say of time, after the words 書いた可能性のある人は; each number: rule, hours, and the 5th percentile that
# would bear it out. The last number of an urgent post is the middle one.
CLAIMS: dict[tuple[str, ...], list[tuple[Rule, Hours, str, tuple[int, int]]]] = {
    ("15", "3"): [(EXPERTS, at_work, "fifth", (15, 17)), (EXPERTS, off_work, "fifth", (2, 4))],
    ("20", "10"): [(WIDER, anytime, "fifth", (20, 29)), (WIDER, off_work, "fifth", (10, 15))],
    ("15",): [(EXPERTS, at_work, "fifth", (15, 17))],
    ("1", "3"): [(URGENT, anytime, "fifth", (1, 1)), (URGENT, anytime, "median", (3, 4))],
    ("1", "3", "15"): [(URGENT, anytime, "fifth", (1, 1)), (URGENT, anytime, "median", (3, 4)),
        (EXPERTS, at_work, "fifth", (15, 17))],
}  # fmt: skip
SAID = re.compile(r"書いた可能性のある人は([^\"]*)")
IN_ENGLISH = re.compile(r"\b(\d+)\b")


def sentences() -> set[str]:
    """Every message of pages and code that says how many may have written something."""
    files = [path for ending in ("py", "html") for path in (ROOT / "app").rglob(f"*.{ending}")]
    quoted = (one for path in files for one in re.findall(r'"([^"\n]*)"', path.read_text("utf-8")))
    return {one for one in quoted if SAID.search(one)}


def numbers(sentence: str) -> tuple[str, ...]:
    found = SAID.search(sentence)
    return tuple(re.findall(r"(\d+)人", found[1])) if found else ()


def test_every_number_the_pages_name_is_one_that_is_measured_here() -> None:
    assert len(sentences()) == 7
    for sentence in sentences():
        assert numbers(sentence) in CLAIMS, sentence


def test_the_english_names_the_same_numbers() -> None:
    for sentence in sentences():
        assert tuple(IN_ENGLISH.findall(Translations.load(str(TRANSLATIONS), ["en"]).ugettext(sentence))) == numbers(
            sentence
        )


@pytest.mark.parametrize("said", CLAIMS, ids="-".join)
def test_what_the_pages_say_of_time_is_what_is_measured(drawn: list[Drawn], said: tuple[str, ...]) -> None:
    """And each number lies in what bears it out: another number on the page, or another rule, fails here."""
    for number, (rule, hours, figure, (low, high)) in zip(said, CLAIMS[said], strict=True):
        measured = getattr(crowds(drawn, rule, hours), figure)
        assert low <= measured <= high, (POPULATIONS, number, hours.__name__, measured)
        assert low <= int(number) <= high, number


def test_experts_over_all_hours_and_the_daily_window_of_a_small_network(drawn: list[Drawn]) -> None:
    """The experts' over all hours is what the pages break down: by day it is more, by night less."""
    assert 5 <= crowds(drawn, EXPERTS, anytime).fifth <= 8, POPULATIONS
    assert 19 <= crowds(drawn, EXPERTS, anytime).median <= 24, POPULATIONS
    assert 80 <= crowds(drawn, DAILY, anytime).fifth <= 200, POPULATIONS
    assert 50 <= crowds(drawn, WIDER, anytime).median <= 90, POPULATIONS


def test_everybody_and_the_same_domain_wait_for_the_same_window() -> None:
    everybody = publication_rule(Audience.ALL, Cadence())
    assert [everybody(minute) for minute in range(0, 2880, 7)] == [WIDER(minute) for minute in range(0, 2880, 7)]


@pytest.mark.parametrize(
    "broken", [lambda minute: minute, lambda minute: minute + 240, lambda minute: minute // 5 * 5 + 60],
    ids=["the minute is shown", "always four hours later", "windows of five minutes"],
)  # fmt: skip
def test_a_broken_rule_leaves_a_handful(presence: Presences, written: list[int], broken: Rule) -> None:
    result = attack_times(presence, written, broken)
    assert result.median <= 8
    assert sum(result.surest) / len(result.surest) > 0.15


def test_the_author_is_always_among_them(presence: Presences, written: list[int]) -> None:
    alone = {member: stays for member, stays in presence.items() if member == "m0"}
    mine = written_in(Random(3), alone, 20)
    assert set(attack_times(alone, mine, publication_rule(Audience.DOMAIN, Cadence())).sizes) == {1}


def test_windows_that_were_stored_give_the_same_crowds(presence: Presences, written: list[int]) -> None:
    rule = publication_rule(Audience.DOMAIN, Cadence())
    stored = [(next_publication(minute // 60, Audience.DOMAIN, Cadence()), rule) for minute in written]
    assert attack_windows(presence, stored).sizes == attack_times(presence, written, rule).sizes


def windows_of(rng: Random, place: str) -> list[list[Row]]:
    found = []
    for _ in range(120):
        arrivals = sorted(rng.uniform(0, 14_400) for _ in range(rng.randint(2, 14)))
        places = list(range(len(arrivals)))
        if place == "shuffled":
            rng.shuffle(places)
        elif place == "newest first":
            places.reverse()
        elif place == "nearly in order":
            places = [n + rng.randint(0, 8) for n in places]
        found.append(list(zip(arrivals, map(float, places), strict=True)))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_shuffled_rows_tell_nothing_about_their_order(seed: int) -> None:
    windows = windows_of(Random(seed), "shuffled")
    low, high = order_by_chance(windows, Random(seed))
    auc, pairs = order_auc(windows)
    assert pairs > 2000
    assert low - 0.02 < auc < high + 0.02
    assert 0.45 < low < 0.5 < high < 0.55


@pytest.mark.parametrize("place", ["in order", "newest first", "nearly in order"])
def test_rows_in_order_are_found_out(place: str) -> None:
    windows = windows_of(Random(1), place)
    low, high = order_by_chance(windows, Random(2))
    assert not low - 0.1 < order_auc(windows)[0] < high + 0.1


def test_the_real_shuffle_is_what_the_attack_is_run_on() -> None:
    rng, windows = Random(5), []
    for _ in range(3000):
        rows = list(range(6))
        rng.shuffle(rows)
        windows.append([(float(came), float(place)) for place, came in enumerate(rows)])
    assert 0.48 <= order_auc(windows)[0] <= 0.52


def test_one_post_a_window_gives_no_order() -> None:
    with pytest.raises(ValueError, match="no two posts"):
        order_auc([[(1.0, 1.0)]])
