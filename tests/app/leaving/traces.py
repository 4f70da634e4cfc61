"""What somebody who knows a member's secret, and holds every key, still finds of them: the judge of every leaving test."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sqlalchemy import select

from app.accounts.models import Member, SignInSession, Verification, Wrap
from app.community.ballots import label_of
from app.community.models import Ballot, Writing
from app.db import Stores
from app.escrow.models import Escrow
from app.jobs.models import Job
from app.keystore import DataKey
from app.mail.models import Contact
from app.questions.drafts import draft_label, find_draft
from app.questions.endorsing import PURPOSE
from app.questions.lockers import PURPOSES, own_parts
from app.questions.marks import mark_label
from app.questions.models import Endorsement, Locker, Mark, Pending, PenName, Photo, Post, Thread
from app.questions.pennames import claims_of
from app.queues.models import Expert, Offer
from app.queues.offers import inboxes_of
from app.reading.models import Reading
from app.recognition.models import Candidacy, Praise, Seat, Story
from app.survey import service as survey
from app.survey.models import SurveyAnswer
from app.vectors import store as vectors
from app.vectors.models import IndexedThread
from app.wiring import Toolbox
from privacy.counting import retract
from privacy.pseudonyms import MemberSecret, locker_label, owner_tag, peer_tag, routing_handle

TAPS = ("worked", "outdated", "thanks", "flag", "duplicate", "addition", "likely", "outcome")


@dataclass(frozen=True)
class Marks:
    """Everything by which a member could be found, noted while they were still there."""

    member_id: str
    mail: str
    key_id: str
    tags: frozenset[str]  # owner and peer tags of their threads
    handles: frozenset[str]
    lockers: frozenset[str]
    texts: dict[str, str]  # thread -> data key of their words
    photos: frozenset[str]
    pens: frozenset[str]
    ballots: frozenset[str]
    taps: frozenset[str]
    readings: frozenset[str]
    surveys: frozenset[str]
    votes: frozenset[str]  # labels of ballots


def marks_of(tools: Toolbox, member_id: str, mail: str, secret: MemberSecret) -> Marks:
    """Note them."""
    with tools.database.reading() as stores:
        threads = list(stores.content.scalars(select(Thread.id)))
        own = own_parts(stores, secret)
        posts = set(stores.content.scalars(select(Post.id)))
        known = {*threads, *(one.thread for one in own)}
        lockers = {str(locker_label(secret, purpose)) for purpose in PURPOSES}
        lockers |= {str(locker_label(secret, purpose, one)) for purpose, one in product(PURPOSES, known)}
        return Marks(
            member_id=member_id,
            mail=mail,
            key_id=stores.identity.get_one(Member, member_id).key_id,
            tags=frozenset(str(make(secret, one)) for make, one in product((owner_tag, peer_tag), known)),
            handles=frozenset(
                str(routing_handle(secret, subject, epoch))
                for subject, epoch in product(tools.trade.subjects, range(3))
            ),
            lockers=frozenset(lockers),
            texts={one.thread: one.key_id for one in own},
            photos=frozenset(_photos(stores, {one.key_id for one in own})),
            pens=frozenset(claims_of(stores, secret)),
            taps=frozenset(mark_label(secret, *about) for about in product(TAPS, known | posts)),
            readings=frozenset(_readings(stores, secret)),
            surveys=frozenset(survey.labels(secret)),
            votes=frozenset(label_of(secret, *about) for about in set(_objects(stores))),
            ballots=frozenset(str(retract(secret, PURPOSE, one)) for one in posts),
        )


def traces(tools: Toolbox, marks: Marks, *, texts_kept: bool) -> set[str]:
    """The names of what is still there; empty when nothing is. Words somebody chose to leave are no trace."""
    with tools.database.reading() as stores:
        found = {*_identity(stores, tools, marks), *_labels(stores, marks), *_evidence(stores, tools, marks)}
        found |= {*_waiting(stores, tools, marks), *_offers(stores, tools, marks)}
        return found if texts_kept else {*found, *_texts(stores, marks)}


def _identity(stores: Stores, tools: Toolbox, marks: Marks) -> Iterator[str]:
    if stores.identity.get(Member, marks.member_id) is not None:
        yield "member"
    if stores.identity.scalar(select(Member).where(Member.mail_index == tools.vault.index("mail", marks.mail))):
        yield "address"
    for row in stores.identity.scalars(select(Verification)):
        if tools.vault.open(row.sealed_mail, table="verifications", column="sealed_mail", row=row.id) == marks.mail:
            yield "verification"
    for table in (Wrap, SignInSession):
        if stores.identity.scalar(select(table).where(table.member_id == marks.member_id)) is not None:
            yield table.__tablename__
    if stores.keys.get(DataKey, marks.key_id) is not None:
        yield "data key"


def _offers(stores: Stores, tools: Toolbox, marks: Marks) -> Iterator[str]:
    rows = stores.content.execute(select(Offer.id, Offer.sealed)).all()
    if {inbox for _, inbox, _ in inboxes_of(tools.vault, ((row[0], row[1]) for row in rows))} & marks.handles:
        yield "offer"


def _labels(stores: Stores, marks: Marks) -> Iterator[str]:
    columns = {
        "escrow": (Escrow.tag, marks.tags),
        "contact": (Contact.label, marks.tags | marks.handles),
        "expert": (Expert.handle, marks.handles),
        "locker": (Locker.label, marks.lockers),
        "endorsement": (Endorsement.label, marks.ballots),
        "mark": (Mark.label, marks.taps),
        "reading": (Reading.label, marks.readings),
        "survey": (SurveyAnswer.label, marks.surveys),
        "ballot": (Ballot.label, marks.votes),
        "nomination": (Praise.label, marks.votes),
        "candidacy": (Candidacy.label, marks.votes),
        "seat": (Seat.label, marks.votes),
        "story": (Story.label, marks.votes),
    }
    for name, (column, wanted) in columns.items():
        if set(stores.content.scalars(select(column))) & wanted:
            yield name


def _evidence(stores: Stores, tools: Toolbox, marks: Marks) -> Iterator[str]:
    for row in stores.content.scalars(select(IndexedThread)):
        known = vectors.evidence_of(tools.vault, row)
        if {
            *known.asked,
            *(one.handle for one in known.answers),
            *(one.handle for one in known.passes),
        } & marks.handles:
            yield "evidence"


def _waiting(stores: Stores, tools: Toolbox, marks: Marks) -> Iterator[str]:
    marked = (
        marks.tags
        | marks.handles
        | marks.lockers
        | marks.ballots
        | marks.taps
        | marks.votes
        | {marks.member_id, *marks.texts.values()}
    )
    for table in (Pending, Job):
        for row in stores.content.scalars(select(table)):
            opened = tools.vault.open(row.sealed, table=table.__tablename__, column="sealed", row=row.id)
            if any(mark in json.dumps(opened) for mark in marked):
                yield f"{table.__tablename__} ({row.kind})" if isinstance(row, Job) else table.__tablename__


def _texts(stores: Stores, marks: Marks) -> Iterator[str]:
    if set(stores.keys.scalars(select(DataKey.id))) & set(marks.texts.values()):
        yield "key of a text"
    for table, column in ((Thread, Thread.owner_tag), (Post, Post.author_tag), (Writing, Writing.author_tag)):
        for row in stores.content.scalars(select(table).where(column.in_(marks.tags))):
            if row.sealed_text:
                yield f"text in {table.__tablename__}"
            indexed = stores.content.get(IndexedThread, row.id)
            if indexed is not None and (indexed.sealed_vector or indexed.sealed_counts):
                yield "vector"
    if set(stores.content.scalars(select(Photo.id))) & marks.photos:
        yield "photo"
    if set(stores.content.scalars(select(PenName.label))) & marks.pens:
        yield "pen"


def _readings(stores: Stores, secret: MemberSecret) -> Iterator[str]:
    draft = find_draft(stores, secret)
    yield from [draft_label(secret, draft.origin)] if draft else []


def _objects(stores: Stores) -> Iterator[tuple[str, str]]:
    yield from ((one.purpose, one.object) for one in stores.content.execute(select(Ballot.purpose, Ballot.object)))


def _photos(stores: Stores, keys: set[str]) -> Iterator[str]:
    yield from stores.content.scalars(select(Photo.id).where(Photo.key_id.in_(keys)))
