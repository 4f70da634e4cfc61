"""Does time tell who has an account? Sign-in and sign-up, known against unknown addresses, and a mutant without the
password stretch for unknown ones. Prints the AUC of the best threshold: 0.5 is not at all, privacy.md allows 0.55.

    python -m benchmarks.enumeration [--rounds N]
"""

import argparse
import random
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from app.accounts import service
from privacy.errors import WrongSecret
from tests.cast import Cast, csrf_of, make_cast
from tests.conftest import make_app, make_tools

MEMORY_KIB = 64 * 1024


def auc(one: list[float], two: list[float]) -> float:
    """How well one threshold tells two samples of seconds apart, whichever is the slower."""
    higher = sum((a > b) + 0.5 * (a == b) for a in one for b in two) / (len(one) * len(two))
    return max(higher, 1 - higher)


def measure(client: FlaskClient, cast: Cast, path: str, rounds: int, rng: random.Random) -> tuple[float, float]:
    """(AUC, ratio of means) of posting `path` for known and unknown addresses in random order."""
    token = csrf_of(client, path)
    spent: dict[str, list[float]] = {"known": [], "unknown": []}
    known = [person.mail for person in cast.people.values()]
    for turn in range(rounds):
        for kind in rng.sample(["known", "unknown"], 2):
            mail = rng.choice(known) if kind == "known" else f"nobody{turn}{rng.random()}@mail.example"
            start = time.perf_counter()
            client.post(path, data={"csrf_token": token, "mail": mail, "password": "nothing like it"})
            spent[kind].append(time.perf_counter() - start)
    means = {kind: sum(values) / len(values) for kind, values in spent.items()}
    return auc(spent["known"], spent["unknown"]), means["known"] / means["unknown"]


def without_stretch(password: str, **_: object) -> None:
    """The mutant: an unknown address costs nothing."""
    raise WrongSecret("password")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=150)
    rounds = parser.parse_args().rounds
    rng = random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        tools = make_tools(Path(folder), argon2_memory_kib=MEMORY_KIB, argon2_iterations=3, rate_per_minute=10**6)
        cast, client = make_cast(tools), make_app(tools).test_client()
        rows = [(path, *measure(client, cast, path, rounds, rng)) for path in ("/sign-in", "/sign-up")]
        kept, service.dummy_unwrap = service.dummy_unwrap, without_stretch  # type: ignore[assignment]
        rows.append(("/sign-in, mutant", *measure(client, cast, "/sign-in", rounds, rng)))
        service.dummy_unwrap = kept
    for name, area, ratio in rows:
        print(f"{name:18} AUC {area:.3f}   known/unknown {ratio:.3f}")


if __name__ == "__main__":
    main()
