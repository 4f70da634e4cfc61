"""Key files: made once, completed when a start was cut short, never overwritten."""

from pathlib import Path

import pytest

from app.keyfiles import POST_OFFICE, POST_OFFICE_PUBLIC, ROOT, KeyFolder
from privacy.boxes import open_box, seal_box

NAMES = [ROOT.format(number=1), POST_OFFICE, POST_OFFICE_PUBLIC]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_makes_three_files_nobody_else_reads_and_then_nothing(tmp_path: Path) -> None:
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
