"""What leaving takes out of cases: an author's own words. What was decided, and that something is hidden, stays."""

from dataclasses import replace

from sqlalchemy import delete

from app.db import Stores
from app.moderation.cases import APPEAL, DONE, cases_of, write_case
from app.moderation.models import Case
from app.questions import conduct
from app.questions.erasing import goes_with_thread
from app.sealing import Vault


@goes_with_thread
def _cases(stores: Stores, thread_id: str) -> None:
    stores.content.execute(delete(Case).where(Case.thread_id == thread_id))


def forget_part(stores: Stores, vault: Vault, *, thread_id: str, tag: str) -> None:
    """Erase the appeals of one author in one thread, and what was upheld against them. Writes content."""
    conduct.forget(stores, vault, tag=tag)
    for case in cases_of(stores, vault, [thread_id]):
        if case.tag == tag and case.appeal:
            state = DONE if case.state == APPEAL else case.state
            write_case(stores, vault, replace(case, appeal="", state=state))
