"""What is too long, too short or without ink comes back with what was typed; nothing goes out unchecked."""

from io import BytesIO

import pytest
from flask import Flask

from app.questions import answers
from app.questions.replies import Reply
from app.questions.rules import MAX_ANSWER
from app.wiring import Toolbox
from privacy.style import house_style
from tests.app.questions.makers import FORM, publish
from tests.app.questions.pictures import jpeg_with_everything
from tests.app.questions.test_ask_form import pending
from tests.app.questions.test_draft_check import readers_view
from tests.app.questions.test_reply_check import PLACES, hidden
from tests.cast import Cast, csrf_of, post, signed_in

LINE = "夜明け前に酸素を測ってみてください。水を少し増やすとよくなりました。" * 3
NAMED = "架空水産Bです。\r\n"


def typed_lines(start: str, longest: int) -> str:
    """Lines as a browser sends them: their ends count double, and only there is the text too long."""
    text = start + (LINE + "\r\n") * 100
    clean = text.replace("\r\n", "\n")[:longest]
    return clean.replace("\n", "\r\n")


def growing() -> str:
    """As long as may be typed; the house style makes it longer."""
    line = "水温は低い。餌は少ない。えらは白い。\n"
    text = (line * (MAX_ANSWER // len(line) + 1))[: MAX_ANSWER - 1]
    assert len(house_style(text, "ja")) > MAX_ANSWER >= len(text)
    return text


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("longest", [7_950, MAX_ANSWER])
def test_line_ends_carry_nothing_past_the_check(
    app: Flask, tools: Toolbox, cast: Cast, place: str, longest: int
) -> None:
    page, path, who = PLACES[place](tools, cast)
    text = typed_lines(NAMED, longest)
    assert len(text) > MAX_ANSWER - 60
    photo = (BytesIO(jpeg_with_everything()), "x.jpg")
    refused = post(signed_in(app, cast[who]), path, {"text": text, "token": "t", "photos": photo}, page=page)
    assert refused.status_code == 422
    assert "ある会社です" in readers_view(refused.text)
    assert "/ask/photos/" in refused.text
    assert pending(tools) == 0


@pytest.mark.parametrize("place", PLACES)
def test_a_long_text_without_finds_goes_out_whole(app: Flask, tools: Toolbox, cast: Cast, place: str) -> None:
    page, path, who = PLACES[place](tools, cast)
    client = signed_in(app, cast[who])
    text = typed_lines("", 7_990)
    assert len(text) > MAX_ANSWER
    assert post(client, path, {"text": text, "token": "t"}, page=page).status_code == 303
    assert pending(tools) == 1


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ["", " \r\n ", "\u200b\u200b", "\u3164", "\u2800\ufe0f", "網" * 8001], ids=len)
def test_what_cannot_be_stored_comes_back_near_its_field(
    app: Flask, tools: Toolbox, cast: Cast, place: str, text: str
) -> None:
    page, path, who = PLACES[place](tools, cast)
    refused = post(signed_in(app, cast[who]), path, {"text": text, "token": "t"}, page=page)
    assert refused.status_code == 422
    assert 'class="error-summary"' in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert text.strip() in refused.text
    assert pending(tools) == 0


@pytest.mark.parametrize("place", PLACES)
def test_a_text_the_house_style_makes_too_long_may_go_as_written(
    app: Flask, tools: Toolbox, cast: Cast, place: str
) -> None:
    page, path, who = PLACES[place](tools, cast)
    client = signed_in(app, cast[who])
    text = growing()
    look = post(client, path, {"text": text, "token": "t"}, page=page)
    assert look.status_code == 422
    assert "書きぶりをそろえると8000文字をこえます" in look.text
    assert 'name="set_plain" value="1"' in look.text
    insisting = client.post(path, data=hidden(look.text))
    assert insisting.status_code == 422
    assert "書きぶりをそろえると8000文字をこえます" in insisting.text
    plain = client.post(path, data={**hidden(look.text), "set_plain": "1"})
    assert "をこえます" not in plain.text
    assert client.post(path, data=hidden(plain.text)).status_code == 303
    assert pending(tools) == 1


@pytest.mark.parametrize("place", PLACES)
def test_the_same_form_twice_goes_to_the_same_thread(app: Flask, tools: Toolbox, cast: Cast, place: str) -> None:
    page, path, who = PLACES[place](tools, cast)
    client = signed_in(app, cast[who])
    first = post(client, path, {"text": "夜明け前の酸素を測ってください。", "token": "t"}, page=page)
    again = client.post(path, data={"text": "架空水産Bです", "token": "t", "csrf_token": csrf_of(client, page)})
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    assert pending(tools) == 1
    publish(tools)


def test_only_a_checked_text_can_be_sent() -> None:
    with pytest.raises(AssertionError):
        _ = Reply("send").final


@pytest.mark.parametrize("kind", ["answer", "followup"])
def test_no_reply_is_stored_that_was_not_checked(
    app: Flask, tools: Toolbox, cast: Cast, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is typed, the services are handed what the check gave and nothing else."""
    handed: list[str] = []
    for name in ("add_answer", "add_followup"):
        real = getattr(answers, name)

        def seen(*args, real=real, **more):  # type: ignore[no-untyped-def]
            handed.append(more["text"])
            return real(*args, **more)

        monkeypatch.setattr(answers, name, seen)
    page, path, who = PLACES["thread" if kind == "answer" else "followup"](tools, cast)
    client = signed_in(app, cast[who])
    for n, text in enumerate(("", "網" * 8001, NAMED, typed_lines(NAMED, 8000), "\u200b", "水温は低い。")):
        post(client, path, {"text": text, "token": f"t{n}"}, page=page)
    assert handed == ["水温は低いです。"]


@pytest.mark.parametrize("blank", ["\u200b", "\u3164\u3164", "\u2800", "\u00ad\u2060"])
def test_a_question_without_ink_is_refused_near_the_field(app: Flask, tools: Toolbox, cast: Cast, blank: str) -> None:
    for field in ("title", "field_situation"):
        refused = post(signed_in(app, cast.alice), "/ask/preview", {**FORM, field: blank}, page="/ask")
        assert refused.status_code == 422
        assert f'href="#f-{field}"' in refused.text
    assert pending(tools) == 0
