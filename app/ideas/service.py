"""Use cases: post an idea, reply to one, say what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Unpack

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community.models import Ballot, Writing
from app.community.places import tag_at
from app.community.texts import follows, open_parts
from app.community.writing import speaks, write, write_company
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.ideas.course import add_turn, begin
from app.ideas.models import Idea
from app.ideas.rules import (
    DUPLICATE,
    IDEA,
    OPEN,
    PLANNED,
    REPLY,
    VOTE,
    By,
    ChangeRefused,
    TooManyIdeas,
    Turn,
    check_change,
    room_on,
)
from app.notices.service import drop_notes, tell
from app.questions import sent
from app.questions.lockers import OWNER, PEER, read_locker, write_locker
from app.questions.writing import Sending
from app.sealing import Vault
from app.tallies import service as tallies
from privacy.pseudonyms import new_id

OUT: Final = "idea_out"  # jobs: an idea, or a reply, is out
REPLIED: Final = "idea_replied"
POSTED: Final = "ideas"  # the locker of one's own ideas: limits, and what is counted


@dataclass(frozen=True, slots=True)
class NewIdea:
    """An idea as its form left it; texts are checked."""

    texts: Mapping[str, str]  # title, aim, for_whom, now: shown in the order of their names
    group: str  # empty: of every group
    topic: str
    may_be_listed: bool

    def columns(self) -> dict[str, Any]:
        """What the board sorts it by."""
        return {"group": self.group, "topic": self.topic, "listed": self.may_be_listed}


def post_idea(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, idea: NewIdea, most_a_week: int | None = None,
    from_thread: str = "", window: int, today: date, **sending: Unpack[Sending],
) -> None:  # fmt: skip
    """Store a member's idea until its window; writes content and keys. The same token stores it once.

    `from_thread`: the viewer's own question it comes from, which is counted already. Raises TooManyIdeas, and what
    `write` raises.
    """
    if sent.find(stores, viewer.secret, sending.get("token", "")) is not None:
        return
    again = find_limit(stores, viewer, most_a_week=most_a_week, today=today)
    if again is not None:
        raise TooManyIdeas(again)
    idea_id = str(new_id())
    payload = {"idea": idea_id, **idea.columns(), "company": False}
    write(
        stores, vault, trade, viewer=viewer, place=idea_id, kind=IDEA, texts=idea.texts,
        subject=subject_in(trade, viewer, idea.group), company_may=True, opens=True, then=(OUT, payload),
        window=window, today=today, **sending,
    )  # fmt: skip
    _note_posted(stores, vault, viewer, idea, idea_id, from_thread, today=today, window=window)


def post_company_idea(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, idea: NewIdea, window: int, today: date,
    token: str = "",
) -> None:  # fmt: skip
    """Store an item of the company's, planned from the start, until its window; writes content and keys."""
    idea_id = str(new_id())
    payload = {"idea": idea_id, **idea.columns(), "company": True}
    company_says(
        stores, vault, trade, viewer=viewer, place=idea_id, kind=IDEA, texts=idea.texts, then=(OUT, payload),
        window=window, today=today, token=token,
    )  # fmt: skip


def company_says(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, place: str, kind: str, texts: Mapping[str, str],
    extra: Mapping[str, Any] | None = None, then: tuple[str, dict[str, Any]], window: int, today: date, token: str,
) -> None:  # fmt: skip
    """Store a text of the company's until its window, once a token; writes content and keys. Raises Forbidden."""
    if sent.find(stores, viewer.secret, token) is not None:
        return
    speaks(stores, vault, viewer=viewer, today=today)
    written = write_company(
        stores, vault, trade, place=place, kind=kind, texts=texts, extra=extra, then=then, window=window
    )
    sent.note(stores, viewer.secret, token, written)


def find_limit(stores: Stores, viewer: Viewer, *, most_a_week: int | None, today: date) -> date | None:
    """The day from which the viewer may post again; None where they may now."""
    if most_a_week is None:
        return None
    again = room_on([day for _, day in own_ideas(stores, viewer)], today, most_a_week)
    return again if again > today else None


def own_ideas(stores: Stores, viewer: Viewer) -> list[tuple[str, int]]:
    """(idea, day) of what the viewer posted, newest first."""
    return [(one, day) for one, day in read_locker(stores, viewer.secret, POSTED, [])]


def subject_in(trade: Trade, viewer: Viewer, group: str) -> str:
    """What the viewer works with in a group; empty for what is said without one, or of the company's own service, which
    says nothing of who uses it. Raises NotThere for any other group."""
    if not group or is_of_company(trade, group):
        return ""
    found = next((one for one in viewer.subjects if one in trade.group_of and trade.group_of[one].key == group), None)
    if found is None:
        raise NotThere
    return found


def is_of_company(trade: Trade, group: str) -> bool:
    """Whether a group holds nothing but the company's own service."""
    held = [one.key for named in trade.groups if named.key == group for one in named.subjects]
    return bool(held) and set(held) <= set(trade.network.own_service)


def publish_idea(stores: Stores, vault: Vault, payload: Mapping[str, Any], *, today: date) -> None:
    """The idea's text is out: so is the idea. Again does nothing. Writes content."""
    if stores.content.get(Idea, payload["idea"]) is not None:
        return
    day = today.toordinal()
    stores.content.add(
        Idea(
            id=payload["idea"], group_key=payload["group"], topic=payload["topic"],
            state=PLANNED if payload["company"] else OPEN, into=None, by_company=payload["company"],
            may_be_listed=payload["listed"], published_day=day, active_day=day, band=0, due_day=None,
            sealed_course=begin(vault, payload["idea"]),
        )
    )  # fmt: skip


