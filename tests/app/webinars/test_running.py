"""While a session runs and after: who may speak and read, what becomes of open questions, what the company sees."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.clock import today
from app.community import consents
from app.community.models import Writing
from app.errors import Conflict, Forbidden, NotThere
from app.escalation import service as escalation
from app.escalation.models import Wish
from app.knowledge import consenting, drafts, erasing
from app.notices.service import notes_of
from app.questions.drafts import find_draft
from app.questions.models import Thread
from app.webinars import closing, writing
from app.webinars.models import Talk
from app.webinars.reads import LATEST
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag, peer_tag
from tests.app.questions import makers
from tests.app.questions.test_statements import counted
from tests.app.queues.stage import live_through
from tests.app.webinars import stage
from tests.cast import Cast, Person, post, signed_in, viewer_of

OPEN_QUESTION = "酸素計は何を使っていますか。"


def over_with_a_question(tools: Toolbox, cast: Cast, **changes: object) -> tuple[str, str]:
    """A text session that is over, and carol's question there that nobody answered."""
    talk_id = stage.announced(tools, cast, **changes)
    stage.move_to(tools, talk_id, 5)
    stage.ask(tools, cast.carol, talk_id, OPEN_QUESTION)
    stage.come_out(tools)
    stage.move_to(tools, talk_id, 61)
    stage.keep(tools)
    return talk_id, stage.question_ids(tools, talk_id)[0]


def answer(tools: Toolbox, person: Person, talk_id: str, question_id: str, *, yes: bool) -> None:
    with tools.database.transaction("content") as stores:
        closing.answer_consent(
            stores, tools.vault, viewer=viewer_of(tools, person), talk_id=talk_id, question_id=question_id, yes=yes,
            window=tools.window,
        )  # fmt: skip


def draft_of(tools: Toolbox, person: Person) -> str:
    with tools.database.reading() as stores:
        found = find_draft(stores, person.secret)
    return "" if found is None else " ".join(found.values.values())


def test_an_open_question_goes_nowhere_without_its_authors_word(tools: Toolbox, cast: Cast, app: Flask) -> None:
    """Silence and no leave it where it is; nobody else can say yes; nothing is asked by the yes either, but a draft."""
    talk_id, question = over_with_a_question(tools, cast)
    before = _threads(tools)
    for other in (cast.bob, cast.alice, cast.erin):
        with pytest.raises(NotThere):
            answer(tools, other, talk_id, question, yes=True)
        assert "答えの出なかった" not in signed_in(app, other).get(f"/sessions/{talk_id}").text
    carol = signed_in(app, cast.carol)
    to = f"/sessions/{talk_id}/questions/{question}/queue"
    assert post(carol, to, {}, page=f"/sessions/{talk_id}").status_code == 400
    assert post(carol, to, {"word": "no"}, page=f"/sessions/{talk_id}").status_code == 303
    assert "答えの出なかった" not in carol.get(f"/sessions/{talk_id}").text
    assert draft_of(tools, cast.carol) == ""
    with pytest.raises(Conflict):
        answer(tools, cast.carol, talk_id, question, yes=True)
    assert _threads(tools) == before


def test_silence_is_no(tools: Toolbox, cast: Cast) -> None:
    talk_id, question = over_with_a_question(tools, cast)
    with tools.database.transaction("content") as stores:
        consents.lapse(stores, tools.vault, today=today(tools.clock.now()) + timedelta(days=15), window=tools.window)
    with pytest.raises(Conflict):
        answer(tools, cast.carol, talk_id, question, yes=True)


