"""A text widens who reads somebody's words: yes, change, no and silence, and a yes that is taken back."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.clock import SetClock, today
from app.community import consents
from app.db import Stores
from app.errors import NotThere
from app.knowledge import consenting, drafts, publishing, reads
from app.knowledge.rules import Copied, NoSources, copied
from app.questions.writing import due_window
from app.wiring import Toolbox
from privacy.pseudonyms import peer_tag
from privacy.scopes import Audience
from tests.app.knowledge.stage import (
    BODY,
    FIRST,
    SECOND,
    TITLE,
    Stage,
    approve,
    asked_of,
    begin,
    make_thread,
    out,
    row_of,
    say,
    send,
    version_of,
    volunteer,
    work,
)
from tests.app.questions.makers import publish
from tests.cast import Cast, Person, post, signed_in, viewer_of

DAY = 86400


@pytest.fixture
def stage(tools: Toolbox, cast: Cast) -> Stage:
    volunteer(tools, cast.carol)
    return make_thread(tools, cast.alice, cast.bob)


def read(tools: Toolbox, person: Person | None, article_id: str) -> reads.ArticleCard:
    with tools.database.reading() as stores:
        viewer = None if person is None else viewer_of(tools, person)
        return reads.get_article(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id)


def second(tools: Toolbox, stores: Stores, person: Person, article_id: str) -> Callable[[], object]:
    version = version_of(tools, article_id)
    return lambda: publishing.get_second(
        stores, tools.vault, viewer=viewer_of(tools, person), version_id=version.id, today=today(tools.clock.now())
    )  # fmt: skip


def test_all_yes_and_a_second_editor_let_it_out(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    for who, role in ((cast.alice, "asker"), (cast.bob, "answerer")):
        [card] = asked_of(tools, who)
        assert (card.title, card.body, card.role, card.audience) == (TITLE, BODY, role, "members")
    assert asked_of(tools, cast.carol) == asked_of(tools, cast.dave) == []
    say(tools, cast.alice)
    assert version_of(tools, article_id).state == "consenting"
    say(tools, cast.bob)
    assert version_of(tools, article_id).state == "second"
    with pytest.raises(NotThere):
        read(tools, cast.bob, article_id)
    approve(tools, cast.carol, article_id)
    for reader in (cast.alice, cast.bob, cast.dave, cast.carol):  # colleagues too: that is what they agreed to
        assert read(tools, reader, article_id).body == BODY
    for stranger in (cast.frank, cast.heidi, cast.oscar, None):
        with pytest.raises(NotThere):
            read(tools, stranger, article_id)
    row = row_of(tools, article_id)
    assert row.review_day - row.published_day == 365


def test_the_second_editor_is_of_another_circle_and_an_editor(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = begin(stage, cast.carol)
    send(stage, cast.carol, article_id)
    say(tools, cast.alice)
    with tools.database.reading() as stores, pytest.raises(NotThere):
        second(tools, stores, cast.erin, article_id)()  # not all have said yes
    say(tools, cast.bob)
    with tools.database.reading() as stores:
        for refused in (cast.carol, cast.dave):  # the first one's circle; no editor
            with pytest.raises(NotThere):
                second(tools, stores, refused, article_id)()
        second(tools, stores, cast.erin, article_id)()


@pytest.mark.parametrize("word", ["no", "change"])
def test_no_and_change_bring_it_back_and_the_new_text_asks_anew(
    stage: Stage, tools: Toolbox, cast: Cast, word: consents.Word
) -> None:
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    say(tools, cast.alice)
    say(tools, cast.bob, word, "給餌のところは、塩分の話にしてください。")
    assert version_of(tools, article_id).state == "draft"
    with tools.database.reading() as stores:
        draft = drafts.get_draft(stores, tools.vault, viewer=viewer_of(tools, cast.erin), article_id=article_id)
    assert [(one.word, one.note) for one in draft.about.wishes] == [(word, "給餌のところは、塩分の話にしてください。")]
    assert asked_of(tools, cast.alice) == []  # her yes was to other words
    send(stage, cast.erin, article_id, body="明るくなる前に酸素を測ります。")
    assert [card.body for card in asked_of(tools, cast.alice)] == ["明るくなる前に酸素を測ります。"]
    assert version_of(tools, article_id).state == "consenting"


def test_silence_of_fourteen_days_is_no(stage: Stage, tools: Toolbox, cast: Cast, clock: SetClock) -> None:
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    say(tools, cast.alice)
    for days, state in ((14, "consenting"), (1, "draft")):
        clock.move(seconds=days * DAY)
        with tools.database.transaction("content") as stores:
            consents.lapse(stores, tools.vault, today=today(clock.now()), window=tools.window)
        work(tools)
        assert version_of(tools, article_id).state == state


@pytest.mark.parametrize("state", ["second", "due", "published"])
def test_a_yes_can_be_taken_back_at_any_time(stage: Stage, tools: Toolbox, cast: Cast, state: str) -> None:
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    say(tools, cast.alice)
    say(tools, cast.bob)
    if state == "due":
        with tools.database.transaction("content") as stores:
            version = version_of(tools, article_id)
            publishing.approve(
                stores, tools.vault, viewer=viewer_of(tools, cast.carol), version_id=version.id, due=tools.window,
                today=today(tools.clock.now()),
            )  # fmt: skip
    elif state == "published":
        approve(tools, cast.carol, article_id)
    say(tools, cast.bob, "no")
    work(tools)
    if state == "published":
        card = read(tools, cast.carol, article_id)
        assert (card.state, card.title, card.body, card.reason) == ("retired", "", "", "withdrawn")
        assert row_of(tools, article_id).sealed_text == version_of(tools, article_id).sealed_text == b""
    else:
        assert version_of(tools, article_id).state == "draft"
        with pytest.raises(NotThere):
            read(tools, cast.carol, article_id)


def test_only_who_was_asked_may_answer_and_only_while_it_is_asked(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    [card] = asked_of(tools, cast.bob)
    for stranger in (cast.alice, cast.carol, cast.dave, cast.erin):
        with tools.database.transaction("content", "keys") as stores, pytest.raises(NotThere):
            consenting.say(
                stores, tools.vault, viewer=viewer_of(tools, stranger), consent_id=card.asked.id, word="yes", note="",
                window=tools.window, due=tools.window,
            )  # fmt: skip
    with tools.database.transaction("content") as stores:
        drafts.call_back(stores, tools.vault, viewer=viewer_of(tools, cast.erin), article_id=article_id)
    assert asked_of(tools, cast.bob) == []


def test_words_of_an_answer_are_not_copied_unless_its_author_is_asked(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id, body = begin(stage, cast.erin), f"経験から。{FIRST}"
    with pytest.raises(Copied) as refused:
        send(stage, cast.erin, article_id, body=body)
    assert refused.value.passages == (FIRST.rstrip("。"),)
    assert version_of(tools, article_id).state == "draft"
    send(stage, cast.erin, article_id, body=body, quotes=stage.posts)
    [asker], [author] = asked_of(tools, cast.alice), asked_of(tools, cast.bob)
    assert (asker.quoted, author.quoted) == ((), (FIRST.rstrip("。"),))


def test_what_is_copied_is_found_through_spaces_and_width_and_not_in_short_phrases() -> None:
    spread = FIRST.replace("、", " ").replace("測って", "測　って")
    assert copied(f"はじめに。{spread}おわり。", [FIRST])
    assert copied("夜明け前に酸素を測ります。七を切る日は休みます。", [FIRST]) == []
    assert copied(BODY, [FIRST, SECOND]) == []


def test_nothing_is_made_of_nothing(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    with pytest.raises(NoSources):
        begin(stage, cast.erin, [])
    article_id = begin(stage, cast.erin)
    with pytest.raises(NoSources):
        send(stage, cast.erin, article_id, kept=())
    for stranger in (cast.alice, cast.bob):  # no editors
        with pytest.raises(NotThere):
            begin(stage, stranger)


def test_the_company_reads_only_what_was_agreed_for_it(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = out(stage, cast.erin, cast.carol, (cast.alice, cast.bob), company=True, audience="domain")
    assert read(tools, cast.frank, article_id).company
    with pytest.raises(NotThere):
        read(tools, None, article_id)


@pytest.mark.parametrize("word", ["yes", "change", "no"])
def test_no_editor_sees_in_which_minute_the_last_author_answered(
    app: Flask, stage: Stage, tools: Toolbox, cast: Cast, word: str
) -> None:
    """The attackers: the first editor, and a colleague of who asked, who look again and again. What an answer brings
    comes at the next publication, with what others wrote."""
    volunteer(tools, cast.dave)
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    say(tools, cast.bob)

    def seen() -> list[str]:
        looked = ((cast.dave, "/articles/desk"), (cast.erin, f"/articles/drafts/{article_id}"))
        pages = [signed_in(app, who).get(path).text for who, path in looked]
        return [
            re.sub(r'value="[0-9a-zA-Z_.-]{20,}"', "", one[one.index("<main") : one.index("</main>")]) for one in pages
        ]

    [card] = asked_of(tools, cast.alice)
    before, path = seen(), f"/articles/asked/{card.asked.id}"
    alice = signed_in(app, cast.alice)
    fields = {"word": word, "note": "", "plain": "0"}
    if word == "change":
        with tools.database.transaction("content", "keys") as stores:
            due = due_window(stores, tools.window, Audience.ALL, at_once=False)
            consenting.say(
                stores, tools.vault, viewer=viewer_of(tools, cast.alice), consent_id=card.asked.id, word="change",
                note="短く。", window=tools.window, due=due,
            )  # fmt: skip
    else:
        assert post(alice, path, fields, page=path).status_code == 303
        assert "次の公開の時刻に" in alice.get("/articles/asked").text
    work(tools)
    assert seen() == before
    assert version_of(tools, article_id).state == "consenting"
    publish(tools)
    work(tools)
    assert version_of(tools, article_id).state == ("second" if word == "yes" else "draft")
    assert seen() != before


@pytest.mark.parametrize("why", ["late", "leaves"])
def test_what_another_author_does_lets_no_editor_hear_an_answer_sooner(
    stage: Stage, tools: Toolbox, cast: Cast, why: str
) -> None:
    """The last answer is given while the worker is late with another's, or another author leaves."""
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    if why == "late":
        speak_soon(tools, cast.bob)
        publish(tools)
    speak_soon(tools, cast.alice, "change")
    if why == "leaves":
        with tools.database.transaction("content") as stores:
            label = str(peer_tag(cast.bob.secret, stage.thread_id))
            consents.withdraw(stores, tools.vault, label=label, window=tools.window, keep=False)
    work(tools)
    assert version_of(tools, article_id).state == "consenting"
    publish(tools)
    work(tools)
    assert version_of(tools, article_id).state == "draft"


