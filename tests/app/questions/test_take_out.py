"""Identifying words are taken out at once, and out of everything that holds them."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.clock import today
from app.db import Database, store_path
from app.escalation.service import proposal_of, propose
from app.keystore import DataKey
from app.moderation.cases import Decision, Opened, cases_of, new_case, write_case
from app.questions import service
from app.questions.course import Turn, course_of, note_turn
from app.questions.marks import marks_of, put_mark
from app.questions.models import Pending, Post, Thread
from app.questions.pending import open_pending, unpack
from app.questions.reads import find_thread_text, thread_text
from app.sealing import open_text
from app.vectors.boxes import counts_of, vector_of
from app.vectors.models import IndexedThread
from app.wiring import Toolbox, build
from matching.text import counts
from tests.app.questions.makers import answer, ask, make_question, publish, published
from tests.app.queues.stage import work
from tests.cast import Cast, Person, post, signed_in, token_in, viewer_of

VESSEL = "第八銀鱗丸"
SHOP = "みずかがみ亭"
TITLE = f"{VESSEL}の生け簀だけ餌を食べません"
SITUATION = f"{SHOP}に納める前の日、第八\n銀鱗丸のまわりで群れが離れます。"
QUOTE = f"> {VESSEL}の生け簀だけ\n\n網の深さを見てください。"
PLAIN = "うちでも銀色のほうが先でした。網の深さを見てください。"


def question() -> object:
    return make_question(title=TITLE, fields={"situation": SITUATION, "water_temperature": "12.5"})


def asked(tools: Toolbox, cast: Cast) -> str:
    thread_id = ask(tools, cast.alice, question())  # type: ignore[arg-type]
    work(tools, hours=5)
    return thread_id


def take_out(client: FlaskClient, thread_id: str, *words: str, typed: str = "") -> int:
    page = client.get(f"/threads/{thread_id}/words")
    fields = {"csrf_token": token_in(page), "word": list(words), "words": typed}
    return client.post(f"/threads/{thread_id}/words", data=fields).status_code


def everything_opened(tools: Toolbox, secret: Person) -> Iterator[str]:
    """Every text of the content file, opened with every key there is, and the file's own bytes."""
    with tools.database.reading() as stores:
        for table, rows in (
            ("threads", stores.content.scalars(select(Thread))),
            ("posts", stores.content.scalars(select(Post))),
        ):
            for row in rows:
                if row.sealed_text:
                    yield str(
                        open_text(tools.vault.data_key(stores, row.key_id), row.sealed_text, table=table, row=row.id)
                    )
        for row in stores.content.scalars(select(Pending)):
            payload = open_pending(tools.vault, row)
            columns = payload.get("columns", payload)
            table = {"question": "threads", "edit": "changes", "addition": "changes"}.get(payload["kind"], "posts")
            key = tools.vault.data_key(stores, columns["key_id"])
            yield str(open_text(key, unpack(payload["text"]), table=table, row=payload["id"]))
        for row in stores.content.scalars(select(IndexedThread)):
            yield str(counts_of(tools.vault, row))


def holds(tools: Toolbox, person: Person, word: str) -> bool:
    return any(word in "".join(text.replace("\\n", "").split()) for text in everything_opened(tools, person))


def test_the_page_marks_what_may_tell_and_takes_it_out(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = asked(tools, cast)
    answer(tools, cast.bob, thread_id, QUOTE)
    publish(tools)
    alices, bobs = signed_in(app, cast.alice), signed_in(app, cast.bob)
    assert VESSEL in alices.get(f"/threads/{thread_id}/words").text
    assert holds(tools, cast.alice, VESSEL)
    assert take_out(alices, thread_id, VESSEL, typed=SHOP) == 303
    read = bobs.get(f"/threads/{thread_id}").text
    assert VESSEL not in read
    assert SHOP not in read
    assert "■■の生け簀だけ餌を食べません" in read
    assert "■■（書いた人が消しました）の生け簀だけ" in read
    assert "網の深さを見てください。" in read
    assert not holds(tools, cast.alice, VESSEL)  # across the line break too
    assert not holds(tools, cast.alice, SHOP)


def test_it_happens_between_windows_and_leaves_what_waits_without_them(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = asked(tools, cast)
    answer(tools, cast.carol, thread_id, QUOTE)
    with tools.database.reading() as stores:
        due = [row.due_window for row in stores.content.scalars(select(Pending))]
    alices = signed_in(app, cast.alice)
    shown = post(
        alices, f"/threads/{thread_id}/edit", {"token": "t", "title": TITLE, "field_situation": f"{SHOP}です。"}
    )
    form = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown.text[shown.text.index("send-form") :])
    )
    kept = dict.fromkeys(re.findall(r'name="(do-[0-9a-f]+)"', shown.text), "keep")
    again = alices.post(f"/threads/{thread_id}/edit", data={**form, **kept})
    form = (
        dict(
            re.findall(
                r'<input type="hidden" name="([^"]+)" value="([^"]*)"', again.text[again.text.index("send-form") :]
            )
        )
        if again.status_code == 422
        else {}
    )
    if form:
        assert alices.post(f"/threads/{thread_id}/edit", data={**form, **kept}).status_code == 303
    assert holds(tools, cast.alice, SHOP)
    assert take_out(alices, thread_id, VESSEL, typed=SHOP) == 303
    assert not holds(tools, cast.alice, VESSEL)
    assert not holds(tools, cast.alice, SHOP)
    with tools.database.reading() as stores:
        assert due[0] in [row.due_window for row in stores.content.scalars(select(Pending))]


