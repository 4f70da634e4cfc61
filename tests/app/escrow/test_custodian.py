"""A custodian's folder and commands: apart from the service, closed to others, never overwritten."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from app.clock import today
from app.escrow import custodians
from app.escrow.bundles import Bundle, NotABundle, pack
from app.escrow.commands import escrow
from app.escrow.custody import KEY, CustodyFolder, CustodyProblem
from app.escrow.models import Custodian, EscrowRequest
from app.escrow.rules import Why
from app.escrow.service import is_on
from app.wiring import Toolbox
from privacy.boxes import new_box_keys
from privacy.escrow import seal_challenge
from tests.app.escrow.makers import LIGHT, PASSPHRASE, ROLES, appoint, ask_for, make_custodian, make_five, refused
from tests.app.questions.makers import published
from tests.cast import Cast


def run(*arguments: object, typed: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(one) for one in arguments], input=typed)
    return result.exit_code, result.output


# ---------------------------------------------------------------- the key


def test_init_needs_no_settings_no_database_and_no_server(tmp_path: Path) -> None:
    """In a process of its own with an empty environment, in an empty folder."""
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "custodian", "list", "--folder", "mine"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "SHIOME_DATA_DIR": "", "SHIOME_WINDOW_SECONDS": "nonsense"},
        capture_output=True,
        text=True,
    )
    assert "No such file or directory; run `shiome custodian init`" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_prints_the_public_half_and_closes_the_private_one(tmp_path: Path) -> None:
    home = tmp_path / "mine"
    code, said = run("custodian", "init", "--out", home, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert code == 0, said
    assert CustodyFolder(home).public().hex() in said
    assert PASSPHRASE not in said
    for path in home.iterdir():
        assert path.stat().st_mode & 0o777 == 0o400
    private = CustodyFolder(home).keys(PASSPHRASE).private
    assert private not in (home / KEY).read_bytes()
    assert json.loads((home / KEY).read_text())["params"] == {"time": 3, "memory_kib": 65536, "lanes": 1}


def test_init_never_overwrites(tmp_path: Path) -> None:
    home = make_custodian(tmp_path / "mine")
    before = (home.path / KEY).read_bytes()
    with pytest.raises(CustodyProblem, match="nothing was changed"):
        home.init(PASSPHRASE, cost=LIGHT)
    assert (home.path / KEY).read_bytes() == before


def test_a_short_passphrase_a_wrong_one_and_an_open_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CustodyProblem, match="12 characters"):
        CustodyFolder(tmp_path / "short").init("みじかい", cost=LIGHT)
    assert not (tmp_path / "short").exists()
    home = make_custodian(tmp_path / "mine")
    with pytest.raises(CustodyProblem, match="does not open"):
        home.keys(PASSPHRASE + "。")
    os.chmod(home.path / KEY, 0o440)
    with pytest.raises(CustodyProblem, match="must be 0400"):
        home.keys(PASSPHRASE)


# ---------------------------------------------------------------- becoming one


def states(tools: Toolbox) -> dict[str, str]:
    with tools.database.reading() as stores:
        return {row.role: row.state for row in stores.identity.query(Custodian)}


def add(tools: Toolbox, role: str, public: bytes, instead_of: str | None = None) -> custodians.Challenge:
    with tools.database.transaction("identity") as stores:
        return custodians.add_custodian(
            stores, role=role, public=public, instead_of=instead_of, today=today(tools.clock.now())
        )


def confirm(tools: Toolbox, role: str, proof: str) -> None:
    now = tools.clock.now()
    with tools.database.transaction("identity", "content") as stores:
        custodians.confirm_custodian(stores, tools.vault, role=role, proof=proof, now=now, today=today(now))


def test_whoever_has_not_the_private_half_does_not_count(tools: Toolbox, tmp_path: Path) -> None:
    home, other = make_custodian(tmp_path / "one"), make_custodian(tmp_path / "two")
    made = add(tools, ROLES[0], home.public())
    with pytest.raises(CustodyProblem, match="no challenge"):
        other.prove(pack(made.box), PASSPHRASE)
    wrong = other.prove(pack(add(tools, ROLES[1], other.public()).box), PASSPHRASE)
    for proof in (wrong, "", "ぜんぶ", "0" * 64):
        with refused("wrong-proof"):
            confirm(tools, ROLES[0], proof)
    assert states(tools)[ROLES[0]] == "asked"
    confirm(tools, ROLES[0], home.prove(pack(made.box), PASSPHRASE))
    assert states(tools)[ROLES[0]] == "active"


def test_an_earlier_challenge_does_not_prove_a_later_one(tools: Toolbox, tmp_path: Path) -> None:
    home = make_custodian(tmp_path / "one")
    old = home.prove(pack(add(tools, ROLES[0], home.public()).box), PASSPHRASE)
    add(tools, ROLES[0], home.public())
    with refused("wrong-proof"):
        confirm(tools, ROLES[0], old)


@pytest.mark.parametrize("public", [b"", b"short", bytes(32), bytes(33)])
def test_what_is_no_key_is_refused(tools: Toolbox, public: bytes) -> None:
    with refused("not-a-key"):
        add(tools, ROLES[0], public)


def test_there_are_five_and_never_six(tools: Toolbox, tmp_path: Path) -> None:
    with tools.database.reading() as stores:
        assert not is_on(stores)
    five = make_five(tools, tmp_path)
    with tools.database.reading() as stores:
        assert is_on(stores)
    sixth = make_custodian(tmp_path / "sixth")
    with refused("five-already"):
        add(tools, "六人目", sixth.public())
    with refused("no-custodian"):
        add(tools, "六人目", sixth.public(), instead_of="だれでもない人")
    refusals: list[tuple[str, bytes, Why]] = [
        (ROLES[1], sixth.public(), "role-taken"),
        ("六人目", five[1].public(), "role-taken"),
    ]
    for role, public, why in refusals:
        with refused(why):
            add(tools, role, public, instead_of=ROLES[0])
    appoint(tools, sixth, "六人目", instead_of=ROLES[0])
    assert states(tools)[ROLES[0]] == "former"
    assert sorted(states(tools).values()).count("active") == 5


def test_two_who_were_asked_for_one_place_do_not_both_get_it(tools: Toolbox, tmp_path: Path) -> None:
    make_five(tools, tmp_path)
    one, two = make_custodian(tmp_path / "one"), make_custodian(tmp_path / "two")
    first = one.prove(pack(add(tools, "ひとりめ", one.public(), ROLES[0]).box), PASSPHRASE)
    second = two.prove(pack(add(tools, "ふたりめ", two.public(), ROLES[0]).box), PASSPHRASE)
    confirm(tools, "ひとりめ", first)
    with refused("five-already"):
        confirm(tools, "ふたりめ", second)


def test_below_five_it_is_off(tools: Toolbox, tmp_path: Path) -> None:
    make_five(tools, tmp_path)
    now = tools.clock.now()
    with tools.database.transaction("identity", "content") as stores:
        custodians.remove_custodian(stores, tools.vault, role=ROLES[2], now=now, today=today(now))
    with tools.database.reading() as stores:
        assert not is_on(stores)


# ---------------------------------------------------------------- files from elsewhere


def test_a_share_does_not_leave_as_the_answer_to_a_challenge(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    home = make_five(tools, tmp_path)[0]
    bundle = ask_for(tools, published(tools, cast.alice))
    seat = bundle.seat_of(home.public())
    assert seat is not None
    with pytest.raises(CustodyProblem, match="no challenge"):
        home.prove(seat.box, PASSPHRASE)


def test_what_is_no_request_is_refused(tools: Toolbox, cast: Cast, tmp_path: Path) -> None:
    home = make_five(tools, tmp_path)[0]
    good = json.loads(ask_for(tools, published(tools, cast.alice)).to_json())
    wrong = [
        "", "[]", "{}", json.dumps({**good, "kind": "else"}), json.dumps({**good, "reason": "curiosity"}),
        json.dumps({**good, "seats": good["seats"][:4]}), json.dumps({**good, "id": "../../key"}),
        json.dumps({**good, "day": "soon"}), json.dumps({**good, "more": 1}),
    ]  # fmt: skip
    for text in wrong:
        with pytest.raises(NotABundle):
            Bundle.from_json(text)
        with pytest.raises(CustodyProblem, match="not a request"):
            home.receive(text, now=0)
    for name in ("../custodian", "nothing"):
        with pytest.raises(CustodyProblem, match="no such request"):
            home.get(name)
    assert home.receive(json.dumps(good), now=0).bundle.id == good["id"]


def test_the_commands_say_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    home = make_custodian(tmp_path / "mine")
    file = tmp_path / "file"
    file.write_text(pack(seal_challenge(new_box_keys().public, bytes(32))))
    for arguments, typed, words in (
        (("prove", file), f"{PASSPHRASE}\n", "no challenge for this key"),
        (("prove", file), "another passphrase\n", "does not open the key"),
        (("receive", file), "", "not a request"),
        (("release", "0" * 32, "--out", tmp_path / "out"), "", "no such request here"),
    ):
        code, said = run("custodian", *arguments, "--folder", home.path, typed=typed)
        assert code == 1
        assert words in said
        assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_there_is_not_overwritten_and_nothing_is_counted(
    tools: Toolbox, cast: Cast, tmp_path: Path
) -> None:
    make_five(tools, tmp_path)
    thread_id = published(tools, cast.alice)
    file = tmp_path / "request"
    file.write_text("mine")
    arguments = ["request", "--thread", thread_id, "--author", "0", "--reason", "danger", "--out", str(file)]
    result = CliRunner().invoke(escrow, arguments, obj=lambda: tools)
    assert result.exit_code == 1
    assert "nothing was done" in result.output
    assert file.read_text() == "mine"
    with tools.database.reading() as stores:
        assert stores.identity.query(EscrowRequest).all() == []


def test_files_of_other_kinds_are_refused_in_one_line(tools: Toolbox, tmp_path: Path) -> None:
    for number, content in enumerate((b"\xff\xfe", b"{}", b"null")):
        file = tmp_path / str(number)
        file.write_bytes(content)
        result = CliRunner().invoke(escrow, ["show", str(file), str(file)], obj=lambda: tools)
        assert (result.exit_code, "not what it should be" in result.output) == (1, True), content
