"""What falls with the marks of those who left this quarter."""

from sqlalchemy import select

from app.accounts.departed import INDEX
from app.accounts.models import Departed
from app.leaving import steps
from app.wiring import Toolbox
from tests.app.pages.thieves import file_of, stranger
from tests.cast import Cast, viewer_of


def marks_left_by(tools: Toolbox, cast: Cast) -> set[str]:
    for name in ("alice", "bob"):
        steps.leave(tools, viewer_of(tools, cast[name]), texts="keep")
    with tools.database.reading() as stores:
        return set(stores.identity.scalars(select(Departed.id)))


def check_departed_are_counted(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """Without a key: how many."""
    assert len(marks_left_by(tools, cast)) == 2
    assert cast.alice.mail.encode() not in file_of(tools, "identity")


def check_departed_are_guessed(tools: Toolbox, cast: Cast, _thread_id: str) -> None:
    """Whoever has the root key can try an address; whoever has less finds nothing to try it on."""
    marks = marks_left_by(tools, cast)
    for vault, opens in ((tools.vault, True), (stranger(), False)):
        assert (vault.index(INDEX, cast.alice.mail) in marks) is opens
        assert vault.index(INDEX, cast.carol.mail) not in marks
