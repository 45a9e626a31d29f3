"""The one server of a data folder: the note it leaves there while it runs, and how a second start finds it."""

import contextlib
import http.client
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from core.errors import SettingsError
from dashboard.server.about import PATH, PRODUCT
from dashboard.settings import folder_mark

NOTE: Final = "running.json"
HOST: Final = "127.0.0.1"
ANSWER_WITHIN_SECONDS: Final = 2.0
LARGEST_ANSWER: Final = 4096


@dataclass(frozen=True, kw_only=True)
class Running:
    """A server that answers on this computer: where, and what it says about itself."""

    port: int
    about: dict[str, Any]

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return address(self.port)


def address(port: int) -> str:
    """The address of a server on this computer."""
    return f"http://{HOST}:{port}"


def refuse_blocked_note(data_dir: Path) -> None:
    """Raise `SettingsError` where a folder stands in the place of the note, so that none could be left."""
    if (data_dir / NOTE).is_dir():
        raise SettingsError(
            f"{data_dir / NOTE} is a folder; Secure Base keeps a small file of that name there while it runs. "
            "Nothing was started or changed. Move that folder elsewhere and start again."
        )


def find_running(data_dir: Path) -> Running | None:
    """The server that is running on this data folder, or None; a note left behind by a killed one counts as none."""
    try:
        note = json.loads((data_dir / NOTE).read_text("utf-8"))
        port = int(note["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return server_at(port, data_dir)


def server_at(port: int, data_dir: Path) -> Running | None:
    """The server on `port` when it is ours and works on `data_dir`, else None."""
    said = _ask(port)
    if said is None or said.get("product") != PRODUCT or said.get("data") != folder_mark(data_dir):
        return None
    return Running(port=port, about=said)


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` now."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def leave_note(data_dir: Path, port: int) -> None:
    """Write where this process answers; the note replaces an older one in one step."""
    fresh = data_dir / f"{NOTE}.{os.getpid()}"
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps({"pid": os.getpid(), "port": port}), "utf-8")
    fresh.replace(data_dir / NOTE)


def take_note_away(data_dir: Path) -> None:
    """Remove the note when it is this process's own."""
    with contextlib.suppress(OSError, ValueError):
        if json.loads((data_dir / NOTE).read_text("utf-8")).get("pid") == os.getpid():
            (data_dir / NOTE).unlink()


def _ask(port: int) -> dict[str, Any] | None:
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_WITHIN_SECONDS)
    try:
        connection.request("GET", PATH)
        said = json.loads(connection.getresponse().read(LARGEST_ANSWER))
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return said if isinstance(said, dict) else None
