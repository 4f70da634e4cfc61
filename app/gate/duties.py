"""What waits on the coordinators' desk: as one of them sees it, and whether there is anything at all.

The pages of the desk belong to several features, and this is above them; `app.questions.duties` is where those below ask.
All coordinators find one note, at most once a day; it is shown to whoever has something on their own desk, so that
nobody learns from it that a question of their own organisation waits.
"""

from sqlalchemy import exists, select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.escalation.reads import COME, has_cards
from app.gate.blueprint import blueprint
from app.gate.models import WishedWord
from app.gate.wishes import GIVEN, list_wishes
from app.moderation import reads as moderation
from app.moderation.cases import OPEN
from app.moderation.models import Case
from app.notices.duties import DESK, KIND
from app.notices.service import notes_of, tell
from app.questions.duties import DUTIES, Duties
from app.questions.holding import held_rows
from app.queues.reads import unrouted
from app.sealing import Vault
from app.wiring import Toolbox
from privacy.times import windows_after


def duties_of(tools: Toolbox, stores: Stores, viewer: Viewer, has_cases: bool | None = None) -> Duties:
    """What this coordinator finds on each page of the desk; `has_cases` where the desk itself was read already."""
    vault, trade, seconds = tools.vault, tools.trade, tools.settings.window_seconds
    words, _more = list_wishes(stores, vault, trade, viewer=viewer, window=tools.window, window_seconds=seconds)
    if has_cases is None:
        has_cases = bool(moderation.desk(stores, vault, trade, viewer=viewer, window_seconds=seconds))
    found = {
        "moderation.desk": has_cases,
        "gate.words": bool(words),
        "escalation.desk": has_cards(stores, vault, trade, viewer=viewer),
        "queues.unrouted": bool(unrouted(stores, vault, trade, viewer=viewer)),
    }
    return Duties(frozenset(page for page, waits in found.items() if waits), words[0].hours if words else None)


def tell_desk(tools: Toolbox) -> None:
    """Once a window: leave a note for the coordinators when something waits and none was left within the day."""
    with tools.database.reading() as stores:
        if not _anything(stores, tools.vault) or _was_told(tools, stores):
            return
    with tools.database.transaction("content") as stores:
        tell(stores, tools.vault, label=DESK, kind=KIND, due=tools.window)


def _was_told(tools: Toolbox, stores: Stores) -> bool:
    since = tools.window - windows_after(24, tools.settings.window_seconds)
    return any(one.window > since for one in notes_of(stores, tools.vault, [DESK], window=tools.window))


def _anything(stores: Stores, vault: Vault) -> bool:
    waits = exists().where(WishedWord.due < GIVEN) | exists().where(Case.state.in_(OPEN)) | exists().where(COME)
    return bool(stores.content.scalar(select(waits))) or bool(held_rows(stores, vault))


blueprint.record_once(lambda state: state.app.extensions.setdefault(DUTIES, duties_of))
