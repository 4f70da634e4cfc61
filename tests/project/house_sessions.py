"""Sessions for the house: coming, running, in a video room, over with a question open, and one alice is asked to lecture at."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.clock import JAPAN, today
from app.community.models import Writing
from app.community.windows import heard_in
from app.processes import publish
from app.webinars import planning, signing, speaking, writing
from app.webinars.models import Talk
from app.webinars.planning import Handle, Plan
from app.webinars.rules import Times
from app.webinars.speaking import Appearance
from app.webinars.worker import keep_sessions
from app.webinars.writing import Moment
from app.wiring import Toolbox
from privacy.anonymity import Policy
from privacy.pseudonyms import owner_tag
from tests.cast import Cast, viewer_of

A_DAY = 24 * 60


def put_sessions(tools: Toolbox, cast: Cast, hers: str) -> dict[str, str]:
    """alice lectures, asked by the handle of her question `hers`; bob signed up and asks. The clock stands still."""
    now = datetime.fromtimestamp(tools.clock.now(), JAPAN)
    begun = Times(now.date(), 0, A_DAY)
    ids = {
        "talk": _plan(tools, Times(now.date() + timedelta(days=3), 1170, 60), company_may=True),
        "live": _plan(tools, begun, company_may=True, by_company=True),
        "past": _plan(tools, begun),
        "video": _plan(tools, begun, form="video", link="https://rooms.example/harbour"),
        "planned": _plan(tools, Times(now.date() + timedelta(days=9), 1170, 60), by_company=True),
    }
    for name, talk_id in ids.items():
        _invite(tools, cast, talk_id, hers)
        if name != "planned":
            _announce(tools, cast, talk_id)
    ids |= {"live_question": _ask(tools, cast, ids["live"]), "open_question": _ask(tools, cast, ids["past"])}
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Talk, ids["past"]).day -= 2
        bob = viewer_of(tools, cast.bob)
        signing.sign_up(stores, tools.vault, viewer=bob, talk_id=ids["video"], now=tools.clock.now())
    keep_sessions(tools)
    return ids


def _plan(tools: Toolbox, times: Times, **more: Any) -> str:
    plan = Plan(
        **{"form": "text", "company_may": False, "title": "夏の高水温", "about": "備えを聞きます。", **more},
        times=times,
    )
    with tools.database.transaction("content") as stores:
        return planning.plan(stores, tools.vault, plan=plan)


def _invite(tools: Toolbox, cast: Cast, talk_id: str, hers: str) -> None:
    handle = Handle(hers, hers, str(owner_tag(cast.alice.secret, hers)))
    with tools.database.transaction("content") as stores:
        day, erin = today(tools.clock.now()), viewer_of(tools, cast.erin)
        planning.invite(
            stores, tools.vault, viewer=erin, talk_id=talk_id, handle=handle, today=day, window=tools.window
        )


def _announce(tools: Toolbox, cast: Cast, talk_id: str) -> None:
    with tools.database.transaction("content", "keys") as stores:
        day, alice = today(tools.clock.now()), viewer_of(tools, cast.alice)
        speaking.accept(
            stores, tools.vault, tools.trade, viewer=alice, talk_id=talk_id, looks=Appearance(), policy=Policy(),
            today=day, window=tools.window,
        )  # fmt: skip
        stores.content.flush()  # the lecturer is looked up
        speaking.settle(stores, tools.vault, talk_id=talk_id, window=heard_in(stores, tools.window))
        planning.announce(stores, tools.vault, viewer=viewer_of(tools, cast.erin), talk_id=talk_id, window=tools.window)


def _ask(tools: Toolbox, cast: Cast, talk_id: str) -> str:
    moment = Moment(tools.clock.now(), tools.window, today(tools.clock.now()))
    with tools.database.transaction("content", "keys") as stores:
        writing.ask(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.bob), talk_id=talk_id,
            text="酸素は何時に測りますか。", moment=moment,
        )  # fmt: skip
    publish(tools)
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Writing.id).where(Writing.place == talk_id)).one()
