"""The fixed letters. No question text, no handle, no fine domain; the same subject for every notice."""

from dataclasses import dataclass
from typing import Final

NOTICE_SUBJECT: Final = {"ja": "潮目からのお知らせ", "en": "A note from Shiome"}

BODIES: Final[dict[str, dict[str, str]]] = {
    "picked": {
        "ja": "あなたに届いた質問があります。\n時間のあるときに、サインインしてご覧ください。\n\n{base_url}\n",
        "en": "A question is waiting for you.\nPlease sign in when you have a moment.\n\n{base_url}\n",
    },
    "answered": {
        "ja": "あなたが関わっている質問に、新しい書き込みがありました。\nサインインしてご覧ください。\n\n{base_url}\n",
        "en": "There is something new in a question you take part in.\nPlease sign in to read it.\n\n{base_url}\n",
    },
    # whoever else reads the mailbox must not learn what happened; whose language is not known gets both
    "important": {
        "ja": "運営から、大切なお知らせがあります。\nサインインすると、最初に表示されます。\n\n{base_url}\n\n"
        "There is an important note for you. You will see it first when you sign in.\n",
        "en": "There is an important note for you.\nYou will see it first when you sign in.\n\n{base_url}\n",
    },
    "code": {
        "ja": "潮目の確認コード: {code}\n\nこのコードか、次のアドレスをお使いください。{minutes}分で使えなくなります。\n{link}\n\n"
        "心あたりがなければ、このメールは捨ててください。\n",
        "en": "Your Shiome code: {code}\n\nType it, or open this address. Both end after {minutes} minutes.\n{link}\n\n"
        "If you did not ask for it, please throw this mail away.\n",
    },
    "account_exists": {
        "ja": "このアドレスは、すでに潮目に登録されています。\nサインインするか、パスワードを忘れたときは復旧コードをお使いください。\n\n"
        "{base_url}\n\n心あたりがなければ、このメールは捨ててください。\n",
        "en": "This address already has a place in Shiome.\nPlease sign in, or use your recovery code if you forgot the "
        "password.\n\n{base_url}\n\nIf you did not ask for it, please throw this mail away.\n",
    },
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What the post office sends: an address never leaves this process otherwise."""

    address: str
    subject: str
    body: str


def write_letter(kind: str, *, address: str, locale: str, words: dict[str, str]) -> Letter:
    """One of the fixed letters. Raises KeyError for a kind that does not exist."""
    language = locale if locale in NOTICE_SUBJECT else "ja"
    return Letter(address, NOTICE_SUBJECT[language], BODIES[kind][language].format(**words))
