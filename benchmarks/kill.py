"""Is anything acknowledged lost or done twice when processes are killed at random moments?

Real processes (`shiome serve`, `shiome worker`, `shiome post-office`) on a scratch folder, clients that ask, claim,
answer, hand back, follow up and accept over HTTP and send again when a connection breaks, and SIGKILL without warning
to one of the processes, again and again. Afterwards the queue is let run dry and the three files are counted.

    python -m benchmarks.kill --kills 200
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from sqlalchemy import select

from app import features
from app.accounts import service as accounts
from app.accounts.models import Member
from app.accounts.organisations import NewOrganisation
from app.accounts.sessions import make_viewer
from app.accounts.signin import password_cost
from app.clock import today
from app.db import STORES, store_path
from app.domains.models import Network
from app.jobs.models import Job
from app.keystore import DataKey
from app.questions.models import Pending, Post, Thread
from app.questions.promise import accept_all
from app.queues import service as queues
from app.queues.experts import open_profile
from app.queues.models import Expert, Offer
from app.queues.offers import inboxes_of
from app.sealing import open_text
from app.settings import Settings
from app.vectors.models import IndexedThread
from app.vectors.store import evidence_of
from app.wiring import Toolbox, build
from benchmarks.kill_clients import PASSWORD, Client, Ledger

PROCESSES = ("web", "worker", "mail")
ROOT = Path(__file__).resolve().parent.parent
TABLES = features.TABLES


# ---------------------------------------------------------------- processes


@dataclass
class House:
    """The three processes over one folder."""

    folder: Path
    environment: Mapping[str, str]
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    starts: Counter[str] = field(default_factory=Counter)

    def start(self, name: str) -> None:
        """Start one process in a group of its own."""
        commands = {
            "web": ["serve", "--bind", f"127.0.0.1:{self.port}"],
            "worker": ["worker"],
            "mail": ["post-office"],
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603  our own program, no shell
                [sys.executable, "-c", "from app.cli import main; main()", *commands[name]],
                env=dict(self.environment), cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.starts[name] += 1

    def kill(self, name: str) -> None:
        """No warning, no last words."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait_for_web(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the web process does not come up; see web.log")


class Mailbox:
    """A mail server that keeps nothing but how often each letter came."""

    def __init__(self) -> None:
        self.letters: Counter[str] = Counter()

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        lines = envelope.content.decode(errors="replace").splitlines()  # type: ignore[attr-defined]
        self.letters.update(line for line in lines if line.lower().startswith("message-id"))
        return "250 OK"


@contextmanager
def house(folder: Path, mailbox: Mailbox, *, window: int) -> Iterator[tuple[House, Toolbox]]:
    """A fresh network with its processes running; whatever still runs at the end is stopped."""
    port, smtp = free_port(), free_port()
    settings = {
        "data_dir": str(folder), "encoder": "hash", "window_seconds": window, "smtp_port": smtp,
        "argon2_memory_kib": 64, "argon2_iterations": 1, "rate_per_minute": 10_000_000, "max_open_questions": 100_000,
        "max_daily_questions": 100_000, "max_weekly_questions": 100_000, "max_open_offers": 50,
    }  # fmt: skip
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SHIOME_")}
    environment = clean | {f"SHIOME_{name.upper()}": str(value) for name, value in settings.items()}
    for command in (["keys", "init"], ["migrate"]):
        run = [sys.executable, "-c", "from app.cli import main; main()", *command]
        subprocess.run(run, env=environment, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    server = Controller(mailbox, hostname="127.0.0.1", port=smtp)
    server.start()
    tools, made = build(Settings.model_validate(settings)), House(folder, environment, port)
    try:
        yield made, tools
    finally:
        for name in list(made.running):
            made.kill(name)
        tools.database.close()
        server.stop()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def populate(tools: Toolbox, *, organisations: int, each: int) -> list[str]:
    """People of one species group who are all experts of it; gives their addresses."""
    rng, subjects = random.Random(3), tuple(one.key for one in tools.trade.groups[0].subjects)
    attributes = {one.key: one.values[0].key for one in tools.trade.attributes}
    day, addresses = today(tools.clock.now()), []
    with tools.database.transaction("identity", "keys", "content") as stores:
        key = tools.trade.network.key
        stores.content.add(Network(key=key, demo=False, window_seconds=tools.settings.window_seconds, small=False))
        entries = [NewOrganisation(f"架空水産{n}") for n in range(organisations)]
        made = accounts.add_organisations(stores, tools.vault, entries=entries, verified=True, rng=rng)
        for number, (organisation_id, _code) in enumerate(made * each):
            addresses.append(f"p{number}@mail.example")
            enrolled = accounts.enrol(
                stores, tools.vault, organisation_id=organisation_id, mail=addresses[-1], password=PASSWORD,
                attributes=attributes, subjects=subjects, cost=password_cost(tools.settings), today=day,
            )  # fmt: skip
            member = stores.identity.get_one(Member, enrolled.member_id)
            viewer = make_viewer(
                stores, tools.vault, member=member, secret=enrolled.secret, session_id="0" * 64, today=day
            )
            accept_all(stores, enrolled.secret, tools.trade.charter, today=day)
            for subject in subjects:
                queues.opt_in(
                    stores,
                    tools.vault,
                    tools.trade,
                    viewer=viewer,
                    subject=subject,
                    topics=(),
                    capacity=5,
                    away_until=0,
                    box=None,
                )
    return addresses


# ---------------------------------------------------------------- the run


@dataclass(frozen=True)
class Report:
    """What was counted: a table for people, and the numbers that must be 0."""

    facts: Mapping[str, object]
    wrong: Mapping[str, int]

    def __str__(self) -> str:
        rows = [*self.facts.items(), *((f"{name} (must be 0)", number) for name, number in self.wrong.items())]
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"{name:{width}}  {value}" for name, value in rows)


