"""A small network in which every route has something to find: made once, copied for each row of the access table."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import passkeys
from app.accounts.ceremony import NewKey
from app.accounts.sessions import list_devices
from app.clock import today
from app.escalation import service as escalation
from app.gate.models import WishedWord
from app.gate.wishes import note_wish
from app.ideas import talks
from app.ideas.service import find_idea
from app.moderation import flags, held, service
from app.moderation.cases import open_cases
from app.questions.models import Post, Thread
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag
from privacy.scopes import Audience
from tests.app.community import makers as community
from tests.app.ideas import makers as ideas
from tests.app.insights.releases import put_quarters
from tests.app.questions.makers import FORM, answer, ask, make_question, publish
from tests.app.queues.stage import live_through, offers_of, opt_in, stay_awake
from tests.cast import Cast, make_cast, signed_in, token_in, viewer_of
from tests.conftest import make_app, make_tools
from tests.project.house_cohorts import put_cohort
from tests.project.house_knowledge import put_articles, write_note
from tests.project.house_recognition import put_recognition
from tests.project.house_sessions import put_sessions

ROLES = {
    "anonymous": None, "member": "alice", "other": "bob", "colleague": "dave",
    "coordinator": "erin", "analyst": "frank", "waiting": "grace",
    "operator": "heidi", "auditor": "oscar",
}  # fmt: skip
TOKEN_PAGES = {"anonymous": "/sign-in"}


@dataclass
class House:
    """The folder, what stands in it, and everybody's cookies; a token of a form for each."""

    folder: Path
    seconds: float
    ids: dict[str, str]
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def copy(self, folder: Path) -> Toolbox:
        """The same house in another folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        tools = make_tools(folder)
        tools.clock.seconds = self.seconds  # type: ignore[attr-defined]
        return tools

    def browser(self, app: Flask, role: str) -> FlaskClient:
        """The browser of one role, signed in already."""
        client = app.test_client()
        for name, value in self.cookies[role].items():
            client.set_cookie(name, value, secure=True)
        return client


def make_house(folder: Path) -> House:
    """Threads, an answer, open offers, a post that still waits, and somebody of every role signed in."""
    tools = make_tools(folder)
    cast = make_cast(tools)
    ids = {"nothing": "0" * 32, **put_cohort(tools, cast)}  # first: its term begins when the next day does
    ids |= {"said": _say(tools, cast), "note": write_note(tools, cast), **_threads(tools, cast)}
    put_quarters(tools)
    ids |= put_sessions(tools, cast, ids["hers"])
    ids |= put_recognition(tools, cast)
    ids["named"] = cast.organisations["unverified"]
    ids["idea"] = put_idea(tools, cast)
    ids |= put_articles(tools, cast, ids["hers"])
    ids["word"] = wish_word(tools, cast, ids["hers"])
    ids["unpublished"] = ask(tools, cast.alice)  # last: no window comes any more
    house = House(folder, tools.clock.now(), ids)
    app = make_app(tools)
    for role, name in ROLES.items():
        client = signed_in(app, cast[name]) if name else app.test_client()
        house.tokens[role] = token_in(client.get(TOKEN_PAGES.get(role, "/account")))
        house.cookies[role] = {cookie.key: cookie.value for cookie in client._cookies.values()}
        if role == "member":
            kept = client.post("/ask/preview", data={"csrf_token": house.tokens[role], **FORM})
            assert kept.status_code == 303, "a draft for the preview"
    ids["her_device"], ids["her_passkey"] = _device(tools, cast, "alice"), _passkey(tools, cast, "alice")
    tools.database.close()
    return house


def _say(tools: Toolbox, cast: Cast) -> str:
    """What alice wrote at a place of the community."""
    place = community.opened(tools, cast.alice)
    return community.seen(tools, cast.alice, place)[0].id


def wish_word(tools: Toolbox, cast: Cast, thread: str) -> str:
    """Somebody wishes a coordinator's word about a question of theirs."""
    tag = str(owner_tag(cast.alice.secret, thread))
    about = {"thread": thread, "post": thread, "kind": "question", "tag": tag}
    with tools.database.transaction("content", "keys") as stores:
        note_wish(stores, tools.vault, about=about, window=tools.window, window_seconds=tools.settings.window_seconds)
        stores.content.flush()  # for its id
        return stores.content.scalars(select(WishedWord.id)).one()


