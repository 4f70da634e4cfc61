"""Reading: audience times viewer on the real routes, and nobody learns of what is not theirs."""

import pytest
from flask import Flask

from app.keystore import DataKey
from app.questions.models import Thread
from app.wiring import Toolbox
from privacy.scopes import Audience
from tests.app.questions.makers import TITLE, answer, ask, index, make_question, publish, published
from tests.cast import Cast, make_person, post, signed_in, viewer_of

READERS = {
    Audience.EXPERTS: {"alice": 200, "bob": 404, "carol": 404, "dave": 404, "erin": 404, "frank": 403, "grace": 403},
    Audience.DOMAIN: {"alice": 200, "bob": 200, "carol": 200, "dave": 404, "erin": 200, "frank": 403, "grace": 403},
    Audience.ALL: {"alice": 200, "bob": 200, "carol": 200, "dave": 404, "erin": 200, "frank": 403, "grace": 403},
}


@pytest.mark.parametrize("audience", list(READERS))
def test_who_reads_what(app: Flask, tools: Toolbox, cast: Cast, audience: Audience) -> None:
    thread_id = published(tools, cast.alice, make_question(audience=audience))
    for who, expected in READERS[audience].items():
        client = signed_in(app, cast[who])
        assert client.get(f"/threads/{thread_id}").status_code == expected, who
        listed = TITLE in client.get("/threads").text
        assert listed == (expected == 200), who


def test_a_visitor_is_asked_to_sign_in(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    response = app.test_client().get(f"/threads/{thread_id}")
    assert response.status_code == 303
    assert "/sign-in" in response.headers["Location"]


@pytest.mark.parametrize("audience", [Audience.DOMAIN, Audience.ALL])
def test_another_domain(app: Flask, tools: Toolbox, cast: Cast, audience: Audience) -> None:
    hanna = make_person(tools, "hanna", cast.organisations["B"], subjects=("oyster",))
    thread_id = published(tools, cast.alice, make_question(audience=audience))
    expected = 200 if audience is Audience.ALL else 404
    assert signed_in(app, hanna).get(f"/threads/{thread_id}").status_code == expected


def test_a_second_answer_is_folded_away_until_one_is_begun(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    folded = '<details class="disclosure"><summary>もう一つ回答する'
    assert "もう一つ回答する" not in signed_in(app, cast.bob).get(f"/threads/{thread_id}").text
    answer(tools, cast.bob, thread_id)
    publish(tools)
    bob = signed_in(app, cast.bob)
    assert folded in bob.get(f"/threads/{thread_id}").text
    typed = {"place": f"answer {thread_id}", "text": "もう一つあります。", "back": f"/threads/{thread_id}"}
    post(bob, "/reply-draft", dict(typed), page=f"/threads/{thread_id}")
    page = bob.get(f"/threads/{thread_id}").text
    assert folded not in page
    assert "もう一つ回答する" in page


def test_not_yours_looks_like_not_there(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    client = signed_in(app, cast.dave)
    there, nowhere = client.get(f"/threads/{thread_id}"), client.get(f"/threads/{'0' * 32}")
    assert there.status_code == nowhere.status_code == 404
    assert there.text.replace(thread_id, "0" * 32) == nowhere.text


def test_an_excluded_circle_reads_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, excluded=[viewer_of(tools, cast.bob).circle])
    index(tools, thread_id)
    client = signed_in(app, cast.bob)
    assert client.get(f"/threads/{thread_id}").status_code == 404
    assert TITLE not in client.get("/threads").text
    assert signed_in(app, cast.carol).get(f"/threads/{thread_id}").status_code == 200


def test_the_asker_sees_a_waiting_question_and_nobody_else_does(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice)
    page = signed_in(app, cast.alice).get(f"/threads/{thread_id}")
    assert page.status_code == 200
    assert "公開待ち" in page.text
    assert TITLE in page.text
    for who in ("bob", "dave", "erin"):
        assert signed_in(app, cast[who]).get(f"/threads/{thread_id}").status_code == 404


def test_roles_only_and_dates_only(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id)
    publish(tools)
    page = signed_in(app, cast.alice).get(f"/threads/{thread_id}").text
    assert "質問者" in page
    assert "回答者1" in page
    assert "2026年11月20日" in page
    for hidden in ("長野", "ニジマス</li>", cast.bob.member_id, "架空水産", "17:00"):
        assert hidden not in page


def test_a_hidden_subject_is_on_no_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    question = make_question(
        subject="coho-salmon", title="深さの違いについて", fields={"situation": "様子を見ています。"}
    )
    published(tools, cast.alice, question)
    client = signed_in(app, cast.bob)
    assert "深さの違い" in client.get("/threads?about=salmonids").text
    for subject in ("coho-salmon", "rainbow-trout"):
        assert "深さの違い" not in client.get(f"/threads?about={subject}").text


def test_text_that_was_erased_is_gone_and_the_page_stands(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    with tools.database.transaction("keys") as stores:
        with tools.database.reading() as other:
            key_id = other.content.get_one(Thread, thread_id).key_id
        stores.keys.delete(stores.keys.get_one(DataKey, key_id))
    page = signed_in(app, cast.bob).get(f"/threads/{thread_id}")
    assert page.status_code == 200
    assert TITLE not in page.text
    assert "取り下げ" in page.text


@pytest.mark.parametrize("path", ["answer", "followup", "accept"])
def test_get_is_refused_on_posts(app: Flask, tools: Toolbox, cast: Cast, path: str) -> None:
    thread_id = published(tools, cast.alice)
    assert signed_in(app, cast.bob).get(f"/threads/{thread_id}/{path}").status_code == 405
