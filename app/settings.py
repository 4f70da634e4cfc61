"""One frozen object, read once. Nothing else reads the environment."""

import sys
from pathlib import Path
from typing import Final, Literal, NoReturn

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from matching.encoder import check_spec

LISTED: Final = r"^[0-9]{1,3}(,[0-9]{1,3})*$"
HOSTS: Final = r"^([a-z0-9.-]{1,253}(,[a-z0-9.-]{1,253})*)?$"


class Settings(BaseSettings):
    """Every setting of the service; the variable is SHIOME_ and the name in capitals."""

    model_config = SettingsConfigDict(env_prefix="SHIOME_", frozen=True, extra="forbid")

    data_dir: Path = Field(Path("var"), description="folder of the three database files")
    keys_dir: Path | None = Field(None, description="folder of the key files, mode 0400; default: DATA_DIR/keyfiles")
    reporter_dir: Path | None = Field(None, description="folder of the reporter's keys, mode 0400; default: KEYS_DIR")
    domain_file: str = Field("aquaculture", description="a bundled domain file's name, or a path to one")
    demo: bool = Field(False, description="the fictional network; says so on every page")
    demo_password: str = Field(
        "umi-no-ue-no-mado", description="what the demo's one-tap buttons submit; counts when the network is filled"
    )
    base_url: str = Field(
        "http://127.0.0.1:8000", description="the address in mails; passkeys are bound to its host name"
    )
    contact: str = Field("postmaster@localhost", description="the operator's mail address, shown on the contact page")

    mail: Literal["smtp", "outbox"] = Field("smtp", description="smtp, or a local outbox folder with a page")
    mail_from: str = Field("shiome@localhost", description="sender of every mail")
    smtp_host: str = Field("127.0.0.1", description="SMTP relay")
    smtp_port: int = Field(25, ge=1, le=65535, description="SMTP port")
    smtp_user: str = Field("", description="SMTP user; empty = no sign-in")
    smtp_password: str = Field("", description="SMTP password")
    smtp_tls: Literal["none", "starttls", "tls"] = Field("none", description="how the relay is spoken to")

    webhook_hosts: str = Field(
        "", pattern=HOSTS, description="hosts that members' webhooks may lead to although they are not public"
    )

    mail_a_day: int = Field(1, ge=1, description="letters about questions that came, an address and day")
    mail_a_week: int = Field(5, ge=1, description="the same in seven days")
    mail_wakes: int = Field(7, ge=0, le=23, description="hour of the day in Japan from which notices go out")
    mail_sleeps: int = Field(21, ge=1, le=24, description="hour from which they wait for the morning")
    mail_silence: int = Field(10, ge=1, description="letters without a visit, after which there is one a week")

    encoder: str = Field("bundled", description="bundled, hash, or sentence-transformers:NAME_OR_FOLDER")
    encoder_device: str = Field("", description="where another model runs: cpu, cuda, cuda:1; empty = a GPU if any")
    encoder_query_prompt: str | None = Field(None, description="put before texts that ask; default: the model's own")
    encoder_passage_prompt: str | None = Field(None, description="put before texts that are found; likewise")
    encoder_batch: int = Field(32, ge=1, le=4096, description="texts another model takes at once")

    window_seconds: int = Field(3600, ge=1, le=3600, description="length of a publication window")
    first_wave: int = Field(3, ge=1, le=10, description="experts asked in the first wave")
    second_wave: int = Field(3, ge=1, le=10, description="in the second")
    third_wave: int = Field(5, ge=1, le=20, description="in the third, and in each one more")
    second_wave_hours: int = Field(8, ge=1, le=168, description="without an answer, the second wave goes out then")
    third_wave_hours: int = Field(24, ge=1, le=168, description="and the third")
    domain_hours: int = Field(48, ge=1, le=168, description="then it waits in the lists of everybody who may read it")
    coordinator_hours: int = Field(72, ge=1, le=168, description="then on the page of the coordinators")
    honest_end_days: int = Field(7, ge=1, le=90, description="the honest end")
    urgent_divisor: int = Field(4, ge=1, le=24, description="what an urgent question's times are divided by")

    capacities: str = Field("0,1,3,5", pattern=LISTED, description="new questions a week an expert may choose from")
    rest_after: int = Field(3, ge=2, le=20, description="offers without a look after which an expert rests")
    max_open_offers: int = Field(5, ge=1, le=50, description="open offers one expert may hold")
    claim_hours: int = Field(24, ge=1, le=168, description="how long a claim holds")
    claim_extensions: int = Field(2, ge=0, le=10, description="how often it may be extended")
    reminder_days: str = Field("3,7,30", pattern=LISTED, description="after the first answer the asker is asked")

    max_open_questions: int = Field(3, ge=1, description="open questions a member")
    max_daily_questions: int = Field(2, ge=1, description="new questions a member and day")
    max_weekly_questions: int = Field(10, ge=1, description="new questions a member and week")

    crowd_members: int = Field(8, ge=5, description="k: members in a cell")
    crowd_organisations: int = Field(4, ge=3, description="m: organisations in a cell")
    crowd_share: float = Field(1 / 3, gt=0, le=0.5, description="alpha: the largest organisation's share of a cell")

    idle_minutes: int = Field(30, ge=5, description="a session without use ends")
    session_hours: int = Field(12, ge=1, description="a session ends at the latest")
    own_phone_days: int = Field(14, ge=1, le=90, description="the same on a member's own phone")
    reading_days: int = Field(7, ge=1, le=60, description="after a fresh start somebody only reads for so many days")
    code_minutes: int = Field(10, ge=1, le=60, description="a mailed code is valid")
    argon2_memory_kib: int = Field(65536, ge=64, le=1048576, description="Argon2id memory for passwords")
    argon2_iterations: int = Field(3, ge=1, le=20, description="Argon2id passes")
    rate_per_minute: int = Field(240, ge=1, description="requests an address may make a minute")
    texts_per_day: int = Field(300, ge=10, description="threads an account may open a day")
    idea_votes: int = Field(10, ge=5, description="votes on an idea that oblige the company to answer")
    idea_organisations: int = Field(
        3, ge=3, description="from so many organisations; both stand with a year's vote key"
    )
    idea_days: int = Field(30, ge=1, le=366, description="days the company then has")
    max_weekly_ideas: int = Field(3, ge=1, description="ideas a member and week")
    survey_month: int = Field(11, ge=1, le=12, description="the month in which members are asked the yearly survey")
    recognition_months: str = Field(
        "4,1,2,3", pattern=LISTED, description="months in which nominating, standing, reading and announcing begin"
    )
    heads_file: Path | None = Field(
        None, description="where each day's log heads are appended too: best on another machine, mounted here"
    )
    forwarded_hops: int = Field(0, ge=0, description="trusted proxies in front of the web process")

    @field_validator("encoder")
    @classmethod
    def _encoder_is_known(cls, spec: str) -> str:
        return check_spec(spec)

    @field_validator("capacities", "reminder_days")
    @classmethod
    def _rises(cls, listed: str) -> str:
        if list(numbers(listed)) != sorted(set(numbers(listed))):
            raise ValueError("each number once, the smallest first")
        return listed

    @field_validator("recognition_months")
    @classmethod
    def _goes_round_once(cls, listed: str) -> str:
        months = numbers(listed)
        later = [(month - months[0]) % 12 for month in months]
        if len(months) != 4 or not all(1 <= month <= 12 for month in months) or later != sorted(set(later)):
            raise ValueError("four months, each after the one before, and less than a year from the first to the last")
        return listed

    @model_validator(mode="after")
    def _stages_follow_each_other(self) -> "Settings":
        hours = (self.second_wave_hours, self.third_wave_hours, self.domain_hours, self.coordinator_hours)
        if [*hours, 24 * self.honest_end_days] != sorted({*hours, 24 * self.honest_end_days}):
            raise ValueError("second wave, third wave, domain, coordinators and honest end come one after the other")
        return self

    @model_validator(mode="after")
    def _outbox_is_for_the_demo(self) -> "Settings":
        if self.mail == "outbox" and not self.demo:
            raise ValueError("SHIOME_MAIL=outbox shows every mail on a page; it is for SHIOME_DEMO=1 only")
        return self

    @property
    def key_folder(self) -> Path:
        """Where the key files are."""
        return self.keys_dir or self.data_dir / "keyfiles"

    @property
    def reporter_folder(self) -> Path:
        """Where the reporter's key files are: best on a machine, or at least under a user, of its own."""
        return self.reporter_dir or self.key_folder


def numbers(listed: str) -> tuple[int, ...]:
    """The numbers of a list with commas."""
    return tuple(int(one) for one in listed.split(","))


def hosts(listed: str) -> frozenset[str]:
    """The host names of a list with commas."""
    return frozenset(filter(None, listed.split(",")))


def read_settings() -> Settings:
    """The settings of this process; ends it with the variable's name when one is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        _refuse(error)


def _refuse(error: ValidationError) -> NoReturn:
    for problem in error.errors(include_input=False, include_url=False):
        name = "SHIOME_" + "_".join(str(part) for part in problem["loc"]).upper() if problem["loc"] else "settings"
        print(f"{name}: {problem['msg'].removeprefix('Value error, ')}", file=sys.stderr)
    sys.exit(2)
