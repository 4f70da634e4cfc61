"""A year of recognition for `benchmarks.community_pages`: stories, who stands, and what came for one member.

The benchmark sets the months so that a jury reads today, and bob is one of it.
"""

import random
from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select

from app.clock import monday_of
from app.community import ballots
from app.recognition import jury, standing, stories
from app.recognition.blueprint import this_round
from app.recognition.items import NOMINATION
from app.recognition.models import Candidacy, Seat, Story
from app.recognition.standing import Dossier, Part
from app.recognition.stories import OUT
from app.recognition.texts import put_text
from app.wiring import Toolbox
from benchmarks.community_ideas import put_idea
from benchmarks.community_rows import Filling, sentences
from privacy.pseudonyms import new_id
from tests.cast import Person, viewer_of

STORIES, NOMINATED, EACH = 60, 40, 2
Roles = dict[str, dict[str, Callable[[], str]]]


def fill(tools: Toolbox, people: Mapping[str, Person], rng: random.Random, number: int) -> None:
    """So many who stand this year, stories of years before, and what was said of forty writings of bob's."""
    year = this_round(tools)[0].year
    with tools.database.transaction("content", "keys") as stores:
        to = Filling(tools, stores, people, rng)
        for at in range(STORIES):
            _story(to, year - 1 - at // 12)
        for _ in range(number):
            _candidacy(to, year)
        for at in range(NOMINATED):
            said_of = put_idea(to, str(new_id()), at, "", mine=True, replies=3)
            for _ in range(EACH):
                label = to.ballot(NOMINATION, said_of, {"year": year, "since": to.day - 30})
                put_text(stores, tools.vault, label, {"text": sentences(rng, 4)})
        bob = viewer_of(tools, people["bob"])
        stores.content.add(Seat(label=ballots.label_of(bob.secret, jury.PURPOSE, str(year)), round=year))
        ballots.cast(
            stores, tools.vault, viewer=bob, purpose=jury.PURPOSE, object=str(year), note={"circles": [bob.circle]}
        )


def pages(tools: Toolbox, rng: random.Random) -> Roles:
    """The addresses, by who asks for them."""
    with tools.database.reading() as stores:
        public = list(stores.content.scalars(select(Story.id).where(Story.is_public.is_(True))))
        every = list(stores.content.scalars(select(Story.id)))
        standing_now = list(stores.content.scalars(select(Candidacy.label).where(Candidacy.state == standing.STANDS)))
    return {
        "member": {
            "where the year stands": lambda: "/recognition",
            "a story": lambda: f"/recognition/stories/{rng.choice(every)}",
            "nominations": lambda: "/recognition/nominations",
            "standing": lambda: "/recognition/stand",
            "what my help did": lambda: "/recognition/mine",
            "the jury": lambda: "/recognition/jury",
            "reading one": lambda: f"/recognition/jury/{rng.choice(standing_now)}",
        },
        "visitor": {"a story": lambda: f"/recognition/stories/{rng.choice(public)}"},
    }


def _story(to: Filling, year: int) -> None:
    row = Story(
        id=str(new_id()), label=str(new_id()), round=year, state=OUT, is_public=to.rng.random() < 0.3,
        shown_day=monday_of(date.fromordinal(to.day)).toordinal(),
    )  # fmt: skip
    stories.put_parts(to.tools.vault, row, {"circles": [to.rng.choice(to.circles)], "writer": ""})
    kept = {
        "title": "待つことを覚えた夏",
        "body": sentences(to.rng, 40),
        "groups": ["salmonids"],
        "openness": "domain",
        "who": "",
    }
    put_text(to.stores, to.tools.vault, row.id, kept)
    to.stores.content.add(row)


def _candidacy(to: Filling, year: int) -> None:
    part = Part(("サケ・マス類",), sentences(to.rng, 8), (), (sentences(to.rng, 4),))
    label = to.ballot(standing.PURPOSE, str(year))
    dossier = Dossier((part,) * 3, ("salmonids",), frozenset(), frozenset())
    put_text(to.stores, to.tools.vault, label, standing.as_json(dossier))
    circles = {"circles": [to.rng.choice(to.circles[:-1])]}
    sealed = to.tools.vault.seal(circles, table="candidacies", column="sealed", row=label, pad=standing.PAD)
    to.stores.content.add(Candidacy(label=label, round=year, state=standing.STANDS, sealed=sealed))
