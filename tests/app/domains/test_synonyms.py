"""Coordinators say which words mean the same; search reads it, and nobody reads who said it."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.organisations import get_organisation
from app.clock import today
from app.domains.models import SynonymRow
from app.domains.synonyms import (
    MOST,
    BadWord,
    Entry,
    Synonyms,
    add_word,
    entries,
    find_entries,
    remove_word,
    synonyms_of,
)
from app.domains.trade import DomainFileProblem, load_trade, path_of
from app.errors import NotThere
from app.logs.models import ContentEntry
from app.wiring import Toolbox
from matching.rewording import reword
from matching.text import counts
from tests.cast import Cast, post, signed_in


def known(tools: Toolbox) -> Synonyms:
    with tools.database.reading() as stores:
        return synonyms_of(stores, tools.vault, tools.trade)


def add(tools: Toolbox, name: str, word: str) -> Entry:
    with tools.database.transaction("content") as stores:
        return add_word(stores, tools.vault, tools.trade, name=name, word=word, today=today(tools.clock.now()))


def test_the_files_words_are_there_from_the_start(tools: Toolbox) -> None:
    assert {"虹鱒", "Rainbow trout"} <= set(known(tools)["ニジマス"])
    assert {"サケ・マス類", "病気・へい死", "海面いけす"} <= known(tools).keys()
    assert all(name not in words for name, words in known(tools).items())


def test_added_to_a_name_of_the_file_or_to_any_word(tools: Toolbox) -> None:
    add(tools, "ニジマス", "にじっこ")
    add(tools, "rainbow TROUT", "ドナちゃん")
    add(tools, "赤潮", "アカシオ")
    add(tools, "赤潮", "厄水")
    assert known(tools)["ニジマス"][-2:] == ("にじっこ", "ドナちゃん")
    add(tools, "白濁り", "ミルク水")
    assert known(tools)["赤潮"] == ("red tide", "アカシオ", "厄水")
    assert known(tools)["白濁り"] == ("ミルク水",)


def test_a_word_taken_away_is_gone_and_the_files_own_stay(tools: Toolbox) -> None:
    add(tools, "赤潮", "アカシオ")
    add(tools, "白濁り", "ミルク水")
    for name, word in (("赤潮", "アカシオ"), ("白濁り", "ミルク水")):
        with tools.database.transaction("content") as stores:
            remove_word(stores, tools.vault, tools.trade, name=name, word=word, today=today(tools.clock.now()))
    assert known(tools)["赤潮"] == ("red tide",)
    assert "白濁り" not in known(tools)
    with pytest.raises(NotThere), tools.database.transaction("content") as stores:
        remove_word(stores, tools.vault, tools.trade, name="ニジマス", word="虹鱒", today=today(tools.clock.now()))


@pytest.mark.parametrize(
    ("name", "word", "field", "reason"),
    [
        ("ニジマス", "鱒", "word", "short"),
        ("", "アカシオ", "term", "short"),
        ("赤潮", "あ" * 41, "word", "long"),
        ("赤潮", "・・・", "word", "odd"),
        ("赤潮", "赤\u202e潮", "word", "odd"),
        ("赤潮", "赤潮", "word", "known"),
        ("ニジマス", "ニジマス", "word", "known"),
        ("ニジマス", "ﾆｼﾞﾏｽ", "word", "known"),
        ("ニジマス", "Rainbow Trout", "word", "known"),
        ("ニジマス", "ギンザケ", "word", "taken"),
        ("ニジマス", "銀鮭", "word", "taken"),
        ("赤潮", "ブリ類", "word", "taken"),
        ("餌", "エサ", "word", "known"),
        ("エサ", "飼料", "word", "known"),
        ("病気・へい死", "斃死", "word", "taken"),
        ("網", "アミ", "term", "short"),
    ],
)
def test_what_cannot_be_added(tools: Toolbox, name: str, word: str, field: str, reason: str) -> None:
    with pytest.raises(BadWord) as refusal:
        add(tools, name, word)
    assert (refusal.value.field, refusal.value.reason) == (field, reason)


def test_an_added_word_means_one_thing(tools: Toolbox) -> None:
    add(tools, "赤潮", "アカシオ")
    with pytest.raises(BadWord) as refusal:
        add(tools, "青潮", "アカシオ")
    assert (refusal.value.reason, refusal.value.name) == ("taken", "赤潮")


def test_a_word_added_to_any_of_a_family_is_added_to_the_family(tools: Toolbox) -> None:
    add(tools, "赤潮", "アカシオ")
    assert add(tools, "アカシオ", "厄水").name.ja == "赤潮"
    assert add(tools, "ハマチ", "ガンド").name.ja == "ブリ"
    assert add(tools, "餌", "マンマ").name.ja == "餌"
    assert {"アカシオ", "厄水"} < set(known(tools)["赤潮"])
    for typed, other in (("ブリ", "ガンド"), ("ガンドのハダムシ", "ハマチのハダムシ"), ("マンマ", "エサ")):
        assert counts(other) in reword(typed, known(tools)), typed


def test_a_sign_of_a_topic_is_no_other_word_for_it_and_may_become_one(tools: Toolbox) -> None:
    assert "ハダムシ" not in known(tools)["病気・へい死"]
    add(tools, "病気・へい死", "病気")
    assert counts("病気・へい死") in reword("病気", known(tools))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("エサ", "餌"), ("斃死", "へい死"), ("生簀", "いけす"), ("酸欠", "貧酸素"), ("ハマチの斃死", "ブリのへい死"),
        ("大型いけすの網替え", "大型小割の網替え"), ("DO", "溶存酸素"), ("山女魚の餌", "ヤマメの餌"),
    ],
)  # fmt: skip
def test_true_equals_find_each_other(tools: Toolbox, typed: str, written: str) -> None:
    assert counts(written) in reword(typed, known(tools))


@pytest.mark.parametrize(
    ("one", "other"), [("ワカメ", "昆布"), ("コイ", "フナ"), ("ニジマス", "三倍体"), ("餌", "ワムシ")]
)
def test_what_is_only_akin_is_not_equal(tools: Toolbox, one: str, other: str) -> None:
    for typed, written in ((one, other), (other, one)):
        assert counts(written) not in reword(typed, known(tools))


@pytest.mark.parametrize("name", ["aquaculture", "customer_success"])
def test_every_word_of_a_bundled_file_is_searched_as_typed_and_finds_the_rest(tools: Toolbox, name: str) -> None:
    with tools.database.reading() as stores:
        families = synonyms_of(stores, tools.vault, load_trade(name))
    for family in ((first, *others) for first, others in families.items()):
        for typed in family:
            found = reword(typed, families)
            assert found[0] == counts(typed)
            assert all(counts(word) in found for word in family), typed


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('words = ["餌", "エサ"', 'words = ["餌", "ハマチ"', "same: ハマチ is there already, with ブリ"),
        ('words = ["餌", "エサ"', 'words = ["餌", "餌"', "same: 餌 is there already, with 餌"),
        ('words = ["餌", "エサ"', 'words = ["餌", "red tide"', "same: red tide is there already, with 餌"),
        ('words = ["赤潮", "red tide"]', 'words = ["赤潮"]', "too_short"),
        ('words = ["餌", "エサ"', f'words = ["餌", "{"エ" * 41}"', "40"),
    ],
)
def test_a_file_in_which_a_word_means_two_things_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "trade.toml"
    path.write_text(path_of("aquaculture").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DomainFileProblem, match=told if told != "too_short" else "at least 2"):
        load_trade(str(path))


def test_an_entry_does_not_grow_for_ever(tools: Toolbox) -> None:
    for number in range(MOST):
        add(tools, "赤潮", f"呼び名{number}")
    with pytest.raises(BadWord, match="full"):
        add(tools, "赤潮", "苦潮")


def test_versions_count_up_and_each_is_merged_once(tools: Toolbox) -> None:
    versions = []
    for word in ("アカシオ", "厄水"):
        add(tools, "赤潮", word)
        with tools.database.reading() as stores:
            versions.append(stores.content.scalar(select(SynonymRow.version)))
        assert known(tools) is known(tools)
    assert versions == [1, 2]


def test_the_log_names_the_day_and_the_row_names_nobody(tools: Toolbox) -> None:
    add(tools, "赤潮", "アカシオ")
    with tools.database.reading() as stores:
        events = list(stores.content.scalars(select(ContentEntry.event)))
        row = stores.content.scalars(select(SynonymRow)).one()
    assert events == ["synonyms.changed"]
    assert "アカシオ".encode() not in row.sealed


def test_a_coordinator_adds_and_removes_on_the_page(app: Flask, tools: Toolbox, cast: Cast) -> None:
    erin = signed_in(app, cast.erin)
    fields: dict[str, object] = {"term": "赤潮", "word": " アカシオ "}
    assert post(erin, "/synonyms", fields).location == "/synonyms"
    page = erin.get("/synonyms").text
    assert "アカシオ" in page
    assert "「赤潮」にことばを足しました" in page
    assert "レインボートラウト" in page
    assert "生け簀" in page
    assert "狂奔" not in page
    assert "/synonyms" in erin.get("/unrouted").text
    again = post(erin, "/synonyms", fields)
    assert again.status_code == 422
    assert "もう入っています" in again.text
    gone: dict[str, object] = {"term": "赤潮", "word": "アカシオ"}
    assert post(erin, "/synonyms/remove", gone, page="/synonyms").status_code == 303
    assert post(erin, "/synonyms/remove", gone, page="/synonyms").status_code == 404
    assert "アカシオ" not in known(tools)["赤潮"]


@pytest.mark.parametrize(
    ("term", "word"),
    [("株式会社海", "渡辺さん"), ("赤潮", "渡辺さん"), ("株式会社海", "ミルク水"), ("赤潮", "taro@example.com")],
)
def test_a_name_is_only_added_when_the_coordinator_says_it_is_none(
    app: Flask, tools: Toolbox, cast: Cast, term: str, word: str
) -> None:
    erin = signed_in(app, cast.erin)
    assert "no_name" not in erin.get("/synonyms").text
    refused = post(erin, "/synonyms", {"term": term, "word": word})
    assert refused.status_code == 422
    assert "人や組織の名前かもしれません" in refused.text
    assert 'name="no_name"' in refused.text
    assert word not in known(tools).get(term, ())
    assert post(erin, "/synonyms", {"term": term, "word": word, "no_name": "1"}).status_code == 303
    assert word in known(tools)[term]


@pytest.mark.parametrize("word", ["アカシオ", "厄水", "ガンド", "bloom"])
def test_a_word_of_a_dialect_needs_no_assurance(app: Flask, cast: Cast, word: str) -> None:
    assert post(signed_in(app, cast.erin), "/synonyms", {"term": "赤潮", "word": word}).status_code == 303


def test_an_organisation_of_the_network_is_known_by_name(app: Flask, tools: Toolbox, cast: Cast) -> None:
    with tools.database.reading() as stores:
        card = get_organisation(stores, tools.vault, cast.alice.organisation_id)
    assert post(signed_in(app, cast.erin), "/synonyms", {"term": "赤潮", "word": card.name}).status_code == 422


def test_an_entry_is_found_by_any_of_its_words(app: Flask, tools: Toolbox, cast: Cast) -> None:
    add(tools, "赤潮", "アカシオ")
    with tools.database.reading() as stores:
        listed = entries(stores, tools.vault, tools.trade)
    for text, name in (("あかしお", "赤潮"), ("簀", "いけす"), ("ﾊﾏﾁ", "ブリ"), ("RED", "赤潮")):
        assert name in [one.name.ja for one in find_entries(listed, text)]
    page = signed_in(app, cast.erin).get("/synonyms?q=あかしお").text
    assert "アカシオ" in page
    assert "red tide" in page
    assert "レインボートラウト" not in page
    nothing = signed_in(app, cast.erin).get("/synonyms", query_string={"q": "<b>"}).text
    assert "「&lt;b&gt;」は、まだどこにも入っていません" in nothing
    alone = signed_in(app, cast.erin).get("/synonyms?q=病気・へい死").text
    assert "「病気・へい死」に、同じ意味のことばはまだありません。" in alone
    assert "どこにも入っていません" not in alone


def test_only_coordinators(app: Flask, cast: Cast) -> None:
    for who in ("alice", "frank", "grace"):
        assert signed_in(app, cast[who]).get("/synonyms").status_code == 403
    assert app.test_client().get("/synonyms").status_code == 303
