"""The form of an idea: what it offers, and what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import request

from app.accounts.viewer import Viewer
from app.community.words import names_text
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.escalation.service import IDEA as WISHED
from app.escalation.service import own_question
from app.ideas.rules import MAX_FIELD, MAX_TITLE, STATES
from app.ideas.service import NewIdea, is_of_company
from app.questions.choices import Option, named_options
from app.questions.course import course_of
from app.questions.keeping import KeptForm, keeps_form
from app.questions.reads import thread_text
from app.sealing import Vault
from app.web.i18n import gettext as _
from app.web.i18n import lazy

FIELDS: Final = {"title": MAX_TITLE, "aim": MAX_FIELD, "for_whom": MAX_FIELD, "now": MAX_FIELD}
OPTIONAL: Final = ("for_whom", "now")
keeps_form("idea", KeptForm(tuple(FIELDS), ("group", "topic", "listed", "word")))
_LABELS: Final = {
    "aim": lazy("何を、どうしたいですか"),
    "for_whom": lazy("だれの、どんなときに役立ちますか"),
    "now": lazy("いまは、どうしていますか"),
}
for _name, _words in _LABELS.items():
    names_text(_name, _words, MAX_FIELD)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form offers this writer."""

    groups: tuple[Option, ...]
    topics: tuple[Option, ...]
    is_company: bool


def offer(trade: Trade, viewer: Viewer) -> Offer:
    """A member writes under a group they work in, or under none: which group it is tells something of them."""
    is_company = "analyst" in viewer.roles
    own = {trade.group_of[one].key for one in viewer.subjects if one in trade.group_of}
    groups = [one for one in trade.groups if is_company or one.key in own or is_of_company(trade, one.key)]
    return Offer(tuple(named_options(groups)), tuple(named_options(trade.topics)), is_company)


def place_of(thread_id: str) -> str:
    """Where the draft of an idea is kept: one, and one more for each own question that an idea is made of."""
    return f"idea {thread_id}" if thread_id else "idea"


def labels() -> dict[str, str]:
    """What the fields of an idea are called."""
    return {"title": _("題名"), **{name: _(words) for name, words in _LABELS.items()}}


def read_choices(trade: Trade, viewer: Viewer) -> dict[str, str]:
    """Group and topic; what is not offered is an error at its field."""
    offered, errors = offer(trade, viewer), {}
    if request.form.get("group", "") not in {"", *(key for key, _name in offered.groups)}:
        errors["group"] = _("選べるものから選んでください。")
    if request.form.get("topic", "") not in {"", *(key for key, _name in offered.topics)}:
        errors["topic"] = _("選べるものから選んでください。")
    return errors


def new_idea(texts: Mapping[str, str]) -> NewIdea:
    """What was typed and chosen."""
    return NewIdea(
        texts, request.form.get("group", ""), request.form.get("topic", ""), request.form.get("listed") == "1"
    )


def read_filters(trade: Trade) -> dict[str, str]:
    """State, group and topic of the board's filter; what is unknown is left out."""
    state, group, topic = (request.args.get(name, "") for name in ("state", "group", "topic"))
    return {
        "state": state if state in STATES else "",
        "group": group if any(one.key == group for one in trade.groups) else "",
        "topic": topic if topic in trade.topic_by_key else "",
    }


def wished_from(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str) -> dict[str, Any]:
    """The form filled from the viewer's own question that they wished to become an idea. Raises NotThere."""
    thread = own_question(stores, viewer, thread_id)
    if course_of(vault, thread).wish != WISHED:
        raise NotThere
    text = thread_text(stores, vault, thread)
    if text is None:
        raise NotThere
    told = "\n\n".join(words for words in text["fields"].values() if isinstance(words, str) and words)
    return {
        "title": text["title"][:MAX_TITLE], "aim": "", "now": told[:MAX_FIELD], "for_whom": "",
        "group": thread.group_key, "topic": thread.topic,
    }  # fmt: skip
