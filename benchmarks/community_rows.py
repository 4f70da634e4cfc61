"""Rows of the community as services store them, put into a session that is written out in bulk."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.clock import today
from app.community.ballots import PAD
from app.community.ballots import TABLE as BALLOTS
from app.community.models import Ballot, Writing
from app.community.places import remember_place, tag_at
from app.community.texts import seal_parts, seal_words
from app.db import Stores
from app.domains.rules import hidden_levels
from app.questions.lockers import OWNER, PEER, OwnThread
from app.wiring import Toolbox
from privacy.keys import Key
from privacy.pseudonyms import new_id
from privacy.scopes import Audience
from tests.cast import Person, viewer_of

WORDS = ("水温", "溶存酸素", "給餌", "夜明け", "鰓", "網替え", "塩分", "密度", "見回り", "薬浴", "共済", "停電", "曳航")
CIRCLES = 40


def sentences(rng: random.Random, number: int) -> str:
    """So many sentences of the trade."""
    return "".join(
        f"{rng.choice(WORDS)}は{rng.choice(WORDS)}を見ながら、{rng.randrange(2, 30)}日おきに決めます。"
        for _ in range(number)
    )


@dataclass(frozen=True)
class Voice:
    """Somebody who writes at a place: their number there, tag, circle and data key."""

    number: int
    tag: str
    circle: str
    key: tuple[str, Key]
    company: bool = False


@dataclass
class Filling:
    """Where rows go, and who may be behind them: a stranger of one of forty circles, or one of the cast."""

    tools: Toolbox
    stores: Stores
    people: Mapping[str, Person]
    rng: random.Random

    @cached_property
    def day(self) -> int:
        """Today."""
        return today(self.tools.clock.now()).toordinal()

    @cached_property
    def circles(self) -> list[str]:
        """Of strangers; one in forty is a colleague of bob's, whom he does not read."""
        return [*(str(new_id()) for _ in range(CIRCLES - 1)), viewer_of(self.tools, self.people["bob"]).circle]

    @cached_property
    def levels(self) -> dict[str, int]:
        """Nothing finer than the group is shown."""
        return hidden_levels(self.tools.trade)

    def stranger(self, number: int) -> Voice:
        """Somebody else at a place."""
        key = self.tools.vault.new_data_key(self.stores)
        circles = self.circles if number else self.circles[:-1]  # what a page is asked for begins with one bob may read
        return Voice(number, str(new_id()), self.rng.choice(circles), key)

    def company(self) -> Voice:
        """The operating company."""
        return Voice(-1, str(new_id()), "", self.tools.vault.new_data_key(self.stores), company=True)

    def known(self, name: str, place: str, number: int) -> Voice:
        """One of the cast, in whose own list the place is put."""
        person, part = self.people[name], PEER if number else OWNER
        key = self.tools.vault.new_data_key(self.stores)
        remember_place(self.stores, person.secret, OwnThread(place, part, key[0], self.day))
        return Voice(number, tag_at(person.secret, place, part), viewer_of(self.tools, person).circle, key)

    def write(
        self, voice: Voice, place: str, kind: str, texts: Mapping[str, str], *, position: int, day: int,
        subject: str = "", extra: Mapping[str, Any] | None = None,
    ) -> str:  # fmt: skip
        """A writing that is out."""
        row_id = str(new_id())
        parts = {
            "circle": voice.circle, "excluded": [], "levels": self.levels if subject else {}, "subject": subject,
            "audience": int(Audience.ALL), "company": True, "version": 1,
        }  # fmt: skip
        opened = {"texts": dict(texts), "shown": [], "extra": dict(extra or {})}
        self.stores.content.add(
            Writing(
                id=row_id, place=place, kind=kind, voice=voice.number, position=position, author_tag=voice.tag,
                published_day=day, key_id=voice.key[0], sealed_scope=seal_parts(self.tools.vault, parts, row_id),
                sealed_text=seal_words(voice.key[1], opened, row_id),
            )
        )  # fmt: skip
        return row_id

    def ballot(self, purpose: str, object: str, note: Mapping[str, Any] | None = None) -> str:
        """A stranger's ballot."""
        label = str(new_id())
        sealed = self.tools.vault.seal(dict(note or {}), table=BALLOTS, column="sealed", row=label, pad=PAD)
        self.stores.content.add(Ballot(label=label, purpose=purpose, object=object, sealed=sealed, box=None))
        return label

    def some(self, of: Sequence[str], most: int) -> list[str]:
        """At most so many of these."""
        return self.rng.sample(list(of), min(most, len(of)))
