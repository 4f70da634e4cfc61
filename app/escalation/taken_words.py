"""What a coordinator proposes to an author repeats the author's words: when those are taken out, they go here too, and
all of it goes when the question is taken back."""

from sqlalchemy import delete

from app.db import Stores
from app.escalation.models import Proposal, Wish
from app.escalation.service import change_proposal, rekey_proposal
from app.questions.erasing import goes_with_question
from app.questions.models import Thread
from app.questions.rekeying import kept_under_key
from app.questions.written import Removal, also
from privacy.keys import Key


@also
def _proposal(removal: Removal) -> None:
    thread = removal.stores.content.get(Thread, removal.thread_id)
    if thread is not None and thread.sealed_text:
        is_own = thread.owner_tag == removal.tag
        change_proposal(removal.stores, removal.vault, thread, removal.own if is_own else removal.others)


@kept_under_key
def _key_of_proposal(removal: Removal, old: Key, new: Key) -> None:
    thread = removal.stores.content.get(Thread, removal.thread_id)
    if thread is not None and thread.owner_tag == removal.tag:
        rekey_proposal(removal.stores, removal.thread_id, old, new)


@goes_with_question
def _beside(stores: Stores, thread_id: str) -> None:
    for table in (Proposal, Wish):
        stores.content.execute(delete(table).where(table.thread_id == thread_id))
