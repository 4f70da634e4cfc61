"""What the worker does for sessions, once a window: remind, end, ask about what stayed open, move the bands."""

from datetime import date
from typing import Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots, consents, places
from app.community.models import Writing
from app.db import Stores
from app.errors import Conflict, NotThere
from app.notices.service import tell
from app.questions.lockers import PEER
from app.sealing import Vault
from app.webinars.models import Talk
from app.webinars.planning import SIGN_UP, tell_all, tell_speakers
from app.webinars.rows import Opened, open_all, put_talk
from app.webinars.rules import band_of
from app.webinars.writing import QUESTION

TO_QUEUE: Final = "to_queue"
MONDAY: Final = 0


def has_work(stores: Stores) -> bool:
    """Whether any session is announced: asked without the write lock."""
    return stores.content.scalar(select(Talk.id).where(Talk.state == "announced").limit(1)) is not None


def keep(stores: Stores, vault: Vault, *, now: float, today: date, window: int) -> None:
    """Remind, move the bands on Mondays, end what is over; writes content. The same once more does nothing."""
    rows = stores.content.scalars(select(Talk).where(Talk.state == "announced").order_by(Talk.id)).all()
    counts = ballots.count(stores, purpose=SIGN_UP, objects=[row.id for row in rows])
    for opened in open_all(stores, vault, rows):
        if opened.row.day == today.toordinal() + 1 and not opened.value["reminded"]:
            _remind(stores, vault, opened, window)
        if today.weekday() == MONDAY and opened.value["band"] != band_of(counts[opened.row.id]):
            put_talk(vault, opened.row, band=band_of(counts[opened.row.id]))
        if opened.phase(now) == "over":
            _end(stores, vault, opened, today=today, window=window)


def _remind(stores: Stores, vault: Vault, opened: Opened, window: int) -> None:
    for label, _ in ballots.notes_on(stores, vault, purpose=SIGN_UP, object=opened.row.id):
        tell(stores, vault, label=label, kind="session_tomorrow", due=window, thread=opened.row.id)
    tell_speakers(stores, vault, opened, kind="session_yours", due=window)
    put_talk(vault, opened.row, reminded=True)


def _end(stores: Stores, vault: Vault, opened: Opened, *, today: date, window: int) -> None:
    """The room's address goes, and the author of each question without an answer is asked what to do with it."""
    opened.row.state = "over"
    put_talk(vault, opened.row, link="")
    questions = select(Writing).where(
        Writing.place == opened.row.id, Writing.kind == QUESTION, Writing.hidden.is_(False)
    )
    for row in stores.content.scalars(questions.order_by(Writing.id)):
        if row.id not in opened.value["answered"] and row.sealed_text:
            consents.ask(stores, vault, about=row.id, label=row.author_tag, kind=TO_QUEUE, today=today)
            tell(stores, vault, label=row.author_tag, kind="session_unanswered", due=window + 1, thread=opened.row.id)


def tell_summary(stores: Stores, vault: Vault, *, talk_id: str, window: int) -> None:
    """Its summary is out: who signed up is told; writes content."""
    row = stores.content.get(Talk, talk_id)
    if row is not None:
        tell_all(stores, vault, open_all(stores, vault, [row])[0], kind="session_summary", due=window)


def open_consents(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str) -> dict[str, consents.Asked]:
    """What the viewer is asked about their own unanswered questions of a session, by question."""
    if places.find_place(stores, viewer.secret, talk_id) is None:
        return {}
    asked = consents.own(stores, vault, labels=[places.tag_at(viewer.secret, talk_id, PEER)])
    return {one.about: one for one in asked if one.kind == TO_QUEUE and one.state == consents.ASKED}


def answer_consent(
    stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, question_id: str, yes: bool, window: int
) -> None:
    """The author's word about one unanswered question. Raises NotThere for anybody else, Conflict when it was said."""
    asked = next((one for one in consents.states(stores, vault, question_id) if one.kind == TO_QUEUE), None)
    if asked is None:
        raise NotThere
    consents.find(stores, vault, viewer=viewer, consent_id=asked.id, label_place=talk_id)
    if asked.state != consents.ASKED:
        raise Conflict
    consents.answer(
        stores, vault, viewer=viewer, consent_id=asked.id, word="yes" if yes else "no", window=window,
        label_place=talk_id,
    )  # fmt: skip
