"""Which columns hold no envelope of a root key, and whose they are instead. Every other column of bytes is one."""

from typing import Final

NOT_ROOTED: Final[dict[str, str]] = {
    "article_versions.sealed_text": "the article's data key",
    "articles.sealed_text": "the article's data key",
    "budget.sealed_noise": "the reporter's public key of its period",
    "contacts.box": "the post office's public key",
    "crowds.sealed": "a data key",
    "escrows.boxes": "a one-time key and the custodians' public keys",
    "lockers.sealed": "the member's own secret",
    "members.sealed": "the member's data key",
    "passkey_counts.sealed": "the member's data key",
    "passkeys.sealed": "the member's data key",
    "photos.sealed": "the data key of the author's part",
    "post_book.box": "the post office's public key",
    "posts.sealed_text": "the data key of the author's part",
    "proposals.sealed": "the data key of the question's author",
    "readings.sealed_text": "a data key of its own",
    "releases.body": "nobody: everybody reads it",
    "renewed_wraps.data": "a password",
    "report_periods.public_key": "nobody: it is public",
    "sessions.sealed_label": "the member's own secret",
    "sessions.sealed_secret": "a key that is only in the browser's cookie",
    "tallies.box": "the reporter's public key of its period",
    "threads.sealed_text": "the data key of the author's part",
    "wraps.data": "a password or a recovery code",
}
# The row ids beside it are hashes under the same root key of what only a browser has: they cannot be made anew, and
# end by themselves within the hour.
LAPSING: Final = "verifications.sealed_mail"
WRAPPED: Final = "data_keys.wrapped"
DATA_KEY: Final = "data-key"
