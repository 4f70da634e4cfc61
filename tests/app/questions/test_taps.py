"""What readers say of an answer: worked for me, outdated, thank you. And what nobody can tell from it."""

import pytest
from flask import Flask

from app.errors import Forbidden, NotThere
from app.notices.service import notes_of
from app.questions import judging
from app.questions.marks import MarkRow, marks_of
from app.questions.models import Post
from app.questions.taps import OUTDATED, THANKS, WORKED, is_outdated, proofs, worked_for
from app.vectors.store import find_evidence
from app.wiring import Toolbox
from privacy.pseudonyms import peer_tag
from tests.app.questions.makers import answer, published, tap
from tests.app.queues.stage import opt_in, work
from tests.cast import Cast, Person, make_person, post, signed_in, viewer_of

ELSEWHERE = "ほかの現場でもうまくいきました"
DOUBTFUL = "古くなっているかもしれません"


def answered(tools: Toolbox, cast: Cast) -> tuple[str, str]:
    """alice's question and bob's answer to it, out and remembered."""
    opt_in(tools, cast.bob)
    thread_id = published(tools, cast.alice)
    post_id = answer(tools, cast.bob, thread_id)
    work(tools, hours=4)
    return thread_id, post_id


def more(tools: Toolbox, cast: Cast, name: str, organisation: str) -> Person:
    return make_person(tools, name, cast.organisations[organisation])


def page(app: Flask, person: Person, thread_id: str) -> str:
    return signed_in(app, person).get(f"/threads/{thread_id}").text


def worked(tools: Toolbox, thread_id: str) -> int:
    with tools.database.reading() as stores:
        return find_evidence(stores, tools.vault, thread_id).answers[0].worked


def told(tools: Toolbox, person: Person, thread_id: str) -> list[str]:
    """The kinds of the notes to this answerer of the thread."""
    with tools.database.reading() as stores:
        notes = notes_of(stores, tools.vault, [peer_tag(person.secret, thread_id)], window=tools.window)
        return sorted(one.kind for one in notes)


# ---------------------------------------------------------------- what counts


def voices(*circles: str, author: str = "x") -> list[MarkRow]:
    """Taps of members of these circles, `a+b` for one that moved, on an answer from the circle `author`."""
    sets = [one.split("+") for one in circles]
    return [MarkRow("l", "t", WORKED, "p", {"circles": one, "other": author not in one}) for one in sets]


@pytest.mark.parametrize(
    ("taps", "known", "read"),
    [
        ([], 0, 0),
        (["a"], 1, 1),
        (["x"], 0, 0),
        (["a", "a", "a"], 1, 1),  # one organisation, however many of it
        (["a", "x+b"], 1, 1),
        (["a", "b", "c", "d"], 4, 1),  # no number under five
        (["a", "b", "c", "d", "e"], 5, 5),
        ([*"abcdefghijk", "x", "x"], 11, 10),
        (["r"], 1, 0),  # the reader's own circle
        ([*"abcd", "r"], 5, 1),
    ],
)
def test_what_matching_knows_and_what_a_reader_is_told(taps: list[str], known: int, read: int) -> None:
    assert (proofs(voices(*taps)), worked_for(voices(*taps), frozenset("r"))) == (known, read)


@pytest.mark.parametrize(
    ("taps", "shown"), [(["a"], False), (["a", "a"], False), (["a", "a+b"], False), (["a", "b"], True)]
)
def test_two_organisations_doubt(taps: list[str], shown: bool) -> None:
    assert is_outdated(voices(*taps)) is shown


# ---------------------------------------------------------------- worked for me


