"""A post office under a clock that is moved: leave notices, let hours pass, see what was sent."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.clock import JAPAN, SetClock
from app.jobs.models import Job
from app.keyfiles import KeyFolder
from app.mail import service
from app.mail.book import Entry, read_book
from app.mail.contacts import set_contact
from app.mail.letters import BODIES, ENDING, Letter
from app.mail.mailbox import Mailbox
from app.mail.office import PostOffice
from app.mail.orders import leave_seen, leave_stop, leave_wishes
from app.mail.relays import Refused
from app.mail.wishes import Wishes
from app.wiring import Toolbox

BASE = "https://shiome.example"
MAIL = "bob@mail.example"


@dataclass
class Counter:
    """Notices in, letters out: (day of the month, hour, kind of letter)."""

    tools: Toolbox
    refuses: bool = False
    sent: list[tuple[int, int, str]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.office = PostOffice(self.tools, KeyFolder(self.tools.settings.key_folder).post_office_privates, self)

    def send(self, letter: Letter, *, message_id: str) -> None:
        """The relay's part."""
        if self.refuses:
            raise Refused
        here = datetime.fromtimestamp(self.tools.clock.now(), JAPAN)
        self.letters.append(letter)
        self.sent.append((here.day, here.hour, kind_of(letter)))

    def contact(self, label: str, mail: str = MAIL) -> None:
        with self.tools.database.transaction("content") as stores:
            box = service.address_box(self.tools.post_office_public, Mailbox(mail), locale="ja")
            set_contact(stores, label=label, box=box)

    def tell(self, kind: str, label: str = "a" * 32, *, urgent: bool = False) -> None:
        with self.tools.database.transaction("content") as stores:
            service.notify(stores, self.tools.vault, label=label, kind=kind, due=self.tools.window, urgent=urgent)

    def wish(self, wishes: Wishes, mail: str = MAIL) -> None:
        with self.tools.database.transaction("content") as stores:
            leave_wishes(
                stores, self.tools.vault, self.tools.post_office_public,
                mailbox=Mailbox(mail), locale="ja", wishes=wishes, window=self.tools.window,
            )  # fmt: skip

    def stop(self, token: str, *, everything: bool = False) -> None:
        with self.tools.database.transaction("content") as stores:
            leave_stop(stores, self.tools.vault, token=token, everything=everything, window=self.tools.window)

    def see(self) -> None:
        with self.tools.database.transaction("content") as stores:
            leave_seen(
                stores, self.tools.vault, self.tools.post_office_public,
                mailbox=Mailbox(MAIL), window=self.tools.window, window_seconds=self.tools.settings.window_seconds,
            )  # fmt: skip

    def work(self) -> list[tuple[int, int, str]]:
        """Do what is due now; what was sent by it."""
        before = len(self.sent)
        self.office.worker().run_until_idle()
        return self.sent[before:]

    def wait(self, hours: int, *, step: int = 1) -> list[tuple[int, int, str]]:
        """So many hours, looking in every `step`; what was sent meanwhile."""
        assert isinstance(self.tools.clock, SetClock)
        before = len(self.sent)
        for _ in range(hours // step):
            self.tools.clock.move(hours=step)
            self.work()
        return self.sent[before:]

    def entry(self, mail: str = MAIL) -> Entry:
        with self.tools.database.reading() as stores:
            (found,) = read_book(stores, self.office.boxes.open).at(mail)
            return found

    def jobs(self) -> list[tuple[str, str]]:
        with self.tools.database.reading() as stores:
            return [(job.kind, job.state) for job in stores.content.scalars(select(Job).where(Job.lane == "mail"))]


def kind_of(letter: Letter) -> str:
    """Which of the fixed letters it is, to the last character; one with a code or the like in it is "with words"."""
    ending = ENDING["ja"].format(unsubscribe=letter.unsubscribe) if letter.unsubscribe else ""
    fixed = {body["ja"].replace("{base_url}", BASE) + ending: kind for kind, body in BODIES.items()}
    return fixed.get(letter.body, "with words")
