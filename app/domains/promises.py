"""The charter: what a network is for, what it does not do, and what its members promise each other."""

from datetime import date
from typing import Final, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from app.domains.wording import Frozen, Slug, Words


class Promise(Frozen):
    """One item of what members promise each other, accepted by itself."""

    key: Slug
    title: Words
    text: Words
    since: int = 0  # the version of the charter that worded it so
    from_day: int = 0  # the day from which that wording counts


ANONYMITY, NO_SALES, NO_HUNTING, KINDNESS = "anonymity", "no-sales", "no-hunting", "kindness"
PROMISES: Final = (
    Promise(
        key=ANONYMITY,
        title=Words(ja="匿名を守ります", en="I keep people anonymous"),
        text=Words(
            ja="ここで知ったことから、だれの話かを外で話しません。",
            en="I tell nobody outside who is behind anything I learn here.",
        ),
    ),
    Promise(
        key=NO_SALES,
        title=Words(ja="売り込みをしません", en="I do not sell"),
        text=Words(ja="運営会社も同じ約束をしています。", en="The company that runs this has promised the same."),
    ),
    Promise(
        key=NO_HUNTING,
        title=Words(ja="人を探りません", en="I do not try to identify people"),
        text=Words(
            ja="書いた人がだれか、どこの所属かを、調べたり言い当てたりしません。",
            en="I neither investigate nor guess who wrote something, or where they work.",
        ),
    ),
    Promise(
        key=KINDNESS,
        title=Words(ja="思いやりをもって書きます", en="I write kindly"),
        text=Words(
            ja="困っている人が、また聞きたくなる言い方をします。",
            en="I put things so that someone in trouble will want to ask again.",
        ),
    ),
)


class Charter(Frozen):
    """What the network is for, what it does not do, and what its members promise each other."""

    goal: Words
    does_not: Words
    by: date | None = None  # when everybody looks whether the goal was reached
    items: tuple[Promise, ...] = PROMISES
    version: int = 0  # how often the operator changed it

    @model_validator(mode="after")
    def _nothing_is_promised_less(self) -> Self:
        keys = [one.key for one in self.items]
        if len(set(keys)) < len(keys) or not {one.key for one in PROMISES} <= set(keys):
            raise PydanticCustomError("missing_key", "charter: an item is missing, or is there twice")
        return self
