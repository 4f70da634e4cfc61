"""The API of the inbox: the notes, each with the page that it leads to."""

from datetime import date

from pydantic import Field

from app.access import allow
from app.accounts.signin import current_viewer
from app.accounts.tokens import READ
from app.inbox.blueprint import blueprint
from app.inbox.reads import NoteCard, Place, inbox_page
from app.web.api import Sent, Told, described
from app.web.problems import API
from app.wiring import toolbox


class PageWanted(Sent):
    """How many pages down."""

    page: int = Field(default=0, ge=0, le=10_000)


class NoteTold(Told):
    """What happened, and where to go on."""

    id: str
    day: date
    sentence: str
    title: str
    href: str
    is_read: bool


class Notes(Told):
    """The newest first."""

    notes: tuple[NoteTold, ...]
    more: bool


@blueprint.get(f"{API}/notes")
@allow("member", scope=READ)
@described(Notes)
def api_notes(query: PageWanted) -> Notes:
    """What happened, as the inbox tells it. Reading it here marks nothing as read."""
    tools = toolbox()
    now = Place(tools.window, tools.settings.window_seconds)
    with tools.database.reading() as stores:
        page = inbox_page(stores, tools.vault, tools.trade, viewer=current_viewer(), now=now, number=query.page)
    cards = [card for _day, some in page.days for one in some for card in (one, *one.older)]
    return Notes(notes=tuple(note_of(card) for card in cards), more=page.has_older)


def note_of(card: NoteCard) -> NoteTold:
    """A card of the inbox as JSON."""
    return NoteTold(
        id=card.id, day=card.day, sentence=card.sentence, title=card.title, href=card.href, is_read=card.is_read
    )
