"""What members wrote carries its language where that is not the page's: a screen reader's voice and the glyphs follow it."""

import pytest
from flask import Flask

from app.web.i18n import lang_attribute, speaking
from app.wiring import Toolbox
from tests.app.questions.makers import ask, make_question
from tests.cast import Cast, signed_in


@pytest.mark.parametrize(
    ("written", "on_ja", "on_en"),
    [
        ("夜明け前の酸素", "", ' lang="ja"'),
        ("<p>えさを DO meter で測る</p>", "", ' lang="ja"'),
        ("<p>The fry die before dawn.</p>", ' lang="en"', ""),
        ("<ul><li>DO</li></ul>", "", ""),
        ("AquaLog 3.2", "", ""),
        ("", "", ""),
    ],
)
def test_the_other_language_is_said(written: str, on_ja: str, on_en: str) -> None:
    with speaking("ja"):
        assert lang_attribute(written) == on_ja
    with speaking("en"):
        assert lang_attribute(written) == on_en


def test_a_thread_says_what_its_words_are(tools: Toolbox, app: Flask, cast: Cast) -> None:
    thread_id = ask(tools, cast.alice, make_question(title="夜明け前に稚魚が死にます"))
    reader = signed_in(app, cast.alice)
    english = reader.get(f"/threads/{thread_id}", headers={"Accept-Language": "en"}).text
    assert '<h1 class="thread-title" lang="ja">夜明け前に稚魚が死にます</h1>' in english
    assert 'class="prose" lang="ja"' in english
    assert ' lang="ja"' not in reader.get(f"/threads/{thread_id}").text.partition("<main")[2].partition("</main>")[0]
