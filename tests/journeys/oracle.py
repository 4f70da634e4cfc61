"""The routing oracle played on the running service: somebody asks about every subject, over and over, while a coin decides
each time whether the one organisation that could have an expert on it has one."""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.questions.models import Thread
from app.queues import offers, passing
from app.queues import service as queues
from app.queues.experts import handles_of
from app.queues.worker import make_now
from privacy.attacks.routing_oracle import MOST_ADVANTAGE, Outcome, Response, Round, play
from tests.cast import viewer_of
from tests.journeys.browser import Answer, Browser
from tests.journeys.simulation import Size, _add_organisations, draw_person, enrol
from tests.journeys.world import Person, World, opened

SETTINGS = {"max_open_questions": 10_000, "max_daily_questions": 10_000, "max_weekly_questions": 10_000}
AGAIN = 1_000_003
"""From a seed to that of the second game."""
LOOKS = (6, 30, 24 * 8)
"""Hours after asking at which the asker looks: after the first wave, the last, and the honest end."""
WORDS = ("水温", "へい死", "餌食い", "選別", "赤潮", "酸素", "病気", "沖出し")


@dataclass(frozen=True)
class Probe:
    """One round, and what the database held at each look: for mutants only."""

    subject: str
    round: Round
    inside: tuple[tuple[str, int], ...]

    def telling(self, what: str) -> Round:
        """The same round on a service whose page says the state, or the count, of what is inside."""
        looks = iter(self.inside)
        told = []
        for one in self.round.responses:
            state, count = next(looks) if one.place.startswith("thread/") else ("", 0)
            words = state if what == "state" else f"{count}人"
            told.append(replace(one, text=f"{one.text}<p>{words}</p>") if state else one)
        return replace(self.round, responses=tuple(told))


@contextmanager
def drawn_from(seed: int) -> Iterator[None]:
    """Every random byte of the process comes from the seed: ids, secrets, circles and draws are the same in every run."""
    kept = random._urandom  # type: ignore[attr-defined]
    random._urandom = random.Random(seed).randbytes  # type: ignore[attr-defined]
    try:
        yield
    finally:
        random._urandom = kept  # type: ignore[attr-defined]


def played(seed: int, batches: int) -> list[Probe]:
    """The game on a network drawn from the seed; the same seed is the same game, probe by probe."""
    with (
        tempfile.TemporaryDirectory() as folder,
        drawn_from(seed),
        opened(Path(folder), seed=seed, **SETTINGS) as world,
    ):
        return play_on(world, batches=batches, seed=seed)


