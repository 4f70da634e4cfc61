"""Break-glass from end to end, by the commands people type: five custodians on machines of their own, an operator, a
member who is told. Only the clock is moved, everybody's together and then each one's apart."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
import time_machine
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member
from app.cli import main
from app.clock import SetClock
from app.escrow.models import EscrowRequest
from app.keystore import DataKey
from app.questions.models import Thread
from app.wiring import Toolbox
from tests.app.escrow.makers import ROLES
from tests.app.questions.makers import answer, ask, publish
from tests.cast import Cast, Person, signed_in
from tests.conftest import claim
from tests.journeys.browser import read_forms

DAY = 24  # windows: a small network publishes once a day
PASSPHRASE = "網をあげる前に五人で話す"


@dataclass
class Scene:
    """One machine with the service, five without it."""

    tools: Toolbox
    folder: Path

    def at(self, clock: SetClock, *arguments: object, typed: str = "", fails: bool = False, away: bool = False) -> str:
        """Type a command at this clock's time; `away` on a machine where no variable of the service is set."""
        settings = self.tools.settings
        service = {"SHIOME_DATA_DIR": str(settings.data_dir), "SHIOME_ENCODER": "hash"}
        environment = {name: None for name in os.environ if name.startswith("SHIOME_")}
        environment |= {"SHIOME_DATA_DIR": str(self.folder / "nothing")} if away else service
        with time_machine.travel(datetime.fromtimestamp(clock.now(), UTC), tick=False):
            found = CliRunner().invoke(main, [str(one) for one in arguments], input=typed, env=environment)
        assert found.exit_code == (1 if fails else 0), found.output
        return found.output

    def home(self, number: int) -> Path:
        return self.folder / f"machine-{number}"


@pytest.fixture
def scene(tools: Toolbox, tmp_path: Path) -> Iterator[Scene]:
    claim(tools, demo=False)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    yield Scene(tools, folder)
    assert not (folder / "nothing").exists()  # a custodian's machine has no database
    structlog.reset_defaults()


def become_custodians(scene: Scene, clock: SetClock) -> None:
    for number, role in enumerate(ROLES):
        home = scene.home(number)
        said = scene.at(clock, "custodian", "init", "--out", home, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n", away=True)
        public = re.search(r"[0-9a-f]{64}", said)
        assert public
        challenge = scene.folder / f"challenge-{number}"
        scene.at(clock, "escrow", "custodians", "add", role, public[0], "--out", challenge)
        said = scene.at(clock, "custodian", "prove", challenge, "--folder", home, typed=f"{PASSPHRASE}\n", away=True)
        proof = re.search(r"[0-9a-f]{64}", said)
        assert proof
        state = scene.at(clock, "escrow", "custodians", "confirm", role, proof[0])
        assert ("is on" in state) == (number == 4)


def release(scene: Scene, clock: SetClock, number: int, request_id: str, *, agrees: bool = True) -> Path:
    answer_file = scene.folder / f"answer-{request_id}-{number}"
    typed = f"y\n{PASSPHRASE}\n" if agrees else "n\n"
    said = scene.at(
        clock, "custodian", "release", request_id, "--folder", scene.home(number), "--out", answer_file,
        typed=typed, fails=not agrees, away=True,
    )  # fmt: skip
    assert "danger" in said
    assert answer_file.exists() == agrees
    return answer_file


def published(tools: Toolbox, person: Person) -> str:
    thread_id = ask(tools, person)
    assert publish(tools, windows=DAY) == 1
    return thread_id


def page(app: Flask, cast: Cast, path: str = "/break-glass") -> str:
    return signed_in(app, cast.bob).get(path, headers={"Accept-Language": "ja"}).text


def asking(scene: Scene, thread_id: str, reason: str = "danger", name: str = "request.json") -> tuple[object, ...]:
    """The operator's request for the asker of a thread."""
    file = scene.folder / name
    return ("escrow", "request", "--thread", thread_id, "--author", 0, "--reason", reason, "--out", file)


def test_from_five_keys_to_one_name(scene: Scene, tools: Toolbox, clock: SetClock, cast: Cast, app: Flask) -> None:
    begin_without(scene, tools, clock, cast, app)
    become_custodians(scene, clock)
    compare_fingerprints(scene, clock, cast, app)
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools, windows=DAY)
    request_id = scene.at(clock, *asking(scene, thread_id)).split()[1]
    # counted at once, on the public page too, and nobody can read there which thread it is about
    for shown in (page(app, cast), page(app, cast, "/who-sees-what")):
        assert "申し出1件。明らかにした0件" in shown
        assert thread_id not in shown
    wait(scene, clock, request_id, thread_id)
    open_once(scene, tools, clock, cast, request_id)
    assert "申し出1件。明らかにした1件、明らかにせずに終わった0件" in page(app, cast)
    be_told(app, tools, cast, thread_id)


