"""What waits on the coordinators' desk, for the pages that say so: `app.gate.duties` can look everywhere, and answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import current_app

from app.accounts.viewer import Viewer
from app.db import Stores
from app.wiring import Toolbox, toolbox

DUTIES: Final = "duties"  # the extension that answers
# pages on which nobody waits for a coordinator by a day: the desk marks them, and nothing is told of them elsewhere
NO_DATE: Final = frozenset({"queues.unrouted", "webinars.desk", "cohorts.desk", "knowledge.desk"})


@dataclass(frozen=True, slots=True)
class Duties:
    """What one coordinator finds on the desk."""

    pages: frozenset[str] = frozenset()  # endpoints of the pages on which something waits
    hours: int | None = None  # until the next word is due; below nothing when it is late

    @property
    def is_due(self) -> bool:
        """Whether there is anything that others wait for."""
        return bool(self.pages - NO_DATE)


def own_duties(viewer: Viewer, *, has_cases: bool | None = None) -> Duties:
    """What the viewer finds there; nothing for who is no coordinator. The desk knows already whether it `has_cases`."""
    if "coordinator" not in viewer.roles:
        return Duties()
    tools = toolbox()
    look: Callable[[Toolbox, Stores, Viewer, bool | None], Duties] = current_app.extensions[DUTIES]
    with tools.database.reading() as stores:
        return look(tools, stores, viewer, has_cases)
