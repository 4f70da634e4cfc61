"""How many threads may be without a vector of an encoder that a process starts under."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

AT_ONCE: Final = 100  # so many the worker embeds within seconds of its start
SHARE: Final = 0.05  # so many may have come between a finished run and the change to its encoder


class EncoderMismatch(Exception):
    """Most of what is stored was embedded by another encoder. Says what to do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an encoder is: of `threads` that have a vector, `lacking` have none of it."""

    encoder: str
    threads: int
    lacking: int
    in_place: Counter[str]
    beside: Counter[str]

    @property
    def may_start(self) -> bool:
        """Whether a process under this encoder knows nearly all there is to know."""
        return self.lacking <= max(AT_ONCE, SHARE * self.threads)

    def check(self, spec: str) -> None:
        """Raise EncoderMismatch where a process must not start under this encoder, whose setting is `spec`."""
        if not self.may_start:
            others = ", ".join(sorted({*self.in_place, *self.beside} - {self.encoder}))
            raise EncoderMismatch(
                f"SHIOME_ENCODER={spec}: {self.lacking} of {self.threads} threads have no vector of {self.encoder}, only "
                f"of {others}. Leave the setting of web and worker as it was, run `SHIOME_ENCODER={spec} shiome reindex` "
                "beside them, and change it when that says done."
            )
