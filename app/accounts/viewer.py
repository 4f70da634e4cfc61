"""Who is looking: made from a session for one request, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from privacy.pseudonyms import MemberSecret


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person. `secret` exists only in their own requests, which is why authorship needs no list."""

    member_id: str
    secret: MemberSecret = field(repr=False)
    state: str  # active | waiting | paused | reading
    roles: frozenset[str]  # of member, coordinator, analyst, operator, auditor, waiting
    circle: str
    organisation_id: str
    subjects: tuple[str, ...]  # subject keys this person works with
    attributes: Mapping[str, str]  # attribute key -> finest value key
    profile: Mapping[str, int]  # this quarter's disclosure: attribute key (and "subject") -> finest level allowed
    session_id: str
    opened: tuple[str, ...] = ()  # "day reason" of each break-glass they have not read of yet
    role_news: tuple[str, ...] = ()  # what they have not read of yet about roles they were asked for or given
    reading_until: date | None = None  # after a fresh start: the day on which writing begins again
    afresh: date | None = None  # the day of the last fresh start, or of coming back: the secret of before led to more
    scopes: frozenset[str] = frozenset()  # what their API token may do: a browser has none
    former_circles: frozenset[str] = frozenset()  # circles the organisation was in before; old posts still name them

    # flask-login asks these of a user

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def own_circles(self) -> frozenset[str]:
        """Every circle that stands for the viewer's organisation: what "not my own" is compared with."""
        return self.former_circles | {self.circle}

    def get_id(self) -> str:
        """flask-login's name for the user; never leaves the process."""
        return self.session_id
