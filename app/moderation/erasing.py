"""What leaving takes out of cases: an author's own words. What was decided, and that something is hidden, stays."""

from dataclasses import replace

from app.db import Stores
from app.moderation.cases import APPEAL, DONE, cases_of, write_case
from app.questions import conduct
from app.sealing import Vault


def forget_part(stores: Stores, vault: Vault, *, thread_id: str, tag: str) -> None:
    """Erase the appeals of one author in one thread, and what was upheld against them. Writes content."""
    conduct.forget(stores, vault, tag=tag)
    for case in cases_of(stores, vault, [thread_id]):
        if case.tag == tag and case.appeal:
            state = DONE if case.state == APPEAL else case.state
            write_case(stores, vault, replace(case, appeal="", state=state))
