"""Key files, processes and custodians by their state; nothing of what a file holds."""

from pathlib import Path

from flask import Flask

from app.jobs.worker import take_name
from app.operating.keys_part import key_files
from app.wiring import Toolbox
from tests.cast import Cast, signed_in

HERE = "/operating/keys"


def test_states_of_files(tools: Toolbox, tmp_path: Path) -> None:
    folder = tools.settings.key_folder
    assert [(one.name, one.is_right) for one in key_files(folder)] == [
        ("root-0001.key", True), ("post-office.pub", True), ("post-office.key", True),
    ]  # fmt: skip
    (folder / "root-0001.key").chmod(0o440)
    assert [one.is_right for one in key_files(folder)] == [False, True, True]
    (folder / "root-0001.key").chmod(0o400)
    (folder / "post-office.key").unlink()
    assert "よい状態" in key_files(folder)[-1].state
    assert [one.is_right for one in key_files(tmp_path / "nowhere")] == [False, False, True]


def test_the_page_tells_who_runs_and_who_keeps_keys(app: Flask, tools: Toolbox, cast: Cast) -> None:
    client = signed_in(app, cast.heidi)
    page = client.get(HERE).text
    assert page.count("止まっています") == 3
    assert "shiome reporter" in page
    assert "まだそろっていません（0 / 5）" in page
    _, lock = take_name(tools.database.folder, "work")
    assert client.get(HERE).text.count("止まっています") == 2
    lock.close()
    assert client.get(HERE).text.count("止まっています") == 3
    for path in tools.settings.key_folder.iterdir():
        assert path.read_bytes().hex() not in page
