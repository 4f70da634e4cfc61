"""What falls with invitations that members hand out."""

from sqlalchemy import select

from app.accounts import introductions
from app.accounts.models import Introduction
from app.clock import today
from app.contributing import service
from app.wiring import Toolbox
from tests.app.pages.thieves import file_of
from tests.cast import Cast, viewer_of


def check_invitations_are_counted(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """How many are unused, and the month each was handed out in; no code, and nobody who handed one out."""
    day = today(tools.clock.now())
    with tools.database.transaction("identity", "content") as stores:
        code = service.hand_out(stores, tools.vault, viewer=viewer_of(tools, cast.bob), today=day)
    with tools.database.reading() as stores:
        (row,) = stores.identity.scalars(select(Introduction)).all()
    assert row.until_month - introductions.MONTHS == day.year * 12 + day.month
    assert set(vars(row)) - {"_sa_instance_state"} == {"code_index", "until_month"}
    assert code.encode() not in file_of(tools, "identity")
    assert code.replace("-", "").encode() not in file_of(tools, "identity")
