"""How fast are pages? `requests [--threads 2000] [--seconds 3] [--rounds 4]` and `requests --times --threads 100000`

Speed: 2 gunicorn processes, 8 connections that are kept open, each signed in as a member of their own, threads picked
at random; in turns with a page of nothing but Flask and SQLAlchemy over as many rows (benchmarks.bare_page), served and
asked in the same way, since a machine's speed swings and the ratio of the two does not. The clients share the machine.

Times: the processor time a page takes, in process, with this many threads in the files; and by the clock on the wall,
which other work on the machine lengthens.
"""

import argparse
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from app.cli import serving
from app.questions.models import Thread
from app.queues import offers
from app.queues.experts import own_handles
from app.wiring import Toolbox
from benchmarks import bare_page
from benchmarks.lines import Line, report
from benchmarks.requests_world import ANSWER, fill
from tests.cast import Person, signed_in, viewer_of
from tests.conftest import make_app

ROOT = Path(__file__).resolve().parent.parent
ANSWERS, CONNECTIONS, WORKERS = 3, 8, 2
RATE, RATIO, P95_MS = 150, 0.25, 50
FREELY = {"rate_per_minute": 100_000_000, "texts_per_day": 100_000_000}


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str], port: int) -> Iterator[int]:
    """A server as the operator starts it, until the end of the block; the number of its first process."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SHIOME_")}
    process = subprocess.Popen(command, env={**clean, **environment}, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(200):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def busy(pid: int) -> float:
    """Seconds of processor time that the processes under this one have used."""
    found = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
    return sum(int(one[11]) + int(one[12]) for one in found if one[1] == str(pid)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def ask(port: int, cookie: str, paths: Sequence[str], until: float, seed: int) -> int:
    """Ask for pages over one connection until the time is over; how many came whole. Raises OSError for a refusal."""
    rng, count = random.Random(seed), 0
    with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rb") as answer:
        while time.monotonic() < until:
            path = rng.choice(paths)
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: shiome.example\r\nCookie: {cookie}\r\n\r\n".encode())
            status, length = answer.readline(), 0
            while (header := answer.readline()) != b"\r\n":
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            answer.read(length)
            if b" 200 " not in status:
                raise OSError(status.decode())
            count += 1
    return count


def rate(port: int, cookies: Sequence[str], paths: Sequence[str], seconds: float) -> float:
    """Pages a second over all connections."""
    counts: list[int] = []
    begun = time.monotonic()

    def one(cookie: str, seed: int) -> None:
        counts.append(ask(port, cookie, paths, begun + seconds, seed))

    asking = [threading.Thread(target=one, args=(cookie, seed)) for seed, cookie in enumerate(cookies)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    if len(counts) < len(cookies):
        raise RuntimeError("a connection was refused")
    return sum(counts) / (time.monotonic() - begun)


def warm(port: int, cookies: Sequence[str], paths: Sequence[str]) -> None:
    """Ask until it goes no faster: a server that answers may still be loading its templates."""
    before = 0.0
    for _ in range(20):
        now = rate(port, cookies, paths, 1)
        if 10 < now < 1.1 * before:
            return
        before = now


def cookie_of(client: FlaskClient) -> str:
    """What the browser of somebody signed in, who has seen a page, sends with each request."""
    client.get("/mine")
    found = [client.get_cookie(name, domain="localhost") for name in ("__Host-shiome", "__Host-shiome-visit")]
    return "; ".join(f"{one.key}={one.value}" for one in found if one is not None)


def speed(folder: Path, threads: int, seconds: float, rounds: int) -> Iterator[Line]:
    """The thread page beside the bare one."""
    tools, people = fill(folder, threads=threads, answers=ANSWERS, readers=CONNECTIONS, **FREELY)
    app = make_app(tools)
    cookies = [cookie_of(signed_in(app, person)) for person in people]
    with tools.database.reading() as stores:
        paths = [f"/threads/{one}" for one in stores.content.scalars(select(Thread.id))]
    bare = str(folder / "bare.db")
    bare_page.fill(bare, [path.rpartition("/")[2] for path in paths], ANSWERS, ANSWER)
    ports = free_port(), free_port()
    ours = serving(f"127.0.0.1:{ports[0]}", WORKERS, CONNECTIONS)
    other = [one.replace("app.processes:web()", "benchmarks.bare_page:web()") for one in ours]
    other = [one.replace(f":{ports[0]}", f":{ports[1]}") for one in other]
    values = {f"SHIOME_{name.upper()}": str(value) for name, value in tools.settings.model_dump().items() if value}
    with served(ours, values, ports[0]) as page, served(other, {"BARE_FILE": bare}, ports[1]) as plain:
        for port in ports:
            warm(port, cookies, paths)
        begun = busy(page), busy(plain)
        found = [[rate(port, cookies, paths, seconds) for port in ports] for _ in range(rounds)]
        spent = busy(page) - begun[0], busy(plain) - begun[1]
    rates = [statistics.median(one) for one in zip(*found, strict=True)]
    ratio = statistics.median(ours / bare for ours, bare in found)
    each = [1e3 * used / (seconds * sum(one)) for used, one in zip(spent, zip(*found, strict=True), strict=True)]
    yield Line("a page of nothing but Flask and SQLAlchemy", f"{rates[1]:.0f} a second, {each[1]:.1f} ms of processor")
    yield Line("a thread, signed in", f"{rates[0]:.0f} a second, {each[0]:.1f} ms", f"{RATE}", rates[0] >= RATE)
    yield Line(
        "beside the bare page", f"{ratio:.2f}; by processor time {each[1] / each[0]:.2f}", f"{RATIO}", ratio >= RATIO
    )


def times(folder: Path, threads: int, rounds: int) -> Iterator[Line]:
    """Milliseconds for each page, in process; what counts is the processor's time."""
    tools, people = fill(folder, threads=threads, answers=1, readers=1, **FREELY)
    client = signed_in(make_app(tools), people[0])
    for name, page in pages(tools, people[0], client).items():
        page()
        spent, waited = zip(*(_milliseconds(page) for _ in range(rounds)), strict=True)
        p95, wall = (statistics.quantiles(one, n=20)[-1] for one in (spent, waited))
        figure = f"median {statistics.median(spent):.1f} ms, 95th of a hundred {p95:.1f} ms, on the wall {wall:.1f} ms"
        yield Line(name, figure, f"p95 {P95_MS} ms", p95 <= P95_MS)


