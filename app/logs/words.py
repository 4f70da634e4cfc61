"""What each event is called where the auditor reads."""

from typing import Final

from app.web.i18n import lazy

SECURITY_WORDS: Final = {
    "sign-in.failed": lazy("サインインに失敗した"),
    "recovery.failed": lazy("復旧に失敗した"),
    "recovery.used": lazy("復旧コードで入った"),
    "password.changed": lazy("パスワードを変えた"),
    "recovery-code.changed": lazy("復旧コードを新しくした"),
    "address.changed": lazy("メールアドレスを変えた"),
    "webhook.changed": lazy("お知らせを届ける機械を変えた"),
    "passkey.added": lazy("端末の指紋・顔を登録した"),
    "passkey.removed": lazy("端末の指紋・顔を外した"),
    "passkey.copied": lazy("複製されたらしい鍵が使われた"),
    "devices.signed-out": lazy("すべての端末からサインアウトした"),
    "token.made": lazy("つなぐための鍵を作った"),
    "token.revoked": lazy("つなぐための鍵を止めた"),
    "member.joined": lazy("だれかが加わった"),
    "member.left": lazy("だれかが退会した"),
    "member.began-afresh": lazy("新しくはじめた"),
    "member.undid-afresh": lazy("新しくはじめるのを取り消した"),
    "organisation.added": lazy("組織を加えた"),
    "organisation.verified": lazy("組織を確認した"),
    "organisation.code-changed": lazy("組織の参加コードを新しくした"),
    "organisation.declined": lazy("組織を見送った"),
    "organisation.decline-undone": lazy("組織の見送りを取り消した"),
    "organisation.corrected": lazy("組織の名前などを直した"),
    "organisation.chosen": lazy("確認を待つ人が、所属先を選び直した"),
    "custodians.changed": lazy("鍵を預かる人を変えた"),
    "escrow.requested": lazy("書き手を開ける請求をした"),
    "escrow.shown": lazy("書き手を開けた"),
    "escrow.gone": lazy("開ける前に書き手のデータがなくなっていた"),
    "escrow.withdrawn": lazy("請求を取り下げた"),
    "escrow.refused": lazy("請求が断られた"),
    "escrow.expired": lazy("請求の期限が切れた"),
    "keys.rotation-began": lazy("鍵の入れかえをはじめた"),
    "role.asked": lazy("役割を引き受けるか、たずねた"),
    "role.given": lazy("役割を渡した"),
    "role.taken": lazy("役割を外した"),
    "role.accepted": lazy("役割を引き受けた"),
    "role.declined": lazy("役割を断った"),
    "role.laid-down": lazy("役割を下りた"),
    "setup.link-made": lazy("準備のコードを作った"),
    "setup.opened": lazy("準備のコードで入った"),
    "setup.finished": lazy("準備を終えた"),
    "network.changed": lazy("名前や約束を変えた"),
    "domain-file.changed": lazy("分野のファイルを変えた"),
    "mail.tested": lazy("メールをためした"),
    "log.forgotten": lazy("90日を過ぎた記録を消した"),
}
CONTENT_WORDS: Final = {
    "count.rounded": lazy("件数をそろえる行（出来事ではない）"),
    "question.published": lazy("質問を公開した"),
    "answer.published": lazy("回答を公開した"),
    "followup.published": lazy("続きの投稿を公開した"),
    "writing.published": lazy("ひろばの投稿を公開した"),
    "writing-change.published": lazy("ひろばの投稿の変更を公開した"),
    "outcome.published": lazy("結果を公開した"),
    "edit.published": lazy("直した文を公開した"),
    "addition.published": lazy("書き足しを公開した"),
    "crowds.published": lazy("公開範囲の表を新しくした"),
    "synonyms.changed": lazy("同じ意味の言葉を変えた"),
    "custodians.changed": lazy("鍵を預かる人を変えた"),
    "case.put_back": lazy("世話役：もとに戻した"),
    "case.words": lazy("世話役：言葉を外した"),
    "case.keep": lazy("世話役：隠したままにした"),
    "case.uphold": lazy("世話役：指摘を認めた"),
    "case.grant": lazy("世話役：異議を認めた"),
    "case.confirm": lazy("世話役：はじめの判断のままにした"),
    "case.release": lazy("世話役：公開してよいとした"),
    "case.refuse": lazy("世話役：公開しないとした"),
}
REASON_WORDS: Final = {"danger": lazy("命の危険"), "court": lazy("裁判所の命令")}


def word_of(event: str) -> tuple[str, str]:
    """What an event of either log is called, and the reason class it names, if any. Both still to be translated."""
    known = SECURITY_WORDS | CONTENT_WORDS
    if event in known:
        return known[event], ""
    kind, reason, step = event.split(".")
    return SECURITY_WORDS[f"{kind}.{step}"], REASON_WORDS[reason]
