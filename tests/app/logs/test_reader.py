"""The auditor's pages: every event has its words, nothing names anybody, a changed log and a foreign copy are told."""

from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.logs.models import ContentEntry, SecurityEntry
from app.logs.reads import published_heads
from app.logs.rules import CONTENT_EVENTS, SECURITY_EVENTS
from app.logs.words import word_of
from app.processes import keep_logs
from app.web.i18n import gettext, speaking
from app.wiring import Toolbox
from tests.app.logs.test_logs import WHERE, WHO, fill
from tests.cast import Cast, post, sign_in


def test_every_event_has_its_words_in_both_languages() -> None:
    for event in SECURITY_EVENTS | CONTENT_EVENTS:
        for words in filter(None, word_of(event)):
            with speaking("en"):
                assert gettext(words) != words, words


def test_the_auditor_reads_what_was_done_and_not_by_whom(client: FlaskClient, cast: Cast, tools: Toolbox) -> None:
    fill(tools, 2)
    sign_in(client, cast.oscar)
    page = client.get("/logs/security").text
    assert page.count("パスワードを変えた") == 2
    with tools.database.reading() as stores:
        rows = list(stores.identity.scalars(select(SecurityEntry)))
    assert rows[-1].who[:8] in page
    for private in (WHO, WHERE, rows[-1].who, rows[-1].address, *(one.mail for one in cast.people.values())):
        assert private not in page
    assert client.get("/logs/content").text.count("質問を公開した") == 2


def test_a_hundred_a_page_and_the_older_ones_behind_it(client: FlaskClient, cast: Cast, tools: Toolbox) -> None:
    sign_in(client, cast.oscar)
    assert "まだ記録がありません" in client.get("/logs/content").text
    fill(tools, 130)
    first = client.get("/logs/content").text
    assert first.count("質問を公開した") == 100
    assert first.count("before=31") == 1
    assert client.get("/logs/content?before=31").text.count("質問を公開した") == 30
    for before in ("x", "9" * 30):
        assert client.get(f"/logs/content?before={before}").status_code == 200


def test_a_changed_log_and_a_foreign_copy_are_told(client: FlaskClient, cast: Cast, tools: Toolbox) -> None:
    fill(tools)
    keep_logs(tools)
    sign_in(client, cast.oscar)
    assert client.get("/logs").text.count("公開した照合値のとおりです") == 2
    with tools.database.reading() as stores:
        kept = [f"{one.day} {one.log} {one.head.count} {one.head.hash}" for one in published_heads(stores)]
    assert post(client, "/logs", {"heads": "\n".join(kept)}).text.count("お手元の写しとも合います") == 2
    digit = "0" if kept[0][-1] != "0" else "1"
    foreign = post(client, "/logs", {"heads": kept[0][:-1] + digit})
    assert foreign.text.count("照合値と合いません") == 1
    with tools.database.transaction("content") as stores:
        stores.content.execute(update(ContentEntry).where(ContentEntry.number == 2).values(event="crowds.published"))
    assert "本文の記録が、公開した照合値と合いません" in client.get("/logs").text


def test_a_line_that_is_none_is_told_beside_the_field_and_kept(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.oscar)
    for typed, told in (("きょうの分", "1行目が読めません"), ("", "手元に残した行を貼りつけてください")):
        answer = post(client, "/logs", {"heads": typed})
        assert answer.status_code == 422
        assert told in answer.text
        assert typed in answer.text
