"""The coordinators' desk: roles and no person, whoever is asked's gate, four eyes, and what each decision does."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.logs.models import ContentEntry
from app.questions.models import Post
from app.wiring import Toolbox
from tests.app.moderation.stage import ANSWER, decide, flag, more_people, on_desk, pictures, read, send
from tests.app.questions.makers import answer, make_question, publish, published
from tests.app.questions.pictures import encoded, pixels
from tests.cast import ATTRIBUTES, Cast, Person, signed_in, viewer_of

SENTENCE = "船の名前を消していただけますか。"


@pytest.fixture
def others(tools: Toolbox, cast: Cast) -> dict[str, Person]:
    return more_people(tools, cast)


@pytest.fixture
def thread_id(tools: Toolbox, cast: Cast) -> str:
    found = published(tools, cast.alice)
    answer(tools, cast.bob, found, ANSWER)
    publish(tools)
    return found


@pytest.fixture
def post_id(tools: Toolbox, thread_id: str) -> str:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Post.id)).one()


@pytest.fixture
def case(app: Flask, cast: Cast, thread_id: str, post_id: str) -> str:
    """Bob's answer, flagged by carol and hidden; its address on erin's desk."""
    flag(app, cast.carol, thread_id, post_id, "identifying", "船の名前が書いてあります。")
    return on_desk(app, cast.erin)[0]


def notes(app: Flask, tools: Toolbox, person: Person) -> str:
    tools.clock.move(hours=2)  # type: ignore[attr-defined]
    return signed_in(app, person).get("/inbox", follow_redirects=True).text


def test_it_shows_roles_and_no_person(app: Flask, tools: Toolbox, cast: Cast, case: str) -> None:
    """None of what is known of the author, the asker or who flagged stands on any page of the desk."""
    canaries = {"架空水産"}
    for person in (cast.alice, cast.bob, cast.carol):
        viewer = viewer_of(tools, person)
        canaries |= {person.member_id, person.organisation_id, person.mail, viewer.circle}
    names = [
        str(value.name) for one in tools.trade.attributes for value in one.values if value.key in ATTRIBUTES.values()
    ]
    pages = read(app, cast.erin, "/desk") + read(app, cast.erin, case)
    assert not [one for one in (*canaries, *names) if one in pages]
    assert "回答者1" in pages
    assert ANSWER in pages
    assert "船の名前が書いてあります" in pages


def test_nothing_of_ones_own_circle_is_on_the_desk(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person], thread_id: str, post_id: str
) -> None:
    """Judy is a colleague of erin, ken of alice: what erin wrote and what alice asked is not theirs to see."""
    answer(tools, cast.erin, thread_id, "別の見方もあります。")
    publish(tools)
    with tools.database.reading() as stores:
        erins = stores.content.scalars(select(Post.id).where(Post.author == 2)).one()
    flag(app, cast.carol, thread_id, erins, "charter")
    for who in (cast.erin, others["judy"], others["ken"]):
        assert on_desk(app, who) == [], who.name
    flag(app, cast.carol, thread_id, post_id, "charter")
    assert on_desk(app, cast.erin) == []  # a party to this thread
    path = on_desk(app, others["judy"])[0]
    assert signed_in(app, others["ken"]).get(path).status_code == 404
    assert decide(app, others["ken"], path, "put_back").status_code == 404
    assert signed_in(app, cast.erin).get(path).status_code == 404


def test_an_excluded_circle_and_a_question_for_few(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person]
) -> None:
    """The gate of whoever is asked: the audience does not keep an office out, an exclusion does."""
    closed = published(tools, cast.alice, excluded=[viewer_of(tools, cast.erin).circle])
    flag(app, cast.carol, closed, closed, "charter")
    assert on_desk(app, cast.erin) == []
    open_one = published(tools, cast.alice)
    flag(app, cast.carol, open_one, open_one, "charter")
    assert len(on_desk(app, cast.erin)) == 1


def test_nobody_decides_about_their_own_flag(
    app: Flask, cast: Cast, others: dict[str, Person], thread_id: str, post_id: str
) -> None:
    flag(app, cast.erin, thread_id, post_id, "identifying")
    assert on_desk(app, cast.erin) == []
    path = on_desk(app, others["judy"])[0]
    assert decide(app, cast.erin, path, "uphold", "identifying", SENTENCE).status_code == 404


def test_put_back(app: Flask, tools: Toolbox, cast: Cast, case: str, thread_id: str, post_id: str) -> None:
    assert decide(app, cast.erin, case, "put_back").status_code == 303
    assert ANSWER in read(app, cast.carol, f"/threads/{thread_id}")
    assert on_desk(app, cast.erin) == []
    assert decide(app, cast.erin, case, "put_back").status_code == 409
    assert "もとどおり表示されています" in notes(app, tools, cast.bob)
    assert "世話役が確かめました" in read(app, cast.carol, f"/threads/{thread_id}/flag/{post_id}")


def test_words_are_asked_for_taken_out_and_looked_at_again(
    app: Flask, tools: Toolbox, cast: Cast, case: str, thread_id: str, post_id: str
) -> None:
    decide(app, cast.erin, case, "words", "identifying", SENTENCE)
    assert on_desk(app, cast.erin) == []
    own = f"/threads/{thread_id}/reviews"
    assert SENTENCE in read(app, cast.bob, own)
    assert send(signed_in(app, cast.carol), f"{own}/{post_id}/done").status_code == 404
    assert send(signed_in(app, cast.bob), f"{own}/{post_id}/done").status_code == 303
    assert ANSWER not in read(app, cast.carol, f"/threads/{thread_id}")
    assert on_desk(app, cast.erin) == [case]
    assert "言葉を消すお願い" in read(app, cast.erin, case)
    decide(app, cast.erin, case, "put_back")
    assert ANSWER in read(app, cast.carol, f"/threads/{thread_id}")


def test_an_appeal_goes_to_another_coordinator_and_restores_everything(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person], case: str, thread_id: str, post_id: str
) -> None:
    decide(app, cast.erin, case, "uphold", "selling", "宣伝にあたると考えました。")
    own = f"/threads/{thread_id}/reviews"
    bob = signed_in(app, cast.bob)
    assert "宣伝にあたると考えました" in bob.get(own).text
    assert send(bob, f"{own}/{post_id}/appeal", {"sentence": " "}).status_code == 422
    assert send(bob, f"{own}/{post_id}/appeal", {"sentence": "測り方を書いただけです。"}).status_code == 303
    assert on_desk(app, cast.erin) == []
    assert decide(app, cast.erin, case, "confirm", "selling", "x").status_code == 404
    page = read(app, others["judy"], case)
    assert "測り方を書いただけです" in page
    assert "宣伝にあたると考えました" in page
    assert decide(app, others["judy"], case, "grant").status_code == 303
    assert ANSWER in read(app, cast.carol, f"/threads/{thread_id}")
    assert "認められたものはありません" in read(app, cast.bob, "/conduct")
    assert send(bob, f"{own}/{post_id}/appeal", {"sentence": "もう一度"}).status_code == 409
    assert "もとに戻しました" in notes(app, tools, cast.bob)


def test_an_appeal_that_changes_nothing_is_the_last_word(
    app: Flask, tools: Toolbox, cast: Cast, others: dict[str, Person], case: str, thread_id: str, post_id: str
) -> None:
    decide(app, cast.erin, case, "keep", "harmful", "この量では魚が弱ります。")
    own = f"/threads/{thread_id}/reviews"
    bob = signed_in(app, cast.bob)
    send(bob, f"{own}/{post_id}/appeal", {"sentence": "量は合っています。"})
    assert (
        decide(app, others["judy"], case, "confirm", "harmful", "資料を確かめましたが、同じ判断です。").status_code
        == 303
    )
    page = bob.get(own).text
    assert "資料を確かめましたが" in page
    assert "見直しを頼む" not in page
    assert "判断は変わりませんでした" in notes(app, tools, cast.bob)


@pytest.mark.parametrize(
    ("do", "reason", "sentence"),
    [
        ("", "", ""),
        ("grant", "", ""),
        ("keep", "", "x"),
        ("uphold", "selling", " "),
        ("words", "identifying", "あ" * 301),
    ],
)
def test_a_decision_its_author_could_not_understand_comes_back(
    app: Flask, cast: Cast, case: str, do: str, reason: str, sentence: str
) -> None:
    assert decide(app, cast.erin, case, do, reason, sentence).status_code == 422
    assert on_desk(app, cast.erin) == [case]


def test_the_log_says_what_was_decided_and_nothing_else(app: Flask, tools: Toolbox, cast: Cast, case: str) -> None:
    decide(app, cast.erin, case, "keep", "identifying", SENTENCE)
    with tools.database.reading() as stores:
        events = [one.event for one in stores.content.scalars(select(ContentEntry))]
    assert [one for one in events if one.startswith(("case", "flag"))] == ["case.keep"]


def test_a_picture_is_seen_at_the_desk_and_nowhere_else(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice, make_question(), photos=(encoded(pixels()),))
    flag(app, cast.carol, thread_id, thread_id, "identifying")
    path = on_desk(app, cast.erin)[0]
    erin = signed_in(app, cast.erin)
    found = pictures(erin.get(path).text)
    assert len(found) == 1
    assert erin.get(found[0]).status_code == 200
    for who in ("carol", "bob", "dave"):
        assert signed_in(app, cast[who]).get(found[0]).status_code == 403
    decide(app, cast.erin, path, "keep", "identifying", SENTENCE)
    assert erin.get(found[0]).status_code == 409
