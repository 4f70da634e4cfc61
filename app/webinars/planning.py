"""What coordinators do: plan a session, invite by the handle of something written, announce, move, call off.

It shows at once: they act by office, whose desk they share, and others plan by these hours. It tells that one of the
coordinators was here, and not which.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Final

from app.accounts.viewer import Viewer
from app.community import ballots, consents
from app.community.models import Writing
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.escalation.service import settle_wish
from app.notices.service import tell
from app.questions.access import check_access, posts_of
from app.questions.models import Thread
from app.questions.rules import COMPANY
from app.sealing import Vault
from app.webinars.models import Talk
from app.webinars.rows import Opened, get_talk, open_talk, put_talk
from app.webinars.rules import MAX_SPEAKERS, Times
from privacy.pseudonyms import new_id, owner_tag, peer_tag

SIGN_UP: Final = "session"  # the purpose of a sign-up's ballot
LECTURE: Final = "lecture"  # the kind of an invitation's consent
OPEN: Final = ("planned", "announced")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a coordinator fills in."""

    form: str
    times: Times
    company_may: bool
    title: str
    about: str
    subject: str = ""
    link: str = field(default="", repr=False)
    by_company: bool = False  # the operating company's people lecture, under its label


def plan(stores: Stores, vault: Vault, *, plan: Plan, wish: str = "") -> str:
    """Plan a session, which nobody but coordinators sees before it is announced; writes content. Gives its id.

    `wish` is the question whose author wished for it.
    """
    row = Talk(id=str(new_id()), form=plan.form, state="planned", sealed=b"")
    _fill(vault, row, plan)
    put_talk(vault, row, wish=wish)
    stores.content.add(row)
    return row.id


def change(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, plan: Plan, window: int) -> None:
    """Fill in anew; who signed up and who lectures are told when the time or the form is another. Raises NotThere,
    Conflict once it is over, and where it would be opened to the company after somebody was asked to lecture.
    """
    opened = _open(stores, vault, viewer, talk_id)
    row = opened.row
    if plan.company_may and not row.company_may and may_not_open(stores, vault, opened):
        raise Conflict
    before = (row.form, opened.times)
    _fill(vault, row, plan)
    if row.state == "announced" and before != (plan.form, plan.times):
        put_talk(vault, row, reminded=False)
        tell_all(stores, vault, opened, kind="session_changed", due=window + 1)


def may_not_open(stores: Stores, vault: Vault, opened: Opened) -> bool:
    """Whether somebody was asked to lecture, or agreed, before readers who did not include the company."""
    return bool(opened.speakers) or bool(invited(stores, vault, opened.row.id))


def announce(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, window: int) -> None:
    """Put it on the list. Raises NotThere, Conflict while nobody has agreed to lecture."""
    opened = _open(stores, vault, viewer, talk_id)
    if opened.row.state != "planned" or not (opened.known or opened.value["by_company"]):
        raise Conflict
    opened.row.state = "announced"
    tell_speakers(stores, vault, opened, kind="session_announced", due=window + 1)
    asker = stores.content.get(Thread, opened.value["wish"]) if opened.value["wish"] else None
    if asker is not None:
        tell(stores, vault, label=asker.owner_tag, kind="session_wished", due=window + 1, thread=talk_id)


def cancel(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, reason: str, window: int) -> None:
    """Call it off, with a reason that who signed up can read. Raises NotThere, Conflict once it is over."""
    opened = _open(stores, vault, viewer, talk_id)
    if opened.row.state == "announced":
        tell_all(stores, vault, opened, kind="session_cancelled", due=window + 1)
    else:
        tell_speakers(stores, vault, opened, kind="session_cancelled", due=window + 1)
    opened.row.state = "cancelled"
    put_talk(vault, opened.row, reason=reason, link="")


def take_wish(stores: Stores, vault: Vault, *, thread_id: str, today: date, window: int) -> None:
    """An author's wish is taken up; they are told. Raises NotThere, Conflict where it was answered before."""
    thread = stores.content.get(Thread, thread_id)
    if thread is None:
        raise NotThere
    settle_wish(stores, vault, thread, became="taken", today=today, window=window)


