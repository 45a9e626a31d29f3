"""`streamlit run dashboard/app.py`, from a folder that is not ours: as safe as run.py, or not started at all."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import ROOT, Server, answers, free_port
from tests.isolation.window import Window, run_script

APP = ROOT / "dashboard" / "app.py"
MAIN = ROOT / "dashboard" / "main.py"


def start(tmp_path: Path, *options: str, app: Path = APP, **variables: str) -> Server:
    server = Server(data_dir=tmp_path / "data", log=tmp_path / "server.log", port=free_port())
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(server.port), *options]
    environment = {"SECURE_BASE_DATA": str(server.data_dir), "HOME": str(tmp_path), **variables}
    with server.log.open("ab") as log:
        server.process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=subprocess.STDOUT)
    return server


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[Server]:
    """A server started with other values of options that nothing is in danger by, and that are forced all the same."""
    server = start(tmp_path, "--browser.gatherUsageStats=true", "--client.toolbarMode=developer")
    wait_for(server)
    yield server
    server.stop()


def wait_for(server: Server) -> None:
    deadline = time.monotonic() + 60
    while not answers(server.port):
        assert server.process is not None
        assert server.process.poll() is None, server.log_text()
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("given", ["0.0.0.0", "::"])
def test_open_address_on_the_command_line_is_refused(tmp_path: Path, given: str) -> None:
    server = start(tmp_path, f"--server.address={given}")
    assert server.process is not None
    assert server.process.wait(60) != 0
    assert "Traceback" not in server.log_text()
    assert not (server.data_dir / "running.json").exists()


def test_what_the_environment_and_a_file_of_the_folder_give_is_refused_with_the_place_named(tmp_path: Path) -> None:
    file = tmp_path / ".streamlit" / "config.toml"
    file.parent.mkdir()
    file.write_text("[server]\nenableStaticServing = true\n")
    server = start(tmp_path, STREAMLIT_SERVER_ADDRESS="0.0.0.0")
    assert server.process is not None
    assert server.process.wait(60) == 2
    assert "server.address is given as '0.0.0.0' in STREAMLIT_SERVER_ADDRESS." in server.log_text()
    assert f"server.enableStaticServing is given as True in {file}." in server.log_text()
    assert "Traceback" not in server.log_text()


def test_dangerous_options_on_the_command_line_are_refused_one_by_one(tmp_path: Path) -> None:
    weak = ("--server.enableAgentApi=true", "--client.showErrorDetails=full", "--server.enableXsrfProtection=false")
    server = start(tmp_path, *weak)
    assert server.process is not None
    assert server.process.wait(60) == 2
    said = server.log_text()
    for option in weak:
        assert f"The Streamlit option {option.strip('-').partition('=')[0]} is given as" in said
    assert "Nothing was started." in said
    assert "Traceback" not in said


def test_other_changed_options_are_put_back(changed: Server) -> None:
    visitor = Window(changed)
    assert visitor.post("/auth/look-around", {}).status == 303
    answer = visitor.ask("POST", "/_stcore/agent/interact", body=b"{}", content_type="application/json")
    assert "does not serve the agent API" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert '"gatherUsageStats":true' not in visitor.ask("GET", "/").text.replace(" ", "")
    assert (changed.data_dir / "running.json").is_file()


def test_script_by_itself_draws_no_screen(tmp_path: Path) -> None:
    """Without the application before it there is no signing in, so it must show one sentence and nothing else."""
    server = start(tmp_path, app=MAIN)
    wait_for(server)
    with Window(server).socket() as socket:
        _, raw = run_script(socket)
    server.stop()
    shown = raw.decode("utf-8", "replace")
    assert "without the pages for signing in. Nothing was opened or read." in shown
    assert "Today" not in shown
    assert not server.data_dir.exists()
