"""What is asked about: the cases of the demo, each told in three ways, with real embeddings and real tokens."""

from pathlib import Path
from typing import Final

import numpy as np

from app.demo.material import load_material
from app.domains.trade import load_trade
from app.history.cache import embed_all
from benchmarks.simulated_year.world import Case
from matching.encoder import Encoder
from matching.text import counts

# subjects, the most asked first, and whose experts may be asked next to them
NEIGHBOURS: Final = {
    "yellowtail": ("amberjack",),
    "red-sea-bream": ("olive-flounder",),
    "rainbow-trout": (),
    "amberjack": ("yellowtail",),
    "japanese-eel": (),
    "olive-flounder": ("red-sea-bream",),
}


def read_cases(encoder: Encoder, cache: Path) -> list[Case]:
    """The demo's cases that belong to these subjects, embedded once into the folder `cache`."""
    trade = load_trade("aquaculture")
    found = [one for one in load_material(trade).cases if set(one.subject) & NEIGHBOURS.keys()]
    name = {key: subject.name.ja for key, subject in trade.subjects.items()}
    texts = [
        [
            f"{title}\n{told}".replace("{subject}", name[case.subject[0]])
            for title, told in zip(case.titles, case.situations, strict=True)
        ]
        for case in found
    ]
    vectors = embed_all([text for told in texts for text in told], encoder, cache, done=lambda _number, _fresh: None)
    return [
        Case(
            frozenset(case.subject) & NEIGHBOURS.keys(),
            case.topic,
            np.stack([vectors[text] for text in told]),
            tuple(counts(text) for text in told),
        )
        for case, told in zip(found, texts, strict=True)
    ]
