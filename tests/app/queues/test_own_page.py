"""The expert's own page: true about what they did, and what they put right there reaches the router."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.clock import today
from app.queues import service
from app.queues.experts import find_profile, own_handles
from app.queues.rules import Profile
from app.vectors.store import Evidence, find_evidence
from app.wiring import Toolbox
from tests.app.questions.makers import answer as answer_from_the_list
from tests.app.questions.makers import ask, make_question, published
from tests.app.questions.test_hidden_subject import keeps_only
from tests.app.queues.stage import ask_question, offers_of, opt_in, work
from tests.cast import Cast, Person, make_cast, post, signed_in, viewer_of
from tests.conftest import make_app, make_tools

SUBJECT = "rainbow-trout"
PAGE = "/queue/settings"


def answer(tools: Toolbox, person: Person, thread_id: str) -> None:
    """Answer what came to the person's queue, and let it appear."""
    offer = next(one for one in offers_of(tools, person) if one.thread_id == thread_id)
    with tools.database.transaction("keys", "content") as stores:
        service.answer(
            stores,
            tools.vault,
            tools.trade,
            viewer=viewer_of(tools, person),
            offer_id=offer.id,
            text="夜明け前に溶存酸素を測ってください。",
            token="",
            at_once=False,
            contact=None,
            window=tools.window,
            today=today(tools.clock.now()),
            until=tools.window + 48,
        )
    work(tools, hours=26)


def evidence(tools: Toolbox, thread_id: str) -> Evidence:
    with tools.database.reading() as stores:
        return find_evidence(stores, tools.vault, thread_id)


def profile_of(tools: Toolbox, person: Person, subject: str = SUBJECT) -> Profile:
    with tools.database.reading() as stores:
        handle = own_handles(stores, viewer_of(tools, person))[subject]
        found = find_profile(stores, tools.vault, handle)
    assert found is not None
    return found


def sentences(client: FlaskClient) -> str:
    """What the page says, without tags."""
    return re.sub(r"<[^>]*>|\s", "", client.get(PAGE).text)


@pytest.fixture
def answered(tools: Toolbox, cast: Cast) -> str:
    """Bob has answered alice's question on disease, which he had said he knows."""
    opt_in(tools, cast.bob, cast.carol)
    thread = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    answer(tools, cast.bob, thread)
    return thread


def test_it_says_what_was_shown_and_why_questions_come(app: Flask, cast: Cast, answered: str) -> None:
    page = sentences(signed_in(app, cast.bob))
    assert "「病気・へい死」：1、2件の回答があり、手伝えると登録もしています。" in page
    assert "1、2件に回答" in page
    assert "稚魚が朝に死にます" in page
    carols = sentences(signed_in(app, cast.carol))
    assert "「病気・へい死」：手伝えると登録しています。" in carols
    assert "答えてきたこと" not in carols
    assert "稚魚が朝に死にます" not in carols


