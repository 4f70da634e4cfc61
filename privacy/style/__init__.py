"""The house style: how every post is written, so that the hand behind it shows less.

Width, marks, sentence endings, kana variants, spelling, numbers, greetings and layout are made the same for everybody;
what is said, numbers, code, addresses and the structure of Markdown stay. It hides habits from a simple reader and from
counting; what somebody chooses to say, and a language model, it does not stop (privacy.attacks.style measures it).
"""

from privacy.style.diff import Change, changes
from privacy.style.text import house_style

__all__ = ["Change", "changes", "house_style"]
