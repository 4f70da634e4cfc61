"""The talk about a specification: by the author's yes, under a handle, read by two parties, ended by either."""

import re

import pytest
from flask import Flask

from app.community import consents
from app.ideas import talks
from app.ideas.models import IdeaTalk
from app.ideas.service import opener_tag
from app.wiring import Toolbox
from tests.app.ideas.makers import change, day_of, do_jobs, post_company, post_idea, to_day, work
from tests.cast import Cast, post, signed_in, token_in

ABOUT = "朝の見回りの順番を教えてください。"


def invite(app: Flask, cast: Cast, idea: str, about: str = ABOUT) -> int:
    company = signed_in(app, cast.frank)
    fields = {"about": about, "csrf_token": token_in(company.get("/ideas/new"))}
    return company.post(f"/ideas/{idea}/invite", data=fields).status_code


def state(tools: Toolbox, idea: str) -> str:
    with tools.database.reading() as stores:
        found = stores.content.get(IdeaTalk, idea)
        return "" if found is None else found.state


def test_a_talk_from_the_invitation_to_its_end(app: Flask, cast: Cast, tools: Toolbox) -> None:
    idea = post_idea(tools, cast.alice)
    path = f"/ideas/{idea}"
    assert invite(app, cast, idea) == 303
    assert invite(app, cast, idea) == 409  # asked once
    assert ABOUT not in signed_in(app, cast.bob).get(path).text
    work(tools)
    alice = signed_in(app, cast.alice)
    assert "相談の誘いがあります" in alice.get("/inbox").text
    assert ABOUT in alice.get(path).text
    assert alice.get(f"{path}/talk").status_code == 404
    assert post(alice, f"{path}/invitation", {"word": "yes"}, page=path).status_code == 303
    assert "お返事を受け取りました" in alice.get(path).text
    assert alice.get(f"{path}/talk").status_code == 404  # not before its window
    work(tools)
    alice = signed_in(app, cast.alice)
    for words in ("見回りは生けすの北から回ります。", "残餌は最後に見ます。"):
        assert post(alice, f"{path}/talk", {"text": words, "token": words[:4]}, page=f"{path}/talk").status_code == 303
        work(tools)
        alice = signed_in(app, cast.alice)
    company = signed_in(app, cast.frank)
    seen = company.get(f"{path}/talk").text
    assert "北から" in seen
    assert "残餌は" in seen
    assert "提案者" in seen
    assert post(company, f"{path}/talk", {"text": ""}, page=f"{path}/talk").status_code == 422
    assert post(company, f"{path}/talk", {"text": "ありがとうございます。"}, page=f"{path}/talk").status_code == 303
    work(tools)
    alice = signed_in(app, cast.alice)
    assert "仕様の相談に、運営会社から書き込み" in alice.get("/inbox").text
    for name in ("bob", "dave", "erin"):
        assert signed_in(app, cast[name]).get(f"{path}/talk").status_code == 404
    assert "相談を開く" not in signed_in(app, cast.bob).get(path).text
    company = signed_in(app, cast.frank)
    assert post(company, f"{path}/talk/end", {}, page=f"{path}/talk").status_code == 303
    alice = signed_in(app, cast.alice)
    assert "この相談は終わりました" in alice.get(f"{path}/talk").text
    late = alice.post(f"{path}/talk", data={"text": "もう一つ", "csrf_token": token_in(alice.get("/ideas/new"))})
    assert late.status_code == 409


def test_no_and_silence_open_nothing(app: Flask, cast: Cast, tools: Toolbox) -> None:
    no, silent = post_idea(tools, cast.alice, "案一"), post_idea(tools, cast.alice, "案二")
    assert (invite(app, cast, no), invite(app, cast, silent)) == (303, 303)
    alice = signed_in(app, cast.alice)
    assert post(alice, f"/ideas/{no}/invitation", {"word": "no"}, page=f"/ideas/{no}").status_code == 303
    token = token_in(alice.get("/ideas/new"))
    assert alice.post(f"/ideas/{no}/invitation", data={"word": "yes", "csrf_token": token}).status_code == 409
    work(tools)
    assert state(tools, no) == "refused"
    to_day(tools, 15)
    with tools.database.transaction("content") as stores:
        assert consents.lapse(stores, tools.vault, today=day_of(tools), window=tools.window) == 1
    work(tools)
    assert state(tools, silent) == "refused"
    assert signed_in(app, cast.frank).get(f"/ideas/{silent}/talk").status_code == 404
    assert invite(app, cast, silent) == 303  # it may be asked again


