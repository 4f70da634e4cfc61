"""What came of it: asked after the trade's days, told under the answer, and remembered by matching."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.domains.trade import BUNDLED, DomainFileProblem, load_trade
from app.leaving import steps
from app.notices.service import notes_of
from app.questions.models import Pending, Post
from app.questions.taps import ACCEPT, WORKED
from app.vectors.reading import answers_of, opened
from app.vectors.store import find_evidence
from app.wiring import Toolbox
from privacy.pseudonyms import owner_tag
from tests.app.questions.makers import answer, index, published, tap
from tests.app.queues.stage import opt_in, work
from tests.cast import Cast, post, signed_in, viewer_of

WORDS = "翌朝から水面に浮く魚がいなくなりました。"


def accepted(tools: Toolbox, cast: Cast) -> tuple[str, str]:
    """alice's question, and bob's answer that she accepted, out and remembered."""
    opt_in(tools, cast.bob)
    thread_id = published(tools, cast.alice)
    index(tools, thread_id)
    post_id = answer(tools, cast.bob, thread_id)
    work(tools, hours=4)
    tap(tools, cast.alice, thread_id, post_id, ACCEPT)
    tap(tools, cast.carol, thread_id, post_id, WORKED)
    work(tools, hours=4)
    return thread_id, post_id


def asked(tools: Toolbox, cast: Cast, thread_id: str) -> int:
    with tools.database.reading() as stores:
        notes = notes_of(stores, tools.vault, [owner_tag(cast.alice.secret, thread_id)], window=tools.window)
        return sum(one.kind == "outcome" for one in notes)


def worth(tools: Toolbox, thread_id: str) -> tuple[int, int]:
    """What matching remembers of the answer, and for how many it counts as having worked."""
    with tools.database.reading() as stores:
        (known,) = find_evidence(stores, tools.vault, thread_id).answers
        ((row,),) = opened(stores, tools.vault, tools.encoder.name, [thread_id])
        return known.outcome, answers_of(row, 1 / 24)[0].worked


def tell(app: Flask, cast: Cast, thread_id: str, result: str, post_id: str, text: str = "", **fields: str) -> int:
    path = f"/threads/{thread_id}/outcome"
    data = {"result": result, "answer": post_id, "text": text, **fields}
    return post(signed_in(app, cast.alice), path, data).status_code


def test_it_is_asked_once_after_the_days_of_the_trade(tools: Toolbox, cast: Cast) -> None:
    thread_id, _ = accepted(tools, cast)
    days = tools.trade.outcome_of("salmonids").days
    for _ in range(days - 1):
        work(tools, hours=24)
    assert asked(tools, cast, thread_id) == 0
    work(tools, hours=24)
    assert asked(tools, cast, thread_id) == 1
    work(tools, hours=24 * 30)
    assert asked(tools, cast, thread_id) == 1


def test_who_told_already_is_not_asked(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = accepted(tools, cast)
    assert tell(app, cast, thread_id, "recovered", post_id) == 303
    work(tools, hours=24 * 40)
    assert asked(tools, cast, thread_id) == 0


@pytest.mark.parametrize(("result", "remembered", "counts"), [("recovered", 1, 2), ("worse", -1, 0), ("unknown", 0, 1)])
def test_it_stands_under_the_answer_and_matching_learns(
    app: Flask, tools: Toolbox, cast: Cast, result: str, remembered: int, counts: int
) -> None:
    thread_id, post_id = accepted(tools, cast)
    assert worth(tools, thread_id) == (0, 1)
    assert tell(app, cast, thread_id, result, post_id, WORDS) == 303
    name = str(tools.trade.outcome.find(result).name)  # type: ignore[union-attr]
    assert WORDS not in signed_in(app, cast.bob).get(f"/threads/{thread_id}").text
    assert worth(tools, thread_id) == (0, 1)
    work(tools, hours=4)
    for reader in (cast.alice, cast.bob, cast.carol):
        article = signed_in(app, reader).get(f"/threads/{thread_id}").text.split(f'id="post-{post_id}"')[1]
        shown = article.split("</article>")[0]
        assert all(words in shown for words in ("その後", name, WORDS))
    assert worth(tools, thread_id) == (remembered, counts)
    tap(tools, cast.alice, thread_id, post_id, "outdated")  # weighed once more, nothing is forgotten
    work(tools, hours=4)
    assert worth(tools, thread_id) == (remembered, counts)


def test_something_else_worked_says_nothing_of_any_answer(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, _ = accepted(tools, cast)
    path = f"/threads/{thread_id}"
    assert "ほかのことでうまくいった" in signed_in(app, cast.alice).get(f"{path}/helped").text
    assert tell(app, cast, thread_id, "elsewhere", "", "網を替えたら落ち着きました。") == 303
    work(tools, hours=4)
    assert "網を替えたら落ち着きました。" in signed_in(app, cast.carol).get(path).text
    assert worth(tools, thread_id) == (0, 1)


def test_what_is_missing_is_asked_for_and_what_tells_is_shown(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = accepted(tools, cast)
    assert tell(app, cast, thread_id, "", post_id) == 422
    assert tell(app, cast, thread_id, "recovered", "0" * 32) == 422
    assert tell(app, cast, thread_id, "recovered", post_id, "電話は 03-1234-5678 です。") == 422
    assert tell(app, cast, thread_id, "recovered", post_id, "あ" * 1001) == 422
    with tools.database.reading() as stores:
        assert stores.content.scalar(select(Pending.id)) is None
    for _ in range(2):
        assert tell(app, cast, thread_id, "recovered", post_id, WORDS, token="t" * 32) == 303
    work(tools, hours=4)
    with tools.database.reading() as stores:
        assert len(stores.content.scalars(select(Post.id).where(Post.kind == "outcome")).all()) == 1


@pytest.mark.parametrize("path", ["outcome", "helped", "not-yet"])
@pytest.mark.parametrize("who", ["bob", "carol", "dave", "erin"])
def test_nobody_else_tells_it(app: Flask, tools: Toolbox, cast: Cast, path: str, who: str) -> None:
    thread_id, post_id = accepted(tools, cast)
    client, where = signed_in(app, cast[who]), f"/threads/{thread_id}/{path}"
    if path != "not-yet":
        assert client.get(where).status_code == 404
    if path != "helped":
        data = {"result": "worse", "answer": post_id}
        assert post(client, where, data, page="/ask").status_code == 404
    work(tools, hours=4)
    assert worth(tools, thread_id) == (0, 1)


@pytest.mark.parametrize("texts", ["keep", "withdraw"])
def test_its_words_are_its_authors_to_take_back(app: Flask, tools: Toolbox, cast: Cast, texts: str) -> None:
    thread_id, post_id = accepted(tools, cast)
    tell(app, cast, thread_id, "recovered", post_id, WORDS)
    work(tools, hours=4)
    steps.leave(tools, viewer_of(tools, cast.alice), texts=texts)  # type: ignore[arg-type]
    work(tools, hours=4)
    shown = signed_in(app, cast.carol).get(f"/threads/{thread_id}").text
    assert (WORDS in shown) is (texts == "keep")


def test_who_leaves_takes_back_what_worked_for_them(tools: Toolbox, cast: Cast) -> None:
    thread_id, _ = accepted(tools, cast)
    steps.leave(tools, viewer_of(tools, cast.carol), texts="keep")
    work(tools, hours=1)
    assert worth(tools, thread_id) == (0, 0)


@pytest.mark.parametrize("name", ["aquaculture", "customer_success"])
def test_both_trades_say_when_and_how_to_ask(name: str) -> None:
    trade = load_trade(name)
    for group in trade.groups:
        asked = trade.outcome_of(group.key)
        assert asked.days >= 7
        assert {one.worth for one in asked.results} == {"good", "none", "bad"}
        assert str(asked.question)
    assert (
        len({str(load_trade("aquaculture").outcome_of(one).question) for one in ("salmonids", "shellfish-seaweed")})
        == 2
    )


def test_a_trade_where_nothing_can_have_gone_wrong_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "trade.toml"
    file.write_text((BUNDLED / "aquaculture.toml").read_text().replace('worth = "bad", ', ""))
    with pytest.raises(DomainFileProblem, match="no result is bad"):
        load_trade(str(file))
