"""A post that was not let out, given back to its author as the draft it came from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.accounts.viewer import Viewer
from app.db import Stores
from app.moderation.held import Held, drop, get_refused, text_of
from app.questions.drafts import keep_draft, set_aside
from app.questions.forms import AUDIENCES
from app.questions.keeping import keep_typed
from app.questions.lockers import OwnThread
from app.questions.replies import place_of
from app.sealing import Vault


def to_draft(stores: Stores, vault: Vault, *, viewer: Viewer, own: OwnThread, held_id: str, today: date) -> bool:
    """Move a refused post's words into its author's draft; whether it was a question. Writes content.

    A draft begun meanwhile is put aside, from where it can be brought back. Raises NotThere, Conflict.
    """
    held = get_refused(stores, vault, own, held_id)
    text = text_of(stores, vault, held)
    if held.is_question:
        set_aside(stores, viewer.secret, today=today)
        keep_draft(stores, viewer.secret, _values(held, text))
    else:
        kind = "answer" if held.payload["kind"] == "answer" else "followup"
        keep_typed(stores, viewer.secret, place_of(held.thread, kind), {"text": text["text"]})
    drop(stores, vault, held)
    return held.is_question


def _values(held: Held, text: Mapping[str, Any]) -> dict[str, str]:
    """The form as it was filled in. Which organisations were left out stands in no post: that is chosen anew."""
    columns, scope = held.payload["columns"], held.payload["scope"]
    audience = next((name for name, one in AUDIENCES.items() if one == columns["audience"]), "")
    return {
        "subject": scope["subject"],
        "topic": columns["topic"],
        "title": text["title"],
        "audience": audience,
        "company_may": "1" if columns["company_may"] else "",
        "urgent": "1" if columns["urgent"] else "",
        "notify": "1" if "contact" in held.payload else "",
        **{f"field_{key}": value for key, value in text["fields"].items()},
        **{f"facet_{key}": value for key, value in text["facets"].items()},
        **{f"level_{key}": str(level) for key, level in scope["levels"].items()},
    }
