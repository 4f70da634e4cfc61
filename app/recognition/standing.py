"""Use cases: stand for recognition, and stop. It is the author's own act, and it joins what they chose: the jury knows
that one person wrote all of it. So all of it together has to leave a crowd, with everything else of this quarter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.community import ballots
from app.community.windows import hear_later
from app.db import Stores
from app.domains.crowds import find_crowd
from app.domains.reads import forgot_quarter, newest_version, quarters_of
from app.domains.rules import hierarchies
from app.domains.trade import Trade
from app.questions.crowd import told_before
from app.questions.pennames import told_under
from app.questions.told import note_told
from app.questions.writing import known_author
from app.recognition.models import Candidacy
from app.recognition.nominating import Received
from app.recognition.rules import MAX_POSTS, READING, STANDING, Round, StandRefused
from app.recognition.texts import drop_texts, put_text
from app.sealing import Vault
from privacy.anonymity import Policy
from privacy.crowds import Facts
from privacy.pseudonyms import MemberSecret

PURPOSE: Final = "standing"
VERDICT: Final = "verdict"
PAD: Final = 1024
FIRST: Final = 2020  # no round was before
STANDS: Final = "standing"
WITHDRAWN: Final = "withdrawn"  # for jurors it stands until the next publication
HEARD: Final = "standing-heard"  # job: who stepped back stands no more


@dataclass(frozen=True, slots=True)
class Part:
    """One of the joined texts as the jury reads it: no question, no date, no role, no name."""

    domain: tuple[str, ...]
    text: str = field(repr=False)
    shown: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the jury reads of one candidate, and what all of it tells together."""

    parts: tuple[Part, ...]
    groups: tuple[str, ...]
    facts: Facts = field(repr=False)
    pens: frozenset[str] = field(repr=False)


def label_of(secret: MemberSecret, year: int) -> str:
    """The label of a member's candidacy of one year, under which they are told of it."""
    return ballots.label_of(secret, PURPOSE, str(year))


def compose(mine: Sequence[Received], *, posts: Collection[str], words: Collection[str], year: int) -> Dossier:
    """Join the chosen posts with the chosen nominations of this round; nobody else's, and nothing else. Pure."""
    chosen = [one for one in mine if one.item.id in posts]
    parts = [
        Part(
            one.item.domain, one.item.text, one.item.shown,
            tuple(said.text for said in one.words if said.year == year and said.label in words),
        )
        for one in chosen
    ]  # fmt: skip
    return Dossier(
        tuple(parts),
        tuple(dict.fromkeys(group for one in chosen for group in one.item.groups)),
        frozenset[tuple[str, int, str]]().union(*(one.item.facts for one in chosen)),
        frozenset(one.item.pen for one in chosen if one.item.pen),
    )


def trouble_with(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, dossier: Dossier, policy: Policy, today: date
) -> str:
    """Why these texts may not be read together: a reason of StandRefused, or empty. One cell over all they tell."""
    if not any(part.words for part in dossier.parts):
        return "none"
    if len(dossier.parts) > MAX_POSTS:
        return "many"
    if forgot_quarter(stores, viewer, today):
        return "afresh"
    crowd = find_crowd(stores, vault, newest_version(stores))
    told = _told(stores, viewer, dossier, today)
    return "" if crowd is not None and crowd.passes(told, hierarchies(trade), policy) else "crowd"


def stand(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    dossier: Dossier,
    knows: bool,
    policy: Policy,
    now: Round,
    today: date,
) -> None:
    """Stand with this, in the place of what one stood with before; writes content and keys, reads identity.

    `knows` is the author's word that they know it joins what they chose. Raises StandRefused, and what keeps somebody
    from writing.
    """
    if now.phase != STANDING:
        raise StandRefused("phase")
    viewer = known_author(stores, vault, viewer, today=today)
    reason: Any = trouble_with(
        stores, vault, trade, viewer=viewer, dossier=dossier, policy=policy, today=today
    ) or ("" if knows else "consent")  # fmt: skip
    if reason:
        raise StandRefused(reason)
    label = ballots.cast(stores, vault, viewer=viewer, purpose=PURPOSE, object=str(now.year))
    put_text(stores, vault, label, as_json(dossier))
    sealed = vault.seal(
        {"circles": sorted(viewer.own_circles)}, table="candidacies", column="sealed", row=label, pad=PAD
    )
    stores.content.merge(Candidacy(label=label, round=now.year, state=STANDS, sealed=sealed))
    note_told(stores, viewer.secret, quarters_of(stores, today), _told(stores, viewer, dossier, today))


def withdraw(stores: Stores, vault: Vault, *, viewer: Viewer, now: Round, window: int) -> bool:
    """Stop standing, until it is decided; whether there was something. Jurors who read already have it until the next
    publication. Writes content and keys."""
    row = stores.content.get(Candidacy, label_of(viewer.secret, now.year))
    if row is None or row.state != STANDS:
        return False
    if now.phase == READING:
        row.state = WITHDRAWN
        hear_later(stores, vault, HEARD, {"label": row.label}, window)
    else:
        erase(stores, vault, row)
    ballots.retract(stores, vault, viewer=viewer, purpose=PURPOSE, object=str(now.year))
    return True


def settle(stores: Stores, vault: Vault, *, label: str) -> None:
    """Who stepped back before this publication stands no more. Writes content and keys. Safe to repeat."""
    row = stores.content.get(Candidacy, label)
    if row is not None and row.state == WITHDRAWN:
        erase(stores, vault, row)


def erase(stores: Stores, vault: Vault, row: Candidacy) -> None:
    """Let a candidacy go, with what was read and what was said of it; writes content and keys."""
    said = [label for label, _ in ballots.notes_on(stores, vault, purpose=VERDICT, object=row.label)]
    drop_texts(stores, [row.label, *said])
    ballots.drop_all(stores, vault, object=row.label)
    stores.content.delete(row)


def own_candidacies(stores: Stores, secret: MemberSecret, *, today: date) -> list[Candidacy]:
    """Every year the viewer stood, the newest first."""
    labels = [label_of(secret, year) for year in range(FIRST, today.year + 1)]
    rows = stores.content.scalars(select(Candidacy).where(Candidacy.label.in_(labels), Candidacy.state != WITHDRAWN))
    return sorted(rows, key=lambda row: -row.round)


def as_json(dossier: Dossier) -> dict[str, Any]:
    """What is kept for the jury: facts and pen names are not."""
    parts = [
        {"domain": list(one.domain), "text": one.text, "shown": [list(pair) for pair in one.shown], "words": list(one.words)}
        for one in dossier.parts
    ]  # fmt: skip
    return {"parts": parts, "groups": list(dossier.groups)}


def parts_of(kept: dict[str, Any]) -> tuple[Part, ...]:
    """The same, read back."""
    return tuple(
        Part(tuple(one["domain"]), one["text"], tuple((name, value) for name, value in one["shown"]), tuple(one["words"]))
        for one in kept["parts"]
    )  # fmt: skip


def _told(stores: Stores, viewer: Viewer, dossier: Dossier, today: date) -> Facts:
    """All that is linked from now on: what is joined, what stands under its pen names, and this quarter's posts."""
    return dossier.facts | told_under(stores, viewer.secret, dossier.pens) | told_before(stores, viewer, today)
