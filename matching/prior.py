"""What each signal counts before a domain has shown any outcome. Made by `shiome fit-prior`: run it, edit nothing.

PRIOR: weights by signal. PULL: how firmly each holds against a domain's own outcomes (inverse variance).
"""

from collections.abc import Mapping
from types import MappingProxyType

PRIOR: Mapping[str, float] = MappingProxyType(
    {
        "answers": -0.2298,
        "active": 0.2307,
        "recent": 0.5014,
        "steady": 0.3028,
        "words": 0.0,
        "words_recent": 0.0593,
        "meaning": 0.0124,
        "meaning_recent": 0.0905,
        "words_nearest": 0.1104,
        "topic": 0.0889,
        "topic_recent": 0.0,
        "helped": 0.1,
        "substance": 0.3301,
        "prompt": 0.1605,
        "declared": 0.6,
        "endorsed": 0.4,
        "passes": -3.0,
    }
)
PULL: Mapping[str, float] = MappingProxyType(
    {
        "answers": 50.6,
        "active": 105.5,
        "recent": 127.1,
        "steady": 133.1,
        "words": 66.6,
        "words_recent": 106.2,
        "meaning": 137.7,
        "meaning_recent": 151.2,
        "words_nearest": 128.9,
        "topic": 152.3,
        "topic_recent": 169.1,
        "helped": 20.0,
        "substance": 9.5,
        "prompt": 47.0,
        "declared": 20.0,
        "endorsed": 20.0,
        "passes": 20.0,
    }
)
PROVENANCE: Mapping[str, object] = MappingProxyType(
    {
        "communities": (
            "se_beer: 663 questions, 1572 answers, 278 outcomes; CC BY-SA 3.0 (Stack Exchange data dump)",
            "se_matheducators: 397 questions, 1507 answers, 201 outcomes; CC BY-SA 3.0",
            "se_history_meta: 786 questions, 1459 answers, 425 outcomes; CC BY-SA 3.0/4.0",
            "ja_haskelljp: 808 questions, 2783 answers, 469 outcomes; Apache-2.0 (repository LICENSE)",
        ),
        "encoder": "bundled:multilingual-e5-small-q4",
        "part": 0.8,
        "halves": 2,
        "seed": 1,
        "date": "2026-11-23",
        "command": "shiome fit-prior se_beer se_matheducators se_history_meta ja_haskelljp --part 0.8 --seed 1 --date 2026-11-23",
    }
)
