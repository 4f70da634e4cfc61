"""The way in of the fictional network: a charter that was changed once, a word that was said, and some that are wished."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.demo.history import History, publication
from app.demo.plan import SLOTS, Plan
from app.domains.current import tell_others
from app.domains.promises import Promise
from app.domains.wording import Words
from app.gate import wishes
from app.gate.charter import publish
from app.gate.models import WishedWord
from app.questions.models import Thread
from app.questions.rules import OPEN_STATES
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag

FILE: Final = Path(__file__).parent / "material" / "community" / "gate.toml"


def change_charter(tools: Toolbox, plan: Plan) -> None:
    """The operator added a promise some months ago; everybody comes in under it."""
    told, old = _material()["charter"], tools.trade.charter
    day = plan.today - timedelta(days=told["days_ago"])
    new = old.model_copy(update={"items": (*old.items, Promise.model_validate(told["item"]))})
    note = Words.model_validate(told["note"])
    with tools.database.transaction("content") as stores:
        number = publish(stores, tools.vault, before=old, charter=new, note=note, from_day=day, today=day)
    tell_others(tools, number)


class Doorway:
    """Writes in one transaction, as of yesterday evening."""

    def __init__(self, stores: Stores, tools: Toolbox, history: History) -> None:
        self._stores, self._tools, self._history = stores, tools, history
        self._window = publication(tools, history.plan, SLOTS - 1)

    def write(self) -> None:
        """A word for the practitioner, and open questions whose askers wish one."""
        told = _material()["words"]
        plan, there = self._history.plan, self._history.threads
        threads = [(one, there[number]) for number, one in enumerate(plan.threads) if number in there]
        by = {member.person: number for number, member in enumerate(plan.members) if member.person}
        own = [id for one, id in threads if one.asker == by["practitioner"]]
        coordinator = self._history.viewers[by["coordinator"]]
        if own:
            self._wish(own[-1], self._history.viewers[by["practitioner"]])
            self._say(coordinator, told["given"])
        others = [(one, id) for one, id in threads if one.asker not in by.values() and self._is_open(id)]
        for one, id in others[-told["waiting"] :]:
            self._wish(id, self._history.viewers[one.asker])

    def _is_open(self, thread_id: str) -> bool:
        thread = self._stores.content.get(Thread, thread_id)
        return thread is not None and thread.state in OPEN_STATES

    def _wish(self, thread_id: str, asker: Viewer) -> None:
        about = {"thread": thread_id, "post": thread_id, "kind": "question"}
        about["tag"] = str(owner_tag(asker.secret, thread_id))
        seconds = self._tools.settings.window_seconds
        wishes.note_wish(self._stores, self._tools.vault, about=about, window=self._window, window_seconds=seconds)
        self._stores.content.flush()  # who gives the word finds it

    def _say(self, coordinator: Viewer, text: str) -> None:
        row = self._stores.content.scalars(select(WishedWord)).one()
        wishes.say(
            self._stores, self._tools.vault, self._tools.trade, viewer=coordinator, wish_id=row.id, text=text,
            window=self._window, today=self._history.plan.today,
        )  # fmt: skip


def _material() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
