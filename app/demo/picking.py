"""Picks of the fictional knowledge base: two drawn editors of each month say why, through the services they use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import SystemRandom
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from app.accounts.viewer import Viewer
from app.db import Stores
from app.demo.history import History
from app.demo.material import FOLDER, read_material
from app.demo.shelf import Shelf
from app.domains.rules import month_of
from app.errors import NotThere
from app.knowledge import editors, often, picks
from app.knowledge.finding import cards_for
from app.knowledge.models import Article, PickMonth
from app.knowledge.rules import PUBLISHED, NotNow
from app.questions import service as questions
from app.wiring import Toolbox

MATERIAL: Final = FOLDER / "community" / "picks.toml"
EDITORS: Final = 12
Why = Annotated[str, Field(min_length=4, max_length=picks.MAX_WHY)]


class Pick(BaseModel):
    """What two editors say of an article, so many months ago."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    ago: int = Field(ge=0, le=11)
    title: str
    whys: tuple[Why, Why]


class Picks(BaseModel):
    """All of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    pick: tuple[Pick, ...]


@dataclass
class Picking:
    """Writes in one transaction of content and keys, after the shelf was filled."""

    stores: Stores
    tools: Toolbox
    history: History

    def write(self) -> None:
        """Every month that has picks, the earliest first; and what is asked often."""
        self._volunteer()
        chosen = read_material(MATERIAL, Picks).pick
        for ago in sorted({one.ago for one in chosen}, reverse=True):
            self._month(self._day(ago), [one for one in chosen if one.ago == ago])
        today, window = self.history.plan.today, self.tools.window
        pairs = often.gather(self.stores, self.tools.vault, today=today, window=window)
        often.publish(self.stores, self.tools.vault, pairs or [], today=today)

    def _volunteer(self) -> None:
        """More editors, of as many circles: whoever edited an article does not pick it."""
        plain = (
            viewer
            for planned, viewer in zip(self.history.plan.members, self.history.viewers, strict=True)
            if viewer.circle and "member" in viewer.roles and not planned.person
        )
        for viewer in islice({viewer.circle: viewer for viewer in plain}.values(), EDITORS):
            editors.volunteer(self.stores, self.tools.vault, viewer=viewer)

    def _day(self, ago: int) -> date:
        day = self.history.plan.today
        for _ in range(ago):
            day = day.replace(day=1) - timedelta(days=1)
        return day

    def _month(self, day: date, chosen: list[Pick]) -> None:
        stores, tools, window = self.stores, self.tools, self._window(day)
        rng = SystemRandom()
        picks.draw_pair(stores, tools.vault, today=day, window=window, rng=rng)
        pair = list(self._pair(day))
        for pick in chosen:
            for viewer, why in zip(pair, pick.whys, strict=False):
                self._say(viewer, pick.title, why, day, window)
        questions.publish(stores, tools.vault, window=self._window(day + timedelta(days=1)), today=day, rng=rng)

    def _say(self, viewer: Viewer, title: str, why: str, day: date, window: int) -> None:
        """What an editor may not read, or wrote, they do not pick: in a small network the month has one pick less."""
        stores, tools = self.stores, self.tools
        article_id = self._find(viewer, title)
        if article_id is None:
            return
        try:
            picks.say_why(
                stores,
                tools.vault,
                tools.trade,
                viewer=viewer,
                article_id=article_id,
                why=why,
                window=window,
                today=day,
            )
        except (NotThere, NotNow):
            return
        label = picks.label_of(viewer)
        picks.note_said(stores, tools.vault, month=month_of(day), article=article_id, label=label, window=window)

    def _find(self, viewer: Viewer, title: str) -> str | None:
        ids = list(self.stores.content.scalars(select(Article.id).where(Article.state == PUBLISHED)))
        cards = cards_for(self.stores, self.tools.vault, self.tools.trade, viewer=viewer, ids=ids)
        return next((card.id for card in cards if card.title == title), None)

    def _pair(self, day: date) -> Iterator[Viewer]:
        if self.stores.content.get(PickMonth, month_of(day)) is None:
            return
        for viewer in self.history.viewers:
            if picks.my_turn(self.stores, self.tools.vault, viewer=viewer, today=day) is not None:
                yield viewer

    def _window(self, day: date) -> int:
        return Shelf(self.stores, self.tools, self.history).window(day)
