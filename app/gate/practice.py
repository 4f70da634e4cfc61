"""A practice run of the scope preview: the real preview of a made-up question, with nothing kept."""

from collections.abc import Mapping
from typing import Final

from flask import render_template

from app.accounts.viewer import Viewer
from app.clock import today
from app.db import Stores
from app.domains.rules import hidden_levels
from app.domains.service import policy_of
from app.questions.choices import audience_options
from app.questions.forms import AUDIENCES
from app.questions.preview import preview_card
from app.questions.rules import Question
from app.web.i18n import gettext as _
from app.wiring import Toolbox
from privacy.anonymity import SUBJECT
from privacy.scopes import Audience

USUAL: Final = "domain"


def practice_page(tools: Toolbox, stores: Stores, viewer: Viewer, chosen: Mapping[str, str]) -> str:
    """The page for what was chosen; what is not offered is as usual."""
    question = made_up(tools, viewer, chosen)
    card = preview_card(
        stores, tools.vault, tools.trade, viewer=viewer, question=question, policy=policy_of(tools.settings),
        today=today(tools.clock.now()),
    )  # fmt: skip
    audience = next(key for key, one in AUDIENCES.items() if one is question.audience)
    return render_template(
        "gate/practice.html", card=card, question=question, audience=audience, audiences=[option[:2] for option in audience_options()],
        levels=_level_fields(tools), values={name: str(level) for name, level in question.levels.items()},
    )  # fmt: skip


def made_up(tools: Toolbox, viewer: Viewer, chosen: Mapping[str, str]) -> Question:
    """The question of the practice, about the first of the viewer's own subjects."""
    trade = tools.trade
    known = [key for key in viewer.subjects if key in trade.subjects]
    subject = known[0] if known else next(iter(trade.subjects))
    field = next(one for one in trade.form.fields if one.kind == "text")
    return Question(
        subject=subject,
        topic=trade.topics_of(subject)[0].key,
        title=_("（練習）けさ、いつもと様子が違いました。似たことのあった方はいますか"),
        fields={field.key: _("これは見え方をためすための、架空の質問です。どこにも残りません。")},
        levels={name: _level(chosen.get(f"level_{name}", ""), last) for name, last in hidden_levels(trade).items()},
        audience=AUDIENCES.get(chosen.get("audience", USUAL), Audience.DOMAIN),
        company_may=chosen.get("company_may") == "1",
    )


def _level(typed: str, last: int) -> int:
    return int(typed) if typed in {str(level) for level in range(last + 1)} else last


def _level_fields(tools: Toolbox) -> list[dict[str, object]]:
    """Every attribute with all its levels: here nothing that is refused is given away, since nothing goes out."""
    trade, hidden = tools.trade, hidden_levels(tools.trade)
    words = trade.words
    subject = [
        _("{subject}まで出す").format(subject=words["subject"]),
        _("{group}だけ出す").format(group=words["group"]),
    ]
    fields = [(SUBJECT, str(words["subject"]), subject)]
    fields += [(one.key, str(one.name), [str(level) for level in one.levels]) for one in trade.attributes]
    return [
        {"name": name, "label": label, "options": [(str(n), names[n]) for n in range(hidden[name], -1, -1)]}
        for name, label, names in fields
    ]
