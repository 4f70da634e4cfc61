"""The talk about a specification: the company invites an idea's author, who stays a handle; the two alone read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Unpack

from app.accounts.viewer import Viewer
from app.community import consents
from app.community.consents import Asked
from app.community.places import find_place, tag_at
from app.community.windows import heard_in
from app.community.writing import write
from app.db import Stores
from app.domains.trade import Trade
from app.errors import Conflict, NotThere
from app.ideas.models import Idea, IdeaTalk
from app.ideas.rules import INVITABLE, TALK
from app.ideas.service import company_says, opener_tag
from app.notices.service import tell
from app.questions.lockers import OWNER
from app.questions.writing import Sending
from app.sealing import Vault
from privacy.pseudonyms import new_id
from privacy.scopes import Audience

CONSENT: Final = "idea_talk"  # of a consent
ANSWERED: Final = "idea_talk_answered"  # jobs
SAID: Final = "idea_talk_said"
INVITED: Final = "invited"
RUNNING: Final = "open"
REFUSED: Final = "refused"
OVER: Final = "over"


@dataclass(frozen=True, slots=True)
class Part:
    """A talk, the reader's part in it, and whether to their knowledge it goes on."""

    talk: IdeaTalk
    is_author: bool
    is_running: bool


def may_invite(stores: Stores, idea: Idea) -> bool:
    """Whether the company may ask the author in: once, unless the talk there was is over."""
    talk = stores.content.get(IdeaTalk, idea.id)
    is_free = talk is None or talk.state in (REFUSED, OVER)
    return is_free and not idea.by_company and idea.state in INVITABLE


def invite(stores: Stores, vault: Vault, *, idea: Idea, words: str, today: date, window: int) -> None:
    """The company asks the author into the talk and says what about; silence for 14 days is no. Writes content.

    Raises Conflict.
    """
    label = opener_tag(stores, idea.id)
    if not label or not may_invite(stores, idea):
        raise Conflict
    consents.ask(
        stores, vault, about=idea.id, label=label, kind=CONSENT, words={"about": words}, today=today, then=ANSWERED
    )
    talk = stores.content.get(IdeaTalk, idea.id)
    if talk is None:
        talk = IdeaTalk(idea_id=idea.id, place=str(new_id()), state=INVITED, asked_day=today.toordinal())
        stores.content.add(talk)
    talk.state, talk.asked_day = INVITED, today.toordinal()
    tell(stores, vault, label=label, kind="idea_invited", due=window + 1, thread=idea.id)


def invitation(stores: Stores, vault: Vault, idea_id: str) -> Asked | None:
    """What the author was asked, if they were."""
    return next((one for one in consents.states(stores, vault, idea_id) if one.kind == CONSENT), None)


def answer_invitation(
    stores: Stores, vault: Vault, *, viewer: Viewer, idea: Idea, word: consents.Word, due: int
) -> None:  # fmt: skip
    """The author says yes or no; the company is told in the window `due`, and in which minute they said it nobody is.
    Writes content. Raises NotThere; Conflict when they said it before."""
    talk, asked = stores.content.get(IdeaTalk, idea.id), invitation(stores, vault, idea.id)
    if talk is None or asked is None or not is_author(stores, viewer, idea.id):
        raise NotThere
    if talk.state != INVITED or asked.state != consents.ASKED:
        raise Conflict
    consents.answer(stores, vault, viewer=viewer, consent_id=asked.id, word=word, window=due, label_place=idea.id)


def note_answer(stores: Stores, vault: Vault, payload: Mapping[str, Any]) -> None:
    """What the author said, or that they said nothing, or left: no talk without a yes that stands. Writes content.

    An answer to an earlier invitation is none to the one that stands.
    """
    talk, asked = stores.content.get(IdeaTalk, payload["about"]), invitation(stores, vault, payload["about"])
    if talk is None or asked is None or asked.id != payload["consent"]:
        return
    if talk.state == INVITED and payload["state"] != consents.ASKED:
        talk.state = RUNNING if payload["state"] == consents.YES else REFUSED
    elif talk.state == RUNNING and payload["state"] != consents.YES:
        talk.state = OVER


def is_author(stores: Stores, viewer: Viewer, idea_id: str) -> bool:
    """Whether the viewer posted the idea."""
    return tag_at(viewer.secret, idea_id, OWNER) == opener_tag(stores, idea_id)


def part_of(stores: Stores, vault: Vault, viewer: Viewer, idea: Idea) -> Part:
    """A talk that was begun, for its author and the company. Raises NotThere for everybody else."""
    talk = stores.content.get(IdeaTalk, idea.id)
    mine = is_author(stores, viewer, idea.id)
    if talk is None or talk.state not in (RUNNING, OVER) or not (mine or "analyst" in viewer.roles):
        raise NotThere
    asked = invitation(stores, vault, idea.id) if mine else None
    return Part(talk, mine, talk.state == RUNNING and (asked is None or asked.is_yes))


def say(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, idea: Idea, text: str, window: int, today: date,
    **sending: Unpack[Sending],
) -> None:  # fmt: skip
    """Add to the talk, until the next window; writes content and keys. Raises NotThere, Conflict when it is over."""
    part = part_of(stores, vault, viewer, idea)
    if not part.is_running:
        raise Conflict
    then = (SAID, {"idea": idea.id, "company": not part.is_author})
    texts, place = {"text": text}, part.talk.place
    if not part.is_author:
        company_says(
            stores, vault, trade, viewer=viewer, place=place, kind=TALK, texts=texts, then=then, window=window,
            today=today, token=sending.get("token", ""),
        )  # fmt: skip
        return
    write(
        stores, vault, trade, viewer=viewer, place=place, kind=TALK, texts=texts, audience=Audience.EXPERTS,
        company_may=True, opens=find_place(stores, viewer.secret, place) is None, then=then, window=window,
        today=today, **sending,
    )  # fmt: skip


def note_said(stores: Stores, vault: Vault, payload: Mapping[str, Any], *, window: int) -> None:
    """The company's words are out: the author is told. Writes content."""
    label = opener_tag(stores, payload["idea"])
    if payload["company"] and label:
        tell(stores, vault, label=label, kind="idea_talk", due=window, thread=payload["idea"])


def end(stores: Stores, vault: Vault, *, viewer: Viewer, idea: Idea, window: int) -> None:
    """Either ends it, without a reason; what was said stays for the two. Writes content. Raises NotThere, Conflict.

    The author's end is their yes taken back: the company sees it at the next publication, not in that minute.
    """
    part = part_of(stores, vault, viewer, idea)
    if not part.is_running:
        raise Conflict
    if part.is_author:
        asked = invitation(stores, vault, idea.id)
        if asked is None:
            raise NotThere
        due = heard_in(stores, window)
        consents.answer(
            stores, vault, viewer=viewer, consent_id=asked.id, word="no", window=due, label_place=idea.id
        )  # fmt: skip
        return
    part.talk.state = OVER
    if label := opener_tag(stores, idea.id):
        tell(stores, vault, label=label, kind="idea_talk_over", due=window + 1, thread=idea.id)