def run(folder: Path, *, kills: int, clients: int = 8, window: int = 2, seed: int = 0) -> Report:
    """Kill that often under load, let everything come to rest, and count."""
    rng, mailbox, ledger, stopped = random.Random(seed), Mailbox(), Ledger(), threading.Event()
    began = time.monotonic()
    with house(folder, mailbox, window=window) as (processes, tools):
        addresses = populate(tools, organisations=21, each=max(1, -(-clients // 21)))
        for name in PROCESSES:
            processes.start(name)
        processes.wait_for_web()
        crew = [Client(processes.port, address, ledger, stopped, n) for n, address in enumerate(addresses[:clients])]
        threads = [threading.Thread(target=one.run) for one in crew]
        for thread in threads:
            thread.start()
        killed = _kill_at_random(processes, rng, kills)
        stopped.set()
        for thread in threads:
            thread.join()
        at_rest = _come_to_rest(tools)
        facts, wrong = count(tools, ledger)
    wrong["not at rest after two minutes"] = int(not at_rest)
    facts = {
        "kills": ", ".join(f"{name} {killed[name]}" for name in PROCESSES),
        "seconds": round(time.monotonic() - began),
        "connections broken": ledger.broken,
        **facts,
        "letters": f"{len(mailbox.letters)}, sent more than once under one Message-ID: "
        f"{sum(number > 1 for number in mailbox.letters.values())}",
    }
    return Report(facts, wrong)


def _kill_at_random(processes: House, rng: random.Random, kills: int) -> Counter[str]:
    killed: Counter[str] = Counter()
    time.sleep(3)  # so that there is something to kill
    for _ in range(kills):
        time.sleep(rng.uniform(0.05, 1.5))
        name = rng.choices(PROCESSES, (4, 4, 2))[0]
        processes.kill(name)
        killed[name] += 1
        time.sleep(rng.uniform(0, 0.2))
        processes.start(name)
        if name == "web":
            processes.wait_for_web()
    return killed


def _come_to_rest(tools: Toolbox) -> bool:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if not _left_to_do(tools):
            return True
        time.sleep(0.5)
    return False


def _left_to_do(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        pending = stores.content.scalars(select(Pending.id)).all()
        # later waves are due in hours; what is due now must be done, and what failed on the way tried again
        due = select(Job.id).where(Job.due_window <= tools.window + 40, Job.state == "ready")
        return len(pending) + len(stores.content.scalars(due).all())


def count(tools: Toolbox, ledger: Ledger) -> tuple[dict[str, object], dict[str, int]]:
    """What stands in the three files, against what the clients were told."""
    marks, accepted = _marks(tools)
    said = [deed for deed in ledger.deeds if deed.acknowledged]
    lasting = ("question", "answer", "queue answer", "followup")
    facts: dict[str, object] = {
        "acknowledged": ", ".join(f"{kind} {n}" for kind, n in sorted(Counter(deed.kind for deed in said).items())),
        "acknowledged after sending again": sum(deed.sendings > 1 for deed in said),
        "refused": ", ".join(f"{what} ({n})" for what, n in sorted(ledger.refused.items())) or "nothing",
        "posts in the files": sum(marks.values()),
    }
    wrong = {
        "acknowledged posts lost": sum(deed.kind in lasting and not marks[deed.mark] for deed in said),
        "acknowledged accepts lost": sum(deed.kind == "accept" and deed.mark not in accepted for deed in said),
        "posts doubled": sum(number > 1 for number in marks.values()),
        **_offers(tools),
        **_state(tools),
    }
    return facts, wrong


def _marks(tools: Toolbox) -> tuple[Counter[str], set[str]]:
    marks: Counter[str] = Counter()
    with tools.database.reading() as stores:
        for row in [*stores.content.scalars(select(Thread)), *stores.content.scalars(select(Post))]:
            key = tools.vault.data_key(stores, row.key_id)
            text = open_text(key, row.sealed_text, table=row.__tablename__, row=row.id)
            words = text.get("title") or text.get("text")
            marks[words[words.index("<") :]] += 1
        accepted = set(stores.content.scalars(select(Post.id).where(Post.accepted)))
    return marks, accepted


def _offers(tools: Toolbox) -> dict[str, int]:
    """Each offer is noted twice, with the thread and with the expert: the two must agree, and nobody be named twice."""
    asked: Counter[str] = Counter()
    twice = too_many = 0
    with tools.database.reading() as stores:
        for row in stores.content.scalars(select(IndexedThread)):
            evidence = evidence_of(tools.vault, row)
            asked.update(evidence.asked)
            twice += len(evidence.asked) - len(set(evidence.asked))
            too_many += evidence.waves == 1 and len(evidence.asked) > tools.settings.first_wave
        offers = {
            row.handle: len(open_profile(tools.vault, row).offers) for row in stores.content.scalars(select(Expert))
        }
        rows = {one.id: one for one in stores.content.scalars(select(Offer))}
        boxes = [(one.id, one.sealed) for one in rows.values()]
        pairs = Counter((rows[one].thread_id, inbox) for one, inbox, _ in inboxes_of(tools.vault, boxes) if inbox)
    return {
        "offers doubled": twice + sum(number > 1 for number in pairs.values()),
        "experts whose offers do not add up": sum(offers[handle] != asked[handle] for handle in offers),
        "first waves sent twice": too_many,
    }


def _state(tools: Toolbox) -> dict[str, int]:
    with tools.database.reading() as stores:
        used = set(stores.content.scalars(select(Thread.key_id)))
        used |= set(stores.content.scalars(select(Post.key_id)))
        used |= set(stores.identity.scalars(select(Member.key_id)))
        missing = used - set(stores.keys.scalars(select(DataKey.id)))
        dead = stores.content.scalars(select(Job.kind).where(Job.state == "dead")).all()
    return {"keys missing": len(missing), "dead letters": len(dead), "damaged files": _damaged(tools)}


def _damaged(tools: Toolbox) -> int:
    damaged = 0
    for store in STORES:
        connection = sqlite3.connect(store_path(tools.settings.data_dir, store))
        whole = connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        linked = connection.execute("pragma foreign_key_check").fetchone() is None
        damaged += not (whole and linked)
        connection.close()
    return damaged


def main(say: Callable[[str], None] = print) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", action="store_true", help="leave the folder for a look")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="shiome-kill-"))
    try:
        report = run(folder, kills=chosen.kills, clients=chosen.clients, seed=chosen.seed)
    finally:
        if chosen.keep:
            say(f"folder: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    say(str(report))
    if chosen.out:
        chosen.out.write_text(json.dumps({**report.facts, **report.wrong}, ensure_ascii=False, indent=1))
    return int(any(report.wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