def speak_soon(tools: Toolbox, person: Person, word: consents.Word = "yes") -> None:
    [card] = asked_of(tools, person)
    with tools.database.transaction("content", "keys") as stores:
        due = due_window(stores, tools.window, Audience.ALL, at_once=False)
        consenting.say(
            stores, tools.vault, viewer=viewer_of(tools, person), consent_id=card.asked.id, word=word, note="",
            window=tools.window, due=due,
        )  # fmt: skip


def test_a_yes_taken_back_in_the_last_window_keeps_the_text_in(stage: Stage, tools: Toolbox, cast: Cast) -> None:
    article_id = begin(stage, cast.erin)
    send(stage, cast.erin, article_id)
    for author in (cast.alice, cast.bob):
        say(tools, author)
    with tools.database.transaction("content") as stores:
        version = version_of(tools, article_id)
        publishing.approve(
            stores, tools.vault, viewer=viewer_of(tools, cast.carol), version_id=version.id, due=tools.window + 1,
            today=today(tools.clock.now()),
        )  # fmt: skip
    [card] = asked_of(tools, cast.bob)
    with tools.database.transaction("content", "keys") as stores:
        consenting.say(
            stores, tools.vault, viewer=viewer_of(tools, cast.bob), consent_id=card.asked.id, word="no", note="",
            window=tools.window, due=tools.window + 1,
        )  # fmt: skip
    with tools.database.transaction("content") as stores:  # whichever of the two is done first
        publishing.come_out(
            stores, tools.vault, version_id=version.id, today=today(tools.clock.now()), window=tools.window + 1
        )  # fmt: skip
    assert row_of(tools, article_id).state == "draft"
    publish(tools)
    work(tools)
    assert version_of(tools, article_id).state == "draft"


