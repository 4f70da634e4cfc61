"""The file a member takes along: JSON for programs, Markdown for people, pictures; made while it is sent, kept nowhere."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.questions.words import mark_words, role_label, thanks_words
from app.web.i18n import gettext as _
from app.web.i18n import lazy

NAME: Final = "export.zip"  # says neither whose nor of what
MEANINGS: Final = {
    "format": lazy("このファイルの形の名前。いつも shiome-export です。"),
    "version": lazy("形の版。"),
    "made": lazy("書き出した日。"),
    "about": lazy("メールアドレス、お知らせを届ける機械（webhook）、所属、属性、分野、見せ方、メールの届き方。"),
    "questions": lazy("あなたの質問。fields は本文、posts は同じやりとりの中にあなたが書いたもの、state はいまの状態、audience は読める人の範囲です。"),
    "questions.course": lazy("その質問に起きたこと。date は日、kind は種類、text はお知らせした文です。"),
    "questions.wish": lazy("だれも答えられなかったあとに選んだこと。became は、その後どうなったか（taken は引き受け、declined は見送り）です。"),
    "answers": lazy("ほかの人の質問に、あなたが書いたもの。質問の文は入っていません。"),
    "drafts": lazy("まだ出していない下書き。"),
    "receiving": lazy("質問を受け取る設定。分野ごとの話題と、週に何件までか。"),
    "notes": lazy("お知らせのページにあるもの。thread は、あなたが書いた質問や回答があるときの番号、read は読んだかどうかです。"),
    "endorsements": lazy("「この人に聞きたい」を押した回答。"),
    "writings": lazy("ひろばに書いたもの。アイデア、ノート、学びの会、仲間の会での言葉です。place は書いた場の番号です。"),
    "ballots": lazy("一票、申し込み、推薦など、一人に一つのもの。purpose は種類、object は何についてかの番号です。"),
    "cohorts": lazy("仲間の会への申し込み。goal は目標、give は渡せるもの、cohort は会の番号です。"),
    "recognition": lazy("推薦した言葉、立ったときの文と読み手からの言葉、物語。kind は何をしたか、about は何についてか。"),
    "consents": lazy("書いたものを広く使ってよいかと聞かれたことと、その返事。"),
    "marks": lazy("ほかの人の投稿につけた印と、そえた言葉。"),
    "upheld": lazy("約束に合わないと判断された、あなたの投稿。"),
}  # fmt: skip
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


class _Pipe:
    """What a ZipFile writes into: it hands over what came since the last time."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing to do."""

    def take(self) -> bytes:
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def zip_stream(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A zip of these files, piece by piece; no entry carries a time."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as whole:  # type: ignore[call-overload]
        for name, content in files:
            entry = ZipInfo(name, LONG_AGO)
            entry.external_attr = 0o600 << 16
            entry.compress_type = ZIP_DEFLATED
            whole.writestr(entry, content)
            yield pipe.take()
    yield pipe.take()


def texts(data: dict[str, Any]) -> list[tuple[str, bytes]]:
    """The two readings of the same, for programs and for people, and what is what."""
    return [
        ("README.md", readme().encode()),
        ("data.json", json.dumps(data, ensure_ascii=False, indent=2).encode()),
        ("text.md", to_markdown(data).encode()),
    ]


def readme() -> str:
    """What is in the file, in the reader's language."""
    parts = [
        "# " + _("潮目から持ち出したファイル"),
        _("text.md は読むためのもの、data.json はほかのプログラムで使うためのもので、中身は同じです。写真は pictures に入っています。"),
        _("data.json は UTF-8 の JSON です。日付は 2026-11-20 の形で、時刻は入っていません。ない値は null です。項目が増えることはありますが、意味が変わるときは version の数字が上がります。"),
        *(f"- `{name}` {_(words)}" for name, words in MEANINGS.items()),
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def to_markdown(data: dict[str, Any]) -> str:
    """For people, in the reader's language."""
    parts = [
        "# " + _("潮目に書いたもの"),
        _("このファイルには、あなたのすべてがつながって入っています。ご自分の端末だけに置いてください。"),
        *_about(data["about"]),
        *_receiving(data["receiving"]),
        *_endorsements(data["endorsements"]),
        *_marks(data["marks"]),
        "## " + _("わたしの質問"),
        *(part for one in data["questions"] for part in _question(one)),
        "## " + _("わたしの回答"),
        *(part for one in data["answers"] for part in _answers(one)),
        *_writings(data["writings"]),
        *_cohorts(data["cohorts"]),
        *_drafts(data["drafts"]),
        *_notes(data["notes"]),
    ]
    return "\n\n".join(parts) + "\n"


def _about(about: dict[str, Any]) -> list[str]:
    rows = [(_("メールアドレス"), about["mail"])]
    rows += [(_("お知らせを届ける機械"), about["webhook"])] if about["webhook"] else []
    rows.append((_("所属先"), about["organisation"]))
    rows += [(one["name"], one["text"]) for one in about["attributes"]]
    rows.append((_("分野"), _("、").join(one["text"] for one in about["subjects"])))
    return ["## " + _("わたしについて"), _list(rows)]


def _receiving(listed: list[dict[str, Any]]) -> list[str]:
    if not listed:
        return []
    rows = [(one["name"], _("、").join(topic["text"] for topic in one["topics"])) for one in listed]
    muted = _("受け取らない話題")
    rows += [
        (f"{one['name']} {muted}", _("、").join(topic["text"] for topic in one["muted"]))
        for one in listed
        if one["muted"]
    ]
    return ["## " + _("質問を受け取る設定"), _list(rows)]


def _endorsements(listed: list[dict[str, Any]]) -> list[str]:
    closed, head = _("（閉じられた質問）"), _("「この人に聞きたい」を押した回答")
    rows = [
        f"- {one['title'] or ' / '.join(one['domain']) or closed} {role_label(one['answerer'] or 1)}" for one in listed
    ]
    return [f"## {head}", "\n".join(rows)] if rows else []


def _marks(listed: list[dict[str, Any]]) -> list[str]:
    closed, head = _("（閉じられた質問）"), _("わたしがつけた印")
    rows = []
    for one in listed:
        about = one["title"] or " / ".join(one["domain"]) or closed
        who = role_label(one["answerer"]) if one["answerer"] is not None else ""
        words = one.get("text") or thanks_words(one.get("choice", "")) or one.get("comment", "")
        rows.append(" ".join(filter(None, ("-", mark_words(one["kind"]), about, who, words))))
    return [f"## {head}", "\n".join(rows)] if rows else []


def _question(one: dict[str, Any]) -> list[str]:
    title = one.get("title") or _("（本文はありません）")
    rows = [(_("日付"), one["date"] or _("まだ公開されていません")), (_("分野"), " / ".join(one["domain"]))]
    fields = [f"**{field['label']}**\n\n{field['text']}" for field in one.get("fields", ())]
    return [f"### {title}", _list(rows), *fields, *_pictures(one), *_additions(one), *_posts(one), *_course(one)]


def _course(one: dict[str, Any]) -> list[str]:
    """What became of it, where anything did."""
    rows = [f"- {turn['date']} {turn['text']}" for turn in one.get("course", ()) if turn["text"]]
    return ["#### " + _("これまでに起きたこと"), "\n".join(rows)] if rows else []


def _notes(listed: list[dict[str, Any]]) -> list[str]:
    rows = [f"- {one['date']} {one['text']}" for one in listed]
    return ["## " + _("お知らせ"), "\n".join(rows)] if rows else []


def _answers(one: dict[str, Any]) -> list[str]:
    return [f"### {' / '.join(one['domain']) or _('（閉じられた質問）')}", *_posts(one)]


def _writings(listed: list[dict[str, Any]]) -> list[str]:
    found = ["## " + _("ひろばに書いたもの")] if listed else []
    for one in listed:
        found.append("### " + (one["date"] or _("まだ公開されていません")))
        found += [text for text in one["texts"].values() if text] or [_("（本文はありません）")]
        found += _additions(one)
    return found


def _posts(one: dict[str, Any]) -> list[str]:
    found = []
    for post in one["posts"]:
        kind = {"answer": _("回答"), "outcome": _("その後")}.get(post["kind"], _("書き足し"))
        found.append(f"#### {kind} {post['date'] or _('まだ公開されていません')}")
        found += [post["result"]] if post.get("result") else []
        found.append(post["text"] or _("（本文はありません）"))
        found += [*_pictures(post), *_additions(post)]
    return found


def _additions(one: dict[str, Any]) -> list[str]:
    return [f"**{_('追記')} {added['date']}**\n\n{added['text']}" for added in one.get("additions", ())]


def _cohorts(listed: list[dict[str, Any]]) -> list[str]:
    rows = [f"- {one['start'] or ''} {one['goal']} / {one['give']}" for one in listed if one["goal"]]
    return ["## " + _("仲間の会への申し込み"), "\n".join(rows)] if rows else []


def _drafts(listed: list[dict[str, Any]]) -> list[str]:
    found = ["## " + _("下書き")] if listed else []
    for one in listed:
        found += [value for value in one["fields"].values() if isinstance(value, str) and value]
        found += _pictures(one)
    return found


def _pictures(one: dict[str, Any]) -> list[str]:
    return [f"![]({name})" for name in one.get("pictures", ())]


def _list(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join("- " + name + _("：") + text for name, text in rows)
