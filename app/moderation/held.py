"""Posts that are held before publication: released, refused with a sentence, asked about again, taken back as a draft.

A held post is its sealed waiting row and nothing else. Its decisions stand in that row, under labels of the
coordinators' own secrets.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import shown_key
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.logs.service import note_content
from app.moderation.cases import Decision
from app.moderation.judging import desk_label, gate, is_party
from app.moderation.rules import LONGEST_SENTENCE, OF_HELD, REFUSE, RELEASE, DecisionRefused, check_decision
from app.moderation.writings import check_waiting, is_of_place, joined
from app.notices.service import tell
from app.questions.access import make_scope
from app.questions.course import Turn, note_turn
from app.questions.ending import own_rows
from app.questions.erasing import drop_pending
from app.questions.holding import NEVER, due_again, held_rows
from app.questions.holding import REFUSED as LIES
from app.questions.lockers import OwnThread
from app.questions.models import Pending, Post, Thread
from app.questions.pending import change_pending, open_pending, unpack
from app.questions.rules import COMPANY, reader
from app.questions.written import TABLES
from app.queues import offers
from app.sealing import Vault, open_text
from privacy.pseudonyms import owner_tag, peer_tag
from privacy.scopes import may_read

WAITING: Final = "waiting"
REFUSED: Final = "refused"
APPEAL: Final = "appeal"
TELLS: Final = {RELEASE: "held_released", REFUSE: "held_refused"}


@dataclass(frozen=True, slots=True)
class Held:
    """A held post, as its row has it."""

    row: Pending
    payload: dict[str, Any] = field(repr=False)

    @property
    def of_place(self) -> bool:
        """Whether it is of the community: a writing, or a change of one."""
        return is_of_place(self.payload["kind"])

    @property
    def is_question(self) -> bool:
        """Whether it is a question, whose thread is not there yet."""
        return bool(self.payload["kind"] == "question")

    @property
    def thread(self) -> str:
        """The thread it belongs to."""
        found: str = self.payload["id"] if self.is_question else self.payload["thread"]
        return found

    @property
    def tag(self) -> str:
        """Its author's, in this thread."""
        found: str = self.payload["columns"]["owner_tag"] if self.is_question else self.payload["author_tag"]
        return found

    @property
    def key_id(self) -> str:
        """The data key of its author's part."""
        found: str = self.payload["columns"]["key_id"] if self.is_question else self.payload["key_id"]
        return found

    @property
    def hold(self) -> dict[str, Any]:
        """Why it is held, in which state, since which window."""
        found: dict[str, Any] = self.payload["held"]
        return found

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided about it."""
        return tuple(Decision(**one) for one in self.hold["decisions"])


def text_of(stores: Stores, vault: Vault, held: Held) -> dict[str, Any]:
    """Its words. Raises NotThere when they were erased."""
    table = TABLES.get(held.payload["kind"], "posts")
    key = vault.data_key(stores, held.key_id)
    text: dict[str, Any] = open_text(key, unpack(held.payload["text"]), table=table, row=held.payload["id"])
    if held.of_place:
        return joined(text)
    return {**text, "text": text["late"]} if "late" in text else text


def author_of(held: Held, posts: Sequence[Post]) -> int:
    """The role it will stand under: 0 the asker, n an answerer."""
    if held.payload["kind"] == "company":
        return COMPANY
    if held.is_question or held.payload.get("by_asker"):
        return 0
    known = next((one.author for one in posts if one.author_tag == held.tag), None)
    return known if known is not None else max((0, *(one.author for one in posts))) + 1


def on_desk(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer) -> list[Held]:
    """What a coordinator may decide about, in no order."""
    found = [Held(row, payload) for row, payload in held_rows(stores, vault)]
    return [one for one in found if _may_judge(stores, vault, trade, one, viewer)]


def get_held(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, held_id: str) -> Held:
    """One of them. Raises NotThere."""
    row = stores.content.get(Pending, held_id)
    payload = open_pending(vault, row) if row is not None else {}
    if row is None or payload.get("held", {}).get("state", REFUSED) == REFUSED:
        raise NotThere
    held = Held(row, payload)
    if not _may_judge(stores, vault, trade, held, viewer):
        raise NotThere
    return held


def decide(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    held_id: str,
    do: str,
    reason: str,
    sentence: str,
    window: int,
    today: date,
) -> None:
    """Let a held post out at its window, or refuse it. Writes content. Raises NotThere, DecisionRefused."""
    held = get_held(stores, vault, trade, viewer=viewer, held_id=held_id)
    check_decision(do, OF_HELD, reason, sentence)
    if do == RELEASE:
        plain = {name: value for name, value in held.payload.items() if name != "held"}
        change_pending(vault, held.row, plain)
        held.row.due_window = due_again(stores, held.payload, window)
    else:
        taken = {"do": do, "by": desk_label(viewer.secret, held.row.id), "day": today.toordinal(), "reason": reason}
        decisions = [*held.hold["decisions"], {**taken, "sentence": sentence.strip()}]
        _change(vault, held, state=REFUSED, decisions=decisions)
        held.row.due_window = LIES
        _give_back_offer(stores, vault, held)
        _keep_old_words(stores, vault, held, today)
    tell(stores, vault, label=held.tag, kind=TELLS[do], due=window + 1, thread=held.thread)
    note_content(stores, event=f"case.{do}", day=today)


def own_held(stores: Stores, vault: Vault, own: OwnThread) -> list[Held]:
    """What of one's own in a thread is held or was refused."""
    found = [(row, open_pending(vault, row)) for row in own_rows(stores, own)]
    return [Held(row, payload) for row, payload in found if "held" in payload]


