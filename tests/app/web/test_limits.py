"""One bucket a session and one an address; what it keeps tells nobody what somebody did."""

import hmac
import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import SetClock
from app.settings import Settings
from app.web.limits import RateBucket, make_limiter, network_of
from app.wiring import Toolbox
from tests.app.questions.makers import SITUATION, make_question, published
from tests.app.queues.stage import ask_question, work
from tests.cast import Cast, make_cast, signed_in, token_in
from tests.conftest import make_app, make_tools


def test_a_bucket_empties_and_refills_by_the_minute(tools: Toolbox) -> None:
    limiter = make_limiter(tools)
    limit = tools.settings.rate_per_minute
    assert limiter.take(["address|192.0.2.1"], limit, 1_000_000)
    assert not limiter.take(["address|192.0.2.1"], 1, 1_000_000)
    assert limiter.take(["address|192.0.2.2"], 1, 1_000_000)
    assert limiter.take(["address|192.0.2.1"], limit // 2, 1_000_030)
    assert not limiter.take(["address|192.0.2.1"], limit // 2, 1_000_030)


def test_a_refused_try_costs_nothing_and_a_bucket_never_holds_more_than_a_minute(tools: Toolbox) -> None:
    limiter = make_limiter(tools)
    limit = tools.settings.rate_per_minute
    limiter.take(["address|192.0.2.1"], limit, 1_000_000)
    for _ in range(10):
        limiter.take(["address|192.0.2.1"], limit, 1_000_000)
    assert limiter.take(["address|192.0.2.1"], limit, 1_003_600)
    assert not limiter.take(["address|192.0.2.1"], 1, 1_003_600)


def test_a_process_pays_out_of_its_purse_and_gives_nobody_more_than_the_bucket_holds(tools: Toolbox) -> None:
    one, other = (replace(make_limiter(tools), per_minute=120) for _ in range(2))
    paid = [limiter.spend(["address|192.0.2.1", "session|x"], 1_000_000) for _ in range(80) for limiter in (one, other)]
    assert sum(paid) == 120
    assert paid[:118] == [True] * 118
    assert one.spend(["address|192.0.2.1"], 1_000_061)
    fresh = replace(make_limiter(tools), per_minute=120)
    assert fresh.spend(["address|192.0.2.9"], 2_000_000)
    assert fresh.spend(["address|192.0.2.9"], 2_000_100)  # what was left after a minute is gone
    with tools.database.reading() as stores:
        tokens = {row.refilled: row.tokens for row in stores.identity.scalars(select(RateBucket))}
    assert tokens[2_000_100] == 117


def test_buckets_are_forgotten_after_a_day(tools: Toolbox) -> None:
    limiter = make_limiter(tools)
    limiter.take(["address|192.0.2.1"], 1, 1_000_000)
    limiter.forget(1_000_000 + 86_401)
    with tools.database.reading() as stores:
        assert stores.identity.scalars(select(RateBucket)).all() == []


def test_too_many_requests_get_a_kind_page(tmp_path) -> None:  # type: ignore[no-untyped-def]
    tools = make_tools(tmp_path, rate_per_minute=3)
    client = make_app(tools).test_client()
    answers = [client.get("/who-sees-what").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert "少し待ってください" in client.get("/who-sees-what").text
    assert client.get("/healthz").status_code == 200


def test_the_address_is_not_kept_readable(tools: Toolbox, app: Flask) -> None:
    app.test_client().get("/", environ_base={"REMOTE_ADDR": "203.0.113.77"})
    for name in ("identity.db", "identity.db-wal"):
        assert b"203.0.113.77" not in (tools.database.folder / name).read_bytes()


def test_a_whole_ipv6_network_is_one_caller() -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("192.0.2.1") == "192.0.2.1"


def test_an_account_opens_so_many_texts_a_day_whatever_its_address_and_session(tmp_path) -> None:  # type: ignore[no-untyped-def]
    tools = make_tools(tmp_path, texts_per_day=10)
    cast = make_cast(tools)
    thread_id = ask_question(tools, cast.alice)
    work(tools, hours=5)
    app = make_app(tools)
    path = f"/threads/{thread_id}"
    answers = [
        signed_in(app, cast.bob).get(path, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}).status_code for n in range(12)
    ]
    assert answers == [200] * 10 + [429] * 2
    refused = signed_in(app, cast.bob).get(path).text
    assert "きょうはここまでです" in refused
    assert signed_in(app, cast.bob).get("/ask").status_code == 200
    assert signed_in(app, cast.alice).get(path).status_code == 200  # another account has a day of its own
    assert isinstance(tools.clock, SetClock)
    tools.clock.move(hours=24)
    assert signed_in(app, cast.bob).get(path).status_code == 200


@pytest.mark.parametrize("kind", ["answer", "followup"])
@pytest.mark.parametrize(
    "typed", [{"do": "back", "text": "x"}, {"text": ""}, {"text": "網" * 8001}], ids=["back", "empty", "long"]
)
def test_a_form_that_comes_back_shows_no_more_threads(tmp_path, kind: str, typed: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    tools = make_tools(tmp_path, texts_per_day=10)
    cast = make_cast(tools)
    threads = [published(tools, cast.alice, make_question(title=f"問い{n}です")) for n in range(12)]
    client = signed_in(make_app(tools), cast.bob)
    page = client.get(f"/threads/{threads[0]}")
    data = {"csrf_token": token_in(page), **typed}
    read = [client.post(f"/threads/{one}/{kind}", data=data).text for one in threads]
    assert sum(SITUATION in text for text in read) == 9
    mine = re.search(r'name="opened" value="([0-9a-f]+)"', page.text)
    assert mine
    marked = {**data, "opened": mine[1]}
    again = client.post(f"/threads/{threads[0]}/{kind}", data=marked)
    assert again.status_code == 422  # what was read already comes back with what was typed, as often as it takes
    assert SITUATION in again.text
    assert SITUATION not in client.post(f"/threads/{threads[-1]}/{kind}", data=marked).text
    tools.clock.move(hours=24)  # type: ignore[attr-defined]
    client = signed_in(make_app(tools), cast.bob)
    for one in threads[:10]:
        assert client.get(f"/threads/{one}").status_code == 200
    assert (
        client.post(f"/threads/{threads[0]}/{kind}", data={**marked, "csrf_token": data["csrf_token"]}).status_code
        != 422
    )


def test_ones_own_questions_are_not_counted(tmp_path) -> None:  # type: ignore[no-untyped-def]
    tools = make_tools(tmp_path, texts_per_day=10)
    cast = make_cast(tools)
    thread_id = published(tools, cast.alice)
    alice = signed_in(make_app(tools), cast.alice)
    assert {alice.get(f"/threads/{thread_id}").status_code for _ in range(12)} == {200}


def test_ten_thousand_threads_take_more_than_a_month() -> None:
    assert 10_000 / Settings().texts_per_day > 33


def test_what_counts_reading_tells_neither_who_nor_when(tools: Toolbox, cast: Cast) -> None:
    limiter = make_limiter(tools)
    limiter.open_text("label of somebody's secret", 1, 1_000_000)
    with tools.database.reading() as stores:
        row = stores.identity.scalars(select(RateBucket)).one()
    assert row.refilled % 86_400 == 0
    guesses = {
        hmac.new(limiter.key, f"{1_000_000 // 86_400}|reader|{person.member_id}".encode(), "sha256").hexdigest()
        for person in cast.people.values()
    }
    assert row.label not in guesses
