"""What this member could do now: looked up in their own session, in the order in which it helps most."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from app.accounts.viewer import Viewer
from app.clock import today
from app.cohorts import seats, terms
from app.contributing.rules import Deed
from app.db import Stores
from app.domains.trade import Example
from app.knowledge import consenting, editors, often, reviewing
from app.questions.finding import Shelves
from app.questions.lists import list_waiting, my_threads
from app.queues import reads as queues
from app.queues.worker import make_now
from app.reading.service import given_to
from app.recognition import jury
from app.recognition.blueprint import this_round
from app.web.i18n import gettext as _
from app.wiring import Toolbox


@dataclass(frozen=True, slots=True)
class Here:
    """Where a deed is looked for."""

    tools: Toolbox
    stores: Stores
    viewer: Viewer


def deeds(here: Here) -> Iterator[Deed]:
    """Everything there is to do, of each time the most personal first."""
    for find in (
        _consents, _to_tell, _votes, _drafts, _reviews, _waiting, _offers, _gaps, _notes, _talks, _juries, _terms, _editing,
    ):  # fmt: skip
        yield from find(here)


def _said(here: Here, example: Example, otherwise: str) -> str:
    """What somebody of this trade might say, or anybody."""
    return str(here.tools.trade.examples.get(example, otherwise))


def _to_tell(here: Here) -> Iterator[Deed]:
    """Own questions that were answered and not said to be solved."""
    tools = here.tools
    for card in my_threads(here.stores, tools.vault, tools.trade, viewer=here.viewer):
        if card.state == "answered":
            yield Deed(
                "2", _("届いた回答が役に立ったかを伝える"), card.title,
                _("「{said}」のひと押しが、答えた人にいちばん効きます。").format(
                    said=_said(here, "told", _("2番の回答のとおりにしたら、翌日から落ち着いた"))
                ),
                url_for("questions.helped", thread_id=card.id), _("伝える"),
            )  # fmt: skip


def _drafts(here: Here) -> Iterator[Deed]:
    """Drafts of others that lie with the viewer."""
    for _row in given_to(here.stores, here.tools.vault, here.tools.trade, viewer=here.viewer):
        yield Deed(
            "10", _("出す前の質問を、ひとつ読む"), _("あなたに下書きが届いています。"),
            _("「{said}」のひとことで、質問がぐっとよくなります。").format(
                said=_said(here, "draft", _("いつのことかわかると答えやすいです"))
            ),
            url_for("reading.given"), _("下書きを読む"), "pen",
        )  # fmt: skip


def _waiting(here: Here) -> Iterator[Deed]:
    """Questions of one's own subjects that nobody has answered."""
    tools = here.tools
    for card in list_waiting(here.stores, tools.vault, tools.trade, viewer=here.viewer, size=2):
        yield Deed(
            "10", _("待っている質問に、ひとこと返す"), card.title,
            _("「{said}」。短くても、ひとりではないとわかります。").format(
                said=_said(here, "answer", _("うちでも起きた。三日で収まったから、まず落ち着いて"))
            ),
            url_for("questions.thread", thread_id=card.id), _("質問を開く"), "everyone",
        )  # fmt: skip


def _offers(here: Here) -> Iterator[Deed]:
    """What was routed to the viewer."""
    tools = here.tools
    for card in queues.inbox(here.stores, tools.vault, tools.trade, viewer=here.viewer, now=make_now(tools)):
        yield Deed(
            "30", _("あなたに届いた質問に答える"), card.thread.title or "",
            _("何を見て、どう決めて、どうなったか。うまくいかなかった話も、そのまま役に立ちます。"),
            url_for("queues.offer", offer_id=card.id), _("届いた質問を開く"), "inbox",
        )  # fmt: skip


def _consents(here: Here) -> Iterator[Deed]:
    """Texts built on one's own words, which wait for a yes, a change or a no."""
    for card in consenting.own_asked(here.stores, here.tools.vault, viewer=here.viewer, window=here.tools.window):
        if card.is_open:
            yield Deed(
                "2", _("あなたの言葉から生まれた記事を確かめる"), card.title,
                _("「はい」でも「ここを直して」でも「やめておく」でも。返事がなければ、載りません。"),
                url_for("knowledge.consent", consent_id=card.asked.id), _("読んで答える"), "eye",
            )  # fmt: skip


