"""What a lecturer does: agree, say how they appear, speak, answer, step down.

Coordinators and members see it from the next publication on: whoever looks at a desk again and again would learn in which
minute somebody was here. On the day of the session all of it shows at once, since others come for them; and a name that
is taken back is gone at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from app.accounts.viewer import Viewer
from app.community import ballots, consents
from app.community.windows import hear_later, heard_in
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.jobs import queue
from app.questions.crowd import join_pen
from app.questions.exclusions import circles_beside
from app.questions.pennames import PenNameRefused, is_claimed
from app.questions.writing import known_author
from app.sealing import Vault
from app.webinars.models import Speaker, Talk
from app.webinars.planning import OPEN, invited
from app.webinars.rows import LECTURER, Opened, get_talk, open_all, put_speaker
from app.webinars.rules import MAX_SPEAKERS, may_take_fee
from privacy.anonymity import Policy
from privacy.pseudonyms import new_id

HEARD: Final = "lecturer-heard"  # job: what a lecturer said shows
Appearing = Literal["handle", "pen", "name"]


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a lecturer is called before everybody: by role alone, by pen name, or by name."""

    how: Appearing = "handle"
    name: str = ""
    fee: bool = False


def find_invitation(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str) -> tuple[Opened, consents.Asked]:
    """The session somebody is asked to lecture at, and what they were asked. Raises NotThere for anybody else."""
    row = stores.content.get(Talk, talk_id)
    for one in invited(stores, vault, talk_id) if row is not None else []:
        try:
            asked = consents.find(stores, vault, viewer=viewer, consent_id=one.id, label_place=one.words["place"])
        except NotThere:
            continue
        assert row is not None  # noqa: S101 (there is something asked about it)
        return open_all(stores, vault, [row])[0], asked
    raise NotThere


def accept(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, looks: Appearance, policy: Policy,
    today: date, window: int,
) -> None:  # fmt: skip
    """Agree to lecture, from the next publication on; writes content. Never under one's name: that is a step of its own, later.

    Raises NotThere for who was not asked, Conflict when it is full or no longer planned, Forbidden, PenNameRefused.
    """
    viewer = known_author(stores, vault, viewer, today=today)
    opened, asked = find_invitation(stores, vault, viewer=viewer, talk_id=talk_id)
    if asked.state != consents.ASKED or opened.row.state not in OPEN or len(opened.speakers) >= MAX_SPEAKERS:
        raise Conflict
    due = _answer(stores, vault, viewer, asked, "yes", window)
    if opened.own(viewer) is not None:
        return  # asked for two of their answers
    number = max((value["number"] for _, value in opened.speakers), default=0) + 1
    label = ballots.cast(stores, vault, viewer=viewer, purpose=LECTURER, object=talk_id)
    row = Speaker(id=str(new_id()), talk_id=talk_id, label=label)
    closed = sorted(circles_beside(stores, vault, viewer.own_circles))
    name = _name(stores, vault, trade, viewer, talk_id, looks, policy, today)
    put_speaker(vault, row, {"number": number, "waits": True, "heard": due, **_looks(looks, name, closed)})
    stores.content.add(row)
    queue.put(stores, vault, HEARD, {"talk": talk_id}, due=due)


def decline(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, window: int) -> None:
    """Say no; nobody asks why. Raises NotThere, Conflict after it was answered."""
    _, asked = find_invitation(stores, vault, viewer=viewer, talk_id=talk_id)
    if asked.state != consents.ASKED:
        raise Conflict
    _answer(stores, vault, viewer, asked, "no", window)