def test_only_the_author_answers_and_only_the_company_asks(app: Flask, cast: Cast, tools: Toolbox) -> None:
    idea, company = post_idea(tools, cast.alice), post_company(tools, cast.frank)
    assert invite(app, cast, company) == 409
    assert invite(app, cast, idea) == 303
    bob = signed_in(app, cast.bob)
    token = token_in(bob.get("/ideas/new"))
    for path, status in ((f"/ideas/{idea}/invitation", 404), (f"/ideas/{idea}/invite", 403)):
        assert bob.post(path, data={"word": "yes", "about": "x", "csrf_token": token}).status_code == status
    change(tools, idea, "declined")
    assert state(tools, idea) == "invited"


def test_an_author_who_leaves_ends_the_talk(app: Flask, cast: Cast, tools: Toolbox) -> None:
    idea = post_idea(tools, cast.alice)
    invite(app, cast, idea)
    alice = signed_in(app, cast.alice)
    post(alice, f"/ideas/{idea}/invitation", {"word": "yes"}, page=f"/ideas/{idea}")
    work(tools)
    assert state(tools, idea) == talks.RUNNING
    with tools.database.transaction("content") as stores:
        label = opener_tag(stores, idea)
        consents.withdraw(stores, tools.vault, label=label, window=tools.window, keep=False)
    work(tools)
    assert state(tools, idea) == talks.OVER


@pytest.mark.parametrize("word", ["yes", "no"])
def test_the_company_does_not_see_in_which_minute_the_author_answered(
    app: Flask, cast: Cast, tools: Toolbox, word: str
) -> None:
    """Whoever looks at the idea again and again sees it change at a window, not when somebody was at a screen."""
    idea = post_idea(tools, cast.alice)
    path = f"/ideas/{idea}"
    invite(app, cast, idea)
    work(tools)

    def seen() -> str:
        page = signed_in(app, cast.frank).get(path).text
        return re.sub(r'value="[^"]*"', "", page[page.index("<main") : page.index("</main>")])

    before = seen()
    post(signed_in(app, cast.alice), f"{path}/invitation", {"word": word}, page=path)
    do_jobs(tools)
    assert seen() == before
    work(tools)
    assert seen() != before


def test_the_company_does_not_see_in_which_minute_the_author_ended_it(app: Flask, cast: Cast, tools: Toolbox) -> None:
    """The author may not write any more from then on; the other party reads of it at the next publication."""
    idea = post_idea(tools, cast.alice)
    path = f"/ideas/{idea}"
    invite(app, cast, idea)
    post(signed_in(app, cast.alice), f"{path}/invitation", {"word": "yes"}, page=path)
    work(tools)

    def seen() -> str:
        page = signed_in(app, cast.frank).get(f"{path}/talk").text
        return re.sub(r'value="[^"]*"', "", page[page.index("<main") : page.index("</main>")])

    before, alice = seen(), signed_in(app, cast.alice)
    assert post(alice, f"{path}/talk/end", {}, page=f"{path}/talk").status_code == 303
    do_jobs(tools)
    assert seen() == before
    assert "この相談は終わりました" in alice.get(f"{path}/talk").text
    late = {"text": "もう一つ", "csrf_token": token_in(alice.get("/ideas/new"))}
    assert alice.post(f"{path}/talk", data=late).status_code == 409
    assert alice.post(f"{path}/talk/end", data=late).status_code == 409
    work(tools)
    assert state(tools, idea) == talks.OVER
    assert "この相談は終わりました" in seen()
