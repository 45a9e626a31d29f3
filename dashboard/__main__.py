"""`python -m dashboard`: one server for the data folder, or the browser on the one that already runs."""

import os
import sys
from pathlib import Path
from typing import Final

from core.errors import SettingsError
from dashboard.server.given_options import config_files, given_options, refuse_unsafe
from dashboard.server.life import open_in_browser
from dashboard.server.running import HOST, Running, address, find_running, is_free, refuse_blocked_note, server_at
from dashboard.settings import Settings, prepare_data_dir

DEFAULT_PORT: Final = 8765
NEXT_PORTS: Final = 20
STOPPED_BY_KEYBOARD: Final = 130


def main() -> int:
    """Start, or point at the running one. Returns the exit code: 0, 2 (refused) or 130 (Ctrl-C)."""
    try:
        refuse_unsafe(given_options(os.environ, config_files(Path.home(), Path.cwd())))
        return _start(Settings.from_environment())
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nSecure Base was stopped with Ctrl-C. What was shown as saved is kept.", file=sys.stderr)
        return STOPPED_BY_KEYBOARD


def _start(settings: Settings) -> int:
    prepare_data_dir(settings.data_dir)
    refuse_blocked_note(settings.data_dir)
    running = find_running(settings.data_dir)
    if running is None:
        chosen = _choose_port(settings)
        if isinstance(chosen, int):
            return _serve(chosen)
        running = chosen
    _point_at(running, settings)
    return 0


def _choose_port(settings: Settings) -> int | Running:
    if settings.port is not None:
        return _named_port(settings.port, settings)
    for port in range(DEFAULT_PORT, DEFAULT_PORT + NEXT_PORTS):
        if is_free(port):
            if port != DEFAULT_PORT:
                print(f"Port {DEFAULT_PORT} is used by another program, so this start uses {port}.", flush=True)
            return port
        ours = server_at(port, settings.data_dir)
        if ours is not None:
            return ours
    raise SettingsError(
        f"The ports {DEFAULT_PORT} to {DEFAULT_PORT + NEXT_PORTS - 1} are all used by other programs. Nothing was "
        "started. Give a free one with --port."
    )


def _named_port(port: int, settings: Settings) -> int | Running:
    if is_free(port):
        return port
    ours = server_at(port, settings.data_dir)
    if ours is not None:
        return ours
    raise SettingsError(
        f"Port {port} cannot be used: another program has it, or this account may not open it. Nothing was started. "
        "Give another number from 1024 to 65535 with --port, or leave --port out to have a free one chosen."
    )


def _serve(port: int) -> int:
    # Imported late: a second start needs none of it, and is at the browser in a fraction of a second.
    from dashboard.app import app
    from dashboard.server.options import FORCED

    app.run(config={**FORCED, "server.address": HOST, "server.port": port, "server.headless": True})
    return 0


def _point_at(running: Running, settings: Settings) -> None:
    print(f"Secure Base is already running on this data folder, at {address(running.port)}.", flush=True)
    today = settings.today.isoformat() if settings.today else None
    if running.about.get("demo") is not settings.demo or running.about.get("today") != today:
        print(
            "It was started with other options (--demo, --today), which stay as they are until it is stopped "
            "with Ctrl-C and started again.",
            flush=True,
        )
    if settings.open_browser:
        open_in_browser(running.url)


if __name__ == "__main__":
    sys.exit(main())
