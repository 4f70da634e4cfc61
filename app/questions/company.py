"""The operating company's own answer: where an author allowed it, after its waiting time, under a label that is fixed.

There is no person in it: no handle, no tag that anybody's secret makes, nothing of who wrote it at the company.
"""

from datetime import date
from typing import Any

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.service import current_viewer
from app.domains.trade import Trade
from app.errors import Conflict, Forbidden
from app.questions import sent
from app.questions.access import get_readable
from app.questions.holding import put_post
from app.questions.pending import SETTLED, pack
from app.questions.rules import COMPANY, clean_text
from app.questions.writing import due_window
from app.sealing import Vault, seal_text
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

MAX_ANSWERS = 3  # of the company, in one thread


def answer_as_company(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, text: str, window: int, today: date,
    company_until: int, token: str = "",
) -> None:  # fmt: skip
    """Store the company's answer until the next window; writes content and keys.

    `company_until` is the latest window whose threads the company may read by now. Raises NotThere wherever the company
    may not read, Forbidden for whoever does not speak for it now, BadText, Conflict once the question is over.
    """
    if sent.find(stores, viewer.secret, token) is not None:
        return
    viewer = current_viewer(stores, vault, viewer=viewer, today=today)
    if "analyst" not in viewer.roles:
        raise Forbidden
    access = get_readable(stores, vault, trade, viewer=viewer, thread_id=thread_id, company_until=company_until)
    before = sum(post.author == COMPANY for post in access.posts)
    if access.thread.hidden or access.thread.state in SETTLED or before >= MAX_ANSWERS:
        raise Conflict
    key_id, key = vault.new_data_key(stores)
    post_id = str(new_id())
    body: dict[str, Any] = {"text": clean_text(text), "shown": [], "photos": []}
    payload: dict[str, Any] = {
        "kind": "company",
        "id": post_id,
        "thread": thread_id,
        "author_tag": str(new_id()),
        "key_id": key_id,
        "scope": {"circle": "", "levels": {}, "version": access.thread.table_version},
        "text": pack(seal_text(key, body, table="posts", row=post_id)),
        "photos": [],
        "by_asker": False,
    }
    due = due_window(stores, window, Audience(access.thread.audience), at_once=False)
    put_post(stores, vault, trade, payload, [body["text"]], circle="", due=due, window=window)
    sent.note(stores, viewer.secret, token, post_id)
