"""Every line of "what falls when a part falls", tried out: what a thief of each part can and cannot open."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

import app.features  # noqa: F401  loads every table
from app.accounts import sessions
from app.accounts.identity import open_identity
from app.accounts.models import Member, SignInSession
from app.accounts.population import population
from app.accounts.signin import COOKIE
from app.clock import SetClock, today
from app.db import METADATA, Stores
from app.jobs.models import Job
from app.jobs.worker import Worker
from app.keyfiles import KeyFolder
from app.mail.letters import BODIES
from app.mail.models import Contact
from app.mail.office import PostOffice
from app.mail.relays import OutboxRelay
from app.pages.surrender import components
from app.processes import make_worker
from app.questions.drafts import keep_draft
from app.questions.lockers import own_threads
from app.questions.models import Pending, Post, Thread
from app.questions.reads import thread_text
from app.queues.service import set_contact
from app.recognition.texts import find_text
from app.sealing import Vault
from app.vectors import store
from app.web.limits import MINUTE
from app.wiring import Toolbox
from privacy.boxes import new_box_keys
from privacy.errors import PrivacyError
from privacy.pseudonyms import peer_tag
from tests.app.pages import stolen_custodians as glass
from tests.app.pages.open_columns import OPEN
from tests.app.pages.stolen_copies import (
    check_changes,
    check_days,
    check_joining,
    check_leaving,
    check_mailbox,
    check_pairs,
)
from tests.app.pages.stolen_files import (
    check_backup,
    check_content,
    check_content_log,
    check_identity,
    check_identity_log,
    check_inbox_is_linked,
    check_keys,
    check_letters_are_counted,
    check_log_tells_who,
    check_root,
    check_secret_is_kept,
)
from tests.app.pages.stolen_introductions import check_invitations_are_counted
from tests.app.pages.stolen_lessons import (
    check_lessons_are_numbers,
    check_voices_are_counted,
    check_voices_name_a_circle,
)
from tests.app.pages.stolen_marks import check_departed_are_counted, check_departed_are_guessed
from tests.app.pages.stolen_notes import check_book, check_hooks, check_link, check_notes_are_counted
from tests.app.pages.stolen_passkeys import check_passkeys_are_counted, check_passkeys_are_named
from tests.app.pages.stolen_phone import check_phone, check_unsent
from tests.app.pages.stolen_reports import (
    check_boxes_are_counted,
    check_past_is_gone,
    check_reporter,
    check_reporter_beside,
    check_reporter_moment,
    check_reporter_with_everything,
)
from tests.app.pages.stolen_square import check_square_is_counted, check_square_names_a_circle
from tests.app.pages.stolen_taps import check_marks_are_counted, check_marks_name_a_circle
from tests.app.pages.stolen_votes import check_reporter_votes
from tests.app.pages.stolen_words import check_words_are_counted, check_words_name_a_post
from tests.app.pages.thieves import (
    ADDRESS,
    DRAFT,
    PURPOSES,
    TITLE,
    address_in,
    box_of,
    cannot_write_for,
    file_of,
    guess_addresses,
    handle_of,
    process,
)
from tests.app.questions.makers import FORM, answer, ask, make_question
from tests.app.queues.stage import ask_question, opt_in, work
from tests.app.recognition import year
from tests.cast import Cast, post, signed_in, viewer_of
from tests.conftest import make_app


@pytest.fixture
def thread_id(tools: Toolbox, cast: Cast) -> str:
    """A published and routed question without mail; its asker has a draft too."""
    opt_in(tools, cast.bob)
    made = ask_question(tools, cast.alice, title=TITLE, urgent=True)
    work(tools)
    with tools.database.transaction("content") as stores:
        keep_draft(stores, cast.alice.secret, {"title": DRAFT})
    return made


def check_web(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with tools.database.reading() as stores:
        assert stores.identity.scalars(select(SignInSession)).all() == []  # nobody acts: no secret is there to be read
    held = signed_in(make_app(tools), cast.alice).get_cookie(COOKIE)
    assert held is not None
    day = today(tools.clock.now())
    with process(tools) as web, web.database.reading() as stores:
        row = stores.identity.scalars(select(SignInSession)).one()
        assert row.member_id == cast.alice.member_id
        # acting: the row and the cookie together open the secret, and with it all that the person wrote
        cookie = sessions.read_cookie(web.vault, held.value)
        assert cookie is not None
        viewer = sessions.find_viewer(stores, web.vault, cookie=cookie, today=day)
        assert viewer is not None
        assert viewer.secret == cast.alice.secret
        assert [one.thread for one in own_threads(stores, viewer.secret)] == [thread_id]
        # without the cookie: the row is there, and does not open
        for purpose in PURPOSES:
            forged = sessions.Cookie(cookie.token, web.vault.ring(purpose)[0].secret, cookie.issued, cookie.seen, False)
            with pytest.raises(PrivacyError):
                sessions.find_viewer(stores, web.vault, cookie=forged, today=day)


def check_worker(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    with process(tools) as parts, parts.database.reading() as stores:
        vault = make_worker(parts).vault
        people = population(stores, vault, parts.trade, today=today(parts.clock.now()))
        assert cast.alice.member_id in {one.key for one in people}  # the nightly crowds need everybody
        member = stores.identity.get_one(Member, cast.alice.member_id)
        assert open_identity(vault.data_key(stores, member.key_id), member).mail == cast.alice.mail
        opened = thread_text(stores, vault, stores.content.get_one(Thread, thread_id))
        assert opened is not None
        assert opened["title"] == TITLE
        assert cannot_write_for(parts, vault, thread_id)


def check_moment_is_seen(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """A row that was not waiting before, and the address that was active about then: a bucket is written a few requests
    at a time."""
    assert isinstance(tools.clock, SetClock)
    client = signed_in(make_app(tools), cast.bob)
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    post(client, "/ask/preview", dict(FORM), page="/ask")
    found = re.search(r'name="token" value="([^"]+)"', client.get("/ask/preview").text)
    assert found
    with tools.database.reading() as stores:
        before = set(stores.content.scalars(select(Pending.id)))
    tools.clock.move(seconds=7)
    assert post(client, "/ask/publish", {"token": found[1]}, page="/ask/preview").status_code == 303
    with tools.database.reading() as stores:
        assert len(set(stores.content.scalars(select(Pending.id))) - before) == 1
    seen = guess_addresses(tools.vault, tools)
    assert [one for one, second in seen.items() if second >= int(tools.clock.now()) - MINUTE] == [ADDRESS]


def check_mail(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    told = ask(tools, cast.alice, make_question(title=TITLE), contact=box_of(tools, cast.alice))
    work(tools, hours=30)
    for one in (thread_id, told):
        answer(tools, cast.bob, one)  # without mail
        answer(tools, cast.carol, one, contact=box_of(tools, cast.carol) if one == told else None)
    work(tools, hours=30)
    private = KeyFolder(tools.settings.key_folder).post_office().private
    with process(tools) as office, office.database.reading() as stores:
        thread = stores.content.get_one(Thread, told)
        opened = thread_text(stores, office.vault, thread)
        assert opened is not None
        assert opened["title"] == TITLE
        # a question with mail: its label is its author's tag, and the box gives the address
        assert address_in(private, stores, thread.owner_tag) == cast.alice.mail
        with pytest.raises(PrivacyError):
            address_in(new_box_keys().private, stores, thread.owner_tag)
        # without mail: no box
        assert stores.content.get(Contact, stores.content.get_one(Thread, thread_id).owner_tag) is None
        # mail with one answer leads to the others of that inbox, and no further
        silent = peer_tag(cast.carol.secret, thread_id)
        assert stores.content.get(Contact, silent) is None
        assert answers_found(stores, office.vault, private, (thread_id, told)) == {
            (thread_id, cast.carol.mail),
            (told, cast.carol.mail),
        }
        assert cannot_write_for(office, office.vault, thread_id)


def check_inbox_with_mail(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Mail in the receiving settings leads to every answer of the subject, also to those without."""
    handle, private = handle_of(tools, cast.bob), KeyFolder(tools.settings.key_folder).post_office().private
    answer(tools, cast.bob, thread_id)  # without mail
    work(tools, hours=30)
    with tools.database.reading() as stores:
        assert stores.content.get(Contact, handle) is None
    with tools.database.transaction("content") as stores:
        set_contact(stores, label=handle, box=box_of(tools, cast.bob))
    with tools.database.reading() as stores:
        assert (thread_id, cast.bob.mail) in answers_found(stores, tools.vault, private, (thread_id,))