def pages(tools: Toolbox, person: Person, client: FlaskClient) -> dict[str, Callable[[], None]]:
    """What is asked for, by name."""
    rng = random.Random(7)
    with tools.database.reading() as stores:
        ids = list(stores.content.scalars(select(Thread.id)))
        own = own_handles(stores, viewer_of(tools, person)).values()
        offer = offers.to(stores, tools.vault, own)[0].id
    group = next(iter(tools.trade.groups)).key
    paths: dict[str, Callable[[], str]] = {
        "a thread": lambda: f"/threads/{rng.choice(ids)}",
        "the list of threads": lambda: "/threads",
        "the list of one group": lambda: f"/threads?about={group}",
        "the queue": lambda: "/queue",
        "an offer": lambda: f"/queue/{offer}",
        "the inbox": lambda: "/inbox",
        "asking": lambda: "/ask",
        "one's own questions": lambda: "/mine",
        "the expert's own page": lambda: "/queue/settings",
    }

    def getting(path: Callable[[], str]) -> Callable[[], None]:
        def get() -> None:
            response = client.get(path())
            if response.status_code != 200:
                raise RuntimeError(f"{response.status_code} at {response.request.path}")

        return get

    return {name: getting(path) for name, path in paths.items()}


def _milliseconds(page: Callable[[], None]) -> tuple[float, float]:
    """Of the processor, and on the wall."""
    begun = time.process_time(), time.perf_counter()
    page()
    return 1e3 * (time.process_time() - begun[0]), 1e3 * (time.perf_counter() - begun[1])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2_000)
    parser.add_argument("--times", action="store_true", help="the server's time for each page instead")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=0)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if chosen.times:
            return report(times(Path(folder), chosen.threads, chosen.rounds or 100), 7)
        return report(speed(Path(folder), chosen.threads, chosen.seconds, chosen.rounds or 4), 7)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
