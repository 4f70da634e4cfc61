"""Members' Markdown: useful, and nothing that runs, fetches or follows."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.web.markdown import _parsed, _plain, render_markdown

PIECES = [
    "水温", "a", " ", "  ", "\u3000", "\n", "\n\n", "- ", "\n- ", "-", "1. ", "1)", "#", "+ ", ":", "=", "'", '"', "!", "(",
    "。", "http://a.b", "\t", "\xa0", "\u2028", "\x0b", "\x85", "~", "~~", "|", "&amp;", "<b>", "*", "_", "---", "\r\n", "\x00",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**太字**と一行目\n二行目", "<p><strong>太字</strong>と一行目<br>\n二行目</p>"),
        ("# 見出し", "<h3>見出し</h3>"),
        ("- 網\n- 餌", "<ul>\n<li>網</li>\n<li>餌</li>\n</ul>"),
        ("**注意：**夜は**「朝」**だけ", "<p><strong>注意：</strong>夜は<strong>「朝」</strong>だけ</p>"),
        ("**太字。**次 a*b*c a_b_c 2 * 3 * 4", "<p><strong>太字。</strong>次 a<em>b</em>c a_b_c 2 * 3 * 4</p>"),
    ],
)
def test_what_people_use(text: str, html: str) -> None:
    assert render_markdown(text).strip() == html


def test_tables() -> None:
    html = render_markdown('| 日 | " 水温 |\n|---|---|\n| 朝 | 12℃ |')
    assert "<td>12℃</td>" in html
    assert html.startswith('<div class="table-box" role="group" tabindex="0" aria-label="日 / &#34; 水温"><table>')


def test_links_tell_nothing() -> None:
    html = render_markdown("[先](https://example.org)")
    assert (
        html.strip() == '<p><a href="https://example.org" rel="noopener noreferrer nofollow">先</a> (example.org)</p>'
    )
    assert "(example.org)" not in render_markdown("<https://example.org/a>")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![絵](https://example.org/a.png)",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "<p style='color:red' onclick='x()' class='y'>",
        '[x](https://example.org "onclick=alert(1)")',
        "<iframe src=https://example.org></iframe>",
    ],
)
def test_nothing_runs_or_fetches(text: str) -> None:
    html = render_markdown(text)
    for bad in ("<script", "<img", 'href="javascript', "<iframe", "<p style", " title="):
        assert bad not in html


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("水温です。\n\u3000字下げ\n\n- 網\n- 餌 2 袋\n\n終わり")
def test_what_needs_no_parser_comes_out_as_the_parser_has_it(text: str) -> None:
    made = _plain(text)
    assert made in ("", _parsed(text))


def test_most_of_what_is_written_needs_no_parser() -> None:
    assert _plain("夜明け前に酸素を測ってみてください。\n\n- 給餌を半分にする\n- 二日おきに測る\n\n水温は12℃でした。")