def test_no_author_sees_in_which_minute_an_editor_asked_them(
    app: Flask, stage: Stage, tools: Toolbox, cast: Cast
) -> None:
    """The attackers: the authors, who look at what they are asked again and again."""
    article_id = begin(stage, cast.erin)

    def seen() -> list[str]:
        looked = [(who, page) for who in (cast.alice, cast.bob) for page in ("/articles/asked", "/help-out", "/inbox")]
        pages = [signed_in(app, who).get(page).text for who, page in looked]
        return [one[one.index("<main") : one.index("</main>")] for one in pages]

    before = seen()
    erin, page = signed_in(app, cast.erin), f"/articles/drafts/{article_id}"
    sent = {
        "do": "send",
        "title": TITLE,
        "body": BODY,
        "audience": "members",
        "plain": "0",
        f"keep-{stage.posts[0]}": "1",
    }
    post(erin, page, sent)
    assert version_of(tools, article_id).state == "consenting"
    [card] = asked_of(tools, cast.bob)
    assert seen() == before
    assert signed_in(app, cast.bob).get(f"/articles/asked/{card.asked.id}").status_code == 404
    publish(tools)
    assert [TITLE in one for one in seen()[3:5]] == [True, True]
    assert signed_in(app, cast.bob).get(f"/articles/asked/{card.asked.id}").status_code == 200
