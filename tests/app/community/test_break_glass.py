"""Break-glass opens one author at one place, by the id of what they wrote, and nobody besides."""

from pathlib import Path

from sqlalchemy import select

from app.community.models import Writing
from app.escrow.models import Escrow
from app.escrow.service import part_of
from app.wiring import Toolbox
from tests.app.community.makers import opened, publish_later, say
from tests.app.escrow.makers import answers_of, ask_for, make_five, show
from tests.cast import Cast


def test_the_author_of_one_writing_is_opened(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    homes = make_five(tools, tmp_path / "custodians")
    place = opened(tools, cast.alice)
    for person in (cast.bob, cast.carol, cast.bob):
        say(tools, person, place, person.name)
        publish_later(tools)
    with tools.database.reading() as stores:
        rows = list(stores.content.scalars(select(Writing).where(Writing.place == place).order_by(Writing.position)))
        assert len(list(stores.content.scalars(select(Escrow)))) == 3  # one for each author's part
        assert part_of(stores, rows[-1].id) == (place, 1)
        assert part_of(stores, "0" * 32) is None
    bundle = ask_for(tools, place, author=2)
    given = answers_of(homes[:3], bundle, now=tools.clock.now())
    tools.clock.move(hours=48)  # type: ignore[attr-defined]
    assert show(tools, bundle, given).mail == cast.carol.mail
