"""Small moves the queue's tests are made of: somebody opts in, somebody asks, the worker works."""

from dataclasses import replace

from sqlalchemy import select

from app.clock import SetClock, today
from app.db import Stores
from app.jobs.worker import Worker
from app.processes import make_worker
from app.questions.rules import Question
from app.questions.service import ask
from app.questions.stages import STAGES, timetable_of
from app.queues import offers, service
from app.queues.experts import find_profile, handles_of, put_profile
from app.queues.models import Offer
from app.queues.offers import Offered
from app.sealing import Vault
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.cast import Person, viewer_of

TEXT = {"situation": "朝いちばんに池を見ると、稚魚が水面で口をぱくぱくさせていました。水温は高めです。"}


def opt_in(tools: Toolbox, *people: Person, capacity: int = 3, topics: tuple[str, ...] = ("disease",)) -> None:
    """Make these people experts in rainbow trout, with mail."""
    with tools.database.transaction("content") as stores:
        for person in people:
            service.opt_in(
                stores,
                tools.vault,
                tools.trade,
                viewer=viewer_of(tools, person),
                subject="rainbow-trout",
                topics=topics,
                capacity=capacity,
                away_until=0,
                box=None,
            )


def stay_awake(tools: Toolbox, *people: Person) -> None:
    """Let these people's inboxes not rest, however long nobody looks in."""
    with tools.database.transaction("content") as stores:
        for person in people:
            for handle in handles_of(viewer_of(tools, person)).values():
                profile = find_profile(stores, tools.vault, handle)
                if profile is not None:
                    group_key = tools.trade.group_of[profile.subject].key
                    awake = replace(profile, unseen=-1_000)
                    put_profile(stores, tools.vault, handle=handle, group_key=group_key, profile=awake)


def ask_question(
    tools: Toolbox,
    person: Person,
    *,
    title: str = "稚魚が朝に死にます",
    audience: Audience = Audience.DOMAIN,
    excluded: frozenset[str] = frozenset(),
    urgent: bool = False,
) -> str:
    """Ask about rainbow trout fry; the thread's id."""
    question = Question("rainbow-trout", "disease", title, fields=TEXT, audience=audience, urgent=urgent)
    with tools.database.transaction("keys", "content") as stores:
        return ask(
            stores,
            tools.vault,
            tools.trade,
            viewer=viewer_of(tools, person),
            question=question,
            window=tools.window,
            today=today(tools.clock.now()),
            excluded=excluded,
        )


def work(tools: Toolbox, *, hours: float = 0) -> Worker:
    """Move the clock and let the worker do all that is due."""
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=hours)
    worker = make_worker(tools)
    worker.start()
    worker.run_until_idle()
    return worker


def live_through(tools: Toolbox, *, until: str = "ended", pace: float = 1) -> None:
    """Let what was just published and not answered come to a stage, each in its time."""
    times = timetable_of(tools.settings)
    marks = (0, times.second, times.third, times.domain, times.coordinator, times.ended)
    for stage, before, after in zip(STAGES[1:], marks, marks[1:], strict=False):
        work(tools, hours=(after - before) / pace)
        if stage == until:
            break


def offers_of(tools: Toolbox, person: Person) -> list[Offered]:
    """The open offers in a person's inboxes."""
    handles = handles_of(viewer_of(tools, person)).values()
    with tools.database.reading() as stores:
        return offers.to(stores, tools.vault, handles)


def all_offers(stores: Stores, vault: Vault) -> list[Offered]:
    """Everybody's open offers."""
    threads = stores.content.scalars(select(Offer.thread_id).distinct()).all()
    return [one for thread in threads for one in offers.on_thread(stores, vault, thread)]


def answer(tools: Toolbox, person: Person, thread_id: str) -> None:
    """Answer what came to the person's queue, and let it appear."""
    offer = next(one for one in offers_of(tools, person) if one.thread_id == thread_id)
    with tools.database.transaction("keys", "content") as stores:
        service.answer(
            stores,
            tools.vault,
            tools.trade,
            viewer=viewer_of(tools, person),
            offer_id=offer.id,
            text="夜明け前に溶存酸素を測ってください。",
            token="",
            at_once=False,
            contact=None,
            window=tools.window,
            today=today(tools.clock.now()),
            until=tools.window + 48,
        )
    work(tools, hours=26)
