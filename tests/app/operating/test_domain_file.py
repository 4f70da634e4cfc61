"""The domain file: what is wrong with line and key, what it makes of the pages, what it may not lose, and its versions."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domains.checking import NotADomainFile, read_trade
from app.domains.current import keep_current
from app.domains.models import TradeVersion
from app.domains.opening import open_network
from app.domains.trade import path_of
from app.operating.service import find_state
from app.queues.experts import put_profile
from app.queues.rules import Profile
from app.wiring import Toolbox, build
from tests.app.operating.rooms import NETWORK, events
from tests.app.questions.makers import ask, make_question, publish
from tests.cast import Cast, make_person, post, signed_in
from tests.conftest import claim

HERE = "/operating/domain-file"
ALONE = "ayu"  # a subject nobody of the cast works with
FILE = path_of("aquaculture").read_text(encoding="utf-8")


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    return signed_in(app, cast.heidi)


def versions(tools: Toolbox) -> int:
    with tools.database.reading() as stores:
        return stores.content.scalar(select(func.count()).select_from(TradeVersion)) or 0


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "place", "kind"),
    [
        ('name = {ja = "ギンザケ", en', 'naem = {ja = "ギンザケ", en', "groups[1].subjects[2].name", "missing"),
        ('name = {ja = "カンパチ"', 'name = {ja = ""', "groups[2].subjects[2].name.ja", "string_too_short"),
        ('key = "rainbow-trout"', 'key = "Rainbow Trout"', "groups[1].subjects[1].key", "string_pattern_mismatch"),
        ('kind = "date"', 'kind = "day"', "form.fields[", "literal_error"),
        ("[outcome]\ndays = 14", "[outcome]\ndays = 0", "outcome.days", "greater_than_equal"),
        ('key = "coho-salmon"', 'key = "rainbow-trout"', "", "twice"),
        ('neighbours = ["rainbow-trout"]', 'neighbours = ["nobody"]', "", "missing_key"),
        ('words = ["餌",', 'words = ["ハマチ",', "", "means_two"),
        ('words = ["餌",', 'words = ["", "餌",', "same[1].words[1]", "string_too_short"),
        ('words = ["赤潮", "red tide"]', 'words = ["赤潮"]', "same[", "too_short"),
        ("[words]", "[words", "", "toml"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_key(old: str, new: str, place: str, kind: str) -> None:
    text = FILE.replace(old, new, 1)
    with pytest.raises(NotADomainFile) as refusal:
        read_trade(text)
    found = next(one for one in refusal.value.problems if one.kind == kind and one.place.startswith(place))
    if kind == "missing":
        assert found.line == line_of(text, 'key = "coho-salmon"') - 1  # its table's head: there is no line of the key
    elif place:
        assert found.line == line_of(text, new.splitlines()[-1])
    elif kind == "toml":
        assert found.line == line_of(text, new)


@pytest.mark.parametrize("bomb", ["a = " + "[" * 90_000, "a = " + "{a = " * 3_000, "a = " + "9" * 5_000])
def test_brackets_without_end_and_endless_numbers_are_refused_like_any_mistake(client: FlaskClient, bomb: str) -> None:
    with pytest.raises(NotADomainFile) as refusal:
        read_trade(bomb)
    assert [one.kind for one in refusal.value.problems] == ["toml"]
    assert post(client, HERE, {"do": "check", "source": "own", "text": bomb}, page=HERE).status_code == 422


def test_the_page_says_it_in_the_readers_language_and_keeps_what_was_typed(client: FlaskClient, tools: Toolbox) -> None:
    text = FILE.replace('kind = "date"', 'kind = "day"', 1)
    line = line_of(text, 'kind = "day"')
    page = post(client, HERE, {"do": "check", "source": "own", "text": text})
    assert page.status_code == 422
    assert f"{line}行目" in page.text
    assert "決まった言葉のどれかを書いてください" in page.text
    assert "kind = &#34;day&#34;" in page.text
    post(client, "/language", {"locale": "en"}, page=HERE)
    page = post(client, HERE, {"do": "check", "source": "own", "text": text})
    assert f"Line {line}" in page.text
    assert "Write one of" in page.text
    assert versions(tools) == 0


def test_look_shows_both_languages_and_what_changes_and_keeps_nothing(client: FlaskClient, tools: Toolbox) -> None:
    text = FILE.replace('name = {ja = "ギンザケ", en = "Coho salmon"}', 'name = {ja = "銀の鮭", en = "Silver fish"}')
    page = post(client, HERE, {"do": "check", "source": "own", "text": text}).text
    assert "銀の鮭" in page
    assert "Silver fish" in page
    assert page.count("<ins>") == page.count("<del>") == 1
    assert "この内容で使う" in page
    assert versions(tools) == 0
    sent = {"do": "check", "source": "own", "upload": (io.BytesIO(text.encode()), "mine.toml"), "text": "x"}
    assert "銀の鮭" in post(client, HERE, sent).text
    broken = {"do": "check", "source": "own", "upload": (io.BytesIO("名".encode("shift_jis")), "mine.toml")}
    assert "UTF-8" in post(client, HERE, broken).text


def test_kept_it_counts_at_once_in_every_process_and_can_be_taken_back(client: FlaskClient, tools: Toolbox) -> None:
    text = FILE.replace('ja = "ギンザケ"', 'ja = "銀の鮭"')
    other = build(tools.settings)
    keep_current(other)
    assert str(other.trade.subjects["coho-salmon"].name) == "ギンザケ"
    assert post(client, HERE, {"do": "keep", "source": "own", "text": text}).location == HERE
    assert str(tools.trade.subjects["coho-salmon"].name) == "銀の鮭"
    keep_current(other)
    assert str(other.trade.subjects["coho-salmon"].name) == "銀の鮭"
    post(client, HERE, {"do": "keep", "source": "own", "text": FILE})
    post(client, HERE, {"do": "back", "version": "1"})
    assert str(tools.trade.subjects["coho-salmon"].name) == "銀の鮭"
    assert versions(tools) == 3
    assert "銀の鮭" in client.get(f"{HERE}?download=3").text
    assert "銀の鮭" not in client.get(f"{HERE}?download=2").text
    assert client.get(f"{HERE}?download=9").status_code == 404
    assert client.get(f"{HERE}?download={2**70}").status_code == 404
    assert post(client, HERE, {"do": "back", "version": "9"}).status_code == 404
    assert events(tools) == ["domain-file.changed"] * 3
    other.database.close()


def test_a_process_that_starts_takes_what_was_set_and_the_database_stays_its_networks(
    client: FlaskClient, tools: Toolbox
) -> None:
    claim(tools, demo=False)
    post(client, "/operating/network", dict(NETWORK))
    text = FILE.replace('key = "aquaculture"', 'key = "elsewhere"').replace('ja = "ギンザケ"', 'ja = "銀の鮭"')
    post(client, HERE, {"do": "keep", "source": "own", "text": text})
    started = open_network(tools.settings)
    assert str(started.trade.network.name) == NETWORK["name_ja"]
    assert started.trade.charter.goal.en == NETWORK["goal_ja"]  # English left empty
    assert started.trade.network.key == "aquaculture"  # whose database it is does not change with the file
    assert str(started.trade.subjects["coho-salmon"].name) == "銀の鮭"
    started.database.close()


def without(text: str, key: str) -> str:
    """The file without the table of one subject."""
    before, after = text.split(f'  [[groups.subjects]]\n  key = "{key}"', 1)
    rest = after.split("\n\n", 1)[1]
    return (before + rest).replace(f'"{key}", ', "").replace(f', "{key}"', "").replace(f'["{key}"]', "[]")


def stand(tools: Toolbox, cast: Cast, what: str) -> None:
    """Let one thing stand under a subject that nothing else has."""
    if what == "person":
        make_person(tools, "gus", cast.organisations["B"], subjects=(ALONE,))
    elif what == "expert":
        with tools.database.transaction("content") as stores:
            profile = Profile(subject=ALONE, circle="c", topics=("feed",), capacity=1, away_until=0)
            put_profile(stores, tools.vault, handle="a" * 32, group_key="freshwater", profile=profile)
    else:
        ask(tools, cast.alice, make_question(subject=ALONE))
        if what == "published":
            publish(tools)


@pytest.mark.parametrize("what", ["published", "waiting", "expert", "person"])
def test_what_is_in_use_cannot_be_lost(app: Flask, tools: Toolbox, cast: Cast, what: str) -> None:
    """Whatever stands under a key keeps it: a question, one that waits for its window, an expert, a person."""
    client, text = signed_in(app, cast.heidi), without(FILE, ALONE)
    assert post(client, HERE, {"do": "check", "source": "own", "text": text}).status_code == 200
    stand(tools, cast, what)
    client = signed_in(app, cast.heidi)
    assert ALONE not in read_trade(text).subjects
    for do in ("check", "keep"):
        page = post(client, HERE, {"do": do, "source": "own", "text": text})
        assert page.status_code == 422
        assert f"（{ALONE}）が消えますが、使われています" in page.text
    fields = FILE.replace('key = "density"', 'key = "crowding"')
    lost = (
        "「飼育密度」（density）が消えます" in post(client, HERE, {"do": "keep", "source": "own", "text": fields}).text
    )
    assert lost == (what in ("published", "waiting"))
    nobody = without(FILE, "amberjack")
    assert versions(tools) == (0 if lost else 1)
    assert post(client, HERE, {"do": "keep", "source": "own", "text": nobody}).status_code == 303


def test_a_topic_and_a_group_in_use_stay_and_a_subject_stays_in_its_group(
    app: Flask, tools: Toolbox, cast: Cast
) -> None:
    ask(tools, cast.alice)
    publish(tools)
    client = signed_in(app, cast.heidi)
    text = FILE.replace('"disease"', '"illness"')
    page = post(client, HERE, {"do": "keep", "source": "own", "text": text})
    assert page.status_code == 422
    assert "話題" in page.text
    renamed = FILE.replace('key = "salmonids"', 'key = "salmon"')
    page = post(client, HERE, {"do": "keep", "source": "own", "text": renamed})
    assert "分類「サケ・マス類」（salmonids）が消えますが" in page.text
    assert versions(tools) == 0
    with tools.database.reading() as stores:
        assert "domain-file" not in find_state(stores, tools.vault).done
