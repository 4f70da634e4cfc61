"""Cases repeat what was written: when its author takes words out, they go from their appeal and from coordinators' notes."""

from dataclasses import replace

from app.moderation.cases import Opened, cases_of, write_case
from app.questions.written import Removal, also


@also
def _cases(removal: Removal) -> None:
    for case in cases_of(removal.stores, removal.vault, [removal.thread_id]):
        left = _without(removal, case)
        if left != case:
            write_case(removal.stores, removal.vault, left)


def _without(removal: Removal, case: Opened) -> Opened:
    appeal = removal.own if case.tag == removal.tag else removal.others
    decisions = tuple(replace(one, sentence=removal.others(one.sentence)) for one in case.decisions)
    return replace(case, appeal=appeal(case.appeal), decisions=decisions)
