"""What falls with a member's mailbox, with the relay that feeds it, and with copies of the stores."""

from datetime import timedelta

from app.accounts import sessions
from app.accounts.models import Member
from app.backups.copying import forget_old_keys, take
from app.clock import today
from app.db import STORES, StoreName
from app.questions.lockers import own_threads
from app.wiring import Toolbox
from tests.app.accounts.test_fresh_start import secret_of, start_afresh
from tests.app.test_backups import PAIRS, WITH_ROOT, opened, plant, read_by, take_all
from tests.cast import Cast, signed_in
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
