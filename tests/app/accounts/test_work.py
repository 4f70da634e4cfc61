"""What somebody works with, put right: the page, and the expert profile of what they gave up."""

import sqlite3

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.viewer import Viewer
from app.db import store_path
from app.queues import experts
from app.queues.rules import Profile
from app.wiring import Toolbox
from tests.app.questions.makers import ask, make_question
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import ATTRIBUTES, SUBJECTS, Cast, Person, csrf_of, post, signed_in, viewer_of

TROUT, COHO = "rainbow-trout", "coho-salmon"


def say(client: FlaskClient, tools: Toolbox, person: Person, *subjects: str) -> None:
    fields = fields_of(viewer_of(tools, person), *subjects)
    assert post(client, "/account/work", fields).status_code == 303


def content_rows(tools: Toolbox) -> set[tuple[str, str]]:
    """Every row of the content file but those that a request itself leaves: purses."""
    with sqlite3.connect(store_path(tools.settings.data_dir, "content")) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if name not in ("rate_buckets",)]
        return {(name, repr(row)) for name in kept for row in file.execute(f"SELECT * FROM {name}")}  # noqa: S608


def handle_of(tools: Toolbox, person: Person) -> str:
    with tools.database.reading() as stores:
        return experts.answering_handles(stores, tools.trade, viewer_of(tools, person))[TROUT]


def profile_of(tools: Toolbox, person: Person) -> Profile | None:
    with tools.database.reading() as stores:
        return experts.find_profile(stores, tools.vault, handle_of(tools, person))


def fields_of(viewer: Viewer, *subjects: str, **attributes: str) -> dict[str, object]:
    said = {**viewer.attributes, **attributes}
    return {**{f"attribute_{key}": value for key, value in said.items()}, "subjects": list(subjects)}


def test_the_page_says_what_stands_there_and_keeps_what_is_typed(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client, before = signed_in(app, cast.bob), viewer_of(tools, cast.bob)
    page = client.get("/account/work").text
    assert page.count(" checked") >= len(SUBJECTS)
    assert f'value="{ATTRIBUTES["area"]}" selected' in page
    token = csrf_of(client, "/account/work")
    typed = fields_of(before, area="kagoshima")
    answer = client.post("/account/work", data={"csrf_token": token, **typed})
    assert answer.status_code == 422
    assert "ひとつ以上選んでください" in answer.text
    assert 'value="kagoshima" selected' in answer.text
    assert viewer_of(tools, cast.bob).attributes == before.attributes
    for wrong in (fields_of(before, "no-such-fish"), fields_of(before, TROUT, area="atlantis")):
        assert client.post("/account/work", data={"csrf_token": token, **wrong}).status_code == 422
    kept = client.post("/account/work", data={"csrf_token": token, **fields_of(before, TROUT, area="kagoshima")})
    assert kept.location == "/account"
    after = viewer_of(tools, cast.bob)
    assert (after.attributes["area"], after.subjects) == ("kagoshima", (TROUT,))
    assert (after.roles, after.organisation_id, after.profile) == (before.roles, before.organisation_id, before.profile)
    more = next(one for one in tools.trade.subjects if one != TROUT)
    added = client.post("/account/work", data={"csrf_token": token, **fields_of(after, TROUT, more)})
    assert added.location == "/queue/settings"  # where one says whether questions about it may come


def test_what_is_given_up_changes_nothing_that_a_thief_could_lay_beside_it(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    """Whose profile it is would show at once, and between two copies of the files: so the content file stays."""
    opt_in(tools, cast.bob)
    client, rows = signed_in(app, cast.bob), content_rows(tools)
    assert any(table == "experts" for table, _ in rows)
    say(client, tools, cast.bob, *(one for one in SUBJECTS if one != TROUT))
    assert TROUT not in viewer_of(tools, cast.bob).subjects
    assert content_rows(tools) == rows
    before = profile_of(tools, cast.bob)
    say(client, tools, cast.bob, *SUBJECTS)
    assert profile_of(tools, cast.bob) == before  # taken up again, as it was


def test_an_inbox_that_was_given_up_rests_by_itself(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    client = signed_in(app, cast.bob)
    say(client, tools, cast.bob, *(one for one in SUBJECTS if one != TROUT))
    for _ in range(tools.settings.rest_after + 2):
        ask_question(tools, cast.alice, urgent=False)
        work(tools, hours=30)
    found = profile_of(tools, cast.bob)
    assert found is not None
    assert found.unseen == tools.settings.rest_after  # asked so often, and not once more


@pytest.mark.parametrize("hidden", [TROUT, COHO])
def test_an_offer_stays_whichever_subject_is_given_up(app: Flask, tools: Toolbox, cast: Cast, hidden: str) -> None:
    """A question that shows only its group would tell its subject to an expert of two who gives one up and looks."""
    client = signed_in(app, cast.bob)
    for subject in (TROUT, COHO):
        post(client, f"/queue/settings/{subject}", {"capacity": "5"}, page="/queue/settings")
    ask(tools, cast.alice, make_question(subject=hidden, title="朝に死にます", urgent=True))
    work(tools, hours=2)
    (offer,) = offers_of(tools, cast.bob)
    client = signed_in(app, cast.bob)
    for kept in ((TROUT,), (COHO,), (TROUT, COHO)):
        say(client, tools, cast.bob, *kept)
        assert "朝に死にます" in client.get("/queue").text
        assert client.get(f"/queue/{offer.id}").status_code == 200
