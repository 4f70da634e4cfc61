"""The mail process: opens boxes, gathers notices into letters, hands them to the relay. Holds the one key that can."""

import json
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import select

from app.db import Stores
from app.jobs import queue
from app.jobs.queue import MAX_ATTEMPTS, Task
from app.jobs.worker import Handler, Worker
from app.mail import hooks, orders, rounds
from app.mail.book import Book, Entry, Glance, read_book, write_book
from app.mail.contacts import contacts_of, end_contacts
from app.mail.kinds import DIGEST, REFUSALS
from app.mail.letters import Letter, write_letter
from app.mail.mailbox import Mailbox, mailbox_of
from app.mail.models import Contact
from app.mail.obeying import follow, obey
from app.mail.opening import Opener
from app.mail.posting import Poster, make_poster
from app.mail.relays import Refused, Relay
from app.mail.resting import come_back, orders_at_rest
from app.mail.rounds import Moment, Rules
from app.mail.service import send_letter
from app.wiring import Toolbox

TOGETHER: Final = 500  # notices taken in at once
OUTSIDE: Final = "other"


@dataclass
class PostOffice:
    """Sends what is due. A letter goes out at least once: a stop between sending and forgetting sends it again,
    under the same Message-ID, so that the reader's mail program can drop the second."""

    tools: Toolbox
    privates: Callable[[], Sequence[bytes]]  # newest first
    relay: Relay
    poster: Poster | None = None  # None: as the settings have it
    _made_rounds: int = -1
    _glance: Glance = field(default_factory=Glance, repr=False)

    @property
    def boxes(self) -> Opener:
        """What opens them."""
        return Opener(self.privates)

    def worker(self) -> Worker:
        """The loop of the mail process."""
        tools = self.tools
        return Worker(
            tools.database,
            tools.vault,
            lane="mail",
            window=lambda: tools.window,
            handlers=self.handlers(),
            ticks=(self.obey, self.make_rounds),
        )

    def handlers(self) -> Mapping[str, Handler]:
        """By job kind."""
        return {"letter": self.letter, "notice": self.notice, "forget": self.forget, orders.KIND: self.order}

    def letter(self, task: Task) -> None:
        """A letter whose address came with the job, or that is for a member's machine."""
        found = json.loads(self.boxes.open(_box(task)))
        kind = found.get("kind", task.payload["kind"])
        if found.get("hook"):
            self._call(task, kind, found)
        else:
            self._mail(task, kind, found)

    def _mail(self, task: Task, kind: str, found: dict[str, Any]) -> None:
        """One refused for good is let go, and counted."""
        letter = self._write(kind, found)
        refused = False
        if letter is not None:
            try:
                self.relay.send(letter, message_id=task.id)
            except Refused:
                refused = True
        with self.tools.database.transaction("content") as stores:
            self._count(stores, found["address"], refused=refused)
            queue.finish(stores, task)

    def _call(self, task: Task, kind: str, found: dict[str, Any]) -> None:
        """It goes where its member wants it by now: to the machine, to mail again, or, of who is gone, nowhere."""
        mailbox, is_test = mailbox_of(found), kind == hooks.TEST
        with self.tools.database.reading() as stores:
            entry = self._look(stores).find(mailbox)
        hook = hooks.Hook() if entry is None else entry.hook
        if entry is not None and not hook.url and not is_test:
            self._mail(task, kind, found)
            return
        outcome = ""
        if hook.url and not hook.stopped:
            outcome = self._post(task, kind, hook, locale=found["locale"], patient=not is_test)
        with self.tools.database.transaction("content") as stores:
            if outcome:
                self._heed(stores, mailbox, hook, outcome, is_test=is_test)
            queue.finish(stores, task)

    def _post(self, task: Task, kind: str, hook: hooks.Hook, *, locale: str, patient: bool) -> str:
        """Tried as often as a letter; a machine that never takes it leaves no dead letter behind. Raises OSError."""
        settings, poster = self.tools.settings, self.poster or make_poster(self.tools.settings)
        body = hooks.write_notice(kind, locale=locale, base_url=settings.base_url)
        headers = hooks.headers_of(hook.secret, message_id=task.id, seconds=self._now.seconds, body=body)
        return hooks.call(poster, hook, body, headers, patient=patient and task.attempts < MAX_ATTEMPTS)

    def _heed(self, stores: Stores, mailbox: Mailbox, hook: hooks.Hook, outcome: str, *, is_test: bool) -> None:
        """Remember how it went, and write to whoever has to know; a hook that was changed meanwhile is another."""
        if outcome == hooks.TAKEN and not hook.refused:
            return
        book = self._book(stores)
        entry = book.find(mailbox)
        if entry is None or entry.hook.turn != hook.turn:
            return
        letter = hooks.outcome_letter(entry.hook, outcome, is_test=is_test)
        if not is_test or outcome == hooks.TAKEN:
            entry.hook = replace(entry.hook, refused=hooks.refusals_after(entry.hook, outcome))
        if entry.hook.stopped:
            entry.waiting = []
        if letter:
            self._leave_letter(stores, entry, mailbox, kind=letter)
        write_book(stores, self.boxes.public, book)

    def notice(self, task: Task) -> None:
        """Every notice that is due goes into the book, and out of it what may go at once."""
        tools = self.tools
        with tools.database.transaction("content") as stores:
            tasks = [task, *queue.fellows(stores, tools.vault, task, window=tools.window, most=TOGETHER)]
            book = self._book(stores)
            self._take_in(stores, book, tasks)
            self._send_ready(stores, book)
            for one in tasks:
                queue.finish(stores, one)

    def make_rounds(self) -> bool:
        """Once a window: send what has come to its time."""
        window = self.tools.window
        if window == self._made_rounds:
            return False
        with self.tools.database.reading() as stores:
            now = self._now
            ready = any(rounds.is_ready(one, now) for one in self._look(stores).entries.values())
        if ready:
            with self.tools.database.transaction("content") as stores:
                self._send_ready(stores, self._book(stores))
        self._made_rounds = window
        return ready

    def obey(self) -> bool:
        """What was asked of us comes before what is to be sent."""
        tools = self.tools
        with tools.database.reading() as stores:
            asked = queue.waiting(stores, tools.vault, orders.KIND, window=tools.window, most=TOGETHER)
        if asked:
            self.order(*asked)
        return bool(asked)

    def order(self, *tasks: Task) -> None:
        """Orders done. One that does not open, or is about nobody, is let go."""
        with self.tools.database.transaction("content") as stores:
            book = self._book(stores)
            if any([self._do(stores, book, task) for task in tasks]):
                write_book(stores, self.boxes.public, book)
            for task in tasks:
                queue.finish(stores, task)

    def forget(self, task: Task) -> None:
        """End every contact of a mailbox and of those it was before, any order that it rests, and what the book has of
        it; a box that does not open is nobody's to end here."""
        said = json.loads(self.boxes.open(_box(task)))
        vault, whose = self.tools.vault, mailbox_of(said)
        with self.tools.database.reading() as stores:
            boxes = {row.label: row.box for row in stores.content.scalars(select(Contact))}
            resting, book = orders_at_rest(stores, vault), self._look(stores)
            key = book.now(whose).key
            labels = [label for label, box in boxes.items() if self._key_in(book, box) == key]
            ended = [token for token, box in resting if self._key_in(book, box) == key]
        with self.tools.database.transaction("content") as stores:
            end_contacts(stores, labels)
            for token in ended:
                come_back(stores, vault, token=token)
            book = self._book(stores)
            if book.forget(whose, for_good=said.get("last", True)):
                write_book(stores, self.boxes.public, book)
            queue.finish(stores, task)

    # the book

    def _do(self, stores: Stores, book: Book, task: Task) -> bool:
        said, rules, now = self.boxes.find(_box(task)), self._rules, self._now
        if task.payload.get("link", "do" not in said):  # an order of an older version does not say
            return follow(book, said, everything=task.payload["everything"], rules=rules, now=now)
        if not obey(book, said, rules=rules, now=now):
            return False
        if said["do"] == "try":
            mailbox = mailbox_of(said)
            self._leave_letter(stores, book.entry(mailbox, said["locale"]), mailbox, kind=hooks.TEST, hook=True)
        return True

    def _take_in(self, stores: Stores, book: Book, tasks: Sequence[Task]) -> None:
        boxes = contacts_of(stores, {one.payload["label"] for one in tasks})
        resting = self._resting(stores, book)
        for one in tasks:
            box = boxes.get(one.payload["label"])
            found = {} if box is None else self.boxes.find(box)
            if found and book.now(mailbox_of(found)).key not in resting:
                rounds.take_in(
                    book.entry(mailbox_of(found), found["locale"]),
                    self._rules,
                    kind=one.payload["kind"],
                    label=one.payload["label"],
                    urgent=one.payload.get("urgent", False),
                    now=self._now,
                )

    def _send_ready(self, stores: Stores, book: Book) -> None:
        """Leave a job for each letter that goes out now, in random order, and write the book, all in one transaction."""
        now = self._now
        ready = [(key, one) for key, one in book.entries.items() if rounds.is_ready(one, now)]
        random.SystemRandom().shuffle(ready)
        living = contacts_of(stores, {waiting.label for _, one in ready for waiting in one.waiting})
        resting = self._resting(stores, book)
        for key, entry in ready:
            mailbox = Mailbox(entry.address, "" if key == entry.address else key)
            self._send_to(stores, entry, mailbox, () if key in resting else living)
        write_book(stores, self.boxes.public, book)

    def _send_to(self, stores: Stores, entry: Entry, mailbox: Mailbox, living: Collection[str]) -> None:
        written = rounds.write_to(entry, self._rules, living=living, now=self._now)
        if written is not None:
            kind, kinds = written
            send_letter(
                stores,
                self.tools.vault,
                self.boxes.public,
                kind,
                address=entry.address,
                name=mailbox.name,
                words={"unsubscribe": self._link(entry, kinds)},
                locale=entry.locale,
                window=self.tools.window,
                inside={"hook": True} if entry.hook.url else None,
            )

    def _leave_letter(self, stores: Stores, entry: Entry, mailbox: Mailbox, *, kind: str, hook: bool = False) -> None:
        """A letter about a webhook: outside it is called what most letters are."""
        inside = {"kind": kind, **({"hook": True} if hook else {})}
        send_letter(
            stores, self.tools.vault, self.boxes.public, OUTSIDE, address=entry.address, name=mailbox.name, words={},
            locale=entry.locale, window=self.tools.window, inside=inside,
        )  # fmt: skip

    def _count(self, stores: Stores, address: str, *, refused: bool) -> None:
        """Note a refusal, and that a letter was taken after one; writes content only where that is news."""
        if any(refused or one.refused for one in self._look(stores).at(address)):
            book = self._book(stores)
            for one in book.at(address):
                one.refused = one.refused + 1 if refused else 0
            write_book(stores, self.boxes.public, book)

    def _look(self, stores: Stores) -> Book:
        return self._glance.at(stores, self.boxes.open)

    def _book(self, stores: Stores) -> Book:
        return read_book(stores, self.boxes.open)

    # letters

    def _write(self, kind: str, found: dict[str, Any]) -> Letter | None:
        words = {"base_url": self.tools.settings.base_url, **found.get("words", {})}
        address = found[
            "address"
        ]  # as it stands: a code goes to the address that it is to prove, whoever had it before
        if kind == DIGEST:
            entry = self._digest_entry(mailbox_of(found), found["locale"])
            if entry.without_digest or entry.refused >= REFUSALS:
                return None
            address = entry.address
            words["unsubscribe"] = self._link(entry, [DIGEST])
        return write_letter(kind, address=address, locale=found["locale"], words=words)

    def _digest_entry(self, mailbox: Mailbox, locale: str) -> Entry:
        """Who gets the letter at fixed hours stands in the book too, so that its link leads to somebody."""
        with self.tools.database.reading() as stores:
            entry = self._look(stores).find(mailbox)
        if entry is None or not entry.id:
            with self.tools.database.transaction("content") as stores:
                book = self._book(stores)
                entry = book.entry(mailbox, locale)
                write_book(stores, self.boxes.public, book)
        return entry

    def _link(self, entry: Entry, kinds: list[str]) -> str:
        return f"{self.tools.settings.base_url}/unsubscribe/{orders.make_token(self.boxes.public, entry.id, kinds)}"

    @property
    def _now(self) -> Moment:
        return Moment(self.tools.clock.now(), self.tools.settings.window_seconds)

    @property
    def _rules(self) -> Rules:
        settings = self.tools.settings
        caps = (settings.mail_a_day, settings.mail_a_week)
        return Rules(*caps, settings.mail_wakes, settings.mail_sleeps, settings.mail_silence)

    def _resting(self, stores: Stores, book: Book) -> frozenset[str]:
        return frozenset(self._key_in(book, box) for _, box in orders_at_rest(stores, self.tools.vault))

    def _key_in(self, book: Book, box: bytes) -> str:
        """Whose a box is today."""
        return book.now(self.boxes.mailbox_in(box)).key


def _box(task: Task) -> bytes:
    return bytes.fromhex(task.payload["box"])
