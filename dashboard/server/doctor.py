"""`python3 run.py doctor`: what is there on this computer, and what is wrong with it. Changes nothing."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from core.errors import SettingsError
from core.store.file_check import is_encrypted
from dashboard.server.options import refuse_open_address
from dashboard.server.running import find_running
from dashboard.settings import Settings

PACKAGES: Final = (
    "streamlit",
    "pandas",
    "plotly",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "pydantic",
    "sqlcipher3",
    "argon2-cffi",
    "cryptography",
    "pyzipper",
)
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SQLITE_MARK: Final = b"SQLite format 3\0"
OTHERS_MAY: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the report; `wrong` says what to do and is empty when all is well."""

    about: str
    found: str
    wrong: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything worth knowing, in the order in which it is printed."""
    yield from _packages()
    yield _address()
    yield _folder(settings.data_dir)
    yield Finding(about="Database", found=settings.database_shown)
    yield from _database_files(settings.data_dir)
    running = find_running(settings.data_dir)
    yield Finding(about="Server", found=f"running at {running.url}" if running else "not running on this data folder")
    yield from _test_tools()


def main() -> int:
    """Print the report. Returns 0, or 1 when something is wrong."""
    try:
        findings = list(examine(Settings.from_environment()))
    except SettingsError as error:
        findings = [Finding(about="Settings", found="cannot be used", wrong=str(error))]
    for finding in findings:
        print(f"{finding.about:<11} {finding.found}")
        if finding.wrong:
            print(f"{'':<11} -> {finding.wrong}")
    wrong = sum(bool(finding.wrong) for finding in findings)
    print("Nothing is wrong." if not wrong else f"Things to mend: {wrong}")
    return 1 if wrong else 0


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(about=name, found=version(name))
        except PackageNotFoundError:
            yield Finding(about=name, found="not installed", wrong="Start the program once: python3 run.py")


def _address() -> Finding:
    given = os.environ.get("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    try:
        refuse_open_address(given)
    except SettingsError as error:
        return Finding(about="Address", found=given, wrong=str(error))
    return Finding(about="Address", found=f"{given}: this computer only")


def _folder(folder: Path) -> Finding:
    if not folder.exists():
        return Finding(about="Data", found=f"{folder} (made at the first start)")
    if not folder.is_dir():
        return Finding(about="Data", found=f"{folder} is a file", wrong="Give a folder with --data.")
    mode = stat.S_IMODE(folder.stat().st_mode)
    found = f"{folder} (mode {mode:04o})"
    if os.name == "posix" and mode & OTHERS_MAY:
        return Finding(about="Data", found=found, wrong=f"Others may enter it. Close it with: chmod 700 '{folder}'")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(about="Data", found=found, wrong="It cannot be written by this account.")
    return Finding(about="Data", found=found)


def _database_files(folder: Path) -> Iterator[Finding]:
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        return
    for path in sorted([*folder.glob("*.db"), *folder.glob("*.sqlite*")]):
        if path.name.endswith(("-wal", "-shm")):
            continue
        yield _database_file(path)


def _database_file(path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    found = f"{path.name}, {path.stat().st_size:,} bytes, mode {mode:04o}"
    with path.open("rb") as file:
        is_sqlite = file.read(len(SQLITE_MARK)) == SQLITE_MARK
    if not is_sqlite and is_encrypted(path):
        found += ", encrypted"
    elif not is_sqlite:
        return Finding(about="File", found=found, wrong="It is not a database. Put a backup in its place.")
    if os.name == "posix" and mode & OTHERS_MAY:
        return Finding(about="File", found=found, wrong=f"Others may read it. Close it with: chmod 600 '{path}'")
    return Finding(about="File", found=found)


def _test_tools() -> Iterator[Finding]:
    browser = os.environ.get("SECURE_BASE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    yield Finding(about="Chromium", found=browser or "not on the path (only browser tests need it)")
    server = shutil.which("postgres") or shutil.which("initdb")
    yield Finding(about="PostgreSQL", found=server or "not on the path (the tests bring their own)")


if __name__ == "__main__":
    sys.exit(main())