def judged(probes: Sequence[Probe], seed: int, play_again: Callable[[int, int], list[Probe]] = played) -> Outcome:
    """The attacker's outcome. What looks guilty is played once more, on another network and twice as long, and that
    counts: an advantage that is there is there again, and one by chance seldom is."""
    outcome = play([probe.round for probe in probes])
    if outcome.advantage <= MOST_ADVANTAGE:
        return outcome
    again = play_again(seed + AGAIN, 2 * -(-len(probes) // len({probe.subject for probe in probes})))
    return play([probe.round for probe in again])


def found_network(world: World) -> tuple[Person, dict[str, Person]]:
    """Enough organisations for circles; the asker, and for each subject the one person who could be its expert."""
    _add_organisations(world, Size(organisations=24))
    codes, subjects = list(world.codes), list(world.tools.trade.subjects)
    asker = enrol(world, replace(draw_person(world, "asker", codes[0]), subjects=("rainbow-trout",)))
    experts = {
        subject: enrol(world, replace(draw_person(world, f"expert of {subject}", code), subjects=(subject,)))
        for subject, code in zip(subjects, codes[1:], strict=False)
    }
    world.work()
    return asker, experts


def play_on(world: World, *, batches: int, seed: int = 1) -> list[Probe]:
    """So many batches of one probe for each subject."""
    asker, experts = found_network(world)
    rng = random.Random(seed)
    return [probe for _ in range(batches) for probe in _batch(world, asker, experts, rng)]


def _batch(world: World, asker: Person, experts: dict[str, Person], rng: random.Random) -> list[Probe]:
    coins = {subject: rng.random() < 0.5 for subject in experts}
    for subject, coin in coins.items():
        _settle(world, experts[subject], subject, capacity=5 if coin else 0)
    browser = _fresh(world, asker)
    seen: dict[str, list[Response]] = {s: [] for s in coins}
    inside: dict[str, list[tuple[str, int]]] = {s: [] for s in coins}
    form = browser.get("/ask")
    threads = {subject: _ask(world, browser, form, subject, seen[subject], rng) for subject in coins}
    asked = world.clock.seconds
    for hours in LOOKS:
        while world.clock.seconds < asked + hours * 3600:
            world.clock.seconds = min(asked + hours * 3600, world.clock.seconds + 4 * 3600)
            world.work()
        _act(world, [experts[subject] for subject, coin in coins.items() if coin], rng)
        browser = _fresh(world, asker)
        lists = [_seen(f"mine/{hours}", browser.get("/mine")), _seen(f"threads/{hours}", browser.get("/threads"))]
        for subject, thread in threads.items():
            seen[subject].append(_seen(f"thread/{hours}", browser.get(f"/threads/{thread}")))
            seen[subject] += [_about(one, thread) for one in lists]
            before = max((count for _, count in inside[subject]), default=0)
            inside[subject].append(_inside(world, thread, before))
    return [Probe(s, Round(tuple(seen[s]), coins[s]), tuple(inside[s])) for s in coins]


def _settle(world: World, person: Person, subject: str, *, capacity: int) -> None:
    tools = world.tools
    with tools.database.transaction("content") as stores:
        queues.opt_in(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), subject=subject,
            topics=(), capacity=capacity, away_until=0, box=None,
        )  # fmt: skip


def _fresh(world: World, asker: Person) -> Browser:
    return world.sign_in(asker)


def _ask(world: World, browser: Browser, form: Answer, subject: str, seen: list[Response], rng: random.Random) -> str:
    trade = world.tools.trade
    others = rng.sample(range(1, 24), rng.choice((0, 0, 5)))
    wanted = {
        "subject": subject,
        "topic": rng.choice(trade.topics_of(subject)).key,
        "title": f"{rng.choice(WORDS)}について",
        "audience": rng.choice(("experts", "domain", "all")),
        "field_situation": " ".join(rng.choices(WORDS, k=6)),
        "exclude": "、".join(f"架空org{n}養魚場" for n in others),
    }
    kept = browser.submit(form, "/ask/preview", **wanted)
    preview = browser.get("/ask/preview")
    sent = browser.submit(preview, "/ask/publish")
    steps = (("kept", kept), ("preview", preview), ("sent", sent))
    seen += [_seen(place, answer) for place, answer in steps]
    assert sent.status == 303, (sent.status, subject)
    return sent.location.rpartition("/")[2]


def _act(world: World, experts: Sequence[Person], rng: random.Random) -> None:
    """Whoever was asked writes, hands back or waits; nobody answers: an answer is the expert's own word."""
    tools = world.tools
    for person in experts:
        viewer = viewer_of(tools, person)
        with tools.database.transaction("content") as stores:
            handles = list(handles_of(viewer).values())
            for offer in offers.to(stores, tools.vault, handles):
                move = rng.choice(("claim", "pass", "wait"))
                if move == "claim" and offer.state == "offered":
                    queues.claim(stores, tools.vault, viewer=viewer, offer_id=offer.id, now=make_now(tools), windows=4)
                elif move == "pass":
                    passing.pass_on(
                        stores, tools.vault, viewer=viewer, offer_id=offer.id, reason="no_time", now=make_now(tools)
                    )


def _seen(place: str, answer: Answer) -> Response:
    headers = tuple((name, value) for name, _, value in (line.partition(": ") for line in answer.headers.splitlines()))
    return Response(place, answer.status, headers, answer.text)


def _about(page: Response, thread: str) -> Response:
    """The part of a list that speaks of one thread."""
    at = page.text.find(thread)
    return replace(page, text=page.text[max(0, at - 600) : at + 1200] if at >= 0 else "")


def _inside(world: World, thread: str, before: int) -> tuple[str, int]:
    """The thread's state, and how many were ever seen to hold it."""
    with world.tools.database.reading() as stores:
        row = stores.content.get(Thread, thread)
        count = len(offers.on_thread(stores, world.tools.vault, thread))
    return row.state if row else "pending", max(before, count)
