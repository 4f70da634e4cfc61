"""The fixed letters. No question text, no handle, no fine domain; the same subject for every notice."""

from dataclasses import dataclass
from typing import Final

NOTICE_SUBJECT: Final = {"ja": "潮目からのお知らせ", "en": "A notice from Shiome"}

BODIES: Final[dict[str, dict[str, str]]] = {
    "picked": {
        "ja": "あなたに届いた質問があります。\n時間のあるときに、サインインしてご覧ください。\n\n{base_url}\n",
        "en": "A question is waiting for you.\nPlease sign in when you have a moment.\n\n{base_url}\n",
    },
    "answered": {
        "ja": "あなたが関わっている質問に、新しい書き込みがありました。\nサインインしてご覧ください。\n\n{base_url}\n",
        "en": "There is something new in a question you take part in.\nPlease sign in to read it.\n\n{base_url}\n",
    },
    "claim": {
        "ja": "お預かりの質問の期限が近づいています。\nサインインすると、期限を延ばすことも、手放すこともできます。\n\n{base_url}\n",
        "en": "A question you took is waiting, and its time is running out.\nSign in to go on, to ask for more time, "
        "or to hand it back.\n\n{base_url}\n",
    },
    "scope": {
        "ja": "あなたが関わっている質問で、見せる範囲が変わりました。\nサインインしてご確認ください。\n\n{base_url}\n",
        "en": "Who may read a question you take part in has changed.\nPlease sign in to see how.\n\n{base_url}\n",
    },
    "other": {
        "ja": "潮目に、あなたへのお知らせがあります。\n時間のあるときに、サインインしてご覧ください。\n\n{base_url}\n",
        "en": "There is a notice for you.\nPlease sign in when you have a moment.\n\n{base_url}\n",
    },
    "several": {
        "ja": "潮目に、あなたへのお知らせがいくつかあります。\nサインインしてご覧ください。\n\n{base_url}\n",
        "en": "There are several notices for you.\nPlease sign in to read them.\n\n{base_url}\n",
    },
    "slower": {
        "ja": "潮目に、あなたへのお知らせがあります。\n時間のあるときに、サインインしてご覧ください。\n\n{base_url}\n\n"
        "しばらくお越しがないようなので、これからお知らせは週に1回にします。サインインすると、数日のうちに元の回数にもどります。\n",
        "en": "There is a notice for you.\nPlease sign in when you have a moment.\n\n{base_url}\n\n"
        "You have not been here for a while, so from now on we write once a week. After you sign in, notices come as before within days.\n",
    },
    "stopping": {
        "ja": "潮目に、あなたへのお知らせがあります。\n時間のあるときに、サインインしてご覧ください。\n\n{base_url}\n\n"
        "お忙しいようなので、お知らせのメールはここで止めます。サインインすると、数日のうちにまた届くようになります。\n",
        "en": "There is a notice for you.\nPlease sign in when you have a moment.\n\n{base_url}\n\n"
        "You seem to be busy, so this is the last email for now. After you sign in, they come again within days.\n",
    },
    "digest": {
        "ja": "朝と夕方の、決まったお知らせです。\n新しいことがあってもなくても、同じ文面でお送りしています。\n"
        "時間のあるときに、サインインしてご覧ください。\n\n{base_url}\n",
        "en": "This email comes every morning and evening.\nIts words are the same whether or not there is anything new.\n"
        "Please sign in when you have a moment.\n\n{base_url}\n",
    },
    # whoever else reads the mailbox must not learn what happened; whose language is not known gets both
    "important": {
        "ja": "運営から、大切なお知らせがあります。\nサインインすると、最初に表示されます。\n\n{base_url}\n\n"
        "There is an important notice for you. You will see it first when you sign in.\n",
        "en": "There is an important notice for you.\nYou will see it first when you sign in.\n\n{base_url}\n",
    },
    "code": {
        "ja": "潮目の確認コード: {code}\n\nこのコードか、次のアドレスをお使いください。{minutes}分で使えなくなります。\n{link}\n\n"
        "心あたりがなければ、このメールは捨ててください。\n",
        "en": "Your Shiome code: {code}\n\nEnter it, or open this link. Both expire after {minutes} minutes.\n{link}\n\n"
        "If you did not ask for it, please delete this email.\n",
    },
    "afresh_code": {
        "ja": "潮目の確認コード: {code}\n\nパスワードも復旧コードもなくした方が、はじめからやり直すためのコードです。"
        "{minutes}分で使えなくなります。\n\n心あたりがなければ、だれにも教えずに捨ててください。何も変わりません。\n",
        "en": "Your Shiome code: {code}\n\nIt is for beginning afresh, without password and recovery code. It expires after "
        "{minutes} minutes.\n\nIf you did not ask for it, do not share it, and delete this email. Nothing will change.\n",
    },
    "move_code": {
        "ja": "潮目の確認コード: {code}\n\n潮目で使うメールアドレスを、このアドレスに変えるためのコードです。"
        "{minutes}分で使えなくなります。\n\n心あたりがなければ、だれにも教えずに捨ててください。何も変わりません。\n",
        "en": "Your Shiome code: {code}\n\nIt makes this address the one you use in Shiome. It expires after {minutes} "
        "minutes.\n\nIf you did not ask for it, do not share it, and delete this email. Nothing will change.\n",
    },
    # whoever reads mail there now must not learn where its member went
    "address_changed": {
        "ja": "潮目で使うメールアドレスが、別のアドレスに変わりました。このアドレスでは、もうサインインできません。"
        "お知らせも届きません。\n\nご自身で変えたのであれば、することはありません。心あたりがなければ、"
        "すぐに下の連絡先へお知らせください。\n\n連絡先: {contact}\n",
        "en": "The email address used in Shiome has changed. This one no longer signs in and gets no more notices.\n\n"
        "If you changed it yourself, there is nothing to do. If you did not, please write to us at once.\n\n"
        "Contact: {contact}\n",
    },
    "test": {
        "ja": "潮目のメールの試しです。届いていれば、送る準備はできています。\n\n{base_url}\n",
        "en": "This is a test email from Shiome. If you can read it, email is ready.\n\n{base_url}\n",
    },
    "hook_test": {
        "ja": "潮目からの、試しのお知らせです。届いていれば、準備はできています。\n\n{base_url}\n",
        "en": "This is a test notice from Shiome. If you can read it, everything is ready.\n\n{base_url}\n",
    },
    "hook_stopped": {
        "ja": "あなたの機械にお知らせを続けて届けられなかったので、送るのを止めました。メールにも送っていません。\n"
        "届け先を確かめたら、サインインして、設定の「自分の機械に知らせる」から試しに送ってください。また届くようになります。\n\n{base_url}\n",
        "en": "Your machine did not take our notices several times in a row, so we have stopped sending them. They do not "
        "come by email either.\nOnce it works again, sign in and send a test from the settings, under “Tell my own "
        "machine”. After that, notices come again.\n\n{base_url}\n",
    },
    "hook_unreached": {
        "ja": "試しのお知らせを、あなたの機械に届けられませんでした。名前が見つからないか、公開されたアドレスではないか、"
        "つながらないか、証明書を確かめられませんでした。\n\n{base_url}\n",
        "en": "The test notice did not reach your machine. Its name was not found, its address is not a public one, it "
        "did not answer in time, or its certificate could not be verified.\n\n{base_url}\n",
    },
    "hook_answered": {
        "ja": "試しのお知らせはあなたの機械に届きましたが、受け取ったという返事（2で始まる番号）がありませんでした。\n\n{base_url}\n",
        "en": "The test notice reached your machine, but its answer was no success (a number that begins with 2).\n\n{base_url}\n",
    },
    "no_account": {
        "ja": "このアドレスは、潮目に登録されていません。\n別のアドレスで登録していないか、確かめてみてください。\n\n{base_url}\n\n"
        "心あたりがなければ、このメールは捨ててください。\n",
        "en": "This address is not registered with Shiome.\nPerhaps you signed up with another one.\n\n{base_url}\n\n"
        "If you did not ask for it, please delete this email.\n",
    },
    "afresh_done": {
        "ja": "このアドレスの会員が、潮目をはじめからやり直しました。パスワードと復旧コードは新しくなり、"
        "それまでのサインインはすべて終わりました。{days}日のあいだ、読むことしかできません。\n\n"
        "ご自身でなければ、その{days}日のうちに、これまでのパスワードでサインインしてください。やり直しは取り消され、"
        "すべて元どおりになります。これまでの復旧コードを使っても同じです。\n{sign_in}\n\n"
        "このメールを他の人に読まれているかもしれません。メールのパスワードも変えてください。"
        "これまでのパスワードも復旧コードもないときは、そのあと次のページで、もう一度やり直してください。"
        "相手はその場でサインアウトされます。\n{page}\n\n連絡先: {contact}\n",
        "en": "The member with this address has begun afresh in Shiome. Password and recovery code are new, and every "
        "browser was signed out. For {days} days only reading is possible.\n\n"
        "If it was not you, sign in with your old password within these {days} days: it undoes the fresh start, and "
        "everything is as before. Your old recovery code does the same.\n{sign_in}\n\n"
        "Someone may be reading your email, so change the password of your email account too. If you have neither the old "
        "password nor the old recovery code, then begin afresh once more on this page: it signs the other out at "
        "once.\n{page}\n\nContact: {contact}\n",
    },
    "account_exists": {
        "ja": "このアドレスは、すでに潮目に登録されています。\nサインインするか、パスワードを忘れたときは復旧コードをお使いください。\n\n"
        "{base_url}\n\n心あたりがなければ、このメールは捨ててください。\n",
        "en": "This address is already registered with Shiome.\nPlease sign in, or use your recovery code if you forgot the "
        "password.\n\n{base_url}\n\nIf you did not ask for it, please delete this email.\n",
    },
}

ENDING: Final = {
    "ja": "\n--\nこのお知らせを止める: {unsubscribe}\n",
    "en": "\n--\nStop notices like this one: {unsubscribe}\n",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What the post office sends: an address never leaves this process otherwise."""

    address: str
    subject: str
    body: str
    unsubscribe: str = ""  # the address of one click that ends letters like this one; empty: nothing to end


def write_letter(kind: str, *, address: str, locale: str, words: dict[str, str]) -> Letter:
    """One of the fixed letters. Raises KeyError for a kind that does not exist."""
    language = locale if locale in NOTICE_SUBJECT else "ja"
    link = words.get("unsubscribe", "")
    body = BODIES[kind][language] + (ENDING[language] if link else "")
    return Letter(address, NOTICE_SUBJECT[language], body.format(**words), link)
