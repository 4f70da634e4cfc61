"""Settings -> Toolbox: the one place that builds the parts."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import current_app

from app.clock import Clock, SystemClock
from app.db import Database
from app.domains.trade import Trade, load_trade
from app.keyfiles import KeyFolder
from app.queues.roster import Roster
from app.redacting.names import SudachiNames
from app.sealing import Vault
from app.settings import Settings
from app.vectors.asked import AskedVectors
from app.vectors.cache import Memory
from matching.encoder import Encoder, EncoderError, ModelOptions, make_encoder
from privacy.times import window_of


class EncoderUnusable(Exception):
    """The encoder that the setting names cannot be had. Says why, in a sentence."""


@dataclass
class Toolbox:
    """Every part a process may need; the dear ones are made when first asked for."""

    settings: Settings
    database: Database
    vault: Vault
    trade: Trade
    clock: Clock
    trade_stamp: object = None  # of the version that `trade` is: see app.domains.current

    @cached_property
    def encoder(self) -> Encoder:
        """The embedding model: some are long to load, so only for who needs it. Raises EncoderUnusable."""
        settings = self.settings
        prompts = (settings.encoder_query_prompt, settings.encoder_passage_prompt)
        try:
            options = ModelOptions(settings.encoder_device or None, *prompts, settings.encoder_batch)
            return make_encoder(settings.encoder, options)
        except EncoderError as error:
            raise EncoderUnusable(f"SHIOME_ENCODER={settings.encoder}: {error}") from None

    @cached_property
    def names(self) -> SudachiNames:
        """The analyser of Japanese names; its dictionary is loaded at first use."""
        return SudachiNames()

    @cached_property
    def memory(self) -> Memory:
        """This process's copy of what matching remembers."""
        days = self.settings.window_seconds / 86400
        return Memory(self.vault, self.encoder.dimension, self.encoder.name, window_days=days)

    @cached_property
    def roster(self) -> Roster:
        """This process's copy of the expert profiles."""
        return Roster(self.vault)

    @cached_property
    def asked(self) -> AskedVectors:
        """Vectors of what was typed a moment ago."""
        return AskedVectors(self.encoder)

    @property
    def post_office_public(self) -> bytes:
        """Closes boxes for the mail process; read anew each time, since its key may be a new one."""
        return KeyFolder(self.settings.key_folder).post_office_public()

    @property
    def badge_seeds(self) -> list[bytes]:
        """What badges are signed with, newest first; read anew each time, since there may be a new one."""
        return KeyFolder(self.settings.key_folder).badge_seeds()

    @property
    def window(self) -> int:
        """The number of the window we are in."""
        return window_of(self.clock.now(), self.settings.window_seconds)


def build(settings: Settings, *, clock: Clock | None = None) -> Toolbox:
    """The parts of this process."""
    Path(settings.data_dir).mkdir(parents=True, exist_ok=True)
    keys = KeyFolder(settings.key_folder)
    return Toolbox(
        settings=settings,
        database=Database(settings.data_dir),
        vault=Vault(keys.roots(), keys),
        trade=load_trade(settings.domain_file),
        clock=clock or SystemClock(),
    )


def toolbox() -> Toolbox:
    """The toolbox of the running app: for routes, never for services."""
    tools: Toolbox = current_app.extensions["toolbox"]
    return tools
