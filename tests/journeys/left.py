"""The exact attacker on a database that a network left behind: real posts, real people, the table that stood."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.accounts.rules import quarter_of
from app.audit.reads import find_target
from app.clock import today
from app.domains.service import policy_of
from app.questions.models import Post, Thread
from privacy.anonymity import Shown
from privacy.attacks.intersection import fitting
from privacy.attacks.linker import handle_linkage
from privacy.attacks.posterior import Figures, Guess, View, guess, posterior, summary
from privacy.attacks.world import World as Attacked
from tests.journeys.thief import Known, what_is_known
from tests.journeys.world import World


@dataclass(frozen=True)
class Left:
    """What was posted by whom in each quarter, as the pages show it, and who there was."""

    attacked: Attacked
    told: dict[tuple[str, int], list[Shown]]

    def is_warned(self, member: str, posts: Sequence[Shown]) -> bool:
        """Whether the preview told this author that even the group alone, or all groups together, hide too few."""
        groups = {post.group for post in posts}
        alone = all(self.attacked.group_only in self.attacked.open.get(group, ()) for group in groups)
        bare = [Shown(group, None) for group in sorted(groups)]
        return not (alone and self.attacked.passes(fitting(self.attacked, member, bare)))

    def attack(self, view: View, *, warned: bool) -> tuple[list[Guess], Figures | None]:
        """Every author of every quarter, those who were warned or those who were not."""
        found = []
        for (member, _), posts in sorted(self.told.items()):
            if posts and self.is_warned(member, posts) is warned:
                found.append(guess(self.attacked, posterior(self.attacked, None, member, posts), member, view))
        return found, summary(found) if found else None


def left_by(world: World) -> Left:
    """Read the pages' facts and the people; the truth says only whose posts belong together."""
    tools, known = world.tools, what_is_known(world)
    with tools.database.reading() as stores:
        target = find_target(
            stores, tools.vault, tools.trade, policy=policy_of(tools.settings), today=today(world.clock.now()),
            with_dump=False, rng=world.rng,
        )  # fmt: skip
        answers = {row.id for row in stores.content.scalars(select(Post))}
        first = min(row.published_day for row in stores.content.scalars(select(Thread)))
    attacked = Attacked(target.population, target.policy, target.open)
    told: dict[tuple[str, int], list[Shown]] = defaultdict(list)
    for post, member in world.truth.items():
        shown = _shown(known, post, answered=post in answers)
        if member in attacked.rows and shown.group in attacked.rows[member]:
            told[member, known.pages[post].quarter].append(shown)
    assert quarter_of(date.fromordinal(first)) in {quarter for _, quarter in told}
    return Left(attacked, dict(told))


def linked(world: World) -> list[tuple[str, str, float]]:
    """(column, linker, AUC) of every label of threads by one hand."""
    truth = world.truth
    with world.tools.database.reading() as stores:
        threads = list(stores.content.scalars(select(Thread)))
    rows = [{"id": row.id, "tag": row.owner_tag, "key": row.key_id} for row in threads]
    found = handle_linkage(rows, [truth[row.id] for row in threads])
    return [(one.column, one.comparator, one.auc) for one in found if not one.column.startswith("#")]


def _shown(known: Known, post: str, *, answered: bool) -> Shown:
    """A post as its page shows it. An answer stands under the question's subject, which says nothing of its author's."""
    page, trade = known.pages[post], known.trade
    named = None if answered or page.subject not in trade.subjects else page.subject
    group = trade.group_of[page.fine].key
    levels = {name: level for name, level, _ in page.shows}
    return Shown(group, named, levels)
