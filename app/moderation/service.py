"""Use cases of the desk and of authors: decide about a case, say that words are out, appeal.

A decision stands in the case under a label of the coordinator's secret, so that an appeal goes to somebody else; no name
stands anywhere. What was upheld is left for the author's own session (app.questions.conduct).
"""

from dataclasses import replace
from datetime import date
from typing import Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.logs.service import note_content
from app.moderation.answered import turn_question
from app.moderation.cases import (
    APPEAL,
    ASKED,
    DONE,
    OPEN,
    WAITING,
    Decision,
    Opened,
    case_about,
    cases_of,
    find_case,
    set_hidden,
    voices_on,
    write_case,
)
from app.moderation.judging import desk_label, gate_of, may_judge
from app.moderation.rules import (
    CONFIRM,
    GRANT,
    KEEP,
    LONGEST_SENTENCE,
    OF_APPEALS,
    OF_FLAGS,
    PUT_BACK,
    UPHOLD,
    WORDS,
    DecisionRefused,
    check_decision,
)
from app.notices.service import tell
from app.questions.conduct import lift, uphold
from app.questions.marks import marks_of
from app.sealing import Vault
from privacy.pseudonyms import owner_tag, peer_tag

TELLS: Final = {
    PUT_BACK: "put_back",
    WORDS: "take_out",
    KEEP: "kept_hidden",
    UPHOLD: "upheld",
    GRANT: "appeal_granted",
    CONFIRM: "appeal_confirmed",
}
BACK: Final = frozenset({PUT_BACK, GRANT})  # what shows it again


def offered(case: Opened) -> tuple[str, ...]:
    """What may be decided about a case now."""
    return OF_APPEALS if case.state == APPEAL else OF_FLAGS


def get_case(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, case_id: str) -> Opened:
    """A case on this coordinator's desk. Raises NotThere, Conflict when somebody has decided about it meanwhile."""
    case = find_case(stores, vault, case_id)
    if case is None:
        raise NotThere
    passed = gate_of(stores, vault, trade, viewer=viewer, case=case)
    flags = [one.label for one in voices_on(marks_of(stores, vault, case.thread), case.object)]
    if not may_judge(viewer, passed, case, flags):
        raise NotThere
    if case.state not in OPEN:
        raise Conflict
    return case


def decide(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    case_id: str,
    do: str,
    reason: str,
    sentence: str,
    window: int,
    today: date,
) -> None:
    """Decide about a case. Writes content. Raises NotThere, Conflict, DecisionRefused."""
    case = get_case(stores, vault, trade, viewer=viewer, case_id=case_id)
    check_decision(do, offered(case), reason, sentence)
    by = desk_label(viewer.secret, case.id)
    taken = Decision(
        do, by, today.toordinal(), reason if do in (KEEP, UPHOLD, WORDS, CONFIRM) else "", sentence.strip()
    )
    flags = [one.label for one in voices_on(marks_of(stores, vault, case.thread), case.object)]
    state = ASKED if do == WORDS else DONE
    done = replace(case, state=state, seen=tuple(flags), decisions=(*case.decisions, taken))
    write_case(stores, vault, done)
    set_hidden(stores, vault, case, hidden=do not in BACK, window=window)
    turn_question(stores, vault, case, window=window)
    _count(stores, vault, done, taken)
    tell(stores, vault, label=case.tag, kind=TELLS[do], due=window + 1, thread=case.thread)
    note_content(stores, event=f"case.{do}", day=today)


def own_case(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, object: str) -> Opened:
    """A case about something of the viewer's own. Raises NotThere."""
    case = case_about(cases_of(stores, vault, [thread_id]), object)
    if case is None or case.tag not in (owner_tag(viewer.secret, thread_id), peer_tag(viewer.secret, thread_id)):
        raise NotThere
    return case


def words_are_out(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, object: str, window: int) -> None:
    """The author took out what they were asked to: it is looked at again. Writes content. Raises NotThere, Conflict."""
    case = own_case(stores, vault, viewer=viewer, thread_id=thread_id, object=object)
    if case.state != ASKED:
        raise Conflict
    write_case(stores, vault, replace(case, state=WAITING, since=window))


def appeal(
    stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, object: str, sentence: str, window: int
) -> None:
    """Ask that somebody else looks, once. Writes content. Raises NotThere, Conflict, DecisionRefused."""
    case = own_case(stores, vault, viewer=viewer, thread_id=thread_id, object=object)
    if not may_appeal(case):
        raise Conflict
    if not sentence.strip():
        raise DecisionRefused("sentence")
    if len(sentence) > LONGEST_SENTENCE:
        raise DecisionRefused("long")
    write_case(stores, vault, replace(case, state=APPEAL, since=window, appeal=sentence.strip(), appealed=True))


def may_appeal(case: Opened) -> bool:
    """Whether the author may still ask for somebody else to look."""
    return not case.appealed and case.last is not None and case.last.do in (KEEP, UPHOLD) and case.state == DONE


def _count(stores: Stores, vault: Vault, case: Opened, taken: Decision) -> None:
    if taken.do == UPHOLD:
        uphold(
            stores, vault, case=case.id, tag=case.tag, thread=case.thread, reason=taken.reason, day=taken.day
        )  # fmt: skip
    elif taken.do in BACK:
        lift(stores, case=case.id)
