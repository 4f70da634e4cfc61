"""Use cases: the story of somebody recognised, in the openness they choose, by themselves or by a volunteer's hand.

Nothing of it is shown but what its owner said yes to. A story is seen from the next Monday on, so that nobody learns
from the hour who wrote it; what is changed of one that is seen waits for the next publication. A name that is taken back
is gone at once, and so is a story.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.clock import next_monday
from app.community import ballots, consents
from app.community.windows import hear_later
from app.db import Stores
from app.domains.service import current_viewer
from app.errors import NotThere
from app.recognition.models import Candidacy, Story
from app.recognition.rules import Openness
from app.recognition.standing import label_of
from app.recognition.texts import drop_texts, find_text, put_text
from app.sealing import Vault
from privacy.pseudonyms import new_id

AWARDED: Final = "awarded"
PAD: Final = 1024
WISHED, WANTED, WRITING, ASKED, OUT = "wished", "wanted", "writing", "asked", "out"
HEARD: Final = "story-heard"  # job: what was said of a story shows to others


@dataclass(frozen=True, slots=True)
class Choice:
    """How the owner wants to be seen: the domain alone, a pseudonym, or the name they typed."""

    openness: Openness
    who: str = field(default="", repr=False)
    is_public: bool = False


def get_award(stores: Stores, *, viewer: Viewer, year: int) -> Candidacy:
    """The viewer's own candidacy that was recognised. Raises NotThere."""
    row = stores.content.get(Candidacy, label_of(viewer.secret, year))
    if row is None or row.state != AWARDED:
        raise NotThere
    return row


def find_own(stores: Stores, *, viewer: Viewer, year: int) -> Story | None:
    """The row of the viewer's own story."""
    return stores.content.scalar(select(Story).where(Story.label == label_of(viewer.secret, year)))


def tell_it(
    stores: Stores, vault: Vault, *, viewer: Viewer, year: int, texts: Mapping[str, str], choice: Choice, today: date,
    window: int,
) -> str:  # fmt: skip
    """Put one's own story out, or change it; its id. Where others would see that it changed, it waits for the next
    publication. Writes content and keys, reads identity. Raises NotThere, Forbidden."""
    viewer = current_viewer(stores, vault, viewer=viewer, today=today)
    row = own_row(stores, vault, viewer, get_award(stores, viewer=viewer, year=year), today)
    kept = find_text(stores, vault, row.id)
    is_quiet = not row.state or (row.state == OUT and row.shown_day > today.toordinal())
    if kept is None or is_quiet:
        return publish(stores, vault, row, texts, choice, today)
    _tell_later(stores, vault, row, kept, texts, choice, window)
    return row.id


def show_as(
    stores: Stores, vault: Vault, *, viewer: Viewer, year: int, choice: Choice, today: date, window: int
) -> None:
    """Choose another openness of a story that is out: a name that is taken back goes at once, and so does what is no longer
    for everybody; the rest waits for the next publication. Writes content and keys. Raises NotThere."""
    get_award(stores, viewer=viewer, year=year)
    row = find_own(stores, viewer=viewer, year=year)
    kept = None if row is None else find_text(stores, vault, row.id)
    if row is None or row.state != OUT or kept is None:
        raise NotThere
    texts = kept.pop("told", kept)
    if kept["openness"] == "name" and kept["who"] != choice.who:
        kept |= {"openness": "domain", "who": ""}
    is_shown = row.shown_day <= today.toordinal()
    row.is_public = choice.is_public and (row.is_public or not is_shown)
    wanted = {"title": texts["title"], "body": texts["body"], **_as_kept(choice)}
    put_text(stores, vault, row.id, {**kept, **({} if is_shown else wanted)})
    if is_shown and (row.is_public != choice.is_public or any(kept[name] != one for name, one in wanted.items())):
        _tell_later(stores, vault, row, kept, wanted, choice, window)