def test_a_muted_topic_does_not_come(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    bob = signed_in(app, cast.bob)
    fields: dict[str, object] = {"capacity": "3", "topics": ["feed"], "muted": ["disease"]}
    assert post(bob, f"{PAGE}/{SUBJECT}", fields, page=PAGE).status_code == 303
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    assert offers_of(tools, cast.bob) == []
    assert len(offers_of(tools, cast.carol)) == 1
    assert "受け取らないことにしているので、届きません" in sentences(bob)
    assert post(bob, f"{PAGE}/{SUBJECT}", {"capacity": "3", "topics": ["disease"]}, page=PAGE).status_code == 303
    ask_question(tools, cast.alice, title="また朝に死にます", urgent=True)
    work(tools, hours=24)
    assert len(offers_of(tools, cast.bob)) == 2  # and the first question, whose next wave came meanwhile


def test_one_topic_in_both_lists_is_refused(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob)
    both: dict[str, object] = {"capacity": "3", "topics": ["disease", "feed"], "muted": ["feed"]}
    refused = post(signed_in(app, cast.bob), f"{PAGE}/{SUBJECT}", both, page=PAGE)
    assert refused.status_code == 422
    assert "どちらかだけにしてください" in refused.text
    assert profile_of(tools, cast.bob).muted == ()


def test_muted_from_the_question_itself_in_all_subjects_of_its_group(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    bob = signed_in(app, cast.bob)
    fields: dict[str, object] = {"capacity": "3", "topics": ["disease", "feed"]}
    assert post(bob, f"{PAGE}/coho-salmon", fields, page=PAGE).status_code == 303
    ask_question(tools, cast.alice, urgent=True)
    work(tools)
    path = f"/queue/{offers_of(tools, cast.bob)[0].id}"
    assert "この話題は受け取らない" in bob.get(path).text
    assert post(signed_in(app, cast.carol), f"{path}/mute", page=PAGE).status_code == 404
    assert post(bob, f"{path}/mute", page=PAGE).location == path
    assert bob.get(path).status_code == 200
    rainbow, coho = profile_of(tools, cast.bob), profile_of(tools, cast.bob, "coho-salmon")
    assert (rainbow.topics, rainbow.muted) == ((), ("disease",))
    assert (coho.topics, coho.muted) == (("feed",), ("disease",))
    assert profile_of(tools, cast.carol).muted == ()


def test_not_me_takes_the_evidence_and_nothing_else(app: Flask, tools: Toolbox, cast: Cast, answered: str) -> None:
    bob, fields = signed_in(app, cast.bob), {"thread": answered}
    assert len(evidence(tools, answered).answers) == 1
    asked = evidence(tools, answered).asked
    assert post(signed_in(app, cast.carol), "/queue/evidence/remove", dict(fields), page=PAGE).status_code == 404
    assert post(bob, "/queue/evidence/remove", dict(fields), page=PAGE).status_code == 303
    assert evidence(tools, answered).answers == ()
    assert evidence(tools, answered).asked == asked
    page = sentences(bob)
    assert "質問を届ける人選びには使われていません。" in page
    assert "1、2件" not in page
    assert "夜明け前に溶存酸素" in bob.get(f"/threads/{answered}").text
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores, tools.trade.subjects)
    assert list(tools.memory.domain(SUBJECT).events.experts_of(answered)) == []
    assert post(bob, "/queue/evidence/remove", dict(fields), page=PAGE).status_code == 404
    before = evidence(tools, answered).aside
    assert post(signed_in(app, cast.carol), "/queue/evidence/restore", dict(fields), page=PAGE).status_code == 404
    assert post(bob, "/queue/evidence/restore", dict(fields), page=PAGE).status_code == 303
    assert (evidence(tools, answered).answers, evidence(tools, answered).aside) == (before, ())
    assert "1、2件" in sentences(bob)


def test_not_me_on_a_reason_takes_what_it_rests_on_out_of_routing_until_it_is_taken_up_again(
    app: Flask, tools: Toolbox, cast: Cast, answered: str
) -> None:
    ask_question(tools, cast.dave, title="稚魚がまた朝に死にます", urgent=True)
    work(tools)
    offer = next(one for one in offers_of(tools, cast.bob) if one.thread_id != answered)
    bob, page = signed_in(app, cast.bob), f"/queue/{offer.id}"
    keys = re.findall(r'name="about" value="(declared|alike|topic)"', bob.get(page).text)
    assert {"declared", "alike"} <= set(keys)
    press = {"about": "declared"}
    assert post(signed_in(app, cast.carol), f"{page}/not-me", dict(press), page=PAGE).status_code == 404
    assert post(bob, f"{page}/not-me", {"about": "active"}, page=PAGE).status_code == 404
    assert profile_of(tools, cast.bob).topics == ("disease",)
    assert post(bob, f"{page}/not-me", dict(press), page=PAGE).location == page
    assert "手伝える話題から外しました" in bob.get(page).text
    assert profile_of(tools, cast.bob).topics == ()
    assert len(evidence(tools, answered).answers) == 1
    assert post(bob, f"{page}/not-me", {"about": "alike"}, page=PAGE).location == page
    assert evidence(tools, answered).answers == ()
    said = bob.get(page).text
    assert said.count("これからは、届け先を選ぶときに使いません") == 2
    with tools.database.reading() as stores:
        tools.memory.catch_up(stores, tools.trade.subjects)
    assert list(tools.memory.domain(SUBJECT).events.experts_of(answered)) == []
    assert post(bob, "/queue/evidence/restore", {"thread": answered}, page=PAGE).status_code == 303
    assert len(evidence(tools, answered).answers) == 1


def test_a_pass_is_taken_back_and_the_question_does_not_come_again(app: Flask, tools: Toolbox, cast: Cast) -> None:
    opt_in(tools, cast.bob, cast.carol)
    thread = ask_question(tools, cast.alice, urgent=True)
    work(tools)
    bob = signed_in(app, cast.bob)
    path, fields = f"/queue/{offers_of(tools, cast.bob)[0].id}/pass", {"thread": thread}
    assert post(bob, path, {"reason": "not_my_field"}, page=PAGE).status_code == 303
    work(tools, hours=1)
    bob = signed_in(app, cast.bob)
    page = sentences(bob)
    assert "お返しした質問" in page
    assert "稚魚が朝に死にます" in page
    assert "届きにくくなります" in page
    assert post(signed_in(app, cast.carol), "/queue/passes/remove", dict(fields), page=PAGE).status_code == 404
    assert post(bob, "/queue/passes/remove", dict(fields), page=PAGE).status_code == 303
    assert profile_of(tools, cast.bob).passes == ()
    assert evidence(tools, thread).passes == ()
    assert "稚魚が朝に死にます" not in sentences(bob)
    work(tools, hours=24)
    assert offers_of(tools, cast.bob) == []


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Toolbox, Toolbox]]:
    """Two networks that differ in what the one question is about, which its page does not show."""
    made = (make_tools(tmp_path / "one"), make_tools(tmp_path / "two"))
    yield made
    for tools in made:
        tools.database.close()


