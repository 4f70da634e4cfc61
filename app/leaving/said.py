"""What a member said with a tap, for the file they take along: their own words, and of what, without anybody else's."""

from datetime import date
from typing import Any

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.trade import Trade
from app.errors import NotThere
from app.inbox.heard import heard
from app.inbox.labels import own_labels
from app.inbox.reads import Place
from app.inbox.service import is_read, read_ids
from app.notices.kinds import KINDS
from app.questions.conduct import standing_of
from app.questions.course import Course
from app.questions.course_page import turn_words
from app.questions.marks import MarkRow, all_own
from app.questions.reads import thread_card
from app.sealing import Vault
from app.web.i18n import gettext as _

WORDS = ("text", "comment", "reason", "choice", "said")  # of a mark's value, what its member wrote or chose


def taps(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> list[dict[str, Any]]:
    """Every mark of the member's own, in the order of their threads."""
    marks = sorted(all_own(stores, vault, viewer.secret), key=lambda one: (one.thread_id, one.kind, one.object))
    return [_tap(stores, vault, trade, viewer, one) for one in marks]


def upheld(stores: Stores, vault: Vault, *, viewer: Viewer, day: date) -> list[dict[str, str]]:
    """What was found to break the promises, the oldest first."""
    found = standing_of(stores, vault, viewer=viewer, today=day).upheld
    return [
        {"date": date.fromordinal(one.day).isoformat(), "reason": one.reason, "thread": one.thread} for one in found
    ]


def course(found: Course | None) -> dict[str, Any]:
    """What became of a question so far, as its author was told, and what they wished for after the end."""
    if found is None:
        return {}
    turns = [(turn, turn_words(turn.kind)) for turn in found.turns]
    return {
        "course": [
            {"date": date.fromordinal(turn.day).isoformat(), "kind": turn.kind, "text": words} for turn, words in turns
        ],
        **({"wish": {"kind": found.wish, "became": found.became or None}} if found.wish else {}),
    }


def told(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, place: Place) -> list[dict[str, Any]]:
    """The notes of the inbox, newest first; the thread where it is the member's own or they wrote in it."""
    own = own_labels(stores, trade, viewer.secret)
    found = [one for one in heard(stores, vault, own, window=place.window) if one.kind in KINDS]
    read = read_ids(stores, viewer.secret)
    return [
        {
            "date": today(one.window * place.window_seconds).isoformat(),
            "kind": one.kind,
            "text": _(KINDS[one.kind].sentence).format(**one.words),
            "thread": one.thread if one.label in own.tags else None,
            "read": is_read(read, one.id),
        }
        for one in found
    ]


def _tap(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, mark: MarkRow) -> dict[str, Any]:
    """The title of one's own question alone, as the words of others stay out."""
    try:
        card = thread_card(stores, vault, trade, viewer=viewer, thread_id=mark.thread_id)
    except NotThere:
        card = None
    title, domain = (card.title if card.is_author else None, list(card.body.domain)) if card else (None, [])
    answerer = next((one.author for one in card.posts if one.id == mark.object), None) if card else None
    words = {name: mark.value[name] for name in WORDS if mark.value.get(name)}
    return {"kind": mark.kind, "of": mark.object, "title": title, "domain": domain, "answerer": answerer, **words}