def _tell_later(
    stores: Stores, vault: Vault, row: Story, kept: Mapping[str, Any], texts: Mapping[str, str], choice: Choice,
    window: int,
) -> None:  # fmt: skip
    """Keep what the owner wants beside what others see until the next publication."""
    told = {"title": texts["title"], "body": texts["body"], **_as_kept(choice), "is_public": choice.is_public}
    put_text(stores, vault, row.id, {**kept, "told": told})
    say_later(stores, vault, row, window)


def say_later(stores: Stores, vault: Vault, row: Story, window: int, **parts: Any) -> None:
    """What was just said of a story shows to others in the next publication, and these of its parts are kept until then.
    Writes content."""
    due = hear_later(stores, vault, HEARD, {"story": row.id}, window)
    put_parts(vault, row, {**parts_of(vault, row), **parts, "heard": due})


def take_down(stores: Stores, vault: Vault, *, viewer: Viewer, year: int) -> None:
    """The owner wants no story any more, written or asked for; writes content and keys."""
    row = find_own(stores, viewer=viewer, year=year)
    if row is not None:
        erase(stores, vault, row)


def erase(stores: Stores, vault: Vault, row: Story) -> None:
    """Let a story go, with what was asked about it; writes content and keys."""
    end_writer(stores, vault, row)
    drop_texts(stores, [row.id])
    stores.content.delete(row)


def own_row(stores: Stores, vault: Vault, viewer: Viewer, award: Candidacy, today: date) -> Story:
    """The row of a story that begins; writes content."""
    row = find_own(stores, viewer=viewer, year=award.round)
    if row is None:
        row = Story(
            id=str(new_id()),
            label=award.label,
            round=award.round,
            state="",
            shown_day=today.toordinal(),
            is_public=False,
        )
        put_parts(vault, row, {"circles": sorted(viewer.own_circles), "writer": ""})
        stores.content.add(row)
        stores.content.flush()  # the id: its text stands under it
    return row


def publish(stores: Stores, vault: Vault, row: Story, texts: Mapping[str, str], choice: Choice, today: date) -> str:
    """A story that is shown already stays where it is; a new one waits for Monday."""
    kept = find_text(stores, vault, row.id) or {}
    award = stores.content.get_one(Candidacy, row.label)
    groups = kept.get("groups") or groups_of_award(stores, vault, award)
    new = {"title": texts["title"], "body": texts["body"], "groups": groups, **_as_kept(choice)}
    put_text(stores, vault, row.id, new)
    if row.state != OUT:
        row.state, row.shown_day = OUT, next_monday(today).toordinal()
    row.is_public = choice.is_public
    return row.id


def end_writer(stores: Stores, vault: Vault, row: Story) -> None:
    """Nobody writes it for its owner any more, and nothing is asked; writes content."""
    consents.drop(stores, about=row.id)
    if parts_of(vault, row)["writer"]:
        ballots.drop_all(stores, vault, object=row.id)
        put_parts(vault, row, {**parts_of(vault, row), "writer": ""})
    if parts_of(vault, row).get("taker"):
        ballots.drop_all(stores, vault, object=row.id)
        put_parts(vault, row, {**parts_of(vault, row), "taker": ""})


def _as_kept(choice: Choice) -> dict[str, str]:
    return {"openness": choice.openness, "who": choice.who if choice.openness != "domain" else ""}


def groups_of_award(stores: Stores, vault: Vault, award: Candidacy) -> list[str]:
    """The domain groups of what the jury read."""
    return list((find_text(stores, vault, award.label) or {}).get("groups", []))


def parts_of(vault: Vault, row: Story) -> dict[str, Any]:
    """The circles of its owner, and the label of whoever writes it. Until the window `heard` also who will (taker), and
    that they will not any more (gives_back)."""
    found: dict[str, Any] = vault.open(row.sealed, table="stories", column="sealed", row=row.id)
    return found


def put_parts(vault: Vault, row: Story, value: Mapping[str, Any]) -> None:
    """The same, sealed; padded."""
    row.sealed = vault.seal(dict(value), table="stories", column="sealed", row=row.id, pad=PAD)
