"""run.py at the terminal: whatever is given, one clear sentence and never a traceback."""

import ast
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "run.py"


def run(*arguments: str, program: Path = RUN, **variables: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SECURE_BASE_", "STREAMLIT_"))}
    command = [sys.executable, str(program), *arguments]
    environment = {**kept, **variables}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """The one sentence that `done` was refused with."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def bare_copy(tmp_path: Path) -> Path:
    """run.py alone in a folder, with locks that hold nothing, as if it had just been unpacked."""
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / lock).write_text("")
    return Path(shutil.copy(RUN, tmp_path))


@pytest.mark.parametrize("version", [(3, 7), (3, 8), (3, 9), (3, 10)])
def test_old_python_can_read_the_program_that_refuses_it(version: tuple[int, int]) -> None:
    ast.parse(RUN.read_text("utf-8"), feature_version=version)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--dmeo"], ["--dmeo", "--help", "Nothing was started"]),
        (["serve"], ["serve", "--help"]),
        (["--port"], ["--port", "expected one argument"]),
        (["--port", "http"], ["'http'", "1024 to 65535"]),
        (["--port", "99999"], ["99999", "1024 to 65535"]),
        (["--today", "2026-05-21"], ["2026-05-21", "without --demo"]),
        (["--demo", "--today", "yesterday"], ["'yesterday'", "2026-05-21"]),
        (["--data", ""], ["given as nothing", "--data"]),
        (["check", "all"], ["all", "check"]),
    ],
)
def test_wrong_option_is_refused_with_one_sentence(arguments: list[str], words: list[str]) -> None:
    sentence = refused(run(*arguments))
    for word in words:
        assert word in sentence


def test_file_given_as_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not ours")
    assert "is a file" in refused(run("--data", str(tmp_path / "letter.txt")))


def test_port_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        sentence = refused(run("--data", str(tmp_path / "data"), "--port", str(port), "--no-browser"))
    assert f"Port {port} cannot be used" in sentence
    assert list((tmp_path / "data").iterdir()) == []


def test_python_without_venv_is_told_what_to_install(bare_copy: Path) -> None:
    broken = bare_copy.parent / "broken"
    broken.mkdir()
    (broken / "ensurepip.py").write_text("raise ImportError('not packaged')")
    sentence = refused(run(program=bare_copy, PYTHONPATH=str(broken)))
    assert "apt install python3." in sentence
    assert "-venv" in sentence


def test_folder_that_is_no_environment_is_not_touched(bare_copy: Path) -> None:
    precious = bare_copy.parent / ".venv" / "precious.txt"
    precious.parent.mkdir()
    precious.write_text("kept")
    assert "was not touched" in refused(run(program=bare_copy))
    assert precious.read_text() == "kept"


def test_incomplete_copy_says_which_file_is_missing(bare_copy: Path) -> None:
    (bare_copy.parent / "requirements.txt").unlink()
    assert "requirements.txt is missing" in refused(run(program=bare_copy))


def test_unreachable_package_index_is_one_sentence(bare_copy: Path) -> None:
    (bare_copy.parent / "requirements.txt").write_text("no-such-package-here==1.0 --hash=sha256:" + "0" * 64 + "\n")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull}
    nowhere |= {"PIP_NO_CACHE_DIR": "1", "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": "", "PATH": "/usr/bin:/bin"}
    sentence = refused(run(program=bare_copy, **nowhere))
    assert "could not be fetched" in sentence
    assert not (bare_copy.parent / ".venv" / "secure-base.json").exists()


def test_second_start_on_the_same_data_points_at_the_first(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    command = [sys.executable, str(RUN), "--data", data, "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as first:
        try:
            deadline = time.monotonic() + 60
            while not (tmp_path / "data" / "running.json").exists():
                assert first.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
            second = run("--data", data, "--no-browser")
            assert second.returncode == 0, second.stderr
            assert "already running on this data folder, at http://127.0.0.1:" in second.stdout
            other = run("--data", data, "--no-browser", "--demo")
            assert "started with other options" in other.stdout
        finally:
            first.terminate()
    assert not (tmp_path / "data" / "running.json").exists()


def test_help_names_every_option_and_command() -> None:
    shown = run("--help").stdout
    for word in ("--demo", "--port", "--data", "--no-browser", "--today", "test", "check", "doctor", "lock"):
        assert word in shown
