"""What each audience would see, and whether it hides the author: made by the same code as the pages themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from app.accounts.viewer import Viewer
from app.db import Stores
from app.domains.rules import (
    labels_of,
    same_levels,
    shown_attributes,
    shown_key,
    shows_subject,
)
from app.domains.trade import Trade
from app.questions import crowd
from app.questions.cards import QuestionBody, question_body
from app.questions.pennames import find_pen
from app.questions.rules import MAX_TITLE, Question
from app.sealing import Vault
from app.web.i18n import gettext as _
from privacy import scopes
from privacy.anonymity import Policy

Row = tuple[str, list[str], str]


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """A draft before it is published."""

    body: QuestionBody
    names_subject: bool  # not its group only
    columns: list[str]
    rows: list[Row]
    passes: bool
    levels: Mapping[str, int]  # the nearest that pass
    coarser: tuple[str, ...]  # the same in words
    reason: crowd.Reason  # why not as asked
    thin: str  # what even the group does not hide: said, not refused
    pen: str  # the author's pen name, empty when there is none
    may_sign: bool  # it may stand under this post


def preview_card(
    stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, question: Question, policy: Policy, today: date,
    photos: Sequence[str] = (),
) -> PreviewCard:  # fmt: skip
    """The preview of one draft."""
    found = crowd.judge(
        stores,
        vault,
        trade,
        viewer=viewer,
        subject=question.subject,
        levels=question.levels,
        policy=policy,
        today=today,
    )
    pen = find_pen(stores, viewer.secret)
    body = draft_body(trade, viewer, question, photos)
    return PreviewCard(
        body=body,
        names_subject=shows_subject(question.levels),
        columns=[_("質問の文"), _("分野"), _("あなたについて")],
        rows=_rows(trade, question, body, viewer),
        passes=same_levels(trade, found.levels, question.levels),
        levels=found.levels,
        coarser=tuple(levels_in_words(trade, viewer, question.subject, found.levels)),
        reason=found.reason,
        thin=found.thin,
        pen=pen.name if pen else "",
        may_sign=found.may_sign,
    )


def draft_body(trade: Trade, viewer: Viewer, question: Question, photos: Sequence[str] = ()) -> QuestionBody:
    """The question's body as the thread page will show it."""
    text = {
        "title": question.title,
        "fields": dict(question.fields),
        "facets": dict(question.facets),
        "shown": [asdict(one) for one in shown_attributes(trade, viewer.attributes, question.levels)],
        "photos": list(photos),
    }
    return question_body(
        trade, subject=question.subject, topic=question.topic, levels=question.levels, urgent=question.urgent, text=text
    )


def names_of(trade: Trade) -> dict[str, str]:
    """What the texts of the form are called, by the names `texts_of` gives them."""
    return {"title": _("聞きたいこと"), **{f"field_{one.key}": str(one.label) for one in trade.form.fields}}


def texts_of(trade: Trade, question: Question) -> dict[str, str]:
    """What a question's author wrote in their own words: the title and the form's text fields."""
    return own_texts(trade, question.title, question.fields)


def own_texts(trade: Trade, title: str, fields: Mapping[str, str]) -> dict[str, str]:
    """The same of a title and fields."""
    written = [one.key for one in trade.form.fields if one.kind == "text" and one.key in fields]
    return {"title": title, **{f"field_{key}": fields[key] for key in written}}


def longest_of(trade: Trade) -> dict[str, int]:
    """How long each of `texts_of` may be, in characters."""
    return {"title": MAX_TITLE, **{f"field_{one.key}": int(one.max) for one in trade.form.fields if one.kind == "text"}}


def with_texts(question: Question, texts: Mapping[str, str]) -> Question:
    """The same question with other words: title and fields by the names of `texts_of`."""
    fields = {key: texts.get(f"field_{key}", value) for key, value in question.fields.items()}
    return replace(question, title=texts["title"], fields=fields)


def levels_in_words(trade: Trade, viewer: Viewer, subject: str, levels: Mapping[str, int]) -> list[str]:
    """What levels show of this viewer, as words: the group, the subject where shown, attributes."""
    words = [str(trade.group_of[subject].name)]
    if shows_subject(levels):
        words.append(str(trade.subjects[subject].name))
    return [*words, *(value for _, value in labels_of(trade, shown_attributes(trade, viewer.attributes, levels)))]


def _rows(trade: Trade, question: Question, body: QuestionBody, viewer: Viewer) -> list[Row]:
    scope = scopes.Scope(question.levels, question.audience, viewer.circle, question.company_may)
    key = shown_key(trade, question.subject, question.levels)
    seen = _cells(body)
    unseen = [""] * len(seen)
    return [
        (label, seen if scopes.may_read(scope, reader, key) else unseen, note)
        for label, reader, note in _readers(key, company_may=question.company_may)
    ]


def _cells(body: QuestionBody) -> list[str]:
    about = _("、").join(f"{label} {value}" for label, value in body.shown)
    return [_("すべて"), _("・").join(body.domain), about]


def _readers(key: str, *, company_may: bool) -> list[tuple[str, scopes.Viewer, str]]:
    elsewhere, domain = "elsewhere", frozenset({key})
    expert = scopes.Viewer(elsewhere, domain, is_member=True, is_asked=True)
    company = scopes.Viewer(elsewhere, is_company=True, company_waited=True)
    return [
        (_("依頼を受けた経験者"), expert, _("合いそうな数人にだけ届きます")),
        (_("同じ分野の会員"), scopes.Viewer(elsewhere, domain, is_member=True), ""),
        (_("ほかの分野の会員"), scopes.Viewer(elsewhere, is_member=True), ""),
        (_("同じ会社の人と、避けたい組織"), scopes.Viewer(), _("どの画面にも出ません")),
        (_("運営会社"), company, _("公開から2日後に読み、答えることもできます") if company_may else ""),
        (_("知識ベース"), scopes.Viewer(), _("載せるときは、あらためて同意をうかがいます")),
    ]
