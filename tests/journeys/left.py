"""The exact attacker on a database that a network left behind: real posts, real people, the table that stood.

A quarter's posts are judged by who there was in that quarter: the pages tell nobody who has come or gone since.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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

    attacked: Mapping[int, Attacked]
    told: dict[tuple[str, int], list[Shown]]

    def is_warned(self, member: str, quarter: int, posts: Sequence[Shown]) -> bool:
        """Whether the preview told this author that even the group alone, or all groups together, hide too few."""
        attacked, groups = self.attacked[quarter], {post.group for post in posts}
        alone = all(attacked.group_only in attacked.open.get(group, ()) for group in groups)
        bare = [Shown(group, None) for group in sorted(groups)]
        return not (alone and attacked.passes(fitting(attacked, member, bare)))

    def attack(self, view: View, *, warned: bool) -> tuple[list[Guess], Figures | None]:
        """Every author of every quarter, those who were warned or those who were not."""
        found = []
        for (member, quarter), posts in sorted(self.told.items()):
            if posts and self.is_warned(member, quarter, posts) is warned:
                attacked = self.attacked[quarter]
                found.append(guess(attacked, posterior(attacked, None, member, posts), member, view))
        return found, summary(found) if found else None


@dataclass
class Watching:
    """Who there was and which table stood, quarter by quarter, each as it was last looked at."""

    attacked: dict[int, Attacked] = field(default_factory=dict)

    def look(self, world: World) -> None:
        """Look at the network as it stands."""
        tools, day = world.tools, today(world.clock.now())
        with tools.database.reading() as stores:
            target = find_target(
                stores, tools.vault, tools.trade, policy=policy_of(tools.settings), today=day, with_dump=False,
                rng=world.rng,
            )  # fmt: skip
        self.attacked[quarter_of(day)] = Attacked(target.population, target.policy, target.open)


def left_by(world: World, watching: Watching) -> Left:
    """Read the pages' facts; the truth says only whose posts belong together."""
    known = what_is_known(world)
    with world.tools.database.reading() as stores:
        answers = {row.id for row in stores.content.scalars(select(Post))}
    told: dict[tuple[str, int], list[Shown]] = defaultdict(list)
    for post, member in world.truth.items():
        shown, quarter = _shown(known, post, answered=post in answers), known.pages[post].quarter
        if shown.group in watching.attacked[quarter].rows.get(member, {}):  # an answer is written in anybody's group
            told[member, quarter].append(shown)
    return Left(watching.attacked, dict(told))


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
