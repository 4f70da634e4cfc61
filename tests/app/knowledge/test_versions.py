"""What a new version changes, and who may read the ones before."""

import pytest

from app.clock import today
from app.errors import NotThere
from app.knowledge import consenting, drafts, reads
from app.knowledge.rules import NotNow
from app.wiring import Toolbox
from tests.app.knowledge.stage import BODY, Stage, approve, asked_of, make_thread, out, say, send, version_of, volunteer
from tests.cast import Cast, Person, viewer_of

NEW = BODY.replace("一度だけ", "二度、")


@pytest.fixture
def stage(tools: Toolbox, cast: Cast) -> Stage:
    volunteer(tools, cast.carol)
    return make_thread(tools, cast.alice, cast.bob)


def reopen(tools: Toolbox, person: Person, article_id: str) -> None:
    with tools.database.transaction("content") as stores:
        drafts.reopen(
            stores, tools.vault, viewer=viewer_of(tools, person), article_id=article_id, today=today(tools.clock.now())
        )  # fmt: skip


def read(tools: Toolbox, person: Person, article_id: str) -> tuple[str, list[reads.VersionCard]]:
    with tools.database.reading() as stores:
        about = {"viewer": viewer_of(tools, person), "article_id": article_id}
        body = reads.get_article(stores, tools.vault, tools.trade, **about).body
        return body, reads.history(stores, tools.vault, tools.trade, **about)


def renew(stage: Stage, cast: Cast, article_id: str, **changes: object) -> None:
    """A second version, written by carol and let out by erin."""
    reopen(stage.tools, cast.carol, article_id)
    send(stage, cast.carol, article_id, **changes)
    for author in (cast.alice, cast.bob):
        say(stage.tools, author)
    approve(stage.tools, cast.erin, article_id)


def test_the_old_text_stays_until_all_agree_to_the_new_one(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    reopen(tools, cast.carol, article_id)
    with pytest.raises(NotNow):
        reopen(tools, cast.erin, article_id)  # one at a time
    send(stage, cast.carol, article_id, body=NEW, change="測る回数を改めました。")
    say(tools, cast.alice)
    say(tools, cast.bob, "no")
    assert read(tools, cast.dave, article_id)[0] == BODY
    send(stage, cast.carol, article_id, body=NEW, change="測る回数を改めました。")
    for author in (cast.alice, cast.bob):
        say(tools, author)
    approve(tools, cast.erin, article_id)
    body, [newest, oldest] = read(tools, cast.dave, article_id)
    assert body == NEW
    assert oldest.is_first
    assert newest.change == "測る回数を改めました。"
    out_of, into = ("".join(one.text for one in newest.bodies if one.kind == kind) for kind in ("out", "in"))
    assert "一度だけ" in out_of
    assert "二度" in into
    same_or_old = "".join(one.text for one in newest.bodies if one.kind != "in")
    assert same_or_old == BODY


def test_a_version_for_fewer_is_not_in_the_history_of_more(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob), company=False)
    renew(stage, cast, article_id, body=NEW, company=True)
    body, [only] = read(tools, cast.frank, article_id)
    assert body == NEW
    assert only.is_first
    assert "一度だけ" not in str(only)
    assert len(read(tools, cast.dave, article_id)[1]) == 2


def test_no_to_an_older_version_takes_its_words_out_of_the_history(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    renew(stage, cast, article_id, body=NEW)
    newest = version_of(tools, article_id).id
    [old] = [card for card in asked_of(tools, cast.bob) if card.asked.about != newest]
    with tools.database.transaction("content", "keys") as stores:
        consenting.say(
            stores, tools.vault, viewer=viewer_of(tools, cast.bob), consent_id=old.asked.id, word="no", note="",
            window=tools.window, due=tools.window,
        )  # fmt: skip
    body, cards = read(tools, cast.dave, article_id)
    assert body == NEW
    assert [card.is_first for card in cards] == [True]


def test_only_what_is_out_is_written_anew_and_by_editors(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob))
    for refused, which in ((cast.dave, article_id), (cast.erin, "0" * 32)):
        with pytest.raises(NotThere):
            reopen(tools, refused, which)
