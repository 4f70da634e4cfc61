"""The pages of break-glass: on and off in both languages, and the note before every other page."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.clock import SetClock
from app.escrow.custody import CustodyFolder
from app.wiring import Toolbox
from tests.app.escrow.makers import ROLES, answers_of, appoint, ask_for, make_custodian, show
from tests.app.questions.makers import published
from tests.cast import Cast, Person, csrf_of, signed_in
from tests.journeys.browser import read_forms

JA, EN = {"Accept-Language": "ja"}, {"Accept-Language": "en"}


def open_author(tools: Toolbox, five: list[CustodyFolder], person: Person, reason: str = "danger") -> str:
    """Somebody's question, asked, opened; its id."""
    thread_id = published(tools, person)
    bundle = ask_for(tools, thread_id, reason=reason)  # type: ignore[arg-type]
    given = answers_of(five[:3], bundle, now=tools.clock.now())
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=48)
    show(tools, bundle, given)
    return thread_id


def test_off_and_on_are_said_on_both_pages(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    def pages(language: dict[str, str]) -> list[str]:
        member = signed_in(app, cast.bob)
        visitor = app.test_client()
        return [member.get("/break-glass", headers=language).text, visitor.get("/who-sees-what", headers=language).text]

    for number, role in enumerate(ROLES):
        assert all(["いまは止まっています" in page for page in pages(JA)]), number
        assert all(["It is off" in page for page in pages(EN)])
        appoint(tools, make_custodian(tmp_path / str(number)), role)
    for page in pages(JA):
        assert "止まっています" not in page
        assert all([role in page for role in ROLES])
    assert all(["It is off" not in page for page in pages(EN)])


def test_a_year_without_requests_says_so(client: FlaskClient, tools: Toolbox) -> None:
    page = client.get("/who-sees-what", headers=JA).text
    assert page.count("申し出0件。明らかにした0件、明らかにせずに終わった0件。") == 2


def test_counts_stand_under_their_year(
    app: Flask, tools: Toolbox, cast: Cast, five: list[CustodyFolder], clock: SetClock
) -> None:
    open_author(tools, five, cast.alice)
    clock.move(hours=60 * 24)
    open_author(tools, five, cast.bob, "court")
    page = app.test_client().get("/who-sees-what", headers=JA).text
    assert page.index("2027年") < page.index("2026年")
    assert page.count("申し出1件。明らかにした1件") == 2


def test_only_members_read_the_whole_page(client: FlaskClient) -> None:
    assert client.get("/break-glass").status_code == 303
    assert "くわしく読む" not in client.get("/who-sees-what", headers=JA).text


def test_the_note_comes_before_everything_and_names_no_thread(
    app: Flask, tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    phone = signed_in(app, cast.alice, own_phone=True)  # signed in before it happened
    thread_id = open_author(tools, five, cast.alice)
    for client in (phone, signed_in(app, cast.alice)):
        assert client.get("/mine").location == "/break-glass/told"
        for still_open in ("/who-sees-what", "/contact", "/break-glass", "/healthz", "/static/css/base.css"):
            assert client.get(still_open).status_code == 200, still_open
        page = client.get("/break-glass/told", headers=JA).text
        assert "あなたのメールアドレスと所属先" in page
        for hidden in (thread_id, cast.alice.mail, "架空水産"):
            assert hidden not in page
    # a colleague, and whoever nothing happened to
    for other in (cast.dave, cast.bob):
        assert signed_in(app, other).get("/mine").status_code == 200
        assert signed_in(app, other).get("/break-glass/told").location == "/"


def test_a_court_opens_the_address_only_and_the_note_says_that(
    app: Flask, tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    open_author(tools, five, cast.alice, "court")
    page = signed_in(app, cast.alice).get("/break-glass/told", headers=JA).text
    assert "裁判所などの命令" in page
    assert "所属先" not in page


def test_what_is_sent_meanwhile_is_not_lost(app: Flask, tools: Toolbox, cast: Cast, five: list[CustodyFolder]) -> None:
    client = signed_in(app, cast.alice, own_phone=True)
    thread_id = published(tools, cast.bob)
    token = csrf_of(client, f"/threads/{thread_id}")
    open_author(tools, five, cast.alice)
    sent = client.post(
        f"/threads/{thread_id}/answer", data={"csrf_token": token, "text": "網の目を大きくしてください。"}
    )
    assert sent.status_code == 303
    assert sent.location != "/break-glass/told"


def test_reading_ends_it_for_what_was_shown_only(
    app: Flask, tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    client = signed_in(app, cast.alice, own_phone=True)
    open_author(tools, five, cast.alice)
    open_author(tools, five, cast.alice, "court")
    page = client.get("/break-glass/told", headers=JA).text
    assert "命や身体の危険" in page
    assert "裁判所などの命令" in page
    assert press_read(client, page).location == "/"
    assert client.get("/mine").status_code == 200
    assert client.get("/break-glass/told").location == "/"
    assert client.post("/break-glass/told", data={"csrf_token": csrf_of(client, "/account")}).location == "/"


def press_read(client: FlaskClient, page: str) -> TestResponse:
    """The button of a page, as it was drawn."""
    (form,) = [form for form in read_forms(page) if form.action == "/break-glass/told"]
    return client.post("/break-glass/told", data=form.fields)


def test_what_came_after_the_page_is_told_next(
    app: Flask, tools: Toolbox, cast: Cast, five: list[CustodyFolder]
) -> None:
    client = signed_in(app, cast.alice, own_phone=True)
    open_author(tools, five, cast.alice)
    page = client.get("/break-glass/told", headers=JA).text
    open_author(tools, five, cast.alice, "court")
    for _ in range(2):  # the second time is the same button pressed twice
        press_read(client, page)
        later = client.get("/break-glass/told", headers=JA).text
        assert "裁判所などの命令" in later
        assert "命や身体の危険" not in later
    press_read(client, later)
    assert client.get("/break-glass/told").location == "/"


@pytest.mark.parametrize("path", ["/break-glass", "/break-glass/told"])
def test_nobody_acts_by_looking(app: Flask, cast: Cast, path: str) -> None:
    client = signed_in(app, cast.bob)
    assert client.get(path).status_code in (200, 303)
    if path == "/break-glass":
        assert client.post(path, data={"csrf_token": csrf_of(client, "/account")}).status_code == 405
