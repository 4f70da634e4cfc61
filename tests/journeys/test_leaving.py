"""Somebody leaves: killed before every commit and begun again, the end is the same; two weeks later no canary of theirs
is anywhere, with the root key either; and a backup of a month ago says nothing with today's keys.
"""

import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event, func, select

from app.accounts import departure
from app.accounts.identity import open_identity
from app.accounts.models import Member
from app.accounts.rules import WrongSignIn
from app.accounts.service import sign_in
from app.accounts.signin import password_cost
from app.db import METADATA, STORES, Stores, store_path
from app.errors import NotThere
from app.keyfiles import KeyFolder
from app.leaving import service, steps
from app.leaving.rules import Texts
from app.processes import make_worker
from app.sealing import Vault
from app.wiring import Toolbox
from privacy.attacks.canaries import scan_bytes
from privacy.boxes import open_box
from privacy.pseudonyms import MemberSecret
from tests.app.leaving.stage import Life, live
from tests.app.leaving.traces import traces
from tests.cast import make_cast, viewer_of
from tests.conftest import make_tools
from tests.journeys.canary_community import play_around
from tests.journeys.canary_story import Planted, Scene, play
from tests.journeys.thief import steal
from tests.journeys.world import World, opened

begin = departure.begin


@dataclass(frozen=True)
class Base:
    """A network in which somebody is about to leave, on the shelf."""

    folder: Path
    seconds: float
    life: Life

    def copy(self, folder: Path) -> Toolbox:
        """The same network in another folder."""
        shutil.copytree(self.folder, folder)
        return self.again(folder)

    def again(self, folder: Path) -> Toolbox:
        """A process started anew on that folder."""
        tools = make_tools(folder)
        tools.clock.seconds = self.seconds  # type: ignore[attr-defined]
        return tools


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    folder = tmp_path_factory.mktemp("base") / "data"
    folder.mkdir()
    tools = make_tools(folder)
    life = live(tools, make_cast(tools))
    tools.database.close()
    return Base(folder, tools.clock.now(), life)


# ---------------------------------------------------------------- killed at every commit


def leave_and_work(tools: Toolbox, life: Life, texts: Texts) -> None:
    """What the member's request and the worker do."""
    if not is_member(tools, life):
        return
    steps.leave(tools, viewer_of(tools, life.person), texts=texts)
    work(tools)


def work(tools: Toolbox) -> None:
    worker = make_worker(tools)
    worker.start()
    worker.run_until_idle()


def is_member(tools: Toolbox, life: Life) -> bool:
    """Whether they can sign in and confirm again."""
    try:
        with tools.database.reading() as stores:
            sign_in(
                stores, tools.vault, mail=life.person.mail, password=life.person.password,
                cost=password_cost(tools.settings),
            )  # fmt: skip
    except WrongSignIn:
        return False
    return True


def killed_before(number: int, base: Base, folder: Path, texts: Texts) -> bool:
    """Leave in a process of its own that is killed before its n-th commit; False when it came to its end."""
    base.copy(folder).database.close()
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        try:
            tools = base.again(folder)
            count = iter(range(1, 10_000))
            for engine in tools.database.engines.values():
                event.listen(
                    engine,
                    "commit",
                    lambda _: os.kill(os.getpid(), signal.SIGKILL) if next(count) == number else None,
                )
            leave_and_work(tools, base.life, texts)
        except BaseException:
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, "not by us"
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def shape(tools: Toolbox) -> dict[str, int]:
    """How many rows each table has; logs and work that comes anyway are not the leaver's."""
    with tools.database.reading() as stores:
        return {
            table.name: stores.of(store).scalar(select(func.count()).select_from(table)) or 0
            for store in STORES
            for table in METADATA[store].sorted_tables
            if table.name not in {"jobs", "log_heads", "security_log", "rate_buckets"}
        }


