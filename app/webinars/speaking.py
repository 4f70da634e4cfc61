"""What a lecturer does: agree, say how they appear, speak, answer, step down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.accounts.viewer import Viewer
from app.community import ballots, consents
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
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
    """Agree to lecture; writes content. Never under one's name: that is a step of its own, later.

    Raises NotThere for who was not asked, Conflict when it is full or no longer planned, Forbidden, PenNameRefused.
    """
    viewer = known_author(stores, vault, viewer, today=today)
    opened, asked = find_invitation(stores, vault, viewer=viewer, talk_id=talk_id)
    if asked.state != consents.ASKED or opened.row.state not in OPEN or len(opened.speakers) >= MAX_SPEAKERS:
        raise Conflict
    _answer(stores, vault, viewer, asked, "yes", window)
    if opened.own(viewer) is not None:
        return  # asked for two of their answers
    number = max((value["number"] for _, value in opened.speakers), default=0) + 1
    label = ballots.cast(stores, vault, viewer=viewer, purpose=LECTURER, object=talk_id)
    row = Speaker(id=str(new_id()), talk_id=talk_id, label=label)
    closed = sorted(circles_beside(stores, vault, viewer.own_circles))
    name = _name(stores, vault, trade, viewer, talk_id, looks, policy, today)
    put_speaker(vault, row, {"number": number, **_looks(looks, name, closed)})
    stores.content.add(row)


def decline(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str, window: int) -> None:
    """Say no; nobody asks why. Raises NotThere, Conflict after it was answered."""
    _, asked = find_invitation(stores, vault, viewer=viewer, talk_id=talk_id)
    if asked.state != consents.ASKED:
        raise Conflict
    _answer(stores, vault, viewer, asked, "no", window)


def appear(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, talk_id: str, looks: Appearance, policy: Policy,
    today: date,
) -> None:  # fmt: skip
    """Appear otherwise: the lecturer's own act alone, and a name with its fee only before anybody listens. Once it is
    announced a pen name does not become a name, nor a name a pen name: whoever saw both would know them as one.

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
    put_speaker(vault, row, {"number": value["number"], "been": sorted(shown), **_looks(looks, name, closed)})


def step_down(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str) -> None:
    """Lecture no more: as easy as it was to say yes. What was said stays its author's own. Raises NotThere, Conflict."""
    opened, row, _ = own_row(stores, vault, viewer=viewer, talk_id=talk_id)
    if opened.row.state not in OPEN:
        raise Conflict
    stores.content.delete(row)
    ballots.retract(stores, vault, viewer=viewer, purpose=LECTURER, object=talk_id)


def own_row(stores: Stores, vault: Vault, *, viewer: Viewer, talk_id: str) -> tuple[Opened, Speaker, Mapping[str, Any]]:
    """The viewer's line among the lecturers. Raises NotThere for who does not lecture there."""
    opened = get_talk(stores, vault, viewer=viewer, talk_id=talk_id)
    label = ballots.label_of(viewer.secret, LECTURER, talk_id)
    found = next((pair for pair in opened.speakers if pair[0].label == label), None)
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
) -> None:
    consents.answer(
        stores, vault, viewer=viewer, consent_id=asked.id, word=word, window=window, label_place=asked.words["place"]
    )
