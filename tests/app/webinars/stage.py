"""Sessions for tests, made through the services as the routes do, and the worker's part of them."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.clock import JAPAN, today
from app.community.models import Writing
from app.community.windows import heard_in
from app.domains.service import policy_of
from app.processes import publish as publish_due
from app.questions.models import Post
from app.webinars import planning, signing, speaking, writing
from app.webinars.models import Talk
from app.webinars.planning import Plan
from app.webinars.rules import Times
from app.webinars.speaking import Appearance
from app.webinars.worker import keep_sessions
from app.webinars.writing import Moment
from app.wiring import Toolbox
from tests.app.questions import makers
from tests.cast import Cast, Person, viewer_of

LINK = "https://rooms.example/harbour-7f31?pwd=hidden-word"
TITLE = "夏の高水温をどう越すか"
ABOUT = "水温が上がる前にできることを、経験した方に聞きます。"


def make_plan(tools: Toolbox, **changes: object) -> Plan:
    """A text session in three days, 19:30 to 20:30."""
    day = today(tools.clock.now()) + timedelta(days=3)
    values: dict[str, object] = {
        "form": "text", "times": Times(day, 19 * 60 + 30, 60), "company_may": False, "title": TITLE, "about": ABOUT,
    }  # fmt: skip
    return Plan(**{**values, **changes})  # type: ignore[arg-type]


def plan(tools: Toolbox, **changes: object) -> str:
    with tools.database.transaction("content") as stores:
        return planning.plan(stores, tools.vault, plan=make_plan(tools, **changes))


def answered_thread(tools: Toolbox, cast: Cast, *answerers: Person) -> tuple[str, list[str]]:
    """A thread of alice's with one answer of each, and the posts in their order."""
    thread_id = makers.published(tools, cast.alice)
    for number, one in enumerate(answerers):
        makers.answer(tools, one, thread_id, text=f"酸素を測ってみてください。{number}")
        makers.publish(tools)
    with tools.database.reading() as stores:
        rows = stores.content.scalars(select(Post).where(Post.thread_id == thread_id).order_by(Post.place)).all()
        return thread_id, [row.id for row in rows]


def invite(tools: Toolbox, cast: Cast, talk_id: str, thread_id: str, post_id: str) -> str:
    with tools.database.transaction("content") as stores:
        erin = viewer_of(tools, cast.erin)
        handle = planning.find_handle(
            stores, tools.vault, tools.trade, viewer=erin, thread_id=thread_id, post_id=post_id
        )
        return planning.invite(
            stores, tools.vault, viewer=erin, talk_id=talk_id, handle=handle, today=today(tools.clock.now()),
            window=tools.window,
        )  # fmt: skip


def accept(tools: Toolbox, person: Person, talk_id: str, looks: Appearance | None = None) -> None:
    with tools.database.transaction("content", "keys") as stores:
        speaking.accept(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), talk_id=talk_id,
            looks=looks or Appearance(), policy=policy_of(tools.settings), today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip
    hear(tools, talk_id)


def hear(tools: Toolbox, talk_id: str) -> None:
    """The next publication: what the lecturers of a session said shows."""
    with tools.database.transaction("content") as stores:
        speaking.settle(stores, tools.vault, talk_id=talk_id, window=heard_in(stores, tools.window))


def announce(tools: Toolbox, cast: Cast, talk_id: str) -> None:
    with tools.database.transaction("content") as stores:
        planning.announce(stores, tools.vault, viewer=viewer_of(tools, cast.erin), talk_id=talk_id, window=tools.window)


def announced(tools: Toolbox, cast: Cast, *speakers: Person, **changes: object) -> str:
    """A session whose lecturers (bob, unless others) agreed, on everybody's list."""
    lecturers = speakers or (cast.bob,)
    thread_id, posts = answered_thread(tools, cast, *lecturers)
    talk_id = plan(tools, **changes)
    for one, post_id in zip(lecturers, posts, strict=True):
        invite(tools, cast, talk_id, thread_id, post_id)
        accept(tools, one, talk_id)
    announce(tools, cast, talk_id)
    return talk_id


def moment(tools: Toolbox) -> Moment:
    return Moment(tools.clock.now(), tools.window, today(tools.clock.now()))


def sign_up(tools: Toolbox, talk_id: str, *people: Person) -> None:
    for one in people:
        with tools.database.transaction("content") as stores:
            signing.sign_up(stores, tools.vault, viewer=viewer_of(tools, one), talk_id=talk_id, now=tools.clock.now())


def ask(tools: Toolbox, person: Person, talk_id: str, text: str = "酸素は何時に測りますか。") -> str:
    with tools.database.transaction("content", "keys") as stores:
        viewer = viewer_of(tools, person)
        writing.ask(stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, text=text, moment=moment(tools))
    return text


def say(tools: Toolbox, person: Person, talk_id: str, text: str, to: str = "") -> None:
    with tools.database.transaction("content", "keys") as stores:
        viewer = viewer_of(tools, person)
        writing.say(
            stores, tools.vault, tools.trade, viewer=viewer, talk_id=talk_id, text=text, to=to, moment=moment(tools)
        )


def move_to(tools: Toolbox, talk_id: str, minutes: int) -> None:
    """Put the clock so many minutes after the announced beginning."""
    with tools.database.reading() as stores:
        row = stores.content.get_one(Talk, talk_id)
        start = Times(date.fromordinal(row.day), row.begins, row.length).start.timestamp()
    tools.clock.move(seconds=start + minutes * 60 - tools.clock.now())  # type: ignore[attr-defined]


def come_out(tools: Toolbox) -> None:
    """What is due comes out, as the worker does it."""
    publish_due(tools)


def keep(tools: Toolbox) -> None:
    keep_sessions(tools)


def question_ids(tools: Toolbox, talk_id: str) -> list[str]:
    with tools.database.reading() as stores:
        query = select(Writing.id).where(Writing.place == talk_id, Writing.kind == "question")
        return list(stores.content.scalars(query.order_by(Writing.position)))


def move_on_to(tools: Toolbox, day: date) -> None:
    """Put the clock at noon of a day."""
    noon = datetime.combine(day, time(12), JAPAN).timestamp()
    tools.clock.move(seconds=noon - tools.clock.now())  # type: ignore[attr-defined]
