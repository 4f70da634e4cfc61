"""A term, its people, and a browser for each: what the cohort tests walk through, by the pages that members use."""

import random
import re
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import service as accounts
from app.clock import today
from app.cohorts.models import Seat, Term
from app.community import ballots
from app.wiring import Toolbox
from tests.app.queues.stage import work
from tests.cast import Cast, Person, make_person, post, signed_in

GOALS = {
    "alice": ("夏の間の歩留まりの維持", "自動給餌機の設定"),
    "bob": ("夏の高水温への備え", "酸素の測り方"),
    "carol": ("朝の引き継ぎの短縮", "作業表の雛形"),
    "dave": ("夏の死亡の半減", "網替えの段取り"),
    "judy": ("夏場の餌の節約", "餌の記録のつけ方"),
    "kate": ("新人の見回りの自立", "教え方の手順書"),
}
MATES = ("alice", "bob", "carol", "judy")
CHECK_IN = {"aim": "夏の間の歩留まりの維持", "week": "朝夕の酸素を測りました。", "stuck": "夜明け前だけ酸素が下がります。原因がわかりません。", "next": "火曜の朝、測る場所をひとつ増やします。"}  # fmt: skip
CANVAS = {"goal": "歩留まりを落とさない", "winning": "8月の末に去年と同じです。", "aims": "酸素が見える\n餌が残らない", "measures": "朝夕に測ります。\n残餌を見ます。"}  # fmt: skip


def pressed(client: FlaskClient, path: str, data: dict[str, object] | None = None, *, page: str = "") -> TestResponse:
    """Submit a form, and say yes to the second look where there is one."""
    response = post(client, path, data, page=page)
    if response.status_code == 422 and 'name="seen"' in response.text:
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.text))
        decided = dict.fromkeys(re.findall(r'name="(do-[^"]+)"', response.text), "keep")
        response = client.post(path, data={**(data or {}), **fields, **decided})
    return response


@dataclass
class Stage:
    """The people of a term and their browsers."""

    app: Flask
    tools: Toolbox
    cast: Cast
    people: dict[str, Person]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    term: str = ""

    def __getitem__(self, who: str) -> FlaskClient:
        """A browser of this person, signed in anew when the session has ended."""
        if who not in self.browsers or self.browsers[who].get("/cohorts").status_code in (303, 401):
            self.browsers[who] = signed_in(self.app, self.people[who])
        return self.browsers[who]

    def open_term(self, *, weeks: int = 6, days: int = 10, theme: str = "夏を越すための備え") -> str:
        """Open a term that begins in so many days; sign-up ends three days before."""
        start = today(self.tools.clock.now()) + timedelta(days=days)
        data = {"theme": theme, "words": "", "weeks": weeks, "start": start.isoformat(), "until": (start - timedelta(days=3)).isoformat()}  # fmt: skip
        assert pressed(self["erin"], "/cohorts/terms", data).status_code == 303
        with self.tools.database.reading() as stores:
            self.term = stores.content.scalars(select(Term.id).order_by(Term.start_day.desc())).first() or ""
        return self.term

    def sign_up(self, *who: str) -> None:
        """These people sign up with the goals of above."""
        for name in who:
            goal, give = GOALS[name]
            data = {"goal": goal, "give": give, "group": "salmonids", "sure": "1"}
            assert pressed(self[name], f"/cohorts/terms/{self.term}/join", data).status_code == 303, name

    def cohort_of(self, who: str, term: str = "", purpose: str = "cohort") -> str:
        """The cohort in which somebody has a seat; empty without."""
        label = ballots.label_of(self.people[who].secret, purpose, term or self.term)
        with self.tools.database.reading() as stores:
            row = stores.content.get(Seat, label)
        return (row.cohort_id or "") if row is not None else ""

    def begin(self, *who: str) -> str:
        """Open a term, let these people sign up, and let it begin; the cohort of the first."""
        self.open_term()
        self.sign_up(*(who or MATES))
        self.pass_days(8)
        self.pass_days(2)
        return self.cohort_of((who or MATES)[0])

    def pass_days(self, days: float) -> None:
        """Let so much time pass, and what follows from it."""
        work(self.tools, hours=24 * days)
        work(self.tools, hours=5)


def make_stage(app: Flask, tools: Toolbox, cast: Cast) -> Stage:
    """The cast, and two people of two more organisations."""
    people = dict(cast.people)
    for name, at in (("judy", "E"), ("kate", "F")):
        with tools.database.transaction("identity", "keys") as stores:
            organisation, _code = accounts.add_organisation(
                stores, tools.vault, name=f"架空水産{at}", mail_domains=[f"{at.lower()}.example"], is_company=False,
                verified=True, rng=random.Random(at),
            )  # fmt: skip
        people[name] = make_person(tools, name, organisation)
    return Stage(app, tools, cast, people)