def test_yes_is_a_draft_and_what_was_begun_lies_aside(tools: Toolbox, cast: Cast, app: Flask) -> None:
    talk_id, question = over_with_a_question(tools, cast)
    before = _threads(tools)
    carol = signed_in(app, cast.carol)
    post(carol, "/ask/preview", {**makers.FORM, "title": "書きかけの質問"}, page="/ask")
    to = f"/sessions/{talk_id}/questions/{question}/queue"
    assert post(carol, to, {"word": "yes"}, page=f"/sessions/{talk_id}").location == "/ask"
    assert OPEN_QUESTION in draft_of(tools, cast.carol)
    assert "書きかけの質問" not in draft_of(tools, cast.carol)
    assert "下書き" in carol.get("/ask").text
    assert _threads(tools) == before  # it is hers to send


def test_what_was_answered_is_asked_of_nobody(tools: Toolbox, cast: Cast) -> None:
    talk_id = stage.announced(tools, cast, form="video", link=stage.LINK)
    stage.ask(tools, cast.carol, talk_id)
    makers.publish(tools, windows=24)
    stage.ask(tools, cast.alice, talk_id, "網はいつ替えますか。")
    makers.publish(tools, windows=24)
    first, second = stage.question_ids(tools, talk_id)
    stage.move_to(tools, talk_id, 10)
    with tools.database.transaction("content") as stores:
        writing.mark_answered(
            stores, tools.vault, viewer=viewer_of(tools, cast.bob), talk_id=talk_id, question_id=first,
            now=tools.clock.now(),
        )  # fmt: skip
    with pytest.raises(NotThere), tools.database.transaction("content") as stores:
        writing.mark_answered(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), talk_id=talk_id, question_id=second,
            now=tools.clock.now(),
        )  # fmt: skip
    stage.move_to(tools, talk_id, 61)
    stage.keep(tools)
    with tools.database.reading() as stores:
        asked = {one: [c.state for c in consents.states(stores, tools.vault, one)] for one in (first, second)}
        tags = [str(peer_tag(one.secret, talk_id)) for one in (cast.carol, cast.alice)]
        told = notes_of(stores, tools.vault, tags, window=tools.window + 9)
    assert asked == {first: [], second: ["asked"]}
    assert {one.label for one in told if one.kind == "session_unanswered"} == {tags[1]}


def test_it_opens_and_closes_by_the_clock(tools: Toolbox, cast: Cast) -> None:
    talk_id = stage.announced(tools, cast)
    with pytest.raises(Conflict):  # before
        stage.say(tools, cast.bob, talk_id, "はじめます。")
    stage.move_to(tools, talk_id, 0)
    stage.say(tools, cast.bob, talk_id, "はじめます。")
    with pytest.raises(NotThere):  # not by anybody else
        stage.say(tools, cast.carol, talk_id, "わたしも話します。")
    stage.move_to(tools, talk_id, 60)
    for speak in (
        lambda: stage.say(tools, cast.bob, talk_id, "おまけです。"),
        lambda: stage.ask(tools, cast.carol, talk_id),
    ):
        with pytest.raises(Conflict):
            speak()


def test_the_transcript_keeps_from_colleagues_what_it_must(tools: Toolbox, cast: Cast, app: Flask) -> None:
    """dave does not read what alice asked, nor alice what he did; everybody else reads both, and no name with either."""
    talk_id = stage.announced(tools, cast)
    stage.move_to(tools, talk_id, 5)
    stage.ask(tools, cast.alice, talk_id, "網の色は関係ありますか。")
    stage.ask(tools, cast.dave, talk_id, "夜の給餌はどうしていますか。")
    stage.come_out(tools)
    page = {
        one: signed_in(app, cast[one]).get(f"/sessions/{talk_id}").text for one in ("alice", "dave", "carol", "bob")
    }
    assert ("網の色" in page["dave"], "夜の給餌" in page["alice"]) == (False, False)
    for one in ("carol", "bob"):
        assert "網の色" in page[one]
        assert "夜の給餌" in page[one]
    assert "参加者（あなた）" in page["alice"]


