"""How a second start finds the first one, and is not misled by what a killed one left behind."""

import json
import os
import socket
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from core.errors import SettingsError
from dashboard.server.about import PATH
from dashboard.server.running import (
    NOTE,
    find_running,
    is_free,
    leave_note,
    refuse_blocked_note,
    server_at,
    take_note_away,
)
from dashboard.settings import folder_mark


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """A server that says, at our address, what the test puts into the dictionary."""
    said: dict[str, object] = {"product": "Secure Base", "data": folder_mark(tmp_path), "demo": False, "today": None}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == PATH
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port, said
    server.shutdown()
    thread.join()
    server.server_close()


def test_running_server_is_found_by_its_note(tmp_path: Path, answering: tuple[int, dict[str, object]]) -> None:
    leave_note(tmp_path, answering[0])
    running = find_running(tmp_path)
    assert running is not None
    assert running.url == f"http://127.0.0.1:{answering[0]}"


def test_server_of_another_data_folder_is_not_ours(tmp_path: Path, answering: tuple[int, dict[str, object]]) -> None:
    port, said = answering
    said["data"] = folder_mark(tmp_path / "other")
    assert server_at(port, tmp_path) is None


def test_another_program_on_the_port_is_not_ours(tmp_path: Path, answering: tuple[int, dict[str, object]]) -> None:
    port, said = answering
    said.clear()
    assert server_at(port, tmp_path) is None


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"port": "x"}', "\x00", '{"port": 1}'])
def test_note_that_leads_nowhere_counts_as_no_server(tmp_path: Path, note: str) -> None:
    (tmp_path / "running.json").write_text(note)
    assert find_running(tmp_path) is None


def test_missing_note_counts_as_no_server(tmp_path: Path) -> None:
    assert find_running(tmp_path) is None


def test_note_is_private_and_goes_with_its_own_process_only(tmp_path: Path) -> None:
    leave_note(tmp_path, 8765)
    note = tmp_path / "running.json"
    if os.name == "posix":
        assert stat.S_IMODE(note.stat().st_mode) == 0o600
    note.write_text(json.dumps({"pid": os.getpid() + 1, "port": 8765}))
    take_note_away(tmp_path)
    assert note.exists()
    leave_note(tmp_path, 8765)
    take_note_away(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_port_in_use_is_not_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert is_free(taken.getsockname()[1]) is False


def test_folder_in_the_place_of_the_note_is_told_before_anything_starts(tmp_path: Path) -> None:
    refuse_blocked_note(tmp_path)
    (tmp_path / NOTE).mkdir()
    with pytest.raises(SettingsError, match="is a folder"):
        refuse_blocked_note(tmp_path)