def test_the_page_does_not_tell_which_subject_a_question_hides(two: tuple[Toolbox, Toolbox]) -> None:
    told = [_told(tools, subject) for tools, subject in zip(two, (SUBJECT, "coho-salmon"), strict=True)]
    assert "稚魚が朝に死にます" in told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("afresh", [False, True])
def test_nor_whether_it_is_one_of_the_answerers_own(two: tuple[Toolbox, Toolbox], afresh: bool) -> None:
    """The attack: who receives questions on one of two subjects answers from the list, and looks what counts."""
    told = [
        _told_of_the_list(tools, subject, afresh) for tools, subject in zip(two, (SUBJECT, "coho-salmon"), strict=True)
    ]
    assert "わたしの実績にしない" in told[0]
    assert told[0] == told[1]


def _told_of_the_list(tools: Toolbox, subject: str, afresh: bool) -> str:
    cast = make_cast(tools)
    app = make_app(tools)
    keeps_only(tools, cast.bob, SUBJECT)
    bob = signed_in(app, cast.bob)
    if afresh:
        post(bob, f"{PAGE}/{SUBJECT}/afresh")
    post(bob, f"{PAGE}/{SUBJECT}", {"capacity": "5", "topics": ["disease"]}, page=PAGE)
    thread = published(tools, cast.alice, make_question(subject=subject))
    answer_from_the_list(tools, cast.bob, thread)
    work(tools, hours=4)
    return sentences(signed_in(app, cast.bob))


def _told(tools: Toolbox, subject: str) -> str:
    """Bob's page after he handed one question back and answered another, both about this subject."""
    cast = make_cast(tools)
    app = make_app(tools)
    bob = signed_in(app, cast.bob)
    for own in (SUBJECT, "coho-salmon"):
        post(bob, f"{PAGE}/{own}", {"capacity": "5", "topics": ["disease"]}, page=PAGE)
    for title in ("稚魚が朝に死にます", "夕方にも死にます"):
        thread = ask(tools, cast.alice, make_question(subject=subject, title=title, urgent=True))
        work(tools)
        if title.startswith("稚魚"):
            post(bob, f"/queue/{offers_of(tools, cast.bob)[0].id}/pass", {"reason": "no_time"}, page=PAGE)
        else:
            answer(tools, cast.bob, thread)
    return sentences(signed_in(app, cast.bob))