def get_refused(stores: Stores, vault: Vault, own: OwnThread, held_id: str) -> Held:
    """One's own post that was refused. Raises NotThere, Conflict while it still waits."""
    held = next((one for one in own_held(stores, vault, own) if one.row.id == held_id), None)
    if held is None:
        raise NotThere
    if held.hold["state"] != REFUSED:
        raise Conflict
    return held


def may_appeal(held: Held) -> bool:
    """Whether its author may ask for somebody else to look, once."""
    return bool(held.hold["state"] == REFUSED and not held.hold["appeal"])


def appeal(stores: Stores, vault: Vault, own: OwnThread, *, held_id: str, sentence: str, window: int) -> None:
    """Ask that somebody else looks. Writes content. Raises NotThere, Conflict, DecisionRefused."""
    held = get_refused(stores, vault, own, held_id)
    if not may_appeal(held):
        raise Conflict
    if not sentence.strip():
        raise DecisionRefused("sentence")
    if len(sentence) > LONGEST_SENTENCE:
        raise DecisionRefused("long")
    _change(vault, held, state=APPEAL, appeal=sentence.strip(), since=window)
    held.row.due_window = NEVER


def drop(stores: Stores, vault: Vault, held: Held) -> None:
    """Let a refused post go: its words are in its author's hands. Writes content."""
    drop_pending(stores, vault, held.row)


def _change(vault: Vault, held: Held, **changes: Any) -> None:
    change_pending(vault, held.row, {**held.payload, "held": {**held.hold, **changes}})


def _give_back_offer(stores: Stores, vault: Vault, held: Held) -> None:
    """Who answered from their queue finds the question there again, at its old place."""
    offer = offers.find(stores, vault, held.payload.get("offer") or "")
    if offer is not None and offer.state == "answering":
        offers.put(stores, vault, replace(offer, state="offered", claimed_until=None))


def _keep_old_words(stores: Stores, vault: Vault, held: Held, today: date) -> None:
    """A rewording its author agreed to does not come out: its question goes on as it is."""
    thread = stores.content.get(Thread, held.thread) if "then" in held.payload else None
    if thread is not None:
        note_turn(vault, thread, Turn("reword_refused", today.toordinal()), waiting="")


def _may_judge(stores: Stores, vault: Vault, trade: Trade, held: Held, viewer: Viewer) -> bool:
    """The gate of whoever is asked, nothing of one's own or one's circle, and no second look at one's own decision."""
    if held.tag in (owner_tag(viewer.secret, held.thread), peer_tag(viewer.secret, held.thread)):
        return False
    mine = desk_label(viewer.secret, held.row.id)
    if held.hold["circle"] in viewer.own_circles or any(one.by == mine for one in held.decisions):
        return False
    if held.is_question:
        return _may_read_waiting(trade, held, viewer)
    try:
        if held.of_place:
            return not check_waiting(stores, trade, held.payload, viewer=viewer)
        return not is_party(gate(stores, vault, trade, viewer=viewer, thread_id=held.thread))
    except NotThere:
        return False


def _may_read_waiting(trade: Trade, held: Held, viewer: Viewer) -> bool:
    columns, scope = held.payload["columns"], held.payload["scope"]
    opened = make_scope(scope, audience=columns["audience"], company_may=columns["company_may"])
    subject = scope["subject"]
    return subject in trade.subjects and may_read(
        opened, reader(trade, viewer, is_asked=True), shown_key(trade, subject, opened.levels)
    )
