"""Every machine there is, by hand: what they were sent and what they answer; and somebody who has set a webhook."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.clock import SetClock
from app.mail.hooks import Hook
from app.mail.mailbox import Mailbox
from app.mail.orders import leave_hook, leave_try
from app.mail.posting import Poster
from app.wiring import Toolbox
from tests.app.mail.counter import MAIL, Counter

LABEL = "a" * 32
URL = "https://hooks.member.example/shiome?key=hunter2"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
HERE = Mailbox(MAIL)


@dataclass(frozen=True)
class Machines(Poster):
    """Every machine there is: what they were sent, and what they answer, one after another; the last for ever."""

    answers: list[int | Exception] = field(default_factory=lambda: [204])
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.got.append((url, dict(headers), body))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def kinds(self) -> list[str]:
        return [json.loads(body)["type"] for _, _, body in self.got]


def hooked(tools: Toolbox) -> Counter:
    """A post office with one contact of somebody who has set a webhook."""
    made = Counter(tools)
    made.office.poster = Machines()
    made.contact(LABEL)
    set_hook(made)
    return made


def machines(counter: Counter) -> Machines:
    assert isinstance(counter.office.poster, Machines)
    return counter.office.poster


def answer(counter: Counter, *answers: int | Exception) -> None:
    machines(counter).answers[:] = answers


def set_hook(counter: Counter, url: str = URL, *, secret: str = SECRET, turn: int = 1, at: Mailbox = HERE) -> None:
    tools, hook = counter.tools, Hook(url, secret if url else "", turn)
    with tools.database.transaction("content") as stores:
        leave_hook(
            stores, tools.vault, tools.post_office_public, mailbox=at, locale="ja", hook=hook, window=tools.window
        )


def try_out(counter: Counter) -> None:
    tools = counter.tools
    with tools.database.transaction("content") as stores:
        leave_try(stores, tools.vault, tools.post_office_public, mailbox=HERE, locale="ja", window=tools.window)


def told(counter: Counter, kind: str = "answered") -> list[str]:
    """What came of a notice: the letters by mail, and what machines were told."""
    before, mails = len(machines(counter).got), len(counter.sent)
    counter.tell(kind)
    counter.wait(1)
    return [kind for _, _, kind in counter.sent[mails:]] + machines(counter).kinds[before:]


def clock(counter: Counter) -> SetClock:
    """The one the test moves."""
    assert isinstance(counter.tools.clock, SetClock)
    return counter.tools.clock