def test_what_others_say_themselves_stays(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """An asker must not be able to edit answers by calling a word identifying."""
    thread_id = published(tools, cast.alice, make_question(title="銀色の個体だけ、餌を食べません"))
    answer(tools, cast.bob, thread_id, PLAIN)
    publish(tools)
    assert take_out(signed_in(app, cast.alice), thread_id, typed="銀色\n網の深さ") == 303
    read = signed_in(app, cast.carol).get(f"/threads/{thread_id}").text
    assert PLAIN in read
    assert "■■の個体だけ、餌を食べません" in read


def test_search_and_matching_forget_the_words(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = asked(tools, cast)
    bobs = signed_in(app, cast.bob)
    assert thread_id in bobs.get(f"/threads?q={VESSEL}").text
    with tools.database.reading() as stores:
        before = vector_of(tools.vault, stores.content.get_one(IndexedThread, thread_id))
    assert take_out(signed_in(app, cast.alice), thread_id, VESSEL, typed=SHOP) == 303
    with tools.database.reading() as stores:
        row = stores.content.get_one(IndexedThread, thread_id)
        found = find_thread_text(stores, tools.vault, tools.trade, thread_id)
        after = vector_of(tools.vault, row)
        assert found is not None
        assert before is not None
        assert after is not None
        assert not (before == after).all()
        assert (after == tools.encoder.passages([found.text])[0].astype("<f2")).all()  # as it is kept
        assert counts_of(tools.vault, row) == dict(counts(found.text))
    history = tools.memory.domain("rainbow-trout")
    kept = repr({name: getattr(history, name, None) for name in dir(history) if not name.startswith("__")})
    assert VESSEL not in kept
    page = bobs.get(f"/threads?q={VESSEL}").text
    assert "同じ言葉の入った質問は見つかりませんでした" in page or thread_id not in page
    assert len(tools.asked) <= 1  # what bob has just asked for


@pytest.mark.parametrize("how", ["words", "whole"])
def test_the_other_process_forgets_too(app: Flask, tools: Toolbox, cast: Cast, how: str) -> None:
    """The worker remembers vectors of its own, and asks nobody for days: a job tells it."""
    thread_id = asked(tools, cast)
    worker = build(tools.settings, clock=tools.clock)

    def remembered() -> bytes:
        history = worker.memory.domain("rainbow-trout")
        return history.vectors.vector(thread_id).tobytes() if thread_id in history else b""

    with worker.database.reading() as stores:
        worker.memory.catch_up(stores, ["rainbow-trout"])
    before = remembered()
    assert before
    alices = signed_in(app, cast.alice)
    if how == "words":
        assert take_out(alices, thread_id, VESSEL) == 303
    else:
        assert post(alices, f"/threads/{thread_id}/withdraw").status_code == 303
    assert remembered() == before
    work(worker)
    assert remembered() != before
    assert (remembered() == b"") == (how == "whole")
    worker.database.close()


def test_no_byte_of_the_older_rows_is_left(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Neither in the file nor in its log: the ciphertexts from before are nowhere."""
    thread_id = asked(tools, cast)
    answer(tools, cast.bob, thread_id, QUOTE)
    publish(tools)
    with tools.database.reading() as stores:
        rows = [stores.content.get_one(Thread, thread_id), *stores.content.scalars(select(Post))]
        index = stores.content.get_one(IndexedThread, thread_id)
        old = [row.sealed_text for row in rows] + [index.sealed_vector or b"", index.sealed_counts or b""]
    assert take_out(signed_in(app, cast.alice), thread_id, VESSEL, typed=SHOP) == 303
    content = store_path(tools.database.folder, "content")
    for path in (content, Path(f"{content}-wal")):
        data = path.read_bytes() if path.exists() else b""
        assert all(sealed[-40:] not in data for sealed in old), path.name


def test_an_older_copy_of_the_file_opens_with_no_key_of_today(
    app: Flask, tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    """The author's part is under another key: question, pictures and what waits, and it all still opens."""
    thread_id = ask(tools, cast.alice, question(), photos=[b"picture"])  # type: ignore[arg-type]
    work(tools, hours=5)
    followup(tools, cast.alice, thread_id, f"{SHOP}でも見ました。", photos=[b"another"])
    tools.database.checkpoint()
    copy = tmp_path / "older"
    copy.mkdir()
    shutil.copy(store_path(tools.database.folder, "content"), copy)
    alices = signed_in(app, cast.alice)
    pictures = re.findall(r'<img src="(/threads/[^"]+)"', alices.get(f"/threads/{thread_id}").text)
    assert len(pictures) == 2
    assert take_out(alices, thread_id, VESSEL, typed=SHOP) == 303
    assert [alices.get(one).data for one in pictures] == [b"picture", b"another"]
    for name in ("keys", "identity"):
        shutil.copy(store_path(tools.database.folder, name), copy)  # type: ignore[arg-type]
    older = Database(copy)
    with older.reading() as stores:
        thread = stores.content.get_one(Thread, thread_id)
        assert stores.keys.get(DataKey, thread.key_id) is None
        assert thread_text(stores, tools.vault, thread) is None
    older.close()
    publish(tools)
    bobs = signed_in(app, cast.bob)
    assert "■■でも見ました。" in bobs.get(f"/threads/{thread_id}").text
    assert [bobs.get(one).data for one in pictures] == [b"picture", b"another"]


def followup(tools: Toolbox, person: Person, thread_id: str, text: str, **more: object) -> None:
    with tools.database.transaction("content", "keys") as stores:
        service.add_followup(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), thread_id=thread_id, text=text,
            window=tools.window, today=today(tools.clock.now()), **more,  # type: ignore[arg-type]
        )  # fmt: skip


def test_drafts_of_ones_own_lose_them_too(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = asked(tools, cast)
    alices = signed_in(app, cast.alice)
    post(
        alices,
        "/ask/preview",
        {"subject": "rainbow-trout", "topic": "disease", "title": TITLE, "field_situation": SHOP},
        page="/ask",
    )
    assert VESSEL in alices.get("/ask").text
    assert take_out(alices, thread_id, VESSEL) == 303
    assert VESSEL not in alices.get("/ask").text
    assert SHOP in alices.get("/ask").text


@pytest.mark.parametrize("state", ["closed", "ended", "hidden"])
def test_it_works_in_any_state(app: Flask, tools: Toolbox, cast: Cast, state: str) -> None:
    thread_id = asked(tools, cast)
    with tools.database.transaction("content") as stores:
        thread = stores.content.get_one(Thread, thread_id)
        thread.hidden, thread.state = state == "hidden", thread.state if state == "hidden" else state
    assert take_out(signed_in(app, cast.alice), thread_id, VESSEL) == 303
    assert not holds(tools, cast.alice, VESSEL)


def test_an_answerers_words_go_from_the_question_that_quotes_them(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = published(tools, cast.alice)
    answer(tools, cast.bob, thread_id, f"{SHOP}の裏の池で同じことがありました。")
    publish(tools)
    followup(tools, cast.alice, thread_id, f"「{SHOP}の裏の池」は深いですか。")
    publish(tools)
    assert take_out(signed_in(app, cast.bob), thread_id, typed=SHOP) == 303
    read = signed_in(app, cast.carol).get(f"/threads/{thread_id}").text
    assert SHOP not in read
    assert "「■■（書いた人が消しました）の裏の池」は深いですか。" in read


@pytest.mark.parametrize(
    ("typed", "says"), [("", "消す言葉を選ぶか"), ("あ", "2文字から100文字まで"), ("■■", "消したあとの印"), ("あい\n" * 1 + "\n".join(f"語{n}" for n in range(40)), "30個まで")]
)  # fmt: skip
def test_what_cannot_be_taken_out_is_said(app: Flask, tools: Toolbox, cast: Cast, typed: str, says: str) -> None:
    thread_id = asked(tools, cast)
    alices = signed_in(app, cast.alice)
    page = alices.get(f"/threads/{thread_id}/words")
    refused = alices.post(f"/threads/{thread_id}/words", data={"csrf_token": token_in(page), "words": typed})
    assert refused.status_code == 422
    assert says in refused.text


def test_nobody_else_takes_words_out(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = asked(tools, cast)
    for name in ("bob", "dave", "erin"):
        client = signed_in(app, cast[name])
        token = token_in(client.get("/ask"))
        assert client.get(f"/threads/{thread_id}/words").status_code == 404
        assert (
            client.post(f"/threads/{thread_id}/words", data={"csrf_token": token, "words": VESSEL}).status_code == 404
        )
    assert holds(tools, cast.alice, VESSEL)


def test_an_unanswered_question_is_withdrawn_with_all_that_was_made_of_it(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    thread_id = asked(tools, cast)
    alices, page = signed_in(app, cast.alice), f"/threads/{thread_id}/withdraw"
    answer(tools, cast.carol, thread_id, PLAIN)  # waits: nothing of it may show in what the asker sees
    assert "元には戻せません" in alices.get(page).text
    assert post(alices, page).status_code == 303
    assert not holds(tools, cast.alice, VESSEL)
    with tools.database.reading() as stores:
        row = stores.content.get_one(IndexedThread, thread_id)
        assert (row.sealed_vector, row.sealed_counts, row.sealed_evidence) == (None, None, None)
        assert not stores.content.get_one(Thread, thread_id).sealed_text
    assert "取り下げられた質問" in alices.get(f"/threads/{thread_id}").text
    assert thread_id not in alices.get("/mine").text
    assert alices.get(page).status_code == 404


def test_before_its_window_it_never_comes_out(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice, question())  # type: ignore[arg-type]
    alices = signed_in(app, cast.alice)
    assert post(alices, f"/threads/{thread_id}/withdraw").status_code == 303
    publish(tools)
    assert signed_in(app, cast.bob).get(f"/threads/{thread_id}").status_code == 404
    assert thread_id not in signed_in(app, cast.alice).get("/mine").text


def test_an_answered_question_stays(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id = asked(tools, cast)
    answer(tools, cast.bob, thread_id, PLAIN)
    publish(tools)
    alices, page = signed_in(app, cast.alice), f"/threads/{thread_id}/withdraw"
    shown = alices.get(page)
    assert "取り下げられません" in shown.text
    token = token_in(alices.get("/ask"))
    assert alices.post(page, data={"csrf_token": token}).status_code == 409
    assert holds(tools, cast.alice, VESSEL)


def test_the_page_says_nothing_of_what_waits_of_others(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """With and without an answer on its way, what the asker gets back is the same."""
    thread_id = asked(tools, cast)
    alices = signed_in(app, cast.alice)
    before = re.sub(r'value="[^"]+"|X-CSRFToken[^}]*', "", alices.get(f"/threads/{thread_id}/words").text)
    answer(tools, cast.carol, thread_id, QUOTE)
    after = re.sub(r'value="[^"]+"|X-CSRFToken[^}]*', "", alices.get(f"/threads/{thread_id}/words").text)
    assert before == after


def test_marks_courses_proposals_and_cases_are_gone_through(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """What others wrote about a text where only some may read it: comments, proposals, decisions."""
    thread_id = asked(tools, cast)
    answer(tools, cast.bob, thread_id, PLAIN)
    publish(tools)
    quoting = f"「{VESSEL}の生け簀」とあり、わかってしまいます。"
    with tools.database.transaction("content") as stores:
        thread = stores.content.get_one(Thread, thread_id)
        put_mark(
            stores, tools.vault, secret=cast.carol.secret, thread_id=thread_id, kind="flag", object=thread_id,
            value={"comment": quoting, "since": 1},
        )  # fmt: skip
        note_turn(tools.vault, thread, Turn("widened", 1, quoting))
        day = today(tools.clock.now())
        propose(
            stores, tools.vault, thread, kind="reword", words={"title": TITLE, "field_situation": SHOP}, today=day,
            window=tools.window,
        )  # fmt: skip
        case = replace(new_case(tools.vault, thread, window=1), appeal=f"{VESSEL}は消しました。")
        case = replace(case, decisions=(Decision("words", "label", 1, sentence=quoting),))
        write_case(stores, tools.vault, case)
    assert take_out(signed_in(app, cast.alice), thread_id, VESSEL, typed=SHOP) == 303
    with tools.database.reading() as stores:
        thread = stores.content.get_one(Thread, thread_id)
        left = [
            *(one.value for one in marks_of(stores, tools.vault, thread_id)),
            course_of(tools.vault, thread),
            proposal_of(stores, tools.vault, thread),
            [(one.appeal, one.decisions) for one in cases_of(stores, tools.vault, [thread_id])],
        ]
    said = " ".join(map(repr, left)) + repr([one.decisions[0].sentence for one in found_cases(tools, thread_id)])
    assert len([one for one in left if "■■" in repr(one)]) >= 3
    assert VESSEL not in said
    assert SHOP not in said


def found_cases(tools: Toolbox, thread_id: str) -> list[Opened]:
    with tools.database.reading() as stores:
        return cases_of(stores, tools.vault, [thread_id])
