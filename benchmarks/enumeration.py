"""Does time tell who has an account? Sign-in, sign-up, recovery and beginning afresh, known against unknown addresses,
and a mutant without the password stretch for unknown ones; and signing in by passkey, known against unknown ones, each
with a wrong signature, and a mutant that checks none for unknown ones. Prints the AUC of the best threshold: 0.5 is not at all. Ends with 1 when
an honest page tells more than 0.55, or when the mutant is not caught. At 150 rounds chance alone moves an AUC by 0.03, so
a page above 0.55 is measured once more with four times the rounds, and that counts; with fewer rounds it only prints.

    python -m benchmarks.enumeration [--rounds N]
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from flask.testing import FlaskClient

from app.accounts import passkey_rows, service
from app.accounts.ceremony import Answer
from app.accounts.rules import WrongSignIn
from app.db import Stores
from app.sealing import Vault
from app.web import limits
from privacy.attacks.enumeration import ENOUGH, Tell, tell
from privacy.errors import WrongSecret
from privacy.recovery import new_recovery_code
from tests.app.accounts.authenticator import Device, Resident, ask, registered
from tests.cast import Cast, csrf_of, make_cast, signed_in
from tests.conftest import make_app, make_tools

MEMORY_KIB = 64 * 1024
PATHS = ("/sign-in", "/sign-up", "/recover", "/start-afresh")
PASSKEYS = "/sign-in/passkey"
FIND = passkey_rows.find


# wrong, and well formed: what is mistyped is refused before anybody is looked for
SECRETS = {"password": "nothing like it", "code": new_recovery_code()}


def measure(client: FlaskClient, cast: Cast, path: str, rounds: int, rng: random.Random) -> Tell:
    """What posting `path` tells for known and unknown addresses in random order."""
    token = csrf_of(client, path)
    spent: dict[str, list[float]] = {"known": [], "unknown": []}
    known = [person.mail for person in cast.people.values()]
    for turn in range(rounds):
        for kind in rng.sample(["known", "unknown"], 2):
            mail = rng.choice(known) if kind == "known" else f"nobody{turn}{rng.random()}@mail.example"
            start = time.perf_counter()
            answer = client.post(path, data={"csrf_token": token, "mail": mail, **SECRETS})
            spent[kind].append(time.perf_counter() - start)
            if answer.status_code not in {303, 422}:
                raise SystemExit(f"{path}: {answer.status_code}")
    return tell(spent["known"], spent["unknown"])


def measure_passkeys(client: FlaskClient, cast: Cast, path: str, rounds: int, rng: random.Random) -> Tell:
    """What posting a passkey's answer tells of whether there is such a passkey; only its signature is wrong."""
    spent: dict[str, list[float]] = {"known": [], "unknown": []}
    known = [registered(signed_in(client.application, person), person).keys[0] for person in cast.people.values()]
    token = csrf_of(client, "/sign-in")
    for _ in range(rounds):
        for kind in rng.sample(["known", "unknown"], 2):
            there = rng.choice(known)
            forged = Resident(there.handle, "", id=there.id) if kind == "known" else Resident(rng.randbytes(16), "")
            answer = Device().use(ask(client), forged)
            start = time.perf_counter()
            status = client.post(path, data={"csrf_token": token, **answer}).status_code
            spent[kind].append(time.perf_counter() - start)
            if status != 422:
                raise SystemExit(f"{path}: {status}")
    return tell(spent["known"], spent["unknown"])


def measure_surely(client: FlaskClient, cast: Cast, path: str, rounds: int, rng: random.Random) -> Tell:
    """The same; what looks guilty is looked at for longer."""
    look = measure_passkeys if path == PASSKEYS else measure
    found = look(client, cast, path, rounds, rng)
    return look(client, cast, path, 4 * rounds, rng) if not found.holds and rounds >= ENOUGH else found


def without_stretch(password: str, **_: object) -> None:
    """The mutant: an unknown address costs nothing."""
    raise WrongSecret("password")


def without_another(stores: Stores, vault: Vault, answer: Answer) -> object:
    """The mutant: nothing is opened and no signature checked for a passkey that is not there."""
    found = FIND(stores, vault, answer)
    if found is None:
        raise WrongSignIn
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ENOUGH)
    rounds = parser.parse_args().rounds
    rng = random.Random(4)
    limits.LETTERS_PER_DAY = 10**6  # type: ignore[misc]  # so that no known address, asked for often, has had its day
    with tempfile.TemporaryDirectory() as folder:
        tools = make_tools(Path(folder), argon2_memory_kib=MEMORY_KIB, argon2_iterations=3, rate_per_minute=10**6)
        cast, client = make_cast(tools), make_app(tools).test_client()
        rows = [(path, measure_surely(client, cast, path, rounds, rng)) for path in (*PATHS, PASSKEYS)]
        with patch.object(service, "dummy_unwrap", without_stretch):
            rows.append(("/sign-in, mutant", measure(client, cast, "/sign-in", rounds, rng)))
        with patch.object(passkey_rows, "find", without_another):
            rows.append((f"{PASSKEYS}, mutant", measure_passkeys(client, cast, PASSKEYS, rounds, rng)))
    for name, found in rows:
        print(f"{name:24} AUC {found.auc:.3f} ({found.low:.3f}-{found.high:.3f})   known/unknown {found.ratio:.3f}")
    told = [name for name, found in rows if found.holds == name.endswith("mutant")]
    if told and rounds >= ENOUGH:
        sys.exit(f"not as it should be: {', '.join(told)}")


if __name__ == "__main__":
    main()
