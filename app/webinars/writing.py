"""What is written at a session: questions of anybody there, words and answers of its lecturers, a summary.

While a text session runs all of it shows at once, and so does what a lecturer marks as answered aloud: whoever is there
has come at the hours that were announced, and to be there is the point. Everything else waits for its publication.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.community import writing
from app.community.models import Writing
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, Forbidden, NotThere
from app.sealing import Vault
from app.webinars.rows import Opened, get_talk, put_talk
from app.webinars.speaking import own_row

QUESTION: Final = "question"
WORDS: Final = "words"
ANSWER: Final = "answer"
SUMMARY: Final = "summary"
TOLD: Final = "session_summary"  # the job that tells of a summary
RUNNING: Final = ("coming", "soon", "open")
A_DAY: Final = 200  # a lecturer's words in one session are many and short


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is written, and what its form says besides the text."""

    now: float
    window: int
    today: date
    token: str = ""
    word: bool = False  # a coordinator's word about it is wished


def is_live(opened: Opened, now: float) -> bool:
    """Whether what is written appears at once: while a text session runs."""
    return opened.row.form == "text" and opened.phase(now) == "open"


def ask(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, text: str, moment: Moment) -> None:
    """Ask beforehand, with everybody else's posts at a window, or during the session: at once where it is in writing.

    Raises NotThere, Conflict once it is over.
    """
    opened = get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    if opened.phase(moment.now) not in RUNNING:
        raise Conflict
    live = is_live(opened, moment.now)
    _write(stores, vault, trade, viewer, opened, moment, kind=QUESTION, text=text, at_once=live)


def say(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, text: str, moment: Moment, to: str = ""
) -> None:
    """A lecturer's words while a text session runs; `to` is the question they answer. Raises NotThere, Conflict."""
    opened, _, own = own_row(stores, vault, viewer=viewer, talk_id=talk_id)
    if not is_live(opened, moment.now):
        raise Conflict
    if to:
        _mark(stores, vault, opened, to)
    extra = {"speaker": own["number"], **({"to": to} if to else {})}
    kind = ANSWER if to else WORDS
    _write(stores, vault, trade, viewer, opened, moment, kind=kind, text=text, at_once=True, extra=extra)


def say_as_company(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, text: str, moment: Moment, to: str = ""
) -> None:
    """The operating company's words, under its label, where it was announced as a lecturer. Raises NotThere, Conflict,
    Forbidden.
    """
    opened = get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    writing.speaks(stores, vault, viewer=viewer, today=moment.today)
    if not opened.value["by_company"]:
        raise Forbidden
    if not is_live(opened, moment.now):
        raise Conflict
    if to:
        _mark(stores, vault, opened, to)
    writing.write_company(
        stores, vault, trade, place=talk_id, kind=ANSWER if to else WORDS, texts={"text": text},
        extra={"to": to} if to else None, window=moment.window, at_once=True,
    )  # fmt: skip


def mark_answered(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, question_id: str, now: float) -> None:
    """A lecturer answered it aloud. Raises NotThere, Conflict before it begins and once it is closed."""
    opened, _, _ = own_row(stores, vault, viewer=viewer, talk_id=talk_id)
    if opened.row.state != "announced" or opened.phase(now) not in ("open", "over"):
        raise Conflict
    _mark(stores, vault, opened, question_id)


def summarise(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, text: str, moment: Moment,
    is_editor: bool,
) -> None:  # fmt: skip
    """What was said, in short, by a lecturer or an editor, after the end. Raises NotThere, Conflict."""
    opened = get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    own = opened.own(viewer)
    check_summary(opened.phase(moment.now), is_editor or own is not None)
    extra = {} if own is None else {"speaker": own["number"]}
    then = (TOLD, {"talk": talk_id})
    _write(stores, vault, trade, viewer, opened, moment, kind=SUMMARY, text=text, extra=extra, then=then)


def check_summary(phase: str, may_write: bool) -> None:
    """Raise NotThere for who neither lectured nor edits, Conflict before the end."""
    if not may_write:
        raise NotThere
    if phase != "over":
        raise Conflict


def _mark(stores: Stores, vault: Vault, opened: Opened, question_id: str) -> None:
    """Remember that a question of this session is answered. Raises NotThere for any other."""
    row = stores.content.get(Writing, question_id)
    if row is None or row.place != opened.row.id or row.kind != QUESTION:
        raise NotThere
    put_talk(vault, opened.row, answered=sorted({*opened.value["answered"], question_id}))


def _write(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, opened: Opened, moment: Moment, *, kind: str, text: str,
    at_once: bool = False, extra: Mapping[str, Any] | None = None, then: tuple[str, dict[str, Any]] | None = None,
) -> None:  # fmt: skip
    writing.write(
        stores, vault, trade, viewer=viewer, place=opened.row.id, kind=kind, texts={"text": text}, at_once=at_once,
        company_may=opened.row.company_may, extra=extra, then=then, most=A_DAY, window=moment.window,
        today=moment.today, token=moment.token, word=moment.word,
    )  # fmt: skip
