"""A sign-up on its way, as plain values."""

from dataclasses import dataclass, field, replace

from app.accounts.service import Credentials
from privacy.pseudonyms import MemberSecret
from privacy.wraps import Wrap


@dataclass(frozen=True, slots=True)
class Draft:
    """A sign-up on its way. The credentials come last, and the password only as its wrap."""

    ticket: str = field(repr=False)
    organisation_id: str = ""
    organisation_name: str = field(default="", repr=False)
    introduction: str = field(default="", repr=False)  # the code of an invitation by a member
    attributes: dict[str, str] = field(default_factory=dict, repr=False)
    subjects: list[str] = field(default_factory=list, repr=False)
    member_id: str = ""
    secret: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)

    @property
    def has_organisation(self) -> bool:
        """The third step is done."""
        return bool(self.organisation_id or self.organisation_name)

    def with_credentials(self, made: Credentials) -> "Draft":
        """The same, with what will open the member's secret."""
        return replace(
            self,
            member_id=made.member_id,
            secret=made.secret.hex(),
            password=made.password.to_json() if made.password else "",
            recovery_code=made.recovery_code or "",
        )

    @property
    def credentials(self) -> Credentials:
        """What `with_credentials` put in."""
        secret = MemberSecret(bytes.fromhex(self.secret))
        return Credentials(self.member_id, secret, Wrap.from_json(self.password), self.recovery_code)
