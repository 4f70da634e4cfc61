"""HTML and style sheets in, PDF out. Run as a file by `app.insights.paper`, in a process that ends with it: WeasyPrint
keeps what it has loaded, and the web process has no use for it.

Nothing is fetched: all that a report is made of is handed in, fonts are the machine's, and any address is refused.
"""

import json
import sys
from typing import Any, NoReturn


def refuse(url: str, *_: Any, **__: Any) -> NoReturn:
    """Whatever asks for an address gets none."""
    raise ValueError("nothing is fetched")


def main() -> None:
    """Standard input to standard output."""
    from weasyprint import CSS, HTML

    asked = json.load(sys.stdin)
    sheets = [CSS(string=text, url_fetcher=refuse) for text in asked["sheets"]]
    sys.stdout.buffer.write(HTML(string=asked["html"], url_fetcher=refuse).write_pdf(stylesheets=sheets))


if __name__ == "__main__":
    main()