def _votes(here: Here) -> Iterator[Deed]:
    """The board of ideas, for everybody."""
    yield Deed(
        "2", _("アイデアをひとつ読んで、よければ賛成する"), "",
        _("いくつもの組織から賛成が集まると、運営会社は30日のうちに答える約束です。だれが賛成したかは、だれにもわかりません。"),
        url_for("ideas.board"), _("アイデアを見る"), "check",
    )  # fmt: skip


def _reviews(here: Here) -> Iterator[Deed]:
    """Articles to be looked at again, for editors."""
    tools = here.tools
    if not editors.is_editor(here.stores, here.viewer, today=today(tools.clock.now())):
        return
    due = reviewing.to_review(
        here.stores, tools.vault, today=today(tools.clock.now()), size=1, circles=here.viewer.own_circles
    )
    for _card in due:
        yield Deed(
            "10", _("一年たった記事を、読み返す"), _("見直しの日が来た記事があります。"),
            _("「いまも同じ」のひと押しで、読む人が安心して使えます。"),
            url_for("knowledge.desk"), _("編集の机を開く"), "clock",
        )  # fmt: skip


def _gaps(here: Here) -> Iterator[Deed]:
    """What is asked often in one's own groups, and not written."""
    tools = here.tools
    shelves = Shelves(tools.trade, tools.memory, tools.asked)
    own = {tools.trade.group_of[one].key for one in here.viewer.subjects if one in tools.trade.group_of}
    for card in often.asked_often(here.stores, tools.vault, shelves, viewer=here.viewer):
        if card.group in own:
            yield Deed(
                "30", _("よく聞かれるのに、まだ書かれていないことを書く"), _("・").join(card.domain),
                _("箇条書き三つでも、次に聞く人の一晩が短くなります。"),
                url_for("knowledge.new_note"), _("メモを書く"), "pen",
            )  # fmt: skip


def _notes(here: Here) -> Iterator[Deed]:
    """A note of what one has tried, for everybody."""
    yield Deed(
        "30", _("試してよかったことを、ひとつメモに残す"), "",
        _("「{said}」。質問がなくても書けます。").format(
            said=_said(here, "note", _("前の日に道具をそろえておく。それだけで朝の十分が空く"))
        ),
        url_for("knowledge.new_note"), _("メモを書く"), "pen",
    )  # fmt: skip


def _talks(here: Here) -> Iterator[Deed]:
    """A session to come to."""
    yield Deed(
        "120", _("学びの会に出て、ひとつ質問する"), "",
        _("名前も声も出さず、文字だけで加われる会もあります。聞いているだけでもかまいません。"),
        url_for("webinars.sessions"), _("これからの会を見る"), "people",
    )  # fmt: skip


def _juries(here: Here) -> Iterator[Deed]:
    """The year's jury, while its volunteers are looked for."""
    now, _day = this_round(here.tools)
    if not jury.duty_of(here.stores, viewer=here.viewer, now=now).may_volunteer:
        return
    yield Deed(
        "120", _("感謝の物語の読み手になって、だれかの働きを読む"), "",
        _("書いた人のわからない数編を読み、「伝えたい」かどうかを言葉にします。順位はつけません。"),
        url_for("recognition.jury_page"), _("読み手のことを知る"), "mine",
    )  # fmt: skip


def _terms(here: Here) -> Iterator[Deed]:
    """Cohorts one may still sign up for."""
    tools, day = here.tools, today(here.tools.clock.now())
    mine = {seat.term_id for seat in seats.own_seats(here.stores, tools.vault, here.viewer.secret)}
    for term in terms.terms_open(here.stores, tools.vault, today=day):
        if term.takes(day) and term.id not in mine:
            yield Deed(
                "season", _("仲間の会で、ひとつのことを前に進める"), term.theme,
                _("ちがう組織の4〜6人で、週に一度、どこまで来たかを書き合います。"),
                url_for("cohorts.join", term_id=term.id), _("くわしく見る"), "people",
            )  # fmt: skip


def _editing(here: Here) -> Iterator[Deed]:
    """Editing the knowledge base, for who does not yet."""
    if not editors.is_editor(here.stores, here.viewer, today=today(here.tools.clock.now())):
        yield Deed(
            "season", _("知識ベースの編集を引き受ける"), "",
            _("月に一、二度、よい回答を読みやすい記事にまとめます。おりるのも、ひと押しです。"),
            url_for("knowledge.desk"), _("編集のことを読む"), "pen",
        )  # fmt: skip
