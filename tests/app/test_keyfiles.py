"""Key files: made once, completed when a start was cut short, never overwritten."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from app.keyfiles import BADGE, POST_OFFICE, POST_OFFICE_PUBLIC, ROOT, KeyFolder
from app.keystore import DataKey
from app.wiring import Toolbox, build
from privacy.boxes import open_box, seal_box
from privacy.keys import key_id_of
from tests.app.questions.makers import TITLE, make_question, published
from tests.cast import Cast, signed_in
from tests.conftest import make_app

NAMES = [ROOT.format(number=1), POST_OFFICE, POST_OFFICE_PUBLIC, BADGE.format(number=1)]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_makes_four_files_nobody_else_reads_and_then_nothing(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path)
    assert [path.name for path in keys.init()] == NAMES
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o400}
    before = contents(tmp_path)
    assert keys.init() == []
    assert contents(tmp_path) == before


@pytest.mark.parametrize("made", range(len(NAMES)))
def test_a_start_cut_short_is_completed_by_the_next(tmp_path: Path, made: int) -> None:
    keys = KeyFolder(tmp_path)
    keys.init()
    for name in NAMES[made:]:
        (tmp_path / name).unlink()
    before = contents(tmp_path)
    assert [path.name for path in keys.init()] == NAMES[made:]
    assert contents(tmp_path).items() >= before.items()
    box = seal_box(keys.post_office_public(), b"a letter")
    assert open_box(keys.post_office().private, box) == b"a letter"


def test_a_folder_with_the_public_half_alone_gets_no_private_half(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path)
    keys.init()
    (tmp_path / POST_OFFICE).unlink()
    assert keys.init() == []
    assert not (tmp_path / POST_OFFICE).exists()


def test_a_second_root_key_seals_what_is_new_and_the_first_still_opens(tools: Toolbox, cast: Cast) -> None:
    old = published(tools, cast.alice)
    folder = tools.settings.key_folder
    second = folder / ROOT.format(number=2)
    second.write_bytes(bytes(range(32)))
    second.chmod(0o400)
    before = wrapped_keys(tools)
    tools.database.close()
    later = build(tools.settings, clock=tools.clock)
    with later.database:
        new = published(later, cast.alice, make_question(title="いけすの網がすぐ汚れます"))
        bob = signed_in(make_app(later), cast.bob)
        assert TITLE in bob.get(f"/threads/{old}").text
        assert "いけすの網がすぐ汚れます" in bob.get(f"/threads/{new}").text
        after = wrapped_keys(later)
    first_id, second_id = (key_id_of((folder / ROOT.format(number=n)).read_bytes()) for n in (1, 2))
    assert {name: after[name] for name in before} == before
    assert all(first_id in wrapped and second_id not in wrapped for wrapped in before.values())
    fresh = [wrapped for name, wrapped in after.items() if name not in before]
    assert fresh
    assert all(second_id in wrapped for wrapped in fresh)


def test_a_file_more_is_seen_within_one_tick_of_the_folders_clock(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path)
    keys.init()
    os.utime(tmp_path, ns=(1, 1))
    before = keys.stamp()
    keys.add_root()
    os.utime(tmp_path, ns=(1, 1))
    assert keys.stamp() != before


def wrapped_keys(tools: Toolbox) -> dict[str, bytes]:
    """The key store: the own key of each text, wrapped under a root key."""
    with tools.database.reading() as stores:
        return {row.id: row.wrapped for row in stores.keys.scalars(select(DataKey))}
