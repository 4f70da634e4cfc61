"""What a member's session leaves to be counted, and how organisations are counted from it.

A tally is closed in a box for the period's reporter; all boxes have one length. Its tag is made of the member's secret
and the thread: it joins the tallies of one question, so that a later one can better it or take it away, and leads to
nobody. Organisations stand under a pseudonym of the quarter, also where a year is counted: one organisation in one quarter
is what counts, and what the noise hides.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, MutableSequence, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, Protocol, get_args

from privacy.boxes import open_box, seal_box
from privacy.envelopes import join_parts
from privacy.errors import Tampered, WeakInput
from privacy.plans import WORST_FIRST, Plan, year_of

TallyKind = Literal["need", "outcome", "solved", "idea", "term", "gone"]

KIND_OF: Final[Mapping[str, TallyKind]] = {
    "need": "need",
    "outcomes": "outcome",
    "support": "solved",
    "ideas": "idea",
    "terms": "term",
}
"""The tallies that each release counts."""
STATES: Final[Mapping[str, tuple[str, ...]]] = {"need": ("soon", "later", "none"), "outcome": ("good", "bad")}
"""The states of a kind, best first: of several tallies of one question the best counts. Other kinds have one, ""."""
LONGEST_TERM: Final = 30
"""Characters of a new term."""
BODY_BYTES: Final = 512
"""Every tally is padded to this, so that every box has one length."""


class Chooses(Protocol):
    """Randomness that can shuffle: uniformly, and kept from whoever reads the figures."""

    def shuffle(self, x: MutableSequence[Any]) -> None: ...


@dataclass(frozen=True)
class Tally:
    """One thing that was left.

    `topic` is the cell in which the period's plan counts it, no finer; for a term the word. `state` is one of STATES, else "". `tag`
    (`privacy.pseudonyms.tally_tag`) joins the tallies of one question. `act` tells one of several acts on it: a `gone`
    with an act takes away what has the same tag and act, one without takes away all of its tag. Raises WeakInput.
    """

    organisation: str
    kind: TallyKind
    topic: str
    state: str
    tag: str
    act: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(TallyKind) or self.state not in STATES.get(self.kind, ("",)):
            raise WeakInput("kind and state", "one of each that there is")
        if not self.tag:
            raise WeakInput("tag", "what joins the tallies of one question")


def organisation_in(period: str, organisation_id: str) -> str:
    """The pseudonym of an organisation in one period: 32 hex characters of SHA-256.

    Organisation ids are random, so whoever does not have them learns nothing from it, and two periods cannot be joined.
    """
    return hashlib.sha256(join_parts("shiome/tally-organisation/v1", period, organisation_id)).hexdigest()[:32]


def unit_in(quarter: str, kind: TallyKind, organisation_id: str) -> str:
    """As whom an organisation counts what it leaves in a quarter: as that quarter's, whichever period is released; with
    new terms as the year's. See `privacy.plans`."""
    return organisation_in(year_of(quarter) if kind == "term" else quarter, organisation_id)


def clean_term(word: str) -> str:
    """A free word as it is counted: NFKC, lower case, one space between words, at most LONGEST_TERM characters."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())[:LONGEST_TERM].strip()


def seal_tally(public: bytes, tally: Tally) -> bytes:
    """A box for the reporter of one period. Every box has one length; WeakInput for a tally that would not fit."""
    body = json.dumps(asdict(tally), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if len(body) > BODY_BYTES - 4:  # the padding needs room for the length
        raise WeakInput("tally", f"at most {BODY_BYTES - 4} bytes")
    return seal_box(public, body, BODY_BYTES)


def open_tally(private: bytes, box: bytes) -> Tally:
    """The tally in a box. Raises WrongKey, and Tampered also for a box that holds something else."""
    try:
        return Tally(**json.loads(open_box(private, box)))
    except (TypeError, ValueError, WeakInput):
        raise Tampered("tally") from None


def standing(tallies: Iterable[Tally]) -> list[Tally]:
    """What is left after retractions and deduplication: of each question and kind an organisation's tally of the best
    state. The order in which tallies came makes no difference.

    Retractions come first, whosever they are, as if what they take away had never been left; after them no
    organisation's tallies have a say in another's, so that what stands may be bounded organisation by organisation.
    """
    every = set(tallies)
    gone = {(one.tag, one.act) for one in every if one.kind == "gone"}
    found: dict[tuple[str, str, str], Tally] = {}
    for one in sorted(every, key=_best_first):
        if one.kind != "gone" and (one.tag, "") not in gone and (one.tag, one.act) not in gone:
            found.setdefault((one.organisation, one.tag, one.kind), one)
    return list(found.values())


def count(tallies: Iterable[Tally], plan: Plan, kind: str, rng: Chooses) -> list[int]:
    """Units (`unit_in`) 0/1 at each of `plan.places(kind)`; one of them counts in at most D cells, in one state each.

    The state is its worst there: an organisation is met where all it asked was answered. Which D cells count is drawn
    uniformly. Adding or removing one organisation's quarter changes the vector by at most D in L1, whatever its members
    left; of a year, one organisation's four by at most 4D.
    """
    places = {place: index for index, place in enumerate(plan.places(kind))}
    counts = [0] * len(places)
    for cells in _cells_of(standing(tallies), plan, kind).values():
        for place in _bounded(cells, plan, kind, rng):
            counts[places[place]] += 1
    return counts


def count_terms(tallies: Iterable[Tally], plan: Plan, rng: Chooses) -> dict[str, int]:
    """Organisations for each new term of a year, 0/1, at most D terms an organisation, drawn uniformly. Adding or removing
    an organisation changes them by at most D in L1, one quarter of it by at most 2D: D it brings, D it pushes out."""
    used: dict[str, set[str]] = defaultdict(set)
    for one in standing(tallies):
        if one.kind == "term" and (word := clean_term(one.topic)):
            used[one.organisation].add(word)
    counts: dict[str, int] = defaultdict(int)
    for organisation in sorted(used):
        for word in _drawn(sorted(used[organisation]), plan.limit_of("terms"), rng):
            counts[word] += 1
    return dict(sorted(counts.items()))


def _cells_of(tallies: Iterable[Tally], plan: Plan, kind: str) -> dict[str, dict[str, str]]:
    """Organisation → cell → its worst state there, in the order of their names: chance is the only thing that chooses."""
    wanted, known, worst = KIND_OF[kind], set(plan.cells_of(kind)), WORST_FIRST[kind]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in tallies:
        if one.kind == wanted and one.topic in known:
            before = found[one.organisation].get(one.topic, one.state)
            found[one.organisation][one.topic] = min(before, one.state, key=worst.index)
    return {organisation: found[organisation] for organisation in sorted(found)}


def _bounded(cells: Mapping[str, str], plan: Plan, kind: str, rng: Chooses) -> list[tuple[str, str]]:
    """At most D of an organisation's cells."""
    listed = sorted(cells.items())
    rng.shuffle(listed)
    return listed[: plan.limit_of(kind)]


def _drawn(listed: Sequence[str], limit: int, rng: Chooses) -> list[str]:
    shuffled = list(listed)
    rng.shuffle(shuffled)
    return shuffled[:limit]


def _best_first(one: Tally) -> tuple[Any, ...]:
    """Best state first; what is equal otherwise in an order of its contents, the same whenever it is opened."""
    return STATES.get(one.kind, ("",)).index(one.state), one.tag, one.kind, one.topic, one.organisation, one.act
