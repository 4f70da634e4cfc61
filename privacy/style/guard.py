"""What the house style never touches: code, formulas, addresses, link targets, mentions. Each becomes one character."""

import re
from typing import Final

_CODE, _ADDRESS = 0xF0000, 0x100000  # supplementary private use: nobody's keyboard writes it
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_KEPT: Final = re.compile(
    r"""
      ^(?P<indent>[ ]{0,3})(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)?[ ]{0,3}(?P=fence)[`~]*[ ]*$  # a fenced block
    | ^[ ]{0,3}(?:`{3,}|~{3,})[^\n]*\n.*\Z           # a fence that nobody closed
    | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)     # code in a line
    | \\begin\{(?P<sort>[a-z]+\*?)\}.*?\\end\{(?P=sort)\} | \\\[.+?\\\] | \\\(.+?\\\)
    | \$\$.+?\$\$ | \$(?=\S)[^$\n]*\S\$(?!\d)        # a formula
    | (?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ ]+"[^"\n]*")?\)   # where a link leads
    | ^[ ]{0,3}\[[^\]\n]+\]:[ ]*\S+[^\n]*$           # a link's definition
    | <[A-Za-z/!][^<>\n]*>
    | (?P<address>(?:https?|ftp)://[!-;=?-~]*[A-Za-z0-9/#=&_~-]
    | [A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+
    | (?<![A-Za-z0-9])@[A-Za-z0-9_-]+)
    | (?<![A-Za-z0-9_/.])(?:[A-Za-z0-9_-]+/){2,}[A-Za-z0-9_.-]+  # a path
    | (?<=\n\n)(?:[ ]{4}|\t)[^\n]*(?:\n(?:[ ]{4}|\t)[^\n]*)*     # an indented block
    """,
    re.X | re.S | re.M,
)
KEPT_CHARACTER: Final = "\U000f0000-\U0010fffd"
ADDRESS: Final = "[\U00100000-\U0010fffd]"


def protect(text: str) -> tuple[str, list[str]]:
    """The text with one private character for each piece that must stay, and the pieces."""
    pieces: list[str] = []

    def keep(found: re.Match[str]) -> str:
        pieces.append(found[0])
        return chr((_ADDRESS if found["address"] else _CODE) + len(pieces) - 1)

    return _KEPT.sub(keep, _PRIVATE.sub("", text)), pieces


def restore(text: str, pieces: list[str]) -> str:
    """The pieces in their places again."""
    return _PRIVATE.sub(lambda found: pieces[ord(found[0]) & 0xFFFF], text)
