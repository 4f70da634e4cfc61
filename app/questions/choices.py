"""What the forms offer, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domains.rules import hidden_levels
from app.domains.trade import Named, Trade
from app.questions.lists import OWN_FIELDS, READABLE
from app.web.i18n import gettext as _
from privacy.anonymity import SUBJECT

Option = tuple[str, str]


def subject_options(trade: Trade, own: Sequence[str]) -> list[tuple[str, list[Option]]]:
    """Subjects as grouped options: the viewer's first, then the others by group."""
    mine = [trade.subjects[key] for key in own if key in trade.subjects]
    others = [(str(group.name), [one for one in group.subjects if one.key not in own]) for group in trade.groups]
    first = [(_("あなたの分野"), named_options(mine))] if mine else []
    return [*first, *((name, named_options(listed)) for name, listed in others if listed)]


def about_options(trade: Trade) -> list[Option | tuple[str, list[Option]]]:
    """What a list of questions can be narrowed to: everything, one's own fields, groups with their subjects."""
    return [
        (READABLE, _("読める質問すべて")),
        (OWN_FIELDS, _("あなたの分野")),
        *_group_options(trade),
    ]


def about_words(trade: Trade, key: str, topic: str) -> str:
    """What a search went through, in the middle of a sentence."""
    about = _about_words(trade, key)
    return (
        _("{questions}のうち「{topic}」").format(questions=about, topic=trade.topic_by_key[topic].name)
        if topic
        else about
    )


def _about_words(trade: Trade, key: str) -> str:
    names = {group.key: group.name for group in trade.groups} | {one.key: one.name for one in trade.subjects.values()}
    if key in names:
        return _("{name}の質問").format(name=names[key])
    return _("あなたの分野の質問") if key == OWN_FIELDS else _("あなたが読める質問すべて")


def _group_options(trade: Trade) -> list[tuple[str, list[Option]]]:
    return [
        (str(group.name), [(group.key, _("{group}のすべて").format(group=group.name)), *named_options(group.subjects)])
        for group in trade.groups
    ]


def named_options(named: Sequence[Named]) -> list[Option]:
    """Keys with their names."""
    return [(one.key, str(one.name)) for one in named]


def level_fields(trade: Trade, profile: Mapping[str, int], *, with_subject: bool = True) -> list[dict[str, Any]]:
    """For each attribute the levels the profile leaves to choose from; attributes without a choice are left out.

    An answer is `with_subject` where its question names one: nobody may try out which one it hides.
    """
    fields = ([_subject_field(trade)] if with_subject else []) + [
        {"name": one.key, "label": str(one.name), "levels": [str(level) for level in one.levels]}
        for one in trade.attributes
    ]
    hidden = hidden_levels(trade)
    found = []
    for field in fields:
        finest, last = profile.get(field["name"], hidden[field["name"]]), hidden[field["name"]]
        if finest < last:
            options = [(str(level), field["levels"][level]) for level in range(last, finest - 1, -1)]
            found.append({**field, "options": options, "hidden": str(last)})
    return found


def _subject_field(trade: Trade) -> dict[str, Any]:
    words = trade.words
    levels = [
        _("{subject}まで出す").format(subject=words["subject"]),
        _("{group}だけ出す").format(group=words["group"]),
    ]
    return {"name": SUBJECT, "label": str(words["subject"]), "levels": levels}


def audience_options() -> list[tuple[str, str, str]]:
    """Whom a question may reach."""
    return [
        (
            "experts",
            _("依頼された経験者だけ"),
            _(
                "合いそうな数人だけが読みます。一覧には出ません。1時間ごとに公開するため、時間を手がかりにすると、書いた可能性のある人は、平日の昼で15人ほど、夜や休日は3人ほどまでしぼられます。"
            ),
        ),
        (
            "domain",
            _("同じ分野の会員"),
            _(
                "ふつうはこちらです。同じ分野の会員の一覧にも出ます。時間を手がかりにしても、書いた可能性のある人は20人以上残ります。夜や休日に書くと、10人ほどになることもあります。"
            ),
        ),
        (
            "all",
            _("すべての会員"),
            _(
                "ほかの分野の会員も読めます。時間を手がかりにしても、書いた可能性のある人は20人以上残ります。夜や休日に書くと、10人ほどになることもあります。"
            ),
        ),
    ]


def form_fields(trade: Trade) -> list[dict[str, Any]]:
    """The domain's own fields."""
    return [
        {
            "key": one.key,
            "kind": one.kind,
            "label": str(one.label),
            "hint": str(one.hint) if one.hint else "",
            "required": one.required,
            "max": int(one.max),
            "unit": one.unit,
            "options": named_options(one.values),
        }
        for one in trade.form.fields
    ]


def facet_fields(trade: Trade) -> list[dict[str, Any]]:
    """The facets."""
    return [{"key": one.key, "label": str(one.name), "options": named_options(one.values)} for one in trade.facets]


def ask_choices(trade: Trade, own: Sequence[str], profile: Mapping[str, int]) -> dict[str, Any]:
    """All the question form offers."""
    return {
        "subjects": subject_options(trade, own),
        "only_subject": own[0] if len(own) == 1 else "",
        "topics": named_options(trade.topics),
        "facets": facet_fields(trade),
        "fields": form_fields(trade),
        "levels": level_fields(trade, profile),
        "audiences": audience_options(),
    }
