"""The pages of leaving: what they say, the password asked again, and the last page."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Member, SignInSession
from app.accounts.signin import COOKIE
from app.questions.models import Thread
from app.survey import service as survey
from app.survey.models import SurveyAnswer
from app.wiring import Toolbox
from tests.app.leaving.stage import live
from tests.app.leaving.traces import traces
from tests.cast import PASSWORD, Cast, post, signed_in

FORM: dict[str, object] = {"texts": "keep", "sure": "1", "current": PASSWORD}


def test_the_way_there_is_calm(app: Flask, cast: Cast) -> None:
    browser = signed_in(app, cast.alice)
    assert 'href="/leaving"' in browser.get("/account").text
    page = browser.get("/leaving").text
    assert all(words in page for words in ("しばらく休む", "書いたものを持ち出す", "やめる"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"current": "ちがうパスワードです"}, "いまのパスワードが違います"),
        ({"current": ""}, "いまのパスワードを入力してください"),
        ({"sure": ""}, "戻せないことを確かめて"),
        ({"texts": ""}, "書いたものをどうするか"),
        ({"texts": "burn"}, "書いたものをどうするか"),
    ],
)
def test_nothing_happens_without_all_of_it(
    app: Flask, tools: Toolbox, cast: Cast, changed: dict[str, object], said: str
) -> None:
    browser = signed_in(app, cast.alice)
    fields = {name: value for name, value in {**FORM, **changed}.items() if value}
    response = post(browser, "/leaving/leave", fields)
    assert response.status_code == 422
    assert said in response.text
    assert "ちがうパスワードです" not in response.text
    with tools.database.reading() as stores:
        assert stores.identity.get(Member, cast.alice.member_id) is not None


def test_messages_stand_in_the_order_of_the_form(app: Flask, cast: Cast) -> None:
    page = post(signed_in(app, cast.alice), "/leaving/leave").text
    assert re.findall(r'<li><a href="#f-(\w+)">', page) == ["texts", "sure", "current"]


def test_leaving_ends_in_kind_words(app: Flask, tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    other = signed_in(app, cast.bob)
    browser = signed_in(app, cast.bob)
    response = post(browser, "/leaving/leave", dict(FORM))
    assert (response.status_code, response.location) == (303, "/leaving/goodbye")
    assert browser.get_cookie(COOKIE) is None
    assert "ありがとうございました" in browser.get("/leaving/goodbye").text
    assert other.get("/mine").status_code == 303, "every browser is signed out"
    assert traces(tools, life.marks, texts_kept=True) == set()
    with tools.database.reading() as stores:
        assert stores.identity.scalars(select(SignInSession.id)).all() == []


@pytest.mark.parametrize(("why", "kept"), [("time", 1), ("", 0), ("everything", 0)])
def test_one_question_may_be_answered_and_leads_to_nobody(
    app: Flask, tools: Toolbox, cast: Cast, why: str, kept: int
) -> None:
    browser = signed_in(app, cast.bob)
    assert "ひとつだけ教えてください" in browser.get("/leaving/leave").text
    assert post(browser, "/leaving/leave", {**FORM, "why": why}).status_code == 303
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(SurveyAnswer.label)))
    assert len(rows) == kept
    assert not set(rows) & set(survey.labels(cast.bob.secret))
    assert "もう一度加わる" in browser.get("/leaving/goodbye").text


def test_the_password_opens_nothing_afterwards(app: Flask, cast: Cast) -> None:
    browser = signed_in(app, cast.bob)
    post(browser, "/leaving/leave", dict(FORM))
    fields: dict[str, object] = {"mail": cast.bob.mail, "password": PASSWORD}
    assert post(app.test_client(), "/sign-in", fields).status_code == 422
    recovery: dict[str, object] = {
        "mail": cast.bob.mail, "code": cast.bob.recovery_code, "password": "あたらしいことばのならび",
    }  # fmt: skip
    assert post(app.test_client(), "/recover", recovery).status_code == 422


def test_a_withdrawn_question_says_so_to_its_readers(app: Flask, tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    post(signed_in(app, cast.bob), "/leaving/leave", {**FORM, "texts": "withdraw"})
    page = signed_in(app, cast.carol).get(f"/threads/{life.asked}").text
    assert "本文は取り下げられました" in page
    assert "うちでは水温が下がった日に" in page
    with tools.database.reading() as stores:
        assert stores.content.get_one(Thread, life.asked).sealed_text == b""


@pytest.mark.parametrize("name", ["grace", "frank", "erin"])
def test_everybody_may_leave(app: Flask, tools: Toolbox, cast: Cast, name: str) -> None:
    post(signed_in(app, cast[name]), "/leaving/leave", dict(FORM))
    with tools.database.reading() as stores:
        assert stores.identity.get(Member, cast[name].member_id) is None


def test_whoever_pauses_may_leave(app: Flask, tools: Toolbox, cast: Cast) -> None:
    life = live(tools, cast)
    browser = signed_in(app, cast.bob)
    post(browser, "/leaving/pause", page="/leaving")
    post(browser, "/leaving/leave", {**FORM, "texts": "withdraw"})
    assert traces(tools, life.marks, texts_kept=False) == set()
