"""Articles and notes for tests of finding: sealed by the real functions, remembered as the worker would."""

import random
from typing import Any

from app.clock import today
from app.community import ballots
from app.domains.rules import month_of
from app.knowledge import editors, picks
from app.knowledge.models import Article, ArticleVersion, PickMonth
from app.knowledge.notes import Note, add_note
from app.knowledge.rules import ARTICLE, PUBLISHED, REVIEW_DAYS
from app.knowledge.versions import About, Source, put_about, put_text
from app.questions.beside import find_text
from app.questions.service import publish
from app.sealing import seal_text
from app.vectors.store import put_vector
from app.wiring import Toolbox
from matching.text import counts
from privacy.pseudonyms import new_id
from privacy.scopes import Audience
from tests.app.queues.stage import work
from tests.cast import Person, viewer_of

BODY = "夜明け前に酸素を測り、給餌を半分にします。二日おきに様子を見ます。"


def put_article(
    tools: Toolbox, title: str, body: str = BODY, *, audience: Audience = Audience.ALL, company: bool = False,
    group: str = "salmonids", topic: str = "disease", ago: int = 0, reported: int = 0, worked: int = 0,
    sources: tuple[Source, ...] = (),
) -> str:  # fmt: skip
    """An article that is out since so many days, with its one version, and remembered."""
    article_id, day = str(new_id()), today(tools.clock.now()).toordinal() - ago
    with tools.database.transaction("keys", "content") as stores:
        key_id, key = tools.vault.new_data_key(stores)
        text = seal_text(key, {"title": title, "body": body}, table="articles", row=article_id)
        stores.content.add(Article(
            id=article_id, kind=ARTICLE, state=PUBLISHED, group_key=group, topic=topic, audience=int(audience),
            company_may=company, published_day=day, review_day=day + REVIEW_DAYS, reported=reported, worked=worked,
            key_id=key_id, sealed_text=text,
            sealed_about=tools.vault.seal({}, table="articles", column="sealed_about", row=article_id),
        ))  # fmt: skip
        stores.content.flush()
        version = ArticleVersion(
            id=str(new_id()), article_id=article_id, number=1, state=PUBLISHED, published_day=day
        )  # fmt: skip
        put_text(key, version, {"title": title, "body": body})
        audiences = {Audience.DOMAIN: "domain", Audience.ALL: "members", Audience.PUBLIC: "public"}
        put_about(tools.vault, version, About(sources, "", (), group, topic, audiences[audience], company))
        stores.content.add(version)
    remember(tools, article_id)
    return article_id


def put_note(
    tools: Toolbox, person: Person, title: str, body: str = BODY, *, audience: Audience = Audience.ALL, **more: Any
) -> str:
    """A note that is out and remembered."""
    note = Note({"title": title, "body": body}, "rainbow-trout", "disease", audience, False)
    with tools.database.transaction("content", "keys") as stores:
        place = add_note(
            stores, tools.vault, tools.trade, viewer=viewer_of(tools, person), note=note, window=tools.window,
            today=today(tools.clock.now()), **more,
        )  # fmt: skip
    tools.clock.move(hours=5)  # type: ignore[attr-defined]
    with tools.database.transaction("content") as stores:
        publish(stores, tools.vault, window=tools.window, today=today(tools.clock.now()), rng=random.Random(1))
    remember(tools, place)
    return place


def remember(tools: Toolbox, *ids: str) -> None:
    """Let matching know the words that are out."""
    for text_id in ids:
        with tools.database.transaction("content") as stores:
            found = find_text(stores, tools.vault, tools.trade, text_id)
            assert found is not None
            put_vector(
                stores, tools.vault, where=found.where, encoder=tools.encoder.name,
                vector=tools.encoder.passages([found.text])[0], counts=counts(found.text),
            )  # fmt: skip


def settle(tools: Toolbox, *, hours: float = 0) -> None:
    """Let the worker do all that is due."""
    work(tools, hours=hours)


def has_ballot(tools: Toolbox, person: Person, purpose: str, object: str) -> bool:
    """Whether this person's ballot stands."""
    with tools.database.reading() as stores:
        return ballots.has_cast(stores, viewer=viewer_of(tools, person), purpose=purpose, object=object)


def put_picks(tools: Toolbox, *people: Person) -> str:
    """Three public articles, picked this month by two people; the month as its page has it."""
    articles = [
        put_article(tools, title, audience=Audience.PUBLIC) for title in ("朝の見回り", "網を洗う", "酸素の下限")
    ]
    day = today(tools.clock.now())
    with tools.database.transaction("content") as stores:
        for person in people:
            editors.volunteer(stores, tools.vault, viewer=viewer_of(tools, person))
        pair = tuple(picks.label_of(viewer_of(tools, person)) for person in people)
        row = PickMonth(month=month_of(day), place=str(new_id()), is_out=True, sealed=b"")
        picks.put_turn(tools.vault, row, picks.Turn(pair, (), dict.fromkeys(articles, pair)))
        stores.content.add(row)
    return f"{day:%Y-%m}"
