"""From start to stop of one server: upkeep, the note in the data folder, the line with the address, the browser."""

import contextlib
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.runtime import get_instance

from core.store.reserve import keep_reserve
from dashboard.door import OWN_FILE
from dashboard.server.offered_files import OfferedFiles
from dashboard.server.running import address, leave_note, take_note_away
from dashboard.server.sockets import OpenSockets, watched
from dashboard.server.upkeep import upkeep
from dashboard.settings import Settings

Lifespan = Callable[[st.App], AbstractAsyncContextManager[dict[str, Any] | None]]


def life_of_server(
    settings: Settings, *, sockets: OpenSockets, files: OfferedFiles, at_the_end: Callable[[], None]
) -> Lifespan:
    """The life of a server on the data folder of `settings`, which must exist; `at_the_end` closes what is open."""

    @contextlib.asynccontextmanager
    async def life(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
        port = int(config.get_option("server.port"))
        files.watch(get_instance().media_file_mgr)
        async with upkeep(lambda: keep_room(settings)), watched(sockets):
            leave_note(settings.data_dir, port)
            announce(settings, port)
            try:
                yield None
            finally:
                take_note_away(settings.data_dir)
                at_the_end()

    return life


def keep_room(settings: Settings) -> None:
    """Keep room back on the disk of the own practice, once there is one and it lies in a file."""
    if settings.database_url is None and (settings.data_dir / OWN_FILE).is_file():
        keep_reserve(settings.data_dir)


def announce(settings: Settings, port: int) -> None:
    """Print where the program answers and, when that was asked for, open the browser there."""
    url = address(port)
    kind = " (synthetic practice)" if settings.demo else ""
    print(f"\n  Secure Base is running at {url}{kind}", flush=True)
    print(f"  Data folder: {settings.data_dir}", flush=True)
    print("  Stop it with Ctrl-C.\n", flush=True)
    if settings.open_browser:
        threading.Thread(target=open_in_browser, args=(url,), daemon=True).start()


def open_in_browser(url: str) -> None:
    """Open `url`, or say that it has to be opened by hand."""
    if not webbrowser.open(url):
        print(f"  No browser could be opened from here. Open this address in yours: {url}", flush=True)
