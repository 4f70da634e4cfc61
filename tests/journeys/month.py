"""A month of a network: questions of every kind, people who answer, pass or do not look, and one day on which the worker
and the post office stand still. Everything below the pages is real; only the clock and the people are made up.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.accounts.service import add_organisation
from app.accounts.viewer import Viewer
from app.clock import today
from app.domains.models import Network
from app.domains.service import policy_of
from app.escalation import service as escalation
from app.escalation.reads import cards_for_coordinator
from app.escalation.stages import Ladder
from app.mail.service import address_box
from app.notices.service import Told, notes_of
from app.questions import ending, judging, service
from app.questions.answers import add_answer
from app.questions.company import answer_as_company
from app.questions.company_routes import company_until
from app.questions.course import Turn, tell_turn
from app.questions.lists import list_waiting
from app.questions.models import Post, Thread
from app.questions.rules import OPEN_STATES, Question
from app.questions.stages import timetable_of
from app.questions.taps import ACCEPT, WORKED
from app.questions.withdrawing import withdraw
from app.queues import service as queues
from app.queues.experts import handles_of
from app.queues.models import Offer
from app.queues.worker import make_now
from privacy.pseudonyms import owner_tag
from privacy.scopes import Audience
from tests.cast import Person, make_person, viewer_of
from tests.journeys.world import World, opened

SPECIES: Final = ("rainbow-trout", "coho-salmon")
CLAIMED: Final = 24
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
                self._look()
        self._look()

    def _ask(self, fate: str) -> None:
        tools, asker = self.world.tools, self.rng.choice(self.people)
        question = Question(
            subject=self.rng.choice(SPECIES), topic="disease", title=f"朝だけ弱る魚のこと その{len(self.asked)}",
            fields={"situation": "水温は高めで、朝いちばんに水面へ上がってきます。"},
            audience=Audience.EXPERTS if "experts" in fate else self.rng.choice((Audience.DOMAIN, Audience.ALL)),
            company_may=fate == "company", urgent="urgent" in fate,
        )  # fmt: skip
        box = address_box(tools.post_office_public, address=asker.mail, locale="ja")
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
            offers: dict[str, list[Offer]] = {}
            for row in stores.content.scalars(select(Offer)):
                offers.setdefault(row.thread_id, []).append(row)
        for one in self.asked:
            for offer in offers.get(one.id, ()):
                one.offers.setdefault(offer.inbox, set()).add(offer.id)
            if one.id in threads:
                self._go_on(one, threads[one.id], offers.get(one.id, []))

    def _go_on(self, one: Asked, thread: Thread, offers: list[Offer]) -> None:
        age, kind = self.world.tools.window - thread.published_window, one.fate.split(",")[0]
        is_open = thread.state in OPEN_STATES
        after = {"first": 3, "urgent": 1, "second": 10, "third": 28}.get(kind)
        never = "never" in one.fate
        if after is not None and not never and is_open and age >= after and offers:
            if "claimed" in one.fate and "claim" not in one.did:
                self._claim(one, self.rng.choice(offers))
            elif "claim" not in one.did or age >= after + 20:
                self._answer_offer(one, self.rng.choice(offers))
        elif kind == "passed by all" and is_open:
            for offer in offers:
                self._pass(offer)
        elif thread.state == "answered" and "accepted" in one.fate and age >= 60:
            self._once(one, "accept", lambda: self._tap(one, one.asker, ACCEPT))
        elif thread.state == "answered" and "likely" in one.fate and age >= 60:
            self._once(one, "worked", lambda: self._worked(one))
        elif kind in STORIES:
            STORIES[kind](self, one, thread, age)
        if thread.state == "ended":
            self._choose(one)

    def _once(self, one: Asked, what: str, do: Callable[[], object]) -> None:
        if what not in one.did:
            one.did.add(what)
            do()

    def _claim(self, one: Asked, offer: Offer) -> None:
        tools, who = self.world.tools, self.inboxes[offer.inbox]
        with tools.database.transaction("content") as stores:
            queues.claim(
                stores, tools.vault, viewer=self.viewer(who), offer_id=offer.id, now=make_now(tools), windows=CLAIMED
            )
        one.did.add("claim")

    def _answer_offer(self, one: Asked, offer: Offer) -> None:
        if offer.state == "answering":
            return
        tools, who = self.world.tools, self.inboxes[offer.inbox]
        with tools.database.transaction("content", "keys") as stores:
            queues.answer(
                stores, tools.vault, tools.trade, viewer=self.viewer(who), offer_id=offer.id,
                text="夜明け前に酸素を測ってみてください。", token=f"{one.id}{one.answers}", at_once=False, contact=None,
                window=tools.window, today=today(tools.clock.now()), until=tools.window + 8,
            )  # fmt: skip
        one.answers += 1
        one.did.add("answered")

    def _pass(self, offer: Offer) -> None:
        tools, who = self.world.tools, self.inboxes[offer.inbox]
        with tools.database.transaction("content") as stores:
            queues.pass_on(
                stores, tools.vault, viewer=self.viewer(who), offer_id=offer.id, reason="no_time", now=make_now(tools)
            )

    def answer_from_list(self, one: Asked, thread: Thread, age: int) -> None:
        """Somebody of the domain finds it above the list and answers."""
        if thread.state not in OPEN_STATES or "answered" in one.did:
            return
        tools = self.world.tools
        with tools.database.reading() as stores:
            for who in self.rng.sample(self.people, 12):
                waiting = list_waiting(stores, tools.vault, tools.trade, viewer=self.viewer(who), size=100)
                if one.id in {card.id for card in waiting}:
                    break
            else:
                return
        with tools.database.transaction("content", "keys") as stores:
            add_answer(
                stores, tools.vault, tools.trade, viewer=self.viewer(who), thread_id=one.id,
                text="池の底の泥を一度見てください。", window=tools.window, today=today(tools.clock.now()),
            )  # fmt: skip
        one.answers += 1
        one.did.add("answered")

    def _tap(self, one: Asked, who: Person, kind: str) -> None:
        tools = self.world.tools
        with tools.database.transaction("content") as stores:
            answers = select(Post.id).where(Post.thread_id == one.id, Post.kind == "answer")
            post = stores.content.scalars(answers).first()
            assert post is not None
            judging.tap(
                stores, tools.vault, tools.trade, viewer=self.viewer(who), thread_id=one.id, post_id=post, kind=kind,
                window=tools.window, today=today(tools.clock.now()),
            )  # fmt: skip

    def _worked(self, one: Asked) -> None:
        circle = self.viewer(one.asker).circle
        others = [who for who in self.people if self.viewer(who).circle != circle and who not in self.experts]
        self._tap(one, self.rng.choice(others), WORKED)

    def company_answers(self, one: Asked, thread: Thread, age: int) -> None:
        """The company answers as soon as it may."""
        tools = self.world.tools
        if age < 48 or thread.state not in OPEN_STATES:
            return
        with tools.database.transaction("content", "keys") as stores:
            answer_as_company(
                stores, tools.vault, tools.trade, viewer=self.viewer(self.company[0]), thread_id=one.id,
                text="飼料の袋に書いてある量の、上の方までで足ります。", window=tools.window,
                today=today(tools.clock.now()), company_until=company_until(tools), token=f"company {one.id}",
            )  # fmt: skip
        one.answers = 1

    def close(self, one: Asked, thread: Thread, age: int) -> None:
        """Its author ends it."""
        if age >= 30:
            with self.world.tools.database.transaction("content") as stores:
                self._once(one, "close", lambda: ending.close(stores, viewer=self.viewer(one.asker), thread_id=one.id))

    def take_back(self, one: Asked, thread: Thread, age: int) -> None:
        """Its author takes it back."""
        if age >= 30 and "taken" not in one.did:
            tools = self.world.tools
            self._look()  # the notes go with the words
            with tools.database.transaction("content", "keys") as stores:
                withdraw(stores, tools.vault, viewer=self.viewer(one.asker), thread_id=one.id)
            one.did.add("taken")

    def hide(self, one: Asked, thread: Thread, age: int) -> None:
        """It is hidden for three days, looked at, and let go on."""
        wanted = 10 <= age < 82
        if thread.hidden != wanted:
            with self.world.tools.database.transaction("content") as stores:
                stores.content.get_one(Thread, one.id).hidden = wanted
        elif not wanted:
            self.answer_from_list(one, thread, age)

    def widen(self, one: Asked, thread: Thread, age: int) -> None:
        """The author is offered a wider audience at two days, takes it, and is answered by whom it lets in."""
        if one.fate != "experts only, widened" or age < 50:
            return
        tools = self.world.tools
        if "widen" in one.did:
            self.answer_from_list(one, thread, age)
        elif thread.state in OPEN_STATES:
            one.did.add("widen")
            with tools.database.transaction("content") as stores:
                escalation.widen(
                    stores, tools.vault, tools.trade, viewer=self.viewer(one.asker), thread_id=one.id,
                    audience=Audience.DOMAIN, group_only=False, policy=policy_of(tools.settings),
                    today=today(tools.clock.now()), window=tools.window,
                )  # fmt: skip

    def help_along(self, one: Asked, thread: Thread, age: int) -> None:
        """A coordinator proposes other words, its author agrees, and one more wave of experts is asked."""
        tools, kind = self.world.tools, one.fate.split(",")[0]
        if thread.stage != "coordinator" or thread.state not in OPEN_STATES:
            return
        if "helped" not in one.did:
            for who in self.coordinators:
                with tools.database.transaction("content") as stores:
                    cards = cards_for_coordinator(stores, tools.vault, tools.trade, viewer=self.viewer(who))
                    if one.id in {card.id for card in cards if card.access}:
                        one.did.add("helped")
                        self._help(stores, one, kind)
                        return
        elif kind == "coordinator" and "agreed" not in one.did:
            words = {"title": "朝だけ水面に上がる魚", "field_situation": "池の水は澄んでいて、昼には戻ります。"}
            with tools.database.transaction("content") as stores:
                escalation.answer_proposal(
                    stores, tools.vault, tools.trade, viewer=self.viewer(one.asker), thread_id=one.id, words=words,
                    today=today(tools.clock.now()), window=tools.window,
                )  # fmt: skip
            one.did.add("agreed")
        elif age >= 90:
            self._answer_any(one)

    def _help(self, stores: object, one: Asked, kind: str) -> None:
        tools = self.world.tools
        thread = stores.content.get_one(Thread, one.id)  # type: ignore[attr-defined]
        day, window = today(tools.clock.now()), tools.window
        if kind == "coordinator":
            words = {"title": "朝だけ水面に上がる魚", "field_situation": "池の水は澄んでいます。"}
            escalation.propose(stores, tools.vault, thread, kind="reword", words=words, today=day, window=window)  # type: ignore[arg-type]
        else:
            Ladder(tools.vault, tools.trade, timetable_of(tools.settings)).ask_more(stores, thread, make_now(tools))  # type: ignore[arg-type]
            tell_turn(stores, tools.vault, thread, Turn("invited", day.toordinal()), due=window + 1)  # type: ignore[arg-type]

    def _answer_any(self, one: Asked) -> None:
        with self.world.tools.database.reading() as stores:
            offers = list(stores.content.scalars(select(Offer).where(Offer.thread_id == one.id)))
        if offers and "answered" not in one.did:
            self._answer_offer(one, self.rng.choice(offers))

    def _choose(self, one: Asked) -> None:
        """What its author does at the honest end."""
        tools, kind = self.world.tools, one.fate.rpartition(", ")[2]
        choice = {"idea": "idea", "webinar": "webinar", "cohort": "cohort", "urgent, never": "idea"}.get(kind)
        with tools.database.transaction("content") as stores:
            if one.fate.startswith("kept"):
                viewer = self.viewer(one.asker)
                keep = {"viewer": viewer, "thread_id": one.id, "window": tools.window}
                self._once(one, "keep", lambda: escalation.keep_open(stores, tools.vault, **keep))  # type: ignore[arg-type]
            elif choice is not None:
                wish = {"viewer": self.viewer(one.asker), "thread_id": one.id, "kind": choice}
                day = today(tools.clock.now())
                self._once(one, "wish", lambda: escalation.wish(stores, tools.vault, today=day, **wish))  # type: ignore[arg-type]

    def after_keeping(self, one: Asked, thread: Thread, age: int) -> None:
        """Kept open, it is answered from the list after all."""
        if "keep" in one.did and thread.stage == "domain":
            self.answer_from_list(one, thread, age)

    def _look(self) -> None:
        """What every author finds under the label of their question, before old notes go."""
        tools = self.world.tools
        with tools.database.reading() as stores:
            for one in self.asked:
                label = str(owner_tag(one.asker.secret, one.id))
                for note in notes_of(stores, tools.vault, [label], window=tools.window + 24):
                    one.notes[note.id] = note


STORIES: Final[dict[str, Callable[[Month, Asked, Thread, int], None]]] = {
    "domain": Month.answer_from_list,
    "company": Month.company_answers,
    "closed": Month.close,
    "withdrawn": Month.take_back,
    "hidden": Month.hide,
    "experts only": Month.widen,
    "coordinator": Month.help_along,
    "invited": Month.help_along,
    "kept": Month.after_keeping,
}


@contextmanager
def month(folder: Path, *, organisations: int = 24, each: int = 3, seed: int = 5) -> Iterator[Month]:
    """An empty month: a network of people, most of them experts with mail, two coordinators and the company."""
    rng = random.Random(seed)
    with opened(folder, seed=seed) as world:
        tools, found = world.tools, Month(world, rng)
        with tools.database.transaction("content") as stores:
            key, seconds = tools.trade.network.key, tools.settings.window_seconds
            stores.content.add(Network(key=key, demo=False, window_seconds=seconds, small=organisations < 20))
        for number in range(organisations):
            home = _organisation(world, f"架空養魚{number}", rng)
            for place in range(each):
                person = make_person(tools, f"p{number}-{place}", home, subjects=SPECIES)
                found.people.append(person)
                if place < each - 1:
                    found.experts.append(person)
        for number in range(2):
            roles = ("member", "coordinator")
            home = _organisation(world, f"世話役の会社{number}", rng)
            found.coordinators.append(make_person(tools, f"c{number}", home, roles=roles, subjects=SPECIES))
        home = _organisation(world, "運営会社", rng)
        found.company.append(make_person(tools, "company", home, roles=("analyst",), subjects=()))
        _opt_in(found)
        yield found


def _organisation(world: World, name: str, rng: random.Random) -> str:
    with world.tools.database.transaction("identity", "keys") as stores:
        made, _ = add_organisation(stores, world.tools.vault, name=name, verified=True, rng=rng)
    return made


def _opt_in(found: Month) -> None:
    tools = found.world.tools
    with tools.database.transaction("content") as stores:
        for person in found.experts:
            viewer = found.viewer(person)
            subject = found.rng.choice(SPECIES)
            box = address_box(tools.post_office_public, address=person.mail, locale="ja")
            queues.opt_in(
                stores, tools.vault, tools.trade, viewer=viewer, subject=subject, topics=("disease",),
                capacity=found.rng.choice((1, 3, 3, 5)), away_until=0, box=box,
            )  # fmt: skip
    for person in found.experts:
        for handle in handles_of(found.viewer(person)).values():
            found.inboxes[handle] = person
