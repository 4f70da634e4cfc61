"""A coordinator's word: wished with any post, due in a day, told to its author alone; the rows do not name a first."""

import random
import re
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from app.gate import wishes
from app.gate.models import WishedWord
from app.ideas.models import Idea
from app.questions import wishing
from app.questions.models import Thread
from app.questions.wishing import draws, is_first, is_proposed
from app.upkeep.running import check_queues
from app.wiring import Toolbox
from privacy.pseudonyms import new_secret, owner_tag
from tests.app.questions.makers import FORM, answer, ask, publish
from tests.app.queues.stage import work
from tests.app.webinars.stage import announced
from tests.cast import Cast, make_person, post, signed_in

WORD = "書いてくださって、ありがとうございます。朝の様子がよくわかりました。"


@pytest.fixture
def thread(tools: Toolbox, cast: Cast) -> str:
    """A question of Alice's that is out, with a word wished."""
    thread_id = ask(tools, cast.alice, word=True)
    work(tools, hours=30)
    return thread_id


def rows(tools: Toolbox) -> list[WishedWord]:
    with tools.database.reading() as stores:
        return list(stores.content.scalars(select(WishedWord)))


def test_it_is_wished_in_the_form_and_proposed_with_a_first_post(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.alice)
    post(client, "/ask/preview", dict(FORM), page="/ask")
    page = client.get("/ask/preview").text
    assert 'name="word" value="1" checked' in page
    token = page.split('name="token" value="')[1].split('"')[0]
    post(client, "/ask/publish", {"token": token, "word": "1"}, page="/ask/preview")
    assert rows(tools) == []  # it comes with the post, not before
    work(tools, hours=30)
    assert len(rows(tools)) == 1


def test_who_unticks_it_gets_none(tools: Toolbox, cast: Cast) -> None:
    ask(tools, cast.alice)
    work(tools, hours=30)
    assert rows(tools) == []


def test_a_coordinator_says_it_and_only_its_author_reads_it(
    app: Flask, tools: Toolbox, cast: Cast, thread: str
) -> None:
    erin, (row,) = signed_in(app, cast.erin), rows(tools)
    assert f"/words/{row.id}" in erin.get("/words").text
    assert "/words" in erin.get("/desk").text
    page = f"/words/{row.id}"
    assert post(erin, page, {"text": ""}).status_code == 422
    assert post(erin, page, {"text": WORD}).location == "/words"
    assert erin.get(page).status_code == 404  # said once
    alice = signed_in(app, cast.alice)
    assert "ひとことが届きました" in alice.get("/inbox").text
    told = alice.get(f"/words/for/{thread}").text
    assert ("朝の様子が" in told, "世話役" in told) == (True, True)
    for name in ("bob", "dave", "erin"):
        assert signed_in(app, cast[name]).get(f"/words/for/{thread}").status_code == 404, name
    assert "朝の様子が" not in signed_in(app, cast.bob).get(f"/threads/{thread}").text


