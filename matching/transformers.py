"""Any other model, through the library sentence-transformers (the extra [transformers])."""

import hashlib
import importlib
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from matching.encoder import (
    BrokenModelError,
    Matrix,
    MissingEncoderLibraryError,
    ModelDoesNotLoadError,
    ModelOptions,
    plain,
    unit,
)


class SentenceTransformersEncoder:
    """Any model that sentence-transformers loads, from a folder or from this machine's model cache, never downloaded.

    Prompts are put before each text where the model was trained with them. The name carries a digest of weights,
    prompts and length, so that another model in the same folder is another encoder, and a folder that moved is not.
    Raises MissingEncoderLibraryError, ModelDoesNotLoadError, BrokenModelError. Reimers and Gurevych 2019,
    "Sentence-BERT".
    """

    def __init__(self, name_or_folder: str, options: ModelOptions | None = None) -> None:
        options = options or ModelOptions()
        self._model = _load(name_or_folder, options.device)
        self._prompts = (
            _prompt(self._model, options.query_prompt, ("query",)),
            _prompt(self._model, options.passage_prompt, ("document", "passage", "corpus")),
        )
        self._batch_size = options.batch_size
        self._longest = 16 * int(self._model.max_seq_length or 512)  # characters; no token is longer in any script
        self._turn = threading.Lock()  # its tokenizer cannot be borrowed twice
        tried = np.asarray(self._model.encode(["."], show_progress_bar=False), dtype=np.float64)
        if not np.isfinite(tried).all() or not tried.any():
            raise BrokenModelError(name_or_folder)
        self.dimension = int(tried.shape[1])
        label = name_or_folder.replace("\\", "/").rstrip("/").rpartition("/")[2][:64]
        self.name = f"sentence-transformers:{label}:{_digest(self._model, self._prompts)}"

    def queries(self, texts: Sequence[str]) -> Matrix:
        """As `Encoder.queries`."""
        return self._encode(self._model.encode_query, self._prompts[0], texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """As `Encoder.passages`."""
        return self._encode(self._model.encode_document, self._prompts[1], texts)

    def _encode(self, encode: Any, prompt: str, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        heads = [plain(text[: self._longest]) for text in texts]
        with self._turn:
            rows = encode(heads, prompt=prompt, batch_size=self._batch_size, show_progress_bar=False)
        return unit(np.asarray(rows, dtype=np.float32))


def _load(name: str, device: str | None) -> Any:
    try:
        # `local_files_only` alone still asks the hub which revision is the newest
        importlib.import_module("huggingface_hub.constants").HF_HUB_OFFLINE = True  # type: ignore[attr-defined]
        library = importlib.import_module("sentence_transformers")
    except ImportError as error:
        raise MissingEncoderLibraryError("sentence-transformers", "transformers") from error
    try:
        return library.SentenceTransformer(name, device=device, local_files_only=True)
    except Exception as error:  # the library raises whatever its parts raise: all of it means the same here
        raise ModelDoesNotLoadError(name, device, error) from error


def _prompt(model: Any, chosen: str | None, names: Sequence[str]) -> str:
    """The chosen prompt, else the model's own for this side, else none."""
    if chosen is not None:
        return chosen
    return next((model.prompts[name] for name in names if model.prompts.get(name)), "")


def _digest(model: Any, prompts: tuple[str, str]) -> str:
    """16 hex digits of what its vectors depend on: 16 numbers of every weight tensor, pooling, prompts and length."""
    found = hashlib.blake2b(repr((prompts, model.max_seq_length)).encode(), digest_size=8)
    for part in model:
        found.update(f"{type(part).__name__} {getattr(part, 'pooling_mode', '')}".encode())
    for name, tensor in sorted(model.state_dict().items()):
        numbers = tensor.detach().reshape(-1)
        some = numbers[:: max(1, len(numbers) // 16)].float().cpu().numpy()
        found.update(f"{name} {tuple(tensor.shape)}".encode() + some.astype("<f4").tobytes())
    return found.hexdigest()
