"""Identifying words in free text: found by rules, gazetteer and a morphological analyser, and what may stand instead.

Texts are read in NFKC; spans are code points of the text as typed. Japanese and English are read in one pass, since
drafts mix them.
"""

from privacy.redaction.gazetteer import Gazetteer
from privacy.redaction.generalising import generalise, replaced
from privacy.redaction.redactor import Redactor, language_of
from privacy.redaction.spans import LABELS, Span
from privacy.redaction.tokens import NameTagger, Token

__all__ = ["LABELS", "Gazetteer", "NameTagger", "Redactor", "Span", "Token", "generalise", "language_of", "replaced"]