def test_it_worked_elsewhere_from_the_window_on(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    carol, path = signed_in(app, cast.carol), f"/threads/{thread_id}"
    assert post(carol, f"{path}/worked", {"post": post_id}, page=path).status_code == 303
    assert ELSEWHERE not in page(app, cast.alice, thread_id)
    assert worked(tools, thread_id) == 0
    work(tools, hours=4)
    for reader in (cast.alice, cast.bob):
        assert ELSEWHERE in page(app, reader, thread_id)
    assert worked(tools, thread_id) == 1
    assert (
        post(signed_in(app, cast.carol), f"{path}/untap", {"post": post_id, "kind": WORKED}, page=path).status_code
        == 303
    )
    assert ELSEWHERE in page(app, cast.alice, thread_id)
    work(tools, hours=4)
    assert ELSEWHERE not in page(app, cast.alice, thread_id)
    assert worked(tools, thread_id) == 0
    with tools.database.reading() as stores:
        assert marks_of(stores, tools.vault, thread_id) == []


def test_neither_the_asker_nor_the_answerer_says_it(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for person in (cast.alice, cast.bob):
        with pytest.raises(Forbidden):
            tap(tools, person, thread_id, post_id, WORKED)
    with pytest.raises(Forbidden):
        tap(tools, cast.bob, thread_id, post_id, OUTDATED)
    for person, wrong in ((cast.dave, post_id), (cast.carol, "0" * 32), (cast.carol, thread_id)):
        with pytest.raises(NotThere):
            tap(tools, person, thread_id, wrong, WORKED)
    work(tools, hours=4)
    assert worked(tools, thread_id) == 0


def test_a_colleague_of_the_answerer_raises_nothing_and_learns_nothing(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """The attacker: a member who taps to see whether the answerer is of their own circle."""
    thread_id, post_id = answered(tools, cast)
    colleague, beside = more(tools, cast, "colleague", "B"), more(tools, cast, "beside", "C")
    tap(tools, colleague, thread_id, post_id, WORKED)
    work(tools, hours=4)
    assert worked(tools, thread_id) == 0
    of_the_answerers = ELSEWHERE in page(app, colleague, thread_id)
    with tools.database.transaction("content") as stores:
        judging.take_back(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, colleague), thread_id=thread_id, post_id=post_id,
            kind=WORKED, window=tools.window,
        )  # fmt: skip
    tap(tools, cast.carol, thread_id, post_id, WORKED)
    work(tools, hours=4)
    of_another = [ELSEWHERE in page(app, one, thread_id) for one in (cast.carol, beside)]
    assert (of_the_answerers, of_another) == (False, [False, False])
    assert worked(tools, thread_id) == 1
    assert ELSEWHERE in page(app, colleague, thread_id)


def for_everybody(taps: list[MarkRow], _reader: frozenset[str]) -> int:
    """The mutant: every reader is told the same."""
    return min(proofs(taps), 1)


@pytest.mark.parametrize("shown", [worked_for, for_everybody])
def test_no_tap_of_an_organisation_changes_what_it_reads(shown: object) -> None:
    """The attacker: an organisation of any size, now in one circle and now in another, that wants to know whether an
    answerer sits among its own circle. It taps, and looks again. The mutant tells it."""
    found = set()
    for others in ([], ["b"], ["b", "c", "d", "e"]):
        for size in (1, 3, 9):
            for author in ("a", "x"):
                before = shown(voices(*others, author=author), frozenset("a"))  # type: ignore[operator]
                after = shown(voices(*others, *["a"] * size, author=author), frozenset("a"))  # type: ignore[operator]
                found.add((author, after - before))
    by_author = [{step for one, step in found if one == author} for author in ("a", "x")]
    assert (by_author[0] == by_author[1]) is (shown is worked_for)


# ---------------------------------------------------------------- outdated


def test_one_doubt_is_told_to_the_answerer_alone_and_a_second_to_all(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    path = f"/threads/{thread_id}/posts/{post_id}/outdated"
    assert post(signed_in(app, cast.carol), path, {"text": "いまは別の薬を使います。"}).status_code == 303
    work(tools, hours=4)
    own = page(app, cast.bob, thread_id)
    assert "いまは別の薬を使います。" in own
    assert told(tools, cast.bob, thread_id) == ["outdated"]
    other = page(app, cast.alice, thread_id)
    assert DOUBTFUL not in other
    assert "別の薬" not in other
    colleague = more(tools, cast, "beside", "C")
    assert post(signed_in(app, colleague), path, {"text": ""}).status_code == 303
    work(tools, hours=4)
    assert DOUBTFUL not in page(app, cast.alice, thread_id)
    assert post(signed_in(app, cast.alice), path, {"text": " "}).status_code == 303
    work(tools, hours=4)
    for reader in (cast.alice, cast.bob, cast.carol):
        assert f'<p class="callout-title">{DOUBTFUL}</p>' in page(app, reader, thread_id)
    assert "別の薬" not in page(app, cast.alice, thread_id)


def test_words_that_tell_who_wrote_are_shown_first(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for kind, fields in (("outdated", {}), ("thanks", {"choice": "own"})):
        person = cast.carol if kind == "outdated" else cast.alice
        path = f"/threads/{thread_id}/posts/{post_id}/{kind}"
        response = post(signed_in(app, person), path, {"text": "電話は 03-1234-5678 です。", **fields})
        assert response.status_code == 422
        assert "まだ出していません" in response.text
        response = post(signed_in(app, person), path, {"text": "あ" * 201, **fields})
        assert (response.status_code, "200文字までで" in response.text) == (422, True)
    with tools.database.reading() as stores:
        assert marks_of(stores, tools.vault, thread_id) == []


# ---------------------------------------------------------------- thanks


def test_thanks_reach_the_answerer_and_nobody_else(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    path = f"/threads/{thread_id}/posts/{post_id}/thanks"
    own = "次の朝から落ち着きました。"
    assert post(signed_in(app, cast.alice), path, {"choice": "own", "text": own}).status_code == 303
    assert "お礼" not in page(app, cast.bob, thread_id)
    work(tools, hours=4)
    assert told(tools, cast.bob, thread_id) == ["thanks"]
    assert all(
        words in page(app, cast.bob, thread_id) for words in (own, "質問者からのお礼", "あなただけに見えています")
    )
    for reader in (cast.alice, cast.carol):
        assert own not in page(app, reader, thread_id)
    assert post(signed_in(app, cast.carol), path, {"choice": "helped"}, page="/ask").status_code == 403
    tap(tools, cast.carol, thread_id, post_id, WORKED)
    assert post(signed_in(app, cast.carol), path, {"choice": "helped"}).status_code == 303
    assert post(signed_in(app, cast.carol), path, {"choice": "nonsense"}).status_code == 422
    work(tools, hours=4)
    assert all(words in page(app, cast.bob, thread_id) for words in ("助かりました。", "読んだ方からのお礼"))
    assert told(tools, cast.bob, thread_id) == ["thanks", "thanks"]


def test_a_tap_made_over_and_over_is_told_once(tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    for text in ("お礼です。", "ありがとうございます。", "助かりました。"):
        tap(tools, cast.alice, thread_id, post_id, THANKS, text=text)
    work(tools, hours=4)
    assert told(tools, cast.bob, thread_id) == ["thanks"]


# ---------------------------------------------------------------- whose it is


def test_a_tap_that_waits_leaves_no_sign_on_any_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """The two states: before and after a tap, within a window, no page of anybody else differs."""
    thread_id, post_id = answered(tools, cast)
    readers = (cast.alice, cast.bob)
    before = [told(tools, one, thread_id) + sorted(set(page(app, one, thread_id).split("<"))) for one in readers]
    for kind in (WORKED, OUTDATED, THANKS):
        tap(tools, cast.carol, thread_id, post_id, kind)
    after = [told(tools, one, thread_id) + sorted(set(page(app, one, thread_id).split("<"))) for one in readers]
    for one, two in zip(before, after, strict=True):
        assert all("csrf" in line or "token" in line or "opened" in line or "phone" in line for line in {*one} ^ {*two})


def test_what_stands_in_the_file_names_nobody(tools: Toolbox, cast: Cast) -> None:
    """The thief with every key: circle, kind and answer; no label, tag, id or address of the member."""
    thread_id, post_id = answered(tools, cast)
    tap(tools, cast.carol, thread_id, post_id, OUTDATED, text="薬が変わりました。")
    with tools.database.reading() as stores:
        (mark,) = marks_of(stores, tools.vault, thread_id)
        tags = {one.author_tag for one in stores.content.query(Post)}
    viewer = viewer_of(tools, cast.carol)
    whole = repr((mark.label, mark.value))
    for known in (viewer.member_id, viewer.organisation_id, cast.carol.mail, peer_tag(viewer.secret, thread_id), *tags):
        assert known not in whole
    assert set(mark.value) == {"since", "until", "circles", "other", "by_asker", "text", "choice"}
