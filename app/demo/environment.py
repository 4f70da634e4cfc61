"""The demo's own settings, put where every process of it reads them. What the operator set stands."""

import os


def prepare(*, port: int) -> None:
    """Set the demo's defaults in this process's environment; its children inherit them."""
    defaults = {
        "SHIOME_DATA_DIR": "var/demo",
        "SHIOME_MAIL": "outbox",
        # a question to the whole domain waits for every fourth window: 20 seconds at most
        "SHIOME_WINDOW_SECONDS": "5",
        # whoever tries it out sees every letter at once, at night too
        "SHIOME_MAIL_A_DAY": "50",
        "SHIOME_MAIL_A_WEEK": "50",
        "SHIOME_MAIL_WAKES": "0",
        "SHIOME_MAIL_SLEEPS": "24",
        "SHIOME_MAIL_SILENCE": "1000",
        "SHIOME_BASE_URL": f"http://127.0.0.1:{port}",
        "GUNICORN_CMD_ARGS": "--log-level warning",
    }
    os.environ["SHIOME_DEMO"] = "1"
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
