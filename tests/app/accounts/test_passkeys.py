"""Passkeys: added after the password, opening the same secret with one tap, and refused for everything that is not so."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from app.accounts import ceremony
from app.accounts.ceremony import is_copied, relying_party
from app.accounts.models import Passkey
from app.accounts.passkey_rows import MOST
from app.clock import SetClock
from app.logs.models import SecurityEntry
from app.wiring import Toolbox
from tests.app.accounts.authenticator import Device, Resident, add, ask, begin, enter, registered, send
from tests.app.accounts.test_fresh_start import secret_of
from tests.app.accounts.test_session import is_in
from tests.app.questions.makers import published
from tests.cast import Cast, csrf_of, make_cast, post, sign_in, signed_in
from tests.conftest import make_app, make_tools

REFUSED = "指紋や顔では入れませんでした"


@pytest.fixture
def phone(app: Flask, cast: Cast) -> Device:
    """Alice's phone, registered."""
    return registered(signed_in(app, cast.alice), cast.alice)


def rows(tools: Toolbox) -> list[Passkey]:
    with tools.database.reading() as stores:
        return list(stores.identity.scalars(select(Passkey)))


def events(tools: Toolbox) -> list[str]:
    with tools.database.reading() as stores:
        return list(stores.identity.scalars(select(SecurityEntry.event).order_by(SecurityEntry.number)))


def refused(client: FlaskClient, answer: dict[str, str]) -> bool:
    response = send(client, answer)
    return response.status_code == 422 and REFUSED in response.text and not is_in(client)


# ---------------------------------------------------------------- it works


def test_one_tap_opens_the_same_secret(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, phone: Device
) -> None:
    thread = published(tools, cast.alice)
    answer = enter(client, phone, next="/mine")
    assert (answer.status_code, answer.location) == (303, "/mine")
    assert secret_of(client, tools) == cast.alice.secret
    assert thread in client.get("/mine").text
    assert events(tools) == ["passkey.added"], "signing in is nobody's business"


def test_the_list_tells_label_and_day_and_forgets(
    app: Flask, client: FlaskClient, tools: Toolbox, clock: SetClock, cast: Cast, phone: Device
) -> None:
    clock.move(hours=24)
    sign_in(client, cast.alice)
    add(client, Device(), label="  潮見の  タブレット ")
    page = client.get("/account").text
    assert "自分の電話" in page
    assert "潮見の タブレット" in page
    assert "2026年11月20日に登録" in page
    assert "2026年11月21日に登録" in page
    first = re.search(r"/account/passkeys/([0-9a-f]{64})/remove", page)
    assert first
    assert post(client, first[0], page="/account").location == "/account"
    assert "自分の電話" not in client.get("/account").text
    other = app.test_client()
    assert refused(other, phone.use(ask(other)))
    assert len(rows(tools)) == 1
    assert events(tools)[-2:] == ["passkey.removed", "sign-in.failed"]


