"""What the operator is told, in words."""

from typing import Final

from app.accounts.organisations import Why as Declining
from app.accounts.roles import Why
from app.domains.checking import Problem
from app.operating.rules import Lost
from app.web.i18n import gettext as _
from app.web.i18n import lazy

STEP_TITLES: Final = {
    "network": lazy("名前と約束"),
    "domain-file": lazy("分野のファイル"),
    "mail": lazy("メール"),
    "keys": lazy("鍵と、鍵を預かる人"),
    "organisations": lazy("組織"),
    "invitations": lazy("招待状"),
}
ROLE_NAMES: Final = {
    "member": lazy("会員"),
    "coordinator": lazy("世話役"),
    "analyst": lazy("分析担当"),
    "operator": lazy("運営担当"),
    "auditor": lazy("監査担当"),
}
ROLE_WORK: Final = {
    "coordinator": lazy(
        "知らせを受けた投稿を見て、直し方を書いた人に伝えたり、あなたの判断で隠したりします。見えるのは役割だけで、"
        "だれが書いたかは見えません。"
    ),
    "analyst": lazy("質問者が「運営会社も読んでよい」とした質問だけを読み、会社として答えます。"),
    "operator": lazy("場の名前や分野のファイル、メールと鍵、組織の登録を受け持ちます。会員のことは見えません。"),
    "auditor": lazy("運営の操作の記録を読み、途中で切られたり書きかえられたりしていないかを確かめます。"),
}
PROBLEMS: Final = {
    "toml": lazy("書き方がTOMLになっていません。引用符やかっこの閉じ忘れを確かめてください。"),
    "encoding": lazy("文字コードがUTF-8ではありません。UTF-8で保存しなおしてください。"),
    "long": lazy("長すぎます。20万文字までにしてください。"),
    "missing": lazy("この項目がありません。"),
    "extra_forbidden": lazy("知らない項目です。つづりを確かめるか、消してください。"),
    "string_pattern_mismatch": lazy("使えない文字があります。鍵は英小文字と数字とハイフンだけで書いてください。"),
    "string_too_short": lazy("空です。文字を入れてください。"),
    "string_too_long": lazy("長すぎます。"),
    "string_type": lazy("文字を引用符で囲んで書いてください。"),
    "too_short": lazy("数が足りません。"),
    "tuple_type": lazy("［ ］で囲んだ並びにしてください。"),
    "literal_error": lazy("決まった言葉のどれかを書いてください：{expected}"),
    "twice": lazy("「{key}」が二回出てきます。鍵はひとつずつ違うものにしてください。"),
    "missing_key": lazy("「{key}」が「{missing}」を指していますが、それがありません。"),
    "means_two": lazy(
        "「{word}」は、「{name}」のところにもう入っています。同じことばは、ひとつのところにだけ書いてください。"
    ),
    "path": lazy("「{name}」の「{key}」は、上の段を{n}個たどれるように path を書いてください。"),
    "generalised": lazy("「{name}」の「{key}」が指す「{missing}」が、{n}段目の generalised にありません。"),
    "outcome": lazy("その後の答えに、{worth} にあたるものが足りません。"),
}
OTHER: Final = lazy("値の形が違います。")
LOST: Final = {
    "group": lazy("分類「{name}」（{key}）が消えますが、使われています。"),
    "subject": lazy("「{name}」（{key}）が消えますが、使われています。"),
    "moved": lazy("「{name}」（{key}）が別の分類に移りますが、いまの分類で使われています。"),
    "topic": lazy("話題「{name}」（{key}）が消えますが、使われています。"),
    "field": lazy("質問の項目「{name}」（{key}）が消えます。これまでの質問で、その答えが見えなくなります。"),
}
DECLINED: Final[dict[Declining, str]] = {
    "not-real": lazy("実在する組織と確かめられなかった"),
    "here-already": lazy("別の名前で、もう参加している"),
    "other-trade": lazy("この場とは別の分野の組織"),
}
REFUSALS: Final[dict[Why, str]] = {
    "no-account": "nobody has signed up with this address",
    "no-role": "no such role: coordinator, analyst, operator, auditor",
    "not-company": "this role is for people of the operating company alone; see `shiome organisations add --company`",
    "not-member": "a coordinator is a member first, and the operating company's people are none",
    "has-it": "they have it already",
    "asked-already": "they were asked already, and have not answered",
    "has-it-not": "they do not have it",
}


def declined_words() -> dict[Declining, str]:
    """Why an organisation is not let in, in the reader's language."""
    return {key: _(words) for key, words in DECLINED.items()}


def problem_words(problem: Problem) -> tuple[str, str, str]:
    """Where (line and key), what is wrong, and, where we have no words of our own for it, the library's."""
    line = _("{n}行目").format(n=problem.line) if problem.line else ""
    where = _("：").join(part for part in (line, problem.place) if part)
    known = PROBLEMS.get(problem.kind)
    told = _(known or OTHER).format_map({"expected": "", "worth": "", **problem.details})
    return where, told, "" if known and problem.kind != "toml" else problem.told


def lost_words(lost: Lost) -> str:
    """One thing a file would leave behind."""
    return _(LOST[lost.kind]).format(name=lost.name, key=lost.key)
