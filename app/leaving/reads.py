"""Everything of a member's own, for the file they take along. Words of others are left out: whoever wrote them may still
take them back, and could not take them back from a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.accounts.identity import open_identity
from app.accounts.models import Member, Organisation
from app.accounts.organisations import open_organisation
from app.accounts.viewer import Viewer
from app.cohorts import reads as cohorts
from app.community import erasing as community
from app.db import Stores
from app.domains.rules import domain_labels
from app.domains.trade import Trade
from app.errors import NotThere
from app.inbox.reads import Place
from app.inbox.service import own_wishes
from app.leaving.said import course, taps, told, upheld
from app.questions.access import open_scope, subject_of
from app.questions.cards import PostCard, QuestionBody, additions_of
from app.questions.drafts import find_draft
from app.questions.ending import is_notified, tag_of
from app.questions.endorsing import own_ballots
from app.questions.keeping import read_kept
from app.questions.lockers import OWNER, OwnThread, own_threads
from app.questions.models import Photo, Post, Thread
from app.questions.photos import all_draft_photos, open_draft_photo, open_photo
from app.questions.reads import post_text, thread_card
from app.queues import experts
from app.recognition import erasing as recognition
from app.sealing import Vault
from privacy.scopes import Audience

FORMAT: Final = "shiome-export"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to take along: its name in the file, its row, and the key of its thread; a draft's has none."""

    name: str
    id: str
    key_id: str | None


@dataclass(frozen=True, slots=True)
class Everything:
    """What goes into the file."""

    data: dict[str, Any]
    pictures: tuple[Picture, ...]


def everything(stores: Stores, vault: Vault, trade: Trade, *, viewer: Viewer, today: date, place: Place) -> Everything:
    """All of the member's own. Writes nothing."""
    own = own_threads(stores, viewer.secret)
    pictures = _pictures(stores, viewer, own)
    named = {one.id: one.name for one in pictures}
    threads = [_thread(stores, vault, trade, viewer, one, named) for one in own]
    data = {
        "format": FORMAT,
        "version": VERSION,
        "made": today.isoformat(),
        "about": _about(stores, vault, trade, viewer),
        "questions": [found for one, found in zip(own, threads, strict=True) if one.part == OWNER],
        "answers": [found for one, found in zip(own, threads, strict=True) if one.part != OWNER],
        "drafts": _drafts(stores, viewer, pictures),
        "receiving": _receiving(stores, vault, trade, viewer),
        "notes": told(stores, vault, trade, viewer=viewer, place=place),
        "endorsements": _endorsements(stores, vault, trade, viewer),
        **community.export(stores, vault, trade, viewer=viewer),
        "recognition": recognition.export(stores, vault, secret=viewer.secret),
        "cohorts": cohorts.export(stores, vault, viewer=viewer),
        "marks": taps(stores, vault, trade, viewer=viewer),
        "upheld": upheld(stores, vault, viewer=viewer, day=today),
    }
    return Everything(data, tuple(pictures))


def open_picture(stores: Stores, vault: Vault, picture: Picture, *, viewer: Viewer) -> bytes | None:
    """The bytes of one picture, or None when it has gone meanwhile."""
    try:
        if picture.key_id is None:
            return open_draft_photo(stores, viewer.secret, picture.id)
        row = stores.content.get(Photo, picture.id)
        return None if row is None else open_photo(vault.data_key(stores, picture.key_id), row)
    except NotThere:
        return None