def ends(base: Base, folder: Path, texts: Texts) -> dict[str, int]:
    """Start everything again; if they are still a member they confirm again. Then nothing is left."""
    tools = base.again(folder)
    work(tools)
    leave_and_work(tools, base.life, texts)
    work(tools)
    assert traces(tools, base.life.marks, texts_kept=texts == "keep") == set()
    found = shape(tools)
    tools.database.close()
    return found


@pytest.mark.parametrize(("texts", "at_once"), [("keep", 50), ("withdraw", 1)])
def test_killed_anywhere_and_started_again_the_end_is_the_same(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: Texts, at_once: int
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", at_once)
    wanted: dict[str, int] = {}
    number = 1
    while killed_before(number, base, tmp_path / str(number), texts):
        found = ends(base, tmp_path / str(number), texts)
        wanted = wanted or found
        assert found == wanted, f"killed before commit {number}"
        number += 1
    assert number > (30 if at_once == 1 else 10), "so few commits cannot be all steps"
    assert ends(base, tmp_path / str(number), texts) == wanted


def begin_unmarked(
    stores: Stores, vault: Vault, *, member_id: str, secret: MemberSecret, texts: str, today: date
) -> None:
    begin(stores, vault, member_id=member_id, secret=secret, texts=texts, today=today)
    member = stores.identity.get(Member, member_id)
    if member is not None:
        member.state = "active"


def test_without_the_first_mark_a_kill_is_not_mended(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: nobody knows afterwards that somebody was on their way out."""
    monkeypatch.setattr(departure, "begin", begin_unmarked)
    left = set()
    for number in range(1, 8):
        if killed_before(number, base, tmp_path / str(number), "keep"):
            tools = base.again(tmp_path / str(number))
            work(tools)
            if not is_member(tools, base.life):
                left |= traces(tools, base.life.marks, texts_kept=True)
            tools.database.close()
    assert "member" in left


# ---------------------------------------------------------------- two weeks later, with every key


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with opened(tmp_path_factory.mktemp("canaries"), max_open_questions=9) as world:
        scene = play(world, Planted())
        play_around(scene)
        yield scene


def author_of(scene: Scene) -> list[str]:
    """Every canary the author ever typed."""
    planted = scene.planted
    firsts = [planted.of(kind)[0] for kind in ("mail", "password", "draft", "recovery")]
    return [
        *texts_of(scene),
        *planted.of("nomination", "goal")[:3],  # one, and two of four people's eight
        *planted.of("word to the author", "invitation"),
        *planted.of("device"),
        *firsts,
    ]


def texts_of(scene: Scene) -> list[str]:
    """Those of them that others were given to read."""
    planted = scene.planted
    return [
        *planted.of("title", "situation", "tried", "follow-up", "company title", "company situation"),
        *planted.of("idea")[:3],
        *planted.of("note", "session question", "cohort talk", "check-in", "canvas"),
    ]


def readable(scene: Scene, folder: Path) -> list[tuple[str, bytes]]:
    """What a thief of everything reads: raw files and logs, every row with the root key, every box of the post office."""
    world = scene.world
    found = [(path.name, path.read_bytes()) for path in sorted(world.folder.rglob("*")) if path.is_file()]
    stolen = steal(world.folder, folder, world.tools.vault)
    found += [(table, repr(row).encode()) for table, rows in stolen.items() for row in rows]
    private = KeyFolder(world.tools.settings.key_folder).post_office().private
    boxes = [row["box"] for row in stolen["contacts"]]
    found += [("contact", open_box(private, box)) for box in boxes if isinstance(box, bytes)]
    for subject, history in world.tools.memory.domains.items():
        found.append((f"faiss {subject}", "\0".join(history.vectors.ids).encode()))
    return found


def say_goodbye(scene: Scene, texts: Texts) -> None:
    """The author leaves, as a person does."""
    browser = scene.world.sign_in(scene.author)
    fields = {"texts": texts, "sure": "1", "current": scene.author.password}
    answer = browser.submit(browser.get("/leaving/leave"), "/leaving/leave", **fields)
    assert answer.location == "/leaving/goodbye"


def live_on(scene: Scene, days: int) -> None:
    """The others live on."""
    for _ in range(days):
        scene.world.clock.move(hours=24)
        scene.world.work()


def test_two_weeks_later_no_canary_is_readable_with_any_key(scene: Scene, tmp_path: Path) -> None:
    canaries, world = author_of(scene), scene.world
    before = {found.canary for found in scan_bytes(readable(scene, tmp_path / "before"), canaries)}
    texts = {*texts_of(scene), *scene.planted.of("goal")[:2]}
    assert before >= {*texts, canaries[-4]}, "with the root key words and address are there, or the scan sees nothing"
    backup = tmp_path / "identity.backup"
    with sqlite3.connect(store_path(world.folder, "identity")) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    source.close()
    target.close()
    others = [one.member_id for one in world.people.values() if one.member_id != scene.author.member_id]
    keep_them(scene, tmp_path / "keeps")
    say_goodbye(scene, "withdraw")
    live_on(scene, 14)
    assert kinds_of(scene, readable(scene, tmp_path / "after"), canaries) == set()
    live_on(scene, 16)
    assert opens(world, backup, scene.author.member_id) == {}
    assert any(opens(world, backup, one) for one in others), "a member who stayed is readable, or nothing is tried"


def keep_them(scene: Scene, folder: Path) -> None:
    """The same network once more: whoever leaves their words leaves nothing else."""
    world = scene.world
    world.tools.database.checkpoint()
    shutil.copytree(world.folder, folder)
    others = [one for one in author_of(scene) if one not in texts_of(scene)]
    with opened(folder, max_open_questions=9) as again:
        again.clock.seconds = world.clock.now()
        twin = replace(scene, world=again)
        say_goodbye(twin, "keep")
        live_on(twin, 14)
        found = readable(twin, folder.parent / "kept")
        assert kinds_of(scene, found, others) == set()
        kept = {one.canary for one in scan_bytes(found, texts_of(scene))}
        assert kept >= set(scene.planted.of("title", "idea", "note", "session question")[:4]), "the words stayed"


def kinds_of(scene: Scene, found: list[tuple[str, bytes]], canaries: list[str]) -> set[tuple[str, str]]:
    """What kind of canary lies where."""
    kind = {one: name for name, words in scene.planted.by_kind.items() for one in words}
    return {(kind[one.canary], one.source) for one in scan_bytes(found, canaries)}


def opens(world: World, backup: Path, member_id: str) -> dict[str, object]:
    """What a month-old copy of the identity file says of a member with today's key store and root key."""
    with sqlite3.connect(backup) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("select * from members where id = ?", (member_id,)).fetchone()
    connection.close()
    if row is None:
        return {}
    with world.tools.database.reading() as stores:
        try:
            key = world.tools.vault.data_key(stores, row["key_id"])
        except NotThere:
            return {}
    return dict(asdict(open_identity(key, SimpleNamespace(id=row["id"], sealed=row["sealed"]))))  # type: ignore[arg-type]


@pytest.mark.parametrize("left_out", ["part", "key"])
def test_a_step_left_out_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: str) -> None:
    """Mutants: the words of one's threads forgotten, the data key forgotten."""
    with opened(tmp_path / "world", max_open_questions=9) as world:
        scene = play(world, Planted())
        backup = tmp_path / "identity.backup"
        with sqlite3.connect(store_path(world.folder, "identity")) as source, sqlite3.connect(backup) as target:
            source.backup(target)
        source.close()
        target.close()
        if left_out == "part":
            monkeypatch.setitem(service._TAKERS, "part", lambda *_: None)
        else:
            monkeypatch.setattr(steps, "IDENTITY", (*steps.IDENTITY[:1], *steps.IDENTITY[2:]))
        say_goodbye(scene, "withdraw")
        live_on(scene, 14)
        if left_out == "part":
            assert scan_bytes(readable(scene, tmp_path / "after"), author_of(scene))
        else:
            assert opens(world, backup, scene.author.member_id)["mail"] == scene.author.mail
