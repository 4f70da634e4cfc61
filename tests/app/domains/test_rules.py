"""Pure decisions over a trade."""

from app.domains.rules import (
    domain_labels,
    find_subjects,
    find_topics,
    hidden_levels,
    keys_above,
    labels_of,
    nearest_open,
    open_levels,
    shown_attributes,
    shown_key,
)
from app.domains.trade import load_trade
from privacy.anonymity import vector_of
from privacy.attributes import Hierarchy

TRADE = load_trade("aquaculture")
HIDDEN = hidden_levels(TRADE)
ATTRIBUTES = {"area": "nagano", "size": "size-10-49", "role": "field", "tenure": "3-9"}


def vector(**levels: int) -> tuple[tuple[str, int], ...]:
    from app.domains.rules import hierarchies

    listed: list[Hierarchy] = hierarchies(TRADE)
    return vector_of({**HIDDEN, **levels}, listed)


def test_words_people_use_find_subjects_and_topics() -> None:
    assert find_subjects(TRADE, "虹鱒の稚魚が落ちています")[0] == "rainbow-trout"
    assert find_subjects(TRADE, "Rainbow Trout fry")[0] == "rainbow-trout"
    assert find_subjects(TRADE, "モジャコの沖出し") == ["yellowtail"]
    assert find_subjects(TRADE, "三倍体ニジマスの餌")[0] == "rainbow-trout"
    assert find_subjects(TRADE, "昆布の種付け") == ["wakame"]
    assert find_topics(TRADE, "ハダムシの薬浴")[0] == "disease"
    assert find_topics(TRADE, "朝になると稚魚が浮いて死んでいます")[0] == "disease"
    assert find_topics(TRADE, "") == []


def test_a_latin_abbreviation_is_a_word_of_its_own() -> None:
    assert "water" in find_topics(TRADE, "朝のDO が低い")
    assert "water" not in find_topics(TRADE, "windows")


def test_what_is_shown_is_what_the_levels_say() -> None:
    assert shown_attributes(TRADE, ATTRIBUTES, {}) == []
    assert labels_of(TRADE, shown_attributes(TRADE, ATTRIBUTES, {"area": 1})) == [("地域", "中部")]
    assert labels_of(TRADE, shown_attributes(TRADE, ATTRIBUTES, {"area": 0})) == [("地域", "長野県")]
    assert shown_attributes(TRADE, {"area": "atlantis"}, {"area": 0}) == []
    assert shown_attributes(TRADE, ATTRIBUTES, {"area": 99}) == []


def test_the_group_stands_for_a_hidden_subject() -> None:
    assert shown_key(TRADE, "rainbow-trout", {}) == "salmonids"
    assert shown_key(TRADE, "rainbow-trout", {"subject": 0}) == "rainbow-trout"
    assert domain_labels(TRADE, "rainbow-trout", "disease", {}) == ["サケ・マス類", "病気・へい死"]
    assert "ニジマス" in domain_labels(TRADE, "rainbow-trout", "disease", {"subject": 0})


def test_keys_above_leaves_out_what_is_unknown() -> None:
    assert keys_above(TRADE, ["rainbow-trout", "unicorn"]) == {"rainbow-trout", "salmonids"}


def test_the_nearest_open_levels_never_show_more() -> None:
    open_ = frozenset({vector(), vector(area=1), vector(role=0)})
    finest = dict.fromkeys(HIDDEN, 0)
    assert nearest_open(TRADE, {**HIDDEN, "area": 0}, finest, open_)["area"] == 1
    assert nearest_open(TRADE, {**HIDDEN, "area": 0}, HIDDEN, open_) == HIDDEN
    assert nearest_open(TRADE, finest, finest, frozenset()) == HIDDEN


def test_only_open_levels_are_offered() -> None:
    offered = open_levels(TRADE, frozenset({vector(), vector(area=1)}))
    assert offered["area"] == [1, 2]
    assert offered["role"] == [1]
    assert offered["subject"] == [1]