def appear(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, looks: Appearance, policy: Policy,
    today: date, window: int,
) -> None:  # fmt: skip
    """Appear otherwise: the lecturer's own act alone, and a name with its fee only before anybody listens. Once it is
    announced a pen name does not become a name, nor a name a pen name: whoever saw both would know them as one. More than
    a handle is seen from the next publication on, or at once on the day of the session.

    Raises NotThere, Conflict once the session runs out of planning, PenNameRefused.
    """
    viewer = known_author(stores, vault, viewer, today=today)
    opened, row, value = own_row(stores, vault, viewer=viewer, talk_id=talk_id)
    if opened.row.state not in OPEN:
        raise Conflict
    closed = sorted(circles_beside(stores, vault, viewer.own_circles))
    shown = {*value.get("been", ()), value["as"]} if opened.row.state == "announced" else set()
    if {*shown, looks.how} >= {"pen", "name"}:
        raise PenNameRefused("thread")
    name = _name(stores, vault, trade, viewer, talk_id, looks, policy, today)
    after = {"been": sorted(shown), **_looks(looks, name, closed)}
    kept = {field: one for field, one in value.items() if field != "next"}
    is_its_day = opened.row.day <= today.toordinal()
    if looks.how == "handle" or kept.get("waits") or is_its_day:
        put_speaker(vault, row, {**kept, **after})
        return
    due = hear_later(stores, vault, HEARD, {"talk": talk_id}, window)
    put_speaker(vault, row, {**kept, "next": after, "heard": due})


def step_down(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, today: date, window: int) -> None:
    """Lecture no more: as easy as it was to say yes. What was said stays its author's own. Others see it from the next
    publication on, and on the day of the session at once. Writes content. Raises NotThere, Conflict."""
    opened, row, value = own_row(stores, vault, viewer=viewer, talk_id=talk_id)
    if opened.row.state not in OPEN:
        raise Conflict
    ballots.retract(stores, vault, viewer=viewer, purpose=LECTURER, object=talk_id)
    if value.get("waits") or opened.row.day <= today.toordinal():
        stores.content.delete(row)
        return
    due = hear_later(stores, vault, HEARD, {"talk": talk_id}, window)
    put_speaker(vault, row, {**value, "leaves": True, "heard": due})


def settle(stores: Stores, vault: Vault, *, talk_id: str, window: int) -> None:
    """Let others see what the lecturers of a session said by this window. Writes content. Safe to repeat."""
    talk = stores.content.get(Talk, talk_id)
    for row, value in open_all(stores, vault, [talk])[0].speakers if talk is not None else ():
        if value.get("heard", 0) > window:
            continue
        if value.get("leaves"):
            stores.content.delete(row)
        elif value.get("waits") or value.get("next"):
            kept = {field: one for field, one in value.items() if field not in ("waits", "next", "heard")}
            put_speaker(vault, row, {**kept, **value.get("next", {})})


def own_row(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str) -> tuple[Opened, Speaker, Mapping[str, Any]]:
    """The viewer's line among the lecturers. Raises NotThere for who does not lecture there."""
    opened = get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    own = opened.own(viewer)
    found = next((pair for pair in opened.speakers if pair[1] is own), None)
    if found is None:
        raise NotThere
    return opened, *found


def _name(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, talk_id: str, looks: Appearance, policy: Policy,
    today: date,
) -> str:  # fmt: skip
    """What a lecturer is called: a pen name where it joins no more than it may, and no name that is anybody's pen name.
    Raises PenNameRefused."""
    if looks.how == "pen":
        return join_pen(stores, vault, trade, viewer=viewer, place=talk_id, policy=policy, today=today)
    if looks.how == "name" and is_claimed(stores, looks.name):
        raise PenNameRefused("taken")
    return looks.name if looks.how == "name" else ""


def _looks(looks: Appearance, name: str, closed: list[str]) -> dict[str, Any]:
    """Also who is named stays closed to their own circle, like everything else they write."""
    found = {"as": looks.how, "name": name}
    return {**found, "fee": looks.fee and may_take_fee(found), "closed": closed}


def _answer(
    stores: Stores, vault: Vault, viewer: Viewer, asked: consents.Asked, word: Literal["yes", "no"], window: int
) -> int:
    """In which window the coordinators hear it."""
    due = heard_in(stores, window)
    consents.answer(
        stores, vault, viewer=viewer, consent_id=asked.id, word=word, window=due, label_place=asked.words["place"]
    )
    return due
