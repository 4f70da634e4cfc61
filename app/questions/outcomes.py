"""What came of it: the asker tells, under the answer they followed, and matching learns what that answer was worth.

It waits for its window as any post does, and its words are its author's part of the thread, to be taken back with it.
"""

from datetime import date
from typing import Final, Unpack

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.questions import sent
from app.questions.access import Access, get_readable
from app.questions.answers import Draft, store_reply
from app.questions.reminding import OUTCOME
from app.questions.rules import clean_text
from app.questions.tallying import with_outcome
from app.questions.writing import Sending, known_author
from app.sealing import Vault

MAX_OUTCOME: Final = 1000
WORTH: Final = {"good": 1, "none": 0, "bad": -1}


def add_outcome(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    thread_id: str,
    post_id: str,
    result: str,
    text: str,
    window: int,
    today: date,
    **sending: Unpack[Sending],
) -> str:
    """Store what came of it until its window and return its post's id; writes content and keys.

    `post_id` is the answer that was followed, empty for none. Raises NotThere for anybody but the asker, for no such
    answer and no such result, and BadText.
    """
    done = sent.find(stores, viewer.secret, sending.get("token", ""))
    if done is not None:
        return done
    viewer = known_author(stores, vault, viewer, today=today)
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id)
    found = trade.outcome.find(result)
    if not access.is_author or found is None or (post_id and not _has_answer(access, post_id)):
        raise NotThere
    body = {"text": clean_text(text, MAX_OUTCOME) if text else "", "shown": [], "result": found.key, "answer": post_id}
    counted = with_outcome(stores, vault, viewer=viewer, thread=access.thread, worth=found.worth, today=today)
    extra = {"by_asker": True, "answer": post_id, "result": WORTH[found.worth], **counted}
    draft = Draft(OUTCOME, body, {}, access.thread.table_version, extra, at_once=False)
    return store_reply(stores, vault, trade, viewer, access, draft, window, today, sending)


def _has_answer(access: Access, post_id: str) -> bool:
    return any(one.id == post_id and one.kind == "answer" for one in access.posts)
