"""What one reader sees of the taps on the answers of a thread, and may say of each."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from app.accounts.viewer import Viewer
from app.questions.cards import PostCard, ThreadCard
from app.questions.marks import MarkRow, mark_label
from app.questions.taps import ACCEPT, OUTDATED, TAPS, THANKS, WORKED, is_outdated, standing, worked_for

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said with a tap, for the answerer alone: words of their own, or the key of ready ones."""

    kind: str
    text: str = field(repr=False)
    choice: str
    by_asker: bool


@dataclass(frozen=True, slots=True)
class Worth:
    """One answer: `worked` is 0 for nobody elsewhere, 1 for somebody, or so many organisations at least."""

    worked: int = 0
    is_outdated: bool = False
    own: AbstractSet[str] = NONE  # what the reader has said
    may: AbstractSet[str] = NONE  # what the reader may say
    words: tuple[Words, ...] = ()


def worths(card: ThreadCard, marks: Sequence[MarkRow], *, viewer: Viewer, window: int) -> dict[str, Worth]:
    """By the id of each answer that is out."""
    taps = standing(marks, window)
    made = {mark.label: mark for mark in marks if mark.kind in TAPS}
    answers = [post for post in card.posts if post.kind == "answer" and post.day and not post.hidden]
    return {post.id: _worth(card, post, taps.get(post.id, {}), made, viewer) for post in answers}


def _worth(
    card: ThreadCard, post: PostCard, taps: Mapping[str, Sequence[MarkRow]], made: Mapping[str, MarkRow], viewer: Viewer
) -> Worth:
    worked, doubts = worked_for(taps.get(WORKED, ()), viewer.own_circles), is_outdated(taps.get(OUTDATED, ()))
    if post.is_mine:
        return Worth(worked, doubts, words=_words(taps))
    said = {mark.kind for mark in made.values() if mark.object == post.id}
    mine = {kind: made.get(mark_label(viewer.secret, kind, post.id)) if kind in said else None for kind in TAPS}
    own = {kind for kind, mark in mine.items() if mark is not None and mark.value.get("until") is None}
    if card.is_author and post.accepted and mine[ACCEPT] is None:  # as an import has it, without a mark
        own.add(ACCEPT)
    may = {ACCEPT, OUTDATED, THANKS} if card.is_author else {WORKED, OUTDATED} | ({THANKS} if WORKED in own else set())
    return Worth(worked, doubts, frozenset(own), frozenset(may - own))


def _words(taps: Mapping[str, Sequence[MarkRow]]) -> tuple[Words, ...]:
    """Thanks, and doubts; in the order of labels, which says nothing."""
    marks = sorted((one for kind in (THANKS, OUTDATED) for one in taps.get(kind, ())), key=lambda one: one.label)
    return tuple(
        Words(one.kind, one.value["text"], one.value["choice"], one.kind == THANKS and one.value["by_asker"])
        for one in marks
    )
