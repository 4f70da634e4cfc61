"""How well does style link a member's posts, before and after the house style? On real histories.

    python -m benchmarks.style FOLDER [FOLDER ...] --authors 30

A folder holds questions.jsonl and answers.jsonl (`body`, `created`, `asker` or `answerer`, the thread's id). For each
author the earlier threads are known and the later ones are cut into unknown texts (up to five): `much` is 6,000 known
characters against 1,000 (Japanese 3,000 against 500), `one post` is about one post against another of the same hand; no thread is on both sides. Code, addresses and quotations are left out on both sides: the house
style does not touch them. Authors are those with most text that have enough on both sides. Printed: rank-1 accuracy with
its Wilson interval and the AUC over pairs, for whole texts (style and topic) and with content words hidden (style alone).
"""

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from privacy.attacks.figures import auc_interval, wilson
from privacy.attacks.style import Scorer, StyleResult, both, by_characters, by_habits, link_authors, masked
from privacy.style import house_style

SIZES = {"ja": {"much": (3000, 500), "one post": (150, 150)}, "en": {"much": (6000, 1000), "one post": (400, 400)}}
PARTS, SHORTEST = 5, 40
_LEFT_OUT = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|https?://\S+|<[^>\n]+>|@user|\$\$.*?\$\$|\$[^$\n]+\$|^>.*$", re.S | re.M
)
SCORERS: dict[str, Scorer] = {"characters": by_characters, "habits": by_habits, "both": both}


@dataclass(frozen=True)
class Setting:
    """Known text per author, and (author, unknown text)."""

    known: dict[str, str]
    unknown: list[tuple[str, str]]


def read_posts(folder: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Author to (time, thread, prose), oldest first."""
    posts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for name, author, thread in (("questions", "asker", "id"), ("answers", "answerer", "question_id")):
        for line in (folder / f"{name}.jsonl").read_text().splitlines():
            row = json.loads(line)
            prose = re.sub(r"\n{3,}", "\n\n", _LEFT_OUT.sub(" ", row["body"])).strip()
            if row[author] and len(prose) >= SHORTEST and "has joined the channel" not in prose:
                posts[row[author]].append((row["created"], row[thread], prose))
    return {author: sorted(found) for author, found in posts.items()}


def split(
    posts: Sequence[tuple[str, str, str]], language: str, sizes: tuple[int, int], *, styled: bool
) -> tuple[str, list[str]]:
    """The known text and the unknown ones, post by post in the house style if a language is named."""
    known: list[str] = []
    length, last, (size, rest) = 0, 0, sizes
    while last < len(posts) and length < size:
        known.append(posts[last][2])
        length += len(posts[last][2])
        last += 1
    seen = {thread for _, thread, _ in posts[:last]}
    later = [text for _, thread, text in posts[last:] if thread not in seen]
    show = (lambda text: house_style(text, language)) if styled else (lambda text: text)
    return "\n\n".join(map(show, known)), ["\n\n".join(map(show, group)) for group in _grouped(later, rest)]


def _grouped(texts: Sequence[str], size: int) -> Iterator[list[str]]:
    group: list[str] = []
    for text in texts:
        group.append(text)
        if sum(map(len, group)) >= size:
            yield group
            group = []


def setting(
    posts: dict[str, list[tuple[str, str, str]]], authors: int, language: str, sizes: tuple[int, int], *, styled: bool
) -> Setting:
    """The authors with most text; the same authors and cuts whether styled or not."""
    longest = sorted(posts, key=lambda author: -sum(len(text) for *_, text in posts[author]))
    known: dict[str, str] = {}
    unknown: list[tuple[str, str]] = []
    for author in longest:
        before, after = split(posts[author], language, sizes, styled=styled)
        if after and len(known) < authors:
            known[author] = before
            unknown += [(author, text) for text in after[:PARTS]]
    return Setting(known, unknown)


def without_content(one: Setting) -> Setting:
    return Setting({a: masked(text) for a, text in one.known.items()}, [(a, masked(text)) for a, text in one.unknown])


def line_of(result: StyleResult) -> str:
    low, high = wilson(result.hits, result.texts)
    near, far = auc_interval(result.auc, result.texts, result.texts * (result.authors - 1))
    return (
        f"{result.rate:6.1%} ({low:.1%} to {high:.1%}) of {result.texts}, chance {result.chance:.1%}; "
        f"AUC {result.auc:.3f} ({near:.3f} to {far:.3f})"
    )


def measure(folder: Path, authors: int) -> Iterator[str]:
    posts = read_posts(folder)
    language = "ja" if folder.name.startswith("ja") else "en"
    for setting_name, sizes in SIZES[language].items():
        for name, styled in (("raw", False), ("house style", True)):
            one = setting(posts, authors, language, sizes, styled=styled)
            for what, text in (("whole", one), ("content hidden", without_content(one))):
                for scorer, score in SCORERS.items():
                    result = link_authors(text.known, text.unknown, score)
                    yield f"{folder.name:18}{setting_name:10}{name:12}{what:15}{scorer:11}{line_of(result)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--authors", type=int, default=30)
    given = parser.parse_args()
    started = time.monotonic()
    for folder in given.folders:
        for line in measure(folder, given.authors):
            print(line, flush=True)
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
