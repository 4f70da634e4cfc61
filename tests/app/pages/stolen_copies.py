"""What falls with a member's mailbox, with the relay that feeds it, and with copies of the stores."""

from datetime import timedelta

from sqlalchemy import select

from app.accounts import sessions
from app.accounts.identity import open_identity
from app.accounts.models import Member, Organisation
from app.accounts.service import set_profile
from app.backups.copying import forget_old_keys, take
from app.clock import today
from app.db import STORES, StoreName
from app.leaving import steps
from app.mail.models import Contact
from app.questions.lockers import own_threads
from app.questions.models import Thread
from app.queues.experts import find_profile
from app.queues.models import Expert
from app.wiring import Toolbox
from tests.app.accounts.test_fresh_start import secret_of, start_afresh
from tests.app.pages.thieves import box_of, handle_of
from tests.app.questions.makers import ask
from tests.app.queues.stage import opt_in, work
from tests.app.test_backups import PAIRS, WITH_ROOT, opened, plant, read_by, take_all
from tests.app.test_two_copies import who_came
from tests.cast import Cast, come_in, make_person, signed_in, viewer_of
from tests.conftest import make_app


def check_mailbox(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Who reads a member's mail becomes the member, reads for a week, and is never who wrote before; the member's old
    password ends it, and nothing is lost."""
    thief = make_app(tools).test_client()
    start_afresh(thief, tools, tools.settings.data_dir / "mailbox", cast.alice)
    secret = secret_of(thief, tools)
    with tools.database.reading() as stores:
        assert stores.identity.get_one(Member, cast.alice.member_id).state == sessions.READING
        assert own_threads(stores, cast.alice.secret)
        assert own_threads(stores, secret) == []
    assert secret != cast.alice.secret
    come_in(tools, secret)  # a thief accepts every promise
    assert thief.get("/threads").status_code == 200
    assert thief.get("/ask").status_code == 403
    mine = thief.get(f"/threads/{thread_id}")
    assert "/followup" not in mine.text
    owner = signed_in(make_app(tools), cast.alice)
    assert secret_of(owner, tools) == cast.alice.secret
    assert "/sign-in" in thief.get("/threads").location


def check_pairs(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    plant(tools, cast)
    made = take_all(tools, tools.settings.data_dir / "copies")
    for chosen in PAIRS:
        assert read_by(made, chosen) == []
        assert opened(tools, made, chosen, tools.settings.data_dir / "+".join(chosen)) == WITH_ROOT[chosen]


def check_days(tools: Toolbox, _cast: Cast, _thread_id: str) -> None:
    away, now = tools.settings.data_dir / "copies", today(tools.clock.now())
    away.mkdir()
    ages: dict[StoreName, int] = {"keys": 15, "content": 30, "identity": 30}
    for store in STORES:
        take(tools.settings.data_dir, store, away / store, day=now - timedelta(days=ages[store]))
    assert [path.name for path in forget_old_keys(away, today=now)] == ["keys"]


def check_leaving(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """Two copies, without any key: the row that went, and the threads whose contact went with it. Whoever stays shows
    nothing by a copy of another day."""
    told = [ask(tools, cast[name], contact=box_of(tools, cast[name])) for name in ("alice", "alice", "bob")]
    work(tools, hours=30)
    before = seen(tools)
    steps.leave(tools, viewer_of(tools, cast.alice), texts="keep")
    after = seen(tools)
    assert before["members"] - after["members"] == {cast.alice.member_id}
    with tools.database.reading() as stores:
        tags = {one: stores.content.get_one(Thread, one).owner_tag for one in told}
    assert before["contacts"] - after["contacts"] == {tags[told[0]], tags[told[1]]}


def check_joining(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """Two copies and the root key: whoever joined between them has the inboxes that came, and all that they answer."""
    opt_in(tools, cast.bob)
    before = seen(tools)
    nia = make_person(tools, "nia", cast.organisations["C"])
    opt_in(tools, nia)
    after = seen(tools)
    (member,), (inbox,) = after["members"] - before["members"], after["experts"] - before["experts"]
    with tools.database.reading() as stores:
        row = stores.identity.get_one(Member, member)
        identity = open_identity(tools.vault.data_key(stores, row.key_id), row)
        circle = stores.identity.get_one(Organisation, identity.organisation_id).circle
        profile = find_profile(stores, tools.vault, inbox)
    assert profile is not None
    assert (profile.circle, profile.subject in identity.subjects) == (circle, True)
    assert (member, inbox) == (nia.member_id, handle_of(tools, nia)), "and it is theirs"


def check_changes(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """Without any key: the rows of who changed something of theirs, and of nobody who only came."""
    app, copies = make_app(tools), tools.settings.data_dir / "copies"
    before = take_all(tools, copies / "1")["identity"]
    signed_in(app, cast.bob)
    same = take_all(tools, copies / "2")["identity"]
    assert who_came(tools, before, same) == set()
    with tools.database.transaction("identity") as stores:
        now = today(tools.clock.now())
        set_profile(stores, tools.vault, member_id=cast.alice.member_id, levels={"area": 1}, today=now)
    assert who_came(tools, same, take_all(tools, copies / "3")["identity"]) == {cast.alice.member_id}


def seen(tools: Toolbox) -> dict[str, set[str]]:
    """What a copy shows in the clear."""
    with tools.database.reading() as stores:
        return {
            "members": set(stores.identity.scalars(select(Member.id))),
            "contacts": set(stores.content.scalars(select(Contact.label))),
            "experts": set(stores.content.scalars(select(Expert.handle))),
        }