def _about(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> dict[str, Any]:
    member = stores.identity.get_one(Member, viewer.member_id)
    identity = open_identity(vault.data_key(stores, member.key_id), member)
    wishes = own_wishes(stores, viewer.secret)
    organisation = open_organisation(vault, stores.identity.get_one(Organisation, identity.organisation_id))
    attributes = [(one, identity.attributes.get(one.key, "")) for one in trade.attributes]
    return {
        "mail": identity.mail,
        "webhook": identity.hook or None,
        "organisation": organisation.name,
        "state": viewer.state,
        "roles": sorted(identity.roles),
        "attributes": [
            {"key": one.key, "value": value, "name": str(one.name), "text": _name(one.values, value)}
            for one, value in attributes
        ],
        "subjects": [
            {"key": key, "text": str(trade.subjects[key].name) if key in trade.subjects else key}
            for key in identity.subjects
        ],
        "disclosure": dict(viewer.profile),
        "morning_and_evening_mail": bool(identity.digest),
        "mail_wishes": wishes.as_data() if wishes else None,
    }


def _name(values: Any, key: str) -> str:
    return next((str(one.name) for one in values if one.key == key), key)


def _thread(
    stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, own: OwnThread, pictures: dict[str, str]
) -> dict[str, Any]:
    try:
        card = thread_card(stores, vault, trade, viewer=viewer, thread_id=own.thread, asked=True)
    except NotThere:
        return _closed_off(stores, vault, trade, viewer, own)
    mine = [
        {
            "kind": post.kind,
            "date": post.day.isoformat() if post.day else None,
            "text": post.text,
            **({"result": post.result} if post.result else {}),
            "accepted": post.accepted,
            "shown": [list(pair) for pair in post.shown],
            **_changes(post),
            "pictures": [pictures[one] for one in post.photos if one in pictures],
        }
        for post in card.posts
        if post.is_mine
    ]
    found = {
        "id": own.thread,
        "date": card.day.isoformat() if card.day and own.part == OWNER else None,
        "domain": list(card.body.domain),
        "mail": is_notified(stores, vault, viewer=viewer, own=own),
        "posts": mine,
    }
    return (
        {
            **found,
            **_question(card.body, card.audience, card.company_may, card.state, pictures),
            **course(card.course),
        }
        if (own.part == OWNER)
        else found
    )


def _question(
    body: QuestionBody, audience: Audience | None, company_may: bool, state: str, pictures: dict[str, str]
) -> dict[str, Any]:
    return {
        "state": state,
        "title": body.title,
        "fields": [{"label": field.label, "text": field.text} for field in body.fields],
        "shown": [list(pair) for pair in body.shown],
        **_changes(body),
        "urgent": body.urgent,
        "audience": audience.name.lower() if audience is not None else None,
        "company_may_read": company_may,
        "pictures": [pictures[one] for one in body.photos if one in pictures],
    }


def _changes(text: QuestionBody | PostCard) -> dict[str, Any]:
    """The day of the last change and what was added, where there is any: older words are kept nowhere."""
    added = [{"date": one.day.isoformat(), "text": one.text} for one in text.additions]
    edited = {"edited": text.edited.isoformat()} if text.edited else {}
    return {**edited, **({"additions": added} if added else {})}


def _closed_off(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer, own: OwnThread) -> dict[str, Any]:
    """A thread the member may not open any more, or that is gone: their own words of it all the same."""
    thread = stores.content.get(Thread, own.thread)
    rows = stores.content.scalars(select(Post).where(Post.author_tag == tag_of(viewer, own)).order_by(Post.place))
    texts = [(row, post_text(stores, vault, row)) for row in rows]
    domain: list[str] = []
    if thread is not None:
        levels = open_scope(vault, thread).levels
        domain = list(domain_labels(trade, subject_of(vault, thread), thread.topic, levels))
    return {
        "id": own.thread,
        "date": None,
        "domain": domain,
        "mail": False,
        "posts": [
            {
                "kind": row.kind, "date": date.fromordinal(row.published_day).isoformat(),
                "text": text["text"] if text else None, "accepted": row.accepted, "shown": [], "pictures": [],
                "additions": [{"date": one.day.isoformat(), "text": one.text} for one in additions_of(text or {})],
            }
            for row, text in texts
        ],
    }  # fmt: skip


def _pictures(stores: Stores, viewer: Viewer, own: list[OwnThread]) -> list[Picture]:
    keys = {one.key_id for one in own}
    rows = stores.content.execute(select(Photo.id, Photo.key_id).where(Photo.key_id.in_(keys)).order_by(Photo.id))
    found = [(row.id, row.key_id) for row in rows] + [(one, None) for one in all_draft_photos(stores, viewer.secret)]
    return [Picture(f"pictures/{number}.jpg", one, key) for number, (one, key) in enumerate(found, 1)]


def _drafts(stores: Stores, viewer: Viewer, pictures: list[Picture]) -> list[dict[str, Any]]:
    draft = find_draft(stores, viewer.secret)
    names = [one.name for one in pictures if one.key_id is None]
    replies = [
        {"fields": dict(one.typed), "pictures": []} for one in read_kept(stores, viewer.secret).values() if one.typed
    ]
    asked = [] if draft is None and not names else [{"fields": dict(draft.values) if draft else {}, "pictures": names}]
    return [*asked, *replies]


def _endorsements(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> list[dict[str, Any]]:
    """Answers whose authors the member said they would ask; the title of one's own question alone, as the words of others
    stay out."""
    found = []
    for post_id in sorted(own_ballots(stores, vault, viewer.secret).values()):
        post = stores.content.get(Post, post_id)
        try:
            card = None if post is None else thread_card(stores, vault, trade, viewer=viewer, thread_id=post.thread_id)
        except NotThere:
            card = None
        answerer = next((one.author for one in card.posts if one.id == post_id), None) if card else None
        title, domain = (card.title if card.is_author else None, list(card.body.domain)) if card else (None, [])
        found.append({"answer": post_id, "title": title, "domain": domain, "answerer": answerer})
    return found


def _receiving(stores: Stores, vault: Vault, trade: Trade, viewer: Viewer) -> list[dict[str, Any]]:
    found = []
    for subject, handle in experts.own_handles(stores, viewer).items():
        profile = experts.find_profile(stores, vault, handle)
        if profile is not None and subject in trade.subjects:
            names = {one.key: str(one.name) for one in trade.topics_of(subject)}
            topics, muted = (
                [{"key": key, "text": names.get(key, key)} for key in keys] for keys in (profile.topics, profile.muted)
            )
            found.append(
                {
                    "subject": subject,
                    "name": str(trade.subjects[subject].name),
                    "topics": topics,
                    "muted": muted,
                    "questions_a_week": profile.capacity,
                }
            )
    return found
