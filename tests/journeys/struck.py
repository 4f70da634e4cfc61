"""Who cannot have written a post, by what single columns of a stolen dump mean: each rule's worth over the pages alone."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from statistics import fmean

from tests.journeys.thief import Known, Rows

Rule = Callable[[str, str], bool]


def deductions(known: Known, stolen: Rows, truth: Mapping[str, str], *, text_fell: bool = False) -> dict[str, float]:
    """Points gained by a thief who knows what each column means and strikes out who cannot have written a post; for the
    domain keys, those beyond what such keys say of threads of one page's subject when they are dealt out by lot.

    A rule that leaves nobody of a crowd strikes out nobody.
    """
    crowds = {
        post: {one for one in known.people if known.may_be_by(post, one, text_fell=text_fell)} for post in known.pages
    }

    def credit(post: str, rule: Rule) -> float:
        return _share(truth[post], {member for member in crowds[post] if rule(post, member)} or crowds[post]) - _share(
            truth[post], crowds[post]
        )

    @cache
    def named_credit(post: str, keys: frozenset[str]) -> float:
        return credit(post, lambda _, member: keys <= known.people[member].works_with)

    def points(dealt: Mapping[str, str]) -> float:
        return 100 * fmean(named_credit(post, named.get(dealt[post], frozenset())) for post in crowds)

    named = _subjects(known, stolen)
    lots = [points(lot) for lot in _lots(known, stolen, text_fell=text_fell)]
    rules = _rules(known, stolen).items()
    return {name: 100 * fmean(credit(post, rule) for post in crowds) for name, rule in rules} | {
        "domain key in a column": beyond_lot(points({post: post for post in crowds}), lots)
    }


def _share(author: str, crowd: set[str]) -> float:
    """What one guess among the crowd is worth."""
    return (author in crowd) / max(1, len(crowd))


def beyond_lot(points: float, lots: Sequence[float]) -> float:
    """The points over the middle of the lots; none while one of them says as much."""
    return points - fmean(lots) if points > max(lots) else 0.0


LOTS = 999


def _lots(known: Known, stolen: Rows, *, text_fell: bool) -> Iterator[dict[str, str]]:
    """Whose keys each post gets when the threads of one subject, as the pages and perhaps the words tell it, swap them."""
    thread_of = {post: post for post in known.pages} | {
        str(row["id"]): str(row["thread_id"]) for row in stolen["posts"]
    }
    alike: dict[str, list[str]] = defaultdict(list)
    for thread, post in {thread_of[post]: post for post in known.pages}.items():
        alike[known.pages[post].fine if text_fell else known.pages[post].subject].append(thread)
    rng = random.Random(9)
    for _ in range(LOTS):
        swapped = {
            one: of for ones in alike.values() for one, of in zip(ones, rng.sample(ones, len(ones)), strict=True)
        }
        yield {post: swapped[thread_of[post]] for post in known.pages}


def _rules(known: Known, stolen: Rows) -> dict[str, Rule]:
    quarters = {str(row["id"]): int(str(row["active_quarter"])) for row in stolen["members"]}
    for row in stolen.get("arrivals", ()):
        quarters[str(row["member_id"])] = max(quarters[str(row["member_id"])], int(str(row["quarter"])))
    profiles = _profiles(stolen)

    def was_active(post: str, member: str) -> bool:
        return quarters[member] >= known.pages[post].quarter

    def shows_as_much(post: str, member: str) -> bool:
        profile, page = profiles.get(member, {}), known.pages[post]
        if profile and profile["profile_quarter"] != page.quarter:
            return True  # another quarter's profile says nothing about this post
        return all(profile.get(name, 99) <= level for name, level, _ in page.shows)

    rules: dict[str, Rule] = {"last quarter": was_active}
    return rules | ({"profile": shows_as_much} if profiles else {})


def _subjects(known: Known, stolen: Rows) -> dict[str, frozenset[str]]:
    """Every domain key that any plain column, or an inbox a thread was offered to, tells about a thread or its posts."""
    named: dict[str, set[str]] = defaultdict(set)
    owner = {row.get("handle"): row for row in stolen["experts"]}
    for table in ("threads", "indexed_threads", "offers", "posts"):
        for row in stolen[table]:
            for part in (row, owner.get(row.get("inbox"), {})):
                of = str(row["id"] if table == "posts" else row.get("thread_id", row.get("id")))
                named[of] |= {str(value) for value in part.values() if value in known.trade.subjects}
    for row in stolen["posts"]:
        named[str(row["id"])] |= named[str(row["thread_id"])]
    return {of: frozenset(keys) for of, keys in named.items()}


def _profiles(stolen: Rows) -> dict[str, dict[str, int]]:
    found = {}
    for row in stolen["members"]:
        levels = {name.rpartition(".")[2]: int(str(value)) for name, value in row.items() if "profile" in name}
        if len(levels) > 1:
            found[str(row["id"])] = levels
    return found
