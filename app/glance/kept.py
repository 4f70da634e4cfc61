"""A week's pictures, as this process counted them: whoever may read the same is shown the same."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Final

from app.glance.rules import Cells
from privacy.scopes import Viewer

KEPT: Final = 1000  # readers who differ in what they may read


class Pictures:
    """Cells by Monday and reader; the one not asked for the longest goes first."""

    def __init__(self, size: int = KEPT) -> None:
        self._size = size
        self._lock = Lock()
        self._found: OrderedDict[tuple[date, Viewer], Cells] = OrderedDict()

    def of(self, monday: date, reader: Viewer, count: Callable[[], Cells]) -> Cells:
        """The cells of a week for a reader, counted at most once while they are kept."""
        with self._lock:
            known = self._found.get((monday, reader))
        cells = count() if known is None else known
        with self._lock:
            self._found[monday, reader] = cells
            self._found.move_to_end((monday, reader))
            while len(self._found) > self._size:
                self._found.popitem(last=False)
        return cells
