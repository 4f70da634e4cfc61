"""A full knowledge base for `benchmarks.community_pages`: articles and notes, remembered, a month's picks, what is linked."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from app.clock import today
from app.community.models import Writing
from app.community.texts import TABLE as WRITINGS
from app.community.texts import seal_parts
from app.domains.rules import hidden_levels, month_of
from app.keystore import DataKey
from app.knowledge import finding, picks
from app.knowledge.models import Article, ArticleVersion, PickMonth
from app.knowledge.rules import ARTICLE, NOTE, PUBLISHED, REVIEW_DAYS
from app.knowledge.versions import SMALL, About, put_about
from app.sealing import seal_text
from app.vectors.boxes import seal_counts, seal_vector
from app.vectors.models import IndexedThread
from app.vectors.store import EVIDENCE_PAD
from app.wiring import Toolbox
from matching.text import counts
from privacy.keys import Key, new_data_key, wrap_data_key
from privacy.pseudonyms import new_id
from privacy.scopes import Audience
from tests.cast import Person, viewer_of

NOTES = 0.2  # of all
TITLES = ("白点が出た朝", "赤潮の前の餌止め", "網を替える間隔", "酸素の下限", "選別の擦れ", "種苗の隔離", "曳航の速さ")
WORDS = ("水温", "溶存酸素", "給餌", "夜明け", "鰓", "網替え", "塩分", "密度", "見回り", "薬浴", "共済", "停電", "曳航")
SENTENCES = 30
CHUNK = 1000
Rows = dict[type, list[dict[str, Any]]]


def fill(tools: Toolbox, people: Mapping[str, Person], rng: random.Random, number: int) -> None:
    """So many articles and notes of the whole trade, for every audience, half of them tried."""
    circle, floats = viewer_of(tools, people["carol"]).circle, np.random.default_rng(7)
    ids = [str(new_id()) for _ in range(number)]
    for start in range(0, number, CHUNK):
        rows: Rows = {DataKey: [], Article: [], ArticleVersion: [], Writing: [], IndexedThread: []}
        for place, one in enumerate(ids[start : start + CHUNK], start):
            _one(tools, rng, floats, rows, one, place, circle)
        with tools.database.transaction("keys", "content") as stores:
            stores.keys.execute(insert(DataKey), rows.pop(DataKey))
            for table, values in rows.items():
                if values:
                    stores.content.execute(insert(table), values)
    _pick(tools, ids[:5])


def pages(tools: Toolbox, rng: random.Random) -> dict[str, dict[str, Callable[[], str]]]:
    """The addresses, by who asks for them."""
    with tools.database.reading() as stores:
        rows = stores.content.execute(select(Article.id, Article.audience).where(Article.kind == ARTICLE)).all()
    ids = [row.id for row in rows if row.audience >= Audience.ALL]
    public = [row.id for row in rows if row.audience == Audience.PUBLIC]
    group = next(iter(tools.trade.groups)).key

    def sought() -> str:
        return f"/articles?q={rng.choice(WORDS)} {rng.choice(WORDS)} {rng.randrange(10_000)}"

    inside = {
        "the list": lambda: "/articles",
        "what worked for the most": lambda: "/articles?order=worth",
        "a group and a topic": lambda: f"/articles?about={group}&topic=disease",
        "a search": sought,
        "one": lambda: f"/articles/{rng.choice(ids)}",
        "the picks": lambda: "/articles/picks",
        "asked often": lambda: "/articles/asked-often",
    }
    outside = {
        "the list": inside["the list"],
        "a search": sought,
        "one": lambda: f"/articles/{rng.choice(public)}",
    }
    return {
        "member": inside,
        "visitor": outside,
        "analyst": outside,
        "coordinator": {"the desk": lambda: "/articles/desk", "a search": sought},
    }


def _one(
    tools: Toolbox, rng: random.Random, floats: np.random.Generator, rows: Rows, one: str, place: int, circle: str
) -> None:
    subject = rng.choice(sorted(tools.trade.subjects))
    text = {"title": f"{rng.choice(TITLES)} {place}", "body": "\n\n".join(_sentences(rng))}
    kind = NOTE if rng.random() < NOTES else ARTICLE
    about = {"group": tools.trade.group_of[subject].key, "topic": rng.choice(tools.trade.topics).key}
    audience = rng.choice((Audience.DOMAIN, Audience.ALL, Audience.ALL, Audience.PUBLIC))
    key_id, key = str(new_id()), new_data_key()
    rows[DataKey].append({"id": key_id, "wrapped": wrap_data_key(tools.vault.ring("data-key")[0], key, key_id)})
    rows[Article].append(_article(tools, rng, one, kind, about, audience, (key_id, key), text))
    if kind == NOTE:
        rows[Writing].append(_note(tools, one, subject, audience, circle, (key_id, key), text))
    else:
        rows[ArticleVersion].append(_version(tools, one, about, key, text))
    rows[IndexedThread].append(_remembered(tools, floats, one, place, about["topic"], text))


def _sentences(rng: random.Random) -> Iterator[str]:
    for _ in range(SENTENCES):
        yield f"{rng.choice(WORDS)}は{rng.choice(WORDS)}と{rng.choice(WORDS)}を見ながら、{rng.randrange(2, 30)}日おきに決めます。"


def _article(
    tools: Toolbox, rng: random.Random, one: str, kind: str, about: Mapping[str, str], audience: Audience,
    key: tuple[str, Key], text: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    day = today(tools.clock.now()).toordinal() - rng.randrange(700)
    tried = rng.random() < 0.5
    return {
        "id": one, "kind": kind, "state": PUBLISHED, "group_key": about["group"], "topic": about["topic"],
        "audience": int(audience), "company_may": rng.random() < 0.5, "published_day": day,
        "review_day": day + REVIEW_DAYS, "reported": rng.choice((5, 10, 20)) if tried else 0,
        "worked": rng.randrange(6) if tried else 0, "key_id": key[0],
        "sealed_text": b"" if kind == NOTE else seal_text(key[1], dict(text), table="articles", row=one),
        "sealed_about": tools.vault.seal({}, table="articles", column="sealed_about", row=one, pad=SMALL),
    }  # fmt: skip


def _version(tools: Toolbox, one: str, about: Mapping[str, str], key: Key, text: Mapping[str, str]) -> dict[str, Any]:
    row = ArticleVersion(id=str(new_id()), article_id=one, number=1, state=PUBLISHED, published_day=0)
    put_about(tools.vault, row, About((), "", (), about["group"], about["topic"]))
    sealed = seal_text(key, {**text, "change": ""}, table="article_versions", row=row.id)
    return {
        "id": row.id, "article_id": one, "number": 1, "state": PUBLISHED, "published_day": 0, "sealed_text": sealed,
        "sealed_about": row.sealed_about,
    }  # fmt: skip


def _note(
    tools: Toolbox,
    one: str,
    subject: str,
    audience: Audience,
    circle: str,
    key: tuple[str, Key],
    text: Mapping[str, str],
) -> dict[str, Any]:
    writing_id = str(new_id())
    parts = {
        "circle": circle, "excluded": [], "levels": hidden_levels(tools.trade), "subject": subject,
        "audience": int(audience), "company": False, "version": 1,
    }  # fmt: skip
    opened = {"texts": dict(text), "shown": [], "extra": {}}
    return {
        "id": writing_id, "place": one, "kind": "note", "voice": 0, "position": 1, "author_tag": str(new_id()),
        "published_day": today(tools.clock.now()).toordinal(), "key_id": key[0], "hidden": False,
        "sealed_scope": seal_parts(tools.vault, parts, writing_id),
        "sealed_text": seal_text(key[1], opened, table=WRITINGS, row=writing_id),
    }  # fmt: skip


def _remembered(
    tools: Toolbox, floats: np.random.Generator, one: str, place: int, topic: str, text: Mapping[str, str]
) -> dict[str, Any]:
    vector = floats.normal(size=tools.encoder.dimension).astype(np.float32)
    evidence = {"subject": finding.SHELF, "asked": [], "answers": [], "passes": [], "waves": 0}
    vault, table = tools.vault, "indexed_threads"
    return {
        "thread_id": one, "topic": topic, "window": 0, "version": place + 1, "encoder": tools.encoder.name,
        "sealed_vector": seal_vector(vault, vector / np.linalg.norm(vector), table=table, row=one),
        "sealed_counts": seal_counts(vault, counts("\n".join(text.values())), row=one),
        "sealed_evidence": vault.seal(evidence, table=table, column="sealed_evidence", row=one, pad=EVIDENCE_PAD),
    }  # fmt: skip


def _pick(tools: Toolbox, ids: Sequence[str]) -> None:
    month = month_of(today(tools.clock.now()))
    row = PickMonth(month=month, place=str(new_id()), is_out=True, sealed=b"")
    picks.put_turn(tools.vault, row, picks.Turn(("a", "b"), (), dict.fromkeys(ids, ("a", "b"))))
    with tools.database.transaction("content") as stores:
        stores.content.add(row)
