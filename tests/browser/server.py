"""The real server in a process of its own, started the way run.py starts it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
START_WITHIN_SECONDS = 60.0
STOP_WITHIN_SECONDS = 15.0
THERAPIST = "Dr Example"
PASSPHRASE = "violet anchor soup ladder frost"


@dataclass(kw_only=True)
class Server:
    """A server on a data folder; it can be stopped and started again on the same folder.

    `program` is the product's own, or one that plants a fault in it first; `variables` stand in its environment.
    """

    data_dir: Path
    log: Path
    demo: bool = False
    today: str = ""
    port: int = 0
    program: tuple[str, ...] = ("dashboard",)
    variables: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> "Server":
        """Start the server and wait until it answers; fail with its log when it does not."""
        self.port = free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("SECURE_", "STREAM"))}
        environment |= {"SECURE_BASE_DATA": str(self.data_dir), "SECURE_BASE_PORT": str(self.port)}
        # Where this computer remembers what it saw last: another copy of the same practice is another computer's.
        environment["XDG_STATE_HOME"] = str(self.data_dir.parent / "state")
        if self.demo:
            environment["SECURE_BASE_DEMO"] = "1"
        if self.today:
            environment["SECURE_BASE_TODAY"] = self.today
        environment |= self.variables
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.program],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, so that all of it can be killed at once
            )
        deadline = time.monotonic() + START_WITHIN_SECONDS
        while not answers(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The server did not start:\n{self.log_text()}")
            time.sleep(0.1)
        return self

    def stop(self) -> None:
        """Ask the server to stop, and end it when it does not."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def restart(self) -> "Server":
        """Stop the server and start it again on the same data folder."""
        self.stop()
        return self.start()

    def log_text(self) -> str:
        """Everything the server printed so far."""
        return self.log.read_text("utf-8", "replace")


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def answers(port: int) -> bool:
    """Whether a server on `port` says that it is well."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
