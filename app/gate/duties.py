"""What waits on the coordinators' desk: as one of them sees it, and whether there is anything at all.

The pages of the desk belong to several features, and this is above them; `app.questions.duties` is where those below ask.
All coordinators find one note, at most once a day; it is shown to whoever has something on their own desk, so that
nobody learns from it that a question of their own organisation waits.
"""

from sqlalchemy import exists, select

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.escalation.reads import COME, has_cards, wishes_for_coordinator
from app.gate.blueprint import blueprint
from app.gate.models import WishedWord
from app.gate.wishes import GIVEN, list_wishes
from app.knowledge.editors import is_editor
from app.knowledge.publishing import waiting_for_second
from app.knowledge.reads import cards_of
from app.knowledge.reviewing import to_review
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
    is_desk = has_cases is not None
    if has_cases is None:
        has_cases = bool(moderation.desk(stores, vault, trade, viewer=viewer, window_seconds=seconds))
    found = {
        "moderation.desk": has_cases,
        "gate.words": bool(words),
        "escalation.desk": has_cards(stores, vault, trade, viewer=viewer),
        **(_without_day(tools, stores, viewer) if is_desk else {}),
    }
    return Duties(frozenset(page for page, waits in found.items() if waits), words[0].hours if words else None)


def _without_day(tools: Toolbox, stores: Stores, viewer: Viewer) -> dict[str, bool]:
    """The pages of NO_DATE: only the desk itself says of them that something waits, so only the desk looks."""
    vault, trade = tools.vault, tools.trade
    wishes = wishes_for_coordinator(stores, vault, trade, viewer=viewer)
    wished = {one.kind for one in wishes if not one.became}
    return {
        "queues.unrouted": bool(unrouted(stores, vault, trade, viewer=viewer)),
        "webinars.desk": "webinar" in wished,
        "cohorts.desk": "cohort" in wished,
        "knowledge.desk": _has_texts(tools, stores, viewer),
    }


def _has_texts(tools: Toolbox, stores: Stores, viewer: Viewer) -> bool:
    """Whether the editors' desk holds a text to be looked at, for the first time or again."""
    day = today(tools.clock.now())
    if not is_editor(stores, viewer, today=day):
        return False
    if waiting_for_second(stores, tools.vault, viewer=viewer):
        return True
    review = to_review(stores, tools.vault, today=day, circles=viewer.own_circles)
    return bool(cards_of(stores, tools.vault, tools.trade, [one.article for one in review], viewer=viewer))


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
