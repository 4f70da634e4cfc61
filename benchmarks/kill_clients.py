"""Members' browsers over real connections, which send again what may not have arrived, and note what they were told."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.journeys.browser import Answer

PASSWORD = "いけすの上の朝はやく"  # noqa: S105  of people who do not exist
PATIENCE = 120.0  # seconds a client keeps trying one thing


@dataclass
class Deed:
    """Something a client did: the words by which it is found again, and whether the service said yes."""

    kind: str
    mark: str
    acknowledged: bool = False
    sendings: int = 1


@dataclass
class Ledger:
    """What all clients did."""

    deeds: list[Deed] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    broken: int = 0


class GivenUp(Exception):
    """The service did not answer for too long, or the run is over."""


class Client:
    """One member's browser over a real connection; sends again what may not have arrived."""

    def __init__(self, port: int, address: str, ledger: Ledger, stopped: threading.Event, seed: int) -> None:
        self.port, self.address, self.ledger, self.stopped = port, address, ledger, stopped
        self.rng = random.Random(seed)
        self.cookies: dict[str, str] = {}
        self.sendings = 0
        self.number = 0
        self.was_urgent = False

    def run(self) -> None:
        """Do one thing after the other until the run is over."""
        try:
            self.sign_in()
            while not self.stopped.is_set():
                self.rng.choices((self.ask, self.work_queue, self.join_in, self.look_after), (3, 5, 2, 3))[0]()
        except GivenUp:
            pass

    def get(self, path: str) -> Answer:
        return self._send("GET", path, None)

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        return self._send("POST", path, urlencode(dict(fields), doseq=True))

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        deadline, self.sendings = time.monotonic() + PATIENCE, 0
        while time.monotonic() < deadline:
            self.sendings += 1
            try:
                answer = self._once(method, path, body)
            except (OSError, http.client.HTTPException):
                self.ledger.broken += 1
                time.sleep(self.rng.uniform(0.05, 0.3))
                continue
            if answer.status < 500:
                return answer
            self.ledger.refused[f"{method} {answer.status}"] += 1
            time.sleep(0.2)
        raise GivenUp

    def _once(self, method: str, path: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for value in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: one.value for name, one in SimpleCookie(value).items()}
        return Answer(path, response.status, str(response.headers), content, response.headers.get("Location", ""))

    def sign_in(self) -> None:
        page = self.get("/sign-in")
        answer = self.post("/sign-in", page.form("/sign-in").filled(mail=self.address, password=PASSWORD))
        if answer.status != 303:
            raise GivenUp

    def _mark(self) -> str:
        # a word that no check takes for an address, a name or a number
        return f"<{self.address.partition('@')[0]}n{self.number}z>"

    def do(self, kind: str, page: Answer, action: str, **values: object) -> None:
        """Send one form that must be done exactly once; its token travels in it."""
        self.number += 1
        mark = self._mark()
        words = {"text": f"やってみたこと {mark}"} if kind in ("answer", "queue answer", "followup") else {}
        deed = Deed(kind, mark)
        self.ledger.deeds.append(deed)
        self._note(deed, self.post(action, page.form(action).filled(**words, **values)))

    def _note(self, deed: Deed, answer: Answer) -> None:
        deed.sendings = self.sendings
        deed.acknowledged = answer.status == 303
        if not deed.acknowledged:
            again = " when sent again" if self.sendings > 1 else ""
            self.ledger.refused[f"{deed.kind}: {answer.status}{again}"] += 1

    def ask(self) -> None:
        self.number += 1
        deed = Deed("question", self._mark())
        form = self.get("/ask").form("/ask/preview")
        subject = self.rng.choice(("rainbow-trout", "coho-salmon", "yamame-iwana"))
        typed = {"subject": subject, "topic": "disease", "title": f"質問 {deed.mark}", "field_situation": "朝から。"}
        typed["urgent"] = "" if self.was_urgent else "1"  # one a month
        self.was_urgent = True
        self.post("/ask/preview", form.filled(**typed))
        preview = self.get("/ask/preview")
        if preview.status == 200 and preview.has_form("/ask/publish"):
            self.ledger.deeds.append(deed)
            self._note(deed, self.post("/ask/publish", preview.form("/ask/publish").fields))

    def work_queue(self) -> None:
        for path in [link for link in self.get("/queue").links("/queue/") if "settings" not in link][:2]:
            page = self.get(path)
            if not page.has_form(f"{path}/answer"):
                continue
            if self.rng.random() < 0.2:
                self.do("pass", page, f"{path}/pass", reason="no_time")
                continue
            if self.rng.random() < 0.5 and page.has_form(f"{path}/claim"):
                self.do("claim", page, f"{path}/claim")
                page = self.get(path)
            if page.has_form(f"{path}/answer"):
                self.do("queue answer", page, f"{path}/answer", notify="1")

    def join_in(self) -> None:
        paths = self.get("/threads").links("/threads/")
        if paths:
            path = self.rng.choice(paths)
            page = self.get(path)
            if page.has_form(f"{path}/answer"):
                self.do("answer", page, f"{path}/answer")

    def look_after(self) -> None:
        paths = self.get("/mine").links("/threads/")[:10]
        if not paths:
            return
        path = self.rng.choice(paths)
        page = self.get(path)
        if page.has_form(f"{path}/accept"):
            fields = page.form(f"{path}/accept").fields
            deed = Deed("accept", fields["post"][0])
            self.ledger.deeds.append(deed)
            self._note(deed, self.post(f"{path}/accept", fields))
        if page.has_form(f"{path}/followup"):
            self.do("followup", page, f"{path}/followup")
