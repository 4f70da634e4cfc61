"""What members write, as safe HTML: Markdown with tables, then an allow-list. No images, no raw HTML, no styles."""

import re
from html import unescape
from typing import Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import isPunctChar
from markdown_it.rules_inline.state_inline import Delimiter, StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

TAGS: Final = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES: Final[dict[str, set[str]]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
TABLE: Final = re.compile(r"<table>.*?</table>", re.DOTALL)
HEAD: Final = re.compile(r"<th>(.*?)</th>", re.DOTALL)
TAG: Final = re.compile(r"<[^>]*>")
BLANK: Final = re.compile(r"\n(?:[ \t]*\n)+")
# lines whose every character means itself, in Markdown and in HTML: of a paragraph, and after "- "
_WORD = r"[^\s\\`*_\[\]<>&~\"|\x00-\x1f\x7f-\xa0]+"
_LINE = rf"(?![-+=:#]|\d+[.)]){_WORD}(?: {_WORD})*"
PARAGRAPH: Final = re.compile(rf"\u3000?{_LINE}(?:\n\u3000?{_LINE})*")
LIST: Final = re.compile(rf"- {_LINE}(?:\n- {_LINE})*")


def _bold(state: StateInline, silent: bool) -> bool:
    """Emphasis also where Japanese punctuation stands inside the stars and no space outside: **注意：**夜は.

    CommonMark wants a space there, which Japanese does not write; a Japanese letter counts as one.
    """
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos] or " "
    after = state.src[state.pos + scanned.length : state.pos + scanned.length + 1] or " "
    opens = scanned.can_open or (marker == "*" and isPunctChar(after) and _is_japanese(before))
    closes = scanned.can_close or (marker == "*" and isPunctChar(before) and _is_japanese(after))
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        at = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), scanned.length, at, -1, opens, closes))
    state.pos += scanned.length
    return True


def _is_japanese(char: str) -> bool:
    """Kana, kanji, or half and full width forms: a letter beside which nobody writes a space."""
    return any(first <= ord(char) <= last for first, last in ((0x3005, 0x30FF), (0x3400, 0x9FFF), (0xFF10, 0xFF9F)))


# `html` off shows typed tags as text; images would fetch from elsewhere; the page's own headings are h1 and h2
_markdown = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable(["table", "strikethrough"])
    .disable(["image", "html_block", "html_inline"])
)
_markdown.inline.ruler.at("emphasis", _bold)
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)


def render_markdown(text: str) -> Markup:
    """Clean HTML of a text; headings begin at h3, links say where they lead and nothing about where they came from, a
    wide table scrolls in a box of its own. Plain paragraphs and lists, most of what is written, need no parser."""
    return Markup(_plain(text) or _parsed(text))  # noqa: S704 this is what the allow-list is for


def _plain(text: str) -> str:
    """The same for a text of nothing but lines, in paragraphs and lists; empty for any other."""
    made: list[str] = []
    after_list = False
    for block in BLANK.split(text.strip("\n")):
        if PARAGRAPH.fullmatch(block):
            made.append("<p>" + block.strip().replace("\n", "<br>\n") + "</p>\n")
        elif LIST.fullmatch(block) and not after_list:
            made.append("<ul>\n<li>" + block[2:].replace("\n- ", "</li>\n<li>") + "</li>\n</ul>\n")
        else:
            return ""
        after_list = block.startswith("- ")
    return "".join(made)


def _parsed(text: str) -> str:
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        if token.children:
            token.children = _with_hosts(token.children)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return TABLE.sub(_boxed, _cleaner.clean(html))


def _with_hosts(children: list[Token]) -> list[Token]:
    """After a link whose words are not its address: the host, since nobody sees an address on a phone."""
    found: list[Token] = []
    host, words = "", ""
    for child in children:
        found.append(child)
        if child.type == "link_open":
            host, words = urlsplit(str(child.attrGet("href") or "")).hostname or "", ""
        elif child.type == "link_close" and host and host not in words:
            found.append(Token("text", "", 0, content=f" ({host})"))
        else:
            words += child.content
    return found


def _boxed(table: re.Match[str]) -> str:
    """A table in a box that takes the focus, so that arrow keys can move it, named by its head."""
    names = [unescape(TAG.sub("", cell)).strip() for cell in HEAD.findall(table[0])]
    label = escape(" / ".join(filter(None, names)))
    return f'<div class="table-box" role="group" tabindex="0" aria-label="{label}">{table[0]}</div>'
