"""Pure decisions of the knowledge base: what is copied, what may be told of how it went, who may read."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.accounts.viewer import Viewer
from app.domains.rules import groups_of
from app.domains.trade import Trade
from app.errors import ShiomeError
from app.questions import offices
from app.questions.voices import apart
from privacy.bands import Standing, next_standing
from privacy.scopes import Audience

MAX_TITLE: Final = 80
MAX_BODY: Final = 6000
MAX_NOTE: Final = 500  # a sentence: what is outdated, what should be changed
MAX_SOURCES: Final = 12
REVIEW_DAYS: Final = 365
SHARED: Final = {True: 24, False: 60}  # letters in a row that are copied: of Japanese, of anything else
OF: Final = 5
AUDIENCES: Final = {"domain": Audience.DOMAIN, "members": Audience.ALL, "public": Audience.PUBLIC}
ARTICLE: Final = "article"
NOTE: Final = "note"
# an article
DRAFT: Final = "draft"
PUBLISHED: Final = "published"
RETIRED: Final = "retired"
HELD: Final = "held"  # a note that somebody has to look at first
# a version, besides: its authors are asked, a second editor looks, its window is awaited, nothing came of it
CONSENTING: Final = "consenting"
SECOND: Final = "second"
DUE: Final = "due"
DROPPED: Final = "dropped"
# ballots
EDITOR: Final = offices.EDITOR
OFFICE: Final = offices.OFFICE
EDITING: Final = "editing"
WORKED: Final = "worked"
OUTDATED: Final = "outdated"
ANSWERED: Final = "answered"  # it answered what somebody was about to ask

_JAPANESE: Final = re.compile(r"[\u3041-\u30fe\u4e00-\u9fff]")


class Copied(ShiomeError):
    """A draft repeats passages of its sources word for word, and their authors were not asked to be quoted."""

    status = 422

    def __init__(self, passages: Sequence[str]) -> None:
        super().__init__(len(passages))
        self.passages = tuple(passages)


class NoSources(ShiomeError):
    """A draft without an answer it is made from."""

    status = 422


class NotNow(ShiomeError):
    """The text has gone on meanwhile: nothing of this kind can be done with it any more."""

    status = 409


def copied(text: str, sources: Iterable[str]) -> list[str]:
    """The passages of a text that stand word for word in a source, in order; punctuation and spaces do not count."""
    letters, places = _letters(text)
    least = SHARED[bool(_JAPANESE.search(text))]
    known = {one[at : at + least] for one, _ in map(_letters, sources) for at in range(len(one) - least + 1)}
    hits = [at for at in range(len(letters) - least + 1) if letters[at : at + least] in known]
    runs: list[list[int]] = []
    for at in hits:
        if runs and at <= runs[-1][1]:
            runs[-1][1] = at + least
        else:
            runs.append([at, at + least])
    return [text[places[start] : places[end - 1] + 1] for start, end in runs]


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and figures of a text, folded, and where each stands."""
    found = [
        (folded, at)
        for at, char in enumerate(text)
        for folded in unicodedata.normalize("NFKC", char).casefold()
        if folded.isalnum()
    ]
    return "".join(char for char, _ in found), [at for _, at in found]


@dataclass(frozen=True, slots=True)
class Told:
    """What stands of how an article went: its band and what that was decided by, for how many of five it worked, whose
    word stood on the last Monday, and who once took theirs back."""

    standing: Standing = field(default_factory=Standing)
    worked: int = 0
    heard: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


def next_told(before: Told, worked: Iterable[frozenset[str]], failed: Iterable[frozenset[str]]) -> Told:
    """What stands after another Monday with these voices: a band of organisations, and for how many of five it worked.

    A voice is the set of circles of its member's organisation; one organisation is one voice, and where its people
    disagree it did not work there. Every organisation counts, the authors' too: a page that left one out would tell
    whose it is. Whoever speaks, looks and takes it back must not see whether a colleague spoke as well, the asker say:
    so a band moves when three others moved with it, fifths move only with the band, and who once took their word back
    is heard no more of this article, or they would do it every other week and see in which of them it moves.
    """
    good, bad = list(worked), list(failed)
    parts = {min(part): part for part in apart([*good, *bad])}
    gone = before.gone | (before.heard - parts.keys())
    counted = [part for name, part in parts.items() if name not in gone]
    standing = next_standing(before.standing, {min(part): 1 for part in counted})
    fifths = before.worked
    if standing.band != before.standing.band:
        right = sum(not any(part & one for one in bad) for part in counted)
        fifths = OF * right // len(counted) if standing.band else 0
    return Told(standing, fifths, frozenset(parts), gone)


def may_read(trade: Trade, viewer: Viewer, *, audience: int, group: str, company_may: bool) -> bool:
    """Whether somebody inside may read an article: public ones everybody, others members by audience, the company where
    the authors named it."""
    if audience == Audience.PUBLIC:
        return True
    if "analyst" in viewer.roles:
        return company_may
    if "member" not in viewer.roles:
        return False
    return audience == Audience.ALL or group in groups_of(trade, viewer.subjects)


def audience_key(audience: int) -> str:
    """The key of a stored audience, as forms have it."""
    return next(key for key, one in AUDIENCES.items() if one == audience)
