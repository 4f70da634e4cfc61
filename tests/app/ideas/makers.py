"""Ideas for tests, made through the services as the routes do; and the worker and the reporter that come after."""

from typing import Any

from sqlalchemy import func, select

from app.clock import SetClock, today
from app.community.models import Ballot
from app.ideas import board, reads, service, votes
from app.ideas.models import Idea
from app.ideas.rules import VOTE
from app.ideas.service import NewIdea
from app.ideas.worker import handlers
from app.insights.keyring import ReporterKeys
from app.insights.votes import Votes
from app.jobs import queue
from app.jobs.queue import Task
from app.tallies import worker as tallies
from app.wiring import Toolbox
from tests.app.questions.makers import open_table_with, publish
from tests.cast import Person, make_person, viewer_of
from tests.conftest import make_app

__all__ = ["make_app", "open_table_with", "publish"]

TITLE = "濡れた手でも押せる、給餌の記録"
WISH = "手袋のまま、大きなボタンだけで残餌の量を残せるようにしたいです。"


def new_idea(title: str = TITLE, **changes: Any) -> NewIdea:
    """An idea of every group."""
    texts = {"title": title, "aim": WISH, "for_whom": "ひとりで見回る人", "now": "防水の手帳に書いています。"}
    return NewIdea(**{"texts": texts, "group": "", "topic": "feed", "may_be_listed": True, **changes})


def day_of(tools: Toolbox) -> Any:
    return today(tools.clock.now())


def work(tools: Toolbox) -> None:
    """Publish what is due, and do the jobs of this feature that come of it."""
    publish(tools)
    do_jobs(tools)


def do_jobs(tools: Toolbox) -> None:
    """The jobs of this feature that are due by now."""
    for kind, handle in {**handlers(tools), **tallies.handlers(tools)}.items():
        while due := _due(tools, kind):
            handle(due[0])


def _due(tools: Toolbox, kind: str) -> list[Task]:
    with tools.database.reading() as stores:
        return queue.waiting(stores, tools.vault, kind, window=tools.window, most=1)


def post_idea(tools: Toolbox, person: Person, title: str = TITLE, *, out: bool = True, **changes: Any) -> str:
    """An idea of this person; its id once it is out."""
    before = ids(tools)
    with tools.database.transaction("content", "keys") as stores:
        service.post_idea(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), idea=new_idea(title, **changes),
            window=tools.window, today=day_of(tools),
        )  # fmt: skip
    if not out:
        return ""
    work(tools)
    [made] = ids(tools) - before
    return made


def post_company(tools: Toolbox, person: Person, title: str = "水温計とつなぐ") -> str:
    """An item of the company's."""
    before = ids(tools)
    with tools.database.transaction("content", "keys") as stores:
        service.post_company_idea(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), idea=new_idea(title),
            window=tools.window, today=day_of(tools),
        )  # fmt: skip
    work(tools)
    [made] = ids(tools) - before
    return made


def reply(tools: Toolbox, person: Person, idea_id: str, text: str = "うちもほしいです。", *, to: str = "") -> None:
    """A reply that is out."""
    with tools.database.transaction("content", "keys") as stores:
        service.add_reply(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), idea=service.find_idea(stores, idea_id),
            text=text, to=to, window=tools.window, today=day_of(tools),
        )  # fmt: skip
    work(tools)


def change(tools: Toolbox, idea_id: str, to: str, *, into: str = "", by: Any = "company") -> None:
    """Say what becomes of it."""
    with tools.database.transaction("content") as stores:
        service.change_state(
            stores, tools.vault, idea=service.find_idea(stores, idea_id), to=to, reason="現場で3か月ためしてから決めます。",
            by=by, into=service.find_idea(stores, into) if into else None, window=tools.window, today=day_of(tools),
        )  # fmt: skip


def vote(tools: Toolbox, person: Person, idea_id: str) -> None:
    """This person's one vote."""
    with tools.database.transaction("content") as stores:
        votes.vote(
            stores, tools.vault, viewer=viewer_of(tools, person), idea=service.find_idea(stores, idea_id)
        )  # fmt: skip


def reporter(tools: Toolbox) -> Votes:
    """What the reporter does for ideas."""
    return Votes(tools, ReporterKeys(tools.settings.reporter_folder))


def next_monday(tools: Toolbox) -> None:
    """Monday comes, and the reporter works."""
    to_day(tools, 7 - day_of(tools).weekday())
    reporter(tools).work(day_of(tools))


def to_day(tools: Toolbox, days: int) -> None:
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=24 * days)


def crowd(tools: Toolbox, organisation_ids: list[str], each: int) -> list[Person]:
    """So many people of each organisation."""
    return [
        make_person(tools, f"voter{number}-{at}", one)
        for at, one in enumerate(organisation_ids)
        for number in range(each)
    ]


def row(tools: Toolbox, idea_id: str) -> Idea:
    with tools.database.reading() as stores:
        return service.find_idea(stores, idea_id)


def ids(tools: Toolbox) -> set[str]:
    with tools.database.reading() as stores:
        return set(stores.content.scalars(select(Idea.id)))


def votes_on(tools: Toolbox, idea_id: str) -> int:
    with tools.database.reading() as stores:
        counted = select(func.count()).where(Ballot.object == idea_id, Ballot.purpose == VOTE)
        return stores.content.scalar(counted) or 0


def page(tools: Toolbox, person: Person, idea_id: str) -> reads.IdeaPage:
    """An idea as this person sees it."""
    with tools.database.reading() as stores:
        return reads.idea_page(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), idea_id=idea_id, today=day_of(tools)
        )


def listed(tools: Toolbox, person: Person, *, after: str = "", **filters: str) -> board.Board:
    """A page of the board as this person sees it."""
    look = board.Look(viewer_of(tools, person), day_of(tools), **filters)
    with tools.database.reading() as stores:
        return board.board(stores, tools.vault, tools.trade, look=look, after=after)
