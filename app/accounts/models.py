"""Tables of the identity file."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import UNORDERED, IdentityBase


class Organisation(IdentityBase):
    """An organisation; staff verify these, never persons."""

    __tablename__ = "organisations"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    circle: Mapped[str] = mapped_column(String(32))
    verified: Mapped[bool]
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # name, aliases, sites


class MailDomain(IdentityBase):
    """A mail domain that belongs to an organisation, by blind index."""

    __tablename__ = "mail_domains"
    __table_args__ = UNORDERED

    domain_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))


class Introduction(IdentityBase):
    """An invitation that a member handed out and nobody has used yet. Neither row nor column says who did."""

    __tablename__ = "introductions"
    __table_args__ = UNORDERED

    code_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    until_month: Mapped[int]  # year * 12 + month


class Member(IdentityBase):
    """A person. All that is said of them is sealed; the columns are what the gate needs before it can unseal."""

    __tablename__ = "members"
    __table_args__ = (Index("ix_members_state", "state"), UNORDERED)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(32), unique=True)
    mail_index: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(16))  # active | waiting | paused | reading | leaving
    active_quarter: Mapped[int]  # year * 4 + quarter: no finer trace of when someone was here; of this one see Arrival
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # mail, organisation, roles, attributes, subjects, profile


class Arrival(IdentityBase):
    """That a member was here in a quarter, until it is over: then it goes into their row with everybody else's."""

    __tablename__ = "arrivals"
    __table_args__ = UNORDERED

    quarter: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)


class Wrap(IdentityBase):
    """One way to open the member secret: password or recovery code. Those of passkeys stand with their passkey."""

    __tablename__ = "wraps"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))  # of one that rests after a fresh start: kept-password, kept-recovery
    data: Mapped[bytes] = mapped_column(LargeBinary)


class RenewedWrap(IdentityBase):
    """A password's wrap at today's cost, in force at once; it goes into its row when the quarter is over."""

    __tablename__ = "renewed_wraps"
    __table_args__ = UNORDERED

    wrap_id: Mapped[str] = mapped_column(ForeignKey("wraps.id", ondelete="CASCADE"), primary_key=True)
    quarter: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class SignInSession(IdentityBase):
    """A signed-in browser. The member secret in it opens only with the key in that browser's cookie."""

    __tablename__ = "sessions"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # hash of the token
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    expires_day: Mapped[int]  # when the row is swept, four weeks apart; the limits travel sealed in the cookie
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_label: Mapped[bytes] = mapped_column(LargeBinary)  # what the device calls itself, under the member secret


class ApiToken(IdentityBase):
    """A token for the API. The member secret, what it may do and its last day open only with the token itself."""

    __tablename__ = "api_tokens"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # hash of the token
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    expires_day: Mapped[int]  # when the row is swept, four weeks apart, as of sessions
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # under the token: secret, scopes, last day
    sealed_label: Mapped[bytes] = mapped_column(LargeBinary)  # the member's own words for it, under the member secret


class Verification(IdentityBase):
    """A mailed code on its way: hashed, short-lived, used once."""

    __tablename__ = "verifications"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # hash of the ticket in the browser
    code_hash: Mapped[str] = mapped_column(String(64))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)  # where there is no link, of the address instead
    expires: Mapped[int]
    attempts_left: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))  # sent | proven
    sealed_mail: Mapped[bytes] = mapped_column(LargeBinary)


class Passkey(IdentityBase):
    """A passkey. No column leads to its member, and two of one member look like those of two: see the service."""

    __tablename__ = "passkeys"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # a slot, made from the member's data key
    credential_index: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_member: Mapped[bytes] = mapped_column(LargeBinary)  # whose it is: asked before their data key is there
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # public key, count, label, day, wrap: under their data key


class PasskeyCount(IdentityBase):
    """How often a passkey that counts was used by its last answer: apart from it, for copies leave these out."""

    __tablename__ = "passkey_counts"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(ForeignKey("passkeys.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # under their member's data key


class SpentChallenge(IdentityBase):
    """A challenge that a passkey has answered: no answer counts twice."""

    __tablename__ = "spent_challenges"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # hash of the challenge
    day: Mapped[int]  # swept when it is over


class Departed(IdentityBase):
    """That an address left in this quarter, by blind index: see app.accounts.departed."""

    __tablename__ = "departed"
    __table_args__ = UNORDERED

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # blind index of the address
    quarter: Mapped[int]  # swept when it is over
