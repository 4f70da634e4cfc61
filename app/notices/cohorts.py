"""What is told about a cohort (仲間の会): to who signed up, to its people, to who leads. No note says with whom.

`thread` of the note is the cohort.
"""

from typing import Final

from app.web.i18n import lazy

HOME: Final = "/cohorts"
PAGE: Final = "/cohorts/{thread}"
SENTENCES: Final = {
    "cohort_begins": lazy("仲間の会の顔ぶれが決まりました。どうしてこの顔ぶれなのかと、初日の手引きをご覧ください。"),
    "cohort_leads": lazy("仲間の会の進行をお願いすることになりました。手引きと、仲間の目標をご覧ください。"),
    "cohort_kept": lazy(
        "仲間の会は、今回は顔ぶれが組めませんでした。申し込みは次の期までお預かりしています。取り下げることもできます。"
    ),
    "cohort_let_go": lazy(
        "仲間の会は、次の期でも顔ぶれが組めませんでした。お預かりしていた申し込みはここで閉じました。またいつでもどうぞ。"
    ),
    "cohort_called_off": lazy(
        "申し込んだ仲間の会の期は、とりやめになりました。申し込みは次の期までお預かりしています。"
    ),
    "cohort_next": lazy(
        "仲間の会の新しい期の募集が始まりました。もう一度参加することも、進行役として手伝うこともできます。"
    ),
    "cohort_week": lazy(
        "仲間の会は、新しい週に入りました。書けるときに、ひとことどうぞ。書かない週があっても大丈夫です。"
    ),
    "cohort_written": lazy("仲間の会に、新しい書き込みがあります。"),
    "cohort_company": lazy("仲間の会に運営会社を招くかどうか、みなさんにお聞きしています。"),
    "cohort_company_open": lazy(
        "全員が「はい」と答えたので、運営会社が仲間の会を読めるようになりました。いつでも終わりにできます。"
    ),
    "cohort_company_no": lazy("仲間の会に、運営会社は招かないことになりました。"),
    "cohort_company_ended": lazy("運営会社は、仲間の会を読めなくなりました。"),
    "cohort_over": lazy(
        "仲間の会が一区切りになりました。おつかれさまでした。まとめを残すかどうかを、みなさんで決められます。"
    ),
    "cohort_closing": lazy(
        "仲間の会のまとめの案ができました。知識ベースに載せてよいか、お一人ずつにお聞きしています。"
    ),
    "cohort_closing_change": lazy("仲間の会のまとめに、直してほしいところが寄せられました。"),
    "cohort_closing_agreed": lazy("全員が同意したので、仲間の会のまとめは知識ベースの確認に進みました。"),
    "cohort_closing_kept": lazy("仲間の会のまとめは、会の中だけに残すことになりました。"),
}
PAGES: Final = {
    **dict.fromkeys(("cohort_kept", "cohort_let_go", "cohort_called_off", "cohort_next"), HOME),
    **dict.fromkeys(("cohort_company", "cohort_company_no"), f"{PAGE}/company"),
    **dict.fromkeys((one for one in SENTENCES if one.startswith("cohort_closing")), f"{PAGE}/closing"),
}
IMPORTANT: Final = frozenset({"cohort_begins", "cohort_leads", "cohort_company", "cohort_closing"})
