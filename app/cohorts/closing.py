"""The closing note: one of the cohort writes it, everybody who has a seat is asked, and only a yes of all lets it out.

A yes of everybody puts it before a second editor of the knowledge base, like any other text there; a no or silence keeps
it in the cohort, and nobody is told whose it was. A yes can be taken back at any time. What somebody says is heard in the
next publication, with what the others said until then; only words that are out, or on their way, go at once.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from app.accounts.viewer import Viewer
from app.cohorts import courses, seats
from app.cohorts.models import Cohort
from app.cohorts.reads import CLOSING
from app.cohorts.rules import Course
from app.community import consents
from app.community.models import Writing
from app.community.texts import follows, words_of
from app.community.windows import heard_in
from app.db import Stores
from app.errors import Conflict, NotThere
from app.knowledge.consenting import WITHDRAWN
from app.knowledge.drafts import empty_article
from app.knowledge.models import Article
from app.knowledge.publishing import retire
from app.knowledge.rules import ARTICLE, DRAFT, DUE, PUBLISHED, RETIRED, SECOND
from app.knowledge.versions import About, about_of, add_version, find_open, put_about, put_text
from app.notices.service import tell
from app.sealing import Vault
from privacy.pseudonyms import new_id

KIND: Final = "cohort-note"
SAID: Final = "cohort-said"  # job: somebody said a word, or let the days pass


@follows
def look_after(stores: Stores, vault: Vault, row: Writing, window: int) -> None:
    """A closing note has come out, or changed: ask whoever has a seat, and what was said to other words is over. Taken
    back by its author, it goes no further, and is taken down where it was out. Writes content."""
    cohort = stores.content.get(Cohort, row.place) if row.kind == CLOSING else None
    if cohort is None or row.hidden:
        return
    course = courses.course_of(vault, cohort)
    words = words_of(stores, vault, [row]).get(row.id)
    is_newer = row.id != course.closing and (course.closing_state != "agreed" or bool(sent_back(stores, vault, course)))
    if words is None and row.id == course.closing:
        _stop(stores, vault, course)
        courses.change(stores, vault, cohort.id, closing_state="kept")
    elif words is not None and (is_newer or (row.id == course.closing and course.closing_state in ("asked", "change"))):
        day = date.fromordinal(words.get("edited", row.published_day))
        _ask(stores, vault, cohort.id, row.id, words["extra"]["audience"], course, window, day)


def _ask(
    stores: Stores, vault: Vault, cohort_id: str, writing_id: str, audience: str, course: Course, window: int, day: date
) -> None:
    if course.closing:
        consents.drop(stores, about=course.closing)
    for seat in seats.seats_of(stores, vault, cohort_id):
        consents.ask(
            stores, vault, about=writing_id, label=seat.label, kind=KIND, words={"audience": audience}, today=day,
            then=SAID,
        )  # fmt: skip
        tell(stores, vault, label=seat.label, kind="cohort_closing", due=window + 1, thread=cohort_id)
    courses.change(stores, vault, cohort_id, closing=writing_id, closing_state="asked")


def count_words(stores: Stores, vault: Vault, *, writing_id: str, window: int) -> None:
    """What is heard by this window: all yes agrees, a no or silence keeps it here, a wish goes to its author. A yes that
    is taken back, or goes along when its owner leaves, ends what all agreed to. Writes content and keys."""
    row = stores.content.get(Writing, writing_id)
    if row is None:
        return
    course = courses.course_of(vault, seats.cohort_of(stores, row.place))
    state = verdict([one.state for one in consents.states(stores, vault, writing_id, window=window)])
    if course.closing != writing_id or course.closing_state in ("kept", state):
        return
    if course.closing_state == "agreed":
        if state != "kept":
            return
        _stop(stores, vault, course)
    courses.change(stores, vault, row.place, closing_state=state)
    if state == "asked":
        return
    if state == "agreed":
        _hand_over(stores, vault, row)
    for seat in seats.seats_of(stores, vault, row.place):
        tell(stores, vault, label=seat.label, kind=f"cohort_closing_{state}", due=window + 1, thread=row.place)


def verdict(said: Sequence[str]) -> str:
    """What the words of all make together."""
    if any(one in (consents.NO, consents.SILENT) for one in said):
        return "kept"
    if any(one == consents.CHANGE for one in said):
        return "change"
    return "agreed" if said and all(one == consents.YES for one in said) else "asked"


def own_question(stores: Stores, vault: Vault, *, label: str, course: Course) -> consents.Asked | None:
    """What the owner of a seat is asked about the note that stands, with their word."""
    found = consents.own(stores, vault, labels=[label])
    return next((one for one in found if one.about == course.closing and one.kind == KIND), None)


def answer(
    stores: Stores, vault: Vault, *, viewer: Viewer, cohort_id: str, word: consents.Word, asked_id: str, note: str = "",
    window: int,
) -> None:  # fmt: skip
    """Say yes, change or no to what stood on one's page as `asked_id`, heard in the next publication. Writes content.

    Of words that are out, or that a second editor has let out, a yes is taken back at once. Raises NotThere for who has no
    seat, and when nothing is asked; Conflict where the words are others meanwhile, and everybody is asked anew.
    """
    seat = seats.seat_in(stores, vault, viewer.secret, cohort_id)
    course = courses.course_of(vault, seats.cohort_of(stores, cohort_id))
    asked = own_question(stores, vault, label=seat.label, course=course)
    if asked is None or course.closing_state not in ("asked", "change", "agreed"):
        raise NotThere
    if asked.id != asked_id:
        raise Conflict
    if course.closing_state == "agreed" and word != consents.NO:
        raise NotThere
    at_once = course.closing_state == "agreed" and is_coming(stores, course)
    due = window if at_once else heard_in(stores, window)
    consents.answer(
        stores, vault, viewer=viewer, consent_id=asked.id, word=word, note=note, window=due, labels=[seat.label]
    )  # fmt: skip
    if at_once:
        count_words(stores, vault, writing_id=course.closing, window=window)


def sent_back(stores: Stores, vault: Vault, course: Course) -> str:
    """The second editor's sentence, where the note came back; empty otherwise."""
    version = find_open(stores, course.article) if course.article else None
    said = about_of(vault, version).wishes if version is not None and version.state == DRAFT else ()
    return said[-1].note if said else ""


