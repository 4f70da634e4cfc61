"""Whoever looks again and again: in which minute did an owner, a writer, a candidate, a juror or the author of a nominated
post do something?"""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.recognition.models import Story
from app.wiring import Toolbox
from tests.app.queues.stage import work
from tests.app.recognition.year import (
    answered,
    day_of,
    next_publication,
    nominate,
    readers,
    seated,
    stand,
    to,
    volunteer,
    whole_year,
)
from tests.cast import Cast, Person, post, signed_in

AWARD = "/recognition/award/2026"
STORY = {"title": "朝の酸素", "body": "落ち続けた朝に、測る場所を変えました。"}
OTHER = {"title": "朝の酸素", "body": "測る場所を変え、四年かけて確かめました。"}
CHANGING = re.compile(r'value="[^"]*"')
LIST = "/recognition/writing"


class Watch:
    """Pages of others, looked at again and again."""

    def __init__(self, app: Flask, tools: Toolbox, *looked: tuple[Person | None, str]) -> None:
        self.app, self.tools, self.looked = app, tools, looked

    def seen(self) -> list[str]:
        work(self.tools)  # what is due by now is done
        return [self._main(who, page) for who, page in self.looked]

    def _main(self, who: Person | None, page: str) -> str:
        client = self.app.test_client() if who is None else signed_in(self.app, who)
        text = client.get(page).text
        return CHANGING.sub("", text[text.index("<main") : text.index("</main>")])

    def check(self, act: Callable[[], int]) -> None:
        """Nothing shows before the next publication, and then something does."""
        before = self.seen()
        assert act() == 303
        assert self.seen() == before
        next_publication(self.tools)
        assert self.seen() != before


def send(app: Flask, person: Person, url: str, fields: dict[str, object], page: str = "") -> int:
    client = signed_in(app, person)
    reply = post(client, url, dict(fields), page=page)
    if reply.status_code == 422 and 'name="seen"' in reply.text:
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', reply.text))
        decided = dict.fromkeys(re.findall(r'name="(do-[^"]+)"', reply.text), "keep")
        reply = client.post(url, data={**fields, **hidden, **decided})
    return reply.status_code


def story_id(tools: Toolbox) -> str:
    with tools.database.reading() as stores:
        return stores.content.scalars(select(Story.id)).one()


@pytest.mark.parametrize("word", ["yes", "change", "no"])
def test_owner_and_writer_do_not_learn_when_the_other_was_here(
    app: Flask, tools: Toolbox, cast: Cast, word: str
) -> None:
    whole_year(tools, cast)
    others = Watch(app, tools, (cast.carol, LIST), (cast.erin, LIST))
    others.check(lambda: send(app, cast.bob, f"{AWARD}/writer", {"brief": "朝の酸素の話です。"}, AWARD))
    where = f"{LIST}/{story_id(tools)}"
    owner = Watch(app, tools, (cast.bob, AWARD), (cast.erin, LIST))
    owner.check(lambda: send(app, cast.carol, f"{where}/take", {}, where))
    assert send(app, cast.erin, f"{where}/take", {}, LIST) == 404
    owner = Watch(app, tools, (cast.bob, AWARD))
    owner.check(lambda: send(app, cast.carol, where, dict(STORY), where))
    asked = re.search(r'name="asked" value="([^"]+)"', signed_in(app, cast.bob).get(AWARD).text)
    assert asked
    writer = Watch(app, tools, (cast.carol, LIST), (cast.carol, "/inbox"), (cast.erin, LIST))
    answer = {"word": word, "asked": asked[1], "note": "短く。" if word == "change" else ""}
    writer.check(lambda: send(app, cast.bob, f"{AWARD}/draft", dict(answer), AWARD))
    assert send(app, cast.bob, f"{AWARD}/draft", dict(answer), AWARD) == 404  # it was said


def test_nobody_learns_when_a_writer_gave_it_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    whole_year(tools, cast)
    send(app, cast.bob, f"{AWARD}/writer", {"brief": "朝の酸素の話です。"}, AWARD)
    next_publication(tools)
    where = f"{LIST}/{story_id(tools)}"
    others = Watch(app, tools, (cast.bob, AWARD), (cast.erin, LIST))
    before = others.seen()
    assert send(app, cast.carol, f"{where}/take", {}, where) == 303
    assert send(app, cast.erin, f"{where}/take", {}, where) == 409  # somebody was first, since the last publication
    assert send(app, cast.carol, f"{where}/take", {"do": "back"}, where) == 303
    next_publication(tools)
    assert others.seen() == before  # nobody knew
    assert send(app, cast.carol, f"{where}/take", {}, where) == 303
    next_publication(tools)
    others.check(lambda: send(app, cast.carol, f"{where}/take", {"do": "back"}, where))


def test_nobody_learns_when_a_story_that_is_out_was_changed(app: Flask, tools: Toolbox, cast: Cast) -> None:
    whole_year(tools, cast)
    assert send(app, cast.bob, AWARD, {**STORY, "openness": "domain", "public": "1"}) == 303
    to(tools, 2027, 3, 8)
    where = f"/recognition/stories/{story_id(tools)}"
    public = Watch(app, tools, (cast.carol, where), (None, where))
    public.check(lambda: send(app, cast.bob, AWARD, {**OTHER, "openness": "domain", "public": "1"}))
    named = {"openness": "name", "name": "沖田はる", "name_ok": "1", "public": "1"}
    public.check(lambda: send(app, cast.bob, f"{AWARD}/openness", dict(named), AWARD))
    assert "沖田はる" in "".join(public.seen())
    assert send(app, cast.bob, f"{AWARD}/openness", {"openness": "pen", "pen": "朝の人", "public": "1"}, AWARD) == 303
    assert "沖田はる" not in "".join(public.seen())  # a name that is taken back is gone at once
    assert "朝の人" not in "".join(public.seen())
    assert "朝の人" in signed_in(app, cast.bob).get(where).text
    next_publication(tools)
    assert "朝の人" in "".join(public.seen())


def test_nobody_learns_when_a_candidate_or_a_juror_stepped_back(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    nominate(tools, cast.alice, thread_id, post_id)
    people = readers(tools, 3)
    volunteer(tools, *people)
    to(tools, 2027, 1)
    stand(tools, cast.bob)
    to(tools, 2027, 2)
    day_of(tools)
    first, second, _ = seated(tools, people)
    others = Watch(app, tools, (second, "/recognition"), (cast.carol, "/recognition"))
    others.check(lambda: send(app, first, "/recognition/jury", {"do": "back"}))
    jury = Watch(app, tools, (second, "/recognition/jury"))
    jury.check(lambda: send(app, cast.bob, "/recognition/stand/withdraw", {}, "/recognition"))


def test_who_nominated_does_not_learn_when_it_was_let_go(app: Flask, tools: Toolbox, cast: Cast) -> None:
    thread_id, post_id = answered(tools, cast)
    nominate(tools, cast.alice, thread_id, post_id)
    to(tools, 2026, 12, 1)
    page = "/recognition/nominations"
    label = re.search(r'name="label" value="([^"]+)"', signed_in(app, cast.bob).get(page).text)
    assert label
    hers = Watch(app, tools, (cast.alice, f"/recognition/nominate/{thread_id}/{post_id}"))
    hers.check(lambda: send(app, cast.bob, f"{page}/let-go", {"label": label[1]}, page))
    assert label[1] not in signed_in(app, cast.bob).get(page).text