def test_several_devices_and_no_more_than_five(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client, devices = signed_in(app, cast.alice), [Device() for _ in range(MOST)]
    for number, device in enumerate(devices):
        assert add(client, device, label=f"端末{number}").location == "/account"
    assert "5つまで" in add(client, Device()).text
    for device in devices:
        other = app.test_client()
        assert enter(other, device).status_code == 303
        assert secret_of(other, tools) == cast.alice.secret


def test_own_phone_stays(client: FlaskClient, clock: SetClock, phone: Device) -> None:
    enter(client, phone, own_phone="1")
    clock.move(hours=24 * 13)
    assert is_in(client)


def test_a_new_password_leaves_them_and_ends_every_session(app: Flask, cast: Cast, phone: Device) -> None:
    by_key, by_word = app.test_client(), signed_in(app, cast.alice)
    enter(by_key, phone)
    post(by_word, "/account/password", {"current": cast.alice.password, "password": "沖の灯りを数える長い夜"})
    assert not is_in(by_key)
    assert "見おぼえのない端末" in by_word.get("/account").text, "whoever knew the password may have registered one"
    assert enter(by_key, phone).status_code == 303
    post(by_word, "/account/sign-out-everywhere", page="/account")
    assert not is_in(by_key)


def test_what_was_typed_comes_back_after_one_tap(
    client: FlaskClient, clock: SetClock, cast: Cast, phone: Device
) -> None:
    sign_in(client, cast.alice)
    fields = {"title": "網の汚れについて", "field_situation": "三日前からです。", "subject": "rainbow-trout"}
    token = client.get("/ask").text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', token)
    assert found
    clock.move(hours=1)
    ended = client.post("/ask/preview", data={"csrf_token": found[1], **fields})
    assert ended.status_code == 401
    carried = dict(re.findall(r'name="(resume[^"]+)" value="([^"]*)"', ended.text))
    back = enter(client, phone, **carried)
    assert back.status_code == 200
    assert "網の汚れについて" in back.text


def test_a_name_on_the_device_is_the_label_and_never_the_address(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.alice)
    whole = json.dumps(begin(client))
    assert [word for word in (cast.alice.mail, cast.alice.member_id, "alice") if word in whole] == []


def test_the_handle_leads_nowhere(app: Flask, cast: Cast, phone: Device) -> None:
    tablet = registered(signed_in(app, cast.alice), cast.alice)
    assert (
        phone.keys[0].handle == tablet.keys[0].handle != registered(signed_in(app, cast.bob), cast.bob).keys[0].handle
    )
    assert len(phone.keys[0].handle) == 16
    assert phone.keys[0].handle not in cast.alice.secret


# ---------------------------------------------------------------- adding is refused


def test_not_without_the_password(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    assert post(client, "/account/passkeys/add", {"current": "ちがうことばです"}).status_code == 422
    assert client.get("/account/passkeys/add/confirm").location == "/account/passkeys/add"


def test_a_passkey_without_prf_is_refused_with_what_still_works(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    answer = add(client, Device(has_prf=False))
    assert answer.status_code == 422
    assert "パスワードと復旧コードは、これまでどおり使えます" in answer.text
    assert rows(tools) == []


@pytest.mark.parametrize(
    "change",
    [{"origin": "https://shiome.example.evil.example"}, {"rp": "evil.example"}, {"is_verified": False}],
    ids=lambda change: next(iter(change)),
)
def test_what_is_made_elsewhere_or_without_a_finger_is_refused(
    app: Flask, tools: Toolbox, cast: Cast, change: dict[str, object]
) -> None:
    assert add(signed_in(app, cast.alice), Device().but(**change)).status_code == 422
    assert rows(tools) == []


def test_a_challenge_makes_one_passkey_in_one_session(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client, other = signed_in(app, cast.alice), signed_in(app, cast.alice)
    path, first, second = "/account/passkeys/add/confirm", Device(), Device()
    options = begin(client)
    kept = client.get_cookie("__Host-shiome-passkey")
    assert kept
    other.set_cookie("__Host-shiome-passkey", kept.value, secure=True)
    fields = {"label": "電話", **first.make(options)}
    assert other.get(path).location == "/account/passkeys/add"
    assert post(client, path, fields).location == "/account"
    client.set_cookie("__Host-shiome-passkey", kept.value, secure=True)
    assert post(client, path, {"label": "電話", **second.make(options)}).status_code == 422
    assert len(rows(tools)) == 1


def test_the_same_key_twice_is_refused_and_somebody_elses_id_is_not_told(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    """Another member who makes up a key under alice's credential id is not told that it is there."""
    client = signed_in(app, cast.alice)
    phone = registered(client, cast.alice)
    taken = phone.keys[0]

    class Forger(Device):
        """Makes every key under one id."""

        def make(self, options: dict[str, Any]) -> dict[str, str]:
            whole = super().make(options)
            own, self.keys[-1].id = self.keys[-1].id, taken.id
            said = json.loads(whole["passkey"].replace(bytes_to_base64url(own), bytes_to_base64url(taken.id)))
            raw = base64url_to_bytes(said["response"]["attestationObject"])
            said["response"]["attestationObject"] = bytes_to_base64url(raw.replace(own, taken.id))
            return {**whole, "passkey": json.dumps(said)}

    assert "もう登録されています" in add(client, Forger()).text
    forger = Forger()
    assert add(signed_in(app, cast.bob), forger).location == "/account"
    mine, theirs = app.test_client(), app.test_client()
    assert enter(mine, phone).status_code == enter(theirs, forger).status_code == 303
    assert secret_of(mine, tools) == cast.alice.secret
    assert secret_of(theirs, tools) == cast.bob.secret


@pytest.mark.parametrize("label", ["", "  ", "長" * 41])
def test_a_label_is_asked_for(app: Flask, tools: Toolbox, cast: Cast, label: str) -> None:
    answer = add(signed_in(app, cast.alice), Device(), label=label)
    assert answer.status_code == 422
    assert 'id="f-label-error"' in answer.text
    assert rows(tools) == []


# ---------------------------------------------------------------- signing in is refused


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://shiome.example"},
        {"rp": "example"},
        {"is_verified": False},
        {"is_framed": True},
        {"has_prf": False},
    ],
    ids=str,
)
def test_an_answer_from_elsewhere_or_without_a_finger(
    client: FlaskClient, phone: Device, change: dict[str, object]
) -> None:
    assert refused(client, phone.but(**change).use(ask(client)))
    assert enter(client, phone).status_code == 303


def test_an_answer_counts_once(app: Flask, client: FlaskClient, tools: Toolbox, phone: Device) -> None:
    """Not again in its own browser, with its cookie put back, and not in another."""
    answer, thief = phone.use(ask(client)), app.test_client()
    kept = client.get_cookie("__Host-shiome-passkey")
    assert kept
    assert refused(thief, answer), "it is bound to the browser that asked"
    assert send(client, answer).status_code == 303
    for browser in (client, thief):
        post(browser, "/sign-out", page="/account") if is_in(browser) else None
        browser.set_cookie("__Host-shiome-passkey", kept.value, secure=True)
        assert refused(browser, answer)


def test_another_challenge_and_a_late_answer(client: FlaskClient, clock: SetClock, phone: Device) -> None:
    stale = phone.use(ask(client))
    ask(client)
    assert refused(client, stale)
    late = phone.use(ask(client))
    clock.move(seconds=601)
    assert refused(client, late)


def test_a_challenge_made_to_add_one_does_not_sign_in(
    app: Flask, client: FlaskClient, cast: Cast, phone: Device
) -> None:
    inside = signed_in(app, cast.alice)
    options = begin(inside)
    kept = inside.get_cookie("__Host-shiome-passkey")
    assert kept
    client.set_cookie("__Host-shiome-passkey", kept.value, secure=True)
    assert refused(client, phone.use(ask(app.test_client()) | {"challenge": options["challenge"]}))


def test_unknown_wrong_and_somebody_elses_look_the_same(
    app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast, phone: Device
) -> None:
    """Pages and log say one thing, whatever is wrong: nobody learns which passkeys there are."""
    bobs = registered(signed_in(app, cast.bob), cast.bob)
    unknown = Resident(phone.keys[0].handle, "")
    mine = phone.keys[0]
    other_key = Resident(mine.handle, "", id=mine.id)
    other_output = Resident(mine.handle, "", id=mine.id, private=mine.private)
    other_handle = Resident(bobs.keys[0].handle, "", id=mine.id, private=mine.private, seed=mine.seed)
    pages = set()
    other_id = Resident(mine.handle, "", private=mine.private, seed=mine.seed)  # what is opened in its place is its own
    for key in (unknown, other_key, other_output, other_handle, other_id):
        response = enter(client, phone, key)
        assert response.status_code == 422
        assert not is_in(client)
        pages.add(re.sub(r'csrf_token" value="[^"]+"|X-CSRFToken": "[^"]+"', "", response.text))
    assert len(pages) == 1
    assert events(tools)[-5:] == ["sign-in.failed"] * 5


def test_a_passkey_that_is_not_there_costs_the_same(
    client: FlaskClient, tools: Toolbox, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seconds are compared in benchmarks/enumeration.py; here it is counted what makes them."""
    seen: list[bytes] = []
    real = ceremony.verify_authentication_response

    def counting(**given: object) -> object:
        seen.append(given["credential_public_key"])  # type: ignore[arg-type]
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(ceremony, "verify_authentication_response", counting)
    mine = phone.keys[0]
    for key in (Resident(mine.handle, ""), Resident(mine.handle, "", id=mine.id)):
        enter(client, phone, key)
    assert seen == [mine.public] * 2, "the only one there is"
    with tools.database.transaction("identity") as stores:
        stores.identity.execute(delete(Passkey))
    enter(client, phone)
    assert len(seen) == 3
    assert seen[2] != mine.public


@pytest.mark.parametrize("text", ["", "{}", "[" * 20_000, "[" * 9_000, '{"id": 1}', "null", "鍵"])
def test_what_is_no_answer_is_refused(client: FlaskClient, phone: Device, text: str) -> None:
    ask(client)
    assert refused(client, {"passkey": text, "passkey_output": "?"})


def test_what_was_sent_is_not_in_the_page(client: FlaskClient, phone: Device) -> None:
    answer = phone.use(ask(client), Resident(b"x" * 16, ""))
    page = send(client, answer, mail="alice@mail.example").text
    assert answer["passkey_output"] not in page
    assert json.loads(answer["passkey"])["id"] not in page


def test_a_count_that_goes_back_tells_of_a_copy(app: Flask, client: FlaskClient, tools: Toolbox, cast: Cast) -> None:
    phone = registered(signed_in(app, cast.alice), cast.alice, counts=True)
    assert enter(client, phone).status_code == 303
    phone.keys[0].count = 0  # as a copy made on the first day
    other = app.test_client()
    assert refused(other, phone.use(ask(other)))
    assert events(tools)[-1] == "passkey.copied"
    phone.keys[0].count = 1
    assert enter(other, phone).status_code == 303


def test_counts_as_the_specification_compares_them() -> None:
    cases = {(0, 0): False, (0, 1): False, (1, 2): False, (1, 1): True, (2, 1): True, (1, 0): True}
    assert {case: is_copied(*case) for case in cases} == cases


def test_it_stands_behind_the_limiter(app: Flask, client: FlaskClient, phone: Device) -> None:
    """Of 60 tokens a minute, six tries and no more."""
    answer, token = phone.use(ask(client), Resident(b"x" * 16, "")), csrf_of(client, "/sign-in")
    object.__setattr__(app.extensions["limiter"], "per_minute", 60)
    statuses = [client.post("/sign-in/passkey", data={"csrf_token": token, **answer}).status_code for _ in range(8)]
    assert statuses.count(429) >= 2
    assert statuses.count(422) >= 2


# ---------------------------------------------------------------- addresses of the service


@pytest.mark.parametrize(
    ("base_url", "found"),
    [
        ("https://shiome.example", ("shiome.example", "https://shiome.example")),
        ("https://shiome.example:443/", ("shiome.example", "https://shiome.example")),
        ("https://Shiome.Example:8443/x", ("shiome.example", "https://shiome.example:8443")),
        ("http://localhost:8000", ("localhost", "http://localhost:8000")),
        ("https://潮目.example", ("xn--ngxy3n.example", "https://xn--ngxy3n.example")),
        ("http://127.0.0.1:8000", None),
        ("https://192.0.2.7", None),
        ("https://[2001:db8::1]", None),
        ("http://shiome.example", None),
        ("shiome.example", None),
    ],
)
def test_relying_party(base_url: str, found: tuple[str, str] | None) -> None:
    party = relying_party(base_url)
    assert (party and (party.id, party.origin)) == found


def test_at_an_ip_address_there_is_no_button(tmp_path_factory: pytest.TempPathFactory) -> None:
    tools = make_tools(tmp_path_factory.mktemp("ip"), base_url="http://127.0.0.1:8000")
    cast, client = make_cast(tools), make_app(tools).test_client()
    assert "data-passkey" not in client.get("/sign-in").text
    sign_in(client, cast.alice)
    assert "passkey" not in client.get("/account").text
    assert client.get("/account/passkeys/add").status_code == 404
    assert post(client, "/sign-in/passkey/challenge", page="/account").status_code == 404
    tools.database.close()
