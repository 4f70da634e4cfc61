"""The sealed half of a member row: who a person is, under a data key of their own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from app.accounts.models import Member
from app.mail.mailbox import Mailbox
from privacy.keys import Key
from privacy.vault import Place, open_json, seal_json

PAD: Final = 1024  # bytes: a member of three species and a member of one look alike


@dataclass(frozen=True, slots=True)
class Identity:
    """All that is said of a person. `profile` counts in `profile_quarter` only."""

    mail: str
    organisation_id: str
    roles: tuple[str, ...]
    attributes: Mapping[str, str]
    subjects: tuple[str, ...]
    profile: Mapping[str, int] = field(default_factory=dict)
    profile_quarter: int = 0
    reset_day: int = (
        0  # the ordinal of the day of the last fresh start, or of coming back in a quarter; 0: there was none
    )
    reading_until: int = 0  # the ordinal of the day on which writing begins again
    state_before: str = ""  # for when the fresh start is undone: the member's state before it,
    reset_before: int = 0  # and the day of the one before it
    opened: tuple[str, ...] = ()  # "day reason" of each break-glass the member has not read of yet
    role_terms: Mapping[str, int] = field(default_factory=dict)  # role -> the ordinal of its last day; none: no end
    role_news: tuple[str, ...] = ()  # "asked coordinator", "given analyst", "taken …": what they have not read of yet
    digest: str = ""  # the language of the letters at fixed hours; empty: none
    paused: str = ""  # while the member rests: the name of the order that their address rests
    leaving: Mapping[str, str] = field(default_factory=dict)  # what is needed to finish a leaving; gone with the row
    hook: str = ""  # the address of the machine that is told instead of it; its secret the post office alone keeps
    hook_turn: int = 0  # the number of the last word about that: see app.accounts.webhook
    mailbox: str = ""  # the name of the mailbox, another one with each address; of older members there is none

    @property
    def at(self) -> Mailbox:
        """Where the post office writes to them."""
        return Mailbox(self.mail, self.mailbox)

    def ended(self, today: int) -> tuple[str, ...]:
        """Roles whose term was over before this day: they give nothing, until their holder goes on or steps back."""
        return tuple(role for role in self.roles if self.role_terms.get(role, today) < today)

    def profile_in(self, quarter: int) -> Mapping[str, int]:
        """The disclosure profile chosen for this quarter; empty when none was."""
        return self.profile if self.profile_quarter == quarter else {}


def state_of(member: Member, identity: Identity) -> str:
    """Where a member stands; that somebody pauses is no clear column, or it would tell when what else rests."""
    return "paused" if member.state == "active" and identity.paused else member.state


def seal_identity(key: Key, identity: Identity, member_id: str) -> bytes:
    """Seal for this member's row."""
    return seal_json(key, asdict(identity), _place(member_id), pad_to=PAD)


def open_identity(key: Key, member: Member) -> Identity:
    """Open a row. Raises PrivacyError when it is another member's or was changed."""
    found = open_json(key, member.sealed, _place(member.id))
    lists = {name: tuple(found.get(name, ())) for name in ("roles", "subjects", "opened", "role_news")}
    return Identity(**{**found, **lists})


def _place(member_id: str) -> Place:
    return Place("members", "sealed", member_id)
