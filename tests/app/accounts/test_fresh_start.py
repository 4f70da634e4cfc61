"""Neither password nor recovery code: the address proves who it is, a new secret begins, and for days it only reads."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import sessions
from app.accounts.identity import open_identity
from app.accounts.models import Member, SignInSession, Verification
from app.accounts.models import Wrap as WrapRow
from app.accounts.population import population
from app.clock import SetClock, today
from app.jobs import queue
from app.keyfiles import KeyFolder
from app.mail.office import PostOffice
from app.mail.relays import OutboxRelay
from app.processes import end_reading
from app.questions.lockers import own_threads
from app.wiring import Toolbox
from privacy.pseudonyms import MemberSecret
from tests.app.accounts.test_session import is_in
from tests.app.questions.makers import published
from tests.app.queues.stage import offers_of, opt_in
from tests.cast import Cast, Person, post, promise, sign_in, signed_in

NEW = "舟をこぐ夜明けの遠い歌"


def letters(tools: Toolbox, folder: Path) -> list[dict[str, str]]:
    """Let the post office send what waits; newest first."""
    relay = OutboxRelay(folder / "sent")
    keys = KeyFolder(tools.settings.key_folder)
    office = PostOffice(tools, keys.post_office_privates, relay)
    while True:
        with tools.database.transaction("content") as stores:
            task = queue.claim(stores, tools.vault, lane="mail", window=tools.window, holder="t")
        if task is None:
            return relay.letters()
        office.handlers()[task.kind](task)


def code_in(letter: dict[str, str]) -> str:
    found = re.search(r"\b\w{4}-\w{4}\b", letter["body"])
    return found[0] if found else ""


def begin(client: FlaskClient, tools: Toolbox, folder: Path, mail: str) -> TestResponse:
    """Up to the password, with the mailed code."""
    post(client, "/start-afresh", {"mail": mail})
    code = next(
        (code_in(one) for one in letters(tools, folder) if one["to"] == mail and "確認コード" in one["body"]), "000000"
    )
    return post(client, "/start-afresh/code", {"code": code})


def finish(client: FlaskClient) -> TestResponse:
    answer = post(client, "/start-afresh/password", {"password": NEW, "understood": "1"})
    assert answer.location == "/start-afresh/recovery", answer.status_code
    shown = client.get("/start-afresh/recovery").text
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", shown)
    assert len(groups) == 7
    return post(client, "/start-afresh/recovery", {"last_group": groups[-1]})


def start_afresh(client: FlaskClient, tools: Toolbox, folder: Path, person: Person) -> TestResponse:
    assert begin(client, tools, folder, person.mail).location == "/start-afresh/password"
    return finish(client)


def secret_of(client: FlaskClient, tools: Toolbox) -> MemberSecret:
    cookie = client.get_cookie("__Host-shiome")
    assert cookie
    opened = sessions.read_cookie(tools.vault, cookie.value)
    assert opened
    with tools.database.reading() as stores:
        viewer = sessions.find_viewer(stores, tools.vault, cookie=opened, today=today(tools.clock.now()))
    assert viewer
    return viewer.secret


def test_works(app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    before = signed_in(app, cast.alice)
    published(tools, cast.alice)
    response = start_afresh(client, tools, tmp_path, cast.alice)
    assert (response.status_code, response.location) == (303, "/")
    assert is_in(client)
    assert not is_in(before)
    sign_in(app.test_client(), Person(**{**cast.alice.__dict__, "password": NEW}))
    secret = secret_of(client, tools)
    assert secret != cast.alice.secret
    with tools.database.reading() as stores:
        assert own_threads(stores, secret) == []
        row = stores.identity.get_one(Member, cast.alice.member_id)
        identity = open_identity(tools.vault.data_key(stores, row.key_id), row)
        kinds = sorted(stores.identity.scalars(select(WrapRow.kind).where(WrapRow.member_id == row.id)))
    assert row.state == "reading"
    assert identity.reset_day == today(tools.clock.now()).toordinal()
    assert identity.organisation_id == cast.alice.organisation_id
    assert kinds == ["kept-password", "kept-recovery", "password", "recovery"]


def test_the_disclosure_profile_stays(client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    from app.accounts.service import set_profile

    levels = {"subject": 1, "area": 2}
    with tools.database.transaction("identity") as stores:
        set_profile(stores, tools.vault, member_id=cast.alice.member_id, levels=levels, today=today(tools.clock.now()))
    start_afresh(client, tools, tmp_path, cast.alice)
    with tools.database.reading() as stores:
        row = stores.identity.get_one(Member, cast.alice.member_id)
        assert dict(open_identity(tools.vault.data_key(stores, row.key_id), row).profile) == levels


def test_for_seven_days_only_reading(
    app: Flask, client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path
) -> None:
    thread = published(tools, cast.bob)
    start_afresh(client, tools, tmp_path, cast.alice)
    me = Person(**{**cast.alice.__dict__, "password": NEW})
    promise(client, tools)  # whoever comes with a new secret promises anew
    assert client.get(f"/threads/{thread}").status_code == 200
    assert "読むことだけできます" in client.get("/threads").text
    assert client.get("/account/password").status_code == 200
    asked = client.get("/ask")
    assert asked.status_code == 403
    assert "2026年11月27日" in asked.text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/account").text)
    assert token
    for path in _sending(app):
        answer = client.post(path, data={"csrf_token": token[1], "text": "x"})
        assert answer.status_code == 403, path
    clock.move(hours=24 * 6)
    assert signed_in(app, me).get("/ask").status_code == 403
    clock.move(hours=24)
    back = signed_in(app, me)
    assert back.get("/ask").status_code == 200
    assert "読むことだけできます" not in back.get("/threads").text


def _sending(app: Flask) -> list[str]:
    """Every route that takes a form from members, with something in the place of ids."""
    found = []
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access_rule", None)
        if (
            access
            and "POST" in (rule.methods or ())
            and access.audience == "member"
            and not (access.while_reading or access.scope)
        ):
            found.append(re.sub(r"<[^>]+>", "a" * 32, re.sub(r"<int:[^>]+>", "1", rule.rule)))
    assert len(found) >= 10
    return found


def test_services_refuse_too(client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    from app.errors import Forbidden
    from tests.app.queues.stage import ask_question

    start_afresh(client, tools, tmp_path, cast.alice)
    with pytest.raises(Forbidden):
        ask_question(tools, cast.alice)


def test_counts_in_no_crowd_until_it_is_over(
    client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, tmp_path: Path
) -> None:
    start_afresh(client, tools, tmp_path, cast.alice)

    def counted() -> bool:
        with tools.database.reading() as stores:
            people = population(stores, tools.vault, tools.trade, today=today(clock.now()))
        return any(one.key == cast.alice.member_id for one in people)

    assert not counted()
    end_reading(tools)
    assert not counted()
    clock.move(hours=24 * 7)
    end_reading(tools)
    assert counted()


def test_old_offers_rest_and_are_nobodys(client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    """Without the old secret the old inbox is found by nobody, and the new one is empty."""
    opt_in(tools, cast.bob)
    start_afresh(client, tools, tmp_path, cast.bob)
    fresh = Person(**{**cast.bob.__dict__, "secret": secret_of(client, tools)})
    assert offers_of(tools, fresh) == []
    promise(client, tools)
    assert client.get("/queue").status_code == 200


def test_the_address_is_told_that_it_happened(client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    start_afresh(client, tools, tmp_path, cast.alice)
    told = [one for one in letters(tools, tmp_path) if "やり直しました" in one["body"]]
    assert [one["to"] for one in told] == [cast.alice.mail]
    assert "https://shiome.example/sign-in\n" in told[0]["body"]
    assert "7日のうちに、これまでのパスワードでサインイン" in told[0]["body"]
    assert "https://shiome.example/start-afresh" in told[0]["body"]
    assert tools.settings.contact in told[0]["body"]


def test_whoever_it_was_not_can_stop_it(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    """The letter's advice: begin afresh once more, and the other is signed out with nothing that opens."""
    thief = app.test_client()
    start_afresh(thief, tools, tmp_path, cast.alice)
    owner = app.test_client()
    for one in (tmp_path / "sent").glob("*.json"):
        one.unlink()
    start_afresh(owner, tools, tmp_path, cast.alice)
    assert is_in(owner)
    assert not is_in(thief)


