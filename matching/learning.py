"""Walk through a domain's past in time, and learn from it how much each signal counts there.

For a question only what is dated before it is known; that an answer helped, only 30 days after it. What is learnt at
a day is the same whether or not the past goes on after it.
"""

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.adapting import BLOCKS, Adapting
from matching.history import DomainHistory
from matching.profiles import Answer, Candidate, Pass, Query
from matching.signals import signals
from matching.weights import Floats, Outcome, Prior, shipped

ACCEPTED_AFTER = 30.0  # days
REFIT = 40  # questions between two fits, once there are enough:
FIRST = 5  # fewer where little is known, a tenth of what was known at the last fit
WINDOW = 400  # past questions a fit looks at
LOOKBACK = WINDOW + REFIT * (BLOCKS + 2)  # past questions that anything learnt depends on
TESTED = 3  # answers from which a candidate's silence says something
DRAWN = 100  # of so many of those a question is learnt from, beside who answered


@dataclass(frozen=True, slots=True, eq=False)
class PastThread:
    """A question of the past with everything that came of it.

    Neither `asker` nor any of `closed` is a candidate for it. Where the asker is not known, None, and takes part as an
    expert too, they would be learnt from as somebody who kept silent: `closed` is then whoever may have been the asker.
    `asked` is whoever was asked to answer, where that is known: who is never asked keeps silent for no reason of theirs.
    """

    id: str
    query: Query
    answers: Sequence[Answer] = ()
    asker: str | None = None
    closed: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Weights (d,), by the NAMES of the signals, and how many questions with a known answerer they rest on."""

    weights: Floats
    outcomes: int


def learn(
    threads: Iterable[PastThread],
    passes: Mapping[str, Sequence[Pass]] | None = None,
    *,
    day: float,
    start: Prior | None = None,
) -> Learned:
    """Return what a domain has taught until `day`: replays its last questions and fits the weights to who answered.

    `passes` are the offers that each expert handed back: evidence against asking them near those threads. `start` is
    the prior, by default the shipped one; where little is known, it is what comes out.
    """
    past = sorted((t for t in threads if t.query.day < day), key=lambda t: (t.query.day, t.id))
    walk = Walk(past, start or shipped(), passes)
    for thread in past[-LOOKBACK:]:
        walk.advance(thread.query.day)
        walk.observe(thread)
    walk.advance(day)
    return walk.learned()


class Walk:
    """Everything dated before the question at hand, moved forward through time.

    With fixed `weights` (d,) nothing is learnt.
    """

    def __init__(
        self,
        threads: Sequence[PastThread],
        start: Prior,
        passes: Mapping[str, Sequence[Pass]] | None = None,
        weights: Floats | None = None,
    ) -> None:
        self._threads = {thread.id: thread for thread in threads}
        self.history = DomainHistory(len(threads[0].query.vector) if threads else 1)
        self._coming = _timeline(threads)
        self._next = 0
        self._known: dict[str, dict[tuple[str, float], Answer]] = {}  # by thread, then by expert and day
        self._people: dict[str, Candidate] = {}  # everybody who answered so far
        self._names: list[str] = []  # theirs, in order
        self._asked: list[str] = []
        self._seen: dict[str, _Seen] = {}
        self._passes = passes or {}
        self._fixed = weights
        self._adapting = Adapting(start)
        self._fitted = 0

    @property
    def weights(self) -> Floats:
        """The weights (d,) as they are now."""
        return self._adapting.weights if self._fixed is None else self._fixed

    def advance(self, day: float) -> None:
        """Take in what is dated before `day`."""
        while self._next < len(self._coming) and self._coming[self._next][0] < day:
            _, _, id, answer = self._coming[self._next]
            self._next += 1
            if answer is not None:
                self._put_answer(id, answer)
                continue
            self._put_thread(id)
            if self._fixed is None and len(self._asked) >= self._fitted + _until_next(self._fitted):
                self.learned()

    def observe(self, thread: PastThread) -> "tuple[Floats, list[str]]":
        """Keep the signals (n, d) of `thread` as they stand now, for later fits; return them and whom they are about.

        That is everybody with an answer to somebody else's question, less the asker and the closed.
        """
        experts = [name for name in self._names if name != thread.asker and name not in thread.closed]
        tried = self.history.events.answers[self.history.events.experts.of(experts)]
        matrix, _ = signals(self.history, thread.query, self._candidates(experts, thread.query.day))
        self._keep(thread, matrix, experts, tried)
        return matrix, experts

    def _keep(self, thread: PastThread, matrix: Floats, experts: list[str], tried: Floats) -> None:
        """Keep what a fit needs: those asked, and of many others a uniform draw is enough (McFadden 1978)."""
        tested = np.flatnonzero(tried >= TESTED)
        if len(tested) > DRAWN:
            seed = int.from_bytes(blake2b(thread.id.encode("utf-8", "surrogatepass"), digest_size=8).digest())
            tested = np.random.default_rng(seed).choice(tested, DRAWN, replace=False)
        drawn = np.isin(np.arange(len(experts)), tested)
        asked = _are(experts, thread.asked)
        coming = _are(experts, {answer.expert for answer in thread.answers})
        rows = np.flatnonzero(drawn | asked | (tried >= TESTED) & coming)
        self._seen[thread.id] = _Seen(matrix[rows], [experts[row] for row in rows], drawn[rows], asked[rows])

    def ranking(self, thread: PastThread) -> list[str]:
        """Everybody who could be asked, best first; equal scores stand in the order of their names."""
        matrix, experts = self.observe(thread)
        order = np.argsort(-(matrix @ self.weights), kind="stable")  # they stand in the order of their names
        return [experts[n] for n in order.tolist()]

    def learned(self) -> Learned:
        """The weights that the last outcomes teach."""
        fresh, self._fitted = len(self._asked) - self._fitted, len(self._asked)
        self._adapting.foresaw(self.outcomes(fresh))
        found = self.outcomes()
        self._adapting.fit(found)
        return Learned(self.weights, len(found))

    def outcomes(self, window: int = WINDOW) -> list[Outcome]:
        """What came, as far as known by now, of the last `window` questions, those that somebody tested answered."""
        kept = (self._outcome(id) for id in self._asked[max(len(self._asked) - window, 0) :] if id in self._seen)
        return [outcome for outcome in kept if outcome.answered.any() and not outcome.answered.all()]

    def _outcome(self, id: str) -> Outcome:
        """Whose answer was accepted, or while nobody's is, who answered: among those who were asked, or where somebody
        else came by, among those with three answers or more."""
        seen, known = self._seen[id], self._known.get(id, {}).values()
        accepted = {answer.expert for answer in known if answer.accepted}
        answered = accepted or {answer.expert for answer in known}
        truth = _are(seen.experts, answered)
        told = truth | (seen.asked if answered <= self._threads[id].asked else seen.drawn)
        return Outcome(seen.signals[told], truth[told])

    def _candidates(self, experts: Sequence[str], day: float) -> list[Candidate]:
        """Each as a candidate at `day`; nobody is made anew who never handed anything back."""
        return [self._with_passes(one, day) if one in self._passes else self._people[one] for one in experts]

    def _with_passes(self, expert: str, day: float) -> Candidate:
        return replace(self._people[expert], passes=tuple(one for one in self._passes[expert] if one.day < day))

    def _put_thread(self, id: str) -> None:
        query = self._threads[id].query
        self.history.put_thread(id, query.vector, query.counts, query.day, query.topic)
        self._asked.append(id)
        if self._fixed is None and len(self._asked) > LOOKBACK:
            self._seen.pop(self._asked[-LOOKBACK - 1], None)

    def _put_answer(self, id: str, answer: Answer) -> None:
        self._known.setdefault(id, {})[answer.expert, answer.day] = answer
        self.history.events.put(id, answer)
        if answer.expert not in self._people:
            self._people[answer.expert] = Candidate(answer.expert, circle="")
            insort(self._names, answer.expert)


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A question's signals as they stood when it was asked, of those drawn, those asked and of who was to answer."""

    signals: Floats
    experts: list[str]
    drawn: NDArray[np.bool_]
    asked: NDArray[np.bool_]


def _are(experts: Sequence[str], some: Collection[str]) -> NDArray[np.bool_]:
    """Which of `experts` are among `some`, (n,)."""
    return np.array([expert in some for expert in experts], dtype=bool)


def _until_next(fitted: int) -> int:
    """How many questions come before the next fit: what a young domain teaches shows soon, or not for long."""
    return min(REFIT, max(FIRST, fitted // 10))


_Event = tuple[float, tuple[int, str, str], str, Answer | None]


def _timeline(threads: Iterable[PastThread]) -> list[_Event]:
    """Order threads, answers and late accepted marks by the day from which each is known."""
    events: list[_Event] = []
    for thread in threads:
        events.append((thread.query.day, (0, thread.id, ""), thread.id, None))
        for given in thread.answers:
            answer = given._replace(accepted=False, worked=0)
            # An answer dated before its own question is known with the question, never sooner.
            known = max(answer.day, thread.query.day)
            events.append((known, (1, thread.id, answer.expert), thread.id, answer))
            if given.accepted or given.worked:
                events.append((known + ACCEPTED_AFTER, (2, thread.id, answer.expert), thread.id, given))
    return sorted(events, key=lambda event: event[:2])
