"""The watch over the suite's logs: it catches what it is there for, and it has been listening."""

import logging
from collections.abc import Callable

import pytest
import structlog
from flask import Flask
from sqlalchemy import select

from app.logs.models import SecurityEntry
from app.questions.drafts import keep_draft
from app.queues.models import Expert
from app.wiring import Toolbox
from tests.app.questions import makers
from tests.app.queues.stage import ask_question, opt_in, work
from tests.cast import PASSWORD, Cast, post, signed_in
from tests.watch import VISITORS, WATCH

TITLE = "明け方にだけ稚魚が浮きます"


def overheard(tools: Toolbox) -> list[str]:
    found = WATCH.leaks()
    WATCH.text.clear()
    return found


def handle(tools: Toolbox) -> str:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Expert.handle)).first() or ""


@pytest.mark.parametrize(
    ("kind", "secret"),
    [
        ("mail address", lambda tools, cast: cast.alice.mail),
        ("member id", lambda tools, cast: cast.alice.member_id),
        ("text of threads", lambda tools, cast: TITLE),
        ("routing handle", lambda tools, cast: handle(tools)),
        ("a visitor's address", lambda tools, cast: "203.0.113.5"),
    ],
)
def test_what_may_not_be_logged_is_caught(
    tools: Toolbox, cast: Cast, kind: str, secret: Callable[[Toolbox, Cast], str]
) -> None:
    opt_in(tools, cast.bob)
    ask_question(tools, cast.alice, title=TITLE)
    work(tools, hours=5)
    WATCH.text.clear()
    logging.getLogger("somewhere").debug("done with %s", secret(tools, cast))
    assert overheard(tools) == [kind]
    structlog.get_logger().info("done", about=secret(tools, cast))
    assert overheard(tools) == [kind]


FIELD, ASKED, TYPED = "酸素の管を夜だけ浅くしています", "網を替えてから餌を食べません", "まだ書きかけの相談です"
ANSWER, LINE = "餌の前に流れを止めてみてください", "二行目だけを写した記録"


@pytest.mark.parametrize(
    ("kind", "secret"),
    [
        ("text of threads", FIELD),
        ("text of threads", ASKED),
        ("text of posts", ANSWER),
        ("text of posts", LINE),
        ("draft", TYPED),
    ],
)
@pytest.mark.parametrize("published", [True, False], ids=["published", "waiting"])
def test_every_string_somebody_wrote_is_private(
    tools: Toolbox, cast: Cast, kind: str, secret: str, published: bool
) -> None:
    """Fields, answers, a single line of them, and drafts; what waits for its window as well as what is out."""
    thread = makers.published(tools, cast.alice, makers.make_question(fields={"situation": f"朝です。\n{FIELD}"}))
    makers.answer(tools, cast.bob, thread, text=f"{ANSWER}\n{LINE}")
    makers.ask(tools, cast.dave, makers.make_question(fields={"situation": ASKED}))
    with tools.database.transaction("content") as stores:
        keep_draft(stores, cast.carol.secret, {"title": TYPED, "subject": "rainbow-trout"})
    if published:
        makers.publish(tools)
    WATCH.text.clear()
    logging.getLogger("somewhere").debug("done with %s", secret)
    assert set(overheard(tools)) == {kind}


def test_what_a_process_of_its_own_writes_beside_the_database_is_overheard(tools: Toolbox, cast: Cast) -> None:
    path = tools.settings.data_dir / "web.log"
    path.write_text(f"done with {cast.alice.mail}", "utf-8")
    assert overheard(tools) == ["mail address"]
    path.unlink()


def test_a_member_in_a_log_table_is_caught(tools: Toolbox, cast: Cast) -> None:
    with tools.database.transaction("identity") as stores:
        entry = SecurityEntry(number=1, hour=0, event="password.changed", who=cast.alice.member_id, address="", hash="")
        stores.identity.add(entry)
    assert overheard(tools) == ["member id"]
    with tools.database.transaction("identity") as stores:
        stores.identity.delete(stores.identity.get_one(SecurityEntry, 1))


def test_a_whole_story_with_every_logger_at_its_loudest(tools: Toolbox, cast: Cast, app: Flask) -> None:
    """Statements are logged then, and what was bound to them stays out."""
    loud = [logging.getLogger(name) for name in ("sqlalchemy", "sqlalchemy.engine", "werkzeug", "app")]
    before = [one.level for one in loud]
    for one in loud:
        one.setLevel(logging.DEBUG)
    for engine in tools.database.engines.values():
        engine.echo = "debug"
    try:
        opt_in(tools, cast.bob)
        ask_question(tools, cast.alice, title=TITLE)
        work(tools, hours=5)
        alice = signed_in(app, cast.alice)
        alice.environ_base["REMOTE_ADDR"] = "203.0.113.5"
        for path in ("/", "/mine", "/threads", "/queue", "/account"):
            assert alice.get(path).status_code == 200
        post(app.test_client(), "/sign-in", {"mail": cast.alice.mail, "password": f"not {PASSWORD}"})
    finally:
        for one, level in zip(loud, before, strict=True):
            one.setLevel(level)
        for engine in tools.database.engines.values():
            engine.echo = False
    assert any("SELECT" in text for text in WATCH.text)  # they were loud indeed
    assert not VISITORS.search("\n".join(WATCH.text))
    assert WATCH.leaks() == []


def test_it_has_been_listening(request: pytest.FixtureRequest) -> None:
    """After the whole suite there must be something it heard."""
    if request.session.testscollected > 1000:
        assert WATCH.seen > 100