@dataclass(frozen=True, slots=True)
class Handle:
    """Somebody who wrote something the coordinator reads: what an invitation goes to."""

    row: str  # the post or writing
    place: str  # its thread or place
    tag: str = field(repr=False)


def find_handle(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, thread_id: str, post_id: str) -> Handle:
    """The author of an answer in a thread this coordinator may read. Raises NotThere."""
    thread = stores.content.get(Thread, thread_id)
    if thread is None or thread.hidden:
        raise NotThere
    access = check_access(vault, trade, thread, posts_of(stores, thread_id), viewer=viewer)
    post = next((one for one in access.posts if one.id == post_id and not one.hidden and one.author > 0), None)
    if post is None or post.author == COMPANY:
        raise NotThere
    return Handle(post.id, thread_id, post.author_tag)


def invite(
    stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, handle: Handle, today: date, window: int
) -> str:
    """Ask the author of something to lecture: they alone say yes, in their own session; writes content.

    Raises NotThere, Conflict when there are four already, for oneself, and where it was asked before.
    """
    opened = _open(stores, vault, viewer, talk_id)
    asked = invited(stores, vault, talk_id, window=window)
    own = {str(owner_tag(viewer.secret, handle.place)), str(peer_tag(viewer.secret, handle.place))}
    waiting = [one for one in asked if one.state == consents.ASKED]
    again = any(consents.stands_under(stores, vault, one, handle.tag) for one in asked)
    if again or handle.tag in own or len(opened.known) + len(waiting) >= MAX_SPEAKERS:
        raise Conflict
    words = {"place": handle.place, "row": handle.row}
    tell(stores, vault, label=handle.tag, kind="session_invited", due=window + 1, thread=talk_id)
    return consents.ask(stores, vault, about=talk_id, label=handle.tag, kind=LECTURE, words=words, today=today)


def invited(stores: Stores, vault: Vault, talk_id: str, *, window: int | None = None) -> list[consents.Asked]:
    """Every invitation of a session, with what became of it; for a `window`, as coordinators know of it then."""
    return [one for one in consents.states(stores, vault, talk_id, window=window) if one.kind == LECTURE]


def tell_all(stores: Stores, vault: Vault, opened: Opened, *, kind: str, due: int) -> None:
    """Tell who signed up, under the labels of their ballots, and the lecturers; writes content."""
    for label, _ in ballots.notes_on(stores, vault, purpose=SIGN_UP, object=opened.row.id):
        tell(stores, vault, label=label, kind=kind, due=due, thread=opened.row.id)
    tell_speakers(stores, vault, opened, kind=kind, due=due)


def tell_speakers(stores: Stores, vault: Vault, opened: Opened, *, kind: str, due: int) -> None:
    """Tell the lecturers, each under the label of their ballot; writes content."""
    for row in (row for row, value in opened.speakers if not value.get("leaves")):
        tell(stores, vault, label=row.label, kind=kind, due=due, thread=opened.row.id)


def writer_of(stores: Stores, writing_id: str) -> Handle | None:
    """The author of something written at a place; None for the company's words and for what is not there."""
    row = stores.content.get(Writing, writing_id)
    return None if row is None or row.hidden or row.voice < 0 else Handle(row.id, row.place, row.author_tag)


def _open(stores: Stores, vault: Vault, viewer: Viewer, talk_id: str) -> Opened:
    opened = get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    if opened.row.state not in OPEN:
        raise Conflict
    return opened


def _fill(vault: Vault, row: Talk, plan: Plan) -> None:
    row.form, row.company_may = plan.form, plan.company_may
    row.day, row.begins, row.length = plan.times.day.toordinal(), plan.times.begins, plan.times.length
    words = asdict(plan)
    kept = {name: words[name] for name in ("title", "about", "subject", "link", "by_company")}
    put_talk(vault, row, **(open_talk(vault, row) if row.sealed else {}) | kept)
