"""Tokens: made on one's own page, worth what they were allowed until their day, and nothing to whoever has the database."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts import sessions, tokens
from app.accounts.models import ApiToken, Member
from app.clock import SetClock, today
from app.errors import Conflict, NotThere
from app.wiring import Toolbox
from privacy.errors import PrivacyError
from privacy.vault import Place, open_json
from tests.app.api.caller import Caller, caller, token_of
from tests.cast import PASSWORD, Cast, Person, post, signed_in, viewer_of

PAGE = "/account/tokens"
FORM = {"label": "事務所の集計", "scopes": ["read"], "days": "30", "current": PASSWORD}


def rows(tools: Toolbox) -> list[ApiToken]:
    with tools.database.reading() as stores:
        return list(stores.identity.scalars(select(ApiToken)))


def day_of(tools: Toolbox) -> date:
    return today(tools.clock.now())


def test_a_token_is_made_on_its_page_and_shown_once(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    sent = post(alice, PAGE, FORM, page=PAGE)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{PAGE}/new")
    shown = alice.get(f"{PAGE}/new").text
    (token,) = [word for word in shown.replace("<", " ").replace(">", " ").split() if word.startswith(tokens.PREFIX)]
    assert Caller(app, token).get("/mine").status_code == 200
    assert alice.get(f"{PAGE}/new").status_code == 303, "only once"
    listed = alice.get(PAGE).text
    assert "事務所の集計" in listed
    assert token not in listed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("label", ""),
        ("label", "あ" * 41),
        ("scopes", []),
        ("scopes", ["company"]),
        ("days", "9999"),
        ("current", "違う言葉"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    app: Flask, tools: Toolbox, cast: Cast, name: str, value: object
) -> None:
    alice = signed_in(app, cast.alice)
    answer = post(alice, PAGE, {**FORM, name: value}, page=PAGE)
    assert answer.status_code == 422
    assert rows(tools) == []
    if name != "label":
        assert "事務所の集計" in answer.text, "what was typed is kept"
    assert PASSWORD not in answer.text


def test_there_are_five_at_the_most_and_one_that_is_over_makes_room(
    app: Flask, tools: Toolbox, cast: Cast, clock: SetClock
) -> None:
    for _ in range(tokens.MOST):
        token_of(tools, cast.alice)
    with pytest.raises(Conflict):
        token_of(tools, cast.alice)
    alice = signed_in(app, cast.alice)
    assert post(alice, PAGE, FORM, page=PAGE).status_code == 422
    token_of(tools, cast.bob)
    clock.move(hours=24 * 31)
    token_of(tools, cast.alice)
    assert len([row for row in rows(tools) if row.member_id == cast.alice.member_id]) == 1


def test_a_token_ends_on_its_day(app: Flask, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    alice = caller(app, tools, cast.alice)
    clock.move(hours=24 * 30)
    assert alice.get("/mine").status_code == 200
    clock.move(hours=24)
    assert alice.get("/mine").status_code == 401


def test_a_revoked_token_opens_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    mine, hers = caller(app, tools, cast.alice), caller(app, tools, cast.bob)
    bobs = next(row.id for row in rows(tools) if row.member_id == cast.bob.member_id)
    browser = signed_in(app, cast.alice)
    (own,) = [row.id for row in rows(tools) if row.id != bobs]
    assert post(browser, f"{PAGE}/{bobs}/revoke", {}, page=PAGE).status_code == 404
    assert post(browser, f"{PAGE}/{own}/revoke", {}, page=PAGE).status_code == 303
    assert mine.get("/mine").status_code == 401
    assert hers.get("/mine").status_code == 200


def test_signing_out_everywhere_ends_every_token(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = caller(app, tools, cast.alice)
    browser = signed_in(app, cast.alice)
    assert post(browser, "/account/sign-out-everywhere", {}, page="/account").status_code == 303
    assert alice.get("/mine").status_code == 401
    assert rows(tools) == []


def test_a_token_goes_with_its_member(tools: Toolbox, cast: Cast) -> None:
    token_of(tools, cast.alice)
    with tools.database.transaction("identity") as stores:
        stores.identity.delete(stores.identity.get_one(Member, cast.alice.member_id))
    assert rows(tools) == []


def test_a_role_that_ended_takes_its_scope_along(app: Flask, tools: Toolbox, cast: Cast) -> None:
    with tools.database.transaction("identity") as stores:
        viewer = viewer_of(tools, cast.alice)  # who is no analyst, whatever the row says
        made = tokens.make_token(
            stores, viewer=viewer, label="x", scopes=["company", "read"], days=30, today=day_of(tools)
        )
    assert Caller(app, made).get("/company/threads").status_code == 403
    assert Caller(app, made).get("/mine").status_code == 200


def test_neither_a_cookie_opens_the_api_nor_a_token_the_pages(app: Flask, tools: Toolbox, cast: Cast) -> None:
    browser, token = signed_in(app, cast.alice), token_of(tools, cast.alice)
    assert browser.get("/api/v1/mine").status_code == 401
    assert browser.post("/api/v1/threads", json={}).status_code == 401, "no other site can send one along"
    answer = app.test_client().get("/mine", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, "/sign-in" in answer.headers["Location"]) == (303, True)


@pytest.mark.parametrize("token", ["", "x", "shiome_", "shiome_あ", "shiome_" + "A" * 43, "shiome_" + "A" * 4000])
def test_what_is_no_token_is_refused(app: Flask, tools: Toolbox, cast: Cast, token: str) -> None:
    given = Caller(app, token).call("GET", "/mine", **{"Authorization": f"Bearer {token}".encode().decode("latin-1")})
    assert given.status_code == 401
    assert given.headers["WWW-Authenticate"].startswith("Bearer")


# ---------------------------------------------------------------- who has the database


def opened_by_thief(tools: Toolbox, row: ApiToken) -> bool:
    """Whether all that the service holds opens a row: root keys, data keys, the row and its neighbours."""
    place = Place("api_tokens", "sealed", f"{row.id}:{row.member_id}")
    keys = [key for name in ("identity", "sessions", "api_tokens", "cookie.times") for key in tools.vault.ring(name)]
    for key in keys:
        try:
            open_json(key, row.sealed, place)
        except PrivacyError:
            continue
        return True
    return False


def test_the_whole_database_and_its_keys_open_no_token(tools: Toolbox, cast: Cast) -> None:
    token_of(tools, cast.alice)
    (row,) = rows(tools)
    assert not opened_by_thief(tools, row)


def test_the_thief_opens_a_row_that_is_sealed_under_a_key_of_the_service(tools: Toolbox, cast: Cast) -> None:
    """The mutant."""
    from privacy.vault import seal_json

    token_of(tools, cast.alice)
    (row,) = rows(tools)
    place = Place("api_tokens", "sealed", f"{row.id}:{row.member_id}")
    row.sealed = seal_json(tools.vault.ring("api_tokens")[0], {"secret": ""}, place, pad_to=tokens.PAD)
    assert opened_by_thief(tools, row)


def test_a_row_turned_to_another_member_opens_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = caller(app, tools, cast.alice)
    with tools.database.transaction("identity") as stores:
        stores.identity.execute(update(ApiToken).values(member_id=cast.bob.member_id))
    assert alice.get("/mine").status_code == 401


def test_rows_look_alike_whatever_they_allow(tools: Toolbox, cast: Cast) -> None:
    token_of(tools, cast.alice, scopes=("read",))
    token_of(tools, cast.bob)
    one, other = rows(tools)
    assert (len(one.sealed), len(one.sealed_label)) == (len(other.sealed), len(other.sealed_label))


@pytest.mark.parametrize("days", tokens.DAYS)
def test_the_day_of_its_making_is_not_in_the_row(tools: Toolbox, cast: Cast, clock: SetClock, days: int) -> None:
    """Made on one of four weeks' days, rows are swept on the same."""
    swept = set()
    while day_of(tools).toordinal() % sessions.SWEEP_DAYS != (1 - days) % sessions.SWEEP_DAYS:
        clock.move(hours=24)
    for _ in range(sessions.SWEEP_DAYS // 7):
        token_of(tools, cast.alice, days=days)
        swept |= {row.expires_day for row in rows(tools)}
        clock.move(hours=24 * 6)
    assert len(swept) == 1


def test_who_is_let_in_by_a_token_is_its_member(tools: Toolbox, cast: Cast) -> None:
    def found(person: Person) -> str:
        with tools.database.reading() as stores:
            viewer = tokens.find_caller(stores, tools.vault, token=token_of(tools, person), today=day_of(tools))
        assert viewer is not None
        assert viewer.secret == person.secret
        return viewer.member_id

    assert found(cast.alice) == cast.alice.member_id
    assert found(cast.frank) == cast.frank.member_id
    with tools.database.transaction("identity") as stores, pytest.raises(NotThere):
        tokens.revoke_token(stores, viewer=viewer_of(tools, cast.alice), token_id="0" * 64)
