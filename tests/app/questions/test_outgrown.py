"""A question's title or field may not grow past its maximum on the way: it is said beside it, and nothing typed is lost."""

import pytest
from flask import Flask

from app.questions.preview import longest_of
from app.questions.rules import MAX_TITLE
from app.wiring import Toolbox
from privacy.style import house_style
from tests.app.questions.makers import FORM
from tests.app.questions.test_ask_form import pending, preview, token_of
from tests.cast import Cast, post, signed_in

GROWS = "えらが白い!"
FIELD = "field_situation"


def growing(longest: int) -> str:
    """As long as may be typed; the house style makes it longer."""
    text = (GROWS * longest)[: longest // len(GROWS) * len(GROWS)]
    assert len(house_style(text, "ja")) > longest >= len(text)
    return text


@pytest.mark.parametrize("name", ["title", FIELD])
def test_a_text_the_house_style_makes_too_long_waits_for_its_author(
    app: Flask, tools: Toolbox, cast: Cast, name: str
) -> None:
    longest = longest_of(tools.trade)[name]
    text = growing(longest)
    alice = signed_in(app, cast.alice)
    said = f"書きぶりをそろえると{longest}文字をこえます"
    page = preview(alice, **{name: text})
    assert said in page, "before publishing is tried"
    token = {"token": token_of(page)}
    refused = post(alice, "/ask/publish", token, page="/ask/preview")
    assert refused.status_code == 422
    assert said in refused.text
    assert pending(tools) == 0
    assert text in alice.get("/ask").text, "nothing typed is lost"
    post(alice, "/ask/check", {**token, "set_plain": "1"}, page="/ask/preview")
    plain = alice.get("/ask/preview").text
    assert "をこえます" not in plain
    sent = post(alice, "/ask/publish", {"token": token_of(plain)}, page="/ask/preview")
    assert "/threads/" in sent.headers["Location"]
    assert pending(tools) == 1


def test_a_title_that_grows_by_what_stands_instead_says_so(app: Flask, tools: Toolbox, cast: Cast) -> None:
    alice = signed_in(app, cast.alice)
    page = preview(alice, title="sato@umi.example に聞いた酸素の話" + "を、朝と夕に試しました" * 5)
    key = page.partition('name="do-')[2].partition('"')[0]
    assert key
    chosen = {f"do-{key}": "replace", f"instead-{key}": "知り合いの方" * 16}
    post(alice, "/ask/check", {"token": token_of(page), **chosen}, page="/ask/preview")
    page = alice.get("/ask/preview").text
    assert f"置きかえたあとの文が{MAX_TITLE}文字をこえます" in page
    assert post(alice, "/ask/publish", {"token": token_of(page)}, page="/ask/preview").status_code == 422
    assert pending(tools) == 0


def test_no_text_of_a_form_is_without_a_maximum(tools: Toolbox) -> None:
    written = {f"field_{one.key}" for one in tools.trade.form.fields if one.kind == "text"}
    assert set(longest_of(tools.trade)) == {"title", *written}
    assert FIELD in FORM
