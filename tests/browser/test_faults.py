"""A fault in a screen, in a real server: the sentence on the page, and a log that does not hold what was said."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.server import ROOT, Server, answers, free_port

CANARY = "Daniel-told-me-on-Tuesday"

SCREEN = f"""
import logging
import streamlit as st

def press() -> None:
    raise RuntimeError("{CANARY} in a callback")

st.title("A screen with faults")
st.button("Callback", on_click=press)
if st.button("Script"):
    name = "{CANARY}"
    raise ValueError(f"cannot save {{name}}")
if st.button("Thread"):
    import threading
    worker = threading.Thread(target=press)
    worker.start()
    worker.join()
    try:
        press()
    except RuntimeError:
        logging.getLogger("sqlalchemy.engine").exception("rolled back")
    st.write("Thread ended")
"""

APPLICATION = """
import sys
import streamlit as st
from dashboard.server import options
from dashboard.server.faults import keep_exception_texts_out_of_logs, show_script_error

keep_exception_texts_out_of_logs()
app = st.App(sys.argv[1], on_script_error=show_script_error)
app.run(config={**options.FORCED, "server.address": "127.0.0.1", "server.port": int(sys.argv[2])})
"""


@pytest.fixture(scope="module")
def faulty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of one screen whose buttons raise."""
    folder = tmp_path_factory.mktemp("faulty")
    (folder / "screen.py").write_text(SCREEN)
    (folder / "start.py").write_text(APPLICATION)
    server = Server(data_dir=folder, log=folder / "server.log", port=free_port())
    command = [sys.executable, str(folder / "start.py"), str(folder / "screen.py"), str(server.port)]
    with server.log.open("ab") as log:
        server.process = subprocess.Popen(
            command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, stdout=log, stderr=subprocess.STDOUT
        )
    deadline = time.monotonic() + 60
    while not answers(server.port):
        assert server.process.poll() is None, server.log_text()
        assert time.monotonic() < deadline, server.log_text()
        time.sleep(0.1)
    yield server
    server.stop()


@pytest.mark.parametrize(("button", "kind"), [("Script", "ValueError"), ("Callback", "RuntimeError")])
def test_fault_is_told_by_a_mark_and_its_text_reaches_neither_page_nor_log(
    faulty_server: Server, open_page: OpenPage, button: str, kind: str
) -> None:
    page = open_page(faulty_server).page
    page.get_by_role("button", name=button).click()
    box = page.get_by_role("alert")
    expect(box).to_contain_text("This screen stopped because of a fault in the program.")
    mark = next(word.strip(",.:") for word in box.inner_text().split() if word.startswith("E-"))
    assert CANARY not in page.content()
    log = faulty_server.log_text()
    assert f"{mark} {kind} at screen.py:" in log
    assert CANARY not in log
    assert "Traceback" not in log


def test_faults_of_threads_and_libraries_keep_their_text_out_of_the_log(
    faulty_server: Server, open_page: OpenPage
) -> None:
    page = open_page(faulty_server).page
    page.get_by_role("button", name="Thread").click()
    expect(page.get_by_text("Thread ended")).to_be_visible()
    log = faulty_server.log_text()
    assert "A thread stopped: RuntimeError at screen.py:" in log
    assert CANARY not in log
