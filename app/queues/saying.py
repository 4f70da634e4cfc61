"""What may be told of an expert, in words: bands and months, never more than is known and never a score."""

from datetime import date

from app.web.i18n import gettext as _
from app.web.i18n import month_label


def some(number: int) -> str:
    """How many, in words coarse enough to be no score."""
    if number <= 2:
        return _("1、2件")
    if number <= 5:
        return _("3〜5件")
    return _("6〜10件") if number <= 10 else _("11件以上")


def say_topic(place: str, topic: str, number: int, last: date) -> str:
    """How often somebody answered on a topic, and when last."""
    words = _("{place}の「{topic}」に、{some}答えています。いちばん新しい回答は{month}です。")
    return words.format(place=place, topic=topic, some=some(number), month=month_label(last))


def say_active(place: str, number: int, last: date) -> str:
    """How often somebody answered in a field, and when last."""
    words = _("{place}の質問に、{some}答えています。いちばん新しい回答は{month}です。")
    return words.format(place=place, some=some(number), month=month_label(last))


def say_helped(place: str, number: int) -> str:
    """Of how many answered questions it is known that the answer helped."""
    words = _("{place}で答えた質問のうち{some}で、「役に立った」や「うまくいった」という知らせがあります。")
    return words.format(place=place, some=some(number))


def say_declared(topic: str) -> str:
    """That somebody said they can help."""
    return _("「{topic}」を手伝えると登録しています。").format(topic=topic)


def say_endorsed(topic: str) -> str:
    """That others would ask them."""
    return _("「{topic}」なら、あなたに聞きたいという声があります。").format(topic=topic)


def say_neighbour(subject: str) -> str:
    """That the question is from next door."""
    return _("近い分野の質問です。「{subject}」を扱う方にもお届けしています。").format(subject=subject)


def say_exploring() -> str:
    """That a place is kept for who has answered little."""
    return _("この分野での回答がまだ少ない方のための枠で、お届けしました。")


def say_alike(titles: list[str]) -> str:
    """What it is like, of what its reader answered."""
    if len(titles) > 1:
        return _("前に答えた「{title}」など{n}件に似ています。").format(title=titles[0], n=len(titles))
    return _("前に答えた「{title}」に似ています。").format(title=titles[0]) if titles else ""


def say_nearest(place: str, title: str) -> str:
    """Which of what its reader answered is nearest."""
    words = _("{place}で答えた質問の中では、「{title}」がいちばん近いです。")
    return words.format(place=place, title=title) if title else ""


def say_hidden(subject: str) -> str:
    """That nothing can be told; `subject` is the domain file's own word for what is hidden."""
    return _("{subject}を伏せた質問です。{subject}がわかってしまうので、届いたわけは出せません。").format(
        subject=subject
    )


def say_alike_for_all(subject: str) -> str:
    """Why so little is told."""
    return _("{subject}を伏せた質問なので、どの{subject}でも同じになることだけを出しています。").format(subject=subject)


def say_over_group(subject: str, group: str) -> str:
    """Why it is counted over the group."""
    return _("{subject}を伏せた質問にも答えているので、{group}全体で数えています。").format(
        subject=subject, group=group
    )


def say_field_alone() -> str:
    """That nothing else speaks for them."""
    return _("この分野を扱う方として、お届けしました。")


def say_over() -> str:
    """That what it came for is so no more."""
    return _("届いたときのわけは、いまの登録や実績には、もう当てはまりません。")


def say_aside(number: int) -> str:
    """That answers to so many questions were set aside."""
    return _("{n}件の質問への回答を、届け先を選ぶときに使わないようにしました。").format(n=number)


def say_undeclared(topic: str) -> str:
    """That a topic was taken off the list."""
    return _("「{topic}」を、手伝える話題から外しました。").format(topic=topic)


def say_restored(number: int) -> str:
    """That answers to so many questions count again."""
    return _("{n}件の質問への回答を、また実績に数えます。").format(n=number)