def test_the_company_reads_what_is_open_to_it_and_never_who(tools: Toolbox, cast: Cast, app: Flask) -> None:
    closed, _ = over_with_a_question(tools, cast)
    talk_id = stage.announced(tools, cast, company_may=True)
    stage.sign_up(tools, talk_id, cast.carol)
    stage.move_to(tools, talk_id, 5)
    stage.ask(tools, cast.carol, talk_id, "網の色は関係ありますか。")
    stage.come_out(tools)
    frank = signed_in(app, cast.frank)
    listed = frank.get("/sessions/open").text
    assert (talk_id in listed, closed in listed) == (True, False)
    assert frank.get(f"/sessions/open/{closed}").status_code == 404
    shown = frank.get(f"/sessions/open/{talk_id}").text
    assert "網の色" in shown
    assert "申し込み済み" not in shown
    assert frank.get(f"/sessions/{talk_id}").status_code == 403
    with pytest.raises(Forbidden):  # no lecturer unless it was announced as one
        _company_says(tools, cast, talk_id)


def test_the_company_speaks_under_its_label_alone(tools: Toolbox, cast: Cast, app: Flask) -> None:
    talk_id = stage.announced(tools, cast, by_company=True, company_may=True)
    assert "運営会社の担当者" in signed_in(app, cast.carol).get(f"/sessions/{talk_id}").text
    stage.move_to(tools, talk_id, 5)
    _company_says(tools, cast, talk_id)
    stage.come_out(tools)
    shown = signed_in(app, cast.carol).get(f"/sessions/{talk_id}").text
    assert "説明書のとおりです。" in shown
    assert "運営会社" in shown


def test_a_wish_becomes_a_session_and_its_author_is_told(tools: Toolbox, cast: Cast, app: Flask) -> None:
    thread_id = makers.published(tools, cast.alice)
    live_through(tools)
    with tools.database.transaction("content") as stores:
        escalation.wish(
            stores, tools.vault, viewer=viewer_of(tools, cast.alice), thread_id=thread_id, kind="webinar",
            today=today(tools.clock.now()), window=tools.window,
        )  # fmt: skip
    erin = signed_in(app, cast.erin)
    assert makers.TITLE in erin.get("/sessions/desk").text
    assert makers.TITLE in erin.get(f"/sessions/new?wish={thread_id}").text
    day = (today(tools.clock.now()) + timedelta(days=4)).isoformat()
    fields = {
        "title": "餌を食べない魚",
        "about": "聞いてみます。",
        "form": "text",
        "day": day,
        "begins": "19:30",
        "length": "60",
        "wish": thread_id,
        "by_company": "1",
    }
    made = post(erin, "/sessions/new", dict(fields), page=f"/sessions/new?wish={thread_id}")
    assert made.status_code == 303
    assert makers.TITLE not in erin.get("/sessions/desk").text
    assert post(erin, "/sessions/new", dict(fields)).status_code == 404
    talk_id = made.location.split("/")[-2]
    stage.announce(tools, cast, talk_id)
    with tools.database.reading() as stores:
        tag = str(owner_tag(cast.alice.secret, thread_id))
        kinds = {one.kind for one in notes_of(stores, tools.vault, [tag], window=tools.window + 9)}
        became = escalation.wish_of(tools.vault, stores.content.get_one(Wish, thread_id))["became"]
    assert {"course_wish_taken", "session_wished"} <= kinds
    assert became == "taken"
    # her own question's words stand in the form, and in nobody else's
    assert makers.SITUATION in signed_in(app, cast.alice).get(f"/sessions/{talk_id}?from={thread_id}").text
    assert makers.SITUATION not in signed_in(app, cast.carol).get(f"/sessions/{talk_id}?from={thread_id}").text


