"""What a window does to a question by its author's word: a wider audience, and other words that go out once more."""

from collections.abc import Mapping
from typing import Any

from app.db import Stores
from app.escalation.stages import Ladder, keep_open
from app.questions.access import scope_parts
from app.questions.course import Turn, tell_turn
from app.questions.erasing import others_wrote
from app.questions.models import Thread
from app.questions.pending import SCOPE_PAD
from app.questions.reads import thread_text
from app.questions.rules import OPEN_STATES
from app.queues.rules import Now
from app.sealing import seal_text


def widen(stores: Stores, ladder: Ladder, thread: Thread, decided: Mapping[str, Any], now: Now) -> None:
    """Let more people read, unless somebody wrote for the audience there was."""
    is_open = thread.state in OPEN_STATES or thread.state == "ended"
    if not is_open or others_wrote(stores, ladder.vault, thread):
        tell_turn(stores, ladder.vault, thread, Turn("widen_late", now.today), due=now.window)
        return
    _put_scope(stores, ladder, thread, decided)
    tell_turn(stores, ladder.vault, thread, Turn("widened", now.today), due=now.window)
    if thread.state == "ended":
        keep_open(stores, ladder, thread, now)
    ladder.ask_more(stores, thread, now)


def reword(stores: Stores, ladder: Ladder, thread: Thread, now: Now) -> None:
    """The new words came out at this window: ask once more with them, unless an answer was quicker."""
    is_open = thread.state in OPEN_STATES
    turn = Turn("reworded" if is_open else "reword_late", now.today)
    tell_turn(stores, ladder.vault, thread, turn, due=now.window)
    if is_open:
        ladder.ask_more(stores, thread, now)


def _put_scope(stores: Stores, ladder: Ladder, thread: Thread, decided: Mapping[str, Any]) -> None:
    vault = ladder.vault
    parts = {**scope_parts(vault, thread), "levels": decided["levels"]}
    thread.audience, thread.table_version = decided["to"], decided["version"]
    thread.sealed_scope = vault.seal(parts, table="threads", column="sealed_scope", row=thread.id, pad=SCOPE_PAD)
    text = thread_text(stores, vault, thread)
    if text is not None and decided["shown"] is not None:
        key = vault.data_key(stores, thread.key_id)
        thread.sealed_text = seal_text(key, {**text, "shown": decided["shown"]}, table="threads", row=thread.id)
