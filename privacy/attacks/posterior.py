"""The exact attacker: who wrote these posts, given everybody's attributes, the program, and all posts of the quarter.

Bayes' rule over every person with equal priors; the likelihood is reckoned, not sampled (privacy.attacks.authors), so no
attacker with the same knowledge does better. Linking records by what they show is Sweeney's attack (2000); joining all
of one author's records is that of Narayanan and Shmatikov (2008).

Four views of the same posts: anybody's (`pages`); a rival's, who knows that no colleague of theirs wrote them, the
worst over all rivals (`rival`); one who knows every circle and that nobody of their own wrote them (`rival_circle`);
and one who is told the author's circle, as a thief with the root key is (`circle`).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from privacy.anonymity import Shown
from privacy.attacks.authors import Author, Signature
from privacy.attacks.figures import wilson
from privacy.attacks.world import World

View = Literal["pages", "rival", "rival_circle", "circle"]
VIEWS: tuple[View, ...] = ("pages", "rival", "rival_circle", "circle")
WORST_PERSON, MEAN_SUCCESS, WORST_ORGANISATION = 0.20, 0.05, 0.50
"""What is accepted."""
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Guess:
    """One author attacked: the largest posterior of any person and of any organisation, whether rightly or not, and
    the chance that the likeliest person is the author (ties guessed)."""

    person: float
    organisation: float
    right: float
    right_organisation: float


@dataclass(frozen=True)
class Figures:
    """Many authors attacked. `success` is the mean chance that the likeliest person is the author."""

    authors: int
    worst_person: float
    success: float
    worst_organisation: float
    persons_found: float
    organisations_found: float

    @property
    def holds(self) -> bool:
        """Whether all three acceptance numbers are met."""
        return (
            self.worst_person <= WORST_PERSON
            and self.success <= MEAN_SUCCESS
            and self.worst_organisation <= WORST_ORGANISATION
        )

    def interval(self) -> tuple[float, float]:
        """The Wilson interval of the success, the mean taken for a share of authors."""
        return wilson(round(self.success * self.authors), self.authors)

    def __str__(self) -> str:
        low, high = self.interval()
        return (
            f"worst person {self.worst_person:.3f}  success {self.success:.3f} ({low:.3f}-{high:.3f})  "
            f"worst organisation {self.worst_organisation:.3f}  certain {self.persons_found:.0%}/{self.organisations_found:.0%}"
            f"  of {self.authors} authors"
        )


def posterior(world: World, author: Author | None, truth: str, posts: Sequence[Shown]) -> Weights:
    """The probability of each of `world.keys` to have written all these posts; `truth` only says what values they show.

    Everybody who does not look like that has 0; without an author, who is known by looks only, all others are alike.
    Adds up to 1.
    """
    crowd = world.everybody
    for post in posts:
        crowd &= world.crowd_of_post(truth, post)
    weights = np.zeros(len(world.keys))
    known: dict[Signature, float] = {}
    for place in world.people_in(crowd):
        key = world.keys[place]
        signature = author.signature(world, key) if author else ()
        if signature not in known:
            known[signature] = author.likelihood(world, key, posts) if author else 1.0
        weights[place] = known[signature]
    return np.asarray(weights / weights.sum())


def guess(world: World, weights: Weights, truth: str, view: View = "pages") -> Guess:
    """What one view makes of a posterior."""
    at = world.place[truth]
    organisation = np.array(_numbers(world.organisation))
    circle = np.array(_numbers(world.circle))
    if view == "circle":
        return _guess(np.where(circle == circle[at], weights, 0.0), organisation, at)
    if view == "pages":
        return _guess(weights, organisation, at)
    own = organisation if view == "rival" else circle
    rivals = [name for name in np.unique(own[weights > 0]) if name != own[at]]
    found = [_guess(np.where(own == name, 0.0, weights), organisation, at) for name in rivals]
    found = found or [_guess(weights, organisation, at)]
    return Guess(
        max(one.person for one in found),
        max(one.organisation for one in found),
        float(np.mean([one.right for one in found])),
        float(np.mean([one.right_organisation for one in found])),
    )


def attack(
    world: World,
    author: Author,
    *,
    authors: int,
    rng: random.Random,
    views: Sequence[View] = VIEWS,
    knows_habits: bool = True,
) -> dict[View, Figures]:
    """Attack so many people, drawn at random among those who post at all, in every view. Empty when nobody posts.

    Without `knows_habits` the attacker asks only who could have written the posts, by looks.
    """
    found: dict[View, list[Guess]] = defaultdict(list)
    for key in rng.sample(world.keys, len(world.keys)):
        posts = author.posts(world, key, rng)
        if not posts:
            continue
        weights = posterior(world, author if knows_habits else None, key, posts)
        for view in views:
            found[view].append(guess(world, weights, key, view))
        if len(found[views[0]]) == authors:
            break
    return {view: summary(guesses) for view, guesses in found.items()}


def thin_groups(world: World, views: Sequence[View] = VIEWS) -> dict[View, Figures]:
    """Everybody one of whose groups is no crowd, were they to post once under it, by looks. Empty when there are none."""
    found: dict[View, list[Guess]] = defaultdict(list)
    for key in world.keys:
        for group in sorted(set(world.rows[key]) - {group for group, open_ in world.open.items() if open_}):
            weights = posterior(world, None, key, [Shown(group, None)])
            for view in views:
                found[view].append(guess(world, weights, key, view))
    return {view: summary(guesses) for view, guesses in found.items()}


def summary(guesses: Sequence[Guess]) -> Figures:
    """Many guesses as figures. ValueError without any."""
    if not guesses:
        raise ValueError("nobody was attacked")
    return Figures(
        authors=len(guesses),
        worst_person=max(one.person for one in guesses),
        success=float(np.mean([one.right for one in guesses])),
        worst_organisation=max(one.organisation for one in guesses),
        persons_found=float(np.mean([one.person > 0.999 for one in guesses])),
        organisations_found=float(np.mean([one.organisation > 0.999 for one in guesses])),
    )


def together(figures: Sequence[Figures]) -> Figures:
    """Several populations as one: the worst of each, the means weighed by authors."""
    count = sum(one.authors for one in figures)

    def mean(values: Sequence[float]) -> float:
        return sum(value * one.authors for value, one in zip(values, figures, strict=True)) / count

    return Figures(
        count,
        max(one.worst_person for one in figures),
        mean([one.success for one in figures]),
        max(one.worst_organisation for one in figures),
        mean([one.persons_found for one in figures]),
        mean([one.organisations_found for one in figures]),
    )


def _guess(weights: Weights, organisation: npt.NDArray[np.int64], at: int) -> Guess:
    weights = weights / weights.sum()
    firms = np.asarray(np.bincount(organisation, weights=weights), dtype=np.float64)
    return Guess(float(weights.max()), float(firms.max()), _credit(weights, at), _credit(firms, int(organisation[at])))


def _credit(weights: Weights, at: int) -> float:
    best = np.isclose(weights, weights.max(), rtol=1e-9, atol=0)
    return float(best[at] / best.sum())


def _numbers(names: Sequence[str]) -> list[int]:
    known: Mapping[str, int] = {name: n for n, name in enumerate(sorted(set(names)))}
    return [known[name] for name in names]
