"""Write the plan through the services a real network uses. Vectors are the worker's: what it has to do is left as jobs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import SystemRandom
from typing import Final

from sqlalchemy import delete

from app.accounts.models import Member
from app.accounts.service import Enrolled, set_profile
from app.accounts.sessions import make_viewer
from app.accounts.viewer import Viewer
from app.db import Stores
from app.demo.boarding import Board
from app.demo.counting import put_down, report, working_days
from app.demo.doorway import Doorway, change_charter
from app.demo.gathering import Gathering
from app.demo.history import Desk, History
from app.demo.lately import Morning
from app.demo.people import STORY, PlannedMember
from app.demo.picking import Picking
from app.demo.plan import SLOTS, Plan
from app.demo.recognition import Year
from app.demo.sessions import Programme
from app.demo.settling import settle_people
from app.demo.shelf import Shelf
from app.domains import service as domains
from app.domains.claim import claim_database
from app.domains.reads import OpenTable, open_table
from app.domains.rules import groups_of, nearest_open, open_everywhere
from app.jobs import queue
from app.jobs.models import Job
from app.mail.mailbox import Mailbox
from app.mail.service import address_box
from app.operating import service as setting_up
from app.operating.rules import STEPS
from app.questions.reminding import DAYS, REMIND
from app.queues.service import opt_in
from app.wiring import Toolbox

CHUNK: Final = 60  # half days a transaction
RECENT: Final = 2 * DAYS[-1]  # half days within which an asker may still be asked whether it helped
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written."""

    organisations: int
    members: int
    threads: int
    answers: int


def work_in(plan: Plan) -> int:
    """How many steps `fill` reports: people, and half days."""
    return len(plan.members) + SLOTS


def claim(tools: Toolbox) -> bool:
    """Claim the files for the demo; False when they were its own already. Raises ForeignDatabase."""
    with tools.database.transaction("content") as stores:
        return claim_database(
            stores, key=tools.trade.network.key, demo=True, window_seconds=tools.settings.window_seconds
        )


def fill(tools: Toolbox, plan: Plan, *, progress: Progress = lambda _: None) -> Filled:
    """Write everything into files this demo claimed."""
    change_charter(tools, plan)
    history = _begin(tools, plan, settle_people(tools, plan, progress=progress))
    reporting = working_days(plan)
    for start, end in pairwise(sorted({*range(0, SLOTS, CHUNK), *reporting, SLOTS})):
        if start in reporting:
            report(tools, reporting[start])
        with tools.database.transaction("content", "keys") as stores:
            desk = Desk(stores, tools, history)
            for slot in range(start, end):
                desk.write(slot)
            put_down(stores, tools)
            stores.content.execute(delete(Job))  # notices and embeddings of the past: _leave_work puts what is left
        progress(end - start)
    Board(tools, history).write()
    with tools.database.transaction("content", "keys") as stores:
        Programme(stores, tools, history).write()
        Year(stores, tools, history).write()
        Doorway(stores, tools, history).write()
        Morning(stores, tools, history).write()
        for step in STEPS:
            setting_up.note_done(stores, tools.vault, step=step, today=plan.today)
        setting_up.finish(stores, tools.vault, today=plan.today)
    with tools.database.transaction("content", "keys") as stores:
        Shelf(stores, tools, history).write()
        Picking(stores, tools, history).write()
        Gathering(stores, tools, history).write()
    _leave_work(tools, history)
    answers = sum(post.kind == "answer" for thread in plan.threads for post in thread.posts)
    return Filled(len(plan.organisations), len(plan.members), len(plan.threads), answers)


def _begin(tools: Toolbox, plan: Plan, enrolled: Sequence[Enrolled]) -> History:
    """Count the crowds, once; then let everybody choose what they show and what they may be asked."""
    with tools.database.transaction("identity", "keys", "content") as stores:
        domains.refresh_open_vectors(stores, tools.vault, tools.trade, tools.settings, plan.today)
        table = open_table(stores, tools.trade)
        viewers = []
        for one, member in zip(enrolled, plan.members, strict=True):
            viewer = _viewer(stores, tools, plan, one)
            viewers.append(_choose_profile(stores, tools, plan, viewer, member, table))
            _opt_in(stores, tools, viewer, member)
    return History(plan, viewers)


def _viewer(stores: Stores, tools: Toolbox, plan: Plan, one: Enrolled) -> Viewer:
    member = stores.identity.get_one(Member, one.member_id)
    return make_viewer(stores, tools.vault, member=member, secret=one.secret, session_id="", today=plan.today)


def _choose_profile(
    stores: Stores, tools: Toolbox, plan: Plan, viewer: Viewer, member: PlannedMember, table: OpenTable
) -> Viewer:
    """The nearest open levels to what they wish; who wishes nothing shows the domain group only."""
    if not member.wish:
        return viewer
    shared = open_everywhere(table.by_group, groups_of(tools.trade, viewer.subjects))
    levels: Mapping[str, int] = nearest_open(tools.trade, member.wish, member.wish, shared)
    set_profile(stores, tools.vault, member_id=viewer.member_id, levels=levels, today=plan.today)
    return replace(viewer, profile=levels)


def _opt_in(stores: Stores, tools: Toolbox, viewer: Viewer, member: PlannedMember) -> None:
    """Only one-tap people have somewhere to be told: the others' addresses are nobody's."""
    if not member.capacity:
        return
    for subject in viewer.subjects:
        box = _box(tools, member) if member.person else None
        opt_in(
            stores, tools.vault, tools.trade, viewer=viewer, subject=subject, topics=member.topics[1], capacity=member.capacity,
            away_until=0, box=box,
        )  # fmt: skip


def _box(tools: Toolbox, member: PlannedMember) -> bytes:
    return address_box(tools.post_office_public, Mailbox(member.mail), locale="ja")


def _leave_work(tools: Toolbox, history: History) -> None:
    """One job a thread, subject by subject with the story's own first, and in each the open questions last.

    Jobs due later are done first, so what is to come first is due last; by then the router has something to go by.
    """
    subjects = sorted(tools.trade.subjects, key=lambda subject: subject != STORY)
    left = list(history.threads.items())
    SystemRandom().shuffle(left)
    with tools.database.transaction("content") as stores:
        for number, thread_id in left:
            thread = history.plan.threads[number]
            place = 2 * subjects.index(thread.story.subject) + thread.is_open
            payload = {"thread": thread_id, "route": thread.is_open and not thread.is_late}
            queue.put(stores, tools.vault, "index", payload, due=tools.window - place)
            if thread.posts and SLOTS - thread.at < RECENT:
                queue.put(stores, tools.vault, REMIND, {"thread": thread_id}, due=tools.window)