def answers_found(stores: Stores, vault: Vault, private: bytes, threads: tuple[str, ...]) -> set[tuple[str, str]]:
    """(thread, address) of every answer a post office can trace: by its own box, by its inbox's, or by another's."""
    answers = [(one, row) for one in threads for row in store.find_evidence(stores, vault, one).answers]
    addresses = {}
    for _, row in answers:
        labels = (stores.content.get_one(Post, row.post).author_tag, row.handle)
        found = [address for label in labels if (address := address_in(private, stores, label))]
        addresses.update(dict.fromkeys([row.handle] if found else [], found[0] if found else ""))
    return {(thread, addresses[row.handle]) for thread, row in answers if row.handle in addresses}


def check_relay(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    told = ask(tools, cast.alice, make_question(title=TITLE), contact=box_of(tools, cast.alice))
    work(tools, hours=30)
    for person in (cast.bob, cast.carol):
        answer(tools, person, told, text=DRAFT, contact=box_of(tools, person))
    work(tools, hours=24)
    with tools.database.reading() as stores:
        jobs = stores.content.scalars(select(Job).where(Job.lane == "mail", Job.kind == "notice")).all()
        opened = [(job, tools.vault.open(job.sealed, table="jobs", column="sealed", row=job.id)) for job in jobs]
        due = {job.due_window for job, payload in opened if payload["kind"] == "answered"}
        assert due == {tools.window + 1}  # together, after what was published
    tools.clock.move(hours=1)  # type: ignore[attr-defined]
    relay = OutboxRelay(tools.settings.data_dir / "outbox")
    private = KeyFolder(tools.settings.key_folder).post_office().private
    office = PostOffice(tools, lambda: [private], relay)
    handlers = office.handlers()
    Worker(tools.database, tools.vault, "mail", lambda: tools.window, handlers).run_until_idle()
    letters = relay.letters()
    assert [one["to"] for one in letters] == [cast.alice.mail]  # one for two answers; the others hear weekly
    whole = json.dumps([(one["subject"], one["body"]) for one in letters], ensure_ascii=False)
    group = str(tools.trade.group_of["rainbow-trout"].name)
    assert [word for word in (TITLE, DRAFT, "架空水産", "alice", group, told) if word in whole] == []
    names = {name for kinds in BODIES.values() for body in kinds.values() for name in re.findall(r"{(\w+)}", body)}
    assert names == {"base_url", "code", "link", "minutes", "page", "sign_in", "days", "contact"}


def check_candidates_are_joined(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """What somebody stood with, and a circle; nothing of who it is."""
    thread_id, post_id = year.answered(tools, cast)
    year.nominate(tools, cast.alice, thread_id, post_id)
    year.to(tools, 2027, 1)
    year.stand(tools, cast.bob)
    [row] = year.candidacies(tools)
    circles = tools.vault.open(row.sealed or b"", table="candidacies", column="sealed", row=row.label)
    with tools.database.reading() as stores:
        kept = find_text(stores, tools.vault, row.label)
    assert circles == {"circles": [viewer_of(tools, cast.bob).circle]}
    assert kept is not None
    assert [part["words"] for part in kept["parts"]] == [[year.WHY]]


CHECKS: dict[str, Callable[[Toolbox, Cast, str], None]] = {
    "content": check_content,
    "content-log": check_content_log,
    "identity": check_identity,
    "identity-left": check_departed_are_counted,
    "identity-log": check_identity_log,
    "keys": check_keys,
    "root": check_root,
    "content-voices": check_voices_are_counted,
    "root-voices": check_voices_name_a_circle,
    "content-marks": check_marks_are_counted,
    "root-marks": check_marks_name_a_circle,
    "content-square": check_square_is_counted,
    "root-square": check_square_names_a_circle,
    "content-words": check_words_are_counted,
    "root-words": check_words_name_a_post,
    "root-lessons": check_lessons_are_numbers,
    "root-recognition": check_candidates_are_joined,
    "root-inbox": check_inbox_is_linked,
    "root-letters": check_letters_are_counted,
    "root-left": check_departed_are_guessed,
    "root-log": check_log_tells_who,
    "root-secret": check_secret_is_kept,
    "web": check_web,
    "worker": check_worker,
    "worker-moment": check_moment_is_seen,
    "content-tallies": check_boxes_are_counted,
    "reporter": check_reporter,
    "reporter-names": check_reporter_with_everything,
    "reporter-moment": check_reporter_moment,
    "reporter-beside": check_reporter_beside,
    "reporter-votes": check_reporter_votes,
    "reporter-past": check_past_is_gone,
    "mail": check_mail,
    "mail-inbox": check_inbox_with_mail,
    "mail-book": check_book,
    "mail-hooks": check_hooks,
    "content-notes": check_notes_are_counted,
    "relay": check_relay,
    "relay-link": check_link,
    "mailbox": check_mailbox,
    "phone": check_phone,
    "phone-unsent": check_unsent,
    "backup": check_backup,
    "backup-pairs": check_pairs,
    "backup-days": check_days,
    "backup-leaving": check_leaving,
    "backup-joining": check_joining,
    "backup-changes": check_changes,
    "content-boxes": glass.check_boxes,
    "identity-requests": glass.check_requests,
    "root-opened": glass.check_opened,
    "relay-important": glass.check_important,
    "custodian-two": glass.check_two,
    "custodian-three": glass.check_three,
    "custodian-apart": glass.check_apart,
    "custodian-folder": glass.check_folder,
    "identity-introductions": check_invitations_are_counted,
    "identity-passkeys": check_passkeys_are_counted,
    "root-passkeys": check_passkeys_are_named,
}


def test_no_column_lies_open_that_the_page_was_not_written_for() -> None:
    found = {
        table.name: {
            column.name
            for column in table.columns
            if not column.name.startswith("sealed") and not re.fullmatch(r"id|key|\w+_id", column.name)
        }
        for metadata in METADATA.values()
        for table in metadata.sorted_tables
    }
    assert found == {table: set(columns.split()) for table, columns in OPEN.items()}


def test_every_line_of_the_page_has_a_check() -> None:
    assert {line.proof for one in components() for line in (*one.gives, *one.keeps)} == set(CHECKS)


# what privacy.md names in its first paragraph, and the panel it stands in
NAMED = {
    "web": "web", "worker": "worker", "key store": "keys", "reporter": "reporter", "custodian": "custodian",
    "mail relay": "relay", "backup": "backup",
}  # fmt: skip


def test_every_part_that_can_be_broken_into_has_its_panel(tools: Toolbox) -> None:
    shown = components()
    assert set(NAMED.values()) <= {one.key for one in shown}
    page = make_app(tools).test_client().get("/who-sees-what").text
    for one in shown:
        assert one.name in page
        assert one.gives
        assert one.keeps


@pytest.mark.parametrize("proof", CHECKS)
def test_line(tools: Toolbox, cast: Cast, thread_id: str, proof: str) -> None:
    CHECKS[proof](tools, cast, thread_id)


def test_the_page_says_what_mail_costs(tools: Toolbox) -> None:
    page = make_app(tools).test_client().get("/who-sees-what").text
    assert "頼まなければ箱は置かれず" in page
    assert "運営の約束です" in page


def test_key_files_are_closed_to_others_and_outside_the_databases(tools: Toolbox) -> None:
    files = sorted(Path(tools.settings.key_folder).iterdir())
    assert [path.stem for path in files] == ["badge-0001", "post-office", "post-office", "root-0001"]
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o400
        for name in ("content", "identity", "keys"):
            assert path.read_bytes() not in file_of(tools, name)