def is_out(stores: Stores, course: Course) -> bool:
    """Whether readers of the knowledge base have it."""
    article = stores.content.get(Article, course.article) if course.article else None
    return article is not None and article.state == PUBLISHED


def is_coming(stores: Stores, course: Course) -> bool:
    """Whether they have it, or will by the next publication."""
    version = find_open(stores, course.article) if course.article else None
    return is_out(stores, course) or (version is not None and version.state == DUE)


def wishes(stores: Stores, vault: Vault, course: Course, *, window: int) -> list[str]:
    """What is wished to be different, without whose it is: in the order of random ids, and what is heard already."""
    said = consents.states(stores, vault, course.closing, window=window) if course.closing else []
    return [one.note for one in said if one.state == consents.CHANGE and one.note]


def note_words(stores: Stores, vault: Vault, course: Course) -> Mapping[str, Any]:
    """Title, text and audience of the note that was asked about. Raises NotThere when it is gone."""
    row = stores.content.get(Writing, course.closing)
    words = words_of(stores, vault, [row]) if row is not None else {}
    if row is None or row.id not in words:
        raise NotThere
    return {**words[row.id]["texts"], **words[row.id]["extra"]}


def _hand_over(stores: Stores, vault: Vault, row: Writing) -> None:
    """Put the note before a second editor, who is of none of the cohort's circles."""
    cohort = seats.cohort_of(stores, row.place)
    course, words = courses.course_of(vault, cohort), words_of(stores, vault, [row])[row.id]
    text = {"title": words["texts"]["title"], "body": words["texts"]["text"]}
    about = About(
        (), row.id, tuple(sorted(seat.circle for seat in seats.seats_of(stores, vault, row.place))), cohort.group_key, "",
        audience=words["extra"]["audience"], company=bool(words["extra"].get("company")),
    )  # fmt: skip
    version = find_open(stores, course.article) if course.article else None
    if version is None:
        article_id, (key_id, key) = str(new_id()), vault.new_data_key(stores)
        stores.content.add(empty_article(vault, article_id, key_id, kind=ARTICLE, group=cohort.group_key))
        stores.content.flush()  # its version names it
        version = add_version(stores, vault, key, article_id, number=1, about=about, text=text)
        courses.change(stores, vault, row.place, article=article_id)
    else:
        put_text(vault.data_key(stores, stores.content.get_one(Article, course.article).key_id), version, text)
        put_about(vault, version, about)
    version.state = SECOND


def _stop(stores: Stores, vault: Vault, course: Course) -> None:
    article = stores.content.get(Article, course.article) if course.article else None
    if article is not None and article.state != RETIRED:
        retire(stores, vault, article, reason=WITHDRAWN)
