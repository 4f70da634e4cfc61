"""What falls with words of a coordinator that somebody wished for."""

import json
from dataclasses import asdict

from sqlalchemy import select

from app.clock import today
from app.gate import wishes
from app.gate.models import WishedWord
from app.gate.rules import WORD_HOURS
from app.questions.models import Thread
from app.wiring import Toolbox
from privacy.times import windows_after
from tests.app.pages.thieves import file_of
from tests.app.questions.makers import ask, make_question
from tests.app.queues.stage import work
from tests.cast import Cast, viewer_of

WORD = "朝の様子がよくわかりました。"


def check_words_are_counted(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """How many are waited for, and until when; not on which post, nor what was said."""
    wished, size = _wished(tools, cast), len(_row(tools).sealed)
    with tools.database.reading() as stores:
        thread = stores.content.get_one(Thread, wished)
        day = windows_after(WORD_HOURS, tools.settings.window_seconds)
        assert 0 <= _row(tools).due - thread.published_window - day <= 1  # a window with one post alone names it
    _say(tools, cast)
    row, dump = _row(tools), file_of(tools, "content")
    assert (row.due, len(row.sealed)) == (wishes.GIVEN, size)
    assert row.label not in (thread.owner_tag, thread.id)
    assert WORD.encode() not in dump


def check_words_name_a_post(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """With the root key: the post and the word. No member, and nothing that would be different for a first post."""
    wished = _wished(tools, cast)
    _say(tools, cast)
    opened = asdict(wishes._open(tools.vault, _row(tools)))
    assert (opened["thread"], opened["word"]) == (wished, WORD)
    assert set(opened) == {"id", "due", "thread", "post", "kind", "tag", "word", "day"}
    assert cast.alice.member_id not in json.dumps(opened)


def _wished(tools: Toolbox, cast: Cast) -> str:
    thread_id = ask(tools, cast.alice, make_question(title="ひとことを望む質問です"), word=True)
    work(tools, hours=4)
    return thread_id


def _say(tools: Toolbox, cast: Cast) -> None:
    with tools.database.transaction("content") as stores:
        wishes.say(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.erin), wish_id=_row(tools).id, text=WORD,
            window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip


def _row(tools: Toolbox) -> WishedWord:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(WishedWord)).one()
