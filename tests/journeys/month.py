"""A month of a network: questions of every kind, people who answer, pass or do not look, and one day on which the worker
and the post office stand still. Everything below the pages is real; only the clock and the people are made up.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.accounts.organisations import NewOrganisation
from app.accounts.service import add_organisations
from app.accounts.viewer import Viewer
from app.clock import today
from app.domains.models import Network
from app.domains.service import policy_of
from app.mail.mailbox import Mailbox
from app.mail.service import address_box
from app.notices.service import Told, notes_of
from app.questions import service
from app.questions.models import Thread
from app.questions.rules import Question
from app.queues import service as queues
from app.queues.experts import handles_of
from app.queues.offers import Offered
from privacy.pseudonyms import owner_tag
from privacy.scopes import Audience
from tests.app.queues.stage import all_offers
from tests.cast import Person, make_person, viewer_of
from tests.journeys.month_stories import go_on
from tests.journeys.world import World, opened

SPECIES: Final = ("rainbow-trout", "coho-salmon")
# What becomes of the questions, in turn.
FATES: Final = (
    "first, accepted", "second", "domain", "never", "first, likely", "third", "passed by all", "company",
    "urgent", "experts only, widened", "coordinator, reworded", "closed", "first", "kept, then domain", "withdrawn",
    "third, accepted", "hidden, then domain", "urgent, never", "invited", "experts only", "second, claimed",
    "never, idea", "never, webinar", "never, cohort",
)  # fmt: skip


@dataclass
class Asked:
    """One question, and what its story has come to."""

    fate: str
    asker: Person
    id: str
    did: set[str] = field(default_factory=set)
    answers: int = 0
    offers: dict[str, set[str]] = field(default_factory=dict)  # inbox -> the offers seen in it
    notes: dict[str, Told] = field(default_factory=dict)


@dataclass
class Month:
    """The network, its people and its questions."""

    world: World
    rng: random.Random
    people: list[Person] = field(default_factory=list)
    experts: list[Person] = field(default_factory=list)
    coordinators: list[Person] = field(default_factory=list)
    company: list[Person] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    inboxes: dict[str, Person] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)  # offers answered in an hour that is not over
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    def viewer(self, person: Person) -> Viewer:
        """As whom a person comes; nobody's roles change in the month."""
        if person.name not in self._viewers:
            self._viewers[person.name] = viewer_of(self.world.tools, person)
        return self._viewers[person.name]

    def run(self, *, days: int, tail: int, a_day: int, outage: int) -> None:
        """Let the days go by, hour by hour; on the day `outage` nothing works but the pages."""
        fates = iter(FATES * (days * a_day // len(FATES) + 1))
        for hour in range(24 * (days + tail)):
            self.world.clock.move(hours=1)
            if hour // 24 != outage:
                self.world.work()
            if hour // 24 < days and hour % 24 in range(8, 8 + a_day):
                self._ask(next(fates))
            if hour % 24 in range(6, 22):
                self._live()
            if hour % 24 == 23:
                self.look()
        self.look()

    def _ask(self, fate: str) -> None:
        tools, asker = self.world.tools, self.rng.choice(self.people)
        question = Question(
            subject=self.rng.choice(SPECIES), topic="disease", title=f"朝だけ弱る魚のこと その{len(self.asked)}",
            fields={"situation": "水温は高めで、朝いちばんに水面へ上がってきます。"},
            audience=Audience.EXPERTS if "experts" in fate else self.rng.choice((Audience.DOMAIN, Audience.ALL)),
            company_may=fate == "company", urgent="urgent" in fate,
        )  # fmt: skip
        box = address_box(tools.post_office_public, Mailbox(asker.mail), locale="ja")
        with tools.database.transaction("content", "keys") as stores:
            thread_id = service.ask(
                stores, tools.vault, tools.trade, viewer=self.viewer(asker), question=question, window=tools.window,
                today=today(tools.clock.now()), contact=box, policy=policy_of(tools.settings),
            )  # fmt: skip
        self.asked.append(Asked(fate, asker, thread_id))

    def _live(self) -> None:
        """Everybody does what their question's story says, when its time has come."""
        with self.world.tools.database.reading() as stores:
            threads = {row.id: row for row in stores.content.scalars(select(Thread))}
            offers: dict[str, list[Offered]] = {}
            for row in all_offers(stores, self.world.tools.vault):
                offers.setdefault(row.thread_id, []).append(row)
        for one in self.asked:
            for offer in offers.get(one.id, ()):
                one.offers.setdefault(offer.inbox, set()).add(offer.id)
            if one.id in threads:
                go_on(self, one, threads[one.id], offers.get(one.id, []))

    def look(self) -> None:
        """What every author finds under the label of their question, before old notes go."""
        tools = self.world.tools
        with tools.database.reading() as stores:
            for one in self.asked:
                label = str(owner_tag(one.asker.secret, one.id))
                for note in notes_of(stores, tools.vault, [label], window=tools.window + 24):
                    one.notes[note.id] = note


@contextmanager
def month(folder: Path, *, organisations: int = 24, each: int = 3, seed: int = 5) -> Iterator[Month]:
    """An empty month: a network of people, most of them experts with mail, two coordinators and the company."""
    rng = random.Random(seed)
    with opened(folder, seed=seed) as world:
        tools, found = world.tools, Month(world, rng)
        with tools.database.transaction("content") as stores:
            key, seconds = tools.trade.network.key, tools.settings.window_seconds
            stores.content.add(Network(key=key, demo=False, window_seconds=seconds, small=organisations < 20))
        homes = _organisations(world, organisations + 3, rng)
        for number in range(organisations):
            for place in range(each):
                person = make_person(tools, f"p{number}-{place}", homes[number], subjects=SPECIES)
                found.people.append(person)
                if place < each - 1:
                    found.experts.append(person)
        for number, home in enumerate(homes[-3:-1]):
            roles = ("member", "coordinator")
            found.coordinators.append(make_person(tools, f"c{number}", home, roles=roles, subjects=SPECIES))
        found.company.append(make_person(tools, "company", homes[-1], roles=("analyst",), subjects=()))
        _opt_in(found)
        yield found


def _organisations(world: World, number: int, rng: random.Random) -> list[str]:
    """All at once, as a network opens: circles are drawn, and none splits."""
    entries = [NewOrganisation(f"架空養魚{one}", (), (), (f"{one}.example",)) for one in range(number)]
    with world.tools.database.transaction("identity", "keys") as stores:
        made = add_organisations(stores, world.tools.vault, entries=entries, verified=True, rng=rng)
    return [organisation_id for organisation_id, _ in made]


def _opt_in(found: Month) -> None:
    tools = found.world.tools
    with tools.database.transaction("content") as stores:
        for person in found.experts:
            viewer = found.viewer(person)
            subject = found.rng.choice(SPECIES)
            box = address_box(tools.post_office_public, Mailbox(person.mail), locale="ja")
            queues.opt_in(
                stores, tools.vault, tools.trade, viewer=viewer, subject=subject, topics=("disease",),
                capacity=found.rng.choice((1, 3, 3, 5)), away_until=0, box=box,
            )  # fmt: skip
    for person in found.experts:
        for handle in handles_of(found.viewer(person)).values():
            found.inboxes[handle] = person
