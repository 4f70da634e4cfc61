"""What is asked often and not written: only of questions its reader may read, and not once an article is there."""

import pytest
from flask import Flask

from app.clock import today
from app.knowledge import often
from app.knowledge.versions import Source
from app.knowledge.worker import keep_picking
from app.questions import duplicates
from app.wiring import Toolbox
from privacy.bands import at_least
from privacy.scopes import Audience
from tests.app.knowledge.shelf import put_article
from tests.app.questions.makers import index, make_question, publish, published
from tests.cast import Cast, Person, make_person, signed_in, viewer_of

FEW = "この話題のメモを書く"  # a topic is there, without a band


def ask_same(tools: Toolbox, cast: Cast, *people: Person, audience: Audience = Audience.DOMAIN) -> list[str]:
    """A question of each, each linked to the first, by a coordinator."""
    ids = [published(tools, one, make_question(title="白点の薬", audience=audience)) for one in people]
    for other in ids[1:]:
        with tools.database.transaction("content") as stores:
            duplicates.propose(
                stores, tools.vault, tools.trade, viewer=viewer_of(tools, cast.erin), thread_id=ids[0], other_id=other,
                window=tools.window, today=today(tools.clock.now()), until=tools.window + 999,
            )  # fmt: skip
    publish(tools)
    for one in ids:
        index(tools, one)
    return ids


def next_monday(tools: Toolbox) -> None:
    tools.clock.move(hours=24 * 7)  # type: ignore[attr-defined]
    keep_picking(tools)


def told(app: Flask, person: Person) -> str:
    return signed_in(app, person).get("/articles/asked-often").text


def test_a_reader_counts_what_they_may_read(app: Flask, tools: Toolbox, cast: Cast) -> None:
    people = [make_person(tools, f"p{n}", cast.organisations["B" if n % 2 else "C"]) for n in range(2)]
    ids = ask_same(tools, cast, cast.alice, *people, cast.carol)
    assert FEW not in told(app, cast.bob), "counted on Mondays"
    next_monday(tools)
    page = told(app, cast.bob)
    assert FEW in page
    assert "/articles/from/" not in page
    assert "/articles/from/" in told(app, cast.erin)
    assert "/articles/new?" in page
    assert "topic=disease" in page
    form = signed_in(app, cast.bob).get("/articles/new?subject=rainbow-trout&topic=disease").text
    assert '<option value="disease" selected' in form
    assert not any(one in page for one in ids), "a topic, no question"
    assert signed_in(app, cast.frank).get("/articles/asked-often").status_code == 403


def test_a_question_that_may_not_be_read_is_not_counted(app: Flask, tools: Toolbox, cast: Cast) -> None:
    ask_same(tools, cast, cast.alice, cast.carol)
    next_monday(tools)
    assert FEW in told(app, cast.bob)
    for shut_out in (
        cast.dave,
        cast.alice,
        make_person(tools, "mia", cast.organisations["B"], subjects=("pacific-oyster",)),
    ):
        assert FEW not in told(app, shut_out)


def test_the_attack_sees_a_list_that_counts_everything(
    app: Flask, tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_same(tools, cast, cast.alice, cast.carol)
    next_monday(tools)
    careful = often.gates_of
    somebody = viewer_of(tools, cast.bob)
    monkeypatch.setattr(often, "gates_of", lambda *parts, viewer, ids: careful(*parts, viewer=somebody, ids=ids))
    assert FEW in told(app, cast.dave)


def test_an_article_ends_it(app: Flask, tools: Toolbox, cast: Cast) -> None:
    ids = ask_same(tools, cast, cast.alice, cast.carol)
    put_article(tools, "白点の薬", sources=(Source(ids[1], "a" * 32, "b" * 32),))
    next_monday(tools)
    assert "いまは、ありません" in told(app, cast.bob)


def test_questions_for_asked_experts_take_no_part_and_groups_join() -> None:
    assert often.joined([("a", "b"), ("c", "d"), ("b", "c"), ("x", "y")]) == [{"a", "b", "c", "d"}, {"x", "y"}]
    assert [at_least(n, often.BANDS) for n in (2, 4, 5, 9, 10, 25)] == [0, 0, 5, 5, 10, 20]