def begin_without(scene: Scene, tools: Toolbox, clock: SetClock, cast: Cast, app: Flask) -> None:
    """Off: the pages say so, nothing can be asked for, and what is begun now stays closed for good."""
    assert "いまは止まっています" in page(app, cast)
    assert "いまは止まっています" in app.test_client().get("/who-sees-what", headers={"Accept-Language": "ja"}).text
    before = published(tools, cast.alice)
    assert "break-glass is off" in scene.at(clock, *asking(scene, before), fails=True)
    with tools.database.reading() as stores:
        assert stores.content.get(Thread, before)


def compare_fingerprints(scene: Scene, clock: SetClock, cast: Cast, app: Flask) -> None:
    """On: with the fingerprints that custodians find on their own machines; not for what was begun before."""
    shown = page(app, cast)
    assert "いま動いています" in shown
    for number, role in enumerate(ROLES):
        said = scene.at(clock, "custodian", "list", "--folder", scene.home(number), away=True)
        assert said.splitlines()[0].removeprefix("fingerprint").strip() in shown
        assert role in shown
    with scene.tools.database.reading() as stores:
        before = stores.content.scalars(select(Thread.id)).one()
    assert "nothing is sealed for this author" in scene.at(clock, *asking(scene, before), fails=True)


def wait(scene: Scene, clock: SetClock, request_id: str, thread_id: str) -> None:
    """48 hours, on everybody's own clock."""
    receive = ("custodian", "receive", scene.folder / "request.json", "--folder")
    release_at = ("custodian", "release", request_id, "--out", scene.folder / "early", "--folder")
    for number in (0, 1, 3, 4):
        said = scene.at(clock, *receive, scene.home(number), away=True)
        assert f"the asker in thread {thread_id}" in said
        assert "life or body is in danger" in said
    nearly = SetClock(clock.now() + 47 * 3600)
    assert "too early: 1 of 48" in scene.at(nearly, *release_at, scene.home(0), fails=True, away=True)
    clock.move(hours=48)
    scene.at(clock, *receive, scene.home(2), away=True)  # who got it two days later waits two days from then
    assert "too early: 48 of 48" in scene.at(clock, *release_at, scene.home(2), fails=True, away=True)


def open_once(scene: Scene, tools: Toolbox, clock: SetClock, cast: Cast, request_id: str) -> None:
    """One declines, two are not enough, three are; and then never again."""
    release(scene, clock, 0, request_id, agrees=False)
    answers = [release(scene, clock, number, request_id) for number in (1, 3)]
    showing = ("escrow", "show", scene.folder / "request.json")
    assert "three answers" in scene.at(clock, *showing, *answers, fails=True)
    answers.append(release(scene, clock, 4, request_id))
    said = scene.at(clock, *showing, *answers)
    assert cast.alice.mail in said
    assert "架空水産A" in said
    assert cast.bob.mail not in said
    again = scene.at(clock, *showing, *answers, fails=True)
    assert "this request is over (shown)" in again
    assert cast.alice.mail not in again
    with tools.database.reading() as stores:
        row = stores.identity.scalars(select(EscrowRequest)).one()
        assert stores.keys.get(DataKey, row.key_id) is None
    assert f"{request_id}\t" in scene.at(clock, "escrow", "list")
    assert "as published" in scene.at(clock, "logs", "verify")


def be_told(app: Flask, tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """The member reads of it before anything else."""
    alice = signed_in(app, cast.alice)
    for path in ("/", "/mine", "/ask", "/account", f"/threads/{thread_id}"):
        assert alice.get(path).location == "/break-glass/told"
    told = alice.get("/break-glass/told", headers={"Accept-Language": "ja"}).text
    assert "命や身体の危険" in told
    assert "所属先" in told
    assert thread_id not in told
    (form,) = [form for form in read_forms(told) if form.action == "/break-glass/told"]
    assert alice.post(form.action, data=form.fields).status_code == 303
    assert alice.get("/mine").status_code == 200
    assert alice.get("/break-glass/told").location == "/"
    with tools.database.reading() as stores:
        member = stores.identity.get_one(Member, cast.alice.member_id)
        assert open_identity(tools.vault.data_key(stores, member.key_id), member).opened == ()
    assert signed_in(app, cast.bob).get("/mine").status_code == 200


def test_a_request_that_ends_unopened_is_counted_and_leaves_no_key(
    scene: Scene, tools: Toolbox, clock: SetClock, cast: Cast, app: Flask
) -> None:
    become_custodians(scene, clock)
    thread_id = published(tools, cast.alice)
    numbers = [scene.at(clock, *asking(scene, thread_id, "court", name)).split()[1] for name in ("one", "two")]
    scene.at(clock, "escrow", "close", numbers[0])
    scene.at(clock, "escrow", "close", numbers[1], "--refused")
    assert "over (refused)" in scene.at(clock, "escrow", "close", numbers[1], fails=True)
    assert "申し出2件。明らかにした0件、明らかにせずに終わった2件" in page(app, cast)
    clock.move(hours=48)
    # a custodian who goes takes break-glass along; the page says so on the same day
    assert "is off: 4 of five" in scene.at(clock, "escrow", "custodians", "remove", ROLES[0])
    assert "いまは止まっています" in page(app, cast)
    with tools.database.reading() as stores:
        for row in stores.identity.scalars(select(EscrowRequest)):
            assert stores.keys.get(DataKey, row.key_id) is None