def test_it_is_wished_with_what_is_written_in_the_community(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """An idea, a reply, a note, a question to a session; unticked is unticked."""
    assert (
        'name="word" value="1" checked' in signed_in(app, cast.alice).get("/ideas/new").text
    )  # nothing of hers is out
    talk = announced(tools, cast)
    alice = signed_in(app, cast.alice)
    form = {"title": "濡れた手でも押せる記録", "aim": "大きなボタンで残餌を残したいです。", "listed": "1"}
    assert post(alice, "/ideas/new", {**form, "token": "w1", "word": "1"}).status_code == 303
    note = {"title": "網替えの朝に", "body": "前の晩に餌を切ります。", "subject": "rainbow-trout", "audience": "domain"}
    preview = post(alice, "/articles/new", {**note, "token": "w2", "word": "1"})
    assert '<input type="hidden" name="word" value="1">' in preview.text
    assert post(alice, "/articles/new", {**note, "token": "w2", "word": "1", "previewed": "1"}).status_code == 303
    for text, wish in (("水車は何時に回しますか。", {"word": "1"}), ("夜は止めますか。", {})):
        asked = {"text": text, "token": text, **wish}
        assert post(alice, f"/sessions/{talk}/questions", asked, page=f"/sessions/{talk}").status_code == 303
    work(tools, hours=30)
    with tools.database.reading() as stores:
        idea = stores.content.scalar(select(Idea.id))
    bob = signed_in(app, cast.bob)
    reply = {"text": "うちでも使いたいです。", "token": "w5", "word": "1"}
    assert post(bob, f"/ideas/{idea}/reply", reply, page=f"/ideas/{idea}").status_code == 303
    work(tools, hours=9)
    erin = signed_in(app, cast.erin)
    page = erin.get("/words").text
    assert len(rows(tools)) == page.count('href="/words/') == 4
    assert ("残餌を" in page, "餌を切ります" in page, "何時に" in page, "夜は" in page) == (True, True, True, False)
    (row,) = (one for one in rows(tools) if "残餌を" in erin.get(f"/words/{one.id}").text)
    assert post(erin, f"/words/{row.id}", {"text": WORD}).location == "/words"
    alice = signed_in(app, cast.alice)
    inbox = alice.get("/inbox").text
    assert ("ひとことが届きました" in inbox, f"/words/for/{idea}" in inbox) == (True, True)
    told = alice.get(f"/words/for/{idea}").text
    assert ("朝の様子が" in told, f"/ideas/{idea}" in told) == (True, True)
    assert "朝の様子が" not in bob.get(f"/words/for/{idea}").text  # he wrote there, and nobody has said a word to him


def test_it_is_checked_like_any_text(app: Flask, tools: Toolbox, cast: Cast, thread: str) -> None:
    (row,) = rows(tools)
    response = post(signed_in(app, cast.erin), f"/words/{row.id}", {"text": "電話は 090-1234-5678 です。"})
    assert response.status_code == 422
    assert rows(tools)[0].due < wishes.GIVEN


def test_a_coordinator_of_the_same_circle_does_not_see_it(tools: Toolbox, app: Flask, cast: Cast) -> None:
    ask(tools, cast.erin, word=True)
    work(tools, hours=30)
    (row,) = rows(tools)
    erin = signed_in(app, cast.erin)
    assert (row.id in erin.get("/words").text, erin.get(f"/words/{row.id}").status_code) == (False, 404)


def test_late_words_are_said_in_a_band(app: Flask, tools: Toolbox, cast: Cast, thread: str) -> None:
    answer(tools, cast.bob, thread, word=True)
    work(tools, hours=72)
    erin = signed_in(app, cast.erin)
    assert "期限を過ぎています" in erin.get("/words").text
    said = [one.told for one in check_queues(tools) if "ひとこと" in one.told]
    assert said == ["24時間を過ぎても、世話役のひとことを待っている投稿が1件以上あります。"]  # two are late


def test_what_nobody_said_ends_and_leaving_forgets(tools: Toolbox, cast: Cast, thread: str) -> None:
    tag = str(owner_tag(cast.alice.secret, thread))
    with tools.database.transaction("content", "keys") as stores:
        wishes.forget(stores, tools.vault, [tag])
    assert rows(tools) == []
    ask(tools, cast.bob, word=True)
    work(tools, hours=30)
    assert len(rows(tools)) == 1
    work(tools, hours=24 * 16)
    assert rows(tools) == []


# ---------------------------------------------------------------- the attacker

MEMBERS, POSTS = 150, 8


def posts_of_members(seed: int) -> list[tuple[bool, bool]]:
    """(is a first post, the wish stands ticked) of everything some members wrote, most of them long here."""
    rng = random.Random(seed)
    found = []
    for _member in range(MEMBERS):
        secret = new_secret(rng.randbytes)
        written = rng.randint(1, 2 * POSTS)
        found += [(n == 0, n == 0 or draws(secret, f"thread {n}")) for n in range(written)]
    return found


def guess_rate(found: list[tuple[bool, bool]]) -> tuple[float, float]:
    """How often an attacker who points at a post with a row points at a first; and at any post."""
    counted = Counter(found)
    with_row = counted[True, True] + counted[False, True]
    return counted[True, True] / with_row, sum(first for first, _ in found) / len(found)


def test_rows_make_a_first_post_at_most_twice_as_likely() -> None:
    row, chance = guess_rate([one for seed in range(4) for one in posts_of_members(seed)])
    print(f"a first among posts with a wish: {row:.2f}; among all posts: {chance:.2f}")
    assert row <= wishing.EVERY * chance
    assert row <= 0.3


def test_where_only_firsts_had_rows_each_row_would_name_one() -> None:
    """The mutant."""
    found = [(first, first) for first, _ in posts_of_members(0)]
    row, chance = guess_rate(found)
    assert row == 1.0 > wishing.EVERY * chance


def test_of_two_rows_nothing_tells_the_first(tools: Toolbox, cast: Cast) -> None:
    """All that a thief of the file has of the rows: sizes, labels that stand nowhere else, one window."""
    ask(tools, cast.alice)
    publish(tools, windows=30)
    ask(tools, cast.alice, word=True)
    ask(tools, cast.bob, word=True)  # his first
    work(tools, hours=30)
    one, other = rows(tools)
    assert (len(one.sealed), one.due) == (len(other.sealed), other.due)
    with tools.database.reading() as stores:
        tags = {row.owner_tag for row in stores.content.scalars(select(Thread))}
    assert not {one.label, other.label} & tags


def test_the_session_alone_knows_a_first(tools: Toolbox, cast: Cast) -> None:
    with tools.database.reading() as stores:
        assert is_first(stores, cast.alice.secret)
        assert is_proposed(stores, cast.alice.secret, "x")
    ask(tools, cast.alice)
    with tools.database.reading() as stores:
        assert not is_first(stores, cast.alice.secret)
        drawn = [is_proposed(stores, cast.alice.secret, f"draft {n}") for n in range(60)]
        assert drawn == [is_proposed(stores, cast.alice.secret, f"draft {n}") for n in range(60)]
    assert 15 < sum(drawn) < 45


@pytest.mark.parametrize("kept", [0, 1])
def test_the_pages_do_not_say_that_a_colleagues_post_waits(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    """erin coordinates and has colleagues too: with theirs first in line, her pages are as full as without."""
    monkeypatch.setattr(wishes, "PAGE", 2)
    colleague = make_person(tools, "nora", cast.organisations["D"])
    for who in [colleague, colleague, cast.alice, cast.bob, cast.carol][2 - 2 * kept :]:
        ask(tools, who, word=True)
        work(tools, hours=30)
    erin = signed_in(app, cast.erin)
    found = [erin.get("/words", query_string={"page": number}).text for number in range(3)]
    assert [len(set(re.findall(r"/words/([0-9a-f]{32})", page))) for page in found] == [2, 1, 0]
    assert ["page=1" in found[0], "page=2" in found[1]] == [True, False]
