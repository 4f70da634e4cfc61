"""The author linker: whose hand wrote a text, judged by style, from texts whose author is known.

Two views of a text are weighed and the attacker uses whichever is asked for: character n-grams of length 2 to 5 under
TF-IDF with cosine similarity (Stamatatos 2013; the strongest simple attacker in the PAN tasks), and habits, the rates of
function words, marks and lengths under Burrows's Delta (2002). `masked` hides the content words, so that a figure over
masked texts is about style and one over whole texts is about style and topic together.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from privacy.attacks.figures import auc

Matrix = npt.NDArray[np.float64]
Scorer = Callable[[Sequence[str], Sequence[str]], Matrix]

GRAMS: Final = (2, 5)
_KANJI: Final = re.compile(r"[一-鿿々〆ヶ]+")
_KATAKANA: Final = re.compile(r"[ァ-ヴｦ-ﾟー]+")
_DIGITS: Final = re.compile(r"[0-9０-９]+")
_LATIN: Final = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ÿ][A-Za-zＡ-Ｚａ-ｚÀ-ÿ_'’.-]*[A-Za-zＡ-Ｚａ-ｚÀ-ÿ]|[A-Za-z]")
_HIRAGANA: Final = re.compile(r"[ぁ-ん]+")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_MARK: Final = re.compile(r"[^\w\s]|\n+|  +|　+")

FUNCTION_WORDS: Final = frozenset(
    """a about above after again against all almost already also although always am among an and another any anything are
    around as at away back be because been before being below between both but by can cannot can't could couldn't did
    didn't do does doesn't doing don't done down during each either else enough even ever every everything few first for
    from further get gets getting got had has hasn't have haven't having he hence her here hers him his how however i
    i'd i'll i'm i've if in indeed instead into is isn't it it's its itself just keep kind know least less let let's like
    likely little look lot make makes many may maybe me might mine more most much must my myself need needs neither never
    no nor not nothing now of off often ok on once one only or other others otherwise our ours out over own perhaps please
    possible pretty probably put quite rather really same say see seem seems she should shouldn't since so some something
    sometimes soon still such sure take than thanks that that's the their theirs them themselves then there there's
    therefore these they they're thing things think this those though through thus to together too toward towards try
    under unless until up upon us use used using usually very want was wasn't way we well were what whatever when where
    whether which while who whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll
    you're you've your yours yourself""".split()  # noqa: SIM905 (a list of words reads better as words)
)


@dataclass(frozen=True)
class StyleResult:
    """What linking gave: `hits` of `texts` named right among `authors`, and the AUC over all (text, author) pairs."""

    hits: int
    texts: int
    authors: int
    auc: float

    @property
    def rate(self) -> float:
        """Share of texts whose author came first (rank-1 accuracy)."""
        return self.hits / self.texts

    @property
    def chance(self) -> float:
        """What guessing gives."""
        return 1 / self.authors


def link_authors(
    known: Mapping[str, str], unknown: Sequence[tuple[str, str]], scorer: Scorer | None = None
) -> StyleResult:
    """Name the author of each unknown text.

    `known`: author to what they are known to have written; `unknown`: (true author, text); the truth only scores.
    Each author's scores are centred over the unknown texts first, so that nobody is everybody's neighbour.
    """
    authors = sorted(known)
    scores = (scorer or both)([known[author] for author in authors], [text for _, text in unknown])
    scores = scores - scores.mean(axis=0, keepdims=True)
    truth = np.array([authors.index(author) for author, _ in unknown])
    right = np.zeros(scores.shape, dtype=bool)
    right[np.arange(len(truth)), truth] = True
    hits = int((scores.argmax(axis=1) == truth).sum())
    return StyleResult(hits, len(unknown), len(authors), auc(scores[right].tolist(), scores[~right].tolist()))


def by_characters(known: Sequence[str], unknown: Sequence[str]) -> Matrix:
    """Cosine of TF-IDF over character 2- to 5-grams: one row an unknown text, one column a known one."""
    counted = [_grams(text) for text in (*known, *unknown)]
    matrix = _tfidf(counted)
    return np.asarray((matrix[len(known) :] @ matrix[: len(known)].T).toarray())


def by_habits(known: Sequence[str], unknown: Sequence[str]) -> Matrix:
    """Burrows's Delta over function words, marks and lengths, negated so that more is more alike."""
    rates = _rates([*known, *unknown])
    return np.array([[-np.abs(one - other).mean() for other in rates[: len(known)]] for one in rates[len(known) :]])


def both(known: Sequence[str], unknown: Sequence[str]) -> Matrix:
    """The sum of both views, each standardised."""
    return _standard(by_characters(known, unknown)) + _standard(by_habits(known, unknown))


def masked(text: str) -> str:
    """The text with its content words hidden: what stays is kana of grammar, function words, marks and layout."""
    text = _LATIN.sub(lambda found: found[0] if found[0].lower() in FUNCTION_WORDS else "W", text)
    return _DIGITS.sub("0", _KATAKANA.sub("ア", _KANJI.sub("漢", text)))


def _grams(text: str) -> Counter[str]:
    low, high = GRAMS
    return Counter(text[n : n + size] for size in range(low, high + 1) for n in range(len(text) - size + 1))


def _tfidf(counted: Sequence[Counter[str]]) -> sparse.csr_matrix:
    """Rows of unit length, (1 + log tf) × idf; a gram of one text only tells nothing and is left out."""
    spread = Counter(gram for counts in counted for gram in counts)
    place = {gram: n for n, gram in enumerate(gram for gram, texts in spread.items() if texts > 1)}
    rows, columns, values = [], [], []
    for row, counts in enumerate(counted):
        for gram, count in counts.items():
            if gram in place:
                rows.append(row)
                columns.append(place[gram])
                values.append((1 + np.log(count)) * np.log((1 + len(counted)) / (1 + spread[gram])))
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(counted), max(1, len(place))))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    return sparse.csr_matrix(sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ matrix)


def _rates(texts: Sequence[str]) -> Matrix:
    counted = [_habits(text) for text in texts]
    usual = [habit for habit, _ in sum(counted, Counter()).most_common(400)]
    lengths = [[_mean_length(text, mark) for mark in ("[。.!?！？\n]", "[、,，]", "\n\n")] for text in texts]
    table = np.array(
        [[counts[habit] / max(1, len(text)) for habit in usual] for counts, text in zip(counted, texts, strict=True)]
    )
    return _standard_columns(np.hstack([table, np.array(lengths)]))


def _habits(text: str) -> Counter[str]:
    words = Counter(word.lower() for word in _WORD.findall(text) if word.lower() in FUNCTION_WORDS)
    return words + Counter(_MARK.findall(text)) + Counter(run[-3:] for run in _HIRAGANA.findall(text))


def _mean_length(text: str, mark: str) -> float:
    parts = [len(part) for part in re.split(mark, text) if part.strip()]
    return float(np.log1p(np.mean(parts))) if parts else 0.0


def _standard_columns(table: Matrix) -> Matrix:
    spread = table.std(axis=0)
    return np.asarray((table - table.mean(axis=0)) / np.where(spread > 0, spread, 1))


def _standard(scores: Matrix) -> Matrix:
    spread = float(scores.std())
    return np.asarray((scores - scores.mean()) / (spread or 1.0))
