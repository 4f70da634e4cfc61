"""What an editor could read letter by letter from refusals: they send a passage with one letter more, again and again."""

from collections.abc import Callable, Sequence

import pytest

from app.clock import today
from app.errors import NotThere
from app.knowledge import copying, drafts
from app.knowledge.rules import Copied, copied
from app.knowledge.versions import about_of
from app.questions.access import get_readable
from app.questions.models import Post
from app.wiring import Toolbox
from tests.app.knowledge.stage import (
    Stage,
    approve,
    asked_of,
    begin,
    make_thread,
    out,
    say,
    send,
    typed,
    version_of,
    volunteer,
)
from tests.cast import Cast, Person, viewer_of

QUOTE = "夜明け前に酸素を測り七を切る日は給餌をすべて止めて様子を見るようにしています"
SECRET = "実は去年の夏に薬浴の濃度をまちがえました"
ANSWER = f"{QUOTE}。{SECRET}。"
BODY = f"冷え込む日の朝の見かた。「{QUOTE}」という人がいます。測る時刻を決めておくと続きます。"
LENGTH = 24  # letters in a row that count as copied
LETTERS = sorted(set(QUOTE + SECRET) | set("網金魚水温度朝昼夜春秋冬東西南北"))

Oracle = Callable[[str], bool]


@pytest.fixture
def quoted(tools: Toolbox, cast: Cast) -> tuple[Stage, str]:
    """An article that is out, with a passage of bob's in it that he let be quoted; the rest of his answer is not."""
    for editor in (cast.carol, cast.dave):
        volunteer(tools, editor)
    stage = make_thread(tools, cast.alice, cast.bob, texts=(ANSWER,))
    return stage, out(stage, cast.erin, cast.carol, (cast.alice, cast.bob), body=BODY, quotes=stage.posts)


def take_up(tools: Toolbox, person: Person, article_id: str) -> None:
    with tools.database.transaction("content") as stores:
        drafts.reopen(
            stores, tools.vault, viewer=viewer_of(tools, person), article_id=article_id, today=today(tools.clock.now())
        )  # fmt: skip


def spell(is_refused: Oracle, start: str) -> str:
    """The attacker: whatever can be added to a passage they know, a letter at a time."""
    known = start
    while (more := next((one for one in LETTERS if is_refused(known[1 - LENGTH :] + one)), "")) and len(known) < 80:
        known += more
    return known.removeprefix(start)


def by_sending(tools: Toolbox, person: Person, article_id: str, kept: Sequence[str] = ()) -> Oracle:
    """Is a draft with these words refused? What is accepted they call back."""
    viewer, day = viewer_of(tools, person), today(tools.clock.now())

    def is_refused(words: str) -> bool:
        text = drafts.Typed("題", f"{QUOTE}。{words}", "members", False, "", kept, ())
        with tools.database.transaction("content") as stores:
            drafts.save(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, typed=text)
            try:
                drafts.send(
                    stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, due=tools.window, today=day
                )
            except Copied as refusal:
                return any(words in one for one in refusal.passages)
            drafts.call_back(stores, tools.vault, viewer=viewer, article_id=article_id)
        return False

    return is_refused


def test_who_takes_up_an_article_spells_out_no_answer_closed_to_them(
    quoted: tuple[Stage, str], tools: Toolbox, cast: Cast
) -> None:
    """Dave is a colleague of who asked: the thread is closed to him."""
    stage, article_id = quoted
    with tools.database.reading() as stores, pytest.raises(NotThere):
        get_readable(stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.dave), thread_id=stage.thread_id)
    take_up(tools, cast.dave, article_id)
    assert spell(by_sending(tools, cast.dave, article_id), QUOTE) == ""
    assert spell(lambda words: bool(copied(words, [ANSWER])), QUOTE) == SECRET  # compared with all it was made from
    send(stage, cast.dave, article_id, body=BODY, kept=())  # the passage that bob lets be quoted may stay
    [card] = [one for one in asked_of(tools, cast.bob) if one.is_open]
    assert card.quoted == (QUOTE,)


def test_refusals_tell_an_editor_no_thread_that_an_article_was_made_from(
    quoted: tuple[Stage, str], tools: Toolbox, cast: Cast
) -> None:
    """Carol may read the thread, and another one: neither what is refused nor what she adds tells which it was."""
    stage, article_id = quoted
    other = make_thread(tools, cast.alice, cast.bob, texts=(ANSWER,))
    take_up(tools, cast.carol, article_id)
    seen = {}
    for one in (stage, other):
        begin(one, cast.carol, into=article_id)
        text = typed(one, body=f"はじめに。{SECRET}。朝は早くに測ります。{QUOTE}", kept=one.posts)
        with tools.database.transaction("content") as stores:
            viewer = viewer_of(tools, cast.carol)
            draft = drafts.save(stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, typed=text)
            shown = len(drafts.sources_shown(stores, tools.vault, draft))
            with pytest.raises(Copied) as refused:
                copying.check_words(stores, tools.vault, tools.trade, viewer=viewer, about=draft.about, text=draft.text)
            bare = drafts.save(
                stores, tools.vault, tools.trade, viewer=viewer, article_id=article_id, typed=typed(one, kept=())
            )
            left = len(drafts.sources_shown(stores, tools.vault, bare))
        seen[one.thread_id] = (shown, refused.value.passages, left)
    assert seen[stage.thread_id] == seen[other.thread_id] == (1, (QUOTE,), 0)


def test_what_an_author_would_see_of_their_own_is_said_whoever_copied_it(
    quoted: tuple[Stage, str], tools: Toolbox, cast: Cast
) -> None:
    stage, article_id = quoted
    take_up(tools, cast.carol, article_id)
    long = ANSWER[10:60]
    send(stage, cast.carol, article_id, body=f"つぎの年のこと。{long}。", kept=())
    [card] = [one for one in asked_of(tools, cast.bob) if one.is_open]
    assert card.quoted == (long.rstrip("。"),)


def test_an_answer_hidden_from_readers_is_not_spelled_out_either(tools: Toolbox, cast: Cast) -> None:
    """What a coordinator has to look at first."""
    volunteer(tools, cast.erin)
    stage = make_thread(tools, cast.alice, cast.bob, cast.carol, texts=("水車を早めに回します。", ANSWER))
    article_id = begin(stage, cast.erin, stage.posts[:1])
    oracle = by_sending(tools, cast.erin, article_id, stage.posts[:1])
    assert spell(oracle, QUOTE) == SECRET  # she reads it
    with tools.database.transaction("content") as stores:
        stores.content.get_one(Post, stage.posts[1]).hidden = True
    assert spell(oracle, QUOTE) == ""


def test_who_took_an_article_up_once_is_not_its_composer_afterwards(
    quoted: tuple[Stage, str], tools: Toolbox, cast: Cast
) -> None:
    stage, article_id = quoted
    take_up(tools, cast.dave, article_id)
    send(stage, cast.dave, article_id, body=BODY, kept=())
    for author in (cast.alice, cast.bob):
        say(tools, author)
    approve(tools, cast.erin, article_id)
    take_up(tools, cast.dave, article_id)
    with tools.database.reading() as stores:
        draft = drafts.get_draft(stores, tools.vault, viewer=viewer_of(tools, cast.dave), article_id=article_id)
        assert drafts.sources_shown(stores, tools.vault, draft) == []
    assert spell(by_sending(tools, cast.dave, article_id), QUOTE) == ""
    assert [one.quote for one in about_of(tools.vault, version_of(tools, article_id)).sources] == [True]
