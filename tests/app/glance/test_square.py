"""The square: the picture counts topics in bands, among what its reader may read, and never who; so does the rest."""

from datetime import timedelta

import pytest
from flask import Flask

from app.clock import monday_of, today
from app.glance import service
from app.glance.rules import BANDS, DAYS, cells_of, draw
from app.glance.service import count
from app.questions.finding import Gate, Shelves
from app.wiring import Toolbox
from privacy.bands import at_least
from privacy.scopes import Audience
from tests.app.questions.makers import TITLE, make_question, published
from tests.cast import Cast, Person, signed_in, viewer_of


def drawn(tools: Toolbox, who: Person) -> dict[str, dict[str, list[int]]]:
    """The picture as somebody sees it."""
    with tools.database.reading() as stores:
        shelves = Shelves(tools.trade, tools.memory, tools.asked)
        return count(
            stores, tools.vault, shelves, viewer=viewer_of(tools, who), today=today(tools.clock.now())
        )  # fmt: skip


@pytest.mark.parametrize(("number", "band"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (49, 20), (1000, 50)])
def test_bands(number: int, band: int) -> None:
    assert at_least(number, BANDS) == band


def test_only_bands_are_published() -> None:
    asked = {("a", "x"): (4, 4), ("a", "y"): (7, 5), ("b", "y"): (8, 5), ("b", "z"): (70, 1)}
    assert cells_of(asked) == {"a": {"y": [5, 1]}, "b": {"y": [5, 0], "z": [50, 0]}}


def test_every_cell_has_its_place_inside_the_picture() -> None:
    topics = {f"t{n}": f"話題{n}" for n in range(8)}
    groups = [f"g{n}" for n in range(6)]
    cells = {group: {topic: [BANDS[n % 4], n % 2] for n, topic in enumerate(topics)} for group in groups}
    picture = draw(cells, groups=groups, topics=topics)
    assert len(picture.spots) == 48
    assert len({(one.x, one.y) for one in picture.spots}) == 48
    assert all(one.radius <= one.x <= picture.width - one.radius and one.y <= picture.height for one in picture.spots)
    assert sum(one.is_full for one in picture.spots) == 24
    assert picture.width <= 330  # Japanese labels leave it as large as it is drawn on a phone


def test_what_was_asked_is_counted_on_monday_and_for_half_a_year(tools: Toolbox, cast: Cast) -> None:
    for _ in range(5):
        published(tools, cast.alice, limits=None)
    assert drawn(tools, cast.bob) == {}, "not before Monday"
    tools.clock.move(hours=24 * 7)  # type: ignore[attr-defined]
    assert drawn(tools, cast.bob) == {"salmonids": {"disease": [5, 0]}}
    tools.clock.move(hours=24 * (DAYS + 7))  # type: ignore[attr-defined]
    assert drawn(tools, cast.bob) == {}


def everybody(*_: object, ids: list[str], **__: object) -> dict[str, Gate]:
    """The mutant draws one picture for all."""
    return dict.fromkeys(ids, Gate(2, "", frozenset(), "", ""))


@pytest.mark.parametrize("is_one", [False, True])
def test_nobody_learns_from_it_of_a_question_they_may_not_read(
    tools: Toolbox, cast: Cast, monkeypatch: pytest.MonkeyPatch, is_one: bool
) -> None:
    """Four of carol's are there for dave to count; the fifth is his colleague's, or was closed to his circle."""
    circle = viewer_of(tools, cast.dave).circle
    for who, closed in [(cast.carol, ())] * 4 + [(cast.alice, ()), (cast.carol, (circle,))]:
        published(tools, who, limits=None, excluded=closed)
    tools.clock.move(hours=24 * 7)  # type: ignore[attr-defined]
    if is_one:
        monkeypatch.setattr(service, "gates_of", everybody)
    assert (drawn(tools, cast.dave) != {}) == is_one
    monkeypatch.undo()
    assert drawn(tools, cast.bob) == {"salmonids": {"disease": [5, 0]}}


def test_questions_for_asked_experts_alone_are_not_even_counted(tools: Toolbox, cast: Cast) -> None:
    for _ in range(6):
        published(tools, cast.alice, make_question(audience=Audience.EXPERTS), limits=None)
    tools.clock.move(hours=24 * 7)  # type: ignore[attr-defined]
    assert drawn(tools, cast.bob) == {}


def test_a_monday_is_the_first_day_of_its_week(tools: Toolbox) -> None:
    day = today(tools.clock.now())
    assert {monday_of(monday_of(day) + timedelta(days=n)) for n in range(7)} == {monday_of(day)}


def test_everybody_sees_what_they_may(app: Flask, tools: Toolbox, cast: Cast) -> None:
    for _ in range(5):
        published(tools, cast.alice, limits=None)
    tools.clock.move(hours=24 * 7)  # type: ignore[attr-defined]
    assert TITLE in signed_in(app, cast.bob).get("/square").text
    assert TITLE not in signed_in(app, cast.dave).get("/square").text, "a colleague's question"
    company = signed_in(app, cast.frank).get("/square").text
    assert TITLE not in company
    assert "chart-rough" not in company, "the company is told by the reports, with their noise"
    assert "chart-rough" not in signed_in(app, cast.dave).get("/square").text
    assert signed_in(app, cast.bob).get("/square").text.count('class="chart-rough"') == 1
