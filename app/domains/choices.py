"""The disclosure page's fields: only what is open is offered, in plain words, never a count."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.viewer import Viewer
from app.domains.reads import OpenTable
from app.domains.rules import keys_above, open_everywhere, open_levels, shown_attributes
from app.domains.trade import Attribute, Trade
from app.web.i18n import gettext as _
from privacy.anonymity import SUBJECT, Vector


@dataclass(frozen=True, slots=True)
class LevelField:
    """One attribute's choice: options are (level, name, how it would read for this viewer), hidden one first."""

    name: str
    label: str
    options: tuple[tuple[str, str, str], ...]


def open_for(trade: Trade, table: OpenTable, viewer: Viewer) -> frozenset[Vector]:
    """The vectors open in every group the viewer works in."""
    groups = keys_above(trade, viewer.subjects) - frozenset(trade.subjects)
    return open_everywhere(table.by_group, groups)


def level_choices(trade: Trade, table: OpenTable, viewer: Viewer) -> list[LevelField]:
    """The attributes that leave something to choose."""
    levels = open_levels(trade, open_for(trade, table, viewer))
    fields = [_subject_field(trade, levels[SUBJECT])]
    fields += [_attribute_field(trade, viewer, one, levels[one.key]) for one in trade.attributes]
    return [field for field in fields if len(field.options) > 1]


def profile_words(trade: Trade, profile: Mapping[str, int]) -> list[tuple[str, str]]:
    """A profile as (attribute, level) in words, everything listed."""
    subject = _subject_names(trade)[profile.get(SUBJECT, 1)]
    rows = [(str(trade.words["subject"]), subject)]
    for one in trade.attributes:
        level = min(profile.get(one.key, one.hidden), one.hidden)
        rows.append((str(one.name), str(one.levels[level])))
    return rows


def _subject_names(trade: Trade) -> tuple[str, str]:
    return (
        _("{subject}まで出してよい").format(subject=trade.words["subject"]),
        _("{group}だけ").format(group=trade.words["group"]),
    )


def _subject_field(trade: Trade, levels: list[int]) -> LevelField:
    names = _subject_names(trade)
    options = tuple((str(level), names[level], "") for level in reversed(levels))
    return LevelField(SUBJECT, str(trade.words["subject"]), options)


def _attribute_field(trade: Trade, viewer: Viewer, attribute: Attribute, levels: list[int]) -> LevelField:
    options = []
    for level in reversed(levels):
        shown = shown_attributes(trade, viewer.attributes, {attribute.key: level})
        own = attribute.label(shown[0].value, level) if shown else ""
        reads = _("あなたの場合：{value}").format(value=own) if own else ""
        options.append((str(level), str(attribute.levels[level]), reads))
    return LevelField(attribute.key, str(attribute.name), tuple(options))