def test_an_article_asks_everybody_whose_words_it_uses(tools: Toolbox, cast: Cast, app: Flask) -> None:
    """An editor alone begins it; lecturer and asker are each asked, in their own session, and a word taken back is lost."""
    talk_id = stage.announced(tools, cast)
    stage.move_to(tools, talk_id, 5)
    stage.ask(tools, cast.carol, talk_id, OPEN_QUESTION)
    stage.come_out(tools)
    stage.say(tools, cast.bob, talk_id, "隔測式の記録計です。", to=stage.question_ids(tools, talk_id)[0])
    stage.come_out(tools)
    stage.move_to(tools, talk_id, 61)
    stage.keep(tools)
    page = f"/sessions/{talk_id}"
    assert post(signed_in(app, cast.bob), f"{page}/article", page=page).status_code == 404
    begun = post(signed_in(app, cast.erin), f"{page}/article", page=page)
    assert begun.status_code == 303
    article_id = begun.location.rsplit("/", 1)[-1]
    erin, day = viewer_of(tools, cast.erin), today(tools.clock.now())
    with tools.database.transaction("content") as stores:
        found = drafts.get_draft(stores, tools.vault, viewer=erin, article_id=article_id)
        kept = [one.post for one in found.about.sources]
        typed = drafts.Typed("酸素の測り方", "夜明け前に測る養殖場がありました。", "members", False, "", kept, [])
        drafts.save(stores, tools.vault, tools.trade, viewer=erin, article_id=article_id, typed=typed)
        drafts.send(
            stores, tools.vault, tools.trade, viewer=erin, article_id=article_id, due=tools.window + 1, today=day
        )
    for one, asked in ((cast.bob, 1), (cast.carol, 1), (cast.alice, 0)):
        with tools.database.reading() as stores:
            assert len(consenting.own_asked(stores, tools.vault, viewer=viewer_of(tools, one))) == asked, one.name
    with tools.database.transaction("content", "keys") as stores:
        assert not erasing.has_lost(stores, tools.vault)
        stores.content.get_one(Writing, kept[0]).sealed_text = b""
        stores.content.flush()
        assert erasing.has_lost(stores, tools.vault)


def test_lists_ask_little(tools: Toolbox, cast: Cast, app: Flask) -> None:
    """As few statements for a page of sessions, however many there were."""
    carol = signed_in(app, cast.carol)
    with counted() as few:
        carol.get("/sessions")
    for number in range(60):
        stage.plan(tools, title=f"会 {number}", by_company=True)
    with tools.database.transaction("content") as stores:
        for number, row in enumerate(stores.content.scalars(select(Talk))):
            row.state = "over" if number % 2 else "announced"
            row.day -= 30 if number % 2 else 0
    with counted() as many:
        page = carol.get("/sessions").text
    assert page.count("card-link") == 40
    assert len(many) <= len(few) + 3 <= 8


def _company_says(tools: Toolbox, cast: Cast, talk_id: str) -> None:
    with tools.database.transaction("content", "keys") as stores:
        writing.say_as_company(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.frank), talk_id=talk_id,
            text="説明書のとおりです。", moment=stage.moment(tools),
        )  # fmt: skip


def _threads(tools: Toolbox) -> set[str]:
    with tools.database.reading() as stores:
        return set(stores.content.scalars(select(Thread.id)))


def test_a_long_session_begins_with_its_newest_lines(tools: Toolbox, cast: Cast, app: Flask) -> None:
    talk_id = stage.announced(tools, cast, cast.bob, company_may=True, by_company=True)
    stage.move_to(tools, talk_id, 5)
    with tools.database.transaction("content", "keys") as stores:
        for number in range(LATEST + 2):
            writing.say_as_company(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.frank), talk_id=talk_id,
                text=f"話の{number}番目です。", to="", moment=stage.moment(tools),
            )  # fmt: skip
    stage.come_out(tools)
    reader = signed_in(app, cast.carol)
    page, whole = (reader.get(f"/sessions/{talk_id}{more}").text for more in ("", "?whole=1"))
    assert [text.count("番目です") for text in (page, whole)] == [LATEST, LATEST + 2]
    assert f"/sessions/{talk_id}?whole=1" in page
    assert "whole=1" not in whole
    assert "whole=1" in signed_in(app, cast.frank).get(f"/sessions/open/{talk_id}").text
