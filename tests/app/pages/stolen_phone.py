"""What falls with a member's phone: the session that goes on there, and what its browser keeps unsent.

tests/browser/test_offline.py reads the browser's own database: the words lie there in clear, and not after signing out.
"""

import re

from app.clock import SetClock
from app.pages.offline import STATIC
from app.questions.phone import phone_label
from app.wiring import Toolbox
from tests.app.pages.thieves import file_of
from tests.cast import Cast, post, signed_in
from tests.conftest import make_app

KEEPS_WHAT_WAS_SENT = re.compile(r"cache\.put\(\"([^\"]+)\"")


def check_phone(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """The cookie is the member for as long as it lives; nothing that was read or sent stays when it is over."""
    app = make_app(tools)
    member, thief = signed_in(app, cast.alice), app.test_client()
    cookie = member.get_cookie("__Host-shiome")
    assert cookie is not None
    thief.set_cookie(cookie.key, cookie.value, secure=True, path="/")
    mine = thief.get("/mine")
    assert thread_id in mine.text
    assert mine.headers["Cache-Control"] == "no-store"
    post(member, "/sign-out", page="/account")
    assert thief.get("/mine").status_code == 303
    assert isinstance(tools.clock, SetClock)
    again = signed_in(app, cast.alice)
    tools.clock.move(seconds=tools.settings.idle_minutes * 60 + 60)
    assert again.get("/mine").status_code == 303
    scripts = [path.read_text(encoding="utf-8") for path in (STATIC / "js").glob("*.js")]
    assert {path for one in scripts for path in KEEPS_WHAT_WAS_SENT.findall(one)} == {"/offline"}
    fetched = [line for one in scripts for line in one.splitlines() if 'fetch("/offline"' in line]
    assert fetched
    assert all('credentials: "omit"' in line for line in fetched), "the page of nobody"


def check_unsent(tools: Toolbox, cast: Cast, thread_id: str) -> None:
    """It lies there as it was typed, for two weeks, under a label that stands in no file of the service."""
    store = (STATIC / "js" / "store.js").read_text(encoding="utf-8")
    assert "indexedDB.open" in store
    assert "crypto.subtle" not in store
    assert "const keptDays = 14" in store
    labels = {phone_label(one.secret) for one in (cast.alice, cast.bob)}
    assert len(labels) == 2
    assert f'data-phone="{phone_label(cast.alice.secret)}"' in signed_in(make_app(tools), cast.alice).get("/mine").text
    for name in ("content", "identity", "keys"):
        assert not any(label.encode() in file_of(tools, name) for label in labels)
