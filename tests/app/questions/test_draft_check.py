"""The check of a draft: what is found, what its author decides, what goes out; questions, answers, follow-ups."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.organisations import add_organisation
from app.questions.checks import KEEP, REPLACE, Choice, check, key_of
from app.redacting.service import own_words, redactor
from app.wiring import Toolbox
from privacy.redaction import Gazetteer
from tests.app.questions.test_ask_form import pending, preview, token_of
from tests.cast import Cast, post, signed_in

OWN = "架空水産A"
TITLE = "架空水産Aの稚魚が死んでいます"
SITUATION = "9月14日の朝、12,345尾のうち8%が死にました。長野県の松本市で田中さんが見ました。水温は12.5度です。"
REPLACED = "9月の朝、1万～2万尾のうち8%が死にました。中部地方である人が見ました。水温は12.5度です。"
MAIL = "taro.yamada@mail.example"


def keys_on(page: str) -> list[str]:
    """The finds a page lets its author decide about."""
    return list(dict.fromkeys(re.findall(r'name="do-([0-9a-f]+)"', page)))


def decided(page: str, **kept: str) -> dict[str, str]:
    """The form as a browser sends it: every find replaced by what its box says, but for those kept."""
    fields = {f"instead-{key}": value for key, value in re.findall(r'name="instead-([0-9a-f]+)" value="([^"]*)"', page)}
    return {**fields, **{f"do-{key}": kept.get(key, REPLACE) for key in keys_on(page)}}


def readers_view(page: str) -> str:
    """What the preview says a reader sees."""
    found = re.search(r"読む人にはこう見えます(.*?)</section>", page, re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def drafted(client: FlaskClient, **changes: str) -> str:
    return preview(client, **{"title": "稚魚が死んでいます", "field_situation": SITUATION, **changes})


# the check itself


def checked(tools: Toolbox, cast: Cast, text: str, **choices: Choice):  # type: ignore[no-untyped-def]
    with tools.database.reading() as stores:
        finder = redactor(stores, tools.vault, tools.names)
        own = own_words(stores, tools.vault, organisation_id=cast.organisations["A"])
    return check(finder, own, {"text": text}, choices=choices)


def test_every_find_is_replaced_until_its_author_says_otherwise(tools: Toolbox, cast: Cast) -> None:
    found = checked(tools, cast, SITUATION)
    assert found.final["text"] == REPLACED
    assert [one.label for one in found.finds] == ["date", "number", "place", "place", "person"]
    assert not found.refused
    kept = checked(tools, cast, SITUATION, **{key_of("number", "12,345尾"): Choice(KEEP)})
    assert "12345尾" in kept.final["text"]


def test_what_an_answer_needs_is_no_find(tools: Toolbox, cast: Cast) -> None:
    text = "水温は12.5度、溶存酸素は6.2mg/L、死亡率は3%で、三日前から続いています。1日2回、体重の0.5%を給餌しています。"
    assert checked(tools, cast, text).finds == ()


def test_the_pieces_are_the_text_as_typed(tools: Toolbox, cast: Cast) -> None:
    text = f"{OWN}から{MAIL}へ、９月１４日に。"
    pieces = checked(tools, cast, text).texts["text"].pieces
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.found] == [OWN, MAIL, "９月１４日"]


def test_the_same_words_are_decided_about_once(tools: Toolbox, cast: Cast) -> None:
    found = checked(tools, cast, "田中さんに聞くと、田中さんも同じでした。")
    assert len(found.finds) == 1
    assert "田中" not in found.final["text"]


def test_own_words_of_the_author_stand_instead(tools: Toolbox, cast: Cast) -> None:
    key = key_of("date", "9月14日")
    assert "秋のはじめの朝" in checked(tools, cast, SITUATION, **{key: Choice(REPLACE, "秋のはじめ")}).final["text"]


@pytest.mark.parametrize("choice", [None, Choice(KEEP), Choice(REPLACE, OWN), Choice(REPLACE, "架空 水産 Ａ")])
def test_the_own_organisation_never_passes(tools: Toolbox, cast: Cast, choice: Choice | None) -> None:
    """Not undecided, not kept, not typed in again, however it is spaced."""
    choices = {} if choice is None else {key_of("organisation", OWN): choice}
    assert checked(tools, cast, TITLE, **choices).refused == ("text",)


def test_replaced_it_passes(tools: Toolbox, cast: Cast) -> None:
    found = checked(tools, cast, TITLE, **{key_of("organisation", OWN): Choice(REPLACE)})
    assert not found.refused
    assert OWN not in found.final["text"]


def test_aliases_and_sites_are_own_too(tools: Toolbox, cast: Cast) -> None:
    import random

    with tools.database.transaction("identity", "keys") as stores:
        organisation, _ = add_organisation(
            stores, tools.vault, name="黒浜マリン", aliases=("クロハマ水産",), sites=("沖ノ瀬いけす",), verified=True,
            rng=random.Random(3),
        )  # fmt: skip
        finder = redactor(stores, tools.vault, tools.names)
        own = own_words(stores, tools.vault, organisation_id=organisation)
    for words in ("黒浜マリン", "クロハマ水産", "沖ノ瀬いけす"):
        assert check(finder, own, {"text": f"{words}で起きました。"}).refused == ("text",), words
        others = check(finder, Gazetteer.of([OWN]), {"text": f"{words}で起きました。"})
        assert not others.refused
        assert words not in others.final["text"]


# a question


def test_a_draft_without_finds_shows_nothing_extra(app: Flask, cast: Cast) -> None:
    page = preview(signed_in(app, cast.alice))
    assert keys_on(page) == []
    assert "あなただとわかるかもしれない言葉" not in page


def test_the_preview_shows_what_will_be_read(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = drafted(alice)
    assert len(keys_on(page)) == 5
    assert REPLACED in readers_view(page)
    sent = post(alice, "/ask/publish", {"token": token_of(page), **decided(page)}, page="/ask/preview")
    assert sent.status_code == 303
    shown = alice.get(sent.headers["Location"]).text
    assert REPLACED in shown
    for gone in ("12,345", "松本", "長野", "田中", "9月14日"):
        assert gone not in shown


def test_without_touching_anything_what_was_shown_goes_out(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    sent = post(alice, "/ask/publish", {"token": token_of(drafted(alice))}, page="/ask/preview")
    assert REPLACED in alice.get(sent.headers["Location"]).text


def test_choices_are_kept_and_shown(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = drafted(alice)
    number = key_of("number", "12,345尾")
    fields = {"token": token_of(page), "do": "look", **decided(page, **{number: KEEP})}
    fields[f"instead-{key_of('person', '田中さん')}"] = "現場の者"
    assert post(alice, "/ask/check", fields, page="/ask/preview").status_code == 303
    view = readers_view(alice.get("/ask/preview").text)
    assert "12345尾" in view
    assert "現場の者が見ました" in view


def test_choices_survive_going_back(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = drafted(alice)
    fields = {"token": token_of(page), **decided(page, **{key_of("number", "12,345尾"): KEEP})}
    post(alice, "/ask/check", fields, page="/ask/preview")
    assert SITUATION in alice.get("/ask").text
    again = drafted(alice, field_situation=SITUATION + "えらは白いです。")
    assert "12345尾" in readers_view(again)
    assert "えらは白いです" in readers_view(again)


def test_a_choice_made_while_publishing_is_shown_first(app: Flask, tools: Toolbox, cast: Cast) -> None:
    """Nothing goes out that its author has not seen."""
    alice = signed_in(app, cast.alice)
    page = drafted(alice)
    fields = {"token": token_of(page), **decided(page, **{key_of("number", "12,345尾"): KEEP})}
    sent = post(alice, "/ask/publish", fields, page="/ask/preview")
    assert sent.headers["Location"] == "/ask/preview"
    assert pending(tools) == 0
    page = alice.get("/ask/preview").text
    sent = post(alice, "/ask/publish", {"token": token_of(page), **decided(page, **{key_of("number", "12,345尾"): KEEP})},
                page="/ask/preview")  # fmt: skip
    assert "12345尾" in alice.get(sent.headers["Location"]).text


def test_all_of_them_in_one_tap(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = drafted(alice)
    kept = dict.fromkeys(keys_on(page), KEEP)
    post(alice, "/ask/check", {"token": token_of(page), **decided(page, **kept)}, page="/ask/preview")
    page = alice.get("/ask/preview").text
    assert "松本市" in readers_view(page)
    post(alice, "/ask/check", {"token": token_of(page), "do": "all", **decided(page, **kept)}, page="/ask/preview")
    assert REPLACED in readers_view(alice.get("/ask/preview").text)


def own_name_attempts() -> dict[str, dict[str, str]]:
    key = key_of("organisation", OWN)
    return {
        "nothing decided": {},
        "kept": {f"do-{key}": KEEP},
        "typed in again": {f"do-{key}": REPLACE, f"instead-{key}": "架空水産Ａ"},
        "another key": {"do-0000000000000000": REPLACE},
    }


@pytest.mark.parametrize("attempt", own_name_attempts())
def test_the_own_name_is_refused_near_the_field(app: Flask, tools: Toolbox, cast: Cast, attempt: str) -> None:
    alice = signed_in(app, cast.alice)
    page = preview(alice, title=TITLE)
    fields = {"token": token_of(page), **own_name_attempts()[attempt]}
    refused = post(alice, "/ask/publish", fields, page="/ask/preview")
    assert refused.status_code == 422
    assert pending(tools) == 0
    near = refused.text[refused.text.index("聞きたいこと") :]
    assert "ご自分の組織の名前が入っています" in near[: near.index("</section>")]
    again = alice.get("/ask/preview").text
    sent = post(alice, "/ask/publish", {"token": token_of(again), **decided(again)}, page="/ask/preview")
    assert sent.status_code == 303
    if sent.headers["Location"] == "/ask/preview":  # what was typed in is seen once more
        again = alice.get("/ask/preview").text
        sent = post(alice, "/ask/publish", {"token": token_of(again), **decided(again)}, page="/ask/preview")
    assert OWN not in alice.get(sent.headers["Location"]).text


def test_the_own_name_is_not_offered_to_be_kept(app: Flask, cast: Cast) -> None:
    key = key_of("organisation", OWN)
    for who, offered in (("alice", False), ("bob", True)):
        page = preview(signed_in(app, cast[who]), title=TITLE)
        assert (f'name="do-{key}" value="keep"' in page) is offered


def test_a_rival_may_be_kept_by_name(app: Flask, cast: Cast) -> None:
    bob = signed_in(app, cast.bob)
    page = preview(bob, title=TITLE)
    fields = {"token": token_of(page), **decided(page, **{key_of("organisation", OWN): KEEP})}
    post(bob, "/ask/check", fields, page="/ask/preview")
    assert OWN in readers_view(bob.get("/ask/preview").text)


def test_nothing_of_the_text_is_in_an_address(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = preview(alice, title=TITLE, field_situation=SITUATION)
    seen = [post(alice, path, {"token": token_of(page), **decided(page)}, page="/ask/preview").headers.get("Location", "")
            for path in ("/ask/check", "/ask/publish")]  # fmt: skip
    assert all(re.fullmatch(r"/[a-z0-9/]*", one) for one in seen)
    assert not re.search(r'(href|action|formaction)="[^"]*(%E|架空|松本)', page)


def test_a_wrong_or_old_token_changes_nothing(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = drafted(alice)
    fields = {"token": "0" * 32, **decided(page, **dict.fromkeys(keys_on(page), KEEP))}
    assert post(alice, "/ask/check", fields, page="/ask/preview").status_code == 303
    assert REPLACED in readers_view(alice.get("/ask/preview").text)


def test_nonsense_decides_nothing(app: Flask, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = drafted(alice)
    fields = {f"do-{key}": "shout" for key in keys_on(page)} | {"do-": KEEP, "do-" + "x" * 500: KEEP, "do": "hop"}
    assert post(alice, "/ask/check", {"token": token_of(page), **fields}, page="/ask/preview").status_code == 303
    assert REPLACED in readers_view(alice.get("/ask/preview").text)


@pytest.mark.parametrize(("who", "status"), [("frank", 403), ("grace", 403)])
def test_only_members_check(app: Flask, cast: Cast, who: str, status: int) -> None:
    client = signed_in(app, cast[who])
    assert post(client, "/ask/check", page="/account").status_code == status
    assert signed_in(app, cast.alice).get("/ask/check").status_code == 405


def test_a_draft_is_nobody_elses(app: Flask, cast: Cast) -> None:
    page = drafted(signed_in(app, cast.alice))
    dave = signed_in(app, cast.dave)
    sent = post(dave, "/ask/check", {"token": token_of(page), **decided(page)}, page="/ask")
    assert sent.status_code == 303
    assert dave.get("/ask/preview").headers["Location"] == "/ask"
