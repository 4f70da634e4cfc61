"""Identifying words of a history are replaced before anything of it is stored: other places told their people less."""

from dataclasses import dataclass
from typing import Final

from privacy.redaction import Redactor, Span, language_of, replaced

# Breweries, tools and towns are what a public history is about; who wrote it and how to reach them is not.
REPLACED: Final = frozenset({"mail", "phone", "person", "address", "coordinates", "licence"})


@dataclass(frozen=True)
class Cleaner:
    """Replaces people, ways to reach them, and the network's own organisations."""

    redactor: Redactor

    def clean(self, text: str) -> str:
        """The text as it may be stored."""
        lang = language_of(text)
        return replaced(text, [one for one in self.redactor.find(text, lang) if self._goes(one, text)], lang)

    def _goes(self, span: Span, text: str) -> bool:
        found = text[span.start : span.end]
        if span.label == "organisation":
            return self.redactor.gazetteer.holds(found)
        return span.label in REPLACED or (span.label == "url" and found.startswith("@"))
