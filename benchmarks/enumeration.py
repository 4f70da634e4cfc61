"""Does time tell who has an account? Sign-in, sign-up, recovery and beginning afresh, known against unknown addresses,
and a mutant without the password stretch for unknown ones. Prints the AUC of the best threshold: 0.5 is not at all. Ends with 1 when
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

from flask.testing import FlaskClient

from app.accounts import service
from app.web import limits
from privacy.attacks.enumeration import ENOUGH, Tell, tell
from privacy.errors import WrongSecret
from privacy.recovery import new_recovery_code
from tests.cast import Cast, csrf_of, make_cast
from tests.conftest import make_app, make_tools

MEMORY_KIB = 64 * 1024
PATHS = ("/sign-in", "/sign-up", "/recover", "/start-afresh")


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


def measure_surely(client: FlaskClient, cast: Cast, path: str, rounds: int, rng: random.Random) -> Tell:
    """The same; what looks guilty is looked at for longer."""
    found = measure(client, cast, path, rounds, rng)
    return measure(client, cast, path, 4 * rounds, rng) if not found.holds and rounds >= ENOUGH else found


def without_stretch(password: str, **_: object) -> None:
    """The mutant: an unknown address costs nothing."""
    raise WrongSecret("password")


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
        rows = [(path, measure_surely(client, cast, path, rounds, rng)) for path in PATHS]
        kept, service.dummy_unwrap = service.dummy_unwrap, without_stretch  # type: ignore[assignment]
        rows.append(("/sign-in, mutant", measure(client, cast, "/sign-in", rounds, rng)))
        service.dummy_unwrap = kept
    for name, found in rows:
        print(f"{name:18} AUC {found.auc:.3f} ({found.low:.3f}-{found.high:.3f})   known/unknown {found.ratio:.3f}")
    told = [name for name, found in rows if found.holds == name.endswith("mutant")]
    if told and rounds >= ENOUGH:
        sys.exit(f"not as it should be: {', '.join(told)}")


if __name__ == "__main__":
    main()
