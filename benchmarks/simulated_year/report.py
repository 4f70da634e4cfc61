"""What a year is judged by, and the table of several years beside each other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from benchmarks.simulated_year.life import END_HOURS, Offer, Year
from benchmarks.simulated_year.world import GOOD

OPEN_AT_ONCE = 5
SETTLED = 60.0  # days before the end a newcomer must have come by to be counted

# what stands in the table: key, words, digits; the musts are last
ROWS = (
    ("answered24", "answered within 24 h", 2),
    ("answered72", "answered within 72 h", 2),
    ("helped72", "an answer that helps within 72 h", 2),
    ("passed", "share of offers passed", 2),
    ("gini", "Gini of answers over experts", 2),
    ("busiest", "busiest tenth's share of answers", 2),
    ("newcomer", "days until a skilled newcomer's first fitting offer, median", 1),
    ("newcomer30", "skilled newcomers with a fitting offer within 30 days", 2),
    ("mails_median", "mails an expert and month, median", 1),
    ("mails_max", "mails an expert and month, most", 1),
    ("mails_week", "mails to one expert in one week, most", 0),
    ("mails_question", "mails a question", 1),
    ("honest", "ended honestly, nobody knew", 3),
    ("over", "offers over budget", 0),
    ("silent", "questions that end without answer or word", 0),
)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """One policy's year: numbers by the keys of ROWS, and what the charts draw."""

    numbers: Mapping[str, float]
    first_hours: NDArray[np.float64]  # until the first answer, by question, infinite without one
    asked_day: NDArray[np.float64]
    answers: NDArray[np.float64]  # by expert, least first
    newcomer_days: NDArray[np.float64]
    mails: NDArray[np.float64]  # a month, by expert


def figures(year: Year) -> Figures:
    """Judge a year."""
    first = _array([thread.first for thread in year.threads])
    helped = _array([thread.helped for thread in year.threads])
    months = _months(year)
    answers = _answers(year)
    newcomers = np.array(list(_newcomers(year)))
    mails = np.array([len(year.mails[handle]) / months[handle] for handle in months])
    numbers = {
        "answered24": np.mean(first <= 24),
        "answered72": np.mean(first <= 72),
        "helped72": np.mean(helped <= 72),
        "passed": np.mean([bool(offer.passed) for offer in year.offers]),
        "gini": gini(answers),
        "busiest": float(answers[-max(1, len(answers) // 10) :].sum() / max(1.0, answers.sum())),
        "newcomer": np.median(newcomers) if len(newcomers) else np.nan,
        "newcomer30": np.mean(newcomers <= 30) if len(newcomers) else np.nan,
        "mails_median": np.median(mails),
        "mails_max": mails.max(),
        "mails_week": max((_most_in_a_week(one) for one in year.mails.values()), default=0),
        "mails_question": len(year.offers) / max(1, len(year.threads)),
        "honest": np.mean([thread.ended is not None for thread in year.threads]),
        "over": over_budget(year),
        "silent": silent_ends(year),
    }
    asked_day = np.array([thread.question.hour / 24 for thread in year.threads])
    return Figures({k: float(v) for k, v in numbers.items()}, first, asked_day, answers, newcomers, mails)


def over_budget(year: Year) -> int:
    """Offers to somebody who had as many in the last seven days as they take in a week, or five open: by the mails."""
    over, sent = 0, {handle: list[Offer]() for handle in year.profiles}
    for offer in year.offers:
        before = sent[offer.handle]
        week = sum(one.hour > offer.hour - 168 for one in before)
        still = sum(_is_open_at(year, one, offer.hour) for one in before)
        over += week >= offer.capacity or still >= OPEN_AT_ONCE
        before.append(offer)
    return over


def silent_ends(year: Year) -> int:
    """Questions that nobody has answered when their seven days are over, and to whose asker nobody said so."""
    latest = END_HOURS + 1  # they count from the window it was published in
    return sum(min(one.first or np.inf, one.ended or np.inf) > latest for one in year.threads)


def gini(values: NDArray[np.float64]) -> float:
    """0 when all have the same, towards 1 when one has all; `values` (n,) ascending."""
    if not values.sum():
        return 0.0
    ranks = np.arange(1, len(values) + 1)
    return float((2 * ranks - len(values) - 1) @ values / (len(values) * values.sum()))


def table(results: Mapping[str, Sequence[Figures]]) -> Iterator[str]:
    """Mean and 95 % interval over the seeds, as lines of Markdown."""
    yield "| | " + " | ".join(results) + " |"
    yield "|---" * (len(results) + 1) + "|"
    for key, words, digits in ROWS:
        cells = (_cell([one.numbers[key] for one in found], digits) for found in results.values())
        yield f"| {words} | " + " | ".join(cells) + " |"


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Mean and half the width of its 95 % interval (Student)."""
    half = student.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / len(values) ** 0.5 if len(values) > 1 else 0.0
    return float(np.mean(values)), float(half)


def _cell(values: Sequence[float], digits: int) -> str:
    mean, half = interval(values)
    if not np.isfinite(mean):
        return "never"
    shown = f"{mean:.{digits}f}"
    return shown if half < 10**-digits / 2 else f"{shown} ± {half:.{digits}f}"


def _array(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.inf if value is None else value for value in values])


def _months(year: Year) -> dict[str, float]:
    """Months each expert was there, of those who were for one at least."""
    end = year.world.days
    found = {handle: year.person(handle) for handle in year.profiles}
    months = {handle: (min(end, p.left) - p.joined) / 30.4 for handle, p in found.items()}
    return {handle: number for handle, number in months.items() if number >= 1}


def _answers(year: Year) -> NDArray[np.float64]:
    counted = Counter(handle for handle, _ in year.answers)
    return np.array(sorted(float(counted[handle]) for handle in _months(year)))


def _newcomers(year: Year) -> Iterator[float]:
    """Days from joining to the first offer that fits, of experts who came during the year and know something well."""
    first: dict[int, float] = {}
    for offer in year.offers:
        if offer.fitting:
            first.setdefault(offer.person, offer.hour / 24)
    for person in year.world.people:
        stayed = min(person.left, year.world.days) - person.joined
        if person.capacity and person.joined > 0 and stayed >= SETTLED and (person.skills[0][1] >= GOOD).any():
            yield first.get(person.number, np.inf) - person.joined


def _most_in_a_week(hours: Sequence[float]) -> int:
    return max((sum(one - 168 < other <= one for other in hours) for one in hours), default=0)


def _is_open_at(year: Year, offer: Offer, hour: float) -> bool:
    """Whether somebody still had this offer before them: not handed back, and its question neither answered nor over."""
    thread = year.threads[offer.question]
    ends = [one for one in (thread.first, thread.ended) if one is not None]
    over = thread.question.hour + min(ends) if ends else np.inf
    return over > hour and not (offer.passed_at is not None and offer.passed_at <= hour)
