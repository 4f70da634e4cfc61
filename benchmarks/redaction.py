"""Which identifying words are found, where is something seen that is not there, and how long does a draft take?

    python -m benchmarks.redaction

On this project's own sentences: `first` was there while the rules were written, the others were written later, one after the other,
and each was judged before anything was mended after it. The three `other` sets were written by somebody who had not read the
rules (the second and third after mending by the one before). What they said at first, wholly covered with the right class, was:

    other         unlisted organisations .33 (ja .30, en .36), people .76; mail, phone and listed organisations 1.00; alarms .01
    other_second  unlisted organisations .75 (ja .70, en .81), people .61; the rest 1.00; alarms .03
    other_third   unlisted organisations .67 (ja .60, en .75), people .88; the rest 1.00; alarms .03

Times are of the processor, so that a busy machine does not count.
"""

import argparse
import time
from collections.abc import Iterator

from app.redacting.names import SudachiNames
from privacy.redaction import Redactor
from tests.privacy.redaction_measure import Figures, gazetteer, measure, sentences

DRAFT = 1000  # characters
PARTS = ("first", "held", "last", "fresh", "other", "other_second", "other_third")
LANGUAGES = ("ja", "en")


def table(redactor: Redactor) -> Iterator[str]:
    """A line for each language, part and class, and the false alarms."""
    for lang in LANGUAGES:
        for part in PARTS:
            judged = measure(redactor.find, sentences(f"{lang}_{part}", f"{lang}_clean_{part}"))
            for name in judged.all:
                yield f"{lang} {part:5} {name:24} {judged.found[name]:3} of {judged.all[name]:3}  {judged.recall(name):.3f}"
            yield f"{lang} {part:5} {'false alarms':24} {_alarms(judged)}"


def _alarms(judged: Figures) -> str:
    other = f"; {len(judged.other_alarms)} with another class"
    return f"{len(judged.alarms):3} of {judged.clean:3}  {judged.false_alarms:.3f}{other}"


def times(redactor: Redactor, lang: str) -> str:
    """Median and 95th percentile for a draft of 1,000 characters, of processor time."""
    text = " ".join(one.text for part in PARTS for one in sentences(f"{lang}_{part}"))
    redactor.find(text[:DRAFT])
    taken = sorted(_seconds(redactor, text[at : at + DRAFT]) for at in range(0, len(text) - DRAFT, 50))
    return f"p50 {taken[len(taken) // 2] * 1000:.1f} ms, p95 {taken[int(len(taken) * 0.95)] * 1000:.1f} ms"


def _seconds(redactor: Redactor, text: str) -> float:
    started = time.process_time()
    redactor.find(text)
    return time.process_time() - started


def main() -> int:
    """Run from the command line."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    redactor = Redactor(gazetteer(), SudachiNames())
    for line in table(redactor):
        print(line)
    for lang in LANGUAGES:
        print(f"{lang} a draft of {DRAFT} characters: {times(redactor, lang)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