def put_idea(tools: Toolbox, cast: Cast) -> str:
    """Alice's, with a talk that runs between her and the company."""
    ideas.reporter(tools).work(today(tools.clock.now()))
    idea = ideas.post_idea(tools, cast.alice)
    with tools.database.transaction("content") as stores:
        row, when = find_idea(stores, idea), {"window": tools.window}
        talks.invite(stores, tools.vault, idea=row, words="朝の順番", today=today(tools.clock.now()), **when)
        talks.answer_invitation(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), idea=row, word="yes", due=tools.window
        )  # fmt: skip
    ideas.work(tools)  # so that the company has been told
    return idea


def _threads(tools: Toolbox, cast: Cast) -> dict[str, str]:
    opt_in(tools, cast.bob, cast.carol)
    stay_awake(tools, cast.bob, cast.carol)
    ids = {"ended": ask(tools, cast.alice), "wished": ask(tools, cast.alice)}
    publish(tools)
    live_through(tools)
    with tools.database.transaction("content") as stores:
        day, alice = today(tools.clock.now()), viewer_of(tools, cast.alice)
        escalation.wish(
            stores, tools.vault, viewer=alice, thread_id=ids["wished"], kind="idea", today=day, window=tools.window
        )
    ids |= {
        "hers": ask(tools, cast.alice),
        "to_experts": ask(tools, cast.alice, make_question(audience=Audience.EXPERTS)),
        "to_company": ask(tools, cast.alice, make_question(company_may=True)),
        "theirs": ask(tools, cast.bob),
    }
    publish(tools)
    answer(tools, cast.carol, ids["hers"])
    live_through(tools, until="coordinator")
    _propose(tools, ids["to_company"])
    ids |= _looked_at(tools, cast, ids["theirs"])
    with tools.database.reading() as stores:
        ids["answer"] = stores.content.scalars(select(Post.id).where(Post.thread_id == ids["hers"])).one()
    for name in ("bob", "carol"):
        ids[f"{name}s_offer"] = next(o.id for o in offers_of(tools, cast[name]) if o.thread_id == ids["to_experts"])
    return ids


def _looked_at(tools: Toolbox, cast: Cast, theirs: str) -> dict[str, str]:
    """A flag and a held answer on erin's desk; of alice's a question kept hidden, one with words to take out, and one
    that was not let out."""
    ids = {"kept": ask(tools, cast.alice), "wordy": ask(tools, cast.alice)}
    publish(tools)
    ids["refused_thread"] = ask(tools, cast.alice, make_question(title="1kg 250円の餌"))
    answer(tools, cast.carol, theirs, "1kg 250円でした。")
    when: dict[str, Any] = {"window": tools.window, "today": today(tools.clock.now())}
    erin, carol = viewer_of(tools, cast.erin), viewer_of(tools, cast.carol)
    said = {"reason": "identifying", "sentence": "船の名前です。", **when}
    with tools.database.transaction("content") as stores:
        common = (stores, tools.vault, tools.trade)
        for thread in (theirs, ids["kept"], ids["wordy"]):
            flags.flag(*common, viewer=carol, thread_id=thread, object=thread, reason="charter", comment="", **when)
        cases = {one.thread: one.id for one in open_cases(stores, tools.vault)}
        service.decide(*common, viewer=erin, case_id=cases[ids["kept"]], do="keep", **said)
        service.decide(*common, viewer=erin, case_id=cases[ids["wordy"]], do="words", **said)
        waiting = {one.thread: one.row.id for one in held.on_desk(*common, viewer=erin)}
        held.decide(*common, viewer=erin, held_id=waiting[ids["refused_thread"]], do="refuse", **said)
    return {**ids, "case": cases[theirs], "held": waiting[theirs], "refused": waiting[ids["refused_thread"]]}


def _propose(tools: Toolbox, thread_id: str) -> None:
    with tools.database.transaction("content") as stores:
        escalation.propose(
            stores, tools.vault, stores.content.get_one(Thread, thread_id), kind="outside",
            words={"words": "淡水の養殖で、朝にだけ魚が弱ることはありますか。"}, today=today(tools.clock.now()),
            window=tools.window,
        )  # fmt: skip


def _device(tools: Toolbox, cast: Cast, name: str) -> str:
    with tools.database.reading() as stores:
        devices = list_devices(stores, viewer=viewer_of(tools, cast[name]), today=today(tools.clock.now()))
    return devices[0].id


def _passkey(tools: Toolbox, cast: Cast, name: str) -> str:
    who, day = {"member_id": cast[name].member_id}, today(tools.clock.now())
    with tools.database.transaction("identity") as stores:
        passkeys.add(
            stores, tools.vault, **who, secret=cast[name].secret, made=NewKey(b"c" * 16, b"p", 0), output=b"o" * 32,
            label="電話", today=day,
        )  # fmt: skip
        return passkeys.list_passkeys(stores, tools.vault, **who)[0].id
