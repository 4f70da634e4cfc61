"""Members' Markdown: useful, and nothing that runs, fetches or follows."""

import pytest

from app.web.markdown import render_markdown


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
