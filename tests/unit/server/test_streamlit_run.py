"""`streamlit run dashboard/app.py`, from a folder that is not ours: as safe as run.py, or not started at all."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import ROOT, Server, answers, free_port
from tests.isolation.window import Window

APP = ROOT / "dashboard" / "app.py"


def start(tmp_path: Path, *options: str, **variables: str) -> Server:
    server = Server(data_dir=tmp_path / "data", log=tmp_path / "server.log", port=free_port())
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(server.port), *options]
    environment = {"SECURE_BASE_DATA": str(server.data_dir), "HOME": str(tmp_path), **variables}
    with server.log.open("ab") as log:
        server.process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=subprocess.STDOUT)
    return server


@pytest.fixture
def weakened(tmp_path: Path) -> Iterator[Server]:
    """A server started with every safe option turned the other way, as far as a command line can."""
    options = ("--server.enableAgentApi=true", "--client.showErrorDetails=full", "--server.enableXsrfProtection=false")
    server = start(tmp_path, *options)
    deadline = time.monotonic() + 60
    while not answers(server.port):
        assert server.process is not None
        assert server.process.poll() is None, server.log_text()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield server
    server.stop()


@pytest.mark.parametrize("given", ["0.0.0.0", "::"])
def test_open_address_on_the_command_line_is_refused(tmp_path: Path, given: str) -> None:
    server = start(tmp_path, f"--server.address={given}")
    assert server.process is not None
    assert server.process.wait(60) != 0
    assert "Traceback" not in server.log_text()
    assert not (server.data_dir / "running.json").exists()


def test_open_address_in_the_environment_is_refused_with_the_option_named(tmp_path: Path) -> None:
    server = start(tmp_path, STREAMLIT_SERVER_ADDRESS="0.0.0.0")
    assert server.process is not None
    assert server.process.wait(60) == 2
    assert "The Streamlit option server.address is '0.0.0.0'." in server.log_text()
    assert "Traceback" not in server.log_text()


def test_weakened_options_are_put_back(weakened: Server) -> None:
    visitor = Window(weakened)
    assert visitor.post("/auth/look-around", {}).status == 303
    answer = visitor.ask("POST", "/_stcore/agent/interact", body=b"{}", content_type="application/json")
    assert "does not serve the agent API" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert (weakened.data_dir / "running.json").is_file()
