"""The Chromium that browser tests drive: one that is there, else Playwright's own, else Debian's (root in CI only)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DEBIAN_PACKAGES = ("chromium", "fonts-liberation")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # it finds no other computer
)


def find_chromium() -> Path | None:
    """The browser named by SECURE_BASE_CHROMIUM, else the first one on the path, else Playwright's own."""
    named = os.environ.get("SECURE_BASE_CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path:
        return Path(on_path)
    return _playwright_chromium()


def install_chromium() -> Path | None:
    """Find a browser, fetching one when none is there; None when that cannot be done either."""
    found = find_chromium()
    if found is None and _runs(sys.executable, "-m", "playwright", "install", "chromium"):
        found = _playwright_chromium()
    if found is None and _may_use_apt():
        apt = ("apt-get", "install", "-y", "-q", "--no-install-recommends", *DEBIAN_PACKAGES)
        if _runs("apt-get", "update", "-q") and _runs(*apt):
            found = find_chromium()
    return found


def _playwright_chromium() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def _may_use_apt() -> bool:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and os.environ.get("CI") == "true" and shutil.which("apt-get") is not None


def _runs(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=480
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    browser = install_chromium() if "--install" in sys.argv else find_chromium()
    print(f"Chromium for the tests: {browser or 'none; browser tests are skipped'}", flush=True)
