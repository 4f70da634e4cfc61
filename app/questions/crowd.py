"""The crowd check of one post: profile, newest table, and everything the author told this quarter, together.

What a member told stands in a locker of their own, as facts: nobody else can count their posts, and two posts that tell
the same are one. The locker is read and written under the content file's write lock, so two sessions of one member
come one after the other; the table cannot change in between either, since publishing it takes the same lock.

A fresh start loses that locker with the old secret. Until the quarter is over its posts then show their group and
nothing else, and none is signed: what was told before cannot be counted with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.crowds import find_crowd
from app.domains.reads import OpenTable, forgot_quarter, open_table, quarters_of
from app.domains.rules import (
    ScopeTooFine,
    groups_of,
    hidden_levels,
    hierarchies,
    nearest_open,
    next_quarter_of,
    same_levels,
    shows_subject,
)
from app.domains.trade import Trade
from app.errors import JoinsTooMuch
from app.questions.pennames import PenNameRefused, find_pen
from app.questions.told import note_told, told_at, told_in
from app.sealing import Vault
from privacy.anonymity import AT_GROUP, SUBJECT, Policy, Shown, group_vector
from privacy.crowds import GROUP, Crowd, Facts, facts_of

Reason = Literal["", "small", "elsewhere", "afresh", "profile", "table", "together"]
Thin = Literal["", "group", "groups", "afresh"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be shown of a draft: `levels` are the nearest that hide its author, `reason` why not those asked for.

    `thin` says what even the group alone does not hide: "group" when the group is no crowd, "groups" when few work in
    all the groups the author wrote under this quarter, "afresh" when nobody knows what they wrote under another group
    before. It is told and not refused: nothing coarser could be offered.
    `may_sign` says whether the author's pen name may stand under it; `signed` is what a signature tells besides.
    """

    version: int
    levels: Mapping[str, int]
    reason: Reason
    thin: Thin
    may_sign: bool
    told: Facts = field(repr=False)
    signed: Facts = field(repr=False)


def check(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    subject: str,
    levels: Mapping[str, int],
    policy: Policy,
    today: date,
    sign: bool = False,
    page: str = "",
    place: str = "",
) -> int:
    """Refuse levels that do not hide their author, else note what is told and return the table's version.

    `page` is the subject that the thread's page tells of whoever writes there, as in `rules.told_by_page`. `place` is
    where it stands: a voice there is one, in whatever quarter it spoke.

    The domain group alone always passes. Raises ScopeTooFine with the nearest levels that pass, and PenNameRefused
    where a pen name would join too much.
    """
    found = judge(
        stores, vault, trade, viewer=viewer, subject=subject, levels=levels, policy=policy, today=today, page=page,
        place=place,
    )  # fmt: skip
    if not same_levels(trade, found.levels, levels):
        raise ScopeTooFine(found.levels)
    if sign and not found.may_sign:
        raise PenNameRefused("crowd")
    pen = find_pen(stores, viewer.secret) if sign else None
    told, name = (found.told, "") if pen is None else (found.told | found.signed, pen.name)
    note_told(stores, viewer.secret, quarters_of(stores, today), told, pen=name, place=place)
    return found.version


def carry(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, place: str, policy: Policy, today: date
) -> None:
    """Another word of a voice that may have told something there in a quarter before: note that it counts in this one
    too. Writes content.

    Raises JoinsTooMuch where what stands there would leave no crowd together with what was told elsewhere this quarter.
    """
    facts, before = told_at(stores, viewer.secret, place), told_before(stores, viewer, today)
    if before and not facts <= before and any(name != GROUP for name, _, _ in facts):
        crowd = find_crowd(stores, vault, open_table(stores, trade).version)
        if crowd is None or not crowd.passes(facts | before, hierarchies(trade), policy):
            raise JoinsTooMuch(next_quarter_of(today))
    note_told(stores, viewer.secret, quarters_of(stores, today), frozenset(), place=place)


def join_pen(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, place: str, policy: Policy, today: date
) -> str:
    """Let the viewer's pen name stand at a place whatever is written there, and return it: all that was ever told under
    it counts in every quarter of a word there. Writes content. Raises PenNameRefused."""
    pen = find_pen(stores, viewer.secret)
    if pen is None:
        raise PenNameRefused("first")
    facts = pen.facts | told_before(stores, viewer, today)
    crowd = find_crowd(stores, vault, open_table(stores, trade).version)
    joins = facts and (crowd is None or not crowd.passes(facts, hierarchies(trade), policy))
    if joins or forgot_quarter(stores, viewer, today):
        raise PenNameRefused("crowd")
    note_told(stores, viewer.secret, quarters_of(stores, today), frozenset(), pen=pen.name, place=place)
    return pen.name


def judge(
    stores: Stores,
    vault: Vault,
    trade: Trade,
    *,
    viewer: Viewer,
    subject: str,
    levels: Mapping[str, int],
    policy: Policy,
    today: date,
    page: str = "",
    place: str = "",
) -> Judgement:
    """What may be shown: the nearest levels, no finer than asked, that hide the viewer, and what remains to be said."""
    table = open_table(stores, trade)
    view = _view(stores, vault, trade, table, viewer, policy, today, page, place)
    found, reason = _passing(view, table, subject, levels)
    return Judgement(
        version=table.version,
        levels=found,
        reason=reason,
        thin=_thin(view, table, subject),
        may_sign=_may_sign(stores, view, subject, found),
        told=view.told_by(subject, found),
        signed=view.promised(subject),
    )


