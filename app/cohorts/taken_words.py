"""A closing note stands in the knowledge base too: words that somebody of the cohort takes out go from there as well."""

from app.cohorts.courses import course_of
from app.cohorts.models import Cohort
from app.community.models import Writing
from app.knowledge.erasing import take_out_of
from app.questions.written import Removal, also


@also
def _closing_note(removal: Removal) -> None:
    cohort = removal.stores.content.get(Cohort, removal.thread_id)
    course = None if cohort is None else course_of(removal.vault, cohort)
    if course is None or not course.article:
        return
    note = removal.stores.content.get(Writing, course.closing)
    is_own = note is not None and note.author_tag == removal.tag
    change = removal.own if is_own else removal.others
    take_out_of(removal.stores, removal.vault, article_id=course.article, change=change, window=0)
