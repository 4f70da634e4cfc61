"""The seeds attackers draw their networks from: fixed ones, and the night's own, so that no rule is fitted to five draws.

`.ci/nightly` sets ATTACK_SEED from the date. Whatever fails names its seed, in the test's id or in its message;
`ATTACK_SEED=N` with the same test draws the same network again.
"""

import os

FIXED = (1, 2, 3, 4, 5)
NIGHT = tuple(int(seed) for seed in os.environ.get("ATTACK_SEED", "").split())


def seeds(fixed: int = len(FIXED)) -> list[int]:
    """The first so many fixed seeds, fewer where one draw takes long, and the night's."""
    return [*FIXED[:fixed], *NIGHT]


SEEDS = seeds()