def test_nothing_changes_before_the_code_is_typed_back(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    before = signed_in(app, cast.alice)
    begin(client, tools, tmp_path, cast.alice.mail)
    post(client, "/start-afresh/password", {"password": NEW, "understood": "1"})
    assert post(client, "/start-afresh/recovery", {"last_group": "????"}).status_code == 422
    assert is_in(before)
    sign_in(app.test_client(), cast.alice)


def test_unknown_address_sees_and_leaves_the_same(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    known, unknown = app.test_client(), app.test_client()
    answers = [
        post(client, "/start-afresh", {"mail": mail})
        for client, mail in ((known, cast.alice.mail), (unknown, "xlice@mail.example"))
    ]
    assert answers[0].location == answers[1].location == "/start-afresh/code"
    hide = re.compile(r'csrf_token" value="[^"]+"|X-CSRFToken": "[^"]+"')
    pages = [hide.sub("", client.get("/start-afresh/code").text) for client in (known, unknown)]
    assert pages[0] == pages[1]
    with tools.database.reading() as stores:
        rows = stores.identity.scalars(select(Verification)).all()
        assert len({len(row.sealed_mail) for row in rows}) == 1
        assert len(rows) == 2
    found = {one["to"]: one["body"] for one in letters(tools, tmp_path)}
    assert code_in({"body": found[cast.alice.mail]})
    assert not code_in({"body": found["xlice@mail.example"]})
    refused = post(unknown, "/start-afresh/code", {"code": "123456"})
    assert refused.status_code == 422


def test_no_code_of_another_purpose_opens_it(app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    """The mutant: a proven address of somebody who is signing up begins nobody afresh."""
    client = app.test_client()
    post(client, "/sign-up", {"mail": "new@farm.example"})
    code = code_in(letters(tools, tmp_path)[0])
    assert post(client, "/sign-up/code", {"code": code}).status_code == 303
    assert client.get("/start-afresh/password").location == "/start-afresh"


def test_no_step_without_the_one_before(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    assert client.get("/start-afresh/code").location == "/start-afresh"
    post(client, "/start-afresh", {"mail": cast.alice.mail})
    assert client.get("/start-afresh/password").location == "/start-afresh"
    assert client.get("/start-afresh/recovery").location == "/start-afresh"


def test_five_wrong_codes_end_it(client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    post(client, "/start-afresh", {"mail": cast.alice.mail})
    code = code_in(letters(tools, tmp_path)[0])
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    for _ in range(4):
        assert post(client, "/start-afresh/code", {"code": wrong}).status_code == 422
    assert post(client, "/start-afresh/code", {"code": wrong}).location == "/start-afresh"
    assert client.get("/start-afresh/password").location == "/start-afresh"


def test_who_waits_goes_on_waiting(client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    assert start_afresh(client, tools, tmp_path, cast.grace).location == "/waiting"
    with tools.database.reading() as stores:
        assert stores.identity.get_one(Member, cast.grace.member_id).state == "waiting"


def test_who_is_leaving_does_not_come_back_this_way(
    client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    begin(client, tools, tmp_path, cast.alice.mail)
    with tools.database.transaction("identity") as stores:
        stores.identity.get_one(Member, cast.alice.member_id).state = "leaving"
    assert client.get("/start-afresh/password").location == "/start-afresh"


def test_weak_password_and_no_tick(client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    begin(client, tools, tmp_path, cast.alice.mail)
    response = post(client, "/start-afresh/password", {"password": "みじかい"})
    assert response.status_code == 422
    assert 'id="f-password-error"' in response.text
    assert 'id="f-understood-error"' in response.text


def test_it_is_in_the_security_log(client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    from app.logs.models import SecurityEntry

    start_afresh(client, tools, tmp_path, cast.alice)
    with tools.database.reading() as stores:
        assert "member.began-afresh" in set(stores.identity.scalars(select(SecurityEntry.event)))


def test_sessions_of_others_stay(app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    bob = signed_in(app, cast.bob)
    start_afresh(client, tools, tmp_path, cast.alice)
    assert is_in(bob)
    with tools.database.reading() as stores:
        owners = list(stores.identity.scalars(select(SignInSession.member_id)))
    assert sorted(owners) == sorted([cast.alice.member_id, cast.bob.member_id])
