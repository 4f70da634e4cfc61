"""Articles are made from what was written: when an author takes words out of a thread, they go from these texts too."""

from app.knowledge.erasing import take_out
from app.questions.written import Removal, also


@also
def _articles(removal: Removal) -> None:
    take_out(removal.stores, removal.vault, thread_id=removal.thread_id, change=removal.own, window=0)
