"""Signing up: short steps, a code or a link, nothing half-made, no word on who has an account."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Member, Organisation, Verification, Wrap
from app.accounts.organisations import get_organisation
from app.clock import SetClock
from app.wiring import Toolbox
from tests.app.accounts.walk import (
    ABOUT,
    ask_for_code,
    members,
    prove,
    take_mail,
    walk,
    walk_to_recovery,
)
from tests.cast import PASSWORD, SUBJECTS, Cast, Person, post, sign_in, viewer_of
from tests.conftest import make_app, make_tools

NEW = "shinjin@mail.example"


def person(tools: Toolbox, mail: str) -> Member:
    with tools.database.reading() as stores:
        return stores.identity.scalars(select(Member).where(Member.mail_index == tools.vault.index("mail", mail))).one()


def test_by_join_code(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    spoken = cast.codes["A"].lower().replace("-", " ")
    response = walk(client, tools, NEW, {"way": "code", "join_code": spoken})
    assert (response.status_code, response.location) == (303, "/")
    assert client.get("/account").status_code == 200
    alice = viewer_of(tools, cast.alice)
    row = person(tools, NEW)
    assert row.state == "active"
    fresh = Person("new", NEW, PASSWORD, row.id, "", alice.secret, "")
    assert viewer_of(tools, fresh).organisation_id == alice.organisation_id
    assert viewer_of(tools, fresh).attributes == {key.removeprefix("attribute_"): value for key, value in ABOUT.items()}
    assert viewer_of(tools, fresh).subjects == tuple(sorted(SUBJECTS))
    client.delete_cookie("__Host-shiome")
    sign_in(client, fresh)


def test_by_mail_domain(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    prove(client, tools, "shinjin@b.example")
    assert "架空水産B" in client.get("/sign-up/organisation").text
    assert post(client, "/sign-up/organisation", {"way": "domain"}).location == "/sign-up/about"


def test_mail_domain_is_only_for_addresses_at_it(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    prove(client, tools, NEW)
    assert "架空水産" not in client.get("/sign-up/organisation").text
    assert post(client, "/sign-up/organisation", {"way": "domain"}).status_code == 422


def test_new_organisation_waits(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    response = walk(client, tools, NEW, {"way": "new", "organisation_name": " 澪つくし  養魚場 "})
    assert response.location == "/waiting"
    assert "確認を待っています" in client.get("/waiting").text
    assert person(tools, NEW).state == "waiting"
    with tools.database.reading() as stores:
        rows = stores.identity.scalars(select(Organisation).where(Organisation.verified.is_(False))).all()
        names = {get_organisation(stores, tools.vault, row.id).name for row in rows}
    assert "澪つくし 養魚場" in names


def test_link_in_another_browser(app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    words = ask_for_code(client, tools, NEW)
    path = words["link"].removeprefix("https://shiome.example")
    assert path.startswith("/sign-up/link/")
    reader = app.test_client()
    for _ in range(3):  # a mail scanner opens it too
        assert "確認して進む" in reader.get(path).text
    assert post(reader, path).location == "/sign-up/organisation"
    assert reader.get("/sign-up/organisation").status_code == 200
    # whoever only asked for the mail is not let in by the reader's click
    assert post(client, "/sign-up/code", {"code": words["code"]}).location == "/sign-up"
    assert client.get("/sign-up/organisation").location == "/sign-up"
    assert app.test_client().get(path).location == "/sign-up"


def test_used_code_opens_nothing_again(app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    words = ask_for_code(client, tools, NEW)
    post(client, "/sign-up/code", {"code": words["code"]})
    other = app.test_client()
    ask_for_code(other, tools, NEW)
    assert post(other, "/sign-up/code", {"code": words["code"]}).status_code == 422


def test_wrong_codes_end_after_five(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    code = ask_for_code(client, tools, NEW)["code"]
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    for _ in range(4):
        response = post(client, "/sign-up/code", {"code": wrong})
        assert response.status_code == 422
        assert "コードが違うようです" in response.text
    assert post(client, "/sign-up/code", {"code": wrong}).location == "/sign-up"
    assert client.get("/sign-up/organisation").location == "/sign-up"


def test_fourth_slip_then_right(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    code = ask_for_code(client, tools, NEW)["code"]
    for _ in range(4):
        post(client, "/sign-up/code", {"code": "0000-0000" if code != "0000-0000" else "1111-1111"})
    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert post(client, "/sign-up/code", {"code": f" {wide[:3]} {wide[3:]}"}).location == "/sign-up/organisation"


@pytest.mark.parametrize(("seconds", "status"), [(599, 303), (601, 303)])
def test_ten_minutes(
    client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, seconds: int, status: int
) -> None:
    words = ask_for_code(client, tools, NEW)
    clock.move(seconds=seconds)
    response = post(client, "/sign-up/code", {"code": words["code"]})
    assert response.status_code == status
    assert response.location == ("/sign-up/organisation" if seconds < 600 else "/sign-up")
    path = words["link"].removeprefix("https://shiome.example")
    assert client.get(path).location == "/sign-up"


def test_steps_end_after_an_hour(client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast) -> None:
    code = walk_to_recovery(client, tools, NEW, {"way": "code", "join_code": cast.codes["A"]})
    page = client.get("/sign-up/recovery")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token
    clock.move(seconds=3601)
    response = client.post("/sign-up/recovery", data={"csrf_token": token[1], "last_group": code[-4:]})
    assert response.location == "/sign-up"
    assert members(tools) == len(cast.people)


def test_nothing_is_half_made(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    with tools.database.reading() as stores:
        before = len(stores.identity.scalars(select(Organisation)).all())
    walk_to_recovery(client, tools, NEW, {"way": "new", "organisation_name": "澪つくし養魚場"})
    with tools.database.reading() as stores:
        assert len(stores.identity.scalars(select(Organisation)).all()) == before
        assert len(stores.identity.scalars(select(Wrap)).all()) == 2 * len(cast.people)
    assert members(tools) == len(cast.people)


def test_last_group_must_be_typed_back(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    code = walk_to_recovery(client, tools, NEW, {"way": "code", "join_code": cast.codes["A"]})
    response = post(client, "/sign-up/recovery", {"last_group": "0000" if code[-4:] != "0000" else "1111"})
    assert response.status_code == 422
    assert "最後の4文字が合いません" in response.text
    assert members(tools) == len(cast.people)
    assert post(client, "/sign-up/recovery", {"last_group": code[-4:]}).status_code == 303
    with tools.database.reading() as stores:
        assert stores.identity.scalars(select(Verification)).all() == []


def test_finishing_twice_makes_one_member(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    code = walk_to_recovery(client, tools, NEW, {"way": "code", "join_code": cast.codes["A"]})
    steps = client.get_cookie("__Host-shiome-steps")
    assert steps
    assert post(client, "/sign-up/recovery", {"last_group": code[-4:]}).location == "/"
    client.set_cookie("__Host-shiome-steps", steps.value, secure=True, path="/")
    assert post(client, "/sign-up/recovery", {"last_group": code[-4:]}, page="/account").location == "/sign-up"
    client.set_cookie("__Host-shiome-steps", steps.value, secure=True, path="/")
    assert client.get("/sign-up/recovery").location == "/sign-up"
    assert members(tools) == len(cast.people) + 1


def test_two_sign_ups_of_one_address(app: Flask, tools: Toolbox, cast: Cast) -> None:
    first, second = app.test_client(), app.test_client()
    way = {"way": "code", "join_code": cast.codes["A"]}
    one, two = walk_to_recovery(first, tools, NEW, way), walk_to_recovery(second, tools, NEW, way)
    assert post(first, "/sign-up/recovery", {"last_group": one[-4:]}).location == "/"
    assert post(second, "/sign-up/recovery", {"last_group": two[-4:]}).location == "/sign-up"
    assert members(tools) == len(cast.people) + 1


# ---------------------------------------------------------------- bad input


def test_bad_address_is_kept_and_explained(client: FlaskClient, tools: Toolbox) -> None:
    for typed in ("", "tarou", "na mae@example.jp", "a@b", "a@@example.jp", "x" * 65 + "@example.jp"):
        response = post(client, "/sign-up", {"mail": typed})
        assert response.status_code == 422, typed
        assert 'id="f-mail-error"' in response.text
        assert f'value="{typed}"' in response.text
        # the message itself never repeats it
        assert not typed or typed not in re.sub(r'value="[^"]*"', "", response.text)


def test_unknown_join_code(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    prove(client, tools, NEW)
    response = post(client, "/sign-up/organisation", {"way": "code", "join_code": "AAAA-BBBB-CCCC"})
    assert response.status_code == 422
    assert 'id="f-join_code-error"' in response.text
    assert 'value="AAAA-BBBB-CCCC"' in response.text


def test_unknown_attribute_and_no_subject(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    prove(client, tools, NEW)
    post(client, "/sign-up/organisation", {"way": "code", "join_code": cast.codes["A"]})
    response = post(client, "/sign-up/about", {**ABOUT, "attribute_area": "atlantis"})
    assert response.status_code == 422
    assert 'id="f-attribute_area-error"' in response.text
    assert 'id="f-subjects-error"' in response.text
    assert re.search(r'value="3-9"[^>]*checked', response.text)


def test_what_is_wrong_with_the_work_is_told_apart(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    prove(client, tools, NEW)
    post(client, "/sign-up/organisation", {"way": "code", "join_code": cast.codes["A"]})
    page = post(client, "/sign-up/about", {}).text
    listed = re.findall(r'<li><a href="#f-[^"]+">(.*?)</a>', page)
    assert len(listed) == len(set(listed)) == len(tools.trade.attributes) + 1
    assert "扱っているもの：ひとつ以上選んでください。" in listed


def test_what_one_works_with_is_one_question_over_all_groups(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    prove(client, tools, NEW)
    post(client, "/sign-up/organisation", {"way": "code", "join_code": cast.codes["A"]})
    page = post(client, "/sign-up/about", {}).text
    whole = page.partition('id="f-subjects"')[2]
    first = whole.partition("<legend>サケ・マス類")[0]
    assert 'aria-describedby="f-subjects-hint f-subjects-error"' in first
    assert 'id="f-subjects-error"' in first
    assert "<legend>扱っているもの</legend>" in first
    assert 'name="subjects"' not in first
    assert page.count('id="f-subjects-error"') == 1


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("みじかい", "10文字以上"),
        ("password1234", "推測されやすい"),
        ("ｐａｓｓｗｏｒｄ１２３４", "推測されやすい"),
        ("aaaaaaaaaaaaaa", "推測されやすい"),
        ("shinjin@mail.example", "メールアドレスと違う"),
        ("x1" * 150, "200文字まで"),
    ],
)
def test_weak_passwords(client: FlaskClient, tools: Toolbox, cast: Cast, password: str, words: str) -> None:
    prove(client, tools, NEW)
    post(client, "/sign-up/organisation", {"way": "code", "join_code": cast.codes["A"]})
    post(client, "/sign-up/about", {**ABOUT, "subjects": list(SUBJECTS)})
    response = post(client, "/sign-up/password", {"password": password})
    assert response.status_code == 422
    assert words in response.text
    assert password not in response.text


@pytest.mark.parametrize("step", ["code", "organisation", "about", "password", "recovery"])
def test_no_step_without_the_one_before(client: FlaskClient, tools: Toolbox, cast: Cast, step: str) -> None:
    assert client.get(f"/sign-up/{step}").location == "/sign-up"
    ask_for_code(client, tools, NEW)
    if step != "code":
        assert client.get(f"/sign-up/{step}").location == "/sign-up"


def test_a_changed_draft_is_no_draft(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    prove(client, tools, NEW)
    cookie = client.get_cookie("__Host-shiome-steps")
    assert cookie
    value = cookie.value[:60] + ("A" if cookie.value[60] != "A" else "B") + cookie.value[61:]
    client.set_cookie("__Host-shiome-steps", value, secure=True, path="/")
    assert client.get("/sign-up/organisation").location == "/sign-up"


# ---------------------------------------------------------------- who has an account


def test_known_address_gets_the_same_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    known, unknown = app.test_client(), app.test_client()
    one = post(known, "/sign-up", {"mail": cast.alice.mail})
    mail = take_mail(tools)
    two = post(unknown, "/sign-up", {"mail": NEW})
    assert take_mail(tools)["words"].keys() == {"code", "link", "minutes"}
    assert (mail["address"], mail["words"]) == (cast.alice.mail, {})
    assert (one.status_code, one.location, one.data) == (two.status_code, two.location, two.data)
    tokens = re.compile(r'(csrf_token" value="|X-CSRFToken": ")[^"]+|value="[^"]{60,}"')
    pages = [tokens.sub("", at.get("/sign-up/code").text) for at in (known, unknown)]
    assert pages[0] == pages[1]
    codes = [post(at, "/sign-up/code", {"code": "0000-0000"}) for at in (known, unknown)]
    assert tokens.sub("", codes[0].text) == tokens.sub("", codes[1].text)
    assert codes[0].status_code == codes[1].status_code == 422
    sizes = {len(at.get_cookie("__Host-shiome-steps").value) for at in (known, unknown)}  # type: ignore[union-attr]
    assert len(sizes) == 1


def test_no_code_proves_a_known_address(client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    post(client, "/sign-up", {"mail": cast.alice.mail})
    told = take_mail(tools)
    assert (told["kind"], told["words"]) == ("account_exists", {})
    for code in ("0000-0000", "None", "-"):
        assert post(client, "/sign-up/code", {"code": code}).status_code == 422


def test_mails_and_codes_cost(tmp_path_factory: pytest.TempPathFactory) -> None:
    tools = make_tools(tmp_path_factory.mktemp("limited"), rate_per_minute=35)
    client = make_app(tools).test_client()
    statuses = [post_quietly(client, NEW) for _ in range(4)]
    assert statuses[-1] == 429
    tools.database.close()


def post_quietly(client: FlaskClient, mail: str) -> int:
    page = client.get("/sign-up")
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    return client.post("/sign-up", data={"csrf_token": found[1] if found else "", "mail": mail}).status_code


@pytest.mark.parametrize(
    "odd", ["=?utf-8?q?evil=40evil.example=2C?=@farm.example", "[x]@farm.example", "あ@farm.example", ".x@farm.example"]
)
def test_an_address_that_a_mail_program_reads_otherwise_is_refused(client: FlaskClient, odd: str) -> None:
    assert post(client, "/sign-up", {"mail": odd}).status_code == 422
    assert post(client, "/sign-up", {"mail": "ume..taro.@mobile.example"}).status_code == 303
