"""Import: everything arrives once, sealed, under nobody's name; the imported are evidence and are never asked."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.cli import main
from app.clock import today
from app.db import STORES, Stores
from app.history.commands import import_history
from app.jobs.models import Job
from app.jobs.worker import Worker
from app.keystore import DataKey
from app.mail.models import Contact
from app.questions import service as questions
from app.questions.access import subject_of
from app.questions.models import Locker, Pending, Post, Thread
from app.questions.reads import ThreadCard, thread_card
from app.questions.rules import Question
from app.queues.experts import opened
from app.queues.models import Expert, Offer
from app.queues.rules import Profile
from app.queues.service import opt_in
from app.queues.worker import handlers
from app.vectors.store import find_evidence
from app.wiring import Toolbox
from tests.app.history.makers import PEOPLE, SUBJECT, THINGS, answer, load, make_history, question, write_history
from tests.app.queues.stage import all_offers
from tests.cast import Cast, viewer_of
from tests.conftest import claim

ROOT = Path(__file__).resolve().parents[3]


def count(stores: Stores, table: Any) -> int:
    return int(stores.content.scalar(select(func.count()).select_from(table)) or 0)


def cards(tools: Toolbox, cast: Cast) -> dict[str, ThreadCard]:
    """Every thread as bob sees it, by title."""
    bob = viewer_of(tools, cast.bob)
    with tools.database.reading() as stores:
        ids = list(stores.content.scalars(select(Thread.id)))
        found = [thread_card(stores, tools.vault, tools.trade, viewer=bob, thread_id=id) for id in ids]
    return {card.title or "": card for card in found}


def test_everything_arrives_as_it_was(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    counts = load(tools, make_history(tmp_path / "club", 12))
    assert (counts.questions, counts.answers, counts.followups) == (12, 24, 0)
    found = cards(tools, cast)
    card = found["Worried about cloudy water, visit 2"]
    assert str(card.day) == "2024-01-07"
    assert card.state == "accepted"
    assert [field.text for field in card.body.fields] == [question(2)["body"]]
    assert [(post.kind, post.author, post.accepted, post.text) for post in card.posts] == [
        ("answer", 1, True, answer(2, 0)["body"]),
        ("answer", 2, False, answer(2, 1)["body"]),
    ]
    assert Counter(card.state for card in found.values()) == {"accepted": 12}


def test_tags_fold_to_topics_by_synonym_else_to_the_given_one(tools: Toolbox, tmp_path: Path) -> None:
    load(tools, make_history(tmp_path / "club", 6), topic="labour")
    with tools.database.reading() as stores:
        topics = Counter(stores.content.scalars(select(Thread.topic)))
    assert topics == {"water": 1, "labour": 5}


def test_states_follow_from_what_was_said(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    asked = [question(n) for n in range(4)]
    own = answer(1, 0, answerer=asked[1]["asker"], accepted=True)
    load(tools, write_history(tmp_path / "club", asked, [own, answer(2, 1), answer(3, 0), answer(3, 1)]))
    states = {title[-1]: card.state for title, card in cards(tools, cast).items()}
    assert states == {"0": "closed", "1": "closed", "2": "answered", "3": "accepted"}


def test_own_answers_are_follow_ups_under_the_askers_key(tools: Toolbox, tmp_path: Path) -> None:
    asked = question(1)
    rows = [answer(1, 0), answer(1, 1, answerer=asked["asker"]), answer(1, 2, answerer=answer(1, 0)["answerer"])]
    counts = load(tools, write_history(tmp_path / "club", [asked], rows))
    assert (counts.answers, counts.followups) == (2, 1)
    with tools.database.reading() as stores:
        thread = stores.content.scalars(select(Thread)).one()
        posts = list(stores.content.scalars(select(Post).order_by(Post.place)))
        assert [(post.kind, post.author) for post in posts] == [("answer", 1), ("followup", 0), ("answer", 1)]
        assert posts[1].key_id == thread.key_id
        assert posts[1].author_tag == thread.owner_tag
        assert posts[0].key_id == posts[2].key_id != thread.key_id
        assert len(find_evidence(stores, tools.vault, thread.id).answers) == 2
        assert stores.keys.scalar(select(func.count()).select_from(DataKey)) == 2


def test_deleted_accounts_are_nobody(tools: Toolbox, tmp_path: Path) -> None:
    rows = [answer(1, 0, answerer=None), answer(1, 1, answerer=None)]
    counts = load(tools, write_history(tmp_path / "club", [question(1, asker=None)], rows))
    assert counts.answers == 2
    with tools.database.reading() as stores:
        thread = stores.content.scalars(select(Thread)).one()
        assert len(set(stores.content.scalars(select(Post.author_tag)))) == 2
        assert find_evidence(stores, tools.vault, thread.id).answers == ()
        assert count(stores, Expert) == 0


def test_again_changes_nothing_and_mended_lines_are_added(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    asked = [question(n) for n in range(6)]
    given = [answer(n, place) for n in range(6) for place in (0, 1)]
    broken = write_history(tmp_path / "club", [*asked[:3], b"{torn", *asked[4:]], [*given[:4], b"{torn", *given[5:]])
    first = load(tools, broken)
    assert (first.questions, first.answers) == (5, 9)
    mended = write_history(tmp_path / "club", asked, given)
    second = load(tools, mended)
    assert (second.questions, second.answers, second.posts_before) == (1, 3, 9)
    third = load(tools, mended)
    assert (third.questions, third.answers, third.questions_before, third.posts_before) == (0, 0, 6, 12)
    with tools.database.reading() as stores:
        assert (count(stores, Thread), count(stores, Post), count(stores, Expert)) == (6, 12, 3)
        assert count(stores, Job) == 6


def test_a_person_keeps_one_handle_across_a_stop(tools: Toolbox, tmp_path: Path) -> None:
    load(tools, make_history(tmp_path / "club", 3))
    load(tools, make_history(tmp_path / "club", 9))
    with tools.database.reading() as stores:
        ids = list(stores.content.scalars(select(Thread.id)))
        handles = Counter(one.handle for id in ids for one in find_evidence(stores, tools.vault, id).answers)
        assert sorted(handles.values()) == [6, 6, 6]
        assert set(handles) == set(stores.content.scalars(select(Expert.handle)))


def test_two_sources_with_the_same_ids_stay_apart(tools: Toolbox, tmp_path: Path) -> None:
    load(tools, make_history(tmp_path / "a" / "club", 3))
    elsewhere = [question(n, title=f"Another club, {n}") for n in range(3)]
    load(tools, write_history(tmp_path / "b" / "another", elsewhere, [answer(n, 0) for n in range(3)]))
    with tools.database.reading() as stores:
        assert (count(stores, Thread), count(stores, Expert)) == (6, 6)


class Stopped(Exception):
    pass


@pytest.mark.parametrize("batches", [0, 1, 3, 7])
def test_a_stop_loses_nothing_and_doubles_nothing(tools: Toolbox, tmp_path: Path, batches: int) -> None:
    folder = make_history(tmp_path / "club", 20)
    seen = []

    def stop(number: int) -> None:
        seen.append(number)
        if len(seen) > batches:
            raise Stopped

    with pytest.raises(Stopped):
        load(tools, folder, batch=2, done=stop)
    counts = load(tools, folder, batch=3)
    assert counts.questions_before == 2 * (batches + 1)
    with tools.database.reading() as stores:
        assert (count(stores, Thread), count(stores, Post), count(stores, Job)) == (20, 40, 20)


def test_a_stop_inside_a_batch_leaves_none_of_it(tools: Toolbox, tmp_path: Path) -> None:
    class Torn:
        name, dimension = "torn", 4

        def passages(self, texts: Any) -> Any:
            raise Stopped

        queries = passages

    folder = make_history(tmp_path / "club", 4)
    with pytest.raises(Stopped):
        load(tools, folder, encoder=Torn())
    with tools.database.reading() as stores:
        assert (count(stores, Thread), count(stores, Post)) == (0, 0)


def test_a_killed_import_finishes_later(tools: Toolbox, tmp_path: Path) -> None:
    folder = make_history(tmp_path / "club", 40)
    for moment in (3, 14):
        process = start(tools, folder, "--batch", "1")
        wait_for_threads(tools, moment, process)
        process.kill()
        process.wait()
    process = start(tools, folder)
    output = process.communicate()[0].decode()
    assert process.returncode == 0, output
    with tools.database.reading() as stores:
        assert (count(stores, Thread), count(stores, Post), count(stores, Job)) == (40, 80, 40)
        ids = list(stores.content.scalars(select(Thread.id)))
        assert all(len(find_evidence(stores, tools.vault, id).answers) == 2 for id in ids)


def start(tools: Toolbox, folder: Path, *more: str) -> "subprocess.Popen[bytes]":
    code = "from app.history.commands import import_history; import_history()"
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), "--subject", SUBJECT, *more],
        cwd=ROOT, env={**os.environ, "SHIOME_DATA_DIR": str(tools.settings.data_dir)}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip


def wait_for_threads(tools: Toolbox, number: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with tools.database.reading() as stores:
            if count(stores, Thread) >= number:
                return
        time.sleep(0.002)
    raise AssertionError("the import ended before it could be killed")


def test_the_files_show_nothing_of_the_source(tools: Toolbox, tmp_path: Path) -> None:
    folder = make_history(tmp_path / "club-of-the-old-mill", 10)
    load(tools, folder, encoder=tools.encoder)
    tools.database.close()
    words = [*PEOPLE, *THINGS, "club-q-", "club-a-", "old-mill", "odds-and-ends", "Worried", "helped us"]
    seen = b""
    for store in STORES:
        path = tools.settings.data_dir / f"{store}.db"
        with sqlite3.connect(path) as connection:
            seen += "\n".join(connection.iterdump()).encode()
        seen += b"".join(file.read_bytes() for file in path.parent.glob(f"{store}.db*"))
    assert b"CREATE TABLE threads" in seen
    for word in words:
        assert word.encode() not in seen, word
        assert word.encode().hex() not in seen.decode("utf-8", "replace").lower(), word


def test_nothing_waits_for_anybody_but_the_index(tools: Toolbox, tmp_path: Path) -> None:
    load(tools, make_history(tmp_path / "club", 6))
    with tools.database.reading() as stores:
        assert set(stores.content.scalars(select(Job.kind))) == {"index"}
        assert [count(stores, table) for table in (Pending, Offer, Contact, Locker)] == [0, 0, 0, 0]


def test_embedding_at_once_leaves_no_job_and_the_same_vectors(tools: Toolbox, tmp_path: Path) -> None:
    load(tools, make_history(tmp_path / "club", 6), encoder=tools.encoder)
    with tools.database.reading() as stores:
        assert count(stores, Job) == 0
        ids = set(stores.content.scalars(select(Thread.id)))
        tools.memory.catch_up(stores, tools.trade.subjects)
    at_once = tools.memory.domain(SUBJECT)
    assert set(at_once.ids) == ids
    before = {id: at_once.vectors.vector(id).copy() for id in ids}
    make_worker_index(tools, ids)
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores, tools.trade.subjects)
    assert all((tools.memory.domain(SUBJECT).vectors.vector(id) == before[id]).all() for id in ids)


def make_worker_index(tools: Toolbox, ids: set[str]) -> None:
    from app.jobs import queue

    with tools.database.transaction("content") as stores:
        for id in ids:
            queue.put(stores, tools.vault, "index", {"thread": id, "route": False}, due=tools.window)
    run_worker(tools)


def run_worker(tools: Toolbox) -> None:
    Worker(
        tools.database, tools.vault, lane="work", window=lambda: tools.window, handlers=handlers(tools), name="w"
    ).run_until_idle()


def test_the_imported_get_no_offers_and_members_still_do(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    load(tools, make_history(tmp_path / "club", 30))
    with tools.database.transaction("content") as stores:
        for person in (cast.bob, cast.carol):
            opt_in(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), subject=SUBJECT, topics=("water",), capacity=3,
                away_until=0, box=None,
            )  # fmt: skip
    thread_id = ask(tools, cast)
    run_worker(tools)
    with tools.database.reading() as stores:
        offers = all_offers(stores, tools.vault)
        profiles = opened(stores, tools.vault, list(stores.content.scalars(select(Expert.handle))))
        asked = {offer.inbox for offer in offers}
        assert {offer.thread_id for offer in offers} == {thread_id}
    assert len(asked) == 2
    imported = {handle: profile for handle, profile in profiles.items() if handle not in asked}
    assert len(imported) == 3
    assert all(profile == Profile(subject=SUBJECT, circle=profile.circle, capacity=0) for profile in imported.values())
    assert len({profile.circle for profile in profiles.values()}) == 5


def ask(tools: Toolbox, cast: Cast) -> str:
    asked = Question(subject=SUBJECT, topic="water", title="Cloudy water again", fields={"situation": "Since Monday."})
    with tools.database.transaction("content", "keys") as stores:
        thread_id = questions.ask(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.alice), question=asked,
            window=tools.window, today=today(tools.clock.now()),
        )  # fmt: skip
    tools.clock.move(hours=25)  # type: ignore[attr-defined]
    with tools.database.transaction("content") as stores:
        questions.publish(
            stores, tools.vault, window=tools.window, today=today(tools.clock.now()), rng=random.Random(1)
        )
    return thread_id


def command(tools: Toolbox, *arguments: object) -> Any:
    environment = {"SHIOME_DATA_DIR": str(tools.settings.data_dir), "SHIOME_ENCODER": "hash"}
    return CliRunner().invoke(import_history, [str(one) for one in arguments], env=environment)


def test_the_command_says_exact_counts(tools: Toolbox, tmp_path: Path) -> None:
    asked = [question(0), b"{torn", question(1), question(2, created="2099-01-01")]
    given = [answer(0, 0), answer(1, 0, answerer=question(1)["asker"]), answer(2, 0)]
    folder = write_history(tmp_path / "club", asked, given)
    result = command(tools, folder, "--subject", SUBJECT, "--embed")
    assert result.exit_code == 0, result.output
    assert "questions: 2 imported, 0 were there already" in result.stdout
    assert "answers: 1 imported" in result.stdout
    assert "follow-ups: 1 imported" in result.stdout
    assert "lines refused: 3" in result.stdout
    for line in ("questions.jsonl: line 2: is not JSON", "questions.jsonl: line 4: created is in the future"):
        assert line in result.stderr
    assert "answers.jsonl: line 3: its question was refused" in result.stderr


def test_without_a_subject_it_belongs_to_the_first_of_the_domain_file(tools: Toolbox, tmp_path: Path) -> None:
    result = command(tools, make_history(tmp_path / "club", 2))
    assert result.exit_code == 0, result.output
    first = tools.trade.groups[0]
    with tools.database.reading() as stores:
        threads = stores.content.scalars(select(Thread)).all()
        assert {row.group_key for row in threads} == {first.key}
        assert {subject_of(tools.vault, row) for row in threads} == {first.subjects[0].key}


def test_a_demo_database_is_refused_in_a_sentence(tools: Toolbox, tmp_path: Path) -> None:
    claim(tools, demo=True)
    folder = make_history(tmp_path / "club", 3)
    environment = {"SHIOME_DATA_DIR": str(tools.settings.data_dir), "SHIOME_ENCODER": "hash"}
    result = CliRunner().invoke(main, ["import", str(folder), "--subject", SUBJECT], env=environment)
    assert result.exit_code == 1
    assert result.output == ("Error: this database belongs to the demo; the real service refuses it (SHIOME_DEMO)\n")
    with tools.database.reading() as stores:
        assert count(stores, Thread) == 0


def test_wrong_keys_and_missing_files_are_said(tools: Toolbox, tmp_path: Path) -> None:
    folder = make_history(tmp_path / "club", 3)
    for arguments, word in (
        ((folder, "--subject", "unicorn"), "rainbow-trout"),
        ((folder, "--subject", SUBJECT, "--topic", "unicorn"), "disease"),
        ((tmp_path, "--subject", SUBJECT), "questions.jsonl"),
    ):
        result = command(tools, *arguments)
        assert result.exit_code != 0
        assert word in result.stderr
    with tools.database.reading() as stores:
        assert count(stores, Thread) == 0
