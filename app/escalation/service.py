"""What the author of a question decides on its way, and what coordinators do for it.

What readers could see change happens at the next window, with everybody else's posts: a page that changed the moment
its author was here would say when that was.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import hidden_levels
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.escalation.models import Proposal, Wish
from app.jobs import queue
from app.questions import editing
from app.questions.access import open_scope, subject_of
from app.questions.course import Turn, course_of, note_turn, put_course, tell_turn
from app.questions.crowd import check as check_crowd
from app.questions.erasing import others_are_out
from app.questions.models import Thread
from app.questions.reads import thread_text
from app.questions.rules import OPEN_STATES
from app.questions.tallying import note_idea
from app.questions.writing import due_window, known_writer
from app.sealing import Vault
from privacy.anonymity import Policy
from privacy.keys import Key
from privacy.pseudonyms import owner_tag
from privacy.scopes import Audience
from privacy.vault import Place, open_json, seal_json

DECIDED: Final = "decided"
CLOSE: Final = "close"
IDEA: Final = "idea"
WISHES: Final = (IDEA, "webinar", "cohort")
MAX_INVITED: Final = 3  # waves that coordinators may add
PROPOSAL_PAD: Final = 2048
WISH_PAD: Final = 512


def own_question(stores: Stores, viewer: Viewer, thread_id: str) -> Thread:
    """The viewer's own published question. Raises NotThere for anybody else's and anything else."""
    thread = stores.content.get(Thread, thread_id)
    if thread is None or thread.owner_tag != owner_tag(viewer.secret, thread_id):
        raise NotThere
    return thread


def keep_open(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, window: int) -> None:
    """After the honest end its author lets the question wait on. Raises NotThere, Conflict."""
    thread = own_question(stores, viewer, thread_id)
    if thread.state != "ended" or course_of(vault, thread).waiting or course_of(vault, thread).wish:
        raise Conflict
    _decide(stores, vault, thread, "keep", window, audience=Audience(thread.audience))


def close(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, window: int) -> None:
    """Its author ends a question, from the next window on. Raises NotThere; what is over, or will be, stays so."""
    thread = own_question(stores, viewer, thread_id)
    if thread.state != "closed" and course_of(vault, thread).waiting != CLOSE:
        _decide(stores, vault, thread, CLOSE, window, audience=Audience(thread.audience))


def wish(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str, kind: str, today: date, window: int) -> None:
    """After the honest end its author wants something made of the question. Raises NotThere, Conflict."""
    thread = own_question(stores, viewer, thread_id)
    if kind not in WISHES:
        raise NotThere
    if thread.state != "ended" or course_of(vault, thread).waiting or course_of(vault, thread).wish:
        raise Conflict
    value = {"kind": kind, "day": today.toordinal(), "became": ""}
    stores.content.add(Wish(thread_id=thread_id, sealed=_seal_wish(vault, thread_id, value)))
    note_turn(vault, thread, Turn(f"wish_{kind}", today.toordinal()), wish=kind)
    if kind == IDEA:
        note_idea(stores, vault, viewer=viewer, thread=thread, today=today, window=window)


def may_widen(stores: Stores, vault: Vault, thread: Thread) -> bool:
    """Whether there is a wider audience, and nothing is out that was written for the one there is.

    What waits for its window is not asked for here, else this page would tell when somebody answers; the window asks.
    """
    is_waiting = thread.state in OPEN_STATES or thread.state == "ended"
    if not is_waiting or thread.audience >= Audience.ALL or thread.hidden or course_of(vault, thread).waiting:
        return False
    return not others_are_out(stores, thread)


def widen(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, audience: Audience,
    group_only: bool, policy: Policy, today: date, window: int,
) -> None:  # fmt: skip
    """Let more people read, from the next window on. The crowd is checked again, by today's table and with all the
    author told this quarter; `group_only` takes back what is shown of them. Only the author can do this.

    Raises NotThere, Conflict, ScopeTooFine.
    """
    thread = own_question(stores, viewer, thread_id)
    viewer = known_writer(stores, vault, viewer, today=today)
    if not may_widen(stores, vault, thread) or not thread.audience < audience <= Audience.ALL:
        raise Conflict
    text = thread_text(stores, vault, thread)
    if text is None:
        raise NotThere
    levels = hidden_levels(trade) if group_only else dict(open_scope(vault, thread).levels)
    version = check_crowd(
        stores, vault, trade, viewer=viewer, subject=subject_of(vault, thread), levels=levels, policy=policy,
        today=today, sign=bool(text.get("pen")), place=thread_id,
    )  # fmt: skip
    more: dict[str, Any] = {
        "to": int(audience),
        "levels": levels,
        "version": version,
        "shown": [] if group_only else None,
    }
    _decide(stores, vault, thread, "widen", window, audience=audience, **more)


def propose(
    stores: Stores, vault: Vault, thread: Thread, *, kind: str, words: Mapping[str, str], today: date, window: int
) -> None:
    """A coordinator proposes other words (`reword`: texts by their name) or to ask outside (`outside`: `words`).

    Raises Conflict while its author has not answered the last one. Who reads the thread was asked before.
    """
    if course_of(vault, thread).proposal or course_of(vault, thread).waiting:
        raise Conflict
    value = {"kind": kind, "day": today.toordinal(), "words": dict(words)}
    stores.content.merge(Proposal(thread_id=thread.id, sealed=_seal_proposal(stores, vault, thread, value)))
    turn = Turn(f"{kind}_proposed", today.toordinal())
    tell_turn(stores, vault, thread, turn, due=window + 1, proposal=kind)


def proposal_of(stores: Stores, vault: Vault, thread: Thread) -> dict[str, Any] | None:
    """What is proposed to its author, or was agreed to: kind, day, words."""
    row = stores.content.get(Proposal, thread.id)
    if row is None:
        return None
    found: dict[str, Any] = open_json(vault.data_key(stores, thread.key_id), row.sealed, _place(thread.id))
    return found


def change_proposal(stores: Stores, vault: Vault, thread: Thread, change: Callable[[str], str]) -> None:
    """Put other words into what is proposed; writes content."""
    row, found = stores.content.get(Proposal, thread.id), proposal_of(stores, vault, thread)
    if row is not None and found is not None:
        words = {name: change(text) for name, text in found["words"].items()}
        row.sealed = _seal_proposal(stores, vault, thread, {**found, "words": words})


def rekey_proposal(stores: Stores, thread_id: str, old: Key, new: Key) -> None:
    """Seal what is proposed under another key of its author's; writes content."""
    row = stores.content.get(Proposal, thread_id)
    if row is not None:
        found = open_json(old, row.sealed, _place(thread_id))
        row.sealed = seal_json(new, found, _place(thread_id), pad_to=PROPOSAL_PAD)