def thin_in(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, group: str, policy: Policy, today: date,
    page: str = "",
) -> Thin:  # fmt: skip
    """What even the group alone would not hide of the viewer, asked before anything is written."""
    table = open_table(stores, trade)
    subject = page or next((one for one, at in trade.group_of.items() if at.key == group), "")
    view = _view(stores, vault, trade, table, viewer, policy, today, page)
    return _thin(view, table, subject) if subject else ""


def told_before(stores: Stores, viewer: Viewer, today: date) -> Facts:
    """All that the viewer's posts tell that may be read together with one of today."""
    return told_in(stores, viewer.secret, quarters_of(stores, today))


@dataclass(frozen=True, slots=True)
class _View:
    """One author before one crowd."""

    trade: Trade
    viewer: Viewer
    policy: Policy
    crowd: Crowd | None
    before: Facts
    forgot: bool  # what was told earlier this quarter is not all in `before`
    page: str  # the subject that the page tells of whoever writes there, whatever they show

    def works_in(self, group: str) -> bool:
        return group in groups_of(self.trade, self.viewer.subjects)

    def told_by(self, subject: str, levels: Mapping[str, int]) -> Facts:
        """What a post tells. Under a group the author does not work in it tells nothing: anybody may ask there."""
        group = self.trade.group_of[subject].key
        if not self.works_in(group):
            return frozenset()
        attributes = {name: level for name, level in levels.items() if name != SUBJECT}
        shown = Shown(group, subject if shows_subject(levels) or subject == self.page else None, attributes)
        return facts_of(shown, self.viewer.attributes, hierarchies(self.trade))

    def promised(self, subject: str) -> Facts:
        """What posts in this subject's group may tell this quarter without another word: the whole profile."""
        return self.told_by(subject, {**self.viewer.profile, SUBJECT: AT_GROUP})

    def hides(self, facts: Facts) -> bool:
        """Whether posts that tell these facts, with all before them, leave a crowd. Without one counted, nothing does."""
        return self.crowd is not None and self.crowd.passes(facts | self.before, hierarchies(self.trade), self.policy)


def _view(
    stores: Stores, vault: Vault, trade: Trade, table: OpenTable, viewer: Viewer, policy: Policy, today: date,
    page: str, place: str = "",
) -> _View:  # fmt: skip
    crowd = find_crowd(stores, vault, table.version)
    before = told_before(stores, viewer, today) | told_at(stores, viewer.secret, place)
    return _View(trade, viewer, policy, crowd, before, forgot_quarter(stores, viewer, today), page)


def _passing(
    view: _View, table: OpenTable, subject: str, levels: Mapping[str, int]
) -> tuple[Mapping[str, int], Reason]:
    hidden, group = hidden_levels(view.trade), view.trade.group_of[subject].key
    if same_levels(view.trade, levels, hidden):
        return hidden, ""
    if table.small or not view.works_in(group):
        return hidden, "small" if table.small else "elsewhere"
    if view.forgot:
        return hidden, "afresh"
    wanted = levels if subject in view.viewer.subjects else {**levels, SUBJECT: AT_GROUP}
    found = nearest_open(view.trade, wanted, view.viewer.profile, table.of(group))
    if same_levels(view.trade, found, levels):
        reason: Reason = ""
    else:
        capped = nearest_open(view.trade, wanted, hidden | dict.fromkeys(hidden, 0), table.of(group))
        reason = "table" if not same_levels(view.trade, capped, levels) else "profile"
    # a second species in a quarter goes under the group where few keep both; the rest may still be shown
    for tried in (found, {**found, SUBJECT: AT_GROUP}):
        if not same_levels(view.trade, tried, hidden) and view.hides(view.told_by(subject, tried)):
            return tried, reason if tried == found else "together"
    return hidden, reason if same_levels(view.trade, found, hidden) else "together"


def _thin(view: _View, table: OpenTable, subject: str) -> Thin:
    group = view.trade.group_of[subject].key
    if group_vector(hierarchies(view.trade)) not in table.of(group):
        return "group"
    if not view.works_in(group):
        return ""
    hidden = hidden_levels(view.trade)
    if view.forgot and len(groups_of(view.trade, view.viewer.subjects)) > 1:
        return "afresh"
    told = view.told_by(subject, hidden)
    if view.hides(told):
        return ""
    return "groups" if not view.page or view.before - told else "group"


def _may_sign(stores: Stores, view: _View, subject: str, levels: Mapping[str, int]) -> bool:
    """Everything ever told under the pen name, this quarter, this post and the whole profile have to leave a crowd."""
    pen = find_pen(stores, view.viewer.secret)
    if pen is None or view.forgot:
        return False
    return view.hides(pen.facts | view.promised(subject) | view.told_by(subject, levels))