def add_reply(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, idea: Idea, text: str, to: str = "", window: int,
    today: date, **sending: Unpack[Sending],
) -> None:  # fmt: skip
    """Store a member's reply, or the company's under its label, until its window; writes content and keys.

    `to` is another reply, one that answers the idea itself. That the viewer may read both was asked before. Raises
    Conflict where something else is talked about instead.
    """
    if idea.state == DUPLICATE:
        raise Conflict
    texts, extra = {"text": text}, {"to": to}
    if "analyst" in viewer.roles:
        company_says(
            stores, vault, trade, viewer=viewer, place=idea.id, kind=REPLY, texts=texts, extra=extra, window=window,
            today=today, then=(REPLIED, {"idea": idea.id, "tag": ""}), token=sending.get("token", ""),
        )  # fmt: skip
        return
    part = OWNER if tag_at(viewer.secret, idea.id, OWNER) == opener_tag(stores, idea.id) else PEER
    write(
        stores, vault, trade, viewer=viewer, place=idea.id, kind=REPLY, texts=texts, extra=extra, company_may=True,
        then=(REPLIED, {"idea": idea.id, "tag": tag_at(viewer.secret, idea.id, part)}), window=window, today=today,
        **sending,
    )  # fmt: skip


def note_reply(stores: Stores, vault: Vault, payload: Mapping[str, Any], *, window: int, today: date) -> None:
    """A reply is out: whoever wrote there, and may read it, is told. Writes content.

    The idea moves up by what everybody reads who reads the idea, its author's words and the company's: moved by a reply
    that is closed to a colleague, it would tell them of it.
    """
    idea = stores.content.get(Idea, payload["idea"])
    if idea is None:
        return
    rows = stores.content.scalars(select(Writing).where(Writing.place == idea.id, Writing.voice >= 0)).all()
    mine = [row for row in rows if row.author_tag == payload["tag"]]
    closed = {
        circle for row in mine for circle in (open_parts(vault, row)["circle"], *open_parts(vault, row)["excluded"])
    }
    if not payload["tag"] or any(row.voice == 0 for row in mine):
        idea.active_day = today.toordinal()
    told = {row.author_tag: row for row in rows if row.author_tag != payload["tag"]}
    for tag, row in told.items():
        if open_parts(vault, row)["circle"] not in closed:
            kind = "idea_reply" if row.voice == 0 else "idea_joined"
            tell(stores, vault, label=tag, kind=kind, due=window, thread=idea.id)


def change_state(
    stores: Stores, vault: Vault, *, idea: Idea, to: str, reason: str, by: By, into: Idea | None = None, window: int,
    today: date,
) -> None:  # fmt: skip
    """Say what becomes of an idea, and tell its author and each of its voters once; writes content.

    The company's word ends what it owes. Of a duplicate the other idea takes the due day over. Raises ChangeRefused.
    """
    told = check_change(idea.state, to, reason, by=by, is_companys=idea.by_company)
    if (to == DUPLICATE) != (into is not None):
        raise ChangeRefused("into")
    if into is not None:
        if into.id == idea.id or into.state == DUPLICATE:
            raise ChangeRefused("into")
        _hand_over(vault, idea, into, today)
    idea.state, idea.into, idea.due_day = to, into.id if into else None, None
    idea.active_day = today.toordinal()
    add_turn(vault, idea, Turn(to, today.toordinal(), by, told))
    tell_change(stores, vault, idea, window=window)


def tell_change(stores: Stores, vault: Vault, idea: Idea, *, window: int) -> None:
    """One note for each vote, in the place of an older one, and one for the author; writes content."""
    labels = list(stores.content.scalars(select(Ballot.label).where(Ballot.purpose == VOTE, Ballot.object == idea.id)))
    drop_notes(stores, vault, labels)
    author = opener_tag(stores, idea.id)
    for label in labels:
        tell(stores, vault, label=label, kind="idea_state", due=window + 1, thread=idea.id)
    if author and not idea.by_company:
        tell(stores, vault, label=author, kind="idea_own_state", due=window + 1, thread=idea.id)


def opener_tag(stores: Stores, idea_id: str) -> str:
    """The label of whoever posted an idea; empty when its text is gone."""
    opener = select(Writing.author_tag).where(Writing.place == idea_id, Writing.kind == IDEA)
    return stores.content.scalar(opener) or ""


@follows
def mind_words(stores: Stores, _vault: Vault, row: Writing, _window: int) -> None:
    """Nobody owes an answer to an idea whose author took it back. Writes content."""
    idea = stores.content.get(Idea, row.place) if row.kind == IDEA and not row.sealed_text else None
    if idea is not None:
        idea.due_day = None


def find_idea(stores: Stores, idea_id: str) -> Idea:
    """A published idea. Raises NotThere."""
    idea = stores.content.get(Idea, idea_id)
    if idea is None:
        raise NotThere
    return idea


def _hand_over(vault: Vault, idea: Idea, into: Idea, today: date) -> None:
    if idea.due_day is not None and into.state == OPEN and not into.by_company and into.due_day is None:
        into.due_day = idea.due_day
        add_turn(vault, into, Turn("duty", today.toordinal(), "rules", due=idea.due_day))


def _note_posted(
    stores: Stores, vault: Vault, viewer: Viewer, idea: NewIdea, idea_id: str, from_thread: str, *, today: date,
    window: int,
) -> None:  # fmt: skip
    write_locker(stores, viewer.secret, POSTED, [[idea_id, today.toordinal()], *own_ideas(stores, viewer)])
    if not from_thread and idea.group:
        about = tallies.About(viewer, idea_id, today)
        boxes = tallies.boxes_for(stores, about, kind="idea", topic=f"{idea.group}/{idea.topic}")
        tallies.leave(stores, vault, boxes, due=window + 1)
