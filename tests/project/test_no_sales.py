"""No sales, the operating company first: nothing its people may call reaches a member, a group or a list of persons."""

import re

from tests.project.access_table import TABLE

LINE = re.compile(r"(GET|POST)\s+(/\S*)\s+(.+)")
HEAD = TABLE.strip().splitlines()[0].split()
COMPANY = ("analyst", "operator", "auditor")

# Everything the company's people may change, and why each of it reaches no member.
CHANGES = {
    r"/(language|sign-in|recover|sign-up|start-afresh|unsubscribe)\b.*": "a visitor's",
    r"/(sign-out|sign-out-everywhere|account|leaving)\b.*": "their own account's",
    r"/roles/(answer|read|lay-down)": "their own roles",
    r"/break-glass\b.*": "what they are told of break-glass, and custodians' shares",
    r"/custodian\b.*": "custodians' shares",
    r"/company/\{to_company\}/answer": "a labelled answer where its author ticked that the company may, after two days",
    r"/reports\b.*": "a report's paper",
    r"/logs\b.*": "comparing a copy of the log",
    r"/(setup|operating)\b.*": "the network's own settings",
    r"/welcome/(promises|finish|changes)": "their own promise: the company keeps the charter too",
    r"/badges": "checking a badge that somebody showed them: everybody may",
    r"/ideas/new": "an idea under the company's label, on the board that is open to it",
    r"/ideas/\{idea\}/(reply|state|talk|talk/end)": "labelled words on the board, and with an author who said yes to a talk, and its end",
    r"/sessions/open/\{live\}/say": "labelled words where the session was announced with the company as a lecturer",
    r"/cohorts/invited/\{cohort\}": "labelled words in a cohort whose members all said yes",
}
# Their own promise, and the one cohort whose members all said yes.
OPEN = re.compile(r"/welcome(/(promises|ready|changes|declined|back|roles/auditor))?|/cohorts/invited(/\{cohort\})?")


def called_by(role: str, method: str) -> list[str]:
    """Paths that answer this role with something."""
    at = HEAD.index(role)
    lines = [found.groups() for line in TABLE.splitlines() if (found := LINE.match(line.strip()))]
    return [path for verb, path, cells in lines if verb == method and cells.split()[at] in ("ok", "go", "fix")]


def test_what_the_company_may_change_is_a_closed_list() -> None:
    open_ends = [
        (role, path)
        for role in COMPANY
        for path in called_by(role, "POST")
        if not any(re.fullmatch(known, path) for known in CHANGES)
    ]
    assert not open_ends


def test_the_company_sees_no_group_no_sign_up_and_no_export_of_persons() -> None:
    closed = re.compile(
        r"/(cohorts|welcome|taking-part|help-out|invitations|recognition/mine|queue|mine|inbox|desk)\b.*"
    )
    paths = [(role, path) for role in COMPANY for path in called_by(role, "GET")]
    assert not [(role, path) for role, path in paths if closed.fullmatch(path) and not OPEN.fullmatch(path)]
    asked_in = {role for role, path in paths if path.startswith("/cohorts")}
    assert asked_in == {"analyst"}
    exports = [(role, path) for role in COMPANY for path in called_by(role, "GET") if "export" in path]
    assert all(path.startswith("/leaving") for _, path in exports), exports