def answer_proposal(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, words: Mapping[str, str] | None,
    today: date, window: int,
) -> None:  # fmt: skip
    """Its author says yes, with the words as they go out, or no (None). Other words come at the next window, beneath the old ones where an answer came first;
    nothing is ever asked outside without a yes.

    Raises NotThere, Conflict when there is nothing to answer.
    """
    thread = own_question(stores, viewer, thread_id)
    row, course = stores.content.get(Proposal, thread_id), course_of(vault, thread)
    if row is None or not course.proposal:
        raise Conflict
    if words is not None and course.proposal == "outside":
        agreed = {"kind": "outside", "day": today.toordinal(), "words": dict(words)}
        row.sealed = _seal_proposal(stores, vault, thread, agreed)  # for the coordinators to take outside
    else:
        stores.content.delete(row)
    said = Turn(f"{course.proposal}_{'declined' if words is None else 'agreed'}", today.toordinal())
    note_turn(vault, thread, said, proposal="")
    if words is not None and course.proposal == "reword":
        _put_words(stores, vault, trade, viewer=viewer, thread=thread, words=words, today=today, window=window)
        put_course(vault, thread, replace(course_of(vault, thread), waiting="reword"))


def may_invite(vault: Vault, thread: Thread) -> bool:
    """Whether coordinators may add one more wave: not over and over."""
    return thread.state in OPEN_STATES and course_of(vault, thread).count("invited") < MAX_INVITED


def wish_of(vault: Vault, row: Wish) -> dict[str, Any]:
    """What somebody wished: kind, day, became."""
    found: dict[str, Any] = vault.open(row.sealed, table="wishes", column="sealed", row=row.thread_id)
    return found


def settle_wish(stores: Stores, vault: Vault, thread: Thread, *, became: str, today: date, window: int) -> None:
    """A coordinator says what became of a wish: taken or declined. Raises NotThere, Conflict."""
    row = stores.content.get(Wish, thread.id)
    if row is None or became not in ("taken", "declined"):
        raise NotThere
    found = wish_of(vault, row)
    if found["became"]:
        raise Conflict
    row.sealed = _seal_wish(vault, thread.id, {**found, "became": became})
    turn = Turn(f"wish_{became}", today.toordinal())
    tell_turn(stores, vault, thread, turn, due=window + 1, became=became)


def take_up_wish(stores: Stores, vault: Vault, *, viewer: Viewer, thread_id: str) -> None:
    """Its author made the wish come true, from their own question: coordinators see it as taken. Raises NotThere."""
    thread = own_question(stores, viewer, thread_id)
    row = stores.content.get(Wish, thread.id)
    if row is None:
        raise NotThere
    row.sealed = _seal_wish(vault, thread.id, {**wish_of(vault, row), "became": "taken"})
    put_course(vault, thread, replace(course_of(vault, thread), became="taken"))


def _decide(
    stores: Stores, vault: Vault, thread: Thread, what: str, window: int, *, audience: Audience, **more: Any
) -> None:
    due = due_window(stores, window, audience, at_once=False)
    queue.put(stores, vault, DECIDED, {"thread": thread.id, "do": what, **more}, due=due)
    put_course(vault, thread, replace(course_of(vault, thread), waiting=what))


def _put_words(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread: Thread, words: Mapping[str, str],
    today: date, window: int,
) -> None:  # fmt: skip
    text = thread_text(stores, vault, thread)
    if text is None:
        raise NotThere
    then = {"kind": DECIDED, "payload": {"thread": thread.id, "do": "reword"}}  # when they are out, and not before
    more: dict[str, Any] = {"viewer": viewer, "thread_id": thread.id, "window": window, "today": today, "then": then}
    fields = {**text["fields"], **{name.removeprefix("field_"): words[name] for name in words if name != "title"}}
    try:
        editing.edit_question(stores, vault, trade, title=words["title"], fields=fields, **more)
    except editing.Fixed:
        editing.add_to(stores, vault, trade, text="\n\n".join(words.values()), **more)


def _seal_proposal(stores: Stores, vault: Vault, thread: Thread, value: Mapping[str, Any]) -> bytes:
    key = vault.data_key(stores, thread.key_id)
    return seal_json(key, dict(value), _place(thread.id), pad_to=PROPOSAL_PAD)


def _seal_wish(vault: Vault, thread_id: str, value: Mapping[str, Any]) -> bytes:
    return vault.seal(dict(value), table="wishes", column="sealed", row=thread_id, pad=WISH_PAD)


def _place(thread_id: str) -> Place:
    return Place("proposals", "sealed", thread_id)
