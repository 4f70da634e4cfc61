"""What a coordinator proposes to an author repeats the author's words: when those are taken out, they go here too."""

from app.escalation.service import change_proposal
from app.questions.models import Thread
from app.questions.written import Removal, also


@also
def _proposal(removal: Removal) -> int:
    thread = removal.stores.content.get(Thread, removal.thread_id)
    if thread is not None and thread.sealed_text:
        is_own = thread.owner_tag == removal.tag
        change_proposal(removal.stores, removal.vault, thread, removal.own if is_own else removal.others)
    return 0
